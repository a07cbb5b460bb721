"""The comparison with lifelines as a table."""

from collections.abc import Sequence

import pandas as pd

from cdanalysis.statistics.checks.lifelines_check import Comparison


def check_table(comparisons: Sequence[Comparison]) -> pd.DataFrame:
    """One line per quantity: how many numbers agree within what."""
    lines = [
        (one.quantity, one.n_compared, f"{one.largest_difference:.1e}" if one.n_compared else "–", one.note)
        for one in comparisons
    ]
    return pd.DataFrame(lines, columns=["Quantity", "Numbers compared", "Largest difference", "Note"])
