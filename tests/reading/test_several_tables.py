"""Tables of patients below or beside each other on one sheet are one cohort, each under its own headers; the rest is named."""

from __future__ import annotations

import pytest
from corpus.builders import FLAT, HEADER, PATIENTS, Rows, table, workbook

import cdanalysis as cd

IDS = [row[0] for row in PATIENTS]
HALF = len(PATIENTS) // 2
EMPTY: list[object] = [None] * len(HEADER)


def read(rows: Rows) -> cd.Cohort:
    return cd.read_cohort(workbook({"patients": rows}))


def said(cohort: cd.Cohort) -> list[str]:
    return [fault.found for fault in cohort.faults]


def same_as_flat(cohort: cd.Cohort) -> bool:
    flat = read(FLAT).patients.set_index("patient_id")
    return cohort.patients.set_index("patient_id")[list(flat)].equals(flat)


def lone(text: str) -> list[object]:
    return [text, *EMPTY[1:]]


@pytest.mark.parametrize("between", [[], [EMPTY], [lone("Women")], [EMPTY, lone("Women")]])
def test_a_second_table_with_its_columns_in_another_order(between: Rows) -> None:
    below = [HEADER[::-1], *(row[::-1] for row in PATIENTS[HALF:])]
    cohort = read([*FLAT[: HALF + 1], *between, *below])
    assert cohort.questions == ()
    assert same_as_flat(cohort)
    assert any("6 of patients and 6 of patients (2)" in text for text in said(cohort))


def test_a_second_table_in_another_unit_but_the_same_order() -> None:
    months = HEADER.index("relapse_months")
    header = [*HEADER[:months], "Time to relapse (days)", *HEADER[months + 1 :]]
    rows = [[*row[:months], row[months] * 30.4375, *row[months + 1 :]] for row in PATIENTS[HALF:]]
    cohort = read([*FLAT[: HALF + 1], EMPTY, header, *rows])
    assert cohort.patients["relapse_months"].tolist() == pytest.approx([row[months] for row in PATIENTS])


def test_the_same_header_again_is_no_second_table() -> None:
    cohort = read([*FLAT[: HALF + 1], lone("Women"), HEADER, *PATIENTS[HALF:]])
    assert cohort.questions == ()
    assert same_as_flat(cohort)
    assert {"Women: a heading, left out", "patient_id: the header again, left out"} <= set(said(cohort))


@pytest.mark.parametrize("heading", [True, False])
def test_groups_side_by_side(heading: bool) -> None:
    above = [["Drug", *EMPTY[1:], None, "Placebo", *EMPTY[1:]]] if heading else []
    pairs = zip([HEADER, *PATIENTS[:HALF]], [HEADER, *PATIENTS[HALF:]], strict=True)
    cohort = read([*above, *([*one, None, *other] for one, other in pairs)])
    assert cohort.questions == ()
    assert same_as_flat(cohort)
    assert any("2 tables of patients side by side" in text for text in said(cohort))
    if heading:
        assert cohort.patients["sheet"].tolist() == ["Drug"] * HALF + ["Placebo"] * HALF


def test_groups_side_by_side_of_which_one_is_shorter() -> None:
    ends = [HEADER, *PATIENTS[8:], *[EMPTY] * 4]
    cohort = read([[*one, None, *other] for one, other in zip(FLAT[:9], ends, strict=True)])
    assert sorted(cohort.patients["patient_id"]) == IDS


def beside(*cells: list[object]) -> Rows:
    filled = [*cells, *[[None, None]] * (len(FLAT) - len(cells))]
    return [[*row, None, *more] for row, more in zip(FLAT, filled, strict=True)]


def test_a_pivot_table_beside_the_patients_is_no_marker() -> None:
    cohort = read(beside(["Row labels", "Count"], ["female", 30], ["male", 29], ["Total", 59]))
    assert same_as_flat(cohort)
    assert not {"Row labels", "Count"} & set(cohort.patients)
    assert any("2 columns beside the table" in text and "Row labels, Count" in text for text in said(cohort))


def test_a_column_apart_that_reaches_down_stays() -> None:
    ferritin = [["Ferritin", None], *([n, None] for n in range(len(PATIENTS)))]
    cohort = read(beside(*ferritin))
    assert cohort.patients["Ferritin"].tolist() == list(range(len(PATIENTS)))


def test_a_column_apart_with_gaps_stays() -> None:
    some = [["Ferritin", None], *([11.5 + n if n % 3 == 0 else None, None] for n in range(len(PATIENTS)))]
    assert cd.read_cohort(workbook({"patients": beside(*some)})).patients["Ferritin"].notna().sum() == 4


@pytest.mark.parametrize("row", ["Subtotal women", "Sub-total A", "Zwischensumme Gruppe 1", "小计"])
def test_subtotals_within_the_table(row: str) -> None:
    cohort = read([*FLAT[:6], [row, 9, None, 12, None, 3], *FLAT[6:]])
    assert cohort.questions == ()
    assert same_as_flat(cohort)


def test_headings_of_groups_are_left_out_and_named() -> None:
    opened = cd.open_cohort(table([HEADER, lone("MEN"), *PATIENTS[:6], lone("WOMEN"), *PATIENTS[6:]]), "x.csv")
    assert opened.questions == ()
    assert opened.cohort is not None
    assert same_as_flat(opened.cohort)
    assert any("MEN: a heading, also in row 9" in text for text in said(opened.cohort))
