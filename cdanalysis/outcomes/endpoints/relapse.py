"""Time to relapse: from the visits and objective events by the chosen rule, or as the file carries it."""

from __future__ import annotations

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes import definitions
from cdanalysis.outcomes.courses import Course
from cdanalysis.outcomes.definitions import Visit
from cdanalysis.outcomes.endpoints.events import coded
from cdanalysis.outcomes.endpoints.maintenance import from_landmark
from cdanalysis.outcomes.endpoints.time_to_event import TimeToEvent, carried
from cdanalysis.results import NotEstimable
from cdanalysis.settings import Settings

CDAI_RELAPSE = "CDAI relapse"
NOT_DERIVED = (
    "The file carries time and event of relapse itself and no CDAI visits after the response: they are used as they are, "
    "and CDAI definitions cannot be derived again."
)


def relapse(cohort: Cohort, settings: Settings) -> TimeToEvent | NotEstimable:
    """Time to relapse of the responders at the landmark week; as carried by the file where it has no CDAI visits."""
    if cohort.states("relapse"):
        return carried(cohort, settings, "relapse", NOT_DERIVED)
    if not cohort.visits["cdai_points"].notna().any():
        if is_recorded(cohort):
            return coded(cohort, settings, "relapse")
        return NotEstimable("the file has neither visits with a CDAI nor relapse_months with relapse_event")
    return from_landmark(cohort, settings, lambda course, landmark: first_relapse(course, landmark, settings))


def first_relapse(course: Course, after: Visit, settings: Settings) -> tuple[float, str] | None:
    """Day and kind of the first relapse after a visit that was well, by the chosen rule."""
    rule = definitions.relapse_rule(settings)
    by_cdai = definitions.cdai_relapse_day(course.visits, after, rule, settings)
    objective = definitions.objective_relapse(course.events, after.day, rule)
    found = [objective] if objective is not None else []
    found += [(by_cdai, CDAI_RELAPSE)] if by_cdai is not None else []
    return min(found, default=None)


def is_recorded(cohort: Cohort) -> bool:
    """Whether the events sheet names a relapse."""
    return bool((cohort.events["event"] == "relapse").any())
