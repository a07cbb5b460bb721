"""Cox models that were refused or pooled wrongly once, against R: robust errors, missing strata and clusters, splines of a
marker at its detection limit, near-equal covariates, terms that separate only together, a unit too large; weighted log-rank."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest
from statistics_data import GOLDEN, data

import cdanalysis as cd
from cdanalysis.results import NotEstimable
from cdanalysis.statistics.checks.spline import basis, knots_of
from cdanalysis.statistics.cox.cox import cox
from cdanalysis.statistics.cox.cox_batch import cox_batch
from cdanalysis.statistics.cox.cox_result import CoxResult
from cdanalysis.statistics.curves.logrank import LogRank, logrank

R = json.loads((GOLDEN / "reference_cox_checks.json").read_text())
TIES = ("efron", "breslow")


def equal_to_r(model: CoxResult | NotEstimable, wanted: dict[str, Any], rel: float = 1e-8) -> None:
    """Every number of a model that R prints."""
    assert isinstance(model, CoxResult)
    assert [term.coef for term in model.terms] == pytest.approx(np.atleast_1d(wanted["coef"]), rel=rel)
    assert [term.standard_error for term in model.terms] == pytest.approx(np.atleast_1d(wanted["se"]), rel=rel)
    assert (model.log_likelihood_null, model.log_likelihood) == pytest.approx(wanted["loglik"], rel=1e-12)
    assert (model.n, model.n_events) == (wanted["n"], wanted["n_events"])
    assert model.wald.statistic == pytest.approx(wanted["wald"], rel=rel)
    assert model.wald.p_value == pytest.approx(wanted["wald_p"], rel=10 * rel)
    assert model.score.statistic == pytest.approx(wanted["score"], rel=1e-7)
    assert model.likelihood_ratio.statistic == pytest.approx(wanted["likelihood_ratio"], rel=1e-9)
    assert model.concordance == pytest.approx(wanted["concordance"], abs=1e-10)
    if "robust_score" in wanted:
        assert model.robust_score is not None
        assert model.robust_score.statistic == pytest.approx(wanted["robust_score"], rel=rel)
        assert model.robust_score.p_value == pytest.approx(wanted["robust_score_p"], rel=10 * rel)


def cgd() -> tuple[pd.DataFrame, dict[str, np.ndarray]]:
    """Start-stop rows of 128 patients with up to seven infections each."""
    frame = pd.read_csv(GOLDEN / "datasets" / "cgd.csv")
    return frame, {"time": frame["tstop"].to_numpy(), "event": frame["status"].to_numpy(), "entry": frame["tstart"]}


@pytest.mark.parametrize("ties", TIES)
def test_start_stop_rows_with_the_patient_as_cluster(ties: str) -> None:
    frame, rows = cgd()
    model = cox(**rows, covariates=frame[["treat", "age", "steroids"]], ties=ties, cluster=frame["id"])
    equal_to_r(model, R["cgd_patient"][ties])
    assert (model.n_clusters, model.n_dropped) == (128, 0)
    strata = cox(**rows, covariates=frame[["treat", "age"]], ties=ties, cluster=frame["id"], strata=frame["steroids"])
    equal_to_r(strata, R["cgd_patient_strata"][ties])


@pytest.mark.parametrize("ties", TIES)
def test_few_clusters_are_said(ties: str) -> None:
    frame, rows = cgd()
    model = cox(**rows, covariates=frame[["treat", "age"]], ties=ties, cluster=frame["center"])
    equal_to_r(model, R["cgd_centre"][ties])
    assert any("13 clusters" in caution for caution in model.cautions)


@pytest.mark.parametrize("ties", TIES)
def test_a_missing_cluster_or_stratum_is_left_out_and_counted(ties: str) -> None:
    frame, time, event = data("lung")
    x = pd.DataFrame({"age": frame["age"], "male": frame["sex"] == "male"})
    by_institution = cox(time, event, x, ties=ties, cluster=frame["inst"])
    equal_to_r(by_institution, R["lung_institution"][ties])
    assert by_institution.n_dropped == 1
    by_ecog = cox(time, event, x, ties=ties, strata=frame["ph_ecog"])
    equal_to_r(by_ecog, R["lung_strata"][ties])
    assert by_ecog.n_dropped == 1
    both = cox(time, event, x.assign(age=x["age"].where(x["age"] > 40)), strata=frame["ph_ecog"], cluster=frame["inst"])
    assert both.n_dropped == int((frame["ph_ecog"].isna() | frame["inst"].isna() | ~(frame["age"] > 40)).sum())


def test_nobody_with_a_known_stratum_leaves_nobody() -> None:
    found = cox([1, 2, 3], [1, 1, 0], pd.DataFrame({"x": [0.0, 1, 0]}), strata=[None, None, None])
    assert isinstance(found, NotEstimable)
    with pytest.raises(ValueError, match="strata has 2 values, expected 3"):
        cox([1, 2, 3], [1, 1, 0], pd.DataFrame({"x": [0.0, 1, 0]}), strata=[1, 2])
    with pytest.raises(ValueError, match="covariates has 2 rows, expected 3"):
        cox([1, 2, 3], [1, 1, 0], pd.DataFrame({"x": [0.0, 1]}))


@pytest.mark.parametrize("name", ["pbc", "veteran"])
def test_a_spline_of_a_marker_at_its_detection_limit_is_fitted(name: str) -> None:
    """A third of the values are the same: the knots lie close, and two columns say nearly the same."""
    frame, time, event = data(name)
    values = frame["bili"] if name == "pbc" else frame["karno"] + frame["age"] / 10
    x = np.log2(np.maximum(values, np.quantile(values, 1 / 3)).to_numpy(float))
    knots = knots_of(x)
    assert not isinstance(knots, NotEstimable)
    columns = pd.DataFrame(basis(x, knots), columns=["x", "bend 1", "bend 2"])
    assert columns.sum().tolist() == pytest.approx(R["limit"][name]["basis_sum"], rel=1e-10)
    equal_to_r(cox(time, event, columns), R["limit"][name], rel=1e-6)


@pytest.mark.parametrize("name", ["lung", "veteran"])
def test_near_equal_covariates_have_estimates(name: str) -> None:
    frame, time, event = data(name)
    age = frame["age"].to_numpy(float)
    near = age + (np.arange(1, len(age) + 1) % 7 - 3) * 1e-3
    equal_to_r(cox(time, event, pd.DataFrame({"age": age, "near": near})), R["near"][name], rel=1e-6)


def test_terms_that_separate_only_together_are_both_infinite() -> None:
    given = R["together"]
    columns = pd.DataFrame({name: given[key] for name, key in (("one", "x1"), ("other", "x2"), ("third", "w"))})
    model = cox(given["time"], given["event"], columns)
    assert [isinstance(term.hazard_ratio, NotEstimable) for term in model.terms] == [True, True, False]
    assert (
        model.terms[0].hazard_ratio.reason
        == "one, alone or with other, separates the patients with an event from the others"
    )
    assert model.log_likelihood == pytest.approx(given["loglik"], abs=1e-9)
    assert model.terms[2].coef == pytest.approx(given["third"], rel=1e-7)
    assert model.terms[2].standard_error == pytest.approx(given["third_se"], rel=1e-7)
    for name in ("one", "other"):
        alone = cox(given["time"], given["event"], columns[[name]])
        assert isinstance(alone, CoxResult)
    batch = cox_batch(given["time"], given["event"], columns.to_numpy()[None])
    assert batch.estimable.tolist() == [[False, False, True]]


def test_a_unit_too_large_for_its_values_keeps_its_coefficient_and_is_said() -> None:
    frame, time, event = data("veteran")
    columns = pd.DataFrame({"karno": frame["karno"] * 1e-4, "age": frame["age"]})
    equal_to_r(cox(time, event, columns), R["unit"]["veteran"], rel=1e-7)
    further = cox(time, event, columns.assign(karno=columns["karno"] * 1e-3))
    assert further.terms[0].coef == pytest.approx(1000 * R["unit"]["veteran"]["coef"][0], rel=1e-7)
    assert further.terms[0].p_value == pytest.approx(cox(time, event, columns).terms[0].p_value, rel=1e-7)
    assert 0 < further.terms[0].hazard_ratio.lower <= further.terms[0].hazard_ratio.upper < 1e-200
    assert any("karno" in caution and "unit" in caution for caution in further.cautions)
    rising = cox(time, event, -columns * [1e-3, 1]).terms[0].hazard_ratio
    assert np.isfinite(rising.upper)


@pytest.mark.parametrize(("name", "group", "strata"), [("lung", "sex", "ph_ecog"), ("veteran", "trt", "celltype")])
def test_fleming_harrington_weights(name: str, group: str, strata: str) -> None:
    frame, time, event = data(name)
    groups, parts = frame[group], frame[strata].fillna(9)
    wanted = R["weighted"][name]

    def statistic(p: float, q: float, strata: pd.Series | None = None) -> float:
        test = logrank(time, event, groups, weighting=("fleming-harrington", p, q), strata=strata)
        assert isinstance(test, LogRank)
        return test.statistic

    assert statistic(1, 0) == pytest.approx(wanted["survdiff_rho_1"], rel=1e-10)
    assert statistic(0.5, 0) == pytest.approx(wanted["survdiff_rho_half"], rel=1e-10)
    assert statistic(1, 0, parts) == pytest.approx(wanted["survdiff_rho_1_strata"], rel=1e-10)
    for one in wanted["fh"]:
        assert statistic(one["p"], one["q"]) == pytest.approx(one["chisq"], rel=1e-10)
        assert statistic(one["p"], one["q"], parts) == pytest.approx(one["strata"], rel=1e-10)
    assert statistic(0, 0) == pytest.approx(cd.logrank(time, event, groups).statistic, rel=1e-12)


@pytest.mark.parametrize("bad", ["tarone", ("fleming-harrington", -1, 0), ("fleming-harrington", 1), ("gehan", 0, 1)])
def test_another_weighting_is_refused(bad: object) -> None:
    with pytest.raises(ValueError, match="weighting is"):
        logrank([1, 2], [1, 1], ["a", "b"], weighting=bad)
