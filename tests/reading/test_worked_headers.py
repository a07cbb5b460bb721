"""Rules about headers, rows under them and sheet names, each at its edge: one cell more or less and the answer is another."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cdanalysis.dictionary.columns import COLUMNS
from cdanalysis.reading.headers.evidence.identifiers import (
    FULL_BIRTH_DATES,
    identifier_in,
    is_birth_date,
    is_national_id,
    strong_identifier_in,
)
from cdanalysis.reading.headers.evidence.kinds import fits, found_type, held_cells, is_of_another_kind, preview
from cdanalysis.reading.headers.matching import NOT_MATCHED
from cdanalysis.reading.headers.over_time.series import _weeks, with_series
from cdanalysis.reading.headers.rows import MatchRow
from cdanalysis.reading.headers.sheet_names import match_sheets
from cdanalysis.reading.headers.units.unit_words import glued_unit, stroked
from cdanalysis.reading.questions import Asking

MAIL, NAMES = "a{}@example.org", ["王小明", "李雷", "张三丰", "刘备", "陈平", "杨过", "黄蓉", "赵云", "吴用", "周瑜"]
LATIN = [
    f"{first} {last}"
    for first in ("Maria", "Anna", "John", "Li", "Eva")
    for last in ("Rossi", "Brown", "Meyer", "Silva")
]
SPEC = {spec.name: spec for spec in COLUMNS["patients"]}


def mails(n: int) -> list[str]:
    return [MAIL.format(place) for place in range(n)]


# --- Who a patient is -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (mails(3), "e-mail addresses"),
        (mails(2), ""),
        ([*mails(3), *[None, "", "  "] * 5], "e-mail addresses"),
        ([*mails(4), "none"], "e-mail addresses"),
        ([*mails(3), "none"], ""),
        (["13912345678"] * 3, "phone numbers"),
        ([13912345678.0] * 3, "phone numbers"),
        (["12912345678"] * 3, ""),
        (["123-45-6789"] * 3, "social security numbers"),
        (NAMES, "names"),
        (NAMES[:3], "names"),
        (NAMES[:2], ""),
        ([*NAMES[:4], 5], "names"),
        ([*NAMES[:3], 5], ""),
        ([*NAMES[:7], *NAMES[:3]], "names"),
        ([*NAMES[:6], *NAMES[:4]], ""),
        ([*NAMES[:4], "无"], "names"),
        ([*NAMES[:3], "无"], ""),
        (["王", "李", "张"], ""),
        (["王小明明", "李小雷雷", "张三丰丰"], "names"),
        (["王小明明明", "李小雷雷雷", "张三丰丰丰"], ""),
        (LATIN[:10], "names"),
        (LATIN[:9], ""),
        ([*LATIN[:19], "as yet unknown"], "names"),
        ([*LATIN[:18], "as yet unknown", "to be asked"], ""),
    ],
)
def test_what_the_cells_of_a_column_tell_of_a_person(cells: list[object], told: str) -> None:
    assert identifier_in(cells) == told


@pytest.mark.parametrize(
    ("years", "births"),
    [
        ([1985, 1990, 2000], True),
        ([1986, 1990, 2000], False),
        ([1900, 1950, 1960], True),
        ([1899, 1950, 1960], False),
        ([1990, 2000, 2015], True),
        ([1990, 2001, 2015], False),
        ([1990, 2000, 2016], False),
        ([1980, 1990, 2001, 2002], False),
        ([1980, 1990, 2000, 2002], True),
        ([1970, 1990], False),
    ],
)
def test_dates_are_births_where_births_lie(years: list[int], births: bool) -> None:
    for cells in (
        [date(year, 5, 1) for year in years],
        [f"{year}-05-01" for year in years],
        [f"1.5.{year}" for year in years],
        [f"{year}年5月1日" for year in years],
        [f"{year}-05-01 00:00:00" for year in years],
    ):
        assert identifier_in(cells) == (FULL_BIRTH_DATES if births else "")
        assert strong_identifier_in(cells) == ""


def test_dates_among_other_cells() -> None:
    four = [date(year, 5, 1) for year in (1970, 1980, 1990, 2000)]
    assert identifier_in([*four, "unknown"]) == FULL_BIRTH_DATES
    assert identifier_in([*four[:3], "unknown"]) == ""
    assert strong_identifier_in(mails(3)) == "e-mail addresses"


def test_a_birth_date_is_known_by_its_header_or_by_its_cells() -> None:
    assert is_birth_date("Date of birth")
    assert is_birth_date("x", FULL_BIRTH_DATES)
    assert not is_birth_date("x", "names")


def national(seventeen: str) -> str:
    """With its check digit by ISO 7064, modulo 11-2."""
    total = 0
    for digit in seventeen:
        total = (total + int(digit)) * 2 % 11
    return seventeen + "0123456789X"[(12 - total) % 11]


@pytest.mark.parametrize(("year", "right"), [(1850, True), (1849, False), (1949, True), (2100, True), (2101, False)])
def test_a_national_identity_number_holds_a_possible_birth(year: int, right: bool) -> None:
    number = national(f"110105{year}1231002")
    assert is_national_id(number) == right
    assert is_national_id(number.lower()) == right
    assert not is_national_id(number[:-1] + str((int(number[-1]) + 1) % 10 if number[-1] != "X" else 1))


def test_the_national_number_of_the_standard() -> None:
    assert national("11010519491231002") == "11010519491231002X"
    assert is_national_id("11010519491231002x")


# --- What a column holds ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ([], "empty"),
        (["yes", "no", "yes"], "yes or no"),
        (["yes", "no", "y"], "text"),
        ([1, 0, 1], "yes or no"),
        ([1, 2, 1], "numbers"),
        ([1, 2, "high"], "text"),
        (["a"], "one value"),
        (["a", "a"], "one value"),
        (["a", "b"], "text"),
        (["a", "b", "a"], "2 categories"),
        ([*"abcdefghijkl", "a"], "12 categories"),
        ([*"abcdefghijklm", "a"], "text"),
    ],
)
def test_what_the_cells_are(cells: list[Any], kind: str) -> None:
    assert found_type(cells) == kind


def test_the_cells_that_hold_something_up_to_a_number_of_them() -> None:
    assert held_cells(["", 1, None, 2, 3]) == [1, 2, 3]
    assert held_cells(["", 1, None, 2, 3], most=2) == [1, 2]


def test_the_first_different_values() -> None:
    assert preview(["a", "a", "b", "c", "d"]) == "a · b · c"


def test_most_of_the_cells_fit_a_column() -> None:
    age = SPEC["age_years"]
    assert fits(age, [30, 40, 50, 60, "x"])
    assert not fits(age, [30, 40, 50, "x"])
    assert fits(age, [30, 40, 50, 60, 5000])
    assert not fits(age, [5000, 6000, 50, -8, -9])
    assert fits(SPEC["sex"], ["male", "female", "f", "m", "?"])
    assert not fits(SPEC["sex"], ["male", "female", "f", "?"])


def test_hardly_a_cell_can_be_what_a_column_holds() -> None:
    age = SPEC["age_years"]
    assert is_of_another_kind(age, ["yes", "no", "no"])
    assert not is_of_another_kind(age, ["yes", "no"])
    assert is_of_another_kind(age, ["yes", "no", "no", "no", "no", "40"])
    assert not is_of_another_kind(age, ["yes", "no", "no", "no", "40"])
    assert not is_of_another_kind(SPEC["patient_id"], ["yes", "no", "no"])
    assert is_of_another_kind(SPEC["start_date"], ["y", "no", "no"])
    assert not is_of_another_kind(SPEC["start_date"], ["y", "no", "May"])
    assert not is_of_another_kind(SPEC["start_date"], ["y", "no", 45000])
    assert is_of_another_kind(SPEC["start_date"], ["y", "no", 7])


# --- Sheet names ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "sheet", "how"),
    [
        ("patients", "patients", "exact name"),
        ("Baseline", "patients", "synonym"),
        ("AE", "adverse_events", "synonym"),
        ("ae codes", "", NOT_MATCHED),
        ("flow of work", "", NOT_MATCHED),
        ("all labs", "", NOT_MATCHED),
        ("the event list", "events", "word in the name"),
        ("visit and event", "", NOT_MATCHED),
        ("patinets", "patients", "similar name (88%)"),
        ("aess", "", NOT_MATCHED),
        ("vists", "visits", "similar name (91%)"),
        ("notes", "", NOT_MATCHED),
    ],
)
def test_which_sheet_a_name_means(name: str, sheet: str, how: str) -> None:
    (found,) = match_sheets([name])
    assert (found.sheet, found.how) == (sheet, how)


# --- Numbered columns -------------------------------------------------------------------------------------------------


def series(answer: str, *headers: str) -> dict[str, float | None]:
    """Week of each header, as answered."""
    rows = [MatchRow("patients", header, "", NOT_MATCHED) for header in headers]
    first = Asking()
    with_series(rows, first)
    asking = Asking({one.id: answer for one in first.questions})
    return {row.header: row.week for row in with_series(rows, asking)}


def test_numbers_behind_a_measurement_count_what_the_reader_says() -> None:
    headers = ("CDAI_0", "CDAI_8", "CDAI_16")
    assert list(series("weeks", *headers).values()) == [0, 8, 16]
    assert list(series("days", *headers).values()) == pytest.approx([0, 8 / 7, 16 / 7])
    assert list(series("months", *headers).values()) == pytest.approx([0, 8 * 30.4375 / 7, 16 * 30.4375 / 7])
    assert set(series("no time", *headers).values()) == {None}


def test_how_many_numbered_columns_make_a_series() -> None:
    def asked(*headers: str) -> int:
        asking = Asking()
        with_series([MatchRow("patients", header, "", NOT_MATCHED) for header in headers], asking)
        return len(asking.questions)

    assert asked("CDAI_0", "CDAI_8", "CDAI_16") == 1
    assert asked("CDAI_0", "CDAI_8") == 0
    assert asked("CDAI S0", "CDAI S8") == 1
    assert asked("CDAI S0") == 0
    assert asked("CDAI_0", "CDAI_8", "CDAI_16", "CDAI-16") == 0
    assert asked("CDAI_0", "CDAI_8", "CRP_0", "CRP_8") == 0
    assert asked("CDAI S0", "CRP S0") == 0
    assert asked("CDAI V1") == 1
    assert asked("CDAI V1", "CDAI_0", "CDAI_8", "CDAI_16") == 2


@pytest.mark.parametrize(
    ("answer", "weeks"),
    [
        ("0, 8", [0, 8]),
        ("0 8.", [0, 8]),
        ("-; 8", [None, 8]),
        ("-, –", [None, None]),
        ("-60, 5000", [-60, 5000]),
        ("-60.5, 8", None),
        ("0, 5000.5", None),
        ("8, 8", None),
        ("0", None),
        ("0, 8, 16", None),
        ("0, soon", None),
    ],
)
def test_the_weeks_of_an_answer(answer: str, weeks: list[float | None] | None) -> None:
    assert _weeks(answer, ["V1", "V2"]) == ({} if weeks is None else dict(zip(["V1", "V2"], weeks, strict=True)))


def test_a_unit_glued_to_a_word() -> None:
    assert stroked("mgdl") == "mg/dl"
    assert stroked("MGDL") == "mg/dl"
    assert stroked("days") == ""
    assert glued_unit("CRPmgL") == ("CRP", "mg/L")
    assert glued_unit("survdays") == ("surv", "days")
    assert glued_unit("nothing") == ("", "")
