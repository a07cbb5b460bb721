"""Time to relapse: from the visits and objective events by the chosen rule, or as the file carries it."""

from dataclasses import replace

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.indices.indices import OF_AN_INDEX
from cdanalysis.outcomes import definitions
from cdanalysis.outcomes.courses import Course
from cdanalysis.outcomes.definitions import Visit
from cdanalysis.outcomes.endoscopic_scores import active
from cdanalysis.outcomes.endpoints.events import coded
from cdanalysis.outcomes.endpoints.maintenance import from_landmark
from cdanalysis.outcomes.endpoints.time_to_event import TimeToEvent, carried
from cdanalysis.results import NotEstimable
from cdanalysis.settings import Settings
from cdanalysis.settings.endpoint import COUNTED
from cdanalysis.units import DAYS_PER_MONTH

NOT_DERIVED = (
    "The file carries time and event of relapse itself and no visits with a disease index after the response: they are used as "
    "they are, and no definition can be derived again."
)

NOT_COUNTED = (
    "{who} an endoscopy with activity by its score after time zero. By this rule endoscopic activity is a relapse where the events "
    "sheet says so; the choice Endoscopic activity counts it by the score."
)
SAME_DAY = 0.5


def relapse(cohort: Cohort, settings: Settings) -> TimeToEvent | NotEstimable:
    """Time to relapse of the responders at the landmark week; as carried by the file where it has no visits with an index."""
    if cohort.states("relapse"):
        return carried(cohort, settings, "relapse", NOT_DERIVED)
    if not cohort.indices:
        if is_recorded(cohort):
            return coded(cohort, settings, "relapse")
        return NotEstimable(f"the file has neither {OF_AN_INDEX} nor relapse_months with relapse_event")
    settings = cohort.indexed(settings)
    found = from_landmark(cohort, settings, lambda course, landmark: first_relapse(course, landmark, settings))
    return found if isinstance(found, NotEstimable) else _with_endoscopies(found, cohort, settings)


def _with_endoscopies(found: TimeToEvent, cohort: Cohort, settings: Settings) -> TimeToEvent:
    """How the rule reads the endoscopies, where some of them show activity in patients without a relapse."""
    if settings.endoscopic_activity == COUNTED or not settings.relapse_rule.uses_objective:
        return found
    n = len(_active_without_relapse(found, cohort, settings))
    if not n:
        return found
    who = "1 patient without a relapse has" if n == 1 else f"{n} patients without a relapse have"
    return replace(found, remarks=(NOT_COUNTED.format(who=who),))


def _active_without_relapse(found: TimeToEvent, cohort: Cohort, settings: Settings) -> set[str]:
    """Who has an endoscopy with activity after time zero and within the follow-up, and no relapse."""
    free = found.patients[~found.patients["event"]].set_index("patient_id")
    first = free["origin_days"] + free["entry_months"] * DAYS_PER_MONTH
    seen = active(cohort.endoscopy, settings)
    within = seen["days"] > seen["patient_id"].map(first)
    last = free["origin_days"] + (free["time_months"] * DAYS_PER_MONTH) + SAME_DAY
    return set(seen.loc[within & (seen["days"] <= seen["patient_id"].map(last)), "patient_id"])


def first_relapse(course: Course, after: Visit, settings: Settings) -> tuple[float, str] | None:
    """Day and kind of the first relapse after a visit that was well, by the chosen rule."""
    rule = settings.relapse_rule
    by_index = definitions.relapse_day(course.visits, after, rule, settings)
    objective = definitions.objective_relapse(course.events, after.day, rule)
    found = [objective] if objective is not None else []
    found += [(by_index, by_index_label(settings))] if by_index is not None else []
    return min(found, default=None)


def by_index_label(settings: Settings) -> str:
    """What a relapse by the index is called: `CDAI relapse`."""
    return f"{settings.index_row.label} relapse"


def is_recorded(cohort: Cohort) -> bool:
    """Whether the events sheet names a relapse."""
    return bool((cohort.events["event"] == "relapse").any())
