"""Events on the last day of a follow-up that a file rounds, to the nearest unit or down: none is lost, and one that is is said."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from corpus.builders import workbook

import cdanalysis as cd

DAYS = [100, 183, 251, 340, 412, 505, 633, 720, 801, 955]
MONTH = 30.4375


def events_counted(
    header: str, end: Callable[[int], float], what: str, *, last: int | None = None
) -> tuple[int, cd.Cohort]:
    """The events of ten patients on the last day of their follow-up, which is stated as `end` says; last: a day of one of them."""
    patients = [["patient_id", header], *([f"P{place}", end(day)] for place, day in enumerate(DAYS))]
    days = DAYS if last is None else [last, *[day - 40 for day in DAYS[1:]]]
    events = [["patient_id", "day", "event"], *([f"P{place}", day, what] for place, day in enumerate(days))]
    cohort = cd.read_cohort(workbook({"patients": patients, "events": events}))
    found = cd.analyses.survival(cohort, cd.Settings(outcome=what))
    return int(found.endpoint.patients["event"].sum()), cohort


@pytest.mark.parametrize("what", ["relapse", "surgery", "hospitalization"])
@pytest.mark.parametrize(
    ("header", "end"),
    [
        ("follow_up_months", lambda day: math.floor(day / MONTH)),
        ("follow_up_months", lambda day: math.floor(10 * day / MONTH) / 10),
        ("follow_up_months", lambda day: round(day / MONTH)),
        ("follow_up_months", lambda day: day / MONTH),
        ("Follow-up (weeks)", lambda day: day // 7),
        ("Follow-up (years)", lambda day: math.floor(10 * day / 365.25) / 10),
    ],
)
def test_no_event_on_the_last_day_is_lost_by_rounding(header: str, end: Callable[[int], float], what: str) -> None:
    assert events_counted(header, end, what)[0] == len(DAYS)


def test_that_a_file_rounds_down_is_said_once() -> None:
    _, cohort = events_counted("follow_up_months", lambda day: math.floor(day / MONTH), "surgery")
    assert [(one.column, "seem to be rounded down" in one.found) for one in cohort.faults] == [
        ("follow_up_months", True)
    ]


def test_one_event_beyond_the_rounding_is_not_counted_and_said() -> None:
    """100 days are 3.3 months: 5 days after that is more than half of a tenth of a month, and alone."""
    n, cohort = events_counted("follow_up_months", lambda day: round(day / MONTH, 1), "surgery", last=105)
    assert n == len(DAYS) - 1
    assert [(one.sheet, one.row, one.found) for one in cohort.faults] == [
        ("events", 2, "5 days after the end of follow-up")
    ]


@pytest.mark.parametrize(
    ("unit", "stated"),
    [
        ("months", lambda day: round(day / MONTH, 1)),
        ("months", lambda day: round(day / MONTH)),
        ("week", lambda day: round(day / 7)),
    ],
)
@pytest.mark.parametrize("header", ["follow_up_days", "follow_up_months"])
def test_an_event_that_is_itself_rounded_is_not_lost(header: str, unit: str, stated: Callable[[int], float]) -> None:
    """Half of them are rounded up, and so lie after an end that is stated by the day, or to a hundredth of a month."""
    ends = [day if header.endswith("days") else round(day / MONTH, 2) for day in DAYS]
    patients = [["patient_id", header], *([f"P{place}", end] for place, end in enumerate(ends))]
    events = [["patient_id", unit, "event"], *([f"P{place}", stated(day), "surgery"] for place, day in enumerate(DAYS))]
    cohort = cd.read_cohort(workbook({"patients": patients, "events": events}))
    found = cd.analyses.survival(cohort, cd.Settings(outcome="surgery"))
    assert found.endpoint.patients["event"].sum() == len(DAYS)
    assert not cohort.faults
