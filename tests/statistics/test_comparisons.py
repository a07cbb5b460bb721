"""Table 1's arithmetic against R: percentiles, tests between groups, paired tests, intervals of shares and rates."""

from __future__ import annotations

import json
from itertools import product
from math import isnan
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from cdanalysis.results import NotEstimable
from cdanalysis.statistics.describe import comparisons
from cdanalysis.statistics.describe.comparisons import Comparison, compare_counts, compare_numbers, describe, quantiles
from cdanalysis.statistics.describe.fisher import fisher_exact_p
from cdanalysis.statistics.describe.paired import Paired, hodges_lehmann, paired, signed_rank_p
from cdanalysis.statistics.describe.proportions import exact_interval, rate, rate_by_patient, wilson

GOLDEN = Path(__file__).parents[1] / "golden"
R = json.loads((GOLDEN / "reference_tables.json").read_text())
DESCRIBED = json.loads((GOLDEN / "reference_describe.json").read_text())
TABLES = [(d, k) for d in R for k in R[d] if k.startswith(("chisq", "fisher", "tab"))]
TWO = [(d, k) for d in R for k in R[d] if k.startswith("two_")]
MANY = [(d, k) for d in R for k in R[d] if k.startswith("k_")]
COLUMNS = {"wtloss": "wt_loss", "ecog": "ph_ecog"}


def samples(name: str, key: str) -> list[np.ndarray]:
    """The groups that R compared, in R's order of levels."""
    frame = pd.read_csv(GOLDEN / "datasets" / f"{name}.csv")
    _, value, by = key.split("_")
    group = frame[COLUMNS.get(by, by)].map(lambda v: v if isinstance(v, str) else f"{v:g}")
    levels = R[name][key]["value"]["levels"]
    return [frame.loc[group == level, COLUMNS.get(value, value)].to_numpy(float) for level in levels]


@pytest.mark.parametrize(("name", "key"), TABLES)
def test_tables(name: str, key: str) -> None:
    wanted = R[name][key]["value"]
    table = np.array(wanted["table"])
    p, simulated = fisher_exact_p(table)
    assert p == pytest.approx(wanted["fisher"]["p"], rel=0.2 if simulated else 1e-9)
    found = compare_counts(table)
    assert isinstance(found, Comparison)
    if found.test == "chi-square":
        pearson = wanted["pearson_uncorrected"]
        assert (found.statistic, found.p_value) == pytest.approx((pearson["chisq"], pearson["p"]), rel=1e-9)
    else:
        assert wanted["n_expected_lt5"] > 0
        assert found.p_value == p
        larger = "Fisher-Freeman-Halton (simulated)" if simulated else "Fisher-Freeman-Halton"
        assert found.test == ("Fisher exact" if table.shape == (2, 2) else larger)


def test_the_same_large_table_gives_the_same_p_twice() -> None:
    table = np.array(R["pbc"]["fisher_edema_stage"]["value"]["table"])
    assert fisher_exact_p(table) == fisher_exact_p(table.T) == (fisher_exact_p(table)[0], True)


def test_every_small_table_is_visited() -> None:
    rng = np.random.default_rng(5)
    for _ in range(20):
        table = rng.integers(0, 5, (2, 3)) + np.array([[1, 0, 0], [0, 1, 1]])
        law = stats.random_table(table.sum(1), table.sum(0))
        p = law.pmf(table)
        tables = [
            [[a, b, table[0].sum() - a - b], (table.sum(0) - [a, b, table[0].sum() - a - b]).tolist()]
            for a in range(table.sum(0)[0] + 1)
            for b in range(table.sum(0)[1] + 1)
            if 0 <= table[0].sum() - a - b <= table.sum(0)[2]
        ]
        every = law.pmf(np.array(tables))
        assert fisher_exact_p(table)[0] == pytest.approx(every[every <= p * (1 + 1e-7)].sum(), rel=1e-9)


@pytest.mark.parametrize(("name", "key"), TWO)
def test_two_groups(name: str, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted, groups = R[name][key]["value"], samples(name, key)
    monkeypatch.setattr(comparisons, "is_normal", lambda _: False)
    assert compare_numbers(groups).p_value == pytest.approx(
        wanted["mann_whitney"]["p_asymptotic_no_correction_SPSS"], rel=1e-9
    )
    monkeypatch.setattr(comparisons, "is_normal", lambda _: True)
    for convention, name, test in (("r", "Welch t", "t_welch"), ("spss", "Student t", "t_student")):
        found = compare_numbers(groups, convention)
        assert (found.test, found.statistic) == (name, pytest.approx(wanted[test]["t"], rel=1e-9))
        assert found.p_value == pytest.approx(wanted[test]["p"], rel=1e-9)
    described = [describe(one) for one in groups]
    assert [one.mean for one in described] == pytest.approx(wanted["mean"], rel=1e-12)
    assert [one.sd for one in described] == pytest.approx(wanted["sd"], rel=1e-12)
    assert sum(one.n_missing for one in described) == wanted["n_missing_dropped"]


@pytest.mark.parametrize(("name", "key"), MANY)
def test_many_groups(name: str, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted, groups = R[name][key]["value"], samples(name, key)
    for normal, test in ((True, "anova"), (False, "kruskal")):
        monkeypatch.setattr(comparisons, "is_normal", lambda _, answer=normal: answer)
        assert compare_numbers(groups).p_value == pytest.approx(wanted[test]["p"], rel=1e-9)


@pytest.mark.parametrize(("convention", "kind"), [("r", "type7_R_numpy"), ("spss", "type6_spss_haverage")])
@pytest.mark.parametrize(
    ("name", "key", "column"),
    [("lung", "quant_age", "age"), ("lung", "quant_wt_loss", "wt_loss"), ("pbc", "quant_bili", "bili")],
)
def test_percentiles(name: str, key: str, column: str, convention: str, kind: str) -> None:
    values = pd.read_csv(GOLDEN / "datasets" / f"{name}.csv")[column].to_numpy(float)
    wanted = R[name][key]["value"][kind]
    shares = [float(label[1:]) / 100 for label in wanted]
    assert quantiles(values, shares, convention) == pytest.approx(list(wanted.values()), rel=1e-12)


@pytest.mark.parametrize("column", ["bili", "albumin", "platelet", "albumin_first10", "bili_first12"])
def test_before_and_after(column: str) -> None:
    frame, wanted = pd.read_csv(GOLDEN / "datasets" / "pbcseq_paired.csv"), R["pbcseq_paired"][column]["value"]
    base = column.split("_")[0]
    n = int(column.split("first")[1]) if "first" in column else len(frame)
    found = paired(*(frame[f"{base}_{when}"].to_numpy(float)[:n] for when in ("before", "after")))
    assert isinstance(found, Paired)
    assert (found.n, found.n_missing) == (wanted["n_pairs"], wanted["n_dropped_missing"])
    t = wanted["t_paired"]
    assert (found.t_p, -found.mean_change.upper, -found.mean_change.lower) == pytest.approx(
        (t["p"], t["lower"], t["upper"]), rel=1e-9
    )
    rank = wanted["wilcoxon_signed_rank"]
    assert found.wilcoxon_p == pytest.approx(rank["p_exact_zeros_dropped_exactRankTests"], rel=1e-9)
    printed = paired(*(frame[f"{base}_{when}"].to_numpy(float)[:n] for when in ("before", "after")), convention="spss")
    assert printed.wilcoxon_p == pytest.approx(rank["p_asymptotic_no_correction_SPSS"], rel=1e-9)


def apart(values: pd.Series) -> np.ndarray:
    """No two the same: a little added by the row's number, as describe.R does."""
    return values.to_numpy(float) + np.arange(1, len(values) + 1) * 1e-4


SHIFTS = [("bili", 0, 12), ("albumin", 0, 30), ("platelet", 19, 68), ("bili", 0, 6), ("albumin", 0, 7)]


@pytest.mark.parametrize(("place", "column", "first", "last"), [(k, *one) for k, one in enumerate(SHIFTS)])
def test_the_shift_has_r_s_exact_interval(place: int, column: str, first: int, last: int) -> None:
    wanted, frame = DESCRIBED["shift"][place], pd.read_csv(GOLDEN / "datasets" / "pbcseq_paired.csv")[first:last]
    change = apart((frame[f"{column}_after"] - frame[f"{column}_before"]).round(6))
    found = paired(np.zeros(len(change)), change, conf_level=wanted["level"])
    assert found.n + found.n_missing == wanted["n"]
    assert found.wilcoxon_p == pytest.approx(wanted["p"], rel=1e-9)
    assert found.shift.value == pytest.approx(wanted["estimate"], abs=1e-9)
    if wanted["level"] > 1 - 2.0 ** (1 - wanted["n"]):  # R warns that the level cannot be reached
        assert isnan(found.shift.lower)
    else:
        assert (found.shift.lower, found.shift.upper) == pytest.approx((wanted["lower"], wanted["upper"]), abs=1e-9)


def test_with_ties_and_zeros_the_exact_interval_still_keeps_its_level() -> None:
    """Every sign pattern of nine changes, three of them tied and one 0, is as likely where the shift is 0."""
    sizes = np.array([0.0, 1, 1, 1, 2, 3, 4, 5, 6])
    patterns = np.array(list(product((-1, 1), repeat=len(sizes))))
    limits = [hodges_lehmann(sizes * signs, conf_level=0.9) for signs in patterns]
    covered = np.mean([one.lower <= 0 <= one.upper for one in limits])
    assert 0.9 <= covered < 0.96


@pytest.mark.parametrize(("place", "first", "last"), [(0, 0, 20), (1, 0, 60), (2, 39, 100)])
def test_ranks_are_exact_where_r_s_are(place: int, first: int, last: int, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted, frame = DESCRIBED["two"][place], pd.read_csv(GOLDEN / "datasets" / "lung.csv")[first:last]
    age, groups = apart(frame["age"]), [frame["sex"] == sex for sex in ("female", "male")]
    groups = [age[one] for one in groups]
    for normal, name, test in ((False, "Mann-Whitney (exact)", "mann_whitney"), (True, "Welch t", "welch_p")):
        monkeypatch.setattr(comparisons, "is_normal", lambda _, answer=normal: answer)
        found = compare_numbers(groups)
        assert (found.test, found.p_value) == (name, pytest.approx(wanted[test], rel=1e-9))
    monkeypatch.setattr(comparisons, "is_normal", lambda _: False)
    assert compare_numbers(groups, "spss").test == "Mann-Whitney"
    assert compare_numbers([groups[0], np.append(groups[1], groups[0][0])]).test == "Mann-Whitney"  # one value twice
    rng = np.random.default_rng(1)
    large = [rng.normal(size=50), rng.normal(size=5)]
    assert compare_numbers(large).test == "Mann-Whitney"
    assert compare_numbers([large[0][:49], large[1]]).test == "Mann-Whitney (exact)"


@pytest.mark.parametrize(("place", "n"), [(0, 128), (1, 30)])
def test_a_rate_by_patient_is_r_s_robust_poisson(place: int, n: int) -> None:
    frame = pd.read_csv(GOLDEN / "datasets" / "cgd.csv")
    frame = frame.assign(days=frame["tstop"] - frame["tstart"]).groupby("id")[["status", "days"]].sum().iloc[:n]
    wanted = DESCRIBED["rate"][place]
    found = rate_by_patient(frame["status"], frame["days"], per=365.25, conf_level=wanted["level"])
    values = wanted["value"], wanted["lower"], wanted["upper"]
    assert (found.value, found.lower, found.upper) == pytest.approx(values, rel=1e-7)
    plain = rate(int(frame["status"].sum()), float(frame["days"].sum()), per=365.25, conf_level=wanted["level"])
    assert plain.value == pytest.approx(found.value)
    assert found.upper - found.lower > plain.upper - plain.lower  # a patient's infections come together


def test_a_rate_by_patient_at_the_edges() -> None:
    assert isnan(rate_by_patient([0, 0], [1.0, 2.0]).lower)
    assert rate_by_patient([0, 0], [1.0, 2.0]).value == 0
    assert isnan(rate_by_patient([3], [1.0]).lower)
    assert isnan(rate_by_patient([], []).value)


def test_shift_by_approximation_as_r() -> None:
    # wilcox.test(x, conf.int = TRUE, exact = FALSE, correct = FALSE); R solves for the limits, we step to a mean
    shift = hodges_lehmann(np.array([1.5, -2, 3.25, 4, 5.125, -0.5, 7, 8.5, 2.25, 3]), exact=False)
    assert shift.value == pytest.approx(3.25, abs=1e-3)
    assert (shift.lower, shift.upper) == pytest.approx((0.875, 5.5), abs=0.1)


def test_intervals_as_r() -> None:
    found = wilson(35, 55), exact_interval(35, 55), rate(62, 100, per=100)
    wanted = (0.5042276, 0.7506947), (0.4956315, 0.7618616), (47.53504, 79.48120)
    for one, limits in zip(found, wanted, strict=True):
        assert (one.lower, one.upper) == pytest.approx(limits, rel=1e-6)


def test_at_the_edges() -> None:
    assert wilson(0, 10).lower == 0
    assert wilson(10, 10).upper == 1
    assert isnan(wilson(0, 0).value)
    assert isnan(rate(0, 0).value)
    assert rate(0, 10).lower == 0
    assert signed_rank_p(np.zeros(4)) == 1
    assert isinstance(paired(np.array([1.0, np.nan]), np.array([2.0, 3.0])), NotEstimable)
    assert isnan(paired(np.array([1.0, 2.0]), np.array([2.0, 3.0])).t_p)
    assert isinstance(compare_numbers([np.array([1.0]), np.array([])]), NotEstimable)
    assert isinstance(compare_numbers([np.ones(3), np.ones(4)]), NotEstimable)
    assert isinstance(compare_counts(np.array([[1, 0], [2, 0]])), NotEstimable)
    assert isinstance(compare_counts(np.array([[3, 2]])), NotEstimable)
    with pytest.raises(ValueError, match="k is 5 of 3"):
        wilson(5, 3)


def test_standardised_differences() -> None:
    assert comparisons.smd_numbers(np.array([1.0, 2, 3]), np.array([2.0, 3, 4])) == pytest.approx(1)
    p, q = 0.6, 0.4  # (p - q) / sqrt((p(1-p) + q(1-q)) / 2)
    assert comparisons.smd_counts(np.array([4, 6]), np.array([6, 4])) == pytest.approx((p - q) / np.sqrt(0.24))
    assert isnan(comparisons.smd_counts(np.array([0, 0]), np.array([6, 4])))


def test_spss_prints_three_tests_of_a_2_by_2_table() -> None:
    table = np.array([[8, 1], [2, 5]])
    printed = dict(compare_counts(table, "spss").printed)
    assert [round(p, 4) for p in printed.values()] == [0.0134, 0.0510, 0.0350]  # the anchors' values, R and SPSS alike
    assert compare_counts(table).printed == ()
    assert compare_counts(np.array([[8, 1], [2, 5], [3, 3]]), "spss").printed == ()
    assert compare_counts(table, "spss").p_value == printed["Fisher exact"]
