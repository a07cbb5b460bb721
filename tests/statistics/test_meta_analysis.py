"""Ratios put together: R's metafor on two reviews and on small ones; what cannot be put together says why."""

from __future__ import annotations

import json
from math import exp
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.statistics.pooling.meta_analysis import log_ratio_of, meta_analysis

R = json.loads((Path(__file__).parents[1] / "golden" / "reference_meta_analysis.json").read_text())
SETS = ("bcg", "smoke", "bcg_five", "smoke_five", "smoke_two")


@pytest.mark.parametrize("between", ["reml", "dl"])
@pytest.mark.parametrize("name", SETS)
def test_ratios_put_together_are_metafors(name: str, between: str) -> None:
    rows, wanted, fixed = pd.DataFrame(R[name]["rows"]), R[name][between], R[name]["fixed"]
    found = meta_analysis(rows["yi"], np.sqrt(rows["vi"]), between=between)
    assert not isinstance(found, NotEstimable)
    assert found.tau_squared == pytest.approx(wanted["tau2"], abs=1e-9)
    ours = [np.log(getattr(found.random, part)) for part in ("value", "lower", "upper")]
    assert ours == pytest.approx([wanted[key] for key in ("coef", "lower", "upper")], abs=1e-8)
    assert found.random_p == pytest.approx(wanted["p"], abs=1e-8)
    assert np.log([found.by_normal.lower, found.by_normal.upper]) == pytest.approx(
        [wanted["z_lower"], wanted["z_upper"]], abs=1e-8
    )
    assert np.log([found.prediction.lower, found.prediction.upper]) == pytest.approx(wanted["prediction"], abs=1e-8)
    assert found.weights == pytest.approx(np.array(wanted["weights"]), abs=1e-8)
    one = [np.log(getattr(found.fixed, part)) for part in ("value", "lower", "upper")]
    assert one == pytest.approx([fixed[key] for key in ("coef", "lower", "upper")], abs=1e-12)
    assert (found.fixed_p, found.test.statistic, found.test.p_value) == pytest.approx(
        (fixed["p"], fixed["q"], fixed["q_p"]), abs=1e-10
    )
    assert found.test.df == len(rows) - 1
    if between == "dl":  # metafor's I2 is made of tau2, which is Q's where the moments give it
        assert found.i_squared == pytest.approx(wanted["i2"], abs=1e-10)


def test_equal_ratios_do_not_differ_and_keep_their_value() -> None:
    found = meta_analysis([0.7, 0.7, 0.7], [0.2, 0.4, 0.3])
    assert (found.tau_squared, found.i_squared, found.test.statistic) == pytest.approx((0, 0, 0), abs=1e-12)
    assert (found.fixed.value, found.random.value) == pytest.approx((exp(0.7), exp(0.7)))


def test_what_cannot_be_put_together_says_why() -> None:
    assert "fewer than two" in meta_analysis([0.1], [0.2]).reason
    with pytest.raises(ValueError, match="standard_error holds 0, expected more than 0"):
        meta_analysis([0.1, 0.2], [0.2, 0.0])
    with pytest.raises(ValueError, match="between is 'ml'"):
        meta_analysis([0.1, 0.2], [0.2, 0.1], between="ml")
    assert "no interval" in log_ratio_of(Estimate(1.0, 0.0, 2.0)).reason


def test_a_printed_ratio_gives_back_the_error_it_was_printed_from() -> None:
    coef, error = log_ratio_of(Estimate(exp(0.5), exp(0.5 - 1.959964 * 0.25), exp(0.5 + 1.959964 * 0.25)))
    assert (coef, error) == pytest.approx((0.5, 0.25), abs=1e-7)
    _, wider = log_ratio_of(Estimate(exp(0.5), exp(0.5 - 1.644854 * 0.25), exp(0.5 + 1.644854 * 0.25)), 0.9)
    assert wider == pytest.approx(0.25, abs=1e-7)
