"""What a section says that it cannot do without, of cohorts that lack one thing each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import pytest

from cdanalysis.cohort import Cohort
from cdanalysis.reading.checks.frames import cohort_from_frames
from cdanalysis.reading.questions import Question
from cdanalysis.results import Caution, StatedOutcome
from cdanalysis.sections.needs import NEEDS, OPEN, OUTCOME, left_open, needed_sentence, needs, with_left_open

IDS = [f"P{n}" for n in range(4)]
BARE = cohort_from_frames(pd.DataFrame({"patient_id": IDS}))


def with_columns(**columns: Sequence[object]) -> Cohort:
    return cohort_from_frames(pd.DataFrame({"patient_id": IDS, **columns}))


def asked(*columns: str) -> Cohort:
    questions = tuple(
        Question(f"x:{n}", "What?", ("a", "b"), sheet="patients", column=column) for n, column in enumerate(columns)
    )
    return replace(BARE, questions=questions)


SURVIVAL = {"survival", "predictors", "prognosis", "cutoffs", "multiverse"}
MARKER = "a marker: a column of numbers with more than one value"
MONTHS, EVENTS = [1.0, 2.0, 3.0, 4.0], [True, False, True, True]


def lacking(cohort: Cohort) -> dict[str, str]:
    return {section: said for section in NEEDS if (said := needs(section, cohort))}


def test_of_nothing_but_patients_each_section_needs_its_own() -> None:
    said = lacking(BARE)
    assert {section for section, one in said.items() if one == OUTCOME} == SURVIVAL
    assert said.keys() == SURVIVAL | {"response", "endoscopy", "safety"}
    assert (
        ": a sheet visits with patient_id, week or visit_date, and one of cdai_points, hbi_points, " in said["response"]
    )
    assert said["endoscopy"].startswith("a sheet endoscopy with patient_id, months or date, and cdeis_points or ")
    assert said["safety"] == "a sheet adverse_events with patient_id, months or date, and term"
    assert needs("baseline", BARE) == needed_sentence("baseline", BARE) == ""
    assert needed_sentence("safety", BARE) == f"This page needs {said['safety']}."
    assert needed_sentence("safety", asked("CRP")) == f"This page needs {said['safety']}. {OPEN}"
    assert needed_sentence("baseline", asked("CRP")) == ""


def test_an_outcome_and_a_marker_are_all_that_survival_needs() -> None:
    stated = with_columns(relapse_months=MONTHS, relapse_event=EVENTS)
    assert {section for section in lacking(stated) if section in SURVIVAL} == {"cutoffs", "multiverse"}
    assert lacking(stated)["cutoffs"] == MARKER
    marked = with_columns(relapse_months=MONTHS, relapse_event=EVENTS, crp_mg_per_l=MONTHS)
    assert SURVIVAL.isdisjoint(lacking(marked))


def test_an_outcome_of_nobody_is_named() -> None:
    nobody = with_columns(relapse_months=[float("nan")] * 4, relapse_event=EVENTS, crp_mg_per_l=MONTHS)
    told = "an outcome that can be used; no patient has both a time and an event of relapse"
    assert {section for section, said in lacking(nobody).items() if said == told} == SURVIVAL


def test_visits_after_day_0_endoscopies_and_adverse_events_are_what_their_pages_need() -> None:
    patients = pd.DataFrame({"patient_id": IDS})

    def seen_at(*weeks: float) -> Cohort:
        visits = pd.DataFrame({"patient_id": "P0", "week": [*weeks], "cdai_points": [300.0] * len(weeks)})
        return cohort_from_frames(patients, visits)

    assert "response" not in lacking(seen_at(0.0, 8.0))
    assert "response" in lacking(seen_at(0.0))
    endoscopy = pd.DataFrame({"patient_id": ["P0"], "months": [1.0], "cdeis_points": [3.0]})
    adverse = pd.DataFrame({"patient_id": ["P0"], "months": [1.0], "term": ["x"], "action": ["none"]})
    said = lacking(cohort_from_frames(patients, endoscopy=endoscopy))
    assert "endoscopy" not in said
    assert "safety" in said
    said = lacking(cohort_from_frames(patients, adverse_events=adverse))
    assert "safety" not in said
    assert "endoscopy" in said
    stated = replace(
        with_columns(adverse_event_months=MONTHS, adverse_event_event=EVENTS),
        stated=(StatedOutcome("adverse_event", "adverse event"),),
    )
    assert "safety" not in lacking(stated)


BEHIND = ": what is asked about is left out of these results."


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ((), ""),
        (("CRP",), f"1 question on the Cohort page is open, about CRP{BEHIND}"),
        (("CRP", "CRP"), f"2 questions on the Cohort page are open, about CRP{BEHIND}"),
        (("CRP = 3", "Hb"), f"2 questions on the Cohort page are open, about CRP, Hb{BEHIND}"),
        (("", "Hb"), f"2 questions on the Cohort page are open, about patients, Hb{BEHIND}"),  # of a whole sheet
        (tuple("abcd"), f"4 questions on the Cohort page are open, about a, b, c, d{BEHIND}"),
        (tuple("abcde"), f"5 questions on the Cohort page are open, about a, b, c, d and 1 more{BEHIND}"),
        (("<b>", "Hb"), f"2 questions on the Cohort page are open, about Hb and 1 more{BEHIND}"),
        (("<b>",), f"1 question on the Cohort page is open{BEHIND}"),
        (("x" * 40,), f"1 question on the Cohort page is open, about {'x' * 40}{BEHIND}"),
        (("x" * 41,), f"1 question on the Cohort page is open{BEHIND}"),
    ],
)
def test_four_plain_columns_are_named_and_the_others_counted(columns: tuple[str, ...], told: str) -> None:
    assert left_open(asked(*columns)) == told


def test_the_caution_stands_behind_the_first_block_alone() -> None:
    found = list(with_left_open(iter("abc"), asked("CRP")))
    assert [found[0], *found[2:]] == ["a", "b", "c"]
    assert isinstance(found[1], Caution)
    assert found[1].kind == "questions"
    assert str(found[1]) == left_open(asked("CRP"))
