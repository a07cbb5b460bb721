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
from cdanalysis.statistics.imputation.predictive_matching import canonical_scores
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


def test_the_scores_of_a_category_are_those_of_r_s_discriminants_and_no_order_of_its_names() -> None:
    frame, _, _ = data("veteran")
    frame = frame[["celltype", "karno", "age", "diagtime_months"]].dropna()
    codes = pd.Categorical(frame["celltype"], ["squamous", "smallcell", "adeno", "large"]).codes.astype(float)
    x = frame[["karno", "age", "diagtime_months"]].to_numpy(float)
    # R: library(survival); y <- model.matrix(~ 0 + celltype, veteran); x <- as.matrix(veteran[c("karno", "age", "diagtime")])
    #    s <- scale(y[, 1:3] %*% cancor(x, y)$ycoef[, 1]) * sqrt(137 / 136); tapply(s, veteran$celltype, mean)
    wanted = np.array([0.556575590324435, -1.162800089741830, -0.152764166839764, 1.498477450034304])
    found = canonical_scores(x, codes)
    levels = np.array([found[codes == code].mean() for code in range(4)])
    assert levels * np.sign(levels[0]) == pytest.approx(wanted * np.sign(wanted[0]), abs=1e-9)
    named_otherwise = canonical_scores(x, np.array([7.0, 2.0, 5.0, 1.0])[codes.astype(int)])
    assert np.abs(named_otherwise) == pytest.approx(np.abs(found), abs=1e-9)
    assert np.array_equal(canonical_scores(np.ones((6, 1)), np.array([0.0, 1, 2, 0, 1, 2])), np.zeros(6))


def test_a_missing_level_is_the_one_that_the_others_point_to_wherever_its_code_lies() -> None:
    # Level 1 has a marker far from both others; of a code between them a straight line would make nothing.
    rng = np.random.default_rng(2)
    codes = np.repeat([0.0, 1.0, 2.0], 40)
    value = np.where(codes == 1, 10.0, 0.0) + rng.normal(0, 0.5, 120)
    gone = codes.copy()
    gone[::10] = np.nan
    axis = observed(rng.exponential(10, 120).round(1) + 0.1, rng.random(120) < 0.5)
    (filled,) = impute(np.column_stack([gone, value]), axis, seed=1, places=[0], nominal=[0])
    drawn, true = filled[::10, 0], codes[::10]
    assert ((drawn == 1) == (true == 1)).all()
    assert set(drawn[true != 1]) == {0.0, 2.0}


def test_without_anything_missing_the_pooled_model_is_the_model() -> None:
    coef, error = np.full((5, 1), 0.7), np.full((5, 1), 0.2)
    (term,) = pool(coef, error, ["x"], n_events=4000)
    assert (term.coef, term.standard_error, term.missing_information) == pytest.approx((0.7, 0.2, 0.0))
    assert term.p_value == pytest.approx(0.000471, abs=3e-5)  # t with nearly all of 3,999 degrees of freedom


def test_a_term_without_an_estimate_in_some_imputation_says_in_how_many() -> None:
    (term,) = pool(np.array([[0.1], [np.nan], [0.2]]), np.ones((3, 1)), ["x"], n_events=20)
    assert isinstance(term.hazard_ratio, NotEstimable)
    assert "1 of 3" in term.hazard_ratio.reason
