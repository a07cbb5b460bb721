"""Sheets of one patient each, and states at visits in columns of their own: put together or left, at each bound."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.questions import Asking
from cdanalysis.reading.rows.shape import RawSheet
from cdanalysis.reading.sheets import per_patient
from cdanalysis.reading.sheets.stating import wide_states
from cdanalysis.reading.warned import warned


def sheet(name: str, headers: Sequence[str], *rows: tuple[Cell, ...]) -> RawSheet:
    return RawSheet(name, tuple(headers), tuple(enumerate(rows, 2)))


def visits(name: str, *weeks: Cell) -> RawSheet:
    return sheet(name, ("week", "CRP"), *((week, 5) for week in weeks))


def items(name: str, *values: Cell, head: tuple[str, str] = ("Sex", "m")) -> RawSheet:
    return sheet(name, head, *zip(("Age", "CRP (mg/L)"), values, strict=True))


def names(tables: Sequence[RawSheet]) -> list[str]:
    return [table.name for table in tables]


def cells(table: RawSheet) -> list[tuple[Cell, ...]]:
    return [row for _, row in table.rows]


def test_visits_below_each_other_have_the_name_of_their_sheet() -> None:
    other = sheet("Notes", ("what",), ("text",))
    asking = Asking()
    found = per_patient.together([visits("P1", 0, 8), other, visits("P2", 0), visits("P3", 4)], asking)
    assert names(found) == ["P1 to P3", "Notes"]  # where the first of them stood
    assert found[0].headers == ("patient_id", "week", "CRP")
    assert found[0].rows == ((2, ("P1", 0, 5)), (3, ("P1", 8, 5)), (4, ("P2", 0, 5)), (5, ("P3", 4, 5)))
    assert [fault.found for fault in found[0].faults] == ["3 sheets read as one patient each, by their names"]
    assert not asking.questions


def test_two_sheets_are_no_cohort_and_an_empty_one_is_no_third() -> None:
    two = [visits("P1", 0), visits("P2", 0)]
    assert per_patient.together(two, Asking()) == two
    assert names(per_patient.together([*two, visits("P3")], Asking())) == ["P1", "P2", "P3"]
    asking = Asking()
    assert names(per_patient.together([*two, visits("visits", 0)], asking)) == ["P1", "P2", "visits"]
    assert not asking.questions


@pytest.mark.parametrize(
    "third",
    [
        visits("P3", 0, 8, 0),  # a time twice
        visits("P3", None),  # no time
        sheet("P3", ("week", "ESR"), (0, 5)),
        sheet("P3", ("id", "week", "CRP"), ("A", 0, 5)),  # says its patient
        sheet("P3", ("CRP",), (5,)),
    ],
)
def test_a_third_sheet_that_is_no_patient_leaves_two(third: RawSheet) -> None:
    assert names(per_patient.together([visits("P1", 0), visits("P2", 0), third], Asking())) == ["P1", "P2", "P3"]


def test_the_largest_group_is_put_together_and_faults_are_kept() -> None:
    others = [sheet(f"X{n}", ("week", "ESR"), (0, n)) for n in range(2)]
    told = warned("P2", "a merged cell", "none")
    second = RawSheet("P2", ("Week", "crp"), ((5, (0, 6)),), faults=(told,))
    found = per_patient.together([*others, visits("P1", 0), second, visits("P3", 0)], Asking())
    assert names(found) == ["X0", "X1", "P1 to P3"]
    assert found[2].faults[0] == told
    assert cells(found[2])[1] == ("P2", 0, 6)


def test_names_without_a_number_are_asked_about_and_three_of_them_shown() -> None:
    asking = Asking()
    four = [visits(name, 0) for name in ("Ann", "Bob", "Cy", "Di4")]
    assert names(per_patient.together(four, asking)) == ["Ann", "Bob", "Cy", "Di4"]
    (asked,) = asking.questions
    assert asked.text == (
        "4 sheets have the same columns and no identifiers: Ann, Bob, Cy. Is each of them one patient?"
    )
    assert names(per_patient.together(four, Asking({asked.id: per_patient.NO}))) == ["Ann", "Bob", "Cy", "Di4"]
    assert names(per_patient.together(four, Asking({asked.id: per_patient.EACH}))) == ["Ann to Di4"]


def test_beside_a_sheet_of_patients_those_called_as_one_of_them() -> None:
    data = sheet("Data", ("id", "sex"), ("P1", "m"), ("P2", "f"), ("P3", "f"), (None, "f"))
    sheets = [visits(name, 0) for name in ("P1", "P2 ", "P3", "Mean 1")]
    assert names(per_patient.together([data, *sheets], Asking())) == ["Data", "P1 to P3", "Mean 1"]
    assert len(per_patient.together([data, *sheets[:2], sheets[3]], Asking())) == 4


def test_one_value_a_row_becomes_a_row_a_sheet() -> None:
    found = per_patient.together([items(f"P{n}", 30 + n, 5 + n) for n in range(3)], Asking())
    assert found[0].headers == ("patient_id", "Sex", "Age", "CRP (mg/L)")
    assert cells(found[0]) == [("P0", "m", 30, 5), ("P1", "m", 31, 6), ("P2", "m", 32, 7)]
    with_heads = [items(f"P{n}", 30, 5, head=("Item", "Value")) for n in range(3)]
    assert per_patient.together(with_heads, Asking())[0].headers == ("patient_id", "Age", "CRP (mg/L)")
    spelled = [
        sheet("P0", ("AGE", "30"), ("CRP (mg/L)", 5)),
        *(sheet(f"P{n}", ("Age", "30"), ("crp (mg/l)", 5)) for n in (1, 2)),
    ]
    assert per_patient.together(spelled, Asking())[0].headers == (
        "patient_id",
        "AGE",
        "CRP (mg/L)",
    )  # as the first has them
    own = [items(f"Form {n}", 30, 5, head=("Patient ID", f"A{n}")) for n in range(3)]
    found = per_patient.together(own, Asking())
    assert found[0].headers == ("Patient ID", "Age", "CRP (mg/L)")
    assert [row[0] for row in cells(found[0])] == ["A0", "A1", "A2"]


def test_names_down_a_sheet_are_known_and_stand_once() -> None:
    one_known = [sheet(f"P{n}", ("Age", "30"), ("zzz", 1)) for n in range(3)]
    assert len(per_patient.together(one_known, Asking())) == 3
    twice = [sheet(f"P{n}", ("Age", "30"), ("CRP (mg/L)", 1), ("CRP (mg/L)", 2)) for n in range(3)]
    assert len(per_patient.together(twice, Asking())) == 3
    unnamed = [sheet(f"P{n}", ("Age", "30"), ("CRP (mg/L)", 1), (None, 2)) for n in range(3)]
    assert len(per_patient.together(unnamed, Asking())) == 3
    wider = [sheet(f"P{n}", ("Age", "30", "x"), ("CRP (mg/L)", 1, 1)) for n in range(3)]
    assert len(per_patient.together(wider, Asking())) == 3
    assert (
        len(per_patient.together([sheet(f"P{n}", ("Age", "30"), ("CRP (mg/L)", 1)) for n in range(3)], Asking())) == 1
    )


# A week is 7 days and a month 30.4375: months of weeks 12, 26 and 52.
M12, M26, M52 = 2.759754, 5.979466, 11.958932


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ([("no", 12), ("yes", 26), ("yes", 52)], (1, M26)),
        ([("no", 12), ("no", 26), ("no", 52)], (0, M52)),
        ([("no", 12), ("no", 26), (None, 52)], (0, M26)),
        ([("yes", 12), ("no", 26), ("yes", 52)], (1, M12)),
        ([(None, 12), ("", 26), ("n/a", 52)], (None, None)),
        ([(None, 12), ("Yes", 26), (None, 52)], (1, M26)),
    ],
)
def test_the_first_yes_or_the_last_answer(answers: list[tuple[Cell, float]], found: tuple[Cell, Cell]) -> None:
    assert wide_states._state(answers, {"yes": True, "no": False}) == found


def test_where_a_no_is_the_event_it_is_the_first_no() -> None:
    assert wide_states._state([("yes", 12), ("no", 26), ("yes", 52)], {"yes": False, "no": True}) == (1, M26)


def states(headers: Sequence[str], *rows: tuple[Cell, ...]) -> RawSheet:
    return wide_states.together(sheet("patients", ("id", *headers, "CRP"), *rows), Asking())


YES_NO = (("A", "no", "yes", 5), ("B", "no", "no", 6))


def test_the_outcome_stands_behind_the_other_columns_and_what_lies_beyond_the_headers_behind_it() -> None:
    table = RawSheet(
        "patients",
        ("id", "Relapse week 26", "Relapse week 12", "CRP"),
        ((2, ("A", "yes", "no", 5, "beyond")), (3, ("B", "no", "no", 6))),
        labels=("", "at half a year", "at week 12", "of day 0"),
    )
    found = wide_states.together(table, Asking())
    assert found.headers == ("id", "CRP", "Relapse event", "time to Relapse (months)")
    assert found.labels == ("", "of day 0", "", "")
    assert found.rows == ((2, ("A", 5, 1, M26, "beyond")), (3, ("B", 6, 0, M26)))
    (fault,) = found.faults
    assert fault.found.startswith("Relapse week 12 (")  # by their times
    assert fault.found.endswith(
        "put together, the time being that of the first yes, else of the last visit with an answer"
    )
    assert fault.column == "Relapse week 12"


@pytest.mark.parametrize(
    ("headers", "rows"),
    [
        (("Relapse week 12",), (("A", "no", 5), ("B", "yes", 6))),  # one alone
        (("Relapse week 12", "Relapse month 0"), YES_NO),
        (("Relapse week 12", "Relapse wk 12"), YES_NO),  # one time twice
        (("Remission week 12", "Remission week 26"), YES_NO),  # comes and goes
        (("OS week 12", "OS week 26"), YES_NO),
        (("Relapse week 12", "Relapse week 26"), (("A", "no", "no", 5), ("B", "no", "no", 6))),  # no yes
        (("Relapse week 12", "Relapse week 26"), (("A", "yes", "yes", 5), ("B", "yes", None, 6))),  # no no
        (("Relapse week 12", "Relapse week 26"), (("A", "no", "yes", 5), ("B", "no", "perhaps", 6))),
        (("Relapse week 12", "Relapse week 26"), (("A", "no", "yes", 5), ("A", "no", "no", 6))),  # rows of visits
        (("Relapse week 12", "Relapse week 26", "Relapse"), (("A", "no", "yes", 1, 5), ("B", "no", "no", 0, 6))),
    ],
)
def test_what_are_no_states_of_one_outcome_stays(headers: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...]) -> None:
    assert states(headers, *rows).headers == ("id", *headers, "CRP")


def test_two_columns_with_a_yes_and_a_no_are_states() -> None:
    assert states(("Relapse week 12", "Relapse week 26"), *YES_NO).headers[-1] == "time to Relapse (months)"
    assert states(("Relapse week 1", "Relapse week 26"), *YES_NO).headers[-1] == "time to Relapse (months)"
    unnamed = sheet("patients", ("Relapse week 12", "Relapse week 26"), ("no", "yes"), ("no", "no"))
    assert cells(wide_states.together(unnamed, Asking())) == [(1, M26), (0, M26)]
    free = states(("relapse-free week 12", "relapse-free week 26"), ("A", "yes", "no", 5), ("B", "yes", "yes", 6))
    assert cells(free) == [("A", 5, 1, M26), ("B", 6, 0, M26)]
    assert "the first no" in free.faults[0].found
