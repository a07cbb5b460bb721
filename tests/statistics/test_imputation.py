"""Rubin's rules are mice::pool's, the imputations do what mice's do (tests/golden/imputation.R)."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from statistics_data import GOLDEN, data

from cdanalysis.results import NotEstimable
from cdanalysis.statistics.cox.cox_batch import cox_batch
from cdanalysis.statistics.imputation.imputation import cumulative_hazard, impute, pool
from cdanalysis.statistics.time_axis import observed

R = json.loads((GOLDEN / "reference_imputation.json").read_text())
SETS = ("lung", "pbc")


def columns_of(name: str, frame: pd.DataFrame) -> np.ndarray:
    """The covariates of R's model."""
    found = frame.assign(female=(frame["sex"] == "female").astype(float))
    for logged in ("chol", "trig"):
        if logged in frame:
            found[f"log_{logged}"] = np.log(frame[logged])
    return found[R[name]["terms"]].to_numpy(float)


@pytest.mark.parametrize("name", SETS)
def test_pooling_is_mice_s(name: str) -> None:
    wanted = R[name]
    found = pool(np.array(wanted["coef"]), np.array(wanted["se"]), wanted["terms"], n_events=wanted["n_events"])
    for ours, theirs in (("coef", "estimate"), ("standard_error", "std_error"), ("df", "df"), ("p_value", "p")):
        assert [getattr(term, ours) for term in found] == pytest.approx(wanted[theirs], rel=1e-7)
    limits = np.log([(term.hazard_ratio.lower, term.hazard_ratio.upper) for term in found]).T
    np.testing.assert_allclose(limits, [wanted["lower"], wanted["upper"]], rtol=1e-7, atol=1e-9)
    assert [term.missing_information for term in found] == pytest.approx(wanted["fmi"], rel=1e-7)


@pytest.mark.parametrize("name", SETS)
def test_the_cumulative_hazard_is_nelson_s(name: str) -> None:
    _, time, event = data(name)
    assert cumulative_hazard(observed(time, event)) == pytest.approx(R[name]["hazard"], rel=1e-9)


@pytest.mark.parametrize("name", SETS)
def test_imputed_models_are_those_of_a_hundred_imputations_by_mice(name: str) -> None:
    frame, time, event = data(name)
    columns, wanted = columns_of(name, frame), R[name]
    sets = impute(columns, observed(time, event), seed=3, places=range(12))
    missing = np.isnan(columns)
    assert (sets[:, ~missing] == columns[~missing]).all()
    for j in np.flatnonzero(missing.any(axis=0)):
        assert set(np.unique(sets[:, :, j])) <= set(columns[~missing[:, j], j])
    fits = cox_batch(time, event, sets)
    found = pool(fits.coef, fits.standard_error, wanted["terms"], n_events=int(event.sum()))
    errors = np.array(wanted["hundred_std_error"])
    gaps = (np.array([term.coef for term in found]) - wanted["hundred_estimate"]) / errors
    assert np.abs(gaps).max() < 0.25
    assert np.array([term.standard_error for term in found]) / errors == pytest.approx(1.0, abs=0.1)


def test_a_seed_is_a_seed_and_more_imputations_leave_the_first_as_they_were() -> None:
    frame, time, event = data("lung")
    columns, axis = columns_of("lung", frame), observed(time, event)
    first = impute(columns, axis, seed=1, places=range(2))
    np.testing.assert_array_equal(first[1:], impute(columns, axis, seed=1, places=[1]))
    assert not np.array_equal(first, impute(columns, axis, seed=2, places=range(2)))
    assert not np.array_equal(first[0], first[1])


def test_without_anything_missing_the_pooled_model_is_the_model() -> None:
    coef, error = np.full((5, 1), 0.7), np.full((5, 1), 0.2)
    (term,) = pool(coef, error, ["x"], n_events=4000)
    assert (term.coef, term.standard_error, term.missing_information) == pytest.approx((0.7, 0.2, 0.0))
    assert term.p_value == pytest.approx(0.000471, abs=3e-5)  # t with nearly all of 3,999 degrees of freedom


def test_a_term_without_an_estimate_in_some_imputation_says_in_how_many() -> None:
    (term,) = pool(np.array([[0.1], [np.nan], [0.2]]), np.ones((3, 1)), ["x"], n_events=20)
    assert isinstance(term.hazard_ratio, NotEstimable)
    assert "1 of 3" in term.hazard_ratio.reason
