"""Sheets of one kind put together or joined, and how their identifiers are written, each rule at its edge."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from reading.test_worked_claims import seen
from reading.test_worked_tables import sheet

from cdanalysis.reading.questions import Asking
from cdanalysis.reading.sheets import together
from cdanalysis.reading.sheets.ids import SAME, numbers_of, one_writing, translated
from cdanalysis.reading.sheets.joined import LEFT_OUT, OF_THE_COHORT, agreement, joined

NAN = float("nan")

# --- What each column is ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("Rezidiv", ("event", "relapse", "an outcome")),
        ("recurrence", ("event", "relapse", "an outcome")),
        ("relapse (days)", ("months", "relapse", "days")),
        ("time to relapse", ("months", "relapse", "")),
        ("date of relapse", ("date", "relapse", "an outcome")),
        ("OS", ("months", "os", "")),
        ("OS status", ("event", "os", "an outcome")),
        ("ward", ("ward",)),
        ("age", ("age_years", None, 1.0)),
    ],
)
def test_a_column_is_the_same_in_every_sheet_by_what_it_is(header: str, key: tuple[object, ...]) -> None:
    table = sheet(f"id {header.replace(' ', '~')}")
    assert together.keys("patients", table)[1] == key


def test_a_second_column_of_the_same_is_counted() -> None:
    assert together.keys("patients", sheet("id relapse ward relapse ward ward"))[1:] == [
        ("event", "relapse", "an outcome"), ("ward",), ("event", "relapse", "an outcome", 1), ("ward", 1), ("ward", 2),
    ]  # fmt: skip


def test_a_column_in_another_unit_is_the_same_one_and_a_second_of_it_is_not() -> None:
    def bare(*headers: str) -> list[tuple[object, ...]]:
        return together.whatever_the_unit("patients", sheet(" ".join(one.replace(" ", "~") for one in headers)))

    assert bare("CRP (mg/L)") == bare("CRP (mg/dL)") == [("crp_mg_per_l", None)]
    assert bare("relapse (days)") == bare("time to relapse") == [("months", "relapse")]
    assert bare("relapse", "date of relapse") == [("event", "relapse", "an outcome"), ("date", "relapse", "an outcome")]
    assert bare("relapse (days)", "relapse (months)") == [("months", "relapse"), ("months", "relapse", "months")]
    assert together._is_unit(1.0)
    assert not together._is_unit(NAN)
    assert not together._is_unit("")
    assert together._is_unit("days")


def test_sheets_are_alike_where_four_of_five_columns_are() -> None:
    five, four = sheet("id age sex CRP ward"), "id age sex CRP"
    assert together.are_alike(five, sheet(f"{four} other"))
    assert not together.are_alike(five, sheet("id age sex other further"))
    assert together.are_alike(sheet("id age"), sheet("id age"))
    assert not together.are_alike(sheet("id age"), sheet("id sex"))
    assert not together.are_alike(sheet("id"), sheet("id"))


# --- Rows below each other --------------------------------------------------------------------------------------------


def below(*tables: object, named: bool = False) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    found = together.below_each_other("patients", list(enumerate(tables)), named=named)  # type: ignore[arg-type]
    return found.headers, [row for _, row in found.rows]


def test_a_value_keeps_the_unit_of_its_sheet() -> None:
    headers, rows = below(sheet("id relapse~(days)", "A 300"), sheet("id relapse~(months)", "B 10"))
    assert (headers, rows) == (("id", "relapse (days)"), [("A", 300), ("B", "10.0 months")])
    headers, rows = below(sheet("id time~to~relapse", "A 300"), sheet("id time~to~relapse~(months)", "B 10"))
    assert (headers[1], rows) == ("time to relapse", [("A", 300), ("B", "10.0 months")])
    headers, rows = below(sheet("id time~to~relapse~(months)", "A 9"), sheet("id time~to~relapse", "B 10"))
    assert (headers[1], rows) == ("time to relapse", [("A", "9.0 months"), ("B", 10)])  # one sheet's unit is not all's
    headers, rows = below(sheet("id CRP~(mg/L)", "A 5"), sheet("id CRP~(mg/L)", "B 6"))
    assert rows == [("A", 5), ("B", 6)]
    assert below(sheet("id CRP~(mg/L)", "A 5"), sheet("id CRP~(mg/dL)", "B _"))[1] == [("A", 5), ("B", None)]


def test_columns_of_one_name_are_one_each() -> None:
    headers, rows = below(sheet("id ward ward ward", "A 1 2 3"), sheet("id ward ward ward", "B 4 5 6"))
    assert (headers, rows) == (("id", "ward", "ward", "ward"), [("A", 1, 2, 3), ("B", 4, 5, 6)])


def test_codes_of_an_event_are_a_sheet_s_own_where_another_counts_from_0() -> None:
    counted, other = sheet("id relapse", "A 0", "B 1"), sheet("id relapse", "C 1", "D 2", "E _", name="Berlin")
    assert [row[1] for row in below(counted, other)[1]] == [0, 1, "1 in Berlin", "2 in Berlin", None]
    assert [row[1] for row in below(other, sheet("id relapse", "A 1", "B 2"))[1]] == [1, 2, None, 1, 2]
    assert [row[1] for row in below(counted, sheet("id ward", "C 1", "D 2"))[1]] == [0, 1, None, None]
    assert [row[2] for row in below(counted, sheet("id relapse ward", "C 0 1", "D 1 2"))[1]] == [None, None, 1, 2]


def test_the_name_of_the_sheet_is_a_column_beside_one_that_is_called_so() -> None:
    headers, rows = below(sheet("id Sheet", "A x", name="one"), sheet("id Sheet", "B y", name="two"), named=True)
    assert headers == ("id", "Sheet", "sheet of the file")
    assert rows == [("A", "x", "one"), ("B", "y", "two")]


# --- Sheets joined by the patients' ids -------------------------------------------------------------------------------


def told(base: object, other: object, **answers: str) -> tuple[list[tuple[object, ...]], list[str], list[str]]:
    """The rows, what is said, and what is asked."""
    asking = Asking({f"{kind}:labs": answer for kind, answer in answers.items()})
    table = joined(base, other, 1, asking).table  # type: ignore[arg-type]
    return [row for _, row in table.rows], [one.found for one in table.faults], list(asking.asked)


BASE = ("patients", "id age", "A 30", "B 40", "C 50")


def test_patients_of_one_sheet_alone_are_counted_and_asked_about() -> None:
    rows, said, asked = told(seen(*BASE), seen("labs", "id CRP", "A 1", "D 2", "E 3"))
    assert rows == [("A", 30, 1), ("B", 40, None), ("C", 50, None)]
    assert said == [
        "the columns of labs joined to patients by the patients' ids: 1 patient in both, 2 in patients only, 2 in labs only",
        "2 patients not in patients, left out",
    ]
    assert asked == ["patients:labs"]
    rows, said, _ = told(seen(*BASE), seen("labs", "id CRP", "A 1", "D 2"), patients=OF_THE_COHORT)
    assert (rows[3:], len(said)) == ([("D", None, 2)], 1)
    rows, said, _ = told(seen(*BASE), seen("labs", "id follow_up_months", "A 1", "D 2"), patients=LEFT_OUT)
    assert (len(rows), len(said)) == (3, 2)
    rows, said, asked = told(seen(*BASE), seen("labs", "id CRP", "A 1", "B 2"))
    assert (asked, len(said)) == ([], 1)


def test_identifiers_that_may_be_written_otherwise_are_asked_about_and_no_patients_of_their_own() -> None:
    rows, _, asked = told(seen(*BASE), seen("labs", "id CRP", "a 1", "B 2"))
    assert asked == ["ids:labs"]
    assert rows == [("A", 30, None), ("B", 40, 2), ("C", 50, None)]
    rows, _, asked = told(seen(*BASE), seen("labs", "id CRP", "a 1", "B 2"), ids=SAME)
    assert (rows[0], asked) == (("A", 30, 1), [])
    rows, _, asked = told(seen(*BASE), seen("labs", "id CRP", "a 1", "D 2"))
    assert asked == ["ids:labs", "patients:labs"]  # D is a patient of its own


def test_a_value_that_both_sheets_have_is_the_same_however_it_is_written() -> None:
    rows, said, _ = told(seen(*BASE), seen("labs", "id age", "A 30.0", "B 41", "C _"))
    assert [row[1] for row in rows] == [30, 40, 50]
    assert said[1:] == ["1 × another value in labs; that of patients is used"]
    _, said, _ = told(seen("patients", "id ward", "A X", "B y"), seen("labs", "id ward", "A x", "B z"))
    assert said[1:] == ["1 × another value in labs; that of patients is used"]
    assert agreement(seen(*BASE), seen("labs", "id age", "A 30", "B 41", "C _")) == 0.5
    assert agreement(seen(*BASE), seen("labs", "id age", "a 30")) == 1.0
    assert agreement(seen(*BASE), seen("labs", "id age", "D 31")) == 1.0  # nobody in both


def test_a_further_column_of_a_name_that_is_there_is_told_apart_and_one_without_a_name_left_out() -> None:
    base, labs = seen("patients", "id CRP CRP", "A 1 2"), seen("labs", "id x y", "A 5 6")
    assert joined(base, labs, 1, Asking()).table.headers == ("id", "CRP", "CRP", "x", "y")
    nameless = replace(labs, table=replace(labs.table, headers=("id", "", "y")))
    found = joined(base, nameless, 1, Asking()).table
    assert (found.headers, found.rows[0][1]) == (("id", "CRP", "CRP", "y"), ("A", 1, 2, 6))


# --- Identifiers ------------------------------------------------------------------------------------------------------


def test_the_number_of_an_identifier_where_all_have_the_same_letters() -> None:
    assert numbers_of(["P001", "p2", "P0"]) == {"P001": "1", "p2": "2", "P0": "0"}
    assert numbers_of(["P001", "Q2"]) == {}
    assert numbers_of(["P001", "x"]) == {}
    assert translated(["P1", "P2"], ["S1", "S2"], "s", Asking({"ids:s": SAME}))[0] == {"S1": "P1", "S2": "P2"}
    assert translated(["P1", "P2"], ["S1", "P2"], "s", Asking({"ids:s": SAME}))[0] == {}  # one is known as it is
    assert translated(["P1", "P01"], ["S1"], "s", Asking({"ids:s": SAME}))[0] == {}  # two patients of one number
    assert translated(["P1", "P2"], ["S1", "S01"], "s", Asking({"ids:s": SAME}))[0] == {}


def test_the_patients_own_sheet_and_one_without_identifiers_stay_as_they_are() -> None:
    frames = {
        "patients": pd.DataFrame({"patient_id": ["P1", "P 2"]}), "flow": pd.DataFrame({"step": ["x"]}),
        "visits": pd.DataFrame({"patient_id": ["P 1", None]}),
    }  # fmt: skip
    whole, said = one_writing(frames, Asking())
    assert whole["patients"] is frames["patients"]
    assert whole["flow"] is frames["flow"]
    assert whole["visits"]["patient_id"].tolist() == ["P1", None]
    assert len(said) == 1
