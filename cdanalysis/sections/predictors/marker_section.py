"""Blocks of one marker at a time, of those that a reader may choose."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial, wraps

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes.markers import scan_code
from cdanalysis.results import NO_MARKER
from cdanalysis.sections.parts import Block, Choose
from cdanalysis.sections.recall import Recall
from cdanalysis.settings import Settings
from cdanalysis.writing.escapes import file_word
from cdanalysis.writing.markers import handle_labels, marker_labels

View = Callable[[Cohort, Settings, Recall], Iterator[Block]]


def of_marker(about: str) -> Callable[[View], View]:
    """Blocks are those of the marker that a reader chooses, which is their settings' `scan_marker`; about: what for."""
    return partial(_of_chosen, about)


def _of_chosen(about: str, blocks: View) -> View:
    @wraps(blocks)
    def of_chosen(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
        options = handle_labels(cohort, settings)
        if not options:
            yield NO_MARKER
            return

        def of_one(code: str) -> Iterator[Block]:
            return blocks(cohort, replace(settings, scan_marker=code), recall)

        yield Choose("subgroups-marker", "Marker", about, options, of_one, setting="scan_marker", word=file_word,
                     start=scan_code(cohort, settings), more=marker_labels(cohort, settings))  # fmt: skip

    return of_chosen
