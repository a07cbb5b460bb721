"""Equal to R's survival on real data: curves, intervals, number at risk, tests, Cox models (tests/golden/README.md)."""

from __future__ import annotations

import json
from math import isnan
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from statistics_data import column, data

from cdanalysis.results import NotEstimable
from cdanalysis.statistics.cox.cox import cox, cox_models
from cdanalysis.statistics.cox.cox_batch import cox_batch
from cdanalysis.statistics.curves.kaplan_meier import kaplan_meier
from cdanalysis.statistics.curves.logrank import logrank
from cdanalysis.statistics.time_axis import observed

GOLDEN = Path(__file__).parents[1] / "golden"
R = json.loads((GOLDEN / "reference.json").read_text())["results"]
SETS = ("leukemia6mp", "aml", "lung", "veteran", "cgd_first", "pbc")
SPLITS = {"age_ge65": ("age", ">=", 65), "age_gt65": ("age", ">", 65), "karno_ge60": ("karno", ">=", 60),
          "bili_gt2": ("bili", ">", 2), "ecog": ("ph_ecog", "", 0), "hos": ("hos_cat", "", 0)}  # fmt: skip


def grouping(frame: pd.DataFrame, name: str) -> pd.Series | None:
    """The groups of a golden entry under R's labels; None for one curve."""
    if name.startswith("overall"):
        return None
    column, sign, cutoff = SPLITS.get(name, (name, "", 0))
    if not sign:
        values = frame[column]
        return values if values.dtype == object else values.map(lambda v: None if pd.isna(v) else f"{v:g}")
    above = frame[column] > cutoff if sign == ">" else frame[column] >= cutoff
    below = "<=" if sign == ">" else "<"
    return above.map({True: f"{sign}{cutoff}", False: f"{below}{cutoff}"})


def entries(prefix: str) -> list[tuple[str, str]]:
    """Every golden entry of a kind."""
    return [(name, key) for name in SETS for key in R[name] if key.startswith(prefix)]


@pytest.mark.parametrize("interval", ["log-log", "log", "plain"])
@pytest.mark.parametrize(("name", "key"), entries("km_"))
def test_curves_intervals_and_number_at_risk(name: str, key: str, interval: str) -> None:
    frame, time, event = data(name)
    groups = grouping(frame, key.removeprefix("km_").removeprefix("by_"))
    value = R[name][key]["value"]
    expected = {"": value} if groups is None else value
    at = next(iter(expected.values()))["times"]
    result = kaplan_meier(time, event, groups, interval=interval, at=at)
    assert {str(curve.group) for curve in result.curves} == set(expected)
    for curve in result.curves:
        wanted = expected[str(curve.group)]
        found = [one for one in result.at if one.group == curve.group]
        band = wanted["conf"][interval]
        assert [one.n_at_risk for one in found] == wanted["n_risk"]
        assert [one.survival.value for one in found] == pytest.approx(wanted["surv"], abs=1e-9)
        for one, lower, upper in zip(found, band["lower"], band["upper"], strict=True):
            if lower is not None and 0 < one.survival.value < 1:
                assert (one.survival.lower, one.survival.upper) == pytest.approx((lower, upper), abs=1e-9)
        median = band["median_print"]
        for ours, theirs in zip(
            (curve.median.value, curve.median.lower, curve.median.upper),
            (median["est"], median["lower"], median["upper"]),
            strict=True,
        ):
            assert isnan(ours) if theirs is None else ours == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize(("name", "key"), [pair for pair in entries("logrank_") if "stratified" not in pair[1]])
def test_logrank(name: str, key: str) -> None:
    frame, time, event = data(name)
    groups = grouping(frame, key.removeprefix("logrank_"))
    wanted = R[name][key]["value"]
    test = logrank(time, event, groups)
    assert test.statistic == pytest.approx(wanted["logrank"]["chisq"], rel=1e-9)
    assert test.p_value == pytest.approx(wanted["logrank"]["p"], rel=1e-8)
    assert sorted(test.expected) == pytest.approx(sorted(wanted["expected"]), rel=1e-9)
    weighted = {
        "breslow": "gehan_breslow_SPSS_Breslow",
        "tarone-ware": "tarone_ware_SPSS",
        "peto": "peto_prentice_modified_S",
    }
    for ours, theirs in weighted.items():
        if theirs in wanted.get("weighted_hypergeometric", {}):
            chisq = wanted["weighted_hypergeometric"][theirs]["chisq"]
            assert logrank(time, event, groups, weighting=ours).statistic == pytest.approx(chisq, rel=1e-9)


def test_stratified_logrank_and_cox() -> None:
    frame, time, event = data("lung")
    kept = frame["inst"].notna().to_numpy()
    test = logrank(time[kept], event[kept], frame["sex"][kept], strata=frame["inst"][kept])
    wanted = R["lung"]["logrank_sex_stratified_inst"]["value"]
    assert (test.statistic, test.p_value) == pytest.approx((wanted["chisq"], wanted["p"]), rel=1e-9)
    kept = frame["ph_ecog"].notna().to_numpy()
    columns = pd.DataFrame({"age": frame["age"], "sexfemale": (frame["sex"] == "female").astype(float)})[kept]
    model = cox(time[kept], event[kept], columns, strata=frame["ph_ecog"][kept])
    same_model(model, R["lung"]["cox_stratified"]["value"])


def same_model(model: Any, wanted: dict[str, Any]) -> None:
    """Coefficients and standard errors as R's stored answers (its own stopping rule is 1e-9 of the log-likelihood)."""
    assert not isinstance(model, NotEstimable)
    assert [term.coef for term in model.terms] == pytest.approx(list(wanted["coef"].values()), abs=1e-6)
    assert [term.standard_error for term in model.terms] == pytest.approx(list(wanted["se"].values()), abs=1e-6)


MODELS = [
    pair
    for pair in entries("cox_")
    if pair[1] not in ("cox_stratified", "cox_exact", "cox_efron_reversed_reference")
    and all(column(data(pair[0])[0], term) is not None for term in R[pair[0]][pair[1]]["value"]["coef"])
]


def test_most_of_the_models_are_among_those_compared() -> None:
    assert len(MODELS) >= 50


@pytest.mark.parametrize(("name", "key"), MODELS)
def test_cox(name: str, key: str) -> None:
    frame, time, event = data(name)
    wanted = R[name][key]["value"]
    columns = pd.DataFrame({term: column(frame, term) for term in wanted["coef"]})
    model = cox(time, event, columns, ties=key.rsplit("_", 1)[1])
    same_model(model, wanted)
    assert (model.n, model.n_events, model.n_dropped) == (wanted["n"], wanted["nevent"], wanted["n_dropped_missing"])
    assert (model.log_likelihood_null, model.log_likelihood) == pytest.approx(
        (wanted["loglik_null"], wanted["loglik"]), abs=1e-6
    )
    for ours, theirs in ((model.likelihood_ratio, "lr_test"), (model.score, "score_test"), (model.wald, "wald_test")):
        assert (ours.statistic, ours.df) == pytest.approx((wanted[theirs]["chisq"], wanted[theirs]["df"]), rel=1e-6)
    assert model.concordance == pytest.approx(wanted["concordance"]["c"], abs=1e-9)
    if len(wanted["coef"]) == 1:
        two = np.column_stack([columns, np.arange(len(time)) % 2])
        models = [(list(columns), columns.to_numpy(float)), (["x", "parity"], two)]
        alone, beside = cox_models(observed(time, event), models, ties=key.rsplit("_", 1)[1])
        assert alone.terms[0].coef == pytest.approx(model.terms[0].coef, abs=1e-12)
        assert [term.name for term in beside.terms] == ["x", "parity"]
        assert alone.likelihood_ratio.df == 1


WEIGHTED = {  # coxph(Surv(time_days, event) ~ age + I(sex == "female"), lung, weights = id %% 4 + 1), eps 1e-12
    "efron": ([0.0223373403352513, -0.4240877596738643], [0.00602610588953976, 0.10427174225909742], -2249.70884381644),
    "breslow": (
        [0.0222872108281881, -0.4236399861635254],
        [0.00602513233901038, 0.10427455298556509],
        -2250.30882994261,
    ),
}


@pytest.mark.parametrize("ties", WEIGHTED)
def test_case_weights(ties: str) -> None:
    frame, time, event = data("lung")
    design = np.column_stack([frame["age"], frame["sex"] == "female"]).astype(float)
    weights = frame["id"].to_numpy() % 4 + 1
    found = cox_batch(time, event, design[None], ties=ties, weights=weights)
    coef, error, log_likelihood = WEIGHTED[ties]
    assert found.coef[0] == pytest.approx(coef, abs=1e-8)
    assert found.standard_error[0] == pytest.approx(error, abs=1e-8)
    assert found.log_likelihood[0] == pytest.approx(log_likelihood, abs=1e-8)


def test_a_weight_of_0_leaves_out_and_a_count_repeats() -> None:
    frame, time, event = data("lung")
    design = frame[["age"]].to_numpy(float)
    counts = frame["id"].to_numpy() % 4
    rows = np.repeat(np.arange(len(frame)), counts)
    found = cox_batch(
        time, event, np.stack([design, design]), ties="breslow", weights=np.stack([counts, counts * 0 + 1])
    )
    repeated = cox_batch(time[rows], event[rows], design[rows][None], ties="breslow")
    plain = cox_batch(time, event, design[None], ties="breslow")
    assert found.coef[:, 0] == pytest.approx([repeated.coef[0, 0], plain.coef[0, 0]], abs=1e-9)
    assert found.standard_error[:, 0] == pytest.approx(
        [repeated.standard_error[0, 0], plain.standard_error[0, 0]], abs=1e-9
    )
