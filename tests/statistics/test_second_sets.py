"""What another file pins on one data set is R's on two more: strata, trend, late entry, weights, follow-up, competing risks."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from statistics_data import GOLDEN, data

from cdanalysis.statistics.competing.competing_risks import aalen_johansen
from cdanalysis.statistics.competing.gray_test import gray_test
from cdanalysis.statistics.cox.cox import cox
from cdanalysis.statistics.cox.cox_batch import cox_batch
from cdanalysis.statistics.curves.kaplan_meier import kaplan_meier, median_follow_up
from cdanalysis.statistics.curves.logrank import logrank
from cdanalysis.statistics.describe.proportions import exact_interval, rate, wilson

R = json.loads((GOLDEN / "reference_second_sets.json").read_text())
SETS = ("lung", "veteran", "pbc")


def rows(name: str) -> pd.DataFrame:
    """The data as tests/golden/second_sets.R makes it."""
    frame, time, event = data(name)
    row, chosen = np.arange(1, len(frame) + 1), R[name]["columns"]
    made = frame.assign(t=time, e=event, entry=np.where(row % 2 == 0, np.floor(0.3 * time), 0), w=row % 3 + 1)
    made = made.assign(male=(frame["sex"] == "male").astype(float)) if "sex" in frame else made
    made = made.assign(group=made[chosen["group"]], strata=made[chosen["strata"]], order=made[chosen["order"]])
    return made.dropna(subset=["strata", "order"])


@pytest.mark.parametrize("name", SETS)
def test_stratified_trend_and_late_log_rank(name: str) -> None:
    d, wanted = rows(name), R[name]
    found = {
        "stratified": logrank(d["t"], d["e"], d["group"], strata=d["strata"]),
        "trend": logrank(d["t"], d["e"], d["order"], trend=True),
        "late_logrank": logrank(d["t"], d["e"], d["group"], entry=d["entry"]),
    }
    for key, test in found.items():
        assert (test.statistic, test.df) == (pytest.approx(wanted[key]["chisq"], rel=1e-7), 1), key
        assert test.p_value == pytest.approx(wanted[key]["p"], rel=1e-6), key


@pytest.mark.parametrize("name", SETS)
def test_a_curve_with_late_entry_and_the_follow_up(name: str) -> None:
    d, wanted = rows(name), R[name]["late_curve"]
    found = kaplan_meier(d["t"], d["e"], entry=d["entry"], at=wanted["at"]).at
    for place, key in enumerate(("surv", "lower", "upper")):
        values = [(one.survival.value, one.survival.lower, one.survival.upper)[place] for one in found]
        assert values == pytest.approx(wanted[key], abs=1e-9)
    median = R[name]["follow_up"]["median"]  # None: fewer than half were ever censored
    wanted_median = np.nan if median is None else median
    assert median_follow_up(d["t"], d["e"]).value == pytest.approx(wanted_median, nan_ok=True)
    late = median_follow_up(d["t"], d["e"], entry=d["entry"])
    wanted_late = [
        np.nan if one is None else one for one in (R[name]["late_follow_up"][key] for key in ("median", "lower"))
    ]
    assert [late.value, late.lower] == pytest.approx(wanted_late, nan_ok=True)


@pytest.mark.parametrize("ties", ["efron", "breslow"])
@pytest.mark.parametrize("name", SETS)
def test_models_with_strata_late_entry_and_weights(name: str, ties: str) -> None:
    d, wanted = rows(name), R[name][ties]
    design = d[R[name]["columns"]["x"]].astype(float)
    for key, more in (("strata", {"strata": d["strata"]}), ("late", {"entry": d["entry"]})):
        model = cox(d["t"], d["e"], design, ties=ties, **more)
        assert [term.coef for term in model.terms] == pytest.approx(wanted[key]["coef"], abs=1e-8)
        assert [term.standard_error for term in model.terms] == pytest.approx(wanted[key]["se"], abs=1e-8)
        assert model.log_likelihood == pytest.approx(wanted[key]["loglik"], abs=1e-7)
    found = cox_batch(d["t"], d["e"], design.to_numpy()[None], ties=ties, weights=d["w"])
    assert found.coef[0] == pytest.approx(wanted["weights"]["coef"], abs=1e-8)
    assert found.standard_error[0] == pytest.approx(wanted["weights"]["se"], abs=1e-8)
    assert found.log_likelihood[0] == pytest.approx(wanted["weights"]["loglik"], abs=1e-7)


@pytest.mark.parametrize("name", SETS)
def test_shares_and_rates(name: str) -> None:
    wanted = R["shares"][name]
    x, n, years = wanted["x"], wanted["n"], wanted["years"]
    for found, key in ((wilson(x, n), "wilson"), (exact_interval(x, n), "exact"), (rate(x, years, per=1), "rate")):
        assert (found.lower, found.upper) == pytest.approx(tuple(wanted[key]), rel=1e-7), key


def test_incidence_and_gray_on_a_second_cohort() -> None:
    frame, wanted = pd.read_csv(GOLDEN / "datasets" / "mgus.csv"), R["competing"]["mgus_by_sex"]
    found = aalen_johansen(frame["time_days"], frame["status"], at=wanted["at"])
    for column, curve in enumerate(found.curves):
        values = [one.incidence.value for one in found.at if one.event_type == curve.event_type]
        assert values == pytest.approx(np.array(wanted["incidence"])[:, column], abs=1e-9)
        place = np.searchsorted(curve.time, wanted["at"], "right") - 1
        assert curve.standard_error[place] == pytest.approx(np.array(wanted["se"])[:, column], abs=1e-9)
    tests = gray_test(frame["time_days"], frame["status"], frame["sex"])
    assert [one.statistic for one in tests] == pytest.approx(wanted["statistic"], rel=1e-8)
    assert [one.p_value for one in tests] == pytest.approx(wanted["p"], rel=1e-7)
