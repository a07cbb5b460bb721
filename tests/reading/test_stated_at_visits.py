"""Visits that state an outcome which the patients' sheet does not: it is the patients', with the time of the visit, and said."""

from __future__ import annotations

import pytest
from corpus.builders import Rows, workbook

import cdanalysis as cd

IDS = [f"P{n:02d}" for n in range(1, 13)]
PATIENTS = [["patient_id", "sex", "CRP"], *([one, "male", n] for n, one in enumerate(IDS))]


def happened(n: int, day: int) -> int:
    """In every third patient, on the last of three visits."""
    return int(n % 3 == 0 and day == 60 + n)


def visits(*, header: str = "Relapse", ids: list[str] = IDS) -> Rows:
    rows = [[one, day, 5, happened(n, day)] for n, one in enumerate(ids) for day in (0, 30, 60 + n)]
    return [["patient_id", "day", "CRP", header], *rows]


def read(patients: Rows, of_visits: Rows) -> cd.Cohort:
    return cd.read_cohort(workbook({"patients": patients, "visits": of_visits}))


def test_the_outcome_is_that_of_the_visits() -> None:
    cohort = read(PATIENTS, visits())
    assert cohort.questions == ()
    assert cohort.patients["relapse_event"].tolist() == [n % 3 == 0 for n in range(12)]
    assert (cohort.patients["relapse_months"] * 30.4375).tolist() == pytest.approx([60 + n for n in range(12)])
    assert any(fault.found.startswith("Relapse: of the visits") and fault.sheet == "visits" for fault in cohort.faults)


def test_the_visits_stay_as_they_are() -> None:
    cohort = read(PATIENTS, visits())
    assert cohort.visits["patient_id"].tolist() == [one for one in IDS for _ in range(3)]
    assert set(cohort.visits["crp_mg_per_l"]) == {5}
    assert cohort.patients["crp_mg_per_l"].tolist() == list(range(12))


def test_a_patient_without_a_visit_stays_and_has_no_time() -> None:
    cohort = read([*PATIENTS, ["P99", "male", 3]], visits())
    assert len(cohort.patients) == 13
    assert cohort.patients["relapse_months"].isna().tolist() == [*[False] * 12, True]


def test_ids_written_with_a_blank_are_the_same_patients() -> None:
    cohort = read(PATIENTS, visits(ids=[f"P {one[1:]}" for one in IDS]))
    assert len(cohort.patients) == 12
    assert cohort.patients["relapse_event"].sum() == 4


def test_what_the_patients_state_themselves_stands() -> None:
    patients = [[*PATIENTS[0], "Time to relapse (days)", "Relapse"], *([*row, 500, 1] for row in PATIENTS[1:])]
    cohort = read(patients, visits(header="Relapse at visit"))
    assert cohort.patients["relapse_event"].all()
    assert (cohort.patients["relapse_months"] * 30.4375).tolist() == pytest.approx([500] * 12)


@pytest.mark.parametrize("header", ["Diarrhoea", "Surgery before"])
def test_another_yes_or_no_is_no_outcome(header: str) -> None:
    assert "event" not in "".join(map(str, read(PATIENTS, visits(header=header)).patients))
