"""Which markers are in hand: the two under the handles, the one that is scanned, and where each is cut."""

from dataclasses import replace

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.markers import MOST_HANDLES
from cdanalysis.dictionary.summaries import base_of
from cdanalysis.settings import Cutoff, Settings
from cdanalysis.settings.as_text.codes import joined


def cutoff_of(cohort: Cohort, settings: Settings, code: str) -> Cutoff:
    """Where a marker of the cohort is cut: as chosen, else at the dictionary's cut-off, else at the cohort's median."""
    return settings.cutoff_of(cohort.marker(code))


def handles_of(cohort: Cohort, settings: Settings) -> tuple[str, ...]:
    """Codes of the markers under the handles: the chosen ones that the cohort has; without any of them its first ones."""
    return cohort.handles(settings.handle_codes)


def scan_code(cohort: Cohort, settings: Settings) -> str:
    """Code of the marker whose cut-offs are scanned: the chosen one, else the first handle; "" in a cohort without a marker."""
    for code in (settings.scan_marker, base_of(settings.scan_marker)):
        if cohort.is_marker(code):
            return code
    return next(iter(handles_of(cohort, settings)), "")


def with_handle(cohort: Cohort, settings: Settings, code: str) -> Settings:
    """The settings with a marker under a handle, in place of the last one where it is under none."""
    handles = handles_of(cohort, settings)
    if code in handles or not code:
        return settings
    return replace(settings, handles=joined((*handles[: MOST_HANDLES - 1], code)))


def put_under_handle(cohort: Cohort, settings: Settings, place: int, code: str) -> Settings:
    """The settings with another marker under a handle, counted from 0; the other handle keeps its own."""
    others = [one for index, one in enumerate(handles_of(cohort, settings)) if index != place and one != code]
    others.insert(place, code)
    return replace(settings, handles=joined(others))


def resolved(cohort: Cohort, settings: Settings) -> Settings:
    """The settings with what the cohort decides written out: the handles in use, and where its median cuts one."""
    handles = handles_of(cohort, settings)
    chosen = replace(settings, handles=joined(handles))
    for code in handles:
        marker = cohort.marker(code)
        chosen = chosen.with_cutoff(code, *settings.cutoff_of(marker)) if marker.from_data else chosen
    return chosen


def at_first_cutoff(cohort: Cohort, settings: Settings, code: str) -> Settings:
    """The settings with a marker's cut-off where it is at first; its side stays."""
    if not code:
        return settings
    return settings.with_cutoff(code, cohort.marker(code).cutoff, cutoff_of(cohort, settings, code).side)
