"""The hazard ratios of the markers under the handles, each alone: what a sensitivity analysis is judged by."""

from collections.abc import Sequence
from dataclasses import dataclass

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes import covariates
from cdanalysis.outcomes.markers import handles_of
from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.sections.models.candidate_models import fit_univariable
from cdanalysis.settings import Settings
from cdanalysis.statistics.cox.cox_result import CoxResult
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
    fits = fit_univariable(data, chosen, settings, cohort.memory)
    return tuple(_ratio(one.terms[0].label, fit) for one, fit in zip(chosen, fits, strict=True))


def _ratio(label: str, fit: CoxResult | NotEstimable) -> MarkerRatio:
    if isinstance(fit, NotEstimable):
        return MarkerRatio(label, fit, float("nan"))
    return MarkerRatio(label, fit.terms[0].hazard_ratio, fit.terms[0].p_value)
