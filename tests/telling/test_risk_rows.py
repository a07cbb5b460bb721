"""Under the curves: censored and events so far as a choice; patient-years and rates in the table; C under the model."""

from __future__ import annotations

import pytest

import cdanalysis as cd
from cdanalysis.drawing.kaplan_meier import LABELS_AT, TRACES_PER_GROUP
from cdanalysis.sections.models.words import concordance_note
from cdanalysis.sections.survival.figures import curves
from cdanalysis.sections.survival.tables import quantile_table
from cdanalysis.statistics.curves.curve_steps import counts_by

GROUPS = cd.Settings(survival_group="crp")


def test_every_patient_is_at_risk_censored_or_has_the_event() -> None:
    found = cd.analyses.survival(cd.demo_cohort(), GROUPS)
    last = float(found.kaplan_meier.curves[0].time.max())
    for curve in found.kaplan_meier.curves:
        at_risk, events, censored = counts_by(curve, (0.0, 12.0, 24.0, last + 1))
        assert (at_risk[0], at_risk[-1]) == (curve.n, 0)
        assert events[-1] + censored[-1] == curve.n
        assert all(n + had + left >= curve.n for n, had, left in zip(at_risk, events, censored, strict=True))


def test_the_rows_stand_under_the_curves_where_they_are_chosen() -> None:
    found = cd.analyses.survival(cd.demo_cohort(), GROUPS)
    choices = {"cumulative": False, "show_interval": True, "footer": ""}
    plain, rows = curves(found, "", **choices), curves(found, "", **choices, risk_rows="kmunicate")
    added = rows["data"][2 * TRACES_PER_GROUP :]
    assert len(plain["data"]) == 2 * TRACES_PER_GROUP
    assert [trace["text"][1] for trace in added] == ["18", "1", "17", "10"]  # censored, events; below, above
    ys = [trace["y"][0] for trace in rows["data"] if trace.get("mode") == "text"]
    labels = [rows["layout"]["annotations"][LABELS_AT + g]["y"] for g in (0, 1)]
    assert sorted([*ys, *labels]) == list(range(-7, 1))  # a line each, none over another
    assert rows["layout"]["height"] - plain["layout"]["height"] == 2 * 2 * 16
    assert rows["layout"]["yaxis2"]["range"] == [-7.5, 0.5]


def test_the_table_has_the_time_under_observation() -> None:
    found = cd.analyses.survival(cd.demo_cohort(), cd.Settings())
    (line,) = quantile_table(found, 0.95).to_dict("records")
    assert (line["Patient-years"], line["Per 100 patient-years (95% CI)"]) == ("207.4", "10.6 (6.6-16.1)")
    assert found.person_years[0] == pytest.approx(found.endpoint.patients["time_months"].sum() / 12)
    late = cd.analyses.survival(cd.demo_cohort(), cd.Settings(clock="late-entry"))
    assert late.person_years[0] == pytest.approx(found.person_years[0])  # the same time, counted from the start


def test_the_concordance_of_the_model_is_told_with_its_interval() -> None:
    found = cd.analyses.predictors(cd.demo_cohort(), cd.Settings())
    assert "0.82 (95% CI 0.73-0.90)" in concordance_note(found.multivariable, cd.Settings())
    nothing = cd.analyses.predictors(cd.demo_cohort(), cd.Settings(horizon_months=0.1))
    assert concordance_note(getattr(nothing, "multivariable", nothing), cd.Settings()) == ""
