"""One alternative of a sensitivity analysis - another clock, another date of relapse - and what it is judged by."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cdanalysis.cohort import Cohort
from cdanalysis.sections.models.marker_ratios import MarkerRatio, marker_ratios
from cdanalysis.sections.survival.survival import drawn_steps
from cdanalysis.settings import Settings
from cdanalysis.statistics.curves.curve_steps import CurveSteps
from cdanalysis.statistics.curves.kaplan_meier import KaplanMeierCurve, KaplanMeierResult, curves_by_place
from cdanalysis.statistics.time_axis import Observed


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
