"""Endoscopy before and after: each score in pairs, endoscopic remission, mucosal healing, the yearly course.

Owns: before = the last endoscopy up to four weeks after day 0, after = the last one later. Remission at any follow-up
endoscopy: as outcomes/endpoints/endoscopic.py has it. Healing: no ulceration at any follow-up endoscopy
of a patient who had one scored. A year's value is the endoscopy nearest to it within half a year.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.indices.endoscopic import BY_LEVEL, NAMED, RUTGEERTS, EndoscopicScore
from cdanalysis.outcomes.endoscopic_scores import graded, in_remission
from cdanalysis.outcomes.endpoints.endoscopic import BEFORE_DAYS
from cdanalysis.outcomes.endpoints.time_to_event import excluded_for
from cdanalysis.outcomes.selection import selected
from cdanalysis.results import Estimate, Exclusion, NotEstimable
from cdanalysis.settings import Settings
from cdanalysis.statistics.describe.comparisons import Description, describe
from cdanalysis.statistics.describe.paired import Paired, paired
from cdanalysis.statistics.describe.proportions import exact_interval
from cdanalysis.units import DAYS_PER_MONTH

DAYS_PER_YEAR = 12 * DAYS_PER_MONTH
LEAST_FOLLOW_UPS = 2  # endoscopies after baseline that make a patient serially examined
SCORES = {**{score.column: (score.label, score.unit) for score in BY_LEVEL}, RUTGEERTS: ("Rutgeerts", "")}


@dataclass(frozen=True, eq=False)
class Score:
    """A score in the patients who had it before and after: (n,) each, and the tests of no change."""

    label: str
    unit: str
    before: np.ndarray
    after: np.ndarray
    test: Paired | NotEstimable


@dataclass(frozen=True)
class Share:
    """How many of n patients, with the exact interval."""

    label: str
    k: int
    n: int
    share: Estimate


@dataclass(frozen=True, eq=False)
class Year:
    """The score of the serially examined patients who were seen in a year, and against year 0 and year 1 in who has both."""

    year: int
    values: np.ndarray
    described: Description
    against: dict[int, Paired | NotEstimable]


@dataclass(frozen=True, eq=False)
class Endoscopy:
    """Everything the Endoscopy page shows; n: patients with an endoscopy before and after; yearly, n_serial: score and
    patients of the yearly course.
    """

    n: int
    scores: tuple[Score, ...]
    shares: tuple[Share, ...]
    years: tuple[Year, ...]
    n_serial: int
    yearly: EndoscopicScore
    patient_ids: tuple[str, ...]
    excluded: tuple[Exclusion, ...]


def endoscopy(cohort: Cohort, settings: Settings) -> Endoscopy | NotEstimable:
    """Pairs, shares and the yearly course of the patients with an endoscopy before and after."""
    cohort = selected(cohort, settings)
    seen = cohort.endoscopy
    if seen.empty:
        return NotEstimable(f"the file has no endoscopy sheet (patient_id, date or months, {NAMED})")
    seen = graded(seen)
    earlier, later = seen[seen["days"] <= BEFORE_DAYS], seen[seen["days"] > BEFORE_DAYS]
    both = sorted(set(earlier["patient_id"]) & set(later["patient_id"]))
    if not both:
        return NotEstimable("no patient has an endoscopy both before and after the start of therapy")
    first = earlier.groupby("patient_id").last().loc[both]  # the last value known of each score
    follow_up = later[later["patient_id"].isin(both)]
    yearly = next((score for score in BY_LEVEL if _serial(follow_up, score.column)), BY_LEVEL[0])
    serial = tuple(_years(seen[seen["patient_id"].isin(_serial(follow_up, yearly.column))], yearly.column))
    return Endoscopy(
        n=len(both),
        scores=tuple(_scores(first, follow_up, settings)),
        shares=tuple(_shares(first, follow_up, settings)),
        years=serial,
        n_serial=max((len(year.values) for year in serial), default=0),
        yearly=yearly,
        patient_ids=tuple(both),
        excluded=excluded_for("no endoscopy before and after", len(cohort.patients) - len(both)),
    )


def _scores(first: pd.DataFrame, follow_up: pd.DataFrame, settings: Settings) -> Iterator[Score]:
    last = follow_up.groupby("patient_id").last().reindex(first.index)
    for column, (label, unit) in SCORES.items():
        before, after = first[column].to_numpy(float), last[column].to_numpy(float)
        known = ~(np.isnan(before) | np.isnan(after))
        if known.any():
            told = {"conf_level": settings.conf_level, "convention": settings.convention}
            test = paired(before[known], after[known], **told)
            yield Score(label, unit, before[known], after[known], test)


def _shares(first: pd.DataFrame, follow_up: pd.DataFrame, settings: Settings) -> Iterator[Share]:
    low = in_remission(follow_up, first, settings)
    scored = follow_up[list(SCORES)].notna().any(axis=1)
    yield _share("Endoscopic remission", follow_up[low], follow_up[scored], settings)
    ulcers = follow_up.get("ulceration", pd.Series(pd.NA, follow_up.index)).astype("boolean")
    if ulcers.notna().any():
        healed = follow_up[(ulcers == False).fillna(False)]  # noqa: E712  a nullable column, not a bool
        yield _share("Mucosal healing", healed, follow_up[ulcers.notna()], settings)


def _share(label: str, reached: pd.DataFrame, examined: pd.DataFrame, settings: Settings) -> Share:
    k, n = reached["patient_id"].nunique(), examined["patient_id"].nunique()
    return Share(label, k, n, exact_interval(k, n, conf_level=settings.conf_level))


def _serial(follow_up: pd.DataFrame, column: str) -> list[str]:
    """The patients with several follow-up endoscopies that have a score."""
    n = follow_up[follow_up[column].notna()].groupby("patient_id").size()
    return n[n >= LEAST_FOLLOW_UPS].index.tolist()


def _years(seen: pd.DataFrame, column: str) -> Iterator[Year]:
    scored = seen[seen[column].notna()]
    year = np.maximum(np.round(scored["days"] / DAYS_PER_YEAR), 0)
    scored = scored.assign(year=year.astype(int), away=(scored["days"] / DAYS_PER_YEAR - year).abs())
    nearest = scored.sort_values("away", kind="stable").groupby(["year", "patient_id"])[column].first()
    each = nearest.unstack("year")
    for one in map(int, each.columns):
        values = nearest.loc[one].to_numpy(float)
        earlier = [first for first in (0, 1) if first < one and first in each.columns]
        yield Year(
            one,
            values,
            describe(values),
            {first: paired(each[first].to_numpy(float), each[one].to_numpy(float)) for first in earlier},
        )
