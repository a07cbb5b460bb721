"""Groups by a marker whose cut-off lies beyond a limit of detection: of how many values the group is not known."""

from collections.abc import Iterator

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes.markers import cutoff_of
from cdanalysis.outcomes.markers.of_cohort import limits
from cdanalysis.results import Caution
from cdanalysis.sections.survival.grouping import second_cutoff
from cdanalysis.settings import Settings
from cdanalysis.writing.choices.cutoff_origin import limits_note


def hidden_sides(cohort: Cohort, settings: Settings, *codes: str) -> Iterator[Caution]:
    """A caution for each cut-off, of those of the codes that are markers, that a limit of detection hides."""
    for code in codes:
        if code in cohort.markers:
            marker, cutoff = cohort.marker(code), cutoff_of(cohort, settings, code).value
            known = limits(cohort, marker)
            for value in (cutoff, second_cutoff(cohort, code, settings)):
                if value is not None and (said := limits_note(marker, value, known)):
                    yield Caution(said, "limits of detection")
