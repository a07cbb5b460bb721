"""Checks over rows and sheets and what a header resembles, each rule at its edge."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from reading.test_worked_tables import sheet

from cdanalysis.reading.checks import checks, two_clocks
from cdanalysis.reading.checks.frames import complete_patients, complete_sheet, dated
from cdanalysis.reading.headers import likeness
from cdanalysis.reading.headers.matching import match_headers
from cdanalysis.reading.headers.over_time.repeated import one_row_each, times_of_patients
from cdanalysis.reading.outcomes.headers.nouns import is_plural, or_death, several
from cdanalysis.reading.questions import Asking
from cdanalysis.units import DAYS_PER_MONTH

NAN = float("nan")
MONTH = DAYS_PER_MONTH

# --- Frames -----------------------------------------------------------------------------------------------------------


def test_the_days_of_a_sheet_are_those_of_the_first_time_that_it_has() -> None:
    rows = pd.DataFrame({"patient_id": ["A", "A"], "event": ["relapse"] * 2})
    months = complete_sheet("events", rows.assign(months=[2.0, 1.0]))
    assert months["days"].tolist() == pytest.approx([MONTH, 2 * MONTH])
    assert months["week"].tolist() == pytest.approx([MONTH / 7, 2 * MONTH / 7])
    weeks = complete_sheet("events", rows.assign(week=[1.0, 2.0]))
    assert weeks["days"].tolist() == [7.0, 14.0]
    assert weeks["months"].tolist() == pytest.approx([7 / MONTH, 14 / MONTH])
    days = complete_sheet("events", rows.assign(days=[3.0, 4.0], week=[1.0, NAN]))
    assert days["days"].tolist() == [3.0, 4.0]
    assert days["week"].tolist() == pytest.approx([1.0, 4 / 7])
    assert complete_sheet("events", None).empty
    flow = pd.DataFrame({"step": ["b", "a"], "n": [2, 1]}, index=[5, 6])
    assert complete_sheet("screening", flow).index.tolist() == [0, 1]


def test_the_days_of_the_ends_of_patients() -> None:
    frame = pd.DataFrame({"patient_id": [1, 2], "follow_up_months": [12.0, NAN]})
    found = complete_patients(frame)
    assert found["patient_id"].tolist() == ["1", "2"]
    assert found["follow_up_days"].tolist() == pytest.approx([12 * MONTH, NAN], nan_ok=True)
    assert found["combination_end_days"].isna().all()
    assert complete_patients(frame.assign(follow_up_days=5.0))["follow_up_days"].tolist() == [5.0, 5.0]


def test_the_days_of_rows_are_those_of_their_dates_where_they_have_one() -> None:
    known = pd.DataFrame({"patient_id": ["A"], "start_date": [100.0]})
    rows = pd.DataFrame(
        {"patient_id": ["A"] * 3, "event_date": [130.0, NAN, NAN], "week": [1.0, 2.0, NAN], "months": 1.0}
    )
    assert dated("events", rows, known)["days"].tolist() == pytest.approx([30, 14, MONTH])
    assert dated("events", rows, known[["patient_id"]])["days"].tolist() == pytest.approx([7, 14, MONTH])


# --- Rows of timed sheets ---------------------------------------------------------------------------------------------


def early(n: int, day: float = -400.0) -> tuple[list[str], int, list[tuple[str, int]]]:
    """What is said of n events long before the start, how many rows stay, and what is counted as left out."""
    rows = pd.DataFrame({"row": range(2, 2 + n), "patient_id": "A", "days": day, "event": "relapse"})
    known = pd.DataFrame({"patient_id": ["A"], "follow_up_days": [100.0]})
    kept, faults, counted = checks.timed("events", rows, known, pd.Series(dtype=float))
    assert kept is not None
    return [one.found for one in faults if one.severity == "error"], len(kept), [(one.reason, one.n) for one in counted]


def test_rows_long_before_the_start_are_named_up_to_five() -> None:
    assert early(5)[0] == ["day -400"] * 5
    assert early(6)[0] == ["6 × a row long before the start, up to 1.1 years: left out"]
    assert early(5)[1:] == (0, [("row left out: event long before the start", 5)])
    assert early(2, -365.0)[1:] == (2, [])
    assert early(2, -366.0)[1] == 0


def test_rows_of_unknown_patients_and_without_a_time_are_left_out_each_for_one_reason() -> None:
    rows = pd.DataFrame(
        {"row": [2, 3, 4, 5], "patient_id": list("AXXA"), "days": [1.0, NAN, -400.0, NAN], "event": "relapse"}
    )
    known = pd.DataFrame({"patient_id": ["A"], "follow_up_days": [100.0]})
    kept, faults, counted = checks.timed("events", rows, known, pd.Series(dtype=float))
    assert kept is not None
    assert kept["days"].tolist() == [1.0]
    assert sorted(one.row or 0 for one in faults if one.severity == "error") == [3, 4, 5]
    assert [(one.reason.removeprefix("row left out: "), one.n) for one in counted] == [
        ("event of an unknown patient", 2), ("event without a time", 1),
    ]  # fmt: skip
    assert checks.timed("events", None, known, pd.Series(dtype=float)) == (None, [], [])


# --- Two clocks -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ratios", "factor"),
    [
        ([7.0] * 5, 7.0), ([7.0] * 4, None), ([1.0] * 9, None), ([7.0 * 1.14] * 5, 7.0), ([7.0 * 1.16] * 5, None),
        ([7.0, 7, 7, 1, 1], 7.0), ([7.0, 7, 7, 7.5, 1, 1], 7.0), ([7.0, 7.0, 7.0, 1.0, 20.0, 20.0], None),  # half of them
    ],
)  # fmt: skip
def test_the_factor_between_two_clocks(ratios: list[float], factor: float | None) -> None:
    assert two_clocks._factor(np.array(ratios)) == (None if factor is None else pytest.approx(factor))


def clocks(stated: list[float], dated_: list[float], answer: str = "") -> tuple[list[float], list[float], list[str]]:
    """Months, last dates and what is asked."""
    frame = pd.DataFrame({"row": range(2, 2 + len(stated)), "follow_up_months": stated,
                          "last_follow_up_date": [100 + day for day in dated_], "start_date": 100.0})  # fmt: skip
    asking = Asking({"two clocks:patients:FU": answer} if answer else {})
    rows = match_headers("patients", ["follow_up_months"])
    rows = tuple(type(row)(**{**row.__dict__, "header": "FU"}) for row in rows)
    found, _ = two_clocks.of_one_clock(frame, rows, asking)
    return found["follow_up_months"].tolist(), found["last_follow_up_date"].tolist(), list(asking.asked)


def test_neither_of_two_clocks_is_used_until_one_is_chosen() -> None:
    weeks, days = [4.0, 8, 12, 16, 20, 0.0], [28.0, 56, 84, 112, 140, 50.0]
    months, dates, asked = clocks(weeks, days)
    assert asked == ["two clocks:patients:FU"]
    assert np.isnan(months).all()
    assert np.isnan(dates).all()
    months, dates, asked = clocks(weeks, days, two_clocks.BY_DATES)
    assert (dates, asked) == ([100 + day for day in days], [])
    assert np.isnan(months).all()
    months, dates, asked = clocks(weeks, days, two_clocks.AS_STATED)
    assert (months, asked) == (weeks, [])
    assert np.isnan(dates).all()
    alike = [day / MONTH for day in days]
    assert clocks(alike, days)[2] == []


def test_a_duration_that_is_not_that_of_its_dates_by_more_than_rounding_makes() -> None:
    def said(*apart: float, days: float = 100.0) -> list[tuple[int | None, str]]:
        stated = pd.Series([days + one for one in apart])
        frame = pd.DataFrame({"row": range(2, 2 + len(apart)), "follow_up_months": stated})
        found = two_clocks._differing(frame, "follow_up_months", stated, pd.Series([days] * len(apart)))
        return [(one.row, one.found) for one in found]

    assert [row for row, _ in said(0, 45, -45, 46, 0)] == [5]
    assert [row for row, _ in said(0, 100, 101, 0, days=1000.0)] == [4]  # a tenth of a long one
    assert [row for row, _ in said(46, 46, 0, 0)] == [2, 3]  # half of them
    assert said(50, 60, 70, 0) == [
        (None, "3 × not the time between the dates, 60 days from it (median); used as it stands")
    ]


# --- What a header resembles ------------------------------------------------------------------------------------------


def test_the_likest_columns_lead_by_less_than_five_of_a_hundred() -> None:
    assert likeness.similar("haemoglobine", [("hb", ["haemoglobin"]), ("alb", ["albumin"])]) == ["hb"]
    assert likeness.similar("haemoglobine", [("a", ["haemoglobin"]), ("b", ["haemoglobins"])]) != []
    assert likeness.similar("haemoglobine", []) == []
    assert likeness.similar("albu", [("alb", ["albumin"])]) == []
    assert likeness.similar("ferritine", [("alb", ["albumin"])]) == []
    scored = likeness.similar("albumins", [("one", ["albumin"]), ("two", ["albumines"])])
    assert set(scored) == {"one", "two"}  # 93.3 and 94.1: neither leads


def test_nouns_that_stand_in_no_table() -> None:
    noun = or_death(["aids", "or", "death"])
    assert noun is not None
    assert or_death(["death"]) is None  # nothing before it
    assert or_death([]) is None
    flares = several("flares")
    assert flares is not None
    assert (flares.code, flares.plain) == ("flare", False)
    assert several("surgeries") is not None
    assert is_plural("relapses")
    assert not is_plural("relapsed")
    assert not is_plural("s")


def test_whether_a_patient_has_one_row_and_which_times_are_of_no_visit() -> None:
    def rows(*cells: str, headers: str = "id week months") -> tuple[bool, set[int]]:
        table = sheet(headers, *cells)
        matched = match_headers("visits", table.headers)
        return one_row_each(matched, table), times_of_patients(matched, table)

    assert rows("A 0 9", "A 8 9", "B 0 7", "B 8 7") == (False, {2})
    assert rows("A 0 0", "A 8 2") == (False, set())
    assert rows("A 0 9", "B 0 7") == (True, set())  # both are the same: then neither is of no visit
    assert rows("A 0", "A 8", headers="id week") == (False, set())
    assert rows("A 0 9", "A 8 9", headers="who week months")[1] == set()
    assert rows("A 0 9", "_ 8 9", "_ 9 9")[0]
