"""Numbers that stand for nothing: -99, 999; asked once per column, and left out until then."""

from __future__ import annotations

import numpy as np

from cdanalysis.reading.questions import ColumnAsking

MISSING, A_VALUE = "missing", "a value"
# Codes for a value that is not known.
SENTINELS = (
    -1,
    -9,
    -99,
    -999,
    -9999,
    9,
    9.99,
    88,
    99,
    99.9,
    99.99,
    777,
    888,
    997,
    998,
    999,
    999.9,
    999.99,
    8888,
    9997,
    9998,
    9999,
)
# Negative values are codes where so few different ones stand beside such a share of others.
MOST_NEGATIVE, LEAST_NOT = 3, 0.7
# Missing wherever a column's range excludes them.
MISSING_NUMBERS = frozenset({99.0, 888.0, 999.0, 8888.0, 9999.0, -9.0, -99.0, -999.0, -9999.0})
FAR = 1.5  # times the highest of the other values
GAP, LEAST_GAP = 0.25, 0.1  # of the others' range, and of itself: one that stands there twice lies so far above them
LEAST_OTHERS = 3
FAR_MORE, COMMON = 3, 0.2  # times the next commonest value, and of all values
LEAST_REPEATED = 2  # times


def missing_codes(values: np.ndarray, about: ColumnAsking, *, known: bool = False) -> set[float]:
    """The values of a column of numbers that stand for nothing; while that is asked, they are left out too.

    known: whether the dictionary knows the column: its range excludes most codes, and of two digits a single one is a value.
    """
    present = values[~np.isnan(values)]
    suspected = [
        code
        for code in suspected_codes(present)
        if not known or code >= 100 or (code > 9 and (present == code).sum() >= LEAST_REPEATED)
    ]
    if not suspected:
        return set()
    held = ", ".join(f"{int((present == code).sum()):,} × {code:g}" for code in suspected)
    others = present[~np.isin(present, suspected)]
    between = f"the other {len(others):,} values lie between {others.min():.4g} and {others.max():.4g}"
    text = f"{held}: a code for missing, or a value?"
    answer = about.ask("missing", text, (MISSING, A_VALUE), f"{between}; left out until then")
    return set() if answer == A_VALUE else set(suspected)


def suspected_codes(present: np.ndarray) -> list[float]:
    """The usual codes for a missing value among the numbers, where they lie apart from the others or are the commonest."""
    distinct, counts = np.unique(present, return_counts=True)
    usual = np.isin(distinct, SENTINELS) | _are_negative_codes(distinct, counts)
    others, most = distinct[~usual], counts[~usual].max(initial=0)
    if counts[~usual].sum() < LEAST_OTHERS or others.min() < 0:
        return []
    return [
        float(value)
        for value, n in zip(distinct[usual], counts[usual], strict=True)
        if value < 0
        or _lies_apart(value, others)
        or (value >= 99 and n >= LEAST_REPEATED and _is_above(value, others))
        or (value >= 99 and _is_commonest(value, n, most, others, counts.sum()))
    ]


def _is_above(value: float, others: np.ndarray) -> bool:
    """Whether a value lies by a part of the others' range above them, and not only because they lie close together."""
    return bool(value - others.max() >= max(GAP * np.ptp(others), LEAST_GAP * value))


def _are_negative_codes(distinct: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Which values are negative where nearly all are not: in a column of measurements they stand for nothing."""
    negative = distinct < 0
    few = negative.sum() <= MOST_NEGATIVE and counts[~negative].sum() >= LEAST_NOT * counts.sum()
    return negative & bool(few) & ((counts >= LEAST_REPEATED) | (distinct % 1 == 0))


def _is_commonest(value: float, n: int, most: int, others: np.ndarray, n_all: int) -> bool:
    """Whether a code stands there more often than any other value, above them all; among them, far more often."""
    return bool(
        n >= LEAST_OTHERS and (n > most and value > others.max() or (n > FAR_MORE * most and n >= COMMON * n_all))
    )


def _lies_apart(value: float, others: np.ndarray) -> bool:
    """Whether a positive code lies far above everything else; 9 only among whole numbers."""
    whole = value > 9 or (len(others) > 1 and not (others % 1).any())
    return bool(whole and value >= FAR * others.max())
