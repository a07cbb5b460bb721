"""Headers of outcomes as forms and clinics phrase them: a question, `during follow-up`, `or FU end`, `1st relapse`."""

from __future__ import annotations

import pytest
from corpus.builders import table

from cdanalysis.reading import read_cohort

TIMES = [5, 24, 3.5, 18, 11, 30, 7, 9.5]
EVENTS = [1, 0, 1, 0, 1, 0, 0, 1]


def relapses(event: str, time: str, yes: str = "yes", no: tuple[str, ...] = ("no",)) -> tuple[list[float], list[int]]:
    cells = [yes if one else no[place % len(no)] for place, one in enumerate(EVENTS)]
    rows = [[f"P{n}", 3 + n, cell, at] for n, (cell, at) in enumerate(zip(cells, TIMES, strict=True))]
    cohort = read_cohort(table([["id", "CRP (mg/L)", event, time], *rows], delimiter=";"), file_name="x.csv")
    assert not cohort.questions
    patients = cohort.patients
    (code,) = cohort.outcomes
    return patients[f"{code}_months"].tolist(), patients[f"{code}_event"].astype(int).tolist()


@pytest.mark.parametrize(
    ("event", "time"),
    [
        ("Did the patient relapse?", "Time to relapse or censoring (months)"),
        ("Was there a relapse?", "Time to relapse (months)"),
        ("Relapse during follow-up", "Months to relapse"),
        ("relapse_during_fu", "relapse_months"),
        ("relapse", "time_to_relapse_or_fu_end_months"),
        ("relapse", "time to relapse or end of follow-up (months)"),
        ("1st relapse", "time to 1st relapse (months)"),
        ("随访期间是否复发", "复发时间(月)"),
    ],
)
def test_the_outcome_that_is_meant(event: str, time: str) -> None:
    assert relapses(event, time) == (TIMES, EVENTS)


def test_who_is_in_remission_beside_relapsed_is_free_of_it() -> None:
    assert relapses("Status", "Months", "relapsed", ("in remission", "lost to follow-up")) == (TIMES, EVENTS)


@pytest.mark.parametrize("other", ["deceased", "under surveillance"])
def test_beside_another_outcome_a_remission_is_asked_about(other: str) -> None:
    cells = ["relapsed", "in remission", other] * 3
    rows = [[f"P{n}", 3 + n, cell, 5 + n] for n, cell in enumerate(cells)]
    cohort = read_cohort(table([["id", "CRP (mg/L)", "Status", "Months"], *rows]), file_name="x.csv")
    assert any(one.id.startswith("codes:patients:Status") for one in cohort.questions)


def test_what_was_before_is_no_outcome() -> None:
    rows = [[f"P{n}", 3 + n, "yes" if n % 2 else "no"] for n in range(8)]
    cohort = read_cohort(table([["id", "CRP", "Prior relapse during study"], *rows]), file_name="x.csv")
    assert not cohort.outcomes
