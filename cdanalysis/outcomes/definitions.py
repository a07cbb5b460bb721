"""CDAI rules on one patient's course: remission, response, relapse. One pure function a concept.

The study: remission = CDAI < 150 and a fall > 70 from baseline; response = a fall > 70 (remission included); relapse =
CDAI > 150 and a rise > 70 over the reference, or objective activity. `inclusive` turns every > and < into >= and <=.
A visit without a CDAI is neither an event nor a censoring.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cdanalysis.settings import Settings

OBJECTIVE_EVENTS = frozenset({"fistula", "abscess", "obstruction", "endoscopic_relapse", "relapse"})


class Visit(NamedTuple):
    """A visit at which the CDAI was measured; day 0 is the start of combination therapy."""

    day: float
    cdai_points: float


@dataclass(frozen=True)
class RelapseRule:
    """What makes a relapse: a CDAI level with a rise over the reference (0 = no rise needed), objective events, or both."""

    code: str
    label: str
    above_points: float
    rise_points: float
    uses_cdai: bool
    uses_objective: bool
    citation: str


STUDY = "thalidomide + azathioprine cohort (the study)"
RELAPSE_RULES = {
    rule.code: rule
    for rule in (
        RelapseRule("study", "CDAI > 150 and a rise > 70, or objective activity", 150, 70, True, True, STUDY),
        RelapseRule("rise-100", "CDAI > 150 and a rise > 100, or objective activity", 150, 100, True, True,
                    "rise of 100 points: used in maintenance trials (unverified)"),
        RelapseRule("above-220", "CDAI > 220, or objective activity", 220, 0, True, True,
                    "CDAI above 220: lower bound of moderate activity in trials (unverified)"),
        RelapseRule("objective", "objective activity only", 0, 0, False, True, "sensitivity analysis"),
        RelapseRule("cdai", "CDAI > 150 and a rise > 70 only", 150, 70, True, False, "sensitivity analysis"),
    )
}  # fmt: skip


def relapse_rule(settings: Settings) -> RelapseRule:
    """The rule the settings name."""
    if settings.relapse_definition != "custom":
        return RELAPSE_RULES[settings.relapse_definition]
    above, rise = settings.relapse_above_points, settings.relapse_rise_points
    return RelapseRule(
        "custom", f"CDAI > {above:g} and a rise > {rise:g}, or objective activity", above, rise, True, True, "own rule"
    )


def exceeds(value: float, bound: float, boundary: str) -> bool:
    """Beyond the bound; on it only where the boundary is inclusive."""
    return value >= bound if boundary == "inclusive" else value > bound


def in_remission(cdai: float, baseline: float, settings: Settings) -> bool:
    """CDAI below the remission level and fallen by more than the response fall."""
    low = exceeds(settings.remission_below_points, cdai, settings.boundary)
    return low and exceeds(baseline - cdai, settings.response_fall_points, settings.boundary)


def responded(cdai: float, baseline: float, settings: Settings) -> bool:
    """Response at a visit under the chosen definition."""
    fall = baseline - cdai
    if settings.response_definition == "fall-100":
        return exceeds(fall, 100, settings.boundary)
    fallen = exceeds(fall, settings.response_fall_points, settings.boundary)
    if settings.response_definition == "without-remission":
        return fallen and not in_remission(cdai, baseline, settings)
    return fallen


def is_relapse(cdai: float, reference: float, rule: RelapseRule, boundary: str) -> bool:
    """CDAI at a visit above the level and risen enough over the reference."""
    risen = rule.rise_points == 0 or exceeds(cdai - reference, rule.rise_points, boundary)
    return exceeds(cdai, rule.above_points, boundary) and risen


def cdai_relapse_day(course: Sequence[Visit], landmark: Visit, rule: RelapseRule, settings: Settings) -> float | None:
    """Day of the first visit after the landmark that meets the rule; the course is in order of day."""
    if not rule.uses_cdai:
        return None
    reference = landmark.cdai_points
    for visit in course:
        if visit.day <= landmark.day:
            continue
        if is_relapse(visit.cdai_points, reference, rule, settings.boundary):
            return visit.day
        reference = _next_reference(reference, visit.cdai_points, settings.relapse_reference)
    return None


def _next_reference(reference: float, cdai: float, kind: str) -> float:
    """What the next visit's rise is measured from."""
    if kind == "lowest":
        return min(reference, cdai)
    return cdai if kind == "previous" else reference


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


def baseline_visit(course: Sequence[Visit], window_days: float = 28.0) -> Visit | None:
    """The last visit at or before day 0, within the window."""
    before = [visit for visit in course if -window_days <= visit.day <= 0]
    return max(before, default=None)
