"""Where the cut-offs in use come from, for what is saved: the stamp in a figure's footer, and what a search left of a P."""

from collections.abc import Sequence
from typing import NamedTuple

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.markers import Marker
from cdanalysis.outcomes.markers import cutoff_of
from cdanalysis.results import NotEstimable
from cdanalysis.sections.cutoffs.analysis import anywhere, marker_data, scan
from cdanalysis.sections.recall import Recall, locked_cutoffs
from cdanalysis.settings import Cutoff, Settings
from cdanalysis.settings.as_text.cutoffs import Lock
from cdanalysis.statistics.cutoffs.cutoff_scan import CutoffScan
from cdanalysis.writing.choices.cutoff_origin import DATA_DRIVEN, cutoff_origin, stamp_words
from cdanalysis.writing.footers import footer
from cdanalysis.writing.numbers import p_phrase

REGISTER = 5_000  # patients: beyond it a search takes minutes, and is made where it was asked for


def stamped_footer(cohort: Cohort, settings: Settings, recall: Recall, topic: str = "predictors") -> str:
    """The footer of a figure whose cut-offs say where they come from; plotly text."""
    return footer(cohort, settings, topic, locks=recall(locked_cutoffs))


class Search(NamedTuple):
    """Every cut-off of a marker, scanned once wherever its own stands, and the values that were scanned."""

    scan: CutoffScan
    values: Sequence[float]


def scanned_for(cohort: Cohort, settings: Settings, code: str, recall: Recall) -> CutoffScan | NotEstimable:
    """The scan of a marker's cut-offs, made once wherever the marker's own stands; not asked for of a register."""
    if len(cohort.patients) > REGISTER:
        return NotEstimable("of a register of this size it takes minutes")
    return recall(scan, cohort, anywhere(cohort, settings, code))


def stamp_in_figure(
    marker: Marker, cutoff: Cutoff, locked: Lock | None, search: Search | None, of_test: str = ""
) -> str:
    """The stamp of a cut-off; of a data-driven one with the P that allows for having looked at every cut-off; plain.

    of_test: what that P is of, where the figure's own test is another.
    """
    given = marker, cutoff.value, cutoff.side, locked
    stamp = stamp_words(*given)
    return f"{stamp}; {of_test}{corrected(search, cutoff.value)}" if cutoff_origin(*given) == DATA_DRIVEN else stamp


def corrected(search: Search | None, cutoff: float) -> str:
    """The P of a cut-off that allows for having looked at every one, in words; plain."""
    row = search.scan.splitting_as(search.values, cutoff) if search else None
    p = search.scan.maxstat.p_of(row.n_below) if search and search.scan.maxstat and row else None
    return "P not corrected for a search" if p is None else f"corrected for a search {p_phrase(p)}"


def stamp_beside(cohort: Cohort, settings: Settings, code: str, recall: Recall) -> str:
    """For a figure of groups that another test than the log-rank compares; empty where no marker makes them; plain."""
    return stamp_of_groups(cohort, settings, code, recall, "log-rank ") if code in cohort.markers else ""


def stamp_of_groups(cohort: Cohort, settings: Settings, code: str, recall: Recall, of_test: str = "") -> str:
    """For a figure of the groups of a marker: the stamp of the cut-off that makes them; plain."""
    marker, locked, cutoff = cohort.marker(code), recall(locked_cutoffs).get(code), cutoff_of(cohort, settings, code)
    searched_for = cutoff_origin(marker, cutoff.value, cutoff.side, locked) == DATA_DRIVEN
    search = _search(cohort, settings, code, recall) if searched_for else None
    return f"cut-off: {stamp_in_figure(marker, cutoff, locked, search, of_test)}"


def _search(cohort: Cohort, settings: Settings, code: str, recall: Recall) -> Search | None:
    found, given = scanned_for(cohort, settings, code, recall), marker_data(cohort, settings, code)
    if isinstance(found, NotEstimable) or isinstance(given, NotEstimable):
        return None
    return Search(found, given.values[given.known].tolist())
