"""What a file tells twice: an identifier alone, outcomes under two names of one thing, answers to the weeks of visits."""

from __future__ import annotations

import pytest
from corpus.builders import FLAT, HEADER, PATIENTS, Rows, table, workbook

import cdanalysis as cd

EVENTS: Rows = [["patient_id", "months", "event"], ["P13", 3, "surgery"]]
BARE: Rows = [*FLAT, ["P13", *[None] * 5], ["P14", *[None] * 5]]


def test_an_identifier_alone_is_a_patient_only_where_another_sheet_knows_it() -> None:
    cohort = cd.read_cohort(workbook({"patients": BARE, "events": EVENTS}))
    assert list(cohort.patients["patient_id"])[12:] == ["P13"]
    assert {one.reason: one.n for one in cohort.excluded} == {"identifier and nothing else": 1}


def test_identifiers_alone_are_patients_where_the_table_holds_nothing_else() -> None:
    rows = [HEADER, *([row[0], *[None] * 5] for row in PATIENTS)]
    assert len(cd.read_cohort(workbook({"patients": rows, "events": EVENTS})).patients) == 12


VISITS = [[*HEADER, "CDAI_V1", "CRP V2 (mg/dL)", "CDAI_V2"], *([*row, 300, 0.5, 100] for row in PATIENTS)]
ID = "visits:patients:V1, V2"


@pytest.mark.parametrize(("answer", "weeks"), [("0, 24", [0, 24]), ("-; 12.5", [12.5]), (" 0 8 ", [0, 8])])
def test_numbered_visits_are_at_the_weeks_that_the_reader_says(answer: str, weeks: list[float]) -> None:
    opened = cd.open_cohort(table(VISITS), "x.csv", cd.Study().answered({ID: answer}))
    assert opened.cohort is not None
    assert opened.questions == ()
    assert sorted(set(opened.cohort.visits["week"])) == weeks
    assert opened.cohort.visits["crp_mg_per_l"].dropna().unique() == [5.0]


@pytest.mark.parametrize("answer", ["soon", "0", "0, 8, 24", "8, 8", "0, 1e9"])
def test_an_answer_that_names_no_weeks_is_asked_again(answer: str) -> None:
    opened = cd.open_cohort(table(VISITS), "x.csv", cd.Study().answered({ID: answer}))
    assert [one.id for one in opened.questions] == [ID]
    assert opened.cohort is not None
    assert opened.cohort.visits.empty


def test_an_event_takes_the_time_of_another_word_for_it_unless_that_has_an_event_of_its_own() -> None:
    rows = [
        ["id", "time to relapse (months)", "Rezidiv", "relapse"],
        *([row[0], row[4], 1 - int(str(row[5])), row[5]] for row in PATIENTS),
    ]
    alone = cd.read_cohort(table([row[:3] for row in rows]))
    both = cd.read_cohort(table(rows))
    assert {code: one.n_events for code, one in alone.outcomes.items()} == {"recurrence": 6}
    assert next(iter(both.outcomes)) == "relapse"
    assert both.outcomes["relapse"].n_events == 6
    assert "recurrence" not in both.outcomes
