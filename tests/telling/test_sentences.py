"""Sentences: who is analysed, what was found, what cannot be said."""

from __future__ import annotations

from math import nan
from types import SimpleNamespace

import pandas as pd
import pytest

from cdanalysis.dictionary.markers import CRP, MARKERS, TGN
from cdanalysis.results import Caution, Estimate, Exclusion, Fault, NotEstimable, PredictorRow
from cdanalysis.sections.flow.words import cohort_summary, faults_sentence
from cdanalysis.sections.models.section import cautions
from cdanalysis.sections.models.words import (
    few_events,
    model_cautions,
    nearer_fit,
    predictors_sentence,
    screening_caution,
)
from cdanalysis.sections.predictors.words import predictors_question
from cdanalysis.settings import Settings
from cdanalysis.settings.as_text.cutoffs import Lock
from cdanalysis.settings.settings import CHOICES, ROWS
from cdanalysis.statistics.cox.cox_result import FEW_EVENTS, UNKNOWN
from cdanalysis.writing.choices.cutoff_origin import cutoff_origin, cutoff_stamp
from cdanalysis.writing.choices.labels import (
    relapse_rule,
)
from cdanalysis.writing.sentences import excluded_sentence, question


def row(label: str, estimate: Estimate | NotEstimable | None, p: float = nan) -> PredictorRow:
    alone = Estimate(2.0, 1.0, 4.0)
    return PredictorRow(label.lower(), label, "reference", 20, 9, 78, 13, 0.01, alone, 0.04, estimate, p)


CRP_ROW = row("CRP > 10 mg/L", Estimate(4.72, 1.19, 18.75), 0.027)
TGN_ROW = row("6-TGN ≥ 235", Estimate(5.32, 1.4, 20.14), 0.014)
ESR_ROW = row("ESR > 20", Estimate(1.1, 0.5, 2.4), 0.05)
AGE_ROW = row("Age > 40", Estimate(0.9, 0.4, 2.0), 0.8)
MODEL = SimpleNamespace(n=98, n_events=22, terms=(1,) * 7, cautions=())


def test_both_markers_are_associated_and_of_the_rest_it_is_said_what_was_seen() -> None:
    rows = [CRP_ROW, TGN_ROW, ESR_ROW, AGE_ROW, row("Sex", None)]
    assert predictors_sentence(rows, MODEL, Settings()) == (
        "In the multivariable Cox model (98 patients, 22 relapses, 7 covariates chosen by a log-rank P below 0.2; Efron ties), "
        "CRP > 10 mg/L (HR 4.72, 95% CI 1.19-18.75, P = 0.027) and "
        "6-TGN ≥ 235 (HR 5.32, 95% CI 1.40-20.14, P = 0.014) were associated with relapse; "
        "P was 0.05 or more for ESR > 20 (HR 1.10, 95% CI 0.50-2.40, P = 0.050) "
        "and age > 40 (HR 0.90, 95% CI 0.40-2.00, P = 0.800)."
    )


def test_one_is_associated_and_of_the_other_it_is_said_what_was_seen() -> None:
    sentence = predictors_sentence([CRP_ROW, AGE_ROW], MODEL, Settings(ties="breslow", conf_level=0.9, screening_p=1))
    assert ", 7 covariates; Breslow ties)" in sentence
    assert sentence.endswith(
        "CRP > 10 mg/L (HR 4.72, 90% CI 1.19-18.75, P = 0.027) was associated with relapse; P was 0.05 or more for "
        "age > 40 (HR 0.90, 90% CI 0.40-2.00, P = 0.800)."
    )


def test_three_are_listed_with_commas() -> None:
    sentence = predictors_sentence([CRP_ROW, TGN_ROW, row("WBC", Estimate(2, 1, 3), 0.0001)], MODEL, Settings())
    assert "P = 0.027), 6-TGN" in sentence
    assert sentence.endswith(r"and WBC (HR 2.00, 95% CI 1.00-3.00, P \< 0.001) were associated with relapse.")


def test_none_is_associated() -> None:
    model = SimpleNamespace(n=1, n_events=1, terms=(1,), cautions=())
    assert predictors_sentence([ESR_ROW], model, Settings()) == (
        "In the multivariable Cox model (1 patient, 1 relapse, 1 covariate chosen by a log-rank P below 0.2; Efron ties), "
        "P was 0.05 or more for ESR > 20 (HR 1.10, 95% CI 0.50-2.40, P = 0.050)."
    )
    both = predictors_sentence([ESR_ROW, AGE_ROW], MODEL, Settings())
    assert "P was 0.05 or more for ESR > 20 (HR 1.10, 95% CI 0.50-2.40, P = 0.050) and age > 40 (HR 0.90" in both
    assert "associated" not in both


def test_a_term_that_is_not_estimable_is_said() -> None:
    rows = [CRP_ROW, row("Smoking: current", NotEstimable("no relapse among them."))]
    sentence = predictors_sentence(rows, MODEL, Settings())
    assert "was associated with relapse; the hazard ratio of smoking:" in sentence
    assert sentence.endswith("could not be estimated (no relapse among them).")
    only = predictors_sentence(rows[1:], MODEL, Settings())
    assert "Efron ties), the hazard ratio of smoking:" in only


def test_no_model_gives_its_reason() -> None:
    reason = NotEstimable("no candidate has a log-rank P below 0.2")
    assert predictors_sentence([row("CRP", None)], reason, Settings()) == (
        "No multivariable Cox model was fitted: no candidate has a log-rank P below 0.2."
    )


def test_a_hostile_label_is_escaped_in_the_sentence() -> None:
    hostile = row("![](http://x/y.png)", Estimate(2, 1.1, 3), 0.01)
    sentence = predictors_sentence([hostile], MODEL, Settings())
    assert r"!\[\](" in sentence
    assert "http://" not in sentence


@pytest.mark.parametrize("p", [0.05, 0.0500001])
def test_significance_is_below_0_05_exactly(p: float) -> None:
    assert "P was 0.05 or more for A" in predictors_sentence([row("A", Estimate(2, 1, 3), p)], MODEL, Settings())
    assert "was associated" in predictors_sentence([row("A", Estimate(2, 1, 3), 0.0499999)], MODEL, Settings())


def test_who_is_analysed() -> None:
    assert excluded_sentence([], 98) == "98 patients are analysed; none is excluded."
    assert excluded_sentence([Exclusion("CRP not measured", 0)], 1) == ("1 patient is analysed; none is excluded.")
    some = [Exclusion("not a responder at week 24", 23), Exclusion("no visit at week *24*", 1)]
    assert excluded_sentence(some, 98) == (
        "98 patients are analysed. 24 patients are excluded: not a responder at week 24 (23); "
        r"no visit at week \*24\* (1)."
    )
    assert "1 patient is excluded" in excluded_sentence(some[1:], 2)


def test_questions() -> None:
    assert question(["CRP > 10 mg/L"], "relapse") == "Does CRP > 10 mg/L predict relapse?"
    assert question(["CRP", "6-TGN"], "surgery") == "Do CRP and 6-TGN predict surgery?"
    asked = predictors_question(
        Settings(),
        SimpleNamespace(noun="relapse", derived=True, code="relapse"),
        [SimpleNamespace(labels=("", "CRP > 8 mg/L")), SimpleNamespace(labels=("", "6-TGN > 235 pmol/8×10⁸ RBC"))],
    )
    assert asked.startswith("**Do CRP > 8 mg/L and 6-TGN > 235 pmol/8×10⁸ RBC predict relapse?** ")
    assert "Relapse: CDAI above 150 points and a rise of more than 70 over the week-24 value, or fistula" in asked
    assert asked.endswith("Time zero: week 24, responders only (landmark).")
    assert "Time zero: week 12, responders" in predictors_question(Settings(landmark_week=12))
    late = predictors_question(Settings(clock="late-entry", landmark_week=12))
    assert late.endswith("Time zero: start of therapy, entering at week 12 (late entry).")


def test_an_outcome_that_no_index_decides_is_not_said_to_follow_its_rule() -> None:
    for code, of_responders, zero in (("surgery", True, "week 24, responders only"), ("adverse_event", False, "day 0")):
        endpoint = SimpleNamespace(noun=code, derived=True, code=code, of_responders=of_responders, origin="day 0")
        asked = predictors_question(Settings(), endpoint)
        assert "CDAI" not in asked
        assert f": the first that the file records. Time zero: {zero}" in asked
    both = SimpleNamespace(
        noun="relapse or surgery", derived=True, code="relapse,surgery", of_responders=True, origin=""
    )
    assert "CDAI above 150 points" in predictors_question(Settings(), both)


def test_an_endpoint_that_the_file_carries_is_not_said_to_follow_the_definition() -> None:
    carried = SimpleNamespace(noun="relapse", derived=False, origin="as in the file_1")
    asked = predictors_question(Settings(relapse_definition="cdai"), carried)
    assert asked.endswith(r"** Relapse: as the file states it. Time zero: as in the file\_1.")
    assert "CDAI" not in asked


@pytest.mark.parametrize(
    ("settings", "rule"),
    [
        ({"relapse_definition": "objective"}, "fistula, abscess, obstruction or endoscopic activity"),
        (
            {"relapse_definition": "cdai", "relapse_reference": "lowest"},
            "CDAI above 150 points and a rise of more than 70 over the lowest CDAI since response",
        ),
        (
            {"relapse_definition": "above-220", "boundary": "inclusive"},
            "CDAI at or above 220 points, or fistula, abscess, obstruction or endoscopic activity",
        ),
        (
            {"relapse_definition": "custom", "relapse_above_points": 180.0, "landmark_week": 12},
            "CDAI above 180 points and a rise of more than 70 over the week-12 value, or fistula, abscess, "
            "obstruction or endoscopic activity",
        ),
        (
            {"relapse_definition": "custom", "relapse_rise_points": 0.0},
            "CDAI above 150 points, or fistula, abscess, obstruction or endoscopic activity",
        ),
        (
            {"relapse_definition": "rise-100", "boundary": "inclusive", "relapse_reference": "previous"},
            "CDAI at or above 150 points and a rise of at least 100 over the previous visit, or fistula, abscess, "
            "obstruction or endoscopic activity",
        ),
    ],
)
def test_the_relapse_rule_in_use(settings: dict[str, object], rule: str) -> None:
    assert relapse_rule(Settings(**settings)) == rule


@pytest.mark.parametrize("name", CHOICES)
def test_no_two_choices_of_a_setting_are_called_alike(name: str) -> None:
    words = ROWS[name].choices
    assert len(set(words.values())) == len(words) > 1


@pytest.mark.parametrize(
    ("n_events", "n_covariates", "words"),
    [
        (22, 7, "22 relapses for 7 covariates: 3.1 events per covariate, fewer than 5"),
        (34, 7, "4.9 events per covariate, fewer than 5"),
        (35, 7, "5.0 events per covariate, fewer than 10"),
        (69, 7, "9.9 events per covariate, fewer than 10"),
        (1, 1, "1 relapse for 1 covariate: 1.0 events per covariate"),
    ],
)
def test_few_events(n_events: int, n_covariates: int, words: str) -> None:
    assert words in few_events(n_events, n_covariates)


def test_enough_events_are_no_caution() -> None:
    assert few_events(70, 7) == ""
    assert model_cautions(SimpleNamespace(n_events=70, terms=(1,) * 7, cautions=())) == []


def test_the_screening_is_a_caution_wherever_there_is_a_model_and_a_screening() -> None:
    def told(model: object, screening_p: float) -> list[str]:
        found = cautions(
            model, ("WBC was measured in 3 of 98 patients: not a candidate.",), Settings(screening_p=screening_p)
        )
        return [one.kind for one in found]

    many = SimpleNamespace(n_events=70, terms=(1,) * 7, cautions=())
    assert told(many, 0.2) == ["screened", "no candidate"]
    assert told(many, 1) == ["no candidate"]
    assert told(NotEstimable("no event"), 0.2) == ["no model", "no candidate"]
    assert "a log-rank P below 0.15 in these same patients" in screening_caution(Settings(screening_p=0.15))


@pytest.mark.parametrize(
    ("cut", "kept", "said"),
    [
        (100, 101.9, "neither fits better"),
        (102, 100.1, "neither fits better"),
        (100, 102, "the cut fits better"),
        (102, 100, "the continuous marker fits better"),
    ],
)
def test_a_fit_is_better_from_an_aic_difference_of_2_on(cut: float, kept: float, said: str) -> None:
    assert said in nearer_fit(cut, kept)


def test_model_cautions_are_whole_sentences_said_once() -> None:
    told = (
        Caution("3.1 events per covariate, fewer than 10", FEW_EVENTS),
        Caution("age is not estimable: no one", UNKNOWN),
    )
    model = SimpleNamespace(n_events=22, terms=(1,) * 7, cautions=told)
    assert model_cautions(model) == [
        "Age is not estimable: no one.",
        "22 relapses for 7 covariates: 3.1 events per covariate, fewer than 5: the model is overfitted and its "
        "estimates should not be relied on.",
    ]
    assert model_cautions(NotEstimable("no event")) == ["No multivariable model: no event."]


@pytest.mark.parametrize(
    ("marker", "cutoff", "side", "origin"),
    [
        (CRP, 10.0, ">", "literature"),
        (CRP, 10.0, None, "literature"),
        (CRP, 10.0, ">=", "literature"),
        (CRP, 8.0, ">", "literature"),
        (CRP, 10.5, ">", "data-driven"),
        (TGN, 235.0, ">=", "literature"),
        (TGN, 260.0, ">", "literature"),
        (TGN, 240.0, ">=", "data-driven"),
        (MARKERS["esr"], 20.0, ">", "data-driven"),
        (MARKERS["esr"], 21.0, ">", "data-driven"),
    ],
)
def test_where_a_cutoff_comes_from(marker: object, cutoff: float, side: str | None, origin: str) -> None:
    assert cutoff_origin(marker, cutoff, side) == origin
    assert cutoff_stamp(marker, cutoff, side).startswith(f"**{origin}** · {marker.label} ")


def test_the_stamp_says_what_follows() -> None:
    assert "Osterman 2006" in cutoff_stamp(TGN, 260.0)
    assert "its P value is too small" in cutoff_stamp(CRP, 10.5)
    assert "CRP > 10.5 mg/L is no published cut-off that is known here" in cutoff_stamp(CRP, 10.5)
    assert "needs no correction" in cutoff_stamp(CRP, 10.5, ">", Lock(10.5, ">"))
    assert "ESR > 20 mm/h is the program's default: neither searched for nor set by anybody" in cutoff_stamp(
        MARKERS["esr"], 20.0
    )


def test_the_cohort_in_one_sentence() -> None:
    frame = pd.DataFrame({"patient_id": ["a", "b"]})
    read = SimpleNamespace(
        patients=frame, visits=frame[:1], excluded=(Exclusion("no id", 1),), synthetic=True, label="my_file.xlsx"
    )
    assert cohort_summary(read) == (
        r"my\_file.xlsx: 2 patients, 1 visit. Its patients are **synthetic**. "
        "2 patients are analysed. 1 patient is excluded: no id (1)."
    )


def test_faults_in_one_sentence() -> None:
    error, warning = Fault("p", 2, "crp", "x", "a number"), Fault("p", 2, "crp", "<5", "a number", "warning")
    assert faults_sentence([error]) == "1 fault: what is named here is left out."
    assert faults_sentence([error, error, warning], [Exclusion("duplicate id", 1)]) == (
        "2 faults: what is named here is left out; 1 warning: used, and said here; 1 patient left out (duplicate id)."
    )
    assert faults_sentence([]) == "No fault was found."
