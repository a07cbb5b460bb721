"""Sheets of one cohort that state the same outcome in another unit or in other codes: converted, or asked; never mixed."""

from __future__ import annotations

import pytest
from corpus.builders import Rows, workbook

import cdanalysis as cd

MONTHS = [round(30.4375 * (3 + n)) / 30.4375 for n in range(12)]  # whole days
EVENTS = [n % 2 for n in range(12)]


def sheet(start: int, header: str, days: float, *, name: str = "Death", add: int = 0) -> Rows:
    chosen = range(start, start + 6)
    rows = [[f"P{n:02d}", 20 + n, round(MONTHS[n] * 30.4375) / days, EVENTS[n] + add] for n in chosen]
    return [["id", "age", header, name], *rows]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("OS (days)", 1.0), ("OS (months)", 30.4375)),
        (("OS (months)", 30.4375), ("OS (days)", 1.0)),
        (("Time to relapse (days)", 1.0), ("Time to relapse (months)", 30.4375)),
        (("Time to relapse (years)", 365.25), ("Zeit bis Rezidiv (Tage)", 1.0)),
        (("Time to graft loss (weeks)", 7.0), ("time to graft loss (d)", 1.0)),
    ],
)
def test_a_time_in_another_unit_is_the_same_time(first: tuple[str, float], second: tuple[str, float]) -> None:
    name = "Relapse" if "elapse" in first[0] else "Graft loss" if "graft" in first[0] else "Death"
    content = workbook({"A": sheet(0, *first, name=name), "B": sheet(6, *second, name=name)})
    cohort = cd.read_cohort(content)
    assert cohort.questions == ()
    (outcome,) = (code for code, one in cohort.outcomes.items() if one.n)
    assert cohort.patients[f"{outcome}_months"].tolist() == pytest.approx(MONTHS)
    assert cohort.outcomes[outcome].n_events == sum(EVENTS)


def test_a_time_without_a_unit_is_not_taken_for_one_with() -> None:
    cohort = cd.read_cohort(workbook({"A": sheet(0, "OS (months)", 30.4375), "B": sheet(6, "OS", 1.0)}))
    assert all(one.n <= 6 for one in cohort.outcomes.values())
    assert cohort.questions


def test_codes_that_begin_at_one_in_one_sheet_are_asked_about_as_its_own() -> None:
    content = workbook({"A": sheet(0, "OS (days)", 1.0), "B": sheet(6, "OS (days)", 1.0, add=1)})
    opened = cd.open_cohort(content, "x.xlsx")
    (question,) = opened.questions
    assert "1 in b and 2 in b" in question.text.casefold()
    assert opened.cohort is not None
    assert opened.cohort.outcomes["death"].n == 6
    answer = next(one for one in question.options if "1 in b = censored, 2 in b = death" in one.casefold())
    whole = cd.read_cohort(content, file_name="x.xlsx", study=opened.study.answered({question.id: answer}))
    assert (whole.outcomes["death"].n, whole.outcomes["death"].n_events) == (12, sum(EVENTS))


def of_ward(header: str, first: int) -> Rows:
    """Times in days of five patients."""
    return [["id", header, "death", "CRP (mg/L)"], *([f"P{n}", 365 + n, n % 2, 5] for n in range(first, first + 5))]


@pytest.mark.parametrize(
    "headers", [("OS", "OS (days)"), ("OS (days)", "OS"), ("time to death (days)", "time to death")]
)
def test_a_unit_that_one_sheet_states_is_asked_of_the_other(headers: tuple[str, str]) -> None:
    content = workbook({"Ward 1": of_ward(headers[0], 0), "Ward 2": of_ward(headers[1], 5)})
    opened = cd.open_cohort(content, "x.xlsx")
    assert [one.id.split(":")[0] for one in opened.questions] == ["unit"]
    assert opened.questions[0].evidence.startswith("5 values")
    study = opened.study.answered({opened.questions[0].id: "days"})
    cohort = cd.read_cohort(content, file_name="x.xlsx", study=study)
    assert cohort.patients["death_months"].round().tolist() == [12] * 10


@pytest.mark.parametrize(
    ("label", "months"),
    [
        ("overall survival in days", 12),
        ("Überlebenszeit (Tage)", 12),
        ("overall survival, weeks", 84),
        ("survival; days", 12),
    ],
)
def test_a_unit_behind_the_description_of_the_codebook(label: str, months: float) -> None:
    book = [["variable", "description"], ["OS", label], ["CRP (mg/L)", "C-reactive protein, mg/dL"]]
    cohort = cd.read_cohort(workbook({"data": of_ward("OS", 0), "codebook": book}), file_name="x.xlsx")
    assert not cohort.questions
    assert cohort.patients["death_months"].round().tolist()[0] == months
    assert cohort.patients["crp_mg_per_l"].tolist() == [5] * 5  # its own header says its unit
