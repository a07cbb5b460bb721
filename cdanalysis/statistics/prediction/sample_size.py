"""The least sample size to develop a prediction model of a time to event: Riley's three criteria, as the package pmsampsize.

1: a shrinkage of at least 0.9; 2: an optimism of at most 0.05 in Nagelkerke's R^2; 3: the risk at a time known to within 0.05.
The R^2 of Cox and Snell is taken as 15 % of the largest one that the outcome allows, where nothing better is known. Riley and
others, Stat Med 2019;38:1276; BMJ 2020;368:m441.
"""

from dataclasses import dataclass
from math import ceil, exp, inf, log

SHRINKAGE, OPTIMISM, PRECISION, SHARE_OF_LARGEST, Z = 0.9, 0.05, 0.05, 0.15, 1.96


@dataclass(frozen=True)
class SampleSize:
    """patients: by criterion; needed: the largest of them; events: as many at the cohort's own rate and follow-up."""

    r_squared: float
    largest_r_squared: float
    patients: tuple[float, float, float]
    events: float

    @property
    def needed(self) -> float:
        """Patients that meet all three."""
        return max(self.patients)


def sample_size(n_terms: int, n_events: int, years: float, n: int, at_years: float) -> SampleSize:
    """For a model of n_terms, an outcome of n_events in so many person-years of n patients, risks at a time in years."""
    rate, mean = n_events / years, years / n
    largest = 1 - exp(2 * n_events * (log(rate) - 1) / n) if log(rate) < 1 else 0.0
    r_squared = SHARE_OF_LARGEST * largest
    second = r_squared / (r_squared + OPTIMISM * largest) if largest > 0 else 0.0
    risk = 1 - exp(-rate * at_years)
    patients = (
        _shrunk(n_terms, r_squared, SHRINKAGE),
        _shrunk(n_terms, r_squared, second),
        _precise(rate, mean, risk, at_years),
    )
    needed = max(patients)
    return SampleSize(r_squared, largest, patients, needed * rate * mean if needed < inf else inf)


def _shrunk(n_terms: int, r_squared: float, shrinkage: float) -> float:
    """Patients for that shrinkage at that R^2."""
    if not 0 < r_squared < shrinkage < 1:
        return inf
    return ceil(n_terms / ((shrinkage - 1) * log(1 - r_squared / shrinkage)))


def _precise(rate: float, mean: float, risk: float, at_years: float) -> float:
    """Patients for whose rate the upper limit of the risk lies no further than the precision above it."""
    if risk + PRECISION >= 1:
        return 1
    upper = -log(1 - risk - PRECISION) / at_years
    return ceil(rate / mean * (Z / (upper - rate)) ** 2)
