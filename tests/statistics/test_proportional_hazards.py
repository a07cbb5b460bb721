"""The test of proportional hazards is R's cox.zph, Firth's model is R's coxphf; and what neither can say."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from statistics_data import column, data

import cdanalysis as cd
from cdanalysis.results import NotEstimable
from cdanalysis.statistics.cox.kernel.risk_sets import risk_sets
from cdanalysis.statistics.cox.penalised import Penalised
from cdanalysis.statistics.time_axis import observed

R = json.loads((Path(__file__).parents[1] / "golden" / "reference_ph_firth.json").read_text())
ZPH = [(name, key, transform) for name in R for key in R[name] if "zph" in key for transform in R[name][key]["value"]]
FIRTH = [(name, key) for name in R for key in R[name] if "firth" in key]
TERMS = {("veteran", "trt"): "trttest", ("cgd_first", "treat"): "treatrIFN-g"}


@pytest.mark.parametrize(("name", "key", "transform"), ZPH)
def test_as_cox_zph(name: str, key: str, transform: str) -> None:
    frame, time, event = data(name)
    wanted = dict(R[name][key]["value"][transform]["by_coef"])
    overall = wanted.pop("GLOBAL")
    columns = pd.DataFrame({term: column(frame, term) for term in wanted})
    found = cd.proportional_hazards(time, event, columns, transform=transform)
    # R's own model stops at 1e-9 of the log-likelihood, so its statistics are right to about 1e-6.
    assert [one.statistic for one in found.terms] == pytest.approx([one["chisq"] for one in wanted.values()], rel=2e-6)
    assert [one.p_value for one in found.terms] == pytest.approx([one["p"] for one in wanted.values()], rel=2e-6)
    assert (found.overall.statistic, found.overall.df) == pytest.approx((overall["chisq"], overall["df"]), rel=1e-6)


def test_scaled_residuals_as_r_has_them() -> None:
    frame, time, event = data("leukemia6mp")
    found = cd.proportional_hazards(time, event, pd.DataFrame({"treat": frame["treat"] == "6-MP"}).astype(float))
    expected = [-2.46725484055756, -2.46725484055756, -2.54564196972141, -2.54564196972141, -2.61350951154971]
    assert found.scaled_residuals[:5, 0] == pytest.approx(expected, abs=1e-9)
    assert (np.diff(found.event_time) >= 0).all()


@pytest.mark.parametrize(("name", "key"), FIRTH)
def test_as_coxphf(name: str, key: str) -> None:
    frame, time, event = data(name)
    wanted = R[name][key]["value"]
    columns = pd.DataFrame({term: column(frame, TERMS.get((name, term), term)) for term in wanted["coef"]}).astype(
        float
    )
    found = cd.firth_cox(time, event, columns)
    assert [one.coef for one in found.terms] == pytest.approx(list(wanted["coef"].values()), abs=2e-6)
    assert [one.hazard_ratio.lower for one in found.terms] == pytest.approx(list(wanted["pl_lower"].values()), rel=1e-4)
    assert [one.hazard_ratio.upper for one in found.terms] == pytest.approx(list(wanted["pl_upper"].values()), rel=1e-4)
    assert [one.p_value for one in found.terms] == pytest.approx(list(wanted["pl_p"].values()), rel=1e-4)
    assert found.likelihood_ratio.statistic == pytest.approx(wanted["plr_chisq"], rel=1e-5)


def test_a_group_without_an_event_has_a_finite_firth_estimate() -> None:
    time, group = np.arange(1.0, 21), np.repeat([0.0, 1.0], 10)
    event = (group == 0) & (time % 2 == 0)
    columns = pd.DataFrame({"treated": group})
    assert isinstance(cd.cox(time, event, columns), NotEstimable)
    (term,) = cd.firth_cox(time, event, columns).terms
    assert 0 < term.hazard_ratio.lower < term.hazard_ratio.value < term.hazard_ratio.upper < 1
    assert 0 < term.p_value < 0.05


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")  # at its own last digits
@pytest.mark.parametrize(("name", "key"), FIRTH)
def test_as_firthmodels(name: str, key: str) -> None:
    from firthmodels import FirthCoxPH

    frame, time, event = data(name)
    columns = {term: column(frame, TERMS.get((name, term), term)) for term in R[name][key]["value"]["coef"]}
    x = pd.DataFrame(columns).astype(float)
    found, spread = cd.firth_cox(time, event, x), x.std(ddof=0).to_numpy()
    other = FirthCoxPH(backend="numpy", max_iter=200, gtol=1e-6, xtol=1e-7)
    other = other.fit(((x - x.mean()) / spread).to_numpy(), (event.astype(bool), time)).lrt()
    limits = other.conf_int(method="pl", max_iter=200, tol=1e-10) / spread[:, None]
    assert [one.coef for one in found.terms] == pytest.approx(other.coef_ / spread, rel=1e-6)
    assert [one.standard_error for one in found.terms] == pytest.approx(other.bse_ / spread, rel=1e-6)
    assert [one.p_value for one in found.terms] == pytest.approx(other.lrt_pvalues_, rel=1e-6)
    ours = np.log([(one.hazard_ratio.lower, one.hazard_ratio.upper) for one in found.terms])
    np.testing.assert_allclose(ours, limits, rtol=1e-6, atol=1e-7)


def test_the_gradient_is_the_penalised_likelihood_s() -> None:
    rng = np.random.default_rng(8)
    for n in (30, 900):  # by a matrix, and by sorted sums
        time, event, x = np.ceil(rng.exponential(9, n)), rng.random(n) < 0.4, rng.normal(size=(3, n))
        penalised = Penalised(risk_sets(observed(time, event), "breslow"), x)
        b, step = np.array([0.4, -0.9, 0.2]), 1e-5
        aside = np.array([b + sign * step * one for one in np.eye(3) for sign in (1, -1)])
        quotients = np.diff(penalised.at(aside)[0].reshape(3, 2))[:, 0] / (-2 * step)
        assert penalised.at(b[None])[1][0] == pytest.approx(quotients, abs=1e-6)


def test_few_events_give_an_estimate_or_a_reason_never_an_error() -> None:
    """Cohorts of 6 to 39 patients with one event or few, in which a library's limits ended in a LinAlgError."""
    n_fitted = n_open = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        n, p = int(rng.integers(6, 40)), int(rng.integers(1, 5))
        x = np.where(rng.random(p) < 0.6, rng.random((n, p)) < 0.3, rng.normal(size=(n, p)))
        time, event = np.ceil(rng.exponential(20, n)), rng.random(n) < rng.choice([0.08, 0.2])
        found = cd.firth_cox(time, event, pd.DataFrame(x, dtype=float))
        if isinstance(found, NotEstimable):
            assert found.reason
            continue
        for term in found.terms:
            ratio = term.hazard_ratio
            if not isinstance(ratio, NotEstimable):
                n_fitted += 1
                n_open += np.isnan([ratio.lower, ratio.upper]).any()
                assert not ratio.lower > ratio.value
                assert not ratio.value > ratio.upper
    assert n_fitted > 40
    assert n_open <= 2


def test_late_entry_is_a_row_split_in_two() -> None:
    frame, time, event = data("veteran")
    x = frame[["karno", "age"]]
    whole = cd.firth_cox(time, event, x)
    at = np.where(time > 40, 40.0, time)
    later = time > 40
    parts = cd.firth_cox(
        np.concatenate([at, time[later]]),
        np.concatenate([event * ~later, event[later]]),
        pd.concat([x, x[later]]),
        entry=np.concatenate([np.zeros(len(time)), np.full(later.sum(), 40.0)]),
    )
    assert [one.coef for one in parts.terms] == pytest.approx([one.coef for one in whole.terms], rel=1e-9)
    assert [one.p_value for one in parts.terms] == pytest.approx([one.p_value for one in whole.terms], rel=1e-7)


def test_a_fit_that_stands_is_not_said_to_have_failed() -> None:
    found = cd.analyses.predictors(cd.demo_cohort(), cd.Settings())
    chosen = [one for one in found.candidates if one.code in found.screened_in]
    columns = pd.DataFrame(np.column_stack([one.columns for one in chosen]))
    patients = found.endpoint.patients
    assert cd.firth_cox(patients["time_months"], patients["event"], columns).cautions == ()


def test_what_cannot_be_tested_or_fitted_says_why() -> None:
    x = pd.DataFrame({"x": [0.0, 1, 0, 1, 1]})
    for fit in (cd.proportional_hazards, cd.firth_cox):
        assert isinstance(fit([1, 2, 3, 4, 5], [0, 0, 0, 0, 0], x), NotEstimable)
        assert isinstance(fit([1, 2, 3, 4, 5], [1, 1, 0, 1, 0], x * 0), NotEstimable)
        assert isinstance(fit([1, 2, 3, 4, 5], [1, 1, 0, 1, 0], x.iloc[:, :0]), NotEstimable)
    assert isinstance(cd.proportional_hazards([1, 1, 3, 4, 5], [1, 1, 0, 0, 0], x), NotEstimable)
    both = pd.DataFrame({"x": x["x"], "again": 2 * x["x"]})
    found = cd.firth_cox([1, 2, 3, 4, 5], [1, 1, 0, 1, 0], both)
    assert [isinstance(one.hazard_ratio, NotEstimable) for one in found.terms] == [False, True]
    with pytest.raises(ValueError, match="transform is 'sqrt'"):
        cd.proportional_hazards([1, 2], [1, 1], x.iloc[:2], transform="sqrt")


def test_case_of_missing_values_is_counted() -> None:
    x = pd.DataFrame({"x": [0.0, 1, 0, 1, np.nan, 0.0]})
    assert cd.firth_cox([1, 2, 3, 4, 5, 6], [1, 1, 1, 1, 1, 0], x).n_dropped == 1
