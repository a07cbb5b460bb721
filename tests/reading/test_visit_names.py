"""The time in a name of a visit: in a header beside what was measured, in a cell or an event's name alone."""

from __future__ import annotations

import pytest

from cdanalysis.reading.headers.matching import match_headers
from cdanalysis.reading.rows.visit_names import arm_of, timed, week_of
from cdanalysis.units import DAYS_PER_MONTH

MONTH = DAYS_PER_MONTH / 7


@pytest.mark.parametrize(
    ("header", "column", "week", "factor"),
    [
        ("CRP W24 (mg/dL)", "crp_mg_per_l", 24, 10),
        ("CDAI_M9", "cdai_points", 9 * MONTH, 1),
        ("cdai 12 mo", "cdai_points", 12 * MONTH, 1),
        ("V3 (week 8) CDAI", "cdai_points", 8, 1),
        ("W8_CDAI", "cdai_points", 8, 1),
        ("ESR day 14", "esr_mm_per_h", 2, 1),
        ("CDAI 1 year", "cdai_points", 12 * MONTH, 1),
        ("CDAI第8周", "cdai_points", 8, 1),
        ("8周CDAI", "cdai_points", 8, 1),
        ("CRP 3个月 (mg/L)", "crp_mg_per_l", 3 * MONTH, 1),
        ("ESR 6 Monate", "esr_mm_per_h", 6 * MONTH, 1),
        ("CRP Woche 8", "crp_mg_per_l", 8, 1),
        ("6-TGN M6", "tgn_pmol_per_8e8_rbc", 6 * MONTH, 1),
    ],
)
def test_a_header_says_what_was_measured_and_when(header: str, column: str, week: float, factor: float) -> None:
    (row,) = match_headers("patients", [header], flat=True)
    assert (row.column, row.how, row.factor) == (column, "visit column", factor)
    assert row.week == pytest.approx(week)


@pytest.mark.parametrize(
    "header",
    [
        "CDAI score 2",
        "relapse 12 months",
        "vitamin D 25",
        "CDAI week -2",
        "CDAI W-4",
        "CDAI week 8 12 months",
        "治疗前2周CDAI",
    ],
)
def test_a_number_that_is_no_visit_or_one_before_the_start_is_none(header: str) -> None:
    (row,) = match_headers("patients", [header], flat=True)
    assert (row.column, row.week) == ("", None)


def test_a_baseline_is_a_visit_only_among_other_visits_of_the_same_measurement() -> None:
    headers = ["CDAI baseline", "基线CRP", "CDAI W8"]
    assert [(row.column, row.week) for row in match_headers("patients", headers, flat=True)] == [
        ("cdai_points", 0),
        ("crp_mg_per_l", None),
        ("cdai_points", 8),
    ]
    (alone,) = match_headers("patients", headers[:1], flat=True)
    assert (alone.column, alone.week) == ("cdai_points", None)


@pytest.mark.parametrize(
    ("name", "week"),
    [
        ("baseline_arm_1", 0), ("week_24_arm_2", 24), ("Week 8 (Arm 1: Drug)", 8), ("V3 (week 8)", 8), ("Visit 2 - Week 4", 4),
        ("month 3 follow-up", 3 * MONTH), ("M12", 12 * MONTH), ("Monat 6", 6 * MONTH), ("第8周随访", 8), ("治疗后3个月", 3 * MONTH),
        ("治疗前", 0), ("治疗前2周", -2), ("2 weeks before treatment", -2), ("week_-2_arm_1", -2), ("Day 1", 0), ("Woche 8", 8),
        ("end_of_study_arm_1", None), ("Visit 3", None), ("unscheduled", None), ("Group A", None), ("2019", None),
        ("week-8", None), ("week 8 or month 3", None), ("relapse week 8", None),
    ],
)  # fmt: skip
def test_a_visits_name_says_its_week_or_nothing(name: str, week: float | None) -> None:
    assert week_of(name) == (None if week is None else pytest.approx(week))


def test_the_arm_is_told_apart_and_the_rest_of_a_header_keeps_its_capitals() -> None:
    assert [arm_of(name)[1] for name in ("week_8_arm_2", "Week 8 (Arm 1: Drug)", "harm 2", "week 8")] == [
        "2",
        "1",
        "",
        "",
    ]
    found = timed("CRP week 0 (IU/mL)")
    assert found is not None
    assert (found.rest, found.said) == ("CRP (IU/mL)", "week 0")


def test_a_number_of_a_name_before_a_week_is_the_names_and_two_times_are_none() -> None:
    assert timed("IL-6 week 12") == ("IL-6", 12.0, "week 12")
    assert timed("Factor 8 week 24 (ng/mL)") == ("Factor 8 (ng/mL)", 24.0, "week 24")
    assert timed("2 weeks 3 days") is None
    assert timed("2 weeks 13 days") is None
