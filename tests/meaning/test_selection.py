"""Conditions on patients: who meets them is analysed everywhere, who does not is counted by the first reason, in the flow too."""

from __future__ import annotations

import pytest

import cdanalysis as cd
from cdanalysis import analyses
from cdanalysis.outcomes.selection import counts, n_meeting, offered, selected, values_of
from cdanalysis.sections.predictors.per_patient import per_patient
from cdanalysis.settings.as_text.conditions import Condition, as_text, from_text
from cdanalysis.writing.footers import footer

FILE = (
    "id,age,ward,stoma,crp,relapse_months,relapse\n"
    "A,20,North,yes,1,10,1\nB,30,South,no,2,20,0\nC,40,North,no,3,30,1\nD,,East,no,4,40,0\nE,50,,yes,5,50,1\nF,60,South,yes,6,5,1\n"
)


@pytest.fixture(scope="module")
def cohort() -> cd.reading.Cohort:
    return cd.read_cohort(FILE.encode())


def kept(cohort: cd.reading.Cohort, text: str) -> str:
    return "".join(selected(cohort, cd.Settings(patients=text)).patients["patient_id"])


@pytest.mark.parametrize(
    ("text", "ids"),
    [("age_years>=40", "CEF"), ("age_years<=30", "AB"), ("age_years>=30,age_years<=50", "BCE"), ("ward=North", "AC"),
     ("ward=North|East", "ACD"), ("stoma=yes,age_years>=30", "EF"), ("crp_mg_per_l>=3,ward=South", "F"), ("", "ABCDEF"),
     ("age_years>=99", ""), ("no such column=1", "ABCDEF")],
)  # fmt: skip
def test_a_condition_keeps_who_meets_it(cohort: cd.reading.Cohort, text: str, ids: str) -> None:
    assert kept(cohort, text) == ids
    assert n_meeting(cohort, from_text(text)) == len(ids)


def test_each_patient_is_counted_once_by_the_first_reason_and_unknown_apart(cohort: cd.reading.Cohort) -> None:
    chosen = selected(cohort, cd.Settings(patients="age_years>=30,ward=South")).selection
    assert [(one.reason, one.n) for one in chosen.criteria] == [
        ("Age below 30", 1),
        ("Age not known", 1),
        ("ward other than South", 1),
        ("ward not known", 1),
    ]
    assert sum(one.n for one in chosen.criteria) == chosen.n_before - 2
    assert chosen.why == {
        "A": "Age below 30",
        "D": "Age not known",
        "C": "ward other than South",
        "E": "ward not known",
    }


def test_a_column_that_the_file_has_not_is_said(cohort: cd.reading.Cohort) -> None:
    found = analyses.flow(cohort, cd.Settings(patients="bmi>=30"))
    assert found.notes == ("The file has no column bmi: nobody is left out by it.",)


def test_the_flow_the_footer_and_the_export_tell_the_criteria(cohort: cd.reading.Cohort) -> None:
    settings = cd.Settings(patients="stoma=no")
    steps = analyses.flow(cohort, settings).steps
    assert [(step.label, step.n) for step in steps] == [
        ("Patients in the file", 6),
        ("Selected: stoma = no", 3),
        ("Followed for relapse", 3),
    ]
    assert [(one.reason, one.n) for one in steps[1].left] == [("stoma other than no", 3)]
    assert "only stoma = no" in footer(selected(cohort, settings), settings)
    table = per_patient(cohort, settings).set_index("patient_id")
    assert sorted(table.index) == list("ABCDEF")
    assert table.loc["A", "left out because"] == "stoma other than no"
    assert table.loc["B", "left out because"] == ""


@pytest.mark.parametrize(
    "pipeline", ["survival", "predictors", "baseline", "cutoffs", "induction", "endoscopy", "safety"]
)
def test_a_selection_and_a_file_of_those_patients_give_the_same_numbers(pipeline: str) -> None:
    settings = cd.Settings(patients="sex=male")
    whole = cd.demo_cohort()
    by_setting = getattr(analyses, pipeline)(whole, settings)
    by_hand = getattr(analyses, pipeline)(selected(whole, settings), cd.Settings())
    everybody = getattr(analyses, pipeline)(whole, cd.Settings())
    assert repr(by_setting) == repr(by_hand)
    assert repr(by_setting) != repr(everybody)


def test_equal_conditions_are_one_text_and_nonsense_is_none() -> None:
    text = "ward=South|North,age_years>=30"
    assert cd.Settings(patients=text) == cd.Settings(patients="age_years>=30, ward=South|North ")
    odd = Condition("a,b>=c|d", "=", ("x|y", "1,5 = %"))
    assert from_text(as_text((odd,))) == (odd,)
    for nonsense in ("age", "age>=", "age>=old", "age>=1|2", "age>3", "=3", "age>=inf"):
        with pytest.raises(ValueError, match="patients is"):
            cd.Settings(patients=nonsense)


def test_every_column_that_tells_patients_apart_is_offered_and_none_of_an_outcome(cohort: cd.reading.Cohort) -> None:
    assert offered(cohort) == {"age_years": "Age", "crp_mg_per_l": "CRP", "ward": "ward", "stoma": "stoma"}
    assert counts(values_of(cohort, "ward")) == {"North": 2, "South": 2, "East": 1}


def test_a_text_of_up_to_twelve_values_is_offered_and_every_number_of_two() -> None:
    letters = "ABCDEFGHIJKLMN"
    lines = ["id,ward,room,same,weight_x,relapse_months,relapse"]
    lines += [
        f"P{place},W{min(place, 11)},R{min(place, 12)},S,{place / 7:.2f},{place + 1},{place % 2}"
        for place in range(len(letters))
    ]
    found = offered(cd.read_cohort("\n".join(lines).encode()))
    assert {"ward", "weight_x"} <= set(found)
    assert {"room", "same"}.isdisjoint(found)
