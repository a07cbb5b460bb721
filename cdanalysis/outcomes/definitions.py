"""The rules of an index on one patient's course: remission, response, relapse. One pure function a concept.

Its bounds are the settings' (settings/of_index.py): its row's presets, or what a reader chose. The study: remission =
CDAI < 150 and a fall > 70 from baseline; response = a fall > 70 (remission included); relapse = CDAI > 150 and a rise > 70
over the reference, or objective activity. A visit without the index is neither an event nor a censoring.
"""

from collections.abc import Sequence
from typing import NamedTuple

from cdanalysis.dictionary.indices.presets import RelapseRule
from cdanalysis.settings import Settings
from cdanalysis.settings.of_index import FURTHER_FALL

BASELINE_DAYS = 28  # how long before the start of therapy a baseline may be
ENDOSCOPIC_ACTIVITY = "endoscopic activity"  # by the scores of an endoscopy, where those count
OBJECTIVE_EVENTS = frozenset(
    {"fistula", "abscess", "obstruction", "endoscopic_relapse", ENDOSCOPIC_ACTIVITY, "relapse"}
)


class Visit(NamedTuple):
    """A visit at which the index was measured; day 0 is the start of combination therapy.

    is_clear: no component is above what remission allows, as far as components are known.
    """

    day: float
    value: float
    is_clear: bool = True


def in_remission(visit: Visit, baseline: float, settings: Settings) -> bool:
    """At the level of remission, and fallen by as much as a response where the index asks for that too."""
    if not (settings.remission.met(visit.value) and visit.is_clear):
        return False
    return not settings.index_row.remission_needs_fall or settings.fall.met(baseline - visit.value)


def responded(visit: Visit, baseline: float, settings: Settings) -> bool:
    """Response at a visit under the chosen definition; the stricter fall is asked of remission too."""
    fallen = _fallen(baseline, visit.value, settings)
    if settings.response_definition == FURTHER_FALL:
        return fallen
    well = in_remission(visit, baseline, settings)
    return fallen and not well if settings.response_definition == "without-remission" else fallen or well


def _fallen(baseline: float, value: float, settings: Settings) -> bool:
    """By as many points as a response, and by as much of the baseline value as the index asks for."""
    fall, percent = baseline - value, settings.index_row.fall_percent
    return settings.response_fall.met(fall) and (not percent or 100 * fall >= percent * baseline)


def is_relapse(value: float, reference: float, rule: RelapseRule) -> bool:
    """Above the rule's level, and risen enough over the reference."""
    if rule.above is None or not rule.above.met(value):
        return False
    return rule.rise is None or rule.rise.met(value - reference)


def relapse_day(course: Sequence[Visit], landmark: Visit, rule: RelapseRule, settings: Settings) -> float | None:
    """Day of the first visit after the landmark that meets the rule; the course is in order of day."""
    reference = landmark.value
    for visit in course if rule.uses_index else ():
        if visit.day <= landmark.day:
            continue
        if is_relapse(visit.value, reference, rule):
            return visit.day
        reference = _next_reference(reference, visit.value, settings.relapse_reference)
    return None


def _next_reference(reference: float, value: float, kind: str) -> float:
    """What the next visit's rise is measured from."""
    if kind == "lowest":
        return min(reference, value)
    return value if kind == "previous" else reference


def objective_relapse(
    events: Sequence[tuple[float, str]], after_day: float, rule: RelapseRule
) -> tuple[float, str] | None:
    """The first objective event after a day, if the rule counts them."""
    if not rule.uses_objective:
        return None
    return min(((day, name) for day, name in events if day > after_day and name in OBJECTIVE_EVENTS), default=None)


def visit_near(course: Sequence[Visit], day: float, window_days: float) -> Visit | None:
    """The visit nearest to a day within the window; of two equally near ones the earlier."""
    near = [visit for visit in course if abs(visit.day - day) <= window_days]
    return min(near, key=lambda visit: (abs(visit.day - day), visit.day), default=None)


def baseline_visit(course: Sequence[Visit]) -> Visit | None:
    """The last visit at or before day 0, at most BASELINE_DAYS before it."""
    before = [visit for visit in course if -BASELINE_DAYS <= visit.day <= 0]
    return max(before, default=None)
