"""The test of proportional hazards, and what a split time or strata make of the model, as tables."""

import pandas as pd

from cdanalysis.results import NotEstimable
from cdanalysis.sections.predictors.proportional_hazards.analysis import ChangingHazard, Proportionality
from cdanalysis.statistics.checks.time_split import TimeSplit
from cdanalysis.statistics.cox.cox_result import CoxTerm
from cdanalysis.writing.nouns import capitalized, plural
from cdanalysis.writing.numbers import confidence, hazard_ratio, not_estimable, p_beside, p_value


def proportionality_table(found: Proportionality) -> pd.DataFrame:
    """A line a factor, and the overall test last, as R's cox.zph prints it."""
    tests = [*zip(found.labels, found.test.terms, strict=True), ("All together (GLOBAL)", found.test.overall)]
    lines = [(label, f"{test.statistic:.2f}", test.df, p_value(test.p_value)) for label, test in tests]
    return pd.DataFrame(lines, columns=["Factor", "Chi-square", "df", "P"])


def split_table(found: TimeSplit, conf_level: float, noun: str) -> pd.DataFrame:
    """The hazard ratio up to the split and after it."""
    lines = [
        (f"Up to month {found.at:g}", found.n_events[0], *_estimate(found.before)),
        (f"After month {found.at:g}", found.n_events[1], *_estimate(found.after)),
    ]
    return pd.DataFrame(lines, columns=["Time", capitalized(plural(noun)), f"HR ({confidence(conf_level)})", "P"])


def stratified_table(found: ChangingHazard, conf_level: float) -> pd.DataFrame:
    """The other terms as they are and with the factor's groups as strata."""
    if isinstance(found.stratified, NotEstimable):
        return pd.DataFrame([(found.label, not_estimable(found.stratified))], columns=["Strata", "Model"])
    before = {term.name: term for term in found.beside.terms}
    lines = [(term.name, *_estimate(before[term.name]), *_estimate(term)) for term in found.stratified.terms]
    level = confidence(conf_level)
    columns = ["Term", f"HR as modelled ({level})", "P as modelled", f"HR stratified ({level})", "P stratified"]
    return pd.DataFrame(lines, columns=columns)


def _estimate(term: CoxTerm) -> tuple[str, str]:
    return hazard_ratio(term.hazard_ratio), p_beside(term.hazard_ratio, term.p_value)
