"""Forty patients with a marker, a weight, a ward and a site, for worked examples: some of each are missing."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd

from cdanalysis.cohort import Cohort
from cdanalysis.reading.checks.frames import cohort_from_frames
from cdanalysis.results import Estimate, NotEstimable, StatedOutcome
from cdanalysis.sections.predictors.analysis import Predictors, predictors
from cdanalysis.settings import Settings
from cdanalysis.statistics.cox.cox import cox

NAN = float("nan")
N = 40
CHOSEN = Settings(outcome="death", candidates="crp,weight,ward", handles="crp", screening_p=1.0).with_cutoff(
    "crp", 10.0, ">"
)


def frame() -> pd.DataFrame:
    """Two without a CRP, three without a weight, one without a ward; no two deaths in one month."""
    draw = np.random.default_rng(8)
    crp = draw.integers(2, 30, N).astype(float)
    weight = draw.integers(40, 90, N).astype(float)
    months = np.round(draw.exponential(20 / (1 + (crp > 10)), N), 2) + 0.5 + np.arange(N) / 1000
    table = pd.DataFrame(
        {"patient_id": [f"P{k:02}" for k in range(N)], "death_months": months, "death_event": draw.random(N) < 0.7,
         "crp_mg_per_l": crp, "weight": weight, "ward": draw.choice(list("abc"), N), "site": draw.choice(["x", "y", "z"], N)}
    )  # fmt: skip
    table.loc[[0, 1], "crp_mg_per_l"] = NAN
    table.loc[[1, 2, 3], "weight"] = NAN
    table.loc[4, "ward"] = None
    table.loc[5, "site"] = None
    return table


def cohort(table: pd.DataFrame | None = None) -> Cohort:
    found = cohort_from_frames(frame() if table is None else table, extra_columns=("weight", "ward", "site"))
    return replace(found, stated=(StatedOutcome("death", "death"),))


@cache
def page() -> Predictors:
    found = predictors(cohort(), CHOSEN)
    assert not isinstance(found, NotEstimable)
    return found


def high(table: pd.DataFrame, cut: float = 10.0) -> np.ndarray:
    return (table["crp_mg_per_l"] > cut).to_numpy(float)


def ratio_in(table: pd.DataFrame, place: int = 0, strata: pd.Series | None = None, **columns: np.ndarray) -> float:
    """The hazard ratio of a column in the model of these patients."""
    fit = cox(table["death_months"], table["death_event"], pd.DataFrame(columns, dtype=float), strata=strata)
    assert not isinstance(fit, NotEstimable)
    found = fit.terms[place].hazard_ratio
    assert isinstance(found, Estimate)
    return found.value


def value(one: object) -> float:
    assert isinstance(one, Estimate)
    return one.value


def page_of(settings: Settings, table: pd.DataFrame | None = None) -> Predictors:
    found = predictors(cohort(table), settings)
    assert not isinstance(found, NotEstimable)
    return found
