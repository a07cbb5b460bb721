"""Rules about headers, rows under them and sheet names, each at its edge: one cell more or less and the answer is another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from cdanalysis.dictionary.columns import COLUMNS
from cdanalysis.reading.bytes.formats import STATA_RELEASES, kind_of, utf_16
from cdanalysis.reading.bytes.statistical import _are_codes, _beside, _cells, _within
from cdanalysis.reading.headers.evidence.identifiers import (
    FULL_BIRTH_DATES,
    identifier_in,
    is_birth_date,
    is_national_id,
    strong_identifier_in,
)
from cdanalysis.reading.headers.evidence.kinds import fits, found_type, held_cells, is_of_another_kind, preview
from cdanalysis.reading.headers.matching import NOT_MATCHED
from cdanalysis.reading.headers.rows import MatchRow
from cdanalysis.reading.headers.series import _weeks, with_series
from cdanalysis.reading.headers.sheet_names import match_sheets
from cdanalysis.reading.questions import Asking
from cdanalysis.reading.rows.header.below_header import (
    first_of,
    names_row,
    numbers_row,
    types_row,
    units_row,
)

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


# --- Rows under the header --------------------------------------------------------------------------------------------


def rows(*columns: Sequence[object]) -> list[tuple[int, tuple[Any, ...]]]:
    return list(enumerate(zip(*columns, strict=True), 3))


def test_a_row_of_units() -> None:
    headers, below = ["id", "crp", "alb"], rows("abcde", [1, 2, 3, 4, 5], [1, 2, 3, 4, 5])
    assert units_row(["", "mg/L", "g/L"], headers, below)
    assert not units_row(["", "mg/L", ""], headers, below)
    assert not units_row(["P1", "mg/L", "g/L", "x"][:3], ["id", "crp"], below)
    assert units_row(["P1", "mg/L", "g/L"], headers, below)
    assert not units_row(["P 1", "of them", "g/L"], headers, below)
    assert not units_row(["P 1", "g/L"], headers[:2], below)
    assert units_row(["code", "g/L"], headers[:2], below)
    assert not units_row([7, "mg/L", "g/L"], headers, below)
    assert not units_row(["mg/L", "", "code"], headers, rows("abcde", "abcde", "abcde"))


def test_a_unit_stands_over_numbers_with_few_other_cells_among_them() -> None:
    headers = ["crp", "alb"]
    four_of_five, five_of_six = rows([1, 2, 3, 4, "x"], "abcde"), rows([1, 2, 3, 4, 5, "x"], "abcdef")
    assert not units_row(["mg/L", "g/L"], headers, four_of_five)
    assert units_row(["mg/L", "g/L"], headers, five_of_six)
    assert not units_row(["mg/L", "g/L"], headers, rows([None, ""], [None, ""]))


def test_a_row_of_longer_names() -> None:
    headers, two = ["id", "v1", "v2"], rows("ab", [1, 2], [3, 4])
    assert names_row(["", "C-reactive protein", "Serum albumin"], headers, two)
    assert not names_row(["", "Serum albumin", "Serum albumin"], headers, two)
    assert not names_row(["", "Serum albumin", ""], headers, two)
    assert not names_row(["", "hot", "dry"], headers, two)
    assert names_row(["", "cold", "dry"], headers, two)
    assert not names_row(["", "Serum albumin", 7], headers, two)
    four = rows([1, 2], [1, 2], [1, 2], [3, 4])
    assert names_row(["Age then", "Weight", "", ""], ["a", "b", "c", "d"], four)
    five = rows([1, 2], [1, 2], [1, 2], [3, 4], [1, 2])
    assert not names_row(["Age then", "Weight", "", "", ""], ["a", "b", "c", "d", "e"], five)
    assert not names_row(["", "mg/L", "g/L"], headers, two)


def test_a_row_of_types_and_a_row_of_numbers() -> None:
    assert types_row(["<chr>", "int", "", "dbl"], ["a", "b", "c", "d"], ())
    assert not types_row(["chr", "int"], ["a", "b"], ())
    assert not types_row(["chr", "int", "P1"], ["a", "b", "c"], ())
    assert numbers_row([1, 2.0, "3", "(4)"], ["a", "b", "c", "d"], ())
    assert not numbers_row([1, 2, 3], ["a", "b", "c"], ())
    assert not numbers_row([1, 2, 3, 5], ["a", "b", "c", "d"], ())
    assert not numbers_row([0, 1, 2, 3], ["a", "b", "c", "d"], ())
    assert not numbers_row([1, 2, 3, 4], ["a", "b", "c", "d", "e"], ())


def test_what_a_row_begins_with() -> None:
    assert first_of([None, "mg  per\nL", "x"]) == "mg per L"
    assert first_of(["x" * 40]) == "x" * 40
    assert first_of(["x" * 41]) == "x" * 39 + "…"
    assert first_of([None]) == ""


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


# --- Files ------------------------------------------------------------------------------------------------------------


def test_a_file_of_stata_before_release_117_by_its_first_bytes() -> None:
    for order in (b"\x01", b"\x02"):
        assert kind_of(bytes([STATA_RELEASES[0]]) + order + b"\x01\x00rest") == "dta"
        assert kind_of(bytes([STATA_RELEASES[-1]]) + order + b"\x01\x00rest") == "dta"
    assert (STATA_RELEASES[0], STATA_RELEASES[-1]) == (102, 115)
    assert kind_of(b"rest") == "text"


def test_text_of_two_bytes_a_character() -> None:
    assert utf_16("\ufeffid".encode("utf-16-le")) == "utf-16"
    assert utf_16(b"\xfe\xff\x00i") == "utf-16"
    assert utf_16("id".encode("utf-16-le")) == "utf-16-le"
    assert utf_16("id".encode("utf-16-be")) == "utf-16-be"
    assert utf_16("i".encode("utf-16-le")) is None
    assert utf_16(b"id") is None
    assert utf_16(("x" * 8 + "岁" * 2).encode("utf-16-le")) == "utf-16-le"
    assert utf_16(("x" * 7 + "岁" * 3).encode("utf-16-le")) is None


def test_values_are_codes_where_nearly_all_of_them_have_a_label() -> None:
    labels: dict[object, str] = {1: "no", 2: "yes"}
    assert _are_codes([1, 2, 1], labels)
    assert _are_codes([*[1] * 9, 5], labels)
    assert not _are_codes([*[1] * 8, 5], labels)
    assert not _are_codes([*[1] * 98, 5, 6], labels)
    assert _are_codes([*[1] * 97, 2, 5, 6], labels)
    assert _are_codes([1, 2, None, "", float("nan")], labels)


def test_labels_beside_numbers_are_said() -> None:
    assert _beside([1, 7.5, 1, "text", None], {1: "detection limit", "text": "x"}) == [
        "2 × 1, labelled 'detection limit' in the file"
    ]


def test_user_missing_values() -> None:
    meta = SimpleNamespace(
        variable_value_labels={"x": {1: "no", 2: "yes"}},
        missing_ranges={"x": [{"lo": 90, "hi": 99}]},
        missing_user_values={"x": ["a"]},
    )
    cells, n = _cells("x", [1, 2, None, "", float("nan"), 90, 95, 99, "a"], meta)
    assert (cells, n) == ([1, 2, *[None] * 7], 4)  # two labelled of six: the labels stand beside the numbers
    assert _cells("x", [1, 2, 1, 2], meta) == (["no", "yes", "no", "yes"], 0)
    assert _within(90, {"lo": 90, "hi": 99})
    assert _within(99, {"lo": 90, "hi": 99})
    assert not _within(89.9, {"lo": 90, "hi": 99})
    assert not _within(99.1, {"lo": 90, "hi": 99})
    assert _within("a", {"lo": "a", "hi": "a"})
    assert not _within("b", {"lo": "a", "hi": "z"})
    assert not _within(None, {"lo": 90, "hi": 99})
    assert not _within("95", {"lo": 90, "hi": 99})
