"""Rules that one column or one block of rows decides, each at its edge: code lists, thousands, second tables, days, units."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pandas as pd
import pytest

from cdanalysis.dictionary.columns import COLUMNS
from cdanalysis.reading.cells.numbers.thousands import A_DECIMAL, THOUSANDS_MARK, with_thousands
from cdanalysis.reading.cells.spellings import MOST_TOLD, with_one_spelling
from cdanalysis.reading.checks.week_unit import _beyond_ends
from cdanalysis.reading.dates.impossible import impossible
from cdanalysis.reading.dates.none import is_no, is_placeholder
from cdanalysis.reading.dates.order import EPOCH
from cdanalysis.reading.headers.matching import NOT_MATCHED, PROPOSED, match_headers
from cdanalysis.reading.headers.over_time.series import asked_weeks
from cdanalysis.reading.headers.rows import MatchRow
from cdanalysis.reading.headers.units.unit_columns import is_bare, unit_place, units_in, with_bare_unit_columns
from cdanalysis.reading.outcomes.columns import Looked
from cdanalysis.reading.outcomes.headers.headers import said_by
from cdanalysis.reading.outcomes.times.ends import is_time_of_some
from cdanalysis.reading.questions import Asking, ColumnAsking, question_id
from cdanalysis.reading.rows.header.first_table import first_table, is_header, narrow_block
from cdanalysis.reading.rows.results_in_rows import _first
from cdanalysis.reading.rows.shape import RawSheet
from cdanalysis.reading.sheets.codebook import with_codebook
from cdanalysis.reading.study import Study

SPECS = {spec.name: spec for spec in COLUMNS["patients"]}


def sheet(headers: str, *rows: tuple[object, ...], name: str = "patients", **more: tuple[str, ...]) -> RawSheet:
    return RawSheet(name, tuple(headers.split("|")), tuple(enumerate(rows, 2)), **more)  # type: ignore[arg-type]


# --- What codes mean --------------------------------------------------------------------------------------------------


DATA = sheet("id|status|grade", ("P1", 1, 2), ("P2", 2, 1))


def headers_by(
    *book: tuple[object, ...], headers: str = "variable|value|label", data: RawSheet = DATA
) -> tuple[str, ...]:
    return with_codebook([data, sheet(headers, *book, name="codes")])[0].headers


def test_a_code_list_row_by_row_and_a_name_stands_for_the_rows_below_it() -> None:
    book = [("Status", 1, "censored"), (None, 2.0, "dead"), ("grade", "1", "low"), ("", "2", "high"), ("id", 1, "one")]
    assert headers_by(*book) == ("id", "status (1 = censored, 2 = dead)", "grade (1 = low, 2 = high)")
    other = [("censored", 1, "status"), ("dead", 2, None)]
    assert headers_by(*other, headers="meaning|code|field")[1] == "status (1 = censored, 2 = dead)"


@pytest.mark.parametrize(("n", "told"), [(1, False), (2, True), (12, True), (13, False)])
def test_codes_are_two_to_twelve(n: int, told: bool) -> None:
    book = [("status", code, f"state {'abcdefghijklm'[code - 1]}") for code in range(1, n + 1)]
    assert (headers_by(*book)[1] != "status") is told


@pytest.mark.parametrize(
    ("cell", "header"),
    [
        ("1 = censored, 2 = dead", "status (1 = censored, 2 = dead)"),
        ("1, Censored | 2, Dead", "status (1 = Censored, 2 = Dead)"),
        ("1, Censored", "status"),
        ("1, Censored | dead", "status"),
        ("1 = censored", "status"),
        (1, "status"),
    ],
)
def test_a_code_list_in_one_cell(cell: object, header: str) -> None:
    assert headers_by(("status", cell), headers="variable|choices")[1] == header


def test_a_list_of_other_columns_and_a_header_with_its_own_list_change_nothing() -> None:
    book = [("mood", 1, "low"), ("mood", 2, "high")]
    assert with_codebook([DATA, sheet("variable|value|label", *book)])[0] is DATA
    own = sheet("id|status (1 = yes, 2 = no)", ("P1", 1))
    named = [("status (1 = yes, 2 = no)", 1, "a"), ("status (1 = yes, 2 = no)", 2, "b")]
    assert headers_by(*named, data=own) == own.headers


def test_the_label_of_a_variable_names_it_too() -> None:
    data = sheet("v1", (1,), (2,), labels=("Status",))
    assert headers_by(("status", 1, "censored"), ("status", 2, "dead"), data=data) == ("v1 (1 = censored, 2 = dead)",)


def test_a_note_below_the_rows_and_none_above_a_full_one() -> None:
    note = ("status: 1 = censored, 2 = dead", None, None)
    (told,) = with_codebook([sheet("id|status|grade", ("P1", 1, 2), note, ("grade (1 = low, 2 = high)", None, None))])
    assert told.headers == ("id", "status (1 = censored, 2 = dead)", "grade (1 = low, 2 = high)")
    assert len(told.faults) == 1
    (other,) = with_codebook([sheet("id|status|grade", note, ("P1", 1, 2))])
    assert other.headers == ("id", "status", "grade")


def test_a_list_of_more_than_2000_rows_is_none() -> None:
    book = [("status", 1, "censored"), ("status", 2, "dead")]
    assert headers_by(*book, *[("mood", 3, "x")] * 1998)[1] != "status"
    assert headers_by(*book, *[("mood", 3, "x")] * 1999)[1] == "status"


# --- Thousands --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("answer", "values"), [(A_DECIMAL, [1.2, "350", 2.5]), (THOUSANDS_MARK, [1200, "350", 2500])])
def test_a_point_before_three_digits_is_what_the_reader_says(answer: str, values: list[object]) -> None:
    asking = Asking({question_id("thousands", "patients", "x"): answer})
    assert list(with_thousands(["1.200", "350", "2.500"], ColumnAsking(asking, "patients", "x"), False)) == values


@pytest.mark.parametrize(
    ("cells", "asked"),
    [
        (["1.200", "100"], True),
        (["1.200", "99"], False),
        (["1.200", "0.5"], False),
        (["1,200", "350"], False),
        (["12.5", "350"], False),
    ],
)
def test_it_is_asked_beside_a_whole_number_of_a_hundred_or_more(cells: list[str], asked: bool) -> None:
    asking = Asking()
    found = with_thousands(cells, ColumnAsking(asking, "patients", "x"), False)
    assert (found is not cells, len(asking.asked)) == (asked, int(asked))
    assert not asked or (found[0] is None and found[1] == "100")


# --- Second tables ----------------------------------------------------------------------------------------------------


ROWS = [(2, ("P1", 5, 1, None, None)), (3, ("P2", 6, 2, None, None)), (4, ("P3", 7, 3, None, None))]


def table(*rows: tuple[int, tuple[object, ...]]) -> RawSheet:
    return RawSheet("patients", ("id", "crp", "ward", "x", "y"), (*ROWS, *rows))  # type: ignore[arg-type]


NAMES = ("name", "total", "share", None, None)


@pytest.mark.parametrize(("number", "left"), [(5, 5), (6, 3)])
def test_a_second_table_begins_below_an_empty_row(number: int, left: int) -> None:
    found = first_table(table((number, NAMES), (number + 1, ("A", 1, "x", None, None))))
    assert len(found.rows) == left
    assert [fault.row for fault in found.faults] == ([number] if left == 3 else [])


def test_the_header_again_is_no_second_table() -> None:
    assert len(first_table(table((6, ("ID", " crp", "Ward", None, None)), (7, ROWS[0][1]))).rows) == 5
    assert is_header(("id", "crp"), ("id", "crp (mg/L)"))
    assert is_header(("id", "crp", "other"), ("id", "crp", "ward"))
    assert not is_header(("id", "crp", "other", "more"), ("id", "crp", "ward", "x"))
    assert not is_header(("id",), ("id",))
    assert not is_header((None, "crp", "age"), ("id", "crp", "ward"))


def test_a_block_of_one_or_two_cells_a_row_below_an_empty_row() -> None:
    narrow = [(6, ("mean", 6, None, None, None)), (7, ("n", None, None, None, None))]
    assert narrow_block(table(*narrow)) == 3
    assert narrow_block(table((5, narrow[0][1]), (6, narrow[1][1]))) == 5
    assert narrow_block(table((6, ("mean", 6, "x", None, None)))) == 4
    assert narrow_block(table()) == 3
    few = RawSheet("patients", ("id", "crp", "ward", "x"), ((2, ("P1", 5, "a", 1)), (4, ("mean", 5, None, None))))
    assert narrow_block(few) == 2


# --- Days on which nothing can have been ------------------------------------------------------------------------------


def test_days_that_are_no_dates_of_patients() -> None:
    today = date.today()
    for day, why in [
        (date(1900, 1, 1), "stands for"), (date(1900, 1, 2), "stands for"), (date(1970, 1, 1), "stands for"),
        (date(9999, 12, 31), "stands for"), (date(1111, 11, 11), "stands for"), (date(1900, 1, 3), ""),
        (date(1899, 12, 29), "before"),
        (today + timedelta(1), ""), (today + timedelta(2), "in the future"), (date(1970, 1, 2), ""),
    ]:  # fmt: skip
        assert impossible((day - EPOCH).days).startswith(why), day
        assert bool(impossible((day - EPOCH).days)) is bool(why), day
        assert is_placeholder(day) is is_placeholder(datetime(day.year, day.month, day.day)) is bool(why), day
        assert is_placeholder(day.isoformat()) is bool(why), day
    assert not is_placeholder("19/11/27")
    assert not is_placeholder(None)


@pytest.mark.parametrize(
    ("cell", "no"),
    [("no", True), ("none", True), ("no relapse", True), ("no data", False), ("without event", True), (0, True),
     ("00/00/0000", True), ("99.99.9999", True), ("09/09/0909", False), ("0000-00-00 00:00:00", True), ("未复发", True),
     ("未知", False), (None, False), ("2020-01-01", False), ("no 2nd visit", False)],
)  # fmt: skip
def test_a_cell_that_says_there_is_no_date(cell: object, no: bool) -> None:
    assert is_no(cell) is no


# --- Units ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "column", "how"),
    [
        ("ESR mg/L", "", NOT_MATCHED),
        ("crp months", "", NOT_MATCHED),
        ("albumin mm/h", "", PROPOSED),
        ("smoking years", "", PROPOSED),
    ],
)
def test_a_unit_that_a_column_cannot_have_is_none_of_its_header(header: str, column: str, how: str) -> None:
    (found,) = match_headers("patients", [header])
    assert (found.column, found.how) == (column, how)


def test_the_column_of_units_to_the_right_of_a_number() -> None:
    rows = [MatchRow("patients", "crp", "crp_mg_per_l", "exact name"), MatchRow("patients", "Unit", "", NOT_MATCHED)]
    of_units = sheet("crp|Unit", (5, "mg/dL"), (6, "mg/L"), (7, "see note"))
    known = with_bare_unit_columns(rows, of_units, SPECS)
    assert [(row.unit_column, row.factor) for row in known] == [("Unit", 1.0), ("", 1.0)]
    half = sheet("crp|Unit", (5, "mg/dL"), (6, "none of it"), (7, "see note"), (8, "mg/L"))
    assert units_in(of_units, 1, "mg/L") == {"mg/dL", "mg/L"}
    assert units_in(half, 1, "mg/L") == set()
    assert with_bare_unit_columns(rows, half, SPECS) == rows
    stated = [MatchRow("patients", "crp", "crp_mg_per_l", "exact name", unit="mg/L"), rows[1]]
    assert with_bare_unit_columns(stated, of_units, SPECS) == stated
    text = [MatchRow("patients", "sex", "sex", "exact name"), rows[1]]
    assert with_bare_unit_columns(text, of_units, SPECS) == text
    assert [is_bare(one) for one in ("Unit", "units 2", "Einheit", "unit of crp")] == [True, True, True, False]


def test_of_twin_columns_of_units_the_next_to_the_right_is_meant() -> None:
    crp, esr = (MatchRow("patients", name, "", "exact name", unit_column="unit") for name in ("crp", "esr"))
    unit = MatchRow("patients", "unit", "", NOT_MATCHED)
    assert [unit_place([crp, unit, esr, unit], place) for place in (0, 2)] == [1, 3]
    assert unit_place([unit, crp], 1) == 0


# --- The study file ---------------------------------------------------------------------------------------------------


def test_a_study_file_is_text_that_a_person_can_read() -> None:
    found = Study().answered({"b": "2", "a": "für 1"}).chosen({"outcome": "relapse"})
    assert found.to_json() == (
        '{\n "format": "cdanalysis study",\n "version": 1,\n "matching": null,\n'
        ' "answers": {\n  "a": "für 1",\n  "b": "2"\n },\n "settings": {\n  "outcome": "relapse"\n }\n}'
    )
    assert Study.from_json(found.to_json()) == found


def test_the_commonest_writings_are_told_as_far_as_there_is_room() -> None:
    def asked(n: int) -> str:
        words = [f"word{letter}" for letter in "abcdefgh"[:n]]
        texts = [text for word in words for text in (word, word, word.upper())]
        asking = Asking({})
        with_one_spelling(texts, asking.about("patients", "kind"))
        (question,) = asking.questions
        return question.text

    assert " more" not in asked(MOST_TOLD)
    assert " and 1 more. Are they the same?" in asked(MOST_TOLD + 1)


def test_which_column_names_the_tests_of_a_table_of_results() -> None:
    wanted = frozenset({"lbtest", "lbtestcd", "test", "name"})
    assert _first(["name", "lbtestcd", "lbtest"], wanted) == 2
    assert _first(["test", "lbtestcd"], wanted) == 1
    assert _first(["x", "test"], wanted) == 1
    assert _first(["x"], wanted) is None


def test_weeks_are_asked_of_one_visit_and_of_several() -> None:
    asking = Asking({})
    assert asked_weeks("visits", ["V1"], "", asking) == {}
    assert asked_weeks("visits", ["V1", "V2"], "", asking) == {}
    assert [one.text for one in asking.questions] == [
        "At which week was the visit V1? In this order, such as 0; - where it was at none.",
        "At which weeks were the visits V1, V2? In this order, such as 0, 8; - where it was at none.",
    ]


@pytest.mark.parametrize(("last", "said"), [(400.0, True), (50.0, False), (460.0, False)])
def test_weeks_that_are_days_lie_beyond_the_follow_up_of_many(last: float, said: bool) -> None:
    """Followed for 400 days: 400 weeks lie beyond it, 50 weeks within, 460 days beyond it too."""
    visits = pd.DataFrame({"patient_id": [f"P{k}" for k in range(6)], "week": [last] * 6})
    patients = pd.DataFrame({"patient_id": [f"P{k}" for k in range(6)], "follow_up_days": [400.0] * 6})
    assert bool(_beyond_ends(visits, patients)) is said


@pytest.mark.parametrize(("filled", "is_one"), [(0.0, False), (0.4, True), (1.0, False)])
def test_a_time_that_some_have(filled: float, is_one: bool) -> None:
    column = Looked(
        0, "time", said_by("time to something (days)"), codes=False, dates=False, numbers=True, filled=filled
    )
    assert is_time_of_some(column) is is_one
    assert not is_time_of_some(replace(column, numbers=False))
