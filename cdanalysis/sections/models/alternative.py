"""One alternative of a sensitivity analysis - another clock, another date of relapse - and the hazard ratios it is judged by."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes import covariates
from cdanalysis.outcomes.markers import handles_of
from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.sections.models.candidate_models import fit_univariable
from cdanalysis.sections.models.ratio_of import ratio_of
from cdanalysis.sections.survival.analysis import drawn_steps
from cdanalysis.settings import Settings
from cdanalysis.statistics.curves.curve_steps import CurveSteps
from cdanalysis.statistics.curves.kaplan_meier import KaplanMeierCurve, KaplanMeierResult, curves_by_place
from cdanalysis.statistics.time_axis import Observed


@dataclass(frozen=True)
class MarkerRatio:
    """A marker above against below its cut-off; p_value is NaN where the ratio is not estimable."""

    label: str
    ratio: Estimate | NotEstimable
    p_value: float


def marker_ratios(
    cohort: Cohort, patient_ids: Sequence[str], data: Observed, settings: Settings
) -> tuple[MarkerRatio, ...]:
    """One univariable Cox model for each marker under a handle; data in the order of patient_ids."""
    chosen = [covariates.cut(cohort, tuple(patient_ids), code, settings) for code in handles_of(cohort, settings)]
    found = map(ratio_of, fit_univariable(data, chosen, settings, cohort.memory))
    return tuple(
        MarkerRatio(one.terms[0].label, fit.ratio, fit.p_value) for one, fit in zip(chosen, found, strict=True)
    )


@dataclass(frozen=True, eq=False)
class Alternative:
    """Everybody's curve (months since its time zero), survival at the chosen months, the markers' hazard ratios."""

    code: str
    kaplan_meier: KaplanMeierResult
    steps: CurveSteps
    ratios: tuple[MarkerRatio, ...]

    @property
    def curve(self) -> KaplanMeierCurve:
        """The curve of everybody."""
        return self.kaplan_meier.curves[0]


def alternative(
    code: str,
    cohort: Cohort,
    patient_ids: Sequence[str],
    data: Observed,
    times: tuple[Sequence[float], Sequence[float]],
    settings: Settings,
) -> Alternative:
    """The patients of one alternative, data in their order; times: the months asked for, those of the risk table."""
    months, risk_times = times
    curves = curves_by_place(
        data, ("",), np.zeros(len(data), int), settings.km_interval, settings.conf_level, tuple(months)
    )
    steps = drawn_steps(curves.curves[0], data, tuple(risk_times))
    return Alternative(code, curves, steps, marker_ratios(cohort, tuple(patient_ids), data, settings))
