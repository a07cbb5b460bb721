"""Survival as tables; times are months.

The curves at chosen months, medians and quartiles, number at risk, the groups compared, and the definitions of relapse.
"""

import pandas as pd

from cdanalysis.results import Estimate, NotEstimable, numbers_of
from cdanalysis.sections.survival.analysis import Survival
from cdanalysis.sections.survival.group_comparison import GroupComparison
from cdanalysis.sections.survival.rules.analysis import RelapseRules
from cdanalysis.statistics.curves.curve_steps import counts_by
from cdanalysis.statistics.curves.fixed_time import FixedTime
from cdanalysis.statistics.curves.kaplan_meier import KaplanMeierResult
from cdanalysis.statistics.curves.logrank import LogRank
from cdanalysis.statistics.curves.rmst import Rmst
from cdanalysis.statistics.describe.proportions import rate
from cdanalysis.writing.nouns import capitalized
from cdanalysis.writing.numbers import (
    EVERYONE,
    NOTHING,
    confidence,
    limits,
    measurement,
    months,
    not_estimable,
    p_value,
    percent,
    survival_at_with_interval,
)
from cdanalysis.writing.within import within

NAMES = {"logrank": "Log-rank", "breslow": "Breslow (Gehan)", "tarone-ware": "Tarone-Ware", "peto": "Peto",
         "fh-1-0": "Fleming-Harrington (1, 0), early", "fh-0-1": "Fleming-Harrington (0, 1), late",
         "fh-1-1": "Fleming-Harrington (1, 1), middle"}  # fmt: skip
MAX_COMBO = "MaxCombo: the largest of log-rank and the three by Fleming-Harrington"
CORRECTION_NAMES = {"holm": "Holm", "bh": "Benjamini-Hochberg", "none": "uncorrected"}


def survival_at(result: KaplanMeierResult) -> pd.DataFrame:
    """One line per group and time that the result was asked for; text, but for the counts."""
    lines = [(_group(at.group), at.time, survival_at_with_interval(at), at.n_at_risk) for at in result.at]
    columns = ["Group", "Months", f"Survival ({confidence(result.conf_level)})", "At risk"]
    return pd.DataFrame(lines, columns=columns)


def survival_numbers(result: KaplanMeierResult) -> pd.DataFrame:
    """The same as numbers: fractions, unrounded; empty where nobody was followed to the time."""
    columns = ["group", "months", "survival", "lower", "upper", "n_at_risk"]
    lines = [
        (_group(at.group), at.time, *numbers_of(at.survival if at.observed else None), at.n_at_risk) for at in result.at
    ]
    return pd.DataFrame(lines, columns=columns)


def course_of_follow_up(found: Survival) -> pd.DataFrame:
    """One line per group and time under the curve: at risk, and how many had the event or were censored by then."""
    lines = []
    for curve in found.kaplan_meier.curves:
        counted = counts_by(curve, found.risk_times)
        for time, *numbers in zip(found.risk_times, *counted, strict=True):
            lines.append((_group(curve.group), f"{time:g}", *numbers))
    return pd.DataFrame(lines, columns=["Group", "Months", "At risk", "Events so far", "Censored so far"])


def _group(name: object) -> str:
    return EVERYONE if name is None or str(name) == "" else str(name)


def quantile_table(found: Survival, conf_level: float) -> pd.DataFrame:
    """One line per curve: patients, events, and the months by which a quarter, half and three quarters had the event."""
    level = confidence(conf_level)
    lines = []
    for curve, quarters, years in zip(found.kaplan_meier.curves, found.quantiles, found.person_years, strict=True):
        n, n_events = curve.n, curve.n_events_total
        per_100 = _rate(n_events, years, conf_level)
        lines.append(
            (_group(curve.group), n, n_events, n - n_events, measurement(years), per_100, *map(months, quarters))
        )
    sizes = ["Patients", "Events", "Censored", "Patient-years", f"Per 100 patient-years ({level})"]
    shares = [f"{share} had it by ({level})" for share in ("25%", "50%", "75%")]
    return pd.DataFrame(lines, columns=["Group", *sizes, *shares])


def _rate(n_events: int, years: float, conf_level: float) -> str:
    """Events per 100 patient-years with exact Poisson limits."""
    found = rate(n_events, years, per=100.0, conf_level=conf_level)
    return f"{measurement(found.value)} ({limits(found)})" if years > 0 else NOTHING


def tests_table(found: GroupComparison) -> pd.DataFrame:
    """One line per test (the weighted ones give early differences more weight); then trend and stratified, where there are."""
    lines = [_test(NAMES[name], test) for name, test in found.tests]
    if isinstance(found.max_combo, NotEstimable):
        lines.append((MAX_COMBO, not_estimable(found.max_combo), NOTHING))
    elif found.max_combo is not None:
        lines.append((MAX_COMBO, f"largest z {found.max_combo.statistic:.2f}", p_value(found.max_combo.p_value)))
    if found.trend is not None:
        lines.append(_test("Log-rank for trend, groups in this order", found.trend))
    if isinstance(found.stratified, NotEstimable):
        lines.append(_test("Log-rank, stratified", found.stratified))
    elif found.stratified is not None:
        lines.append(
            _test(
                f"Log-rank, stratified by {within(found.stratified.label)} (n = {found.stratified.n})",
                found.stratified.test,
            )
        )
    return pd.DataFrame(lines, columns=["Test", "Chi-square (df)", "P"])


def _test(name: str, test: LogRank | NotEstimable) -> tuple[str, str, str]:
    if isinstance(test, NotEstimable):
        return name, not_estimable(test), NOTHING
    return name, f"{test.statistic:.2f} ({test.df})", p_value(test.p_value)


def pairs_table(found: GroupComparison) -> pd.DataFrame:
    """A line a pair of groups: log-rank P, as it is and corrected for the number of pairs."""
    corrected = (
        NOTHING if isinstance(pair.p_value, NotEstimable) else p_value(pair.corrected_p) for pair in found.pairs
    )
    lines = [
        (f"{pair.first} and {pair.second}", p_value(pair.p_value), after)
        for pair, after in zip(found.pairs, corrected, strict=True)
    ]
    return pd.DataFrame(lines, columns=["Groups", "Log-rank P", f"Corrected P ({CORRECTION_NAMES[found.correction]})"])


def differences_table(found: GroupComparison, conf_level: float) -> pd.DataFrame:
    """A line a month and group: survival against the first group's, in percentage points; a line for all of three or more."""
    lines = [line for at in found.at for line in _at(at)]
    return pd.DataFrame(lines, columns=["Months", "Groups", f"Difference, points ({confidence(conf_level)})", "P"])


def _at(found: FixedTime) -> list[tuple[str, str, str, str]]:
    month = f"{found.time:g}"
    several = len(found.differences) > 1
    every = [(month, "All groups", f"chi-square {found.statistic:.2f} ({found.df})", p_value(found.p_value))]
    if isinstance(found.p_value, NotEstimable):
        every = [(month, "All groups", not_estimable(found.p_value), NOTHING)]
    each = [
        (month, f"{one.second} less {one.first}", _points(one.difference), _p(one.p_value)) for one in found.differences
    ]
    return [*(every if several else []), *each]


def _p(p: float | NotEstimable) -> str:
    return NOTHING if isinstance(p, NotEstimable) else p_value(p)


def _points(estimate: Estimate | NotEstimable) -> str:
    if isinstance(estimate, NotEstimable):
        return not_estimable(estimate)
    return _span(Estimate(100 * estimate.value, 100 * estimate.lower, 100 * estimate.upper))


def means_table(found: Rmst, conf_level: float) -> pd.DataFrame:
    """One line per group, then difference and ratio of each other group against the first."""
    lines = [(str(one.group), _span(one.rmst), "") for one in found.groups]
    for one in found.contrasts:
        names = ("second", "second") if len(found.contrasts) == 1 else (str(one.group),) * 2
        lines.append((f"Difference, {names[0]} less first", _span(one.difference), p_value(one.p_value)))
        lines.append((f"Ratio, {names[1]} to first", _span(one.ratio, 2), p_value(one.ratio_p_value)))
    return pd.DataFrame(
        lines, columns=["", f"Mean event-free months of the first {found.horizon:g} ({confidence(conf_level)})", "P"]
    )


def _span(estimate: Estimate | NotEstimable, decimals: int = 1) -> str:
    if isinstance(estimate, NotEstimable):
        return not_estimable(estimate)
    between = " to " if estimate.lower < 0 else "-"
    return f"{estimate.value:.{decimals}f} ({estimate.lower:.{decimals}f}{between}{estimate.upper:.{decimals}f})"


def without_one_group(frame: pd.DataFrame) -> pd.DataFrame:
    """Without the column of groups where there is one group only."""
    return frame.drop(columns="Group") if set(frame["Group"]) == {EVERYONE} else frame


def rules_table(found: RelapseRules) -> pd.DataFrame:
    """A line a definition: relapses, by what made the first, and its source."""
    components = list(dict.fromkeys(name for one in found.rules for name in sorted(one.by_component)))
    lines = []
    for one in found.rules:
        n_each = [one.by_component.get(name, 0) for name in components]
        lines.append((one.label, percent(len(one.relapsed), one.n), *n_each, one.source))
    named = list(map(capitalized, components))
    return pd.DataFrame(lines, columns=["Relapse", "Patients", *named, "Source"])


def changed_table(found: RelapseRules) -> pd.DataFrame:
    """A line for each two definitions that disagree, in each direction: how many patients, and which."""
    lines = [(one.by, one.not_by, len(one.patients), ", ".join(one.patients)) for one in found.changed]
    return pd.DataFrame(lines, columns=["Relapse by", "And not by", "Patients", "Who"])
