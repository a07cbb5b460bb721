"""What a file states twice in different units, and what cannot be: dates beside a duration, too old patients, lost digits."""

from __future__ import annotations

from datetime import timedelta

import pytest
from corpus.builders import table
from corpus.right_numbers import DAYS, ENDS, EVENTS, IDS, MONTHS, STARTS

import cdanalysis as cd

N = 12


def opened(*columns: tuple[str, list], answer: str = "") -> cd.Opened:
    content = table([[name for name, _ in columns], *map(list, zip(*(cells for _, cells in columns), strict=True))])
    found = cd.open_cohort(content, "x.csv")
    if not answer:
        return found
    return cd.open_cohort(content, "x.csv", found.study.answered({one.id: answer for one in found.questions}))


def sums(found: cd.Opened) -> tuple[int, int, float]:
    assert found.cohort is not None, found.refusal
    rows = cd.analyses.survival(found.cohort, cd.Settings()).endpoint.patients
    return len(rows), int(rows["event"].sum()), float(rows["time_months"].sum())


def said(found: cd.Opened) -> str:
    assert found.cohort is not None
    return "\n".join(f"{one.column}: {one.found}" for one in found.cohort.faults)


DATED = (("id", IDS), ("start_date", STARTS), ("last_FU_date", ENDS), ("death", EVENTS))


def test_years_that_are_months_by_the_dates_are_asked_about() -> None:
    years = ("FU (years)", [round(one, 1) for one in MONTHS])
    found = opened(*DATED, years)
    (asked,) = found.questions
    assert (asked.id, asked.options) == ("two clocks:patients:FU (years)", ("the dates", "the duration"))
    assert "12 patients with both, 12 times apart" in asked.evidence
    assert found.cohort is not None
    assert [one.n for one in found.cohort.outcomes.values()] in ([], [0])
    assert sums(opened(*DATED, years, answer="the dates")) == (N, 5, pytest.approx(sum(MONTHS)))
    assert sums(opened(*DATED, years, answer="the duration")) == (N, 5, pytest.approx(12 * sum(MONTHS), abs=8))


def test_the_same_time_twice_asks_and_says_nothing() -> None:
    found = opened(*DATED, ("FU (years)", [round(one / 365.25, 2) for one in DAYS]))
    assert found.questions == ()
    assert "from what the dates make it" not in said(found)
    assert sums(found) == (N, 5, pytest.approx(sum(MONTHS), abs=1))


def test_one_patient_whose_duration_is_not_that_of_the_dates_is_named() -> None:
    months = [*MONTHS[:-1], MONTHS[-1] + 10]
    found = opened(*DATED, ("FU (months)", months))
    assert found.questions == ()
    assert "follow_up_months: 304 days from what the dates make it; used as it stands" in said(found)
    assert sums(found) == (N, 5, pytest.approx(sum(MONTHS) + 10))


def test_a_follow_up_from_another_day_is_said_once() -> None:
    found = opened(*DATED, ("FU (months)", [one + 6 for one in MONTHS]))
    assert found.questions == ()
    assert "12 × not the time between the dates, 183 days from it (median); used as it stands" in said(found)


def test_dates_that_lie_apart_by_no_unit_are_no_question() -> None:
    ends = [day + timedelta(days=days) for day, days in zip(ENDS, DAYS, strict=True)]  # twice as long
    found = opened(
        ("id", IDS), ("start_date", STARTS), ("last_FU_date", ends), ("death", EVENTS), ("FU (months)", MONTHS)
    )
    assert found.questions == ()
    assert "not the time between the dates" in said(found)


def test_patients_who_would_be_older_than_anybody() -> None:
    years = ("Time to death or last FU (years)", [round(one * 1.7, 1) for one in MONTHS])
    found = opened(("id", IDS), ("Age", [58 + n for n in range(N)]), years, ("Death", EVENTS))
    old = [58 + n + 1.7 * one for n, one in enumerate(MONTHS)]
    n = sum(one > 105 for one in old)
    assert n > 1
    assert f"{n} patients would be up to {max(old):.0f} years old at its end: is its unit right?" in said(found)
    right = opened(("id", IDS), ("Age", [58 + n for n in range(N)]), ("OS (months)", MONTHS), ("Death", EVENTS))
    assert "years old" not in said(right)


def test_identifiers_that_a_spreadsheet_cut_off_are_none() -> None:
    columns = (
        ("Patient ID", ["1.23457E+11"] * N),
        ("Death", EVENTS),
        ("OS days", DAYS),
        ("lab", [90 + n for n in range(N)]),
    )
    found = opened(*columns)
    assert found.cohort is None
    (asked,) = found.questions
    assert asked.text == (
        "The identifiers are numbers that a spreadsheet cut off, such as 1.23457E+11, and alike in several rows. What does?"
    )
    assert sums(opened(*columns, answer="each row is one patient")) == (N, 5, pytest.approx(sum(MONTHS)))


@pytest.mark.parametrize("header", ["UPN", "code", "Implant ID", "Nr", "Studienr", "TRR_ID_CODE", "RANDID"])
def test_what_is_different_in_every_row_and_called_a_number_is_the_identifier(header: str) -> None:
    found = opened((header, [f"AB{n:02}" for n in range(N)]), ("Death", EVENTS), ("OS days", DAYS))
    assert found.questions == ()
    assert f"{header} is different in every row and read as the patients' identifier" in said(found)
    assert sums(found) == (N, 5, pytest.approx(sum(MONTHS)))


@pytest.mark.parametrize("header", ["ward", "paid", "remark"])
def test_another_word_is_no_identifier(header: str) -> None:
    found = opened((header, [f"AB{n:02}" for n in range(N)]), ("Death", EVENTS), ("OS days", DAYS))
    assert found.cohort is None
    assert [one.id for one in found.questions] == ["ids:patients"]
