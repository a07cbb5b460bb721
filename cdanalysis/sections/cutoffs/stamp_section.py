"""Where the cut-offs in use come from, for what is saved: the stamp in a figure's footer, and what a search left of a P."""

from __future__ import annotations

from dataclasses import replace

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes.markers import at_first_cutoff, cutoff_of
from cdanalysis.results import NotEstimable
from cdanalysis.sections.cutoffs.analysis import Cutoffs, cutoffs, scan
from cdanalysis.sections.recall import Recall, locked_cutoffs
from cdanalysis.settings import Settings
from cdanalysis.writing.cutoff_origin import cutoff_origin
from cdanalysis.writing.footers import footer
from cdanalysis.writing.numbers import p_phrase

REGISTER = 5_000  # patients: beyond it a search takes minutes, and is made where it was asked for


def stamped_footer(cohort: Cohort, settings: Settings, recall: Recall, topic: str = "predictors") -> str:
    """The footer of a figure whose cut-offs say where they come from; plotly text."""
    return footer(cohort, settings, topic, locks=recall(locked_cutoffs))


def searched_for(cohort: Cohort, settings: Settings, code: str, recall: Recall) -> Cutoffs | NotEstimable:
    """Every cut-off of a marker, wherever its own stands: what a search for one leaves of its P."""
    scanned = replace(settings, scan_marker=code)
    found = recall(scan, cohort, at_first_cutoff(cohort, scanned, code))
    return found if isinstance(found, NotEstimable) else cutoffs(cohort, scanned, found)


def of_the_search(found: Cutoffs | NotEstimable | None) -> str:
    """The P that allows for a search, to stand beside the stamp of a data-driven cut-off; plain."""
    if not isinstance(found, Cutoffs) or found.scan.maxstat is None:
        return "P not corrected for a search"
    corrected = found.scan.maxstat
    p = corrected.p_lausen_schumacher_94 if corrected.p_permutation is None else corrected.p_permutation
    return f"corrected for a search {p_phrase(p)}"


def search_note(cohort: Cohort, settings: Settings, code: str, recall: Recall) -> str:
    """For a figure of the groups of a marker: the corrected P where its cut-off is data-driven, else nothing; plain."""
    locked, cutoff = recall(locked_cutoffs).get(code), cutoff_of(cohort, settings, code)
    if cutoff_origin(cohort.marker(code), *cutoff, locked) != "data-driven":
        return ""
    return of_the_search(None if len(cohort.patients) > REGISTER else searched_for(cohort, settings, code, recall))
