"""Days, weeks and months, each defined once: a week is 7 days, a month 365.25/12 days; a number as text, readable numbers."""

from math import ceil, floor, log10
from typing import Any, Protocol, TypeVar

DAYS_PER_WEEK = 7.0
DAYS_PER_MONTH = 365.25 / 12


class _Divided(Protocol):
    """A number, or an array or a column of numbers."""

    def __truediv__(self, other: float, /) -> Any: ...


Quantity = TypeVar("Quantity", bound=_Divided)


def weeks_to_days(weeks: float) -> float:
    """Days in a number of weeks; week 24 is day 168."""
    return weeks * DAYS_PER_WEEK


def days_to_weeks(days: float) -> float:
    """Weeks in a number of days."""
    return days / DAYS_PER_WEEK


def months_to_days(months: float) -> float:
    """Days in a number of months."""
    return months * DAYS_PER_MONTH


def days_to_months(days: Quantity) -> Quantity:
    """Months in a number of days; week 24 is 5.5195 months."""
    return days / DAYS_PER_MONTH


def number_text(value: float) -> str:
    """A value as short as it can be read back: `10`, `0.5`, `1234567`."""
    text = f"{value:g}"
    return text if float(text) == value else f"{value:.15g}"


def round_numbers(lowest: float, highest: float, most: int = 8) -> list[float]:
    """Up to `most` readable numbers from lowest to highest, a step of 1, 2 or 5 times a power of ten apart."""
    if highest <= lowest:
        return [lowest]
    rough = (highest - lowest) / (most - 1)
    power = 10.0 ** floor(log10(rough))
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= rough * (1 - 1e-9))
    first, last = ceil(lowest / step - 1e-9), floor(highest / step + 1e-9)
    return [round(place * step, 12) for place in range(first, last + 1)]
