"""The traps a reviewer tries, on cohorts small enough to check by hand; the answers are worked out beside or R's edge_cases.

Numbers are those of the list in the golden set's conventions. Elsewhere: 1, 5 to 8, 18 also in test_edges; 9, 10, 15, 16 on
real data in test_golden; 12 in test_cutoff_scan; 20 in telling/test_number_formats; 21, 22 in reading/; 25 in test_comparisons.
"""

from __future__ import annotations

import json
from math import exp, isnan, log, sqrt

import numpy as np
import pandas as pd
import pytest
from statistics_data import GOLDEN, data

from cdanalysis.results import NotEstimable
from cdanalysis.statistics.checks.proportional_hazards import proportional_hazards
from cdanalysis.statistics.checks.time_split import time_split
from cdanalysis.statistics.competing.competing_risks import aalen_johansen
from cdanalysis.statistics.cox.cox import cox
from cdanalysis.statistics.cox.firth import firth_cox
from cdanalysis.statistics.curves.curve_steps import curve_steps
from cdanalysis.statistics.curves.fixed_time import at_fixed_time
from cdanalysis.statistics.curves.kaplan_meier import kaplan_meier, median_follow_up
from cdanalysis.statistics.curves.logrank import logrank
from cdanalysis.statistics.curves.rmst import rmst
from cdanalysis.statistics.curves.spss_quantile import spss_quantile
from cdanalysis.statistics.cutoffs.cutoff_scan import cutoff_scan
from cdanalysis.statistics.describe.comparisons import compare_counts
from cdanalysis.statistics.describe.fisher import fisher_exact_p

EDGES = json.loads((GOLDEN / "reference.json").read_text())["results"]["edge_cases"]
CURVES = [name for name, one in EDGES.items() if "conf" in one.get("value", {})]


@pytest.mark.parametrize("interval", ["log-log", "log", "plain"])
@pytest.mark.parametrize("name", CURVES)
def test_small_curves_are_r_s(name: str, interval: str) -> None:
    """Traps 1 to 5, 7, 8: times, number at risk, survival, band and median."""
    wanted = EDGES[name]["value"]
    time, event = (np.atleast_1d(wanted["data"][key]) for key in ("time", "event"))
    found = kaplan_meier(time, event, interval=interval, at=wanted["times"])
    assert [one.n_at_risk for one in found.at] == wanted["n_risk"]
    assert [one.survival.value for one in found.at] == pytest.approx(wanted["surv"], abs=1e-12)
    band = wanted["conf"][interval]
    for one, lower, upper in zip(found.at, band["lower"], band["upper"], strict=True):
        # R prints NA where S is 0, and in the log-log band where S is 1: there is no width to transform.
        if lower is not None:
            assert (one.survival.lower, one.survival.upper) == pytest.approx((lower, upper), abs=1e-12)
        else:
            assert one.survival.value in (0.0, 1.0)
            assert one.survival.lower == one.survival.upper == one.survival.value
    median = found.curves[0].median
    for ours, key in ((median.value, "est"), (median.lower, "lower"), (median.upper, "upper")):
        theirs = band["median_print"][key]
        assert isnan(ours) if theirs is None else ours == pytest.approx(theirs)


def test_curves_of_the_list_are_all_there() -> None:
    assert len(CURVES) >= 10


def test_2_an_event_comes_before_a_censoring_of_its_day() -> None:
    found = kaplan_meier([1, 3, 3, 5, 5, 7], [1, 1, 0, 1, 0, 0], at=[3, 5])
    assert [one.survival.value for one in found.at] == pytest.approx([5 / 6 * 4 / 5, 5 / 6 * 4 / 5 * 2 / 3])


def test_3_between_events_the_last_value_holds_and_beyond_nobody_is_at_risk() -> None:
    found = kaplan_meier([5, 10, 15, 20], [1, 0, 1, 0], at=[4.999, 5, 19, 25]).at
    assert [(one.survival.value, one.n_at_risk) for one in found] == [(1, 4), (0.75, 4), (0.375, 1), (0.375, 0)]


def test_4_an_event_at_time_0_is_kept_and_counts() -> None:
    curve = kaplan_meier([0, 0, 2, 5, 7], [1, 0, 1, 1, 0]).curves[0]
    assert (curve.survival[0], curve.n_at_risk[0], curve.n_events_total) == (0.8, 5, 3)


def test_5_all_censored_has_no_median_no_test_and_no_model() -> None:
    time, event = [1, 2, 3, 4], [0, 0, 0, 0]
    assert isnan(kaplan_meier(time, event).curves[0].median.value)
    for refused in (
        logrank(time, event, [0, 1, 0, 1]),
        cox(time, event, pd.DataFrame({"x": [0.0, 1, 0, 1]})),
        firth_cox(time, event, pd.DataFrame({"x": [0.0, 1, 0, 1]})),
    ):
        assert isinstance(refused, NotEstimable)
        assert "no event" in refused.reason
    assert isinstance(aalen_johansen(time, event), NotEstimable)


def test_6_a_group_without_events_has_a_test_and_firth_s_estimate_but_no_hazard_ratio() -> None:
    case = EDGES["zero_events_in_one_group"]
    time, event, g = (np.array(case["data"][key], float) for key in ("time", "event", "g"))
    assert isinstance(cox(time, event, pd.DataFrame({"g": g})), NotEstimable)
    assert logrank(time, event, g).p_value == pytest.approx(0.0455002638963585, rel=1e-9)
    term = firth_cox(time, event, pd.DataFrame({"g": g})).terms[0]
    assert (term.hazard_ratio.value, term.hazard_ratio.lower, term.hazard_ratio.upper) == pytest.approx(
        (0.111, 0.0008, 1.04), abs=5e-3
    )
    assert term.p_value == pytest.approx(0.055, abs=1e-3)


def test_7_a_median_on_a_flat_half_is_the_middle_in_r_and_the_first_time_in_spss() -> None:
    curve = kaplan_meier([1, 2, 3, 4], [1, 1, 1, 1]).curves[0]
    assert curve.median.value == 2.5
    assert spss_quantile(curve, 0.5).value == 2
    frame, time, event = data("veteran")
    test = (frame["trt"] == "test").to_numpy()
    assert kaplan_meier(time[test], event[test]).curves[0].median.value == 52.5
    assert spss_quantile(kaplan_meier(time[test], event[test]).curves[0], 0.5).value == 52


def test_11_at_the_cut_off_itself_above_and_not_below_differ() -> None:
    case = EDGES["tie_at_cutoff"]["data"]
    time, event, crp = (np.array(case[key], float) for key in ("time", "event", "crp"))
    p = {side: logrank(time, event, high).p_value for side, high in ((">", crp > 10), (">=", crp >= 10))}
    assert (p[">"], p[">="]) == pytest.approx((0.216, 0.068), abs=5e-4)
    for side in (">", ">="):
        rows = {row.cutoff: row for row in cutoff_scan(time, event, crp, side=side).rows}
        assert rows[10.0].n_above == {">": 2, ">=": 5}[side]
        assert rows[10.0].logrank_p == pytest.approx(p[side], rel=1e-9)


@pytest.mark.parametrize("values", [[5.0] * 6, [1.0, 9, 9, 9, 9, 9], [np.nan] * 6])
def test_13_a_marker_that_cannot_be_cut_is_refused(values: list[float]) -> None:
    found = cutoff_scan([1, 2, 3, 4, 5, 6], [1, 1, 0, 1, 1, 0], values, min_fraction=0.4)
    assert isinstance(found, NotEstimable)
    assert any(word in found.reason for word in ("cut-off", "measured", "same value"))


def test_14_the_direction_of_a_hazard_ratio() -> None:
    frame, time, event = data("leukemia6mp")
    drug = (frame["treat"] == "6-MP").to_numpy(float)
    one, other = (cox(time, event, pd.DataFrame({"x": x})).terms[0] for x in (drug, 1 - drug))
    assert (one.hazard_ratio.value, other.hazard_ratio.value) == pytest.approx((0.208, 4.817), abs=5e-4)
    assert one.p_value == pytest.approx(other.p_value)


@pytest.mark.parametrize(("ties", "coef"), [("efron", 1.19419493155403), ("breslow", 1.010)])
def test_15_heavy_ties(ties: str, coef: float) -> None:
    case = EDGES["heavy_ties"]
    term = cox(
        case["data"]["time"], case["data"]["event"], pd.DataFrame({"x": case["data"]["x"]}, dtype=float), ties=ties
    ).terms[0]
    assert term.coef == pytest.approx(case[ties]["coef"]["x"], abs=1e-7)
    assert term.standard_error == pytest.approx(case[ties]["se"]["x"], abs=1e-7)
    assert term.coef == pytest.approx(coef, abs=1e-3)


def test_16_three_groups_have_one_test_of_two_degrees_of_freedom() -> None:
    test = logrank([1, 2, 3, 4, 5, 6], [1, 1, 1, 1, 1, 1], list("abcabc"))
    assert test.df == 2
    assert sum(test.observed) == pytest.approx(sum(test.expected)) == pytest.approx(6)


def test_16_one_event_and_two_groups_by_hand() -> None:
    # At t = 1 three are at risk, one of them in b: expected 1/3, variance 2/9, and the event is b's: (2/3)^2 / (2/9) = 2.
    test = logrank([1, 2, 3], [1, 0, 0], ["b", "a", "a"])
    assert test.statistic == pytest.approx(2.0)
    assert test.p_value == pytest.approx(0.157299207050284)


def test_16_a_cox_model_by_hand() -> None:
    # Events at 1 (x = 1) and 2 (x = 0), x = 1, 0, 1 at risk: w / (1 + 2 w) x 1 / (1 + w) is largest at w = sqrt(1/2).
    term = cox([1, 2, 3], [1, 1, 0], pd.DataFrame({"x": [1.0, 0.0, 1.0]})).terms[0]
    assert term.coef == pytest.approx(log(sqrt(0.5)), abs=1e-10)
    w = sqrt(0.5)
    information = 2 * w / (1 + 2 * w) ** 2 + w / (1 + w) ** 2
    assert term.standard_error == pytest.approx(1 / sqrt(information), abs=1e-9)
    assert term.hazard_ratio.upper == pytest.approx(exp(term.coef + 1.959963984540054 / sqrt(information)))


def test_17_a_level_of_one_patient_is_a_level() -> None:
    frame, time, event = data("lung")
    ecog = frame["ph_ecog"]
    levels = {f"ecog {k}": np.where(ecog.isna(), np.nan, ecog == k) for k in (1, 2, 3)}
    others = {"age": frame["age"], "female": frame["sex"] == "female", "loss": frame["wt_loss"]}
    model = cox(time, event, pd.DataFrame({**levels, **others}, dtype=float))
    last = model.terms[2].hazard_ratio
    assert (last.value, last.lower, last.upper) == pytest.approx((8.7, 1.1, 66), rel=0.05)
    assert (model.n, model.n_dropped) == (213, 15)  # trap 10


def test_18_a_column_that_follows_from_another_is_named() -> None:
    case = EDGES["perfectly_collinear"]
    model = cox(
        case["data"]["time"], case["data"]["event"], pd.DataFrame({k: case["data"][k] for k in "ab"}, dtype=float)
    )
    assert model.terms[0].coef == pytest.approx(case["cox"]["coef"]["a"], abs=1e-7)
    assert isinstance(model.terms[1].hazard_ratio, NotEstimable)
    assert "follows from" in model.terms[1].hazard_ratio.reason


def test_19_a_stratum_of_one_patient_says_nothing_and_does_no_harm() -> None:
    time, event, x = np.arange(1.0, 8), np.array([1, 1, 0, 1, 1, 0, 1]), np.array([0.0, 1, 1, 0, 1, 0, 1])
    strata = np.array(["a"] * 6 + ["alone"], object)
    whole = cox(time, event, pd.DataFrame({"x": x}), strata=strata)
    without = cox(time[:6], event[:6], pd.DataFrame({"x": x[:6]}))
    assert whole.terms[0].coef == pytest.approx(without.terms[0].coef, abs=1e-10)
    assert whole.log_likelihood == pytest.approx(without.log_likelihood)


def test_23_a_competing_event_takes_its_share() -> None:
    # Of 4: event 1, the other event, event 1, censored. F1 = 1/4 + 2/4 * 1/2 = 1/2, and 1 - Kaplan-Meier is 1 - 3/4 * 1/2.
    found = aalen_johansen([1, 2, 3, 4], [1, 2, 1, 0])
    first = next(curve for curve in found.curves if curve.event_type == 1)
    assert first.incidence[-1] == pytest.approx(0.5)
    assert 1 - kaplan_meier([1, 2, 3, 4], [1, 0, 1, 0]).curves[0].survival[-1] == pytest.approx(0.625)
    again = aalen_johansen([1, 1, 1, 2, 2, 2], [1, 2, 0, 1, 2, 0])
    assert [c.incidence.tolist() for c in again.curves] == [
        c.incidence.tolist() for c in aalen_johansen([1, 1, 1, 2, 2, 2], [1, 2, 0, 1, 2, 0]).curves
    ]


def test_25_follow_up_is_that_of_the_censoring() -> None:
    frame, time, event = data("aml")
    kept = (frame["x"] == "Maintained").to_numpy()
    assert median_follow_up(time[kept], event[kept]).value == 103
    assert np.median(time[kept]) == 28


def test_a_restricted_mean_by_hand() -> None:
    # S is 1 to month 1, 2/3 to month 2, 1/3 to month 3: the area to 3 is 1 + 2/3 + 1/3.
    found = rmst([1, 2, 3], [1, 1, 1], horizon=3).groups[0]
    assert found.rmst.value == pytest.approx(2.0)
    areas = np.array([1.0, 1 / 3])  # right of months 1 and 2
    assert found.standard_error == pytest.approx(sqrt(areas[0] ** 2 / 6 + areas[1] ** 2 / 2))


def test_24_tables_of_two_by_two() -> None:
    for case in EDGES["fisher_2x2"].values():
        table = np.array(case["table"]).reshape(2, 2)
        assert fisher_exact_p(table)[0] == pytest.approx(case["fisher_p"], rel=1e-9)
        if case["chisq_p"] is None:  # a row of nobody
            assert isinstance(compare_counts(table), NotEstimable)
            continue
        expected = np.outer(table.sum(1), table.sum(0)) / table.sum()
        found = compare_counts(table)
        wanted = case["fisher_p"] if (expected < 5).any() else case["chisq_p"]
        assert found.p_value == pytest.approx(wanted, rel=1e-9)


def test_proportional_hazards_cannot_be_tested_where_one_time_bears_on_them() -> None:
    # At time 2 one patient is left, so only time 1 says anything of x: R's cox.zph stops at a singular matrix here.
    found = proportional_hazards([1, 1, 1, 2], [0, 1, 1, 1], pd.DataFrame({"x": [1.0, 1, 2, 1]}))
    assert isinstance(found, NotEstimable)
    assert "one time" in found.reason


def test_a_time_asked_for_is_the_axis_s_own_where_only_rounding_parts_them() -> None:
    """0.1 + 0.2 is not 0.3, and 11.999999999999998 months are 12: the axis merges such times, and so does a question to it."""
    time, event = np.array([0.1 + 0.2, 5.0, 11.999999999999998, 20.0]), np.array([1, 1, 1, 0])
    asked = [0.3, 12.0, 11.99]
    found = kaplan_meier(time, event, at=asked).at
    assert [one.survival.value for one in found] == pytest.approx([0.75, 0.25, 0.5])
    assert [one.time for one in found] == asked
    assert [one.n_at_risk for one in found] == [4, 2, 2]
    assert [one.incidence.value for one in aalen_johansen(time, event, at=asked).at] == pytest.approx([0.25, 0.75, 0.5])
    assert at_fixed_time(kaplan_meier(time, event, ["a", "b", "a", "b"]).curves, 0.3).differences[0].first == "a"
    steps = curve_steps(time[:3], (np.ones(3),) * 3, time, event == 1, [12.0, 12.1])
    assert steps.n_at_risk == (2, 1)
    later = np.array([0.3, 5.0, 12.000000000000002, 20.0])
    halves = time_split(later, event, pd.DataFrame({"x": [1.0, 0, 0, 1]}), 0, 12.0)
    assert halves.reason == "no event after 12"
    assert rmst([0.1 + 0.2, 0.5], [0, 1], ["a", "b"], horizon=0.3).groups[0].rmst.value == pytest.approx(0.3)
