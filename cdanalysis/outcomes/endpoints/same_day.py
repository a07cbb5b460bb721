"""The same day: an end stated in months or weeks is a day known to half a unit of its last digit, and reaches to an event in it.

Owns the convention. An event comes before a censoring on the same day; days that lie apart by less than a month's rounding
in a float are one day.
"""

from collections.abc import Iterable

import numpy as np

ROUNDING = 0.01  # days: what is left of a day that went through months and back


def reached(end: float, tolerance: float, days: Iterable[float]) -> float:
    """The end of an observation in days, moved to the latest of the days that its rounding may hide."""
    return max((day for day in days if end < day <= end + tolerance + ROUNDING), default=end)


def all_reached(ends: np.ndarray, tolerances: np.ndarray, days: np.ndarray) -> np.ndarray:
    """As `reached`, for n patients with a day each (n,), NaN where there is none."""
    within = (days > ends) & (days <= ends + tolerances + ROUNDING)
    return np.where(within, days, ends)


def counted(moved: Iterable[float], what: str) -> tuple[str, ...]:
    """The sentence on events that count because an end is rounded; moved: by how many days each end was, 0 for most."""
    beyond = [days for days in moved if days > ROUNDING]
    if not beyond:
        return ()
    n, days = len(beyond), max(beyond)
    lie, they = ("lies", "it counts") if n == 1 else ("lie", "they count")
    return (
        f"{n} × {what} {lie} after an end that is stated in rounded months or weeks, by {days:.1f} days at most: on the same "
        f"day as far as is known, so {they}.",
    )
