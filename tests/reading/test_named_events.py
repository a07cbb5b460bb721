"""A sheet that is named by what happened and holds when: each row is that event, said; another sheet is none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from corpus.builders import Rows, workbook

import cdanalysis as cd

IDS = [f"P{n:02d}" for n in range(1, 13)]
START = date(2020, 1, 1)
PATIENTS = [["patient_id", "start_date", "last_follow_up_date"], *([one, START, date(2022, 1, 1)] for one in IDS)]
DAYS = [100 + n for n in range(6)]


def read(name: str, rows: Rows) -> cd.Cohort:
    return cd.read_cohort(workbook({"patients": PATIENTS, name: rows}))


def dates(*headers: str) -> Rows:
    return [[*headers], *([one, START + timedelta(days=n)] for one, n in zip(IDS, DAYS, strict=False))]


def n_events(cohort: cd.Cohort, outcome: str) -> tuple[int, int]:
    return cohort.outcomes[outcome].n, cohort.outcomes[outcome].n_events


@pytest.mark.parametrize(
    ("name", "outcome", "told"),
    [
        ("Relapses", "relapse", "each row read as a relapse"),
        ("Hospital admissions", "hospitalization", "each row read as a hospitalization"),
        ("Surgeries", "surgery", "each row read as a surgery"),
        ("Deaths", "death", "each row read as a death"),
        ("Graft loss", "graft_failure", "Date read as the date of graft failure"),
        ("Tod", "death", "each row read as a death"),
    ],
)
def test_a_date_alone_is_that_of_the_event(name: str, outcome: str, told: str) -> None:
    cohort = read(name, dates("patient_id", "Date"))
    assert n_events(cohort, outcome) == (12, 6)
    assert cohort.questions == ()
    assert any(told in fault.found for fault in cohort.faults)


def test_the_first_of_several_counts_whatever_their_order() -> None:
    rows = [["patient_id", "Date of relapse", "severity"]]
    rows += [[one, START + timedelta(days=n), "mild"] for n in (400, 100) for one in IDS[:6]]
    cohort = read("Relapse", rows)
    assert len(cohort.events) == 12
    found = cd.analyses.survival(cohort, cd.Settings(outcome="relapse")).endpoint.patients
    times = found.loc[found["event"], "time_months"] * 30.4375
    assert times.tolist() == pytest.approx([100] * 6)


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("Relapses", [["patient_id", "Date", "CRP"], ["P01", START, 5]]),
        ("Relapses", [["patient_id", "Date", "Relapse"], ["P01", START, "no"]]),
        ("No relapse", [["patient_id", "Date"], ["P01", START]]),
        ("Biopsies", [["patient_id", "Date"], ["P01", START]]),
    ],
    ids=["measurements", "a state of its own", "a negation", "no outcome"],
)
def test_another_sheet_is_no_sheet_of_the_event(name: str, rows: Rows) -> None:
    assert not any("by the name of the sheet" in fault.found for fault in read(name, rows).faults)
