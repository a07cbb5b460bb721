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


@pytest.mark.parametrize(("name", "key"), [one for one in FIRTH if len(R[one[0]][one[1]]["value"]["coef"]) > 1])
def test_a_p_that_the_library_does_not_find_is_found_by_a_search(
    name: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from firthmodels import FirthCoxPH

    frame, time, event = data(name)
    wanted = R[name][key]["value"]["pl_p"]
    columns = {term: column(frame, TERMS.get((name, term), term)) for term in wanted}
    lrt = FirthCoxPH.lrt

    def gives_up(self: FirthCoxPH) -> FirthCoxPH:
        done = lrt(self)
        done.lrt_pvalues_[:] = np.nan
        return done

    monkeypatch.setattr(FirthCoxPH, "lrt", gives_up)
    found = cd.firth_cox(time, event, pd.DataFrame(columns).astype(float))
    assert [one.p_value for one in found.terms] == pytest.approx(list(wanted.values()), rel=1e-4)
    monkeypatch.setattr("cdanalysis.statistics.cox.firth.constrained_maximum", lambda *_: np.nan)
    found = cd.firth_cox(time, event, pd.DataFrame(columns).astype(float))
    assert [f"the P of {term} was not found" in found.cautions for term in wanted] == [True] * len(wanted)


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
