"""Cells and columns of numbers and codes at their edges: a digit or a cell more and the answer is another."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from math import inf, nan

import numpy as np
import pytest

from cdanalysis.dictionary.columns import COLUMNS
from cdanalysis.reading.cells.cells import LONGEST_SHOWN, Notes, distinct, is_missing, note_missing, shown
from cdanalysis.reading.cells.codes import code_of, held_codes, with_silent_no, yes_no_codes
from cdanalysis.reading.cells.further import read_further
from cdanalysis.reading.cells.numbers.missing_numbers import suspected_codes
from cdanalysis.reading.cells.numbers.number_cells import without_codes
from cdanalysis.reading.cells.numbers.number_texts import (
    ABOVE,
    BELOW,
    COMMA,
    PERCENT,
    THOUSANDS,
    plain_number,
    undecided,
    writes_comma,
)
from cdanalysis.reading.cells.numbers.quantities import LONGEST, duration, half_a_unit, with_unit, with_units_beside
from cdanalysis.reading.cells.values import read_column
from cdanalysis.reading.dates.forms import (
    EPOCH,
)
from cdanalysis.reading.headers.evidence.suspects import evidence_of, looks_like, share_within
from cdanalysis.reading.questions import Asking, ColumnAsking
from cdanalysis.units import DAYS_PER_MONTH

SPEC = {spec.name: spec for sheet in COLUMNS.values() for spec in sheet}
DMY, MDY, YMD = "day/month/year", "month/day/year", "year/month/day"


def column(header: str = "x", **answers: str) -> ColumnAsking:
    """Asks about a column, with these answers by the kind of question."""
    known = {f"{kind.replace('_', ' ')}:patients:{header}": answer for kind, answer in answers.items()}
    return Asking(known).about("patients", header)


def days(day: date) -> float:
    return float((day - EPOCH).days)


# --- Cells ------------------------------------------------------------------------------------------------------------


def test_what_is_shown_of_a_long_cell() -> None:
    assert LONGEST_SHOWN == 40
    assert shown("x" * 40) == "x" * 40
    assert shown("x" * 41) == "x" * 39 + "…"
    assert shown(datetime(2020, 1, 2, 3)) == "2020-01-02"
    assert shown(7.0) == "7"


def test_nothing_and_words_for_nothing() -> None:
    assert [
        is_missing(cell) for cell in (None, nan, "", "NA", "n/a", "missing", "0", 0, "x", "no data at all, never taken")
    ] == [
        *[True] * 6,
        *[False] * 4,
    ]
    notes = Notes()
    for cell in ("NA", "", "  ", None, "x"):
        note_missing(cell, notes)
    assert notes.counts == {"the missing code NA": 1}


def test_one_of_each_kind_of_number_is_told_apart() -> None:
    different, keys = distinct([1, 1.0, True, 1])
    assert len(different) == 3
    assert keys[0] == keys[3]
    assert distinct(["a", None, "a"])[0] == {"a": "a", None: None}


@pytest.mark.parametrize(
    ("cell", "value", "how"),
    [
        (True, None, ""),
        (None, None, ""),
        (date(2020, 1, 1), None, ""),
        (timedelta(1), None, ""),
        (3, 3.0, ""),
        (1e99, 1e99, ""),
        (-1e99, -1e99, ""),
        (1e100, None, ""),
        (inf, None, ""),
        (nan, None, ""),
        ("1e99", 1e99, ""),
        ("1e100", None, ""),
        ("<5", 2.5, BELOW),
        ("≤ 5", 2.5, BELOW),
        (">450", 450.0, ABOVE),
        ("≥450", 450.0, ABOVE),
        ("< =5", 2.5, BELOW),
        ("12%", 12.0, PERCENT),
        ("12 %", 12.0, PERCENT),
        ("1,234.5", 1234.5, THOUSANDS),
        ("1.234,5", 1234.5, THOUSANDS),
        ("1 234", 1234.0, THOUSANDS),
        ("1'234", 1234.0, THOUSANDS),
        ("12,5", 12.5, COMMA),
        ("1,234", 1234.0, THOUSANDS),
        ("-3", -3.0, ""),
        ("−3", -3.0, ""),
        ("１２", 12.0, ""),
        (".5", 0.5, ""),
        ("5.", 5.0, ""),
        ("1.2.3", None, ""),
        ("x", None, ""),
        ("", None, ""),
    ],
)
def test_the_number_of_a_cell(cell: object, value: float | None, how: str) -> None:
    assert plain_number(cell) == (value, how)  # type: ignore[arg-type]


def test_a_comma_is_decimal_where_the_column_says_so() -> None:
    assert plain_number("1,234", True) == (1.234, COMMA)
    assert plain_number("1.234", True) == (1234.0, THOUSANDS)
    assert plain_number("1.25", True) == (1.25, "")
    assert plain_number("12.345678", True) == (12.345678, "")
    assert plain_number("12.345678", False) == (12.345678, "")
    assert writes_comma(["1,5", "x"], False)
    assert not writes_comma(["1.5"], True)
    assert writes_comma(["1.5", "1,5"], True)
    assert not writes_comma(["1.5", "1,5"], False)
    assert not writes_comma(["1,234"], False)
    assert writes_comma(["0,123"], False)
    assert writes_comma(["1.234,5"], False)
    assert not writes_comma(["1,234.5"], True)
    assert undecided(["1,234", "350", 7]) == ["1,234"]
    assert undecided(["1,234", "3.5"]) == []
    assert undecided(["1,234", "3,5"]) == []
    assert undecided(["1,234", "1.234", "0,123"]) == []
    assert undecided(["1,234", "1,234"]) == ["1,234"] * 2


def test_a_number_with_its_unit() -> None:
    crp = SPEC["crp_mg_per_l"]
    assert with_unit("12 mg/dL", crp, False)[0] == 120
    assert with_unit("12mg/L", crp, False) == (12.0, "with its unit in the cell")
    assert with_unit("<5 mg/L", crp, False)[0] == 2.5
    assert with_unit("12 parsec", crp, False) == (None, "")
    text = "12 mg/L" + " " * (LONGEST - 7)
    assert len(text) == LONGEST
    assert with_unit(text, crp, False)[0] == 12
    assert with_unit(f"{text} ", crp, False) == (None, "")
    assert with_unit("3 mg/L", crp, False, {"mg/L": 2.0})[0] == 6.0


@pytest.mark.parametrize(
    ("text", "unit", "lasting"),
    [
        ("2 years 3 months", "months", 27.0),
        ("2y3m", "months", 27.0),
        ("1 week, 2 days", "days", 9.0),
        ("1 week and 2.5 days", "days", 9.5),
        ("1 week and 2,5 days", "days", 9.5),
        ("3 months", "months", None),
        ("3 months 2 years", "months", None),
        ("2 years 2 years", "months", None),
        ("2 years 3 things", "months", None),
        ("2 years about 3 months", "months", None),
        ("2 years 3 months", "mg/L", None),
    ],
)
def test_a_duration_in_several_units(text: str, unit: str, lasting: float | None) -> None:
    assert duration(text, unit) == (None if lasting is None else pytest.approx(lasting))


def test_half_a_unit_of_a_duration() -> None:
    assert half_a_unit("2 years 3 months") == 0.5 * DAYS_PER_MONTH
    assert half_a_unit("18.5 mo") == pytest.approx(0.05 * DAYS_PER_MONTH)
    assert half_a_unit("1y6m") == 0.5 * DAYS_PER_MONTH
    assert half_a_unit("2 weeks") == 3.5
    assert [half_a_unit(cell) for cell in ("12 days", 7.0, "7", "2 years or so", None)] == [0.0] * 5


def test_units_in_a_column_of_their_own() -> None:
    crp = SPEC["crp_mg_per_l"]
    cells, faults = with_units_beside(crp, [1, 2, None, 4], ["mg/L", None, "mg/dL", "mg/dL"], column("unit of CRP"))
    assert cells == ["1 mg/L", None, None, "4 mg/dL"]
    assert [one.found for one in faults] == ["1 × a value without its unit in unit of CRP"]
    about = column("unit of CRP")
    assert with_units_beside(crp, [1, 2], ["foo", "mg/L"], about) == ([None, "2 mg/L"], [])
    assert about.is_open("unit")
    told = column("unit of CRP", unit="mg/dL")
    assert with_units_beside(crp, [1, 2], ["foo", "mg/L"], told) == (["1 mg/dL", "2 mg/L"], [])


# --- Codes ------------------------------------------------------------------------------------------------------------


def test_whole_numbers_that_are_codes() -> None:
    assert [code_of(cell) for cell in (1, 1.0, "1,0", "-1", True, "1.5", "12345", "x")] == [
        "1",
        "1",
        "1",
        "-1",
        "",
        "",
        "",
        "",
    ]
    assert held_codes([1, 1.0, "1", None, "NA", "x", 2]) == {"1": 3, "2": 1}


def test_what_the_codes_of_a_yes_and_no_mean() -> None:
    assert yes_no_codes([1, 0], column()) == {"1": True, "0": False}
    assert yes_no_codes([1], column()) == {"1": True, "0": False}
    about = column()
    assert yes_no_codes([1, 2], about) == {"1": None, "2": None}
    assert about.is_open("codes")
    assert yes_no_codes([1, 2, 2], column(codes="2 is yes, 1 is no")) == {"1": False, "2": True}
    assert yes_no_codes([2], column(codes="1 is yes, 2 is no")) == {"1": True, "2": False}
    other = column()
    assert yes_no_codes([0, 1, 2], other) == {"1": True, "0": False, "2": None}
    assert other.is_open("other codes")
    assert yes_no_codes([0, 1, 2], column(other_codes="yes")) == {"1": True, "0": False, "2": True}
    assert yes_no_codes([1, 2], column("x (1 = no, 2 = yes)")) == {"0": False, "1": False, "2": True}
    assert yes_no_codes([0, 1], column("x (1 = no)")) == {"1": False, "0": True}


def test_a_no_that_is_not_written() -> None:
    assert with_silent_no(["s", "n"], column()) == ["yes", "n"]
    assert with_silent_no(["s", "n", "x"], column()) == ["s", "n", "x"]
    assert with_silent_no(["+", "-", "+"], column()) == ["+", "-", "+"]
    assert with_silent_no(["+", "-", "+"], column(minus="no")) == ["+", "no", "+"]
    assert with_silent_no(["yes", "-", "yes"], column(minus="no")) == ["yes", "-", "yes"]
    four = ["yes", "yes", "yes", "yes", None]
    assert with_silent_no(four, column(empty="no")) == [*four[:4], "no"]
    assert with_silent_no(["yes", *four], column(empty="no")) == ["yes", *four]
    assert with_silent_no(four, column(empty="missing")) == four
    assert with_silent_no(["yes", "no", None], column(empty="no")) == ["yes", "no", None]
    assert with_silent_no([None, None], column(empty="no")) == [None, None]
    open_one = column()
    with_silent_no(four, open_one)
    assert open_one.is_open("empty")


@pytest.mark.parametrize(
    ("values", "codes"),
    [
        ([1, 2, 3, 99], [99]),
        ([1, 2, 99], []),  # two others are too few
        ([-3, 1, 2, 99], []),  # negative values that are no codes
        ([1, 2, 3, -9], [-9]),
        ([1, 2, 3, 4, -5], [-5]),
        ([1, 2, 3, 4, -5.5], []),
        ([1, 2, 3, 4, 5, -5.5, -5.5], [-5.5]),
        ([1, 2, 6, 9], [9]),
        ([1, 2, 6.5, 9], []),
        ([1, 2, 7, 9], []),
        ([50, 60, 66, 99], [99]),
        ([50, 60, 67, 99], []),
        ([60, 70, 80, 99], []),
        ([60, 70, 80, 99, 99], [99]),
        ([85, 87, 90, 99, 99], []),
        ([5, 95, 50, 99, 99], []),
        ([1, 2, 2, 98.5, 99, 99, 99], [99]),
        ([1, 100, 120, 99, 99, 99, 99], [99]),
        ([1, 100, 120, 99, 99, 99], []),
    ],
)
def test_usual_codes_for_a_missing_value(values: list[float], codes: list[float]) -> None:
    assert suspected_codes(np.array(values, float)) == codes


def test_missing_codes_within_a_range_are_left_out_until_they_are_values() -> None:
    values: list[object] = [1.0, 2.0, 3.0, 999.0, None]
    assert without_codes(values, 1.0, column()) == [1, 2, 3, None, None]
    assert without_codes(values, 1.0, column(missing="a value")) == values
    assert without_codes([1.0, 2.0, 3.0, 9990.0], 10.0, column()) == [1, 2, 3, None]
    assert without_codes([1.0, 2.0, 3.0, 99.0], 1.0, column()) == [1, 2, 3, 99]  # once, within the range
    assert without_codes([1.0, 2.0, 3.0, 99.0, 99.0], 1.0, column()) == [1, 2, 3, None, None]


def test_a_column_with_a_few_texts_stays_one_of_numbers() -> None:
    def read(*cells: object) -> list[object]:
        return list(read_further("patients", "x", cells, range(2, len(cells) + 2))[0])  # type: ignore[arg-type]

    assert read(1.5, 2.5, 3.5, 4.5, 5.5, "x") == [1.5, 2.5, 3.5, 4.5, 5.5, None]
    assert read(1.5, 2.5, 3.5, 4.5, "x") == ["1.5", "2.5", "3.5", "4.5", "x"]
    assert read("007", 1.5, 2.5, 3.5, 4.5, 5.5) == ["007", "1.5", "2.5", "3.5", "4.5", "5.5"]
    assert read("<40", "40-60", ">60", None) == ["<40", "40-60", ">60", None]
    assert read("<40", "<40") == [20, 20]
    assert read(None, None) == [None, None]


def test_a_column_of_the_dictionary() -> None:
    age = SPEC["age_years"]
    values, faults = read_column(age, [40, "x", 999, None, "50"], [2, 3, 4, 5, 6])
    assert values == [40, None, None, None, 50]
    assert [(one.row, one.severity) for one in faults] == [(3, "error"), (None, "warning")]
    values, faults = read_column(SPEC["sex"], ["m", "f", "?", "male"], [2, 3, 4, 5])
    assert values[:2] == ["male", "female"]
    start = SPEC["start_date"]
    values, _ = read_column(start, [date(2020, 1, 2), "2020-01-03", "soon"], [2, 3, 4])
    assert values == [days(date(2020, 1, 2)), days(date(2020, 1, 3)), None]


def test_the_unit_that_values_look_like() -> None:
    age, crp = SPEC["age_years"], SPEC["crp_mg_per_l"]
    years = np.arange(20.0, 60)
    assert looks_like(age, years) == ""
    assert looks_like(age, years + 200) == "days"
    assert looks_like(age, np.append(years, [400.0, 500])) == ""
    assert looks_like(age, np.empty(0)) == ""
    low = np.linspace(0.1, 1.9, 20)
    assert looks_like(crp, low) == "mg/dL"
    assert looks_like(crp, low[:19]) == ""
    assert looks_like(crp, low + 1.1) == ""
    assert looks_like(crp, np.append(low, 29.9)) == "mg/dL"
    assert looks_like(crp, np.append(low, 30.0)) == ""
    assert looks_like(crp, np.repeat(low[:9], 3)) == ""
    assert looks_like(crp, np.repeat(low[:10], 2)) == "mg/dL"
    assert share_within(age, np.array([age.lowest, age.highest, age.highest + 1, age.lowest - 1])) == 0.5
    assert share_within(age, np.empty(0)) == 0
    assert evidence_of(age, np.empty(0)) == "no number"
    assert evidence_of(crp, np.array([1.0, 2, 6])) == "3 values, median 2, highest 6"
    told = evidence_of(SPEC["follow_up_months"], np.array([1.0, 24]))
    assert (
        told == "2 values, longest 24: 0.8 months as days, 5.5 months as weeks, 2.0 years as months, 24 years as years"
    )
