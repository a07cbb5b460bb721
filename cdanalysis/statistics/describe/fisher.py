"""Fisher's exact test of an r x c table (Freeman and Halton, Biometrika 1951;38:141), two-sided.

Every table with the same margins is visited one column at a time while there are at most MOST_TABLES: the P of R's network
algorithm, which scipy does not have. Beyond that it is no exact test any more and is named so: DRAWS tables are drawn with a
fixed seed, so that the same table gives the same P, with a standard error of at most 0.0016.
"""

import numpy as np
from scipy.special import gammaln
from scipy.stats import fisher_exact, random_table

MOST_TABLES = 300_000
DRAWS = 100_000
SEED = 20201106
TOLERANCE = 1e-7  # tables as probable as the observed one but for rounding count, as in R


def fisher_exact_p(table: np.ndarray) -> tuple[float, bool]:
    """P of the table (r, c) of counts without an empty row or column, and whether it was simulated."""
    table = np.asarray(table, dtype=np.int64)
    if table.shape == (2, 2):
        return float(fisher_exact(table).pvalue), False
    table = table if table.shape[0] <= table.shape[1] else table.T  # few rows, many columns: the smallest states
    log_p = _all_tables(table)
    if log_p is None:
        return _drawn(table), True
    observed = -gammaln(table + 1).sum()
    weight = np.exp(log_p - log_p.max())
    return float(min(1.0, weight[log_p <= observed + TOLERANCE].sum() / weight.sum())), False


def _all_tables(table: np.ndarray) -> np.ndarray | None:
    """Log-probability, but for a constant, of every table with these margins; None where there are too many."""
    left, log_p = table.sum(axis=1)[None, :], np.zeros(1)
    for total in table.sum(axis=0)[:-1]:
        grown = _columns(left, int(total))
        if grown is None:
            return None
        parent, column = grown
        left, log_p = left[parent] - column, log_p[parent] - gammaln(column + 1).sum(axis=1)
    return log_p - gammaln(left + 1).sum(axis=1)


def _columns(left: np.ndarray, total: int) -> tuple[np.ndarray, np.ndarray] | None:
    """Every way to fill one column of the total from what is left of each row: which state, and the column."""
    parent, column, need = np.arange(len(left)), np.empty((len(left), 0), np.int64), np.full(len(left), total)
    for row in range(left.shape[1]):
        after = left[:, row + 1 :].sum(axis=1)[parent]
        lowest, highest = np.maximum(need - after, 0), np.minimum(left[parent, row], need)
        ways = np.maximum(highest - lowest + 1, 0)
        if ways.sum() > MOST_TABLES:
            return None
        of = np.repeat(np.arange(len(parent)), ways)
        value = np.arange(len(of)) - np.repeat(np.cumsum(ways) - ways, ways) + lowest[of]
        parent, column, need = parent[of], np.column_stack([column[of], value]), need[of] - value
    return parent, column


def _drawn(table: np.ndarray) -> float:
    law = random_table(table.sum(axis=1), table.sum(axis=0))
    tables = law.rvs(size=DRAWS, random_state=np.random.default_rng(SEED))
    as_extreme = -gammaln(tables + 1).sum(axis=(1, 2)) <= -gammaln(table + 1).sum() + TOLERANCE
    return float((as_extreme.sum() + 1) / (DRAWS + 1))
