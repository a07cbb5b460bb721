"""What a cohort offers: its outcomes with their events and follow-up, and its markers with their range."""

from dataclasses import dataclass

import numpy as np

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.markers import Marker
from cdanalysis.outcomes.endpoints.declared import Declared, declared
from cdanalysis.outcomes.groups import baseline_values
from cdanalysis.outcomes.markers import summaries
from cdanalysis.results import NotEstimable
from cdanalysis.settings import Settings
from cdanalysis.statistics.curves.kaplan_meier import median_follow_up


@dataclass(frozen=True)
class OutcomeSeen:
    """An outcome: patients with a time, events, follow-up in months (median by reverse Kaplan-Meier, NaN if not reached).

    reason: why it cannot be analysed, empty if it can. n_excluded: patients without it.
    """

    code: str
    noun: str
    n: int = 0
    n_events: int = 0
    n_excluded: int = 0
    median_months: float = float("nan")
    longest_months: float = float("nan")
    origin: str = ""
    reason: str = ""


@dataclass(frozen=True)
class MarkerSeen:
    """A marker: patients in whom it was measured at baseline, and their lowest, median and highest value."""

    marker: Marker
    n: int
    lowest: float
    median: float
    highest: float


@dataclass(frozen=True)
class Offered:
    """The outcomes and markers of a cohort, in the order in which they are offered.

    followed: labels of the markers of which another value than that of baseline can be chosen.
    """

    outcomes: tuple[OutcomeSeen, ...]
    markers: tuple[MarkerSeen, ...]
    followed: tuple[str, ...] = ()


def offered(cohort: Cohort, settings: Settings) -> Offered:
    """Every outcome under the definitions in use, and every marker that holds a value."""
    outcomes = tuple(_outcome(cohort, settings, one) for one in declared(cohort).values())
    ids = tuple(cohort.patients["patient_id"])
    markers = (
        _marker(cohort.marker(code), baseline_values(cohort, cohort.marker(code).column, ids))
        for code in cohort.markers
    )
    later = () if summaries.not_before(cohort, settings) else summaries.followed(cohort, settings)
    followed = tuple(summaries.label_of(cohort, settings, code) for code in later)
    return Offered(outcomes, tuple(one for one in markers if one.n), followed)


def _outcome(cohort: Cohort, settings: Settings, one: Declared) -> OutcomeSeen:
    found = one.derive(cohort, settings)
    if isinstance(found, NotEstimable):
        return OutcomeSeen(one.code, one.noun, reason=found.reason)
    time, event = found.patients["time_months"].to_numpy(float), found.patients["event"].to_numpy(bool)
    return OutcomeSeen(
        code=one.code,
        noun=one.noun,
        n=len(time),
        n_events=int(event.sum()),
        n_excluded=sum(exclusion.n for exclusion in found.excluded),
        median_months=median_follow_up(time, event).value,
        longest_months=float(time.max()),
        origin=found.origin,
    )


def _marker(marker: Marker, values: np.ndarray) -> MarkerSeen:
    known = values[~np.isnan(values)]
    if not len(known):
        return MarkerSeen(marker, 0, np.nan, np.nan, np.nan)
    return MarkerSeen(marker, len(known), float(known.min()), float(np.median(known)), float(known.max()))
