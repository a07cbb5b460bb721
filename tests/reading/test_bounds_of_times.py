"""A header that names an outcome or the end of follow-up, and where time begins; dates of an outcome that no word names."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from corpus.builders import Rows, workbook

import cdanalysis as cd

DAYS = [100 + 10 * n for n in range(12)]
EVENTS = [n % 3 == 0 for n in range(12)]
START = date(2019, 1, 1)


def read(header: list[str], rows: Rows) -> cd.reading.Opened:
    return cd.open_cohort(
        workbook({"patients": [["id", *header], *([f"P{n:02d}", *row] for n, row in enumerate(rows))]})
    )


def found(opened: cd.reading.Opened) -> tuple[int, int, float]:
    assert opened.cohort is not None, opened.refusal
    (code,) = (code for code, one in opened.cohort.outcomes.items() if one.n)
    one = opened.cohort.outcomes[code]
    return one.n, one.n_events, float(opened.cohort.patients[f"{code}_months"].sum() * 30.4375)


@pytest.mark.parametrize(
    "header",
    [
        "Date of death or last follow-up",
        "Date of death/last FU",
        "Datum Tod oder letzter Kontakt",
        "Date of last contact or death",
    ],
)
def test_a_date_of_the_event_or_of_the_last_follow_up(header: str) -> None:
    rows = [[START, int(happened), START + timedelta(days=n)] for n, happened in zip(DAYS, EVENTS, strict=True)]
    opened = read(["Start", "Death", header], rows)
    assert opened.questions == ()
    assert found(opened) == (12, 4, pytest.approx(sum(DAYS)))


@pytest.mark.parametrize(
    "header", ["Days from transplant to graft loss", "Days from kidney transplant to graft loss or last FU"]
)
def test_where_a_time_begins_is_no_outcome(header: str) -> None:
    opened = read([header, "Graft loss"], [[n, int(happened)] for n, happened in zip(DAYS, EVENTS, strict=True)])
    assert opened.questions == ()
    assert found(opened) == (12, 4, pytest.approx(sum(DAYS)))


@pytest.mark.parametrize("header", ["Outcome date", "Date of loss of response", "Date of MACE"])
def test_dates_of_some_patients_are_asked_about_once(header: str) -> None:
    last = START + timedelta(days=900)
    rows = [
        [START, START + timedelta(days=n) if happened else None, last] for n, happened in zip(DAYS, EVENTS, strict=True)
    ]
    names = ["Treatment initiation date", header, "Last clinic visit"]
    opened = read(names, rows)
    (question,) = opened.questions
    assert question.id == f"outcome:patients:{header}"
    whole = cd.open_cohort(
        workbook({"patients": [["id", *names], *([f"P{n:02d}", *row] for n, row in enumerate(rows))]}),
        study=opened.study.answered({question.id: "an outcome"}),
    )
    assert whole.questions == ()
    days = sum(n if happened else 900 for n, happened in zip(DAYS, EVENTS, strict=True))
    assert found(whole) == (12, 4, pytest.approx(days))


@pytest.mark.parametrize("header", ["Index date", "Study entry date", "date_start_treatment", "Enrolment date"])
def test_what_says_where_time_begins(header: str) -> None:
    rows = [[START, int(happened), START + timedelta(days=n)] for n, happened in zip(DAYS, EVENTS, strict=True)]
    opened = read([header, "Death", "Date of death or last follow-up"], rows)
    assert opened.questions == ()
    assert found(opened)[0] == 12


def test_an_outcome_of_one_letter_is_called_an_event() -> None:
    opened = read(
        ["ptime_months", "pstat"], [[n / 30.4375, int(happened)] for n, happened in zip(DAYS, EVENTS, strict=True)]
    )
    assert opened.cohort is not None
    assert {code: one.label for code, one in opened.cohort.outcomes.items() if one.n} == {"p": "p event"}


def test_a_year_behind_what_happened_is_no_code_of_its_own() -> None:
    words = [f"relapse ({2015 + n % 4})" if happened else "no" for n, happened in enumerate(EVENTS)]
    opened = read(["time_days", "Relapse"], [[n, word] for n, word in zip(DAYS, words, strict=True)])
    assert opened.questions == ()
    assert found(opened) == (12, 4, pytest.approx(sum(DAYS)))
    doubted = ["relapse (suspected)" if happened else "no" for happened in EVENTS]
    assert read(["time_days", "Relapse"], [[n, word] for n, word in zip(DAYS, doubted, strict=True)]).questions
