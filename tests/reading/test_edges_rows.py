"""Rows that are no patients, names of rows and tables in another order, each rule at its edge."""

from __future__ import annotations

import pandas as pd
import pytest

from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.headers.matching import match_headers
from cdanalysis.reading.questions import Asking
from cdanalysis.reading.rows import several_tables, unidentified
from cdanalysis.reading.rows.no_patients import strangers
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
