"""Cut-offs: what every possible cut-off of a marker gives, and what is left of the smallest P."""

from collections.abc import Iterator
from dataclasses import replace

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.summaries import parted
from cdanalysis.outcomes.markers import handles_of, summaries
from cdanalysis.sections.blocks import OF_VALUES, Excluded, Figure, Linked, Looked, Note, Notice, Quote, Sentence, Table
from cdanalysis.sections.cutoffs import words
from cdanalysis.sections.cutoffs.analysis import Cutoffs, searched
from cdanalysis.sections.cutoffs.figures import MARK_AT, cutoff_scan_figure
from cdanalysis.sections.cutoffs.landscape.section import landscape
from cdanalysis.sections.cutoffs.tables import cutoff_rows
from cdanalysis.sections.parts import Block, SideBySide, View, lazily
from cdanalysis.sections.predictors.handle.section import scanned_curves
from cdanalysis.sections.predictors.words import handles_note, value_note
from cdanalysis.sections.recall import Recall, direct, estimable, or_why
from cdanalysis.settings import Settings
from cdanalysis.settings.as_text.codes import joined
from cdanalysis.writing.escapes import file_word
from cdanalysis.writing.footers import footer
from cdanalysis.writing.within import within

DRAG = "Drag across the figure: the line and the curves beside it follow, letting go adopts the cut-off."


def views(cohort: Cohort, settings: Settings) -> Iterator[View]:
    """Once for each marker under a handle."""
    codes = handles_of(cohort, settings)
    for code in codes:
        yield View(replace(settings, scan_marker=code), file_word(code), cohort.marker(code).label)
    if not codes:
        yield View(settings)


@or_why
def section(cohort: Cohort, settings: Settings, recall: Recall = direct) -> Iterator[Block]:
    """The blocks of the Cut-offs page, of the scanned marker."""
    found = estimable(searched(cohort, settings, recall))
    code, scan = found.marker.code, found.scan
    search, anywhere = f"Every cut-off of {within(found.marker.label)}", settings.without_cutoff(code)
    yield Looked(cohort, anywhere, search=search, n=len(scan.rows), page="Cut-offs")
    yield from map(Notice, filter(None, (_refused(cohort, settings),)))
    yield Sentence(words.cutoffs_sentence(found))
    told = value_note(found.marker, settings, len(found.values), scan.n + scan.n_dropped)
    yield from map(Note, filter(None, (told,)))
    yield Quote(f"{words.current_sentence(found)} {words.continuous_sentence(found)}")
    curves = lazily(scanned_curves, cohort, settings, code, recall)
    yield SideBySide((tuple(_scan(cohort, settings, found)), curves))
    yield Excluded(found.excluded, scan.n)
    yield landscape(cohort, settings, recall)


def _refused(cohort: Cohort, settings: Settings) -> str:
    """Why the chosen marker is not the one that is scanned, where it is a value that is not known at time zero."""
    chosen, ahead = settings.scan_marker, summaries.not_before(cohort, settings)
    if not parted(chosen) or cohort.is_marker(chosen) or not ahead:
        return ""
    return handles_note(cohort, replace(settings, handles=joined((chosen,))), ahead)


def _scan(cohort: Cohort, settings: Settings, found: Cutoffs) -> Iterator[Block]:
    figure = cutoff_scan_figure(found, settings.conf_level, footer(cohort, settings, "cutoffs"), settings.marker_axis)
    word = file_word(found.marker.code)
    handle = Linked(f"{found.outcome}-by-{word}", MARK_AT)
    yield Figure(f"cutoffs-{word}", figure, words.scan_alt(found), linked=handle, private=OF_VALUES)
    yield Note(DRAG)


def paper(found: Cutoffs, settings: Settings) -> Iterator[Table]:
    """The table of a paper: the cut-offs that a reader asks for."""
    title = f"Cut-offs of {within(found.marker.label)}"
    yield Table("cutoffs", cutoff_rows(found, settings.conf_level), title, footnote=words.paper_footnote(found))
