"""Groups compared, as tables: the tests, every pair, restricted mean times."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.wording.numbers import confidence, not_estimable, p_value

if TYPE_CHECKING:
    from cdanalysis.analyses.group_comparison import GroupComparison
    from cdanalysis.statistics.rmst import Rmst

NAMES = {"logrank": "Log-rank", "breslow": "Breslow (Gehan)", "tarone-ware": "Tarone-Ware", "peto": "Peto"}


def tests_table(found: GroupComparison) -> pd.DataFrame:
    """A line a test (the weighted ones give early differences more weight), then a line a pair."""
    lines = [
        (NAMES[name], not_estimable(test), "") if isinstance(test, NotEstimable)
        else (NAMES[name], f"{test.statistic:.2f} ({test.df})", p_value(test.p_value))
        for name, test in found.tests
    ]  # fmt: skip
    for pair in found.pairs:
        corrected = f"{p_value(pair.p_value)} (Holm {p_value(pair.holm_p)})"
        lines.append((f"{pair.first} and {pair.second}, log-rank", "", corrected))
    return pd.DataFrame(lines, columns=["Test", "Chi-square (df)", "P"])


def means_table(found: Rmst, conf_level: float) -> pd.DataFrame:
    """A line a group, then the second against the first."""
    lines = [(str(one.group), _span(one.rmst), "") for one in found.groups]
    if found.difference is not None:
        lines.append(("Difference, second less first", _span(found.difference), p_value(found.p_value)))
        lines.append(("Ratio, second to first", _span(found.ratio, 2), p_value(found.ratio_p_value)))
    return pd.DataFrame(
        lines, columns=["", f"Mean event-free months of the first {found.horizon:g} ({confidence(conf_level)})", "P"]
    )


def _span(estimate: Estimate | NotEstimable, decimals: int = 1) -> str:
    if isinstance(estimate, NotEstimable):
        return not_estimable(estimate)
    between = " to " if estimate.lower < 0 else "-"
    return f"{estimate.value:.{decimals}f} ({estimate.lower:.{decimals}f}{between}{estimate.upper:.{decimals}f})"
