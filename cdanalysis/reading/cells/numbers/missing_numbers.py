"""Numbers that stand for nothing: -99, 999; asked once per column, and left out until then."""

from collections.abc import Set

import numpy as np

from cdanalysis.reading.cells.numbers.chance import is_beyond_chance
from cdanalysis.reading.questions import ColumnAsking

MISSING, A_VALUE = "missing", "a value"
# Codes for a value that is not known.
PARTED_NINES = (9.99, 99.9, 99.99, 999.9, 999.99)
NINES = tuple(10.0**n - 1 for n in range(5, 13))  # 99999
SENTINELS = frozenset(
    (-1, -9, -99, -999, -9999, 9, 88, 99, 777, 888, 997, 998, 999, 8888, 9997, 9998, 9999, *PARTED_NINES, *NINES)
)
SMALL = frozenset(
    (7, 8, 66, 77)
)  # so too, but rather a value: only far above whole numbers, or far more often than they
# Negative values are codes where so few different ones stand beside such a share of others.
MOST_NEGATIVE, LEAST_NOT = 3, 0.7
# Missing wherever a column's range excludes them.
MISSING_NUMBERS = frozenset({99.0, 888.0, 999.0, 8888.0, 9999.0, -9.0, -99.0, -999.0, -9999.0})
MISSING_AS_CODES = MISSING_NUMBERS | {66.0, 77.0, 88.0, 97.0, 98.0, 997.0, 998.0}  # beside codes of one digit
LEAST_AMONG = 99.0  # a code that others lie around and above
FAR = 1.5  # times the highest of the other values
GAP, LEAST_GAP = 0.25, 0.1  # of the others' range, and of itself: one that stands there twice lies so far above them
LEAST_OTHERS = 3
FAR_MORE, COMMON = 3, 0.2  # times the next commonest value, and of all values
LEAST_REPEATED = 2  # times
# Of so many different values one that stands there so often is no measurement.
MANY, LEAST_SHARE, LEAST_TIMES = 20, 0.05, 4
TWICE, FAR_BEYOND = 2.0, 10.0  # times the highest of the others
FEW_OTHERS = 10  # different values: beside fewer, 0 counts something
NEAR_NOTHING = 0.25  # of the median: where no other value lies lower, 0 is none of them
LEAST_TOLD = 0.85  # of a column that are 0 or 1: the others are hardly values of it


def missing_codes(values: np.ndarray, about: ColumnAsking, *, known: bool = False) -> set[float]:
    """The values of a column of numbers that stand for nothing; while that is asked, they are left out too.

    known: whether the dictionary knows the column: its range excludes most codes, and of two digits a single one is a value.
    """
    present = values[~np.isnan(values)]
    suspected = [
        code
        for code in suspected_codes(present)
        if not known
        or code >= 100
        or ((code > 9 or code == 0) and (present == code).sum() >= LEAST_REPEATED)
        or (present == code).sum() >= LEAST_TIMES
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
    usual = _are_among(distinct, SENTINELS) | _are_negative_codes(distinct, counts) | _lie_beyond(distinct, counts)
    usual |= _are_small_codes(distinct, counts, ~usual & ~_are_among(distinct, SMALL))
    others, most = distinct[~usual], counts[~usual].max(initial=0)
    if others.min(initial=0) < 0:
        return []
    if counts[~usual].sum() < LEAST_OTHERS:
        return _beside_yes_and_no(distinct, counts)
    found = [
        float(value)
        for value, n in zip(distinct[usual], counts[usual], strict=True)
        if value in SMALL
        or _is_code(value, n, most, others, counts)
        or (value >= LEAST_AMONG and n >= LEAST_REPEATED and is_beyond_chance(value, n, others, counts[~usual]))
    ]
    n_0 = counts[distinct == 0].sum()
    if LEAST_REPEATED <= n_0 <= COMMON * counts.sum() and _is_none_0(others[others > 0]):
        found.append(0.0)
    return found or _beside_yes_and_no(distinct, counts)


def _is_code(value: float, n: int, most: int, others: np.ndarray, counts: np.ndarray) -> bool:
    """Whether a value that is a usual code stands for nothing among the others, of which the commonest stands `most` times."""
    return bool(
        value < 0
        or _stands_out(value, n, most, others, counts)
        or _lies_apart(value, others)
        or (value >= 99 and n >= LEAST_REPEATED and _is_above(value, others))
        or (value > 9 and _is_commonest(value, n, most, others, counts.sum()))
    )


def _are_small_codes(distinct: np.ndarray, counts: np.ndarray, rest: np.ndarray) -> np.ndarray:
    """Which of 7, 8, 66 and 77 stand for nothing; rest: which values are no code of any kind."""
    others, most = distinct[rest], counts[rest].max(initial=0)
    in_a_row = len(others) > 1 and bool((np.diff(others) == 1).all()) and not (others % 1).any()
    found = _are_among(distinct, SMALL) & (len(others) > 0)
    for place in np.flatnonzero(found):
        value, n = distinct[place], counts[place]
        apart = n >= LEAST_REPEATED and value >= TWICE * others.max() and in_a_row
        found[place] = apart or _stands_out(value, n, most, others, counts)
    return found


def _is_none_0(others: np.ndarray) -> bool:
    """Whether no value lies anywhere near 0, which then is none of them."""
    return bool(len(others) >= FEW_OTHERS and others.min() >= NEAR_NOTHING * np.median(others))


def _stands_out(value: float, n: int, most: int, others: np.ndarray, counts: np.ndarray) -> bool:
    """Whether a code among many different measurements stands there far more often than any of them, or far below all; at their
    lower end it is what a laboratory writes for less."""
    often = n >= max(LEAST_TIMES, LEAST_SHARE * counts.sum()) and n > FAR_MORE * most
    among = often and len(others) >= MANY and value > np.quantile(others, LEAST_SHARE)
    below = (
        LEAST_TIMES <= n <= COMMON * counts.sum() and len(others) >= FEW_OTHERS and 0 < TWICE * value <= others.min()
    )
    return bool(among or below)


def _beside_yes_and_no(distinct: np.ndarray, counts: np.ndarray) -> list[float]:
    """The one or two values of a column that is 0 and 1 otherwise; 2, and 0.5 again and again, may be a third of its kind."""
    told = (distinct == 0) | (distinct == 1)
    left = distinct[~told]
    if told.sum() < 2 or not 0 < len(left) <= 2 or 2 in left or counts[told].sum() < LEAST_TOLD * counts.sum():
        return []
    between = counts[(distinct > 0) & (distinct < 1)]
    return [] if (between > 1).any() else [float(value) for value in left]


def _are_among(distinct: np.ndarray, codes: Set[float]) -> np.ndarray:
    """Which of the values are among some codes."""
    return np.array([value in codes for value in distinct.tolist()], bool)


def _lie_beyond(distinct: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Which value is the highest, again and again, far beyond every other."""
    if len(distinct) <= FEW_OTHERS or counts[-1] < LEAST_REPEATED or distinct[-1] < FAR_BEYOND * distinct[-2]:
        return np.zeros(len(distinct), bool)
    return distinct == distinct[-1]


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
