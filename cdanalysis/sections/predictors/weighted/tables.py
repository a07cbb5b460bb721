"""Balance before and after weighting; survival, ratio and test with and without weights."""

import pandas as pd

from cdanalysis.sections.models.words import ratio_with_p
from cdanalysis.sections.predictors.weighted.analysis import WeightedGroups
from cdanalysis.sections.predictors.weighted.words import number
from cdanalysis.writing.numbers import confidence, p_value, percentage_with_interval


def balance_table(found: WeightedGroups) -> pd.DataFrame:
    """One line per covariate's term."""
    lines = [
        (one.label, "yes" if one.weighted_for else "no", number(one.before), number(one.after)) for one in found.balance
    ]
    return pd.DataFrame(lines, columns=["Covariate", "Weighted for", "Difference before (SD)", "Difference after (SD)"])


def balance_numbers(found: WeightedGroups) -> pd.DataFrame:
    """The same as numbers."""
    lines = [(one.label, one.weighted_for, one.before, one.after) for one in found.balance]
    return pd.DataFrame(lines, columns=["covariate", "weighted_for", "before", "after"])


def weighted_table(found: WeightedGroups, conf_level: float) -> pd.DataFrame:
    """One line per quantity: survival by group at the chosen months, then ratio and test, weighted and not."""
    level = confidence(conf_level)
    lines = [
        (f"Free at {month:g} months, {label} ({level})", percentage_with_interval(one))
        for month, pair in found.at
        for label, one in zip(found.labels, pair, strict=True)
    ]
    lines += [
        (f"HR, weighted ({level}), P", ratio_with_p(found.weighted)),
        (f"HR, unweighted ({level}), P", ratio_with_p(found.plain)),
        ("Weighted log-rank P", p_value(found.weighted_p)),
        ("Log-rank P", p_value(found.plain_p)),
    ]
    return pd.DataFrame(lines, columns=["", "Weighted groups"])
