"""Results in rows become a column per test; a value is never one of two tests at once."""

from __future__ import annotations

import pytest
from corpus.builders import PATIENTS, Rows, table, workbook
from corpus.registries import PLAIN

import cdanalysis as cd
from cdanalysis.reading.bytes.files import read_file
from cdanalysis.reading.rows.results_in_rows import apart

HEADER = ["patient_id", "Test", "Value", "Unit", "Date"]
IDS = [row[0] for row in PATIENTS]
RESULTS = [
    [one, test, 10 * n + place, unit, f"2020-0{month}-01"]
    for n, one in enumerate(IDS)
    for month in (1, 3)
    for place, (test, unit) in enumerate((("Ferritin", "ng/mL"), ("CRP", "mg/L")))
]


def parted(rows: Rows) -> Rows:
    sheet = apart(read_file(table(rows)).sheets[0])
    return [list(sheet.headers), *(list(row) for _, row in sheet.rows)]


def test_each_test_is_a_column_with_its_unit() -> None:
    headers, first, second, *_ = parted([HEADER, *RESULTS])
    assert headers == ["patient_id", "Date", "Ferritin (ng/mL)", "CRP (mg/L)"]
    assert [str(cell) for cell in first] == ["P01", "2020-01-01", "0", "1"]
    assert [str(cell) for cell in second] == ["P01", "2020-03-01", "0", "1"]


def test_names_that_differ_in_capitals_are_one_test() -> None:
    rows = [[*row[:1], str(row[1]).upper() if n % 3 == 2 else row[1], *row[2:]] for n, row in enumerate(RESULTS)]
    assert len(parted([HEADER, *rows])[0]) == 4


def test_units_that_differ_stand_in_the_cells() -> None:
    rows = [[*row[:3], "mg/dL" if row[1] == "CRP" and n % 4 == 3 else row[3], row[4]] for n, row in enumerate(RESULTS)]
    headers, first, second, *_ = parted([HEADER, *rows])
    assert headers[3] == "CRP"
    assert (first[3], second[3]) == ("1 mg/L", "1 mg/dL")


def test_a_test_twice_on_a_day_stays_twice() -> None:
    found = parted([HEADER, *RESULTS, [*RESULTS[0][:2], 99, *RESULTS[0][3:]]])
    assert len(found) == 2 + len(RESULTS) // 2
    assert [str(cell) for cell in found[-1][:3]] == ["P01", "2020-01-01", "99"]


def test_what_describes_the_patient_stays() -> None:
    rows = [["age", "flag", *HEADER], *([20 + n // 4, n, *row] for n, row in enumerate(RESULTS))]
    assert parted(rows)[0] == ["patient_id", "Date", "age", "Ferritin (ng/mL)", "CRP (mg/L)"]


@pytest.mark.parametrize(
    "rows",
    [
        [HEADER[:4], *(row[:4] for row in RESULTS)],
        [["patient_id", "Test", "Value"], *([one, 5, 7] for one in IDS)],
        [["patient_id", "Test", "Value"], *([one, f"{one} a", 7] for one in IDS)],
        [["patient_id", "Test", "Value"], *([one, "a", "positive"] for one in IDS)],
        [["n", "Test", "Value"], *([n // 2, f"test {n % 2}", 7] for n in range(20))],
    ],
    ids=["no time", "numbers for names", "as many names as rows", "no numbers", "no id"],
)
def test_another_table_stays_as_it_is(rows: Rows) -> None:
    assert parted(rows)[0] == rows[0]


def test_the_marker_is_one_test_alone_and_it_is_said() -> None:
    patients = [[*PLAIN[0], "start_date"], *([*row, "2020-01-01"] for row in PLAIN[1:])]
    cohort = cd.read_cohort(workbook({"patients": patients, "Labs": [HEADER, *RESULTS]}))
    assert cohort.visits["Ferritin (ng/mL)"].tolist() == [10 * n for n in range(len(IDS)) for _ in range(2)]
    assert cohort.visits["crp_mg_per_l"].tolist() == [10 * n + 1 for n in range(len(IDS)) for _ in range(2)]
    assert any("a column for 2 tests: Ferritin (ng/mL), CRP (mg/L)" in fault.found for fault in cohort.faults)
