"""The numbers behind each printed result of the study, from whatever cohort is loaded: id -> how it is computed.

A value that the cohort cannot give is NaN; what it would need is said by the page of that analysis.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from math import nan

import numpy as np
import pandas as pd

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes import endpoints, groups
from cdanalysis.results import NotEstimable, PredictorRow, numbers_of
from cdanalysis.sections.endoscopy.analysis import Endoscopy, endoscopy
from cdanalysis.sections.flow.analysis import flow
from cdanalysis.sections.models.candidate_models import CandidateModels
from cdanalysis.sections.predictors.analysis import Predictors, predictors
from cdanalysis.sections.response.analysis import AtWeek, Induction, induction
from cdanalysis.sections.safety.analysis import Safety, safety
from cdanalysis.sections.survival.analysis import Survival, survival
from cdanalysis.settings import Settings
from cdanalysis.statistics.describe.comparisons import quantiles
from cdanalysis.statistics.describe.paired import paired
from cdanalysis.units import DAYS_PER_MONTH, weeks_to_days

Numbers = tuple[float, ...]
TGN_CUTOFF = 235.0  # of the printed counts, whatever the slider says
MONTHS = (6, 12, 24, 36, 48, 60)


class StudyNumbers:
    """A cohort's analyses under one convention, each run when first asked for."""

    def __init__(self, cohort: Cohort, settings: Settings) -> None:
        self.cohort = cohort
        self.settings = replace(settings, survival_group="", at_months=",".join(map(str, MONTHS)))
        self.patients = cohort.patients

    @cached_property
    def induction(self) -> Induction | NotEstimable:
        return induction(self.cohort, self.settings)

    @cached_property
    def predictors(self) -> Predictors | NotEstimable:
        return predictors(self.cohort, self.settings)

    @cached_property
    def endoscopy(self) -> Endoscopy | NotEstimable:
        return endoscopy(self.cohort, self.settings)

    @cached_property
    def safety(self) -> Safety | NotEstimable:
        return safety(self.cohort, self.settings)

    @cached_property
    def safety_models(self) -> CandidateModels | NotEstimable:
        return self.safety if isinstance(self.safety, NotEstimable) else self.safety.models

    @cached_property
    def curves(self) -> dict[str, Survival | NotEstimable]:
        return {name: survival(self.cohort, self.settings, derive) for name, derive in endpoints.DERIVED.items()}

    @cached_property
    def maintained(self) -> tuple[str, ...]:
        found = endpoints.relapse(self.cohort, self.settings)
        return () if isinstance(found, NotEstimable) else tuple(found.patients["patient_id"])

    def column(self, name: str) -> np.ndarray:
        """A baseline number of every patient."""
        return groups.baseline_values(self.cohort, name, tuple(self.patients["patient_id"]))

    def n(self, name: str, value: object = True) -> float:
        """How many patients have a value of a column."""
        return float((self.patients[name] == value).fillna(False).sum()) if name in self.patients else nan

    def percentage(self, name: str, value: object = True) -> Numbers:
        """Which percentage of all patients has a value of a column."""
        return (100 * self.n(name, value) / max(len(self.patients), 1),)

    def quartiles(self, values: np.ndarray) -> Numbers:
        """Median and quartiles."""
        q1, median, q3 = quantiles(values, (0.25, 0.5, 0.75), self.settings.convention)
        return median, q1, q3

    def flow(self, *words: str) -> Numbers:
        """The patients of the first step of the screening sheet that holds one of the words."""
        steps = zip(self.cohort.screening["step"], self.cohort.screening["n"], strict=True)
        return (next((float(n) for step, n in steps if any(word in str(step).lower() for word in words)), nan),)

    def excluded(self) -> Numbers:
        """The patients excluded before enrolment."""
        left = [one.n for step in flow(self.cohort, self.settings).steps[:-1] for one in step.left]
        return (float(sum(left)) if left else nan,)

    def status(self, state: str, week: int) -> Numbers:
        """Percentage in response or remission at a week."""
        if isinstance(self.induction, NotEstimable):
            return (nan,)
        at: AtWeek | None = next((one for one in self.induction.weeks if one.week == week), None)
        return (100 * getattr(at, state).value if at else nan,)

    def time_to(self, state: str) -> Numbers:
        """Weeks to response or remission."""
        if isinstance(self.induction, NotEstimable):
            return (nan,) * 3
        found = getattr(self.induction, state)
        return found.median, found.lower_quartile, found.upper_quartile

    def activity(self, label: str, week: int = 8) -> Numbers:
        """P of the paired t-test of a measurement at a week against baseline."""
        if isinstance(self.induction, NotEstimable):
            return (nan,)
        tests = (dict(zip(one.weeks, one.tests, strict=True)) for one in self.induction.activity if one.label == label)
        return (getattr(next(tests, {}).get(week), "t_p", nan),)

    def dose(self) -> Numbers:
        """P of the paired t-test of the azathioprine doses."""
        return (getattr(paired(*map(self.column, ("aza_mono_dose_mg_per_kg", "aza_dose_mg_per_kg"))), "t_p", nan),)

    def share_of_events(self, outcome: str) -> Numbers:
        """Percentage of the patients of a curve who had the event."""
        found = self.curves[outcome]
        return (nan,) if isinstance(found, NotEstimable) else (100 * found.n_events / found.n,)

    def free(self, outcome: str, months: int) -> Numbers:
        """Percentage free of the event at a month."""
        found = self.curves[outcome]
        return (
            (nan,)
            if isinstance(found, NotEstimable)
            else (100 * found.kaplan_meier.at[MONTHS.index(months)].survival.value,)
        )

    def had(self, outcome: str, months: int) -> Numbers:
        return (100 - self.free(outcome, months)[0],)

    def median(self, outcome: str) -> Numbers:
        """Median event-free time with its interval."""
        found = self.curves[outcome]
        return numbers_of(None if isinstance(found, NotEstimable) else found.quantiles[0][1])

    def quarters(self, outcome: str) -> Numbers:
        """Median and quartiles of the curve itself."""
        found = self.curves[outcome]
        if isinstance(found, NotEstimable):
            return (nan,) * 3
        q1, median, q3 = (estimate.value for estimate in found.quantiles[0])
        return median, q1, q3

    def follow_up(self, maintained: bool) -> Numbers:
        """Follow-up from the start of therapy, in months."""
        chosen = self.patients["patient_id"].isin(self.maintained) if maintained else slice(None)
        return self.quartiles(self.patients.loc[chosen, "follow_up_days"].to_numpy(float) / DAYS_PER_MONTH)

    @cached_property
    def first_tgn(self) -> pd.DataFrame:
        """6-TGN during maintenance: each patient's first visit with a value after the landmark week."""
        visits, start = self.cohort.visits, weeks_to_days(self.settings.landmark_week)
        later = visits[visits["tgn_pmol_per_8e8_rbc"].notna() & (visits["days"] > start)]
        return later[later["patient_id"].isin(self.maintained)].groupby("patient_id").first()

    def ratio(self, models: CandidateModels | NotEstimable, code: str, model: str) -> Numbers:
        """Hazard ratio with its interval, of a candidate's first term."""
        return numbers_of(getattr(_first_row(models, code), model, None))

    def ratio_p(self, models: CandidateModels | NotEstimable, code: str, model: str) -> Numbers:
        """P of that hazard ratio."""
        return (getattr(_first_row(models, code), f"{model}_p", nan),)

    def of_endoscopy(self, read: Callable[[Endoscopy], Numbers], n: int = 1) -> Numbers:
        """What a function reads from the endoscopy analysis; NaN where the file has no such score, share or year."""
        return _read(self.endoscopy, read, n)

    def of_safety(self, read: Callable[[Safety], float]) -> Numbers:
        """What a function reads from the safety analysis."""
        return _read(self.safety, lambda found: (float(read(found)),), 1)


def _first_row(models: CandidateModels | NotEstimable, code: str) -> PredictorRow | None:
    return next((row for row in getattr(models, "rows", ()) if row.code == code), None)


def _read(found: object, read: Callable, n: int) -> Numbers:
    try:
        return (nan,) * n if isinstance(found, NotEstimable) else read(found)
    except (LookupError, AttributeError, StopIteration):
        return (nan,) * n
