"""Rows without an identifier below one that has it are the same patient's where they leave out all else of the patient too."""

from __future__ import annotations

import pytest
from corpus.builders import Rows, workbook

import cdanalysis as cd

IDS = [f"P{n:02d}" for n in range(1, 13)]
HEADER = ["patient_id", "sex", "Ferritin", "Visit day", "Relapse"]


def visits(*, with_sex: bool = False, n: int = 12) -> Rows:
    rows: Rows = [HEADER]
    for at, one in enumerate(IDS[:n]):
        for day in (0, 40, 90 + at):
            first = day == 0
            about = [one if first else None, "male" if first or with_sex else None, at if first else None]
            rows.append([*about, day, int(at % 3 == 0 and day > 80)])
    return rows


def read(rows: Rows) -> cd.Cohort:
    return cd.read_cohort(workbook({"patients": rows}))


def test_the_rows_below_are_the_patient_s_and_it_is_said() -> None:
    cohort = read(visits())
    assert cohort.questions == ()
    assert cohort.patients["patient_id"].tolist() == IDS
    assert cohort.patients["Ferritin"].tolist() == list(range(12))
    assert (cohort.patients["relapse_months"] * 30.4375).tolist() == pytest.approx([90 + at for at in range(12)])
    assert cohort.patients["relapse_event"].sum() == 4
    assert any(fault.found == "24 rows without an identifier, read as of the patient above" for fault in cohort.faults)


def test_rows_that_say_who_they_are_of_stay_faults() -> None:
    rows = [[one, "male", n, 400 + n, n % 2] for n, one in enumerate(IDS)]
    header = ["patient_id", "sex", "Ferritin", "time_days", "relapse"]
    cohort = read([header, *([None if n % 3 == 2 else row[0], *row[1:]] for n, row in enumerate(rows))])
    assert len(cohort.patients) == 8
    assert not any("of the patient above" in fault.found for fault in cohort.faults)


def test_a_few_forgotten_identifiers_stay_faults() -> None:
    rows = visits()
    full = [[IDS[(n - 1) // 3], *row[1:]] if n and n not in (5, 6) else row for n, row in enumerate(rows)]
    assert not any("of the patient above" in fault.found for fault in read(full).faults)


def test_the_number_of_a_visit_s_day_is_no_date() -> None:
    rows = [[one, day, 5 + at] for at, one in enumerate(IDS) for day in (0, 30)]
    patients = [["patient_id", "sex"], *([one, "male"] for one in IDS)]
    cohort = cd.read_cohort(workbook({"patients": patients, "visits": [["patient_id", "Visit day", "CRP"], *rows]}))
    assert cohort.visits["days"].tolist() == [0, 30] * 12
