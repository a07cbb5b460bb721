"""`12.3+` is a time of censoring where the column is a time to an outcome, and nothing else anywhere else."""

from __future__ import annotations

import pytest
from corpus.builders import table

import cdanalysis as cd
from cdanalysis.cohort import Cohort
from cdanalysis.reading.cells.censored_times import are_marked, bare_time

N = 10


def cohort(header: str, cells: list[object], *others: tuple[str, list[object]]) -> Cohort:
    columns = [("id", [f"P{n}" for n in range(N)]), (header, cells), *others]
    rows = [[name for name, _ in columns], *map(list, zip(*(held for _, held in columns), strict=True))]
    return cd.read_cohort(table(rows), file_name="x.csv")


@pytest.mark.parametrize(
    ("cell", "bare"),
    [
        ("12.3+", "12.3"),
        ("12.3 +", "12.3"),
        ("≥ 12", "12"),
        (">12", "12"),
        (">= 12", "12"),
        ("12 months +", "12 months"),
        ("12", ""),
        ("+", ""),
    ],
)
def test_the_mark_is_taken_off(cell: str, bare: str) -> None:
    assert bare_time(cell) == bare


def test_a_stick_of_a_laboratory_has_no_time() -> None:
    assert not are_marked(["1+", "2+", "3+"])
    assert are_marked(["1+", "2", "3"])


def test_the_mark_is_the_event() -> None:
    found = cohort("survival (months)", [f"{n + 1}+" if n % 2 else n + 1 for n in range(N)])
    assert found.patients["event_event"].tolist() == [not n % 2 for n in range(N)]


def test_a_mark_beside_an_event_leaves_that_patient_out() -> None:
    times = [f"{n + 1}+" if n in (0, 1) else n + 1 for n in range(N)]
    found = cohort("time_months", times, ("relapse", [1, 0] * 5))
    assert found.outcomes["relapse"].n == N - 1
    assert any("marked as censored beside the relapse" in fault.found and fault.row == 2 for fault in found.faults)


@pytest.mark.parametrize("header", ["disease duration (years)", "age_at_onset", "time since surgery (months)"])
def test_a_duration_of_no_outcome_makes_none(header: str) -> None:
    found = cohort(
        header,
        [">10" if n == 3 else n + 1 for n in range(N)],
        ("time_months", [n + 1 for n in range(N)]),
        ("relapse", [1, 0] * 5),
    )
    assert list(found.outcomes) == ["relapse"]
