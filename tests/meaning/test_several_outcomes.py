"""The first of several outcomes, what a file says competes as an outcome of its own, endoscopic remission, related events."""

from __future__ import annotations

import pandas as pd
import pytest

import cdanalysis as cd
from cdanalysis import analyses
from cdanalysis.results import NotEstimable
from cdanalysis.sections.survival.words import components

TWO = (
    "id,crp,death_months,death,colectomy_months,colectomy\n"
    "A,1,20,1,5,1\n"  # colectomy first
    "B,2,8,1,8,0\n"  # death, and censored for the other that day
    "C,3,30,0,30,0\n"
    "D,4,40,0,12,0\n"  # neither: as long as both are observed
    "E,5,25,1,10,0\n"  # a death that was seen counts, though nobody looked for a colectomy after month 10
    "F,6,,,9,1\n"  # no time of death
)


def frame_of(content: str, **settings: str) -> pd.DataFrame:
    found = analyses.survival(cd.read_cohort(content.encode()), cd.Settings(**settings))
    return found.endpoint.patients.set_index("patient_id")


def test_the_first_of_two_outcomes_decides_and_is_kept() -> None:
    found = frame_of(TWO, outcome="colectomy,death")
    assert found["time_months"].to_dict() == {"A": 5, "B": 8, "C": 30, "D": 12, "E": 25}
    assert found["event"].to_dict() == {"A": True, "B": True, "C": False, "D": False, "E": True}
    assert found.loc[["A", "B", "E"], "ended_by"].tolist() == ["colectomy", "death", "death"]


def test_the_first_of_two_outcomes_is_named_and_its_components_are_counted() -> None:
    cohort = cd.read_cohort(TWO.encode())
    found = analyses.predictors(cohort, cd.Settings(outcome="death,colectomy"))
    assert (found.endpoint.noun, found.n, found.n_events) == ("death or colectomy", 5, 3)
    assert components(found.endpoint) == (
        "3 deaths or colectomies, the first of each patient: 2 deaths and 1 colectomy.",
    )
    assert [(one.reason, one.n) for one in found.endpoint.excluded] == [("no time or event of death", 1)]
    assert cohort.outcome_in_use(cd.Settings(outcome="death,colectomy")).is_stated


def test_outcomes_from_two_time_zeros_have_no_first() -> None:
    found = analyses.survival(cd.demo_cohort(), cd.Settings(outcome="relapse,adverse_event"))
    assert isinstance(found, NotEstimable)
    assert "counted from week 24" in found.reason
    assert "from the start of therapy" in found.reason


def test_a_relapse_says_what_it_was() -> None:
    found = analyses.survival(cd.demo_cohort(), cd.Settings())
    assert components(found.endpoint) == (
        "22 relapses, the first of each patient: 18 CDAI relapses, 3 obstructions and 1 abscess.",
    )
    assert components(analyses.survival(cd.demo_cohort(), cd.Settings(outcome="surgery")).endpoint) == ()


def test_her_word_for_the_outcome_is_everywhere_and_goes_with_the_outcome() -> None:
    cohort = cd.read_cohort(b"id,x,event,time_months\nA,1,1,10\nB,2,0,20\nC,3,1,30\nD,4,0,5\n")
    told = cd.Settings(outcome_noun="recurrence")
    found = analyses.survival(cohort, told)
    assert (found.endpoint.noun, found.endpoint.code) == ("recurrence", "event")
    assert cohort.outcome_in_use(told).label == "recurrence"
    assert analyses.survival(cohort, cd.Settings()).endpoint.notes == ()  # nobody chose relapse


STATES = "id,x,time_months,status\nA,1,10,1\nB,2,20,2\nC,3,30,0\nD,4,5,2\nE,5,6,1\nF,7,7,0\n"


def competing() -> cd.reading.Cohort:
    opened = cd.open_cohort(STATES.encode())
    (question,) = [one for one in opened.questions if one.id.startswith("codes")]
    return cd.read_cohort(
        STATES.encode(), study=opened.study.answered({question.id: "1 = event, 2 = a competing event"})
    )


def test_what_competes_in_the_file_is_an_outcome_of_its_own_on_the_same_clock() -> None:
    cohort = competing()
    first, other = cohort.outcomes.values()
    assert [(one.n, one.n_events, one.is_stated) for one in (first, other)] == [(6, 2, True), (6, 2, True)]
    settings = cd.Settings(outcome=other.code, at_months="25")
    of_other, of_first = (analyses.competing(cohort, one) for one in (settings, cd.Settings(at_months="25")))
    assert of_other.endpoint.competing == (first.label,)
    assert of_other.endpoint.against == ()  # nothing is to be chosen
    assert of_other.rows[0].relapse.value == pytest.approx(of_first.rows[0].competing.value)


def test_of_the_events_that_may_compete_those_in_the_file_do() -> None:
    found = analyses.competing(cd.read_cohort(TWO.encode()), cd.Settings(outcome="colectomy", at_months="15"))
    assert found.endpoint.against == ("death",)  # there is no surgery
    assert found.n_competing == 1  # B; A died after the colectomy, E after the observation for it had ended


ENDOSCOPY = {
    "patients": "patient_id,follow_up_months\nA,30\nB,30\nC,30\nD,30\n",
    "endoscopy": "patient_id,months,cdeis_points\nA,0,12\nA,6,8\nA,12,3\nA,18,9\nB,0,10\nB,12,9\nC,0,2\nC,6,1\nD,0,14\n",
}


def test_endoscopic_remission_is_dated_by_the_first_endoscopy_that_shows_it() -> None:
    from cdanalysis.reading.checks.frames import cohort_from_frames

    patients = pd.DataFrame({"patient_id": ["A", "B", "C", "D"], "follow_up_months": 30.0})
    rows = [row.split(",") for row in ENDOSCOPY["endoscopy"].split()[1:]]
    seen = pd.DataFrame({"patient_id": [row[0] for row in rows], "months": [float(row[1]) for row in rows],
                         "cdeis_points": [float(row[2]) for row in rows]})  # fmt: skip
    cohort = cohort_from_frames(patients, endoscopy=seen)
    found = analyses.survival(cohort, cd.Settings(outcome="endoscopic_remission"))
    patients = found.endpoint.patients.set_index("patient_id")
    assert patients["event"].to_dict() == {"A": True, "B": False}
    assert patients["time_months"].tolist() == pytest.approx([12, 12])
    assert [one.n for one in found.endpoint.excluded] == [1, 1]  # D was not seen again, C was in remission before
    assert analyses.survival(cohort, cd.Settings(outcome="endoscopic_remission", cdeis_remission_below=9)).n_events == 1
    stricter = analyses.survival(cohort, cd.Settings(outcome="endoscopic_remission", cdeis_remission_below=2))
    assert stricter.n_events == 1  # C, who is at risk of a stricter remission


def test_only_events_related_to_the_disease_count_where_that_is_chosen() -> None:
    every, related = (
        analyses.survival(cd.demo_cohort(), cd.Settings(outcome="hospitalization", events_counted=which))
        for which in ("all", "related")
    )
    assert (every.n_events, related.n_events) == (9, 7)
    assert related.endpoint.notes == ("2 × hospitalization not related to the disease: not counted.",)
