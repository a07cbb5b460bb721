"""What the checks say and draw: headers of a file stay harmless, degenerate answers are sentences, numbers keep their form."""

from __future__ import annotations

import json
from math import inf, nan

import numpy as np
import plotly.graph_objects as go
import pytest

import cdanalysis as cd
from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.sections.predictors.continuous import words as form_words
from cdanalysis.sections.predictors.continuous.analysis import marker_form
from cdanalysis.sections.predictors.continuous.figures import martingale_figure, spline_figure
from cdanalysis.sections.predictors.continuous.tables import forms_table
from cdanalysis.sections.predictors.proportional_hazards import words as hazard_words
from cdanalysis.sections.predictors.proportional_hazards.analysis import (
    changing_hazard,
    log_log_curves,
    proportionality,
)
from cdanalysis.sections.predictors.proportional_hazards.figures import log_log_figure, residuals_figure
from cdanalysis.sections.predictors.proportional_hazards.tables import proportionality_table, split_table
from cdanalysis.sections.predictors.robustness import words as words
from cdanalysis.sections.predictors.robustness.analysis import robustness
from cdanalysis.sections.predictors.robustness.figures import left_out_figure
from cdanalysis.sections.predictors.robustness.tables import bootstrap_table, left_out_table
from cdanalysis.settings.as_text.codes import joined
from cdanalysis.statistics.checks.influence import Bootstrap
from cdanalysis.statistics.checks.robustness import TippingPoint

HOSTILE = "<b onload=x>{y}</b>"
CSV = f"patient_id,crp_mg_per_l,relapse_months,relapse_event,{HOSTILE}\n" + "\n".join(
    f"P{i},{3 + i % 17},{5 + i},{int(i % 3 != 0)},{'a<i>' if i % 2 else 'b'}" for i in range(60)
)
SETTINGS = cd.Settings(candidates=joined(("crp", HOSTILE)), screening_p=1.0)


@pytest.fixture(scope="module")
def found() -> cd.analyses.Predictors:
    """The predictors of a file with a hostile header and category."""
    return cd.analyses.predictors(cd.read_cohort(CSV.encode(), file_name="a.csv"), SETTINGS)


def test_no_figure_holds_a_tag_of_the_file(found: cd.analyses.Predictors) -> None:
    checked = proportionality(found, SETTINGS, "km")
    term, code = checked.terms[1]
    assert "<b" in term
    shaken = robustness(found, SETTINGS, term)
    drawn = [
        residuals_figure(checked, 1, ""),
        log_log_figure(log_log_curves(found, SETTINGS, code), "", ""),
        left_out_figure(shaken, ""),
    ]
    for figure in drawn:
        text = json.dumps(figure)
        assert "<b" not in text
        assert "<i>" not in text
        assert "NaN" not in text
        go.Figure(figure)


def test_no_figure_holds_a_patients_name(found: cd.analyses.Predictors) -> None:
    shaken = robustness(found, SETTINGS, found.multivariable.terms[0].name)
    assert shaken.left_out[0].patient_id.startswith("P")
    assert '"P' not in json.dumps(left_out_figure(shaken, "")).replace('"Patients', "")
    assert len(left_out_table(shaken)) == 6


def test_each_table_says_what_its_numbers_are(found: cd.analyses.Predictors) -> None:
    checked = proportionality(found, SETTINGS, "rank")
    table = proportionality_table(checked)
    assert table["Factor"].tolist() == [*checked.labels, "All together (GLOBAL)"]
    assert table["df"].tolist() == [1, 1, 2]
    split = changing_hazard(found, SETTINGS, checked.terms[0][0], 30.0).split
    assert split_table(split, 0.9, "relapse").columns.tolist() == ["Time", "Relapses", "HR (90% CI)", "P"]


def test_a_log_log_curve_has_no_point_without_a_logarithm(found: cd.analyses.Predictors) -> None:
    curves = log_log_curves(found, SETTINGS, "crp")
    below, above = log_log_figure(curves, "", "")["data"]
    assert below["name"].startswith("CRP \u2264")
    for trace, curve in ((below, curves[0]), (above, curves[1])):
        s = curve.survival[np.isin(curve.time, trace["x"])]
        assert trace["y"] == pytest.approx(np.log(-np.log(s)).tolist())
        assert len(trace["x"]) == ((curve.n_events > 0) & (curve.survival > 0)).sum()


def test_the_spline_is_drawn_in_the_markers_unit_and_is_1_at_the_reference() -> None:
    cohort = cd.demo_cohort()
    settings = cd.Settings()
    found = cd.analyses.predictors(cohort, settings)
    for code in ("crp", "tgn"):
        form = marker_form(cohort, settings, found, code)
        line = spline_figure(form, "")["data"][2]
        assert form.reference == pytest.approx(np.median(form.values), rel=0.05)
        nearest = int(np.argmin(np.abs(np.array(line["x"]) - form.reference)))
        assert line["y"][nearest] == pytest.approx(1, abs=0.12)
        assert (min(line["x"]), max(line["x"])) == pytest.approx((form.values.min(), form.values.max()))
        shapes = spline_figure(form, "")["layout"]["shapes"]
        assert shapes[1]["x0"] == settings.cutoff(code).value
        assert len(martingale_figure(form, "")["data"]) == 4
        assert forms_table(form)["Explained variation (R²D)"].str.endswith("%").all()
    assert form_words.form_name(form, "line") == "straight, per 50 pmol/8\u00d710\u2078 RBC"


def test_alternative_texts_carry_the_figures_numbers() -> None:
    cohort, settings = cd.demo_cohort(), cd.Settings()
    found = cd.analyses.predictors(cohort, settings)
    checked = proportionality(found, settings, "km")
    told = hazard_words.residuals_alt(checked, 0)
    assert told.startswith(
        "Scaled Schoenfeld residuals of CRP > 10 mg/L at 22 relapses; HR 4.72 in the model; the smooth goes"
    )
    assert f"to {np.exp(checked.smooths[0].value[-1]):.2f}." in told
    curves = log_log_curves(found, settings, "crp")
    assert (
        f"{curves[0].group}: {curves[0].n} patients, {curves[0].n_events_total} relapses"
        in hazard_words.log_log_alt(curves, "relapse")
    )
    form = marker_form(cohort, settings, found, "tgn")
    first = f"{np.exp(form.form.curve.log_ratio[0]):.2f} at {form.values.min():.3g}"
    assert first in form_words.spline_alt(form)
    assert f"{form.form.smooth.value[-1]:.2f} at {form.values.max():.3g} pmol" in form_words.martingale_alt(form)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (TippingPoint(9, 2, (0.01, 0.03, 0.07), (3, 2.5, 2), (0.5, 0.3), 0.05),
         "A: the result stops being significant once 2 of 9 censored had relapsed (observed HR 3.00, P = 0.010, then HR 2.00, "
         "P = 0.070). Changing them moves the HR past 1 to the other side; had all 9 relapsed: HR 0.50, P = 0.300."),
        (TippingPoint(9, 1, (0.2, 0.03), (1.5, 1.9), (4, 0.001), 0.05),
         "A: the result becomes significant once 1 of 9 censored had relapsed (observed HR 1.50, P = 0.200, then HR 1.90, "
         "P = 0.030). Changing them moves the HR away from 1; had all 9 relapsed: HR 4.00, P = 0.001."),
        (TippingPoint(2, None, (0.01, 0.02, 0.03), (0.3, 0.35, 0.4), (0.4, 0.03), 0.05),
         "A: the result never stops being significant, even if all 2 censored had relapsed (observed HR 0.30, P = 0.010). "
         "Changing them moves the HR towards 1; had all 2 relapsed: HR 0.40, P = 0.030."),
        (TippingPoint(9, None, (0.2, 0.3, 0.4), (2, 2, 2), (nan, nan), 0.05),
         "A: the result never becomes significant, even if the 2 censored first had relapsed (observed HR 2.00, P = 0.200). "
         "Changing every one leaves no estimate; had all 9 relapsed: no estimate."),
        (TippingPoint(0, None, (0.2,), (2,), None, 0.05), "A: nobody was censored (observed HR 2.00, P = 0.200)."),
        (NotEstimable("it has no estimate as observed"), "Censored of A: it has no estimate as observed."),
    ],
)  # fmt: skip
def test_every_tipping_point_is_a_sentence(given: TippingPoint | NotEstimable, said: str, found: object) -> None:
    shaken = robustness(found, SETTINGS, found.multivariable.terms[0].name)
    told = words.tipping_sentences(type(shaken)(**{**vars(shaken), "tipping": (("A", given),)}))
    assert told == [said]
    assert "number" in words.tipping_sentences(type(shaken)(**{**vars(shaken), "tipping": ()}))[0]


def test_an_open_limit_is_said_and_endless_draws_are_counted(found: cd.analyses.Predictors) -> None:
    drawn = Bootstrap(Estimate(3.0, 1.1, nan), NotEstimable("no"), np.array([1.0, 2.0, inf]), 4)
    table = bootstrap_table(drawn, found.multivariable.terms[0], 0.95)
    assert table.loc[1, ["Lower", "Upper"]].tolist() == ["1.10", "not bounded"]
    assert table.loc[2, "Lower"] == "not estimable: no"
    told = words.bootstrap_sentence(drawn, "A")
    assert "3 draws, 1 of them" in told
    assert "4 more say nothing" in told


def test_a_change_that_cannot_be_tested_is_said(found: cd.analyses.Predictors) -> None:
    late = changing_hazard(found, SETTINGS, found.multivariable.terms[0].name, 500.0)
    assert "cannot be split there: no event after 500" in hazard_words.change_sentence(late)
    alone = cd.Settings(candidates="crp", screening_p=1.0)
    only = cd.analyses.predictors(cd.read_cohort(CSV.encode(), file_name="a.csv"), alone)
    changed = changing_hazard(only, alone, only.multivariable.terms[0].name, 20.0)
    assert "the model has no other term" in hazard_words.stratified_sentence(changed)
