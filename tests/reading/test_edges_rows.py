"""Rows that are no patients, names of rows and tables in another order, each rule at its edge."""

from __future__ import annotations

from cdanalysis.reading.bytes.child import Cell
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
