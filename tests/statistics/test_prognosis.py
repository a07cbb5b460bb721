"""Splines, ridge and a model in other patients as R's; the saved model gives the same risks wherever it is read."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from math import exp, log
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import cdanalysis as cd
from cdanalysis.outcomes.endpoints import endpoint_of
from cdanalysis.results import NotEstimable
from cdanalysis.sections.blocks import Figure, Heading, Looked, Notice, Quote, Table
from cdanalysis.sections.prognosis.elsewhere.tables import validation_numbers, validation_table
from cdanalysis.sections.prognosis.elsewhere.words import cautions, elsewhere_sentence
from cdanalysis.sections.prognosis.model_terms import columns_of
from cdanalysis.sections.prognosis.section import section
from cdanalysis.sections.prognosis.tables import terms_table
from cdanalysis.sections.recall import direct
from cdanalysis.settings.as_text.saved_model import SavedModel, SavedTerm, as_text, canonical, from_text
from cdanalysis.statistics.checks.spline import basis, knots_of
from cdanalysis.statistics.cox.ridge import ridge
from cdanalysis.statistics.prediction.validation import validated
from cdanalysis.statistics.time_axis import Observed, observed
from cdanalysis.ui.report_page import model_file
from tests.facts.hostile import ROOT

R = json.loads((Path(__file__).parents[1] / "golden" / "reference_prognosis.json").read_text())
SETS = ("lung", "pbc")


def of(name: str) -> tuple[Observed, np.ndarray]:
    rows = pd.DataFrame(R[name]["rows"])
    return observed(rows["t"], rows["e"]), rows[["x1", "x2", "x3"]].to_numpy(float)


@pytest.mark.parametrize(("n_knots", "key"), [(3, "three"), (4, "four")])
@pytest.mark.parametrize("name", SETS)
def test_a_spline_s_knots_and_model_are_those_of_rms(name: str, n_knots: int, key: str) -> None:
    (data, x), wanted = of(name), R[name]["spline"][key]
    knots = knots_of(x[:, 0], n_knots)
    assert knots == pytest.approx(np.array(wanted["knots"]), abs=1e-12)
    found = cd.cox(data.time, data.event, pd.DataFrame(np.column_stack([basis(x[:, 0], knots), x[:, 1:]])))
    assert [term.coef for term in found.terms] == pytest.approx(wanted["coef"], rel=1e-8)
    assert [term.standard_error for term in found.terms] == pytest.approx(wanted["se"], rel=1e-8)
    assert found.log_likelihood == pytest.approx(wanted["loglik"], abs=1e-8)


@pytest.mark.parametrize("name", SETS)
def test_ridge_is_that_of_r_at_each_penalty(name: str) -> None:
    data, x = of(name)
    for wanted in R[name]["ridge"]:
        found = ridge(data, x, theta=wanted["theta"])
        assert found.coef == pytest.approx(np.array(wanted["coef"]), abs=1e-9)
        assert (found.df, found.log_likelihood) == pytest.approx((wanted["df"], wanted["loglik"]), abs=1e-8)
        assert found.aic == pytest.approx(2 * (wanted["loglik"] - wanted["null"]) - 2 * wanted["df"], abs=1e-7)


@pytest.mark.parametrize("name", SETS)
def test_the_chosen_penalty_has_the_largest_criterion(name: str) -> None:
    data, x = of(name)
    best = ridge(data, x)
    others = [ridge(data, x, theta=best.theta * factor).aic for factor in (0.01, 0.5, 0.9, 1.1, 2, 100)]
    assert best.aic > max(others)
    noise = np.random.default_rng(2).standard_normal((len(data), 6))
    shrunk, plain = ridge(data, noise), cd.cox(data.time, data.event, pd.DataFrame(noise))
    assert shrunk.df < 1.5
    assert np.abs(shrunk.coef).max() < max(abs(term.coef) for term in plain.terms) / 2


@pytest.mark.parametrize("name", SETS)
def test_a_model_in_other_patients_is_judged_as_r_judges_it(name: str) -> None:
    (data, x), wanted = of(name), R[name]
    other = np.arange(len(data)) % 2 == 1
    predictor, baseline = x[other] @ np.array(wanted["model"]["coef"]), exp(-wanted["model"]["H0"])
    found = validated(data[other], predictor, baseline, wanted["at"])
    z = 1.959963984540054
    assert found.slope.value == pytest.approx(wanted["slope"][0], abs=1e-8)
    assert (found.slope.upper - found.slope.lower) / 2 / z == pytest.approx(wanted["slope"][1], abs=1e-8)
    assert found.concordance.value == pytest.approx(wanted["C"][0], abs=1e-10)
    assert (found.concordance.upper - found.concordance.lower) / 2 / z == pytest.approx(wanted["C"][1], abs=1e-8)
    assert found.intercept.value == pytest.approx(log(wanted["hazard"] / wanted["model"]["H0"]), abs=1e-9)
    assert (found.intercept.upper - found.intercept.lower) / 2 / z == pytest.approx(wanted["hazard_se"], abs=1e-9)
    # R's basehaz of coxph with an offset is at the mean of the offset.
    assert wanted["basehaz"] / exp(wanted["mean_lp"]) == pytest.approx(wanted["hazard"], rel=1e-9)
    assert (found.scores.brier, found.scores.auc) == pytest.approx((wanted["brier"], wanted["auc"]), abs=1e-9)
    assert found.predicted == pytest.approx(np.mean(wanted["risk"]), abs=1e-12)
    assert found.ratio.value == pytest.approx(found.observed.value / np.mean(wanted["risk"]), rel=1e-12)
    assert found.ratio.lower < found.ratio.value < found.ratio.upper


def test_right_risks_have_slope_one_and_intercept_zero_and_wrong_ones_do_not() -> None:
    dice = np.random.default_rng(4)
    x = dice.standard_normal(4_000)
    time, end = dice.exponential(30 / np.exp(0.7 * x)), dice.uniform(10, 60, 4_000)
    data = observed(np.minimum(time, end), time <= end)
    right = validated(data, 0.7 * x, exp(-12 / 30), 12)
    assert right.slope.lower < 1 < right.slope.upper
    assert right.intercept.lower < 0 < right.intercept.upper
    assert right.predicted == pytest.approx(right.observed.value, abs=0.02)
    steep, low = validated(data, 1.4 * x, exp(-12 / 30), 12), validated(data, 0.7 * x, exp(-6 / 30), 12)
    assert (steep.slope.value, steep.slope_p) == (pytest.approx(0.5, abs=0.03), pytest.approx(0, abs=1e-9))
    assert low.intercept.value == pytest.approx(log(2), abs=0.08)
    assert right.ratio.lower < 1 < right.ratio.upper
    assert low.ratio.lower > 1.3  # the level was set too low: more is observed
    same = validated(data, np.zeros(len(data)), exp(-12 / 30), 12)
    assert "the same for everybody" in same.slope.reason


@cache
def cohort_of(n: int, seed: int, more: float = 0.0) -> cd.reading.Cohort:
    """Patients whose hazard bends with CRP, differs by location and after surgery; more: of all of them, on the log scale."""
    dice = np.random.default_rng(seed)
    crp, surgery, place = dice.gamma(2, 10, n).round(1), dice.integers(0, 2, n), dice.integers(0, 3, n)
    hazard = np.exp(more + 0.06 * np.minimum(crp, 20) + 0.5 * surgery + 0.3 * (place == 2)) / 90
    time, end = dice.exponential(1 / hazard), dice.uniform(20, 60, n)
    rows = [
        f"P{i},{min(time[i], end[i]):.4f},{int(time[i] <= end[i])},{crp[i]},{surgery[i]},L{1 + place[i]}"
        for i in range(n)
    ]
    text = "patient_id,relapse_months,relapse_event,crp,gi_surgery,disease_location\n" + "\n".join(rows)
    return cd.read_cohort(text.encode())


SETTINGS = cd.Settings(prognostic_candidates="crp,gi_surgery,location", at_months="12,24")


def test_a_saved_model_gives_the_same_risks_when_it_is_read_again() -> None:
    cohort = cohort_of(900, 1)
    found = cd.analyses.prognostic_model(cohort, SETTINGS)
    assert [one.kind for one in found.model.terms] == ["number", "binary", "level", "level"]
    assert len(found.model.terms[0].knots) == 3
    assert from_text(as_text(found.model)) == found.model
    again = cd.analyses.from_elsewhere(cohort, replace(SETTINGS, given_model=as_text(found.model)))
    assert again.found.concordance.value == pytest.approx(found.concordance.value, abs=1e-12)
    assert again.found.slope.value == pytest.approx(1, abs=1e-6)
    assert [one.predicted for one in again.found.calibration] == pytest.approx(
        [one.predicted for one in found.calibration], abs=1e-12
    )
    assert again.found.scores.brier == pytest.approx(found.scores[-1].brier, abs=1e-12)
    shown = terms_table(found)
    assert shown["Term"].tolist()[:2] == ["CRP, per mg/L", "CRP, per mg/L, bend 1"]
    assert len(shown) == found.n_terms == 5


def test_what_was_observed_has_the_interval_that_its_column_names() -> None:
    """Both tables said 90% CI over limits of 95%."""
    chosen = replace(SETTINGS, conf_level=0.9, km_interval="log")
    cohort = cohort_of(900, 1)
    found = cd.analyses.prognostic_model(cohort, chosen)
    again = cd.analyses.from_elsewhere(cohort, replace(chosen, given_model=as_text(found.model)))
    times = endpoint_of(cohort, chosen).patients
    at = (
        cd.kaplan_meier(times["time_months"], times["event"], at=(found.month,), interval="log", conf_level=0.9)
        .at[0]
        .survival
    )
    assert vars(again.found.observed) == pytest.approx(
        {"value": 1 - at.value, "lower": 1 - at.upper, "upper": 1 - at.lower}
    )
    wide = cd.analyses.prognostic_model(cohort, replace(chosen, conf_level=0.99))
    for narrow, one, other in zip(found.calibration, again.found.calibration, wide.calibration, strict=True):
        assert vars(narrow.observed) == pytest.approx(vars(one.observed))
        assert other.observed.lower < narrow.observed.lower < narrow.observed.upper < other.observed.upper


def test_in_other_patients_the_model_is_neither_fitted_anew_nor_given_other_knots() -> None:
    made, other = cohort_of(900, 1), cohort_of(700, 2, more=0.4)
    model = cd.analyses.prognostic_model(made, SETTINGS).model
    found = cd.analyses.from_elsewhere(other, replace(SETTINGS, given_model=as_text(model)))
    endpoint = endpoint_of(other, SETTINGS)
    patients = other.patients.set_index("patient_id").loc[list(endpoint.patient_ids)]
    crp = basis(patients["crp_mg_per_l"].to_numpy(float), np.array(model.terms[0].knots)) @ np.array(
        model.terms[0].coef
    )
    surgery = patients["gi_surgery"].to_numpy(float) * model.terms[1].coef[0]
    place = sum((patients["disease_location"] == one.value).to_numpy(float) * one.coef[0] for one in model.terms[2:])
    predictor = crp + surgery + place - model.centre
    times = endpoint.patients
    wanted = validated(observed(times["time_months"], times["event"]), predictor, model.baseline, model.months)
    assert vars(found.found.slope) == pytest.approx(vars(wanted.slope), rel=1e-9)
    assert found.found.intercept.value == pytest.approx(0.4, abs=0.15)  # as many more as were made
    assert found.found.predicted < found.found.observed.lower
    assert "nan" not in validation_table(found, 0.95).to_string()
    numbers = validation_numbers(found).set_index("measure")["value"]
    assert numbers["brier"] == found.found.scores.brier


def test_the_model_by_ridge_is_saved_with_the_baseline_of_its_own_coefficients() -> None:
    """Its mean risk is what was observed, as that of the fitted model is, and its differences are smaller."""
    cohort = cohort_of(900, 1)
    found = cd.analyses.prognostic_model(cohort, SETTINGS)
    saved = found.shrunk_model
    assert [value for one in saved.terms for value in one.coef] == pytest.approx(found.shrunk.coef.tolist())
    assert saved.penalty == found.shrunk.theta > 0 == found.model.penalty
    assert from_text(as_text(saved)) == saved
    again = cd.analyses.from_elsewhere(cohort, replace(SETTINGS, given_model=as_text(saved)))
    plain = cd.analyses.from_elsewhere(cohort, replace(SETTINGS, given_model=as_text(found.model)))
    assert again.found.intercept.value == pytest.approx(0, abs=1e-9)
    assert again.found.ratio.value == pytest.approx(1, abs=0.02)
    assert again.spread < plain.spread
    assert "model by ridge of 900 patients" in elsewhere_sentence(again, 0.95)
    assert "by ridge" not in elsewhere_sentence(plain, 0.95)


def test_a_study_file_with_the_model_applies_it_to_the_cohort_that_is_read_with_it() -> None:
    made, other = cohort_of(900, 1), cohort_of(700, 2)
    model = as_text(cd.analyses.prognostic_model(made, SETTINGS).model)
    study = cd.Study.from_json(made.study.chosen({**SETTINGS.to_query(), "given_model": model}).to_json())
    assert "P1," not in study.to_json()
    settings, dropped = cd.Settings.from_query(dict(study.choices))
    assert not dropped
    found = cd.analyses.from_elsewhere(other, settings)
    assert (found.found.n, found.same_file, found.unchecked) == (700, False, ())
    assert [one.unit for one in found.model.terms] == ["mg/L", "", "", ""]
    assert [one.kind for one in cautions(found)] == []
    own = cd.analyses.from_elsewhere(made, settings)
    assert own.same_file
    assert [one.kind for one in cautions(own)] == ["same patients"]


def test_a_unit_that_is_another_one_here_is_a_reason_and_one_that_is_not_named_is_said() -> None:
    term = SavedTerm("crp", "CRP", "number", "", (), (0.03,), "mg/dL")
    model = SavedModel("relapse", 36.0, 0.5, 0.8, 300, 90, (term,))
    found = cd.analyses.from_elsewhere(cohort_of(300, 3), cd.Settings(given_model=as_text(model)))
    assert "CRP is in mg/L in this file, in mg/dL in the model" in found.reason
    unnamed = model._replace(terms=(term._replace(unit=""),))
    found = cd.analyses.from_elsewhere(cohort_of(300, 3), cd.Settings(given_model=as_text(unnamed)))
    assert found.unchecked == ("CRP",)
    assert "names no unit of CRP" in str(next(cautions(found)))
    earlier = json.loads(as_text(unnamed))
    del earlier["penalty"], earlier["made_of"], earlier["terms"][0]["unit"]
    assert from_text(json.dumps(earlier)) == unnamed  # as it was saved before there were these


def test_what_the_file_has_not_or_has_otherwise_is_said() -> None:
    def told(*terms: SavedTerm, outcome: str = "relapse") -> object:
        model = SavedModel(outcome, 24.0, 0.0, 0.8, 200, 80, terms)
        return cd.analyses.from_elsewhere(cd.demo_cohort(), cd.Settings(given_model=as_text(model)))

    missing = told(SavedTerm("albumin", "Albumin, per g/L", "number", "", (), (0.1,)))
    assert "the file has no Albumin, per g/L" in missing.reason
    assert "is no number" in told(SavedTerm("sex", "Male sex", "number", "", (), (0.1,))).reason
    assert "is a number" in told(SavedTerm("age", "Age", "binary", "", (), (0.1,))).reason
    found = told(SavedTerm("crp", "CRP > 10", "cut", ">10.0", (), (1.5,)), outcome="surgery")
    said = " ".join(cautions(found))
    assert "The model predicts surgery, the outcome here is relapse." in said
    assert "22 events: at least 100 are wanted" in said
    crp = columns_of(cd.demo_cohort(), endpoint_of(cd.demo_cohort(), cd.Settings()).patient_ids, found.model.terms[0])
    assert crp.sum() == 57  # CRP > 10 mg/L in 57 of 98


GOOD = SavedModel(
    "relapse", 24.0, 0.1, 0.8, 200, 80, (SavedTerm("crp", "CRP", "number", "", (1.0, 5.0, 20.0), (0.1, -0.2)),)
)


@pytest.mark.parametrize(
    ("change", "why"),
    [({"baseline": 1.0}, "not between 0 and 1"), ({"months": 0}, "its month"), ({"terms": []}, "0 terms"),
     ({"centre": float("nan")}, "a number that is none"), ({"centre": None}, "lacks a part"),
     ({"kind": "other"}, "not of the kind"), ({"outcome": "x" * 300}, "lacks a part"),
     ({"n": float("nan")}, "lacks a part"), ({"n": 10}, "fewer patients than events")],
)  # fmt: skip
def test_a_model_that_is_none_is_refused_in_a_sentence(change: dict[str, object], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        from_text(json.dumps({**json.loads(as_text(GOOD)), **change}))


@pytest.mark.parametrize(
    ("term", "why"),
    [({"coef": [0.1]}, "has 1 coefficients, expected 2"), ({"knots": [5.0, 1.0, 20.0]}, "knots do not rise"),
     ({"kind": "formula"}, "of no known kind"), ({"knots": [1.0, 2.0], "coef": [0.1]}, "knots do not rise"),
     ({"coef": [1e7, 0.0]}, "none beyond 1e6"), ({"code": 3}, "lacks a part")],
)  # fmt: skip
def test_a_term_that_is_none_is_refused_in_a_sentence(term: dict[str, object], why: str) -> None:
    held = json.loads(as_text(GOOD))
    held["terms"][0].update(term)
    with pytest.raises(ValueError, match=why):
        from_text(json.dumps(held))


def test_a_model_travels_in_the_link_and_no_other_text_does() -> None:
    settings = cd.Settings(given_model=as_text(GOOD))
    assert cd.Settings.from_query(settings.to_query()) == (settings, ())
    assert canonical(json.dumps(json.loads(as_text(GOOD)), indent=2)) == as_text(GOOD)
    assert canonical(" ") == ""
    dropped = cd.Settings.from_query({"given_model": "{" * 5_000})
    assert dropped[0] == cd.Settings()


def test_the_section_says_what_would_be_needed_and_counts_the_look() -> None:
    blocks = list(section(cd.demo_cohort(), cd.Settings()))
    assert isinstance(blocks[0], Looked)
    assert blocks[0].page == "Prognostic model"
    assert isinstance(blocks[1], Notice)
    assert "needed are 805 patients with about 181 relapses" in blocks[1].text
    assert [one.text for one in blocks if isinstance(one, Heading)][-1] == "Shrunken"
    assert any("leaves 5.0 of 11 degrees of freedom" in one.text for one in blocks if isinstance(one, Quote))
    given = list(section(cd.demo_cohort(), cd.Settings(given_model=as_text(GOOD))))
    assert [one.id for one in given if isinstance(one, Figure)][-1] == "validation-calibration"
    assert [one.id for one in given if isinstance(one, Table)][-2:] == ["validation", "validation-calibration"]


def test_the_page_takes_a_model_refuses_another_text_and_forgets_it() -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app = app.switch_page("pages/prognosis.py").run()
    assert not app.exception
    assert "A model as a file" in [one.value for one in app.header]
    app.text_input(key="setting-given_model").set_value("not a model").run()
    assert any("The model is no JSON" in one.value for one in app.warning)
    app.text_input(key="setting-given_model").set_value(as_text(GOOD)).run()
    assert not app.exception
    assert "A model from elsewhere in these patients" in [one.value for one in app.header]
    app.button(key="forget-model").click().run()
    assert app.session_state["settings"].given_model == ""


def test_a_large_cohort_s_model_is_offered_as_a_file() -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.session_state["cohort"] = cohort_of(900, 1)
    app.session_state["settings"] = SETTINGS
    app = app.switch_page("pages/prognosis.py").run()
    assert not app.exception
    offered = [one.proto.label for one in app.get("download_button")]
    assert {"Save the model", "Save the study file with it"} <= set(offered)
    app.get("button_group")[-1].set_value("By ridge").run()
    assert not app.exception
    assert "Save the model" in [one.proto.label for one in app.get("download_button")]


def test_no_outcome_and_no_covariate_are_reasons() -> None:
    assert isinstance(cd.analyses.prognostic_model(cd.demo_cohort(), cd.Settings(outcome="abscess")), NotEstimable)
    none = cd.analyses.prognostic_model(cd.demo_cohort(), cd.Settings(screening_p=0.01, candidates="sex"))
    assert "choose the covariates" in none.reason


def test_a_bundle_gets_the_model_of_a_cohort_that_is_large_enough_and_of_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(model_file, "recall", direct)
    text = model_file.saved(cohort_of(900, 1), SETTINGS)
    assert from_text(text) == cd.analyses.prognostic_model(cohort_of(900, 1), SETTINGS).model
    assert model_file.saved(cd.demo_cohort(), cd.Settings()) == ""
    assert model_file.saved(cd.demo_cohort(), cd.Settings(outcome="abscess")) == ""
