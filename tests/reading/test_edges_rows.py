"""Rows that are no patients, names of rows and tables in another order, each rule at its edge."""

from __future__ import annotations

import pandas as pd
import pytest

from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.headers.matching import match_headers
from cdanalysis.reading.questions import Asking
from cdanalysis.reading.rows import several_tables, unidentified
from cdanalysis.reading.rows.header import header_rows, row_names
from cdanalysis.reading.rows.header.first_table import is_header, narrow_block
from cdanalysis.reading.rows.no_patients import strangers
from cdanalysis.reading.rows.no_patients.arithmetic import again_and_again, is_arithmetic
from cdanalysis.reading.rows.results_in_rows import _are_results
from cdanalysis.reading.rows.shape import RawSheet


def sheet(headers: str, *rows: list[Cell]) -> RawSheet:
    """A table whose first row is row 2 of its sheet."""
    return RawSheet("s", tuple(headers.split("|")), tuple((n, tuple(row)) for n, row in enumerate(rows, 2)))


# --- Rows that are no patients ----------------------------------------------------------------------------------------


def test_rows_that_are_left_out_are_named_up_to_four_and_counted_beyond() -> None:
    table = sheet("id|x", *([f"Mean {n}", n] for n in range(6)))

    def said(n: int) -> str:
        fault = strangers._said(table, "a row of statistics", range(n))
        assert fault.row == 2
        return fault.found.removeprefix("Mean 0: a row of statistics")

    assert said(1) == ", left out"
    assert said(2) == ", also in row 3, left out"
    assert said(4) == ", also in row 3, 4, 5, left out"
    assert said(5) == ", also in row 3, 4, 5 and 1 more, left out"
    assert said(6) == ", also in row 3, 4, 5 and 2 more, left out"


# --- Results in rows --------------------------------------------------------------------------------------------------


def test_rows_without_a_value_or_a_test_are_no_results_and_say_nothing_against_them() -> None:
    results = [["A", test, 1] for _ in range(2) for test in ("crp", "alb")]

    def are(*more: list[Cell]) -> bool:
        return _are_results(sheet("id|test|value", *results, *more), 1, 2)

    assert are()
    assert are(*(["A", "note", None] for _ in range(9)))  # a test without a value
    assert are(*(["A", None, "x"] for _ in range(9)))
    assert are(["A", 7, None])  # no name, but no result either
    assert not are(["A", 7, 1])
    assert are(*([*row[:2], "negative"] for row in results))  # half of them are numbers
    assert not are(*([*row[:2], "negative"] for row in (*results, results[0])))
    assert not are(["A", "wbc", 1])  # three tests of five results: hardly any twice
    assert are(["A", "wbc", 1], ["A", "wbc", 1])


# --- Patients without an identifier -----------------------------------------------------------------------------------


def whose(answer: str = "", known: str = "age", **columns: list[object]) -> tuple[list[str], tuple[str, ...], str]:
    """The identifiers that are found, the options of the question, and what is said."""
    frame = pd.DataFrame({"row": range(2, 2 + len(next(iter(columns.values())))), **columns})
    asking = Asking({"ids:patients": answer} if answer else {})
    found, faults = unidentified.identified({"patients": frame}, match_headers("patients", [known]), asking)
    ids = found["patients"].get("patient_id", pd.Series(dtype=object)).tolist()
    return ids, next((one.options for one in asking.asked.values()), ()), " ".join(one.found for one in faults)


def test_which_column_tells_the_patients_apart_is_asked_among_those_that_can() -> None:
    columns = {
        "whole": [1.0, 7.0, 9.0], "parted": [1.5, 2.0, 3.0], "twice": [1, 1, 2], "gap": ["a", None, "b"], "words": ["c", "b", "a"],
    }  # fmt: skip
    assert whose(**columns) == ([], ("each row is one patient", "whole", "words"), "")
    assert whose("whole", **columns)[0] == ["1", "7", "9"]
    told = "no column of identifiers: each row is read as one patient"
    assert whose("each row is one patient", **columns) == (["1", "2", "3"], (), told)
    assert whose(known="nothing of ours", **columns) == ([], (), "")
    many = {f"x{n:02}": [n, n + 1] for n in range(13)}
    assert whose(**many)[1] == ("each row is one patient", *(f"x{n:02}" for n in range(12)))


@pytest.mark.parametrize(
    ("header", "cells", "ids"),
    [
        ("No", [2, 1, 3], ["2", "1", "3"]),  # in any order, from 1
        ("No", [2, 3, 4], []), ("No", [1, 2, 4], []), ("No", ["a", "b", "c"], ["a", "b", "c"]), ("rank", [1, 2, 3], []),
        ("code", [5, 7, 9], ["5", "7", "9"]), ("Studienr", [5, 7, 9], ["5", "7", "9"]), ("abnr", [5, 7, 9], ["5", "7", "9"]),
        ("onr", [5, 7, 9], []), ("ward", [5, 7, 9], []), ("Implant ID", [5, 7, 9], ["5", "7", "9"]),
    ],
)  # fmt: skip
def test_a_header_that_says_that_it_numbers_or_names_needs_no_question(
    header: str, cells: list[object], ids: list[str]
) -> None:
    found, options, said = whose(**{header: cells})
    assert (found, bool(options), bool(said)) == (ids, not ids, bool(ids))


@pytest.mark.parametrize(
    ("ids", "lost"),
    [
        (["1.23457E+11", "1.23457E+11", "1.3E+11"], True),
        (["1.23457E+11", "1.23457E+11", "P3"], True),
        (["1.23457E+11", "1.23457E+11", "P3", "P4"], False),  # half of them
        (["1.23457E+11", "1.3E+11", "1.4E+11"], False),  # none twice
    ],
)
def test_identifiers_that_a_spreadsheet_cut_off_are_none(ids: list[str], lost: bool) -> None:
    found, options, _ = whose(patient_id=list(ids), code=[f"K{n}" for n in range(len(ids))])
    assert (found, options) == (([], ("each row is one patient", "code")) if lost else (ids, ()))


def test_several_sheets_or_an_open_question_of_the_identifier_ask_nothing_here() -> None:
    frame = pd.DataFrame({"row": [2, 3], "words": ["a", "b"]})
    rows = match_headers("patients", ["age"])
    asking = Asking()
    unidentified.identified({"patients": frame, "visits": frame}, rows, asking)
    unidentified.identified({"visits": frame}, rows, asking)
    assert asking.asked == {}
    asking.ask("header", "patients", "patient_id", "Which of the two?", ("a", "b"))
    unidentified.identified({"patients": frame}, rows, asking)
    assert list(asking.asked) == ["header:patients:patient_id"]
    waiting = Asking()
    waiting.ask("event", "patients", "x", "Which?", ("a", "b"))
    unidentified.identified({"patients": frame}, match_headers("patients", ["nothing"]), waiting)
    assert "ids:patients" in waiting.asked  # a header names an outcome: it is a table of patients


# --- Several tables on a sheet ----------------------------------------------------------------------------------------

FOUR: list[list[Cell]] = [[f"P{n}", n, n + 50] for n in range(4)]


def tables(headers: str, *rows: list[Cell]) -> list[tuple[str, tuple[str, ...], list[int]]]:
    """Name, headers and numbers of the rows of each table."""
    found = several_tables.several(sheet(headers, *rows))
    return [(one.name, one.headers, [number for number, _ in one.rows]) for one in found]


def test_a_table_below_another_begins_with_a_header_of_its_own() -> None:
    other: list[Cell] = ["id", "weight", "age"]
    turned = [[one, b, a] for one, a, b in FOUR]
    first, second = ("s", ("id", "age", "weight"), [2, 3, 4, 5]), ("s (2)", ("id", "weight", "age"), [7, 8, 9, 10])
    assert tables("id|age|weight", *FOUR, other, *turned) == [first, second]
    titled = tables("id|age|weight", *FOUR, ["Second group", None, None], other, *turned)
    assert titled == [first, (second[0], second[1], [8, 9, 10, 11])]
    three = tables("id|age|weight", *FOUR, other, *turned, ["Third", None, None], other, *turned)
    assert [(name, rows) for name, _, rows in three] == [
        ("s", [2, 3, 4, 5]), ("s (2)", [7, 8, 9, 10]), ("s (3)", [13, 14, 15, 16]),
    ]  # fmt: skip
    last = tables("id|age|weight", *FOUR, other, *turned, ["P9", None, None])
    assert last[1][2] == [7, 8, 9, 10, 11]  # a patient of whom nothing is known is no title where nothing follows
    assert len(tables("id|age|weight", *FOUR, ["id", "age", "weight"], *FOUR)) == 1
    assert len(tables("id|age|weight (kg)", *FOUR, ["id", "age", "weight"], *FOUR)) == 1
    assert len(tables("id|age|weight", *FOUR, ["id", 7, "age"], *FOUR)) == 1
    assert len(tables("id|age|weight", *FOUR, ["id", "x", "y"], *FOUR)) == 1


def test_two_names_of_the_first_header_make_a_row_another_header_and_one_does_not() -> None:
    rows: list[list[Cell]] = [["P1", 30], ["P2", 40]]
    assert len(tables("id|age", *rows, ["age", "id"], [50, "P3"])) == 2
    assert len(tables("id|age", *rows, ["patient id", "age"], ["P3", 50])) == 1


def test_tables_of_two_columns_stand_side_by_side_too() -> None:
    rows: list[list[Cell]] = [["P1", 30, None, "Q1", 50], ["P2", 40, None, "Q2", 60]]
    assert [name for name, *_ in tables("A id|A age||B id|B age", *rows)] == ["A", "B"]


def test_tables_side_by_side_are_parted_by_a_column_without_a_cell() -> None:
    beside: list[list[Cell]] = [[*row, None, f"Q{n}", *row[1:]] for n, row in enumerate(FOUR)]
    headers = "A id|A age|A weight||B id|B age|B weight"
    names = ("id", "age", "weight")
    assert tables(headers, *beside) == [("A", names, [2, 3, 4, 5]), ("B", names, [2, 3, 4, 5])]
    longer: list[Cell] = [None, None, None, None, "Q9", 1, 2]
    assert [rows for *_, rows in tables(headers, *beside, longer)] == [[2, 3, 4, 5], [2, 3, 4, 5, 6]]
    bare = tables("id|age|weight||id|age|weight", *beside)
    assert [name for name, *_ in bare] == ["s (1)", "s (2)"]
    assert len(tables(headers.replace("B id", "B who"), *beside)) == 1
    filled = [[*row[:3], "x", *row[4:]] for row in beside]
    assert len(tables(headers, *filled)) == 1
    assert len(tables("A id|A age|A weight|remark|B id|B age|B weight", *beside)) == 1  # an empty column with a name


def test_what_ends_far_above_the_last_row_stands_beside_the_table() -> None:
    def kept(n_rows: int, filled: list[int], header: str = "legend") -> int:
        rows: list[list[Cell]] = [[f"P{n}", n, None, "x" if n in filled else None] for n in range(n_rows)]
        return len(several_tables.several(sheet(f"id|age||{header}", *rows))[0].headers)

    assert kept(10, [0, 1, 2, 3]) == 3
    assert kept(10, [3, 4, 5, 6]) == 3
    assert kept(10, [0, 1, 2, 3, 4]) == 4  # half of the rows
    assert kept(10, [0, 1, 3]) == 4  # with a gap
    assert kept(10, [0, 1, 2, 3], "patient_id") == 4
    assert kept(9, [0, 1, 2]) == 4  # a small table
    table = sheet("id|age||a|b|c|d|e", *([f"P{n}", n, None, *("vwxyz" if n < 3 else [None] * 5)] for n in range(10)))
    (found,) = several_tables.several(table)
    assert [one.found for one in found.faults] == [
        "5 columns beside the table, in a part of the rows only, left out: a, b, c, d …"
    ]
    few = several_tables.several(table.of_columns(range(7)))[0].faults
    assert few[0].found.endswith("left out: a, b, c, d")


# --- Above the rows ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "n"),
    [
        ([["#x"], ["id", "age"], ["A", 1]], 1),
        ([["#x"], ["#y"], ["id", "age"], ["A", 1]], 2),
        ([["#id", "age"], ["A", 1], ["B", 2]], 0),  # the comment is the header itself
        ([["#x"], ["A", 1, 2], ["B", 2, 3]], 1),  # one that is narrower than a header would be is none
        ([["#x", "y"], ["A", 1, 2], ["B", 2, 3]], 0),
        ([["#one"], ["#id", "age"], ["A", 1], ["B", 2]], 1),
        ([["#id", "ward"], ["A", "x"], ["B", "y"]], 0),  # texts alone below: the first of two such rows is no header
        ([["#id", "ward"], ["A", "x"]], 0),
        ([["#"], ["A", 1]], 0), ([["id"], ["A"]], 0), ([["#x"], ["#y"]], 1), ([["#x"]], 0), ([], 0),
        ([[None, "#x"], ["id", "age"], ["A", 1]], 1),
    ],
)  # fmt: skip
def test_how_many_of_the_first_rows_are_comments(rows: list[list[Cell]], n: int) -> None:
    assert header_rows.n_comments(rows) == n


WIDE = ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([WIDE, [1] * 5, [2] * 5], 0),
        ([["title"], WIDE, [1] * 5], 1),
        ([["a", "b", "c"], [1] * 5, [2] * 5], 0),  # three of five are 60 %
        ([["a", "b"], ["a", "b", "c"], [1] * 5, [2] * 5], 1),
        ([["CDAI", None, "CRP", None], ["week 0", "week 8", "week 0", "week 8"], [1, 2, 3, 4]], 1),
        ([WIDE], 0), ([[None], [None]], 0),
    ],
)  # fmt: skip
def test_the_row_of_the_header(rows: list[list[Cell]], place: int) -> None:
    assert header_rows.header_place(rows) == place


@pytest.mark.parametrize(
    ("upper", "lower", "are"),
    [
        (["id", "CDAI", None], ["", "week 0", "week 8"], True),
        (
            ["id", "CDAI", None, "ESR", None],
            ["x", "value", "unit", "value", "unit"],
            True,
        ),  # names that stand there twice
        (["id", "CDAI", None], ["x", "y", "z"], False),
        (["id", "CDAI", "CRP"], ["x", "y", "z"], False),  # each over one
        (["id", "CDAI", "CRP"], ["x", "week 0", "week 8"], False),
        (["id", None, "CRP", "ESR"], ["x", "y", "months", "weeks"], True),
        (["title", None, None], ["x", "y", "z"], False),
        (["id", "CDAI", None], ["x", 5, 6], False),
        (["id", "sex", "CDAI", None], ["x", "0/1", "week 0", "week 8"], True),
        (["id", None, "CDAI"], ["x", "y"], False),
    ],
)
def test_headings_over_several_columns(upper: list[Cell], lower: list[Cell], are: bool) -> None:
    assert header_rows.are_headings(upper, lower) == are


def test_a_heading_spreads_to_the_next_and_a_title_does_not() -> None:
    assert header_rows.spread_right(["a", None, "b", None], 4) == {0: "a", 1: "a", 2: "b", 3: "b"}
    assert header_rows.spread_right([None, "b"], 4) == {1: "b", 2: "b", 3: "b"}
    assert header_rows.spread_right(["title", None, None], 3) == {}
    assert header_rows.spread_right([None, None], 2) == {}
    assert header_rows.spread_right(["a", "b", None], 2) == {0: "a", 1: "b", 2: "b"}


def test_a_name_under_a_heading() -> None:
    groups = {1: "CDAI", 2: "CDAI", 3: "sex", 4: "age", 5: "CRP"}
    found = header_rows.named(["id", "week 0", "(months)", "0/1", None], groups)
    assert found == ["id", "CDAI week 0", "CDAI (months)", "sex", "age", "CRP"]
    twice = header_rows.named(["x", "value x", "value x"], {1: "CRP", 2: "ESR"})
    assert twice == ["x", "CRP value x", "ESR value x"]
    assert header_rows.named(["x", "dose"], {1: "AZA"}) == ["x", "dose"]
    assert header_rows.named([None, "0/1"], {}) == ["", "0/1"]


# --- Names of rows ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "rows", "lacks"),
    [
        (["age", "sex"], [[1, 30, "m"], [2, 40, "f"]], True),
        (["age", "sex"], [[1, 30, "m"], [1, 40, "f"]], False),  # no numbers of rows
        (["age", "sex"], [["A", 30, "m"], ["B", 40, "f"]], True),
        (["age", "sex"], [["A", 30, "m"], ["A", 40, "f"]], False),
        (["age", "sex"], [["A", 30, "m"], [7, 40, "f"]], False),
        (["age", "sex"], [[1, 30, None], [2, 40, " "]], False),  # a mark at the end of every row
        (["age", "sex"], [[1, 30], [2, 40]], False),
        (["age", ""], [[1, 30, "m"], [2, 40, "f"]], False),
        (["age"], [], False),
        (["id", "age"], [[1, "P1", 30], [2, "P2", 40]], True),
        (["id", "age"], [["P1", 30, 1], ["P2", 40, 2]], False),
        (["id", "week"], [[1, 7, 0], [2, 7, 8], [3, 8, 0]], True),  # rows of a patient stand together
        (["id", "age"], [[1, 5.5, 3], [2, 6.5, 4]], False),
    ],
)
def test_a_header_without_a_name_for_its_first_column(headers: list[str], rows: list[list[Cell]], lacks: bool) -> None:
    assert row_names.lacks_first(headers, rows) == lacks


def test_which_column_names_the_patients() -> None:
    assert row_names.id_place(["age", "id"]) == 1
    assert row_names.id_place(["age", "sex"]) is None
    assert row_names.id_place(["subjid", "usubjid"]) == 1
    assert row_names.further_from_id("row name") == 0.5
    assert row_names.further_from_id("id") == 0.0
    assert row_names.as_ids(["", "age"], [["A", 1], ["B", 2]])
    assert not row_names.as_ids(["", "age"], [["A", 1], ["A", 2]])
    assert not row_names.as_ids(["", "id"], [["A", 1], ["B", 2]])
    assert not row_names.as_ids(["x", "age"], [["A", 1], ["B", 2]])


# --- The first table of a sheet, and what is arithmetic in it ---------------------------------------------------------


def test_a_block_of_a_few_cells_below_an_empty_row() -> None:
    wide = [["P", 1, 2, 3, n] for n in range(3)]

    def at(*below: tuple[int, list[Cell]], headers: int = 5) -> int:
        rows = [*enumerate((tuple(row[:headers]) for row in wide), 2), *((n, tuple(row)) for n, row in below)]
        return narrow_block(RawSheet("s", tuple("abcde"[:headers]), tuple(rows)))

    two: list[Cell] = ["x", 1, None, None, None]
    assert at((6, two)) == 3
    assert at((5, two)) == 4  # no empty row between
    assert at((6, two), (7, two)) == 3
    assert at((6, ["x", 1, 2, None, None])) == 4
    assert at((6, two[:4]), headers=4) == 4  # a narrow table
    assert narrow_block(RawSheet("s", tuple("abcde"), ((2, tuple(two)),))) == 1


def test_the_header_again() -> None:
    headers = ["id", "age", "CRP (mg/L)"]
    assert is_header(["id", "Age ", "CRP"], headers)
    assert is_header(["id", "age", "x"], headers)
    assert not is_header(["id", "x", "y"], headers)  # one alone
    assert not is_header(["id", "age", "x", "y"], [*headers, "z"])  # half of them
    assert is_header(["id", "age", None], headers)


@pytest.mark.parametrize(
    ("row", "is_one"),
    [
        (["x", 3, 30], True), (["x", 15, 150], True), (["x", 1.58, 15.8], True), (["x", 3, 31], False), (["x", 3, 150], False),
        (["x", 3, None], False), (["x", 3.0, 30.4], False), (["x", 1.6, 15.8], True), (["x", 1.5, 15.8], False),
    ],
)  # fmt: skip
def test_a_row_of_means_sums_or_standard_deviations(row: list[Cell], is_one: bool) -> None:
    above: list[list[Cell]] = [["P", n, 10 * n] for n in range(1, 6)]
    rows = list(enumerate([*above, row], 2))
    assert is_arithmetic(rows, 5, {}) == is_one
    assert not is_arithmetic(rows[1:], 4, {})  # four values above
    assert is_arithmetic([*rows, *((20 + n, ["n", None, None]) for n in range(7))], 5, {}) == is_one
    assert not is_arithmetic([*rows, *((20 + n, ["n", None, None]) for n in range(8))], 5, {})  # not among the last


def test_a_row_is_compared_with_the_patients_above_alone() -> None:
    rows = list(enumerate([*(["P", n, 10 * n] for n in range(1, 6)), ["Mean", 3, 30], ["Sum", 15, 150]], 2))
    assert is_arithmetic(rows, 6, {"statistics": [5]})
    assert not is_arithmetic(rows, 6, {})
    alike = list(enumerate([*(["P", 2, 10 * n] for n in range(1, 6)), ["Mean", 2, 30]], 2))
    assert not is_arithmetic(alike, 5, {})  # one column of values that differ is too few


def test_what_many_rows_begin_with_is_a_category() -> None:
    rows = [(n, ("N" if n < 6 else f"P{n}", 1)) for n in range(18)]
    assert again_and_again(rows) == {"N"}
    assert again_and_again(rows[1:]) == set()  # five, and no more than five
    assert again_and_again([*rows, *((n, (f"Q{n}", 1)) for n in range(2))]) == set()  # 30 % of twenty
