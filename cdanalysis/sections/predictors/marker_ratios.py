"""The hazard ratios of CRP and 6-TGN at their cut-offs, each alone: what a sensitivity analysis is judged by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes import covariates
from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.sections.models.candidate_models import fit_univariable
from cdanalysis.settings import Settings
from cdanalysis.statistics.time_axis import Observed

CODES = ("crp", "tgn")


@dataclass(frozen=True)
class MarkerRatio:
    """A marker above against below its cut-off; p_value is NaN where the ratio is not estimable."""

    label: str
    ratio: Estimate | NotEstimable
    p_value: float


def marker_ratios(
    cohort: Cohort, patient_ids: Sequence[str], data: Observed, settings: Settings
) -> tuple[MarkerRatio, ...]:
    """One univariable Cox model for each of the two markers that the file has; data in the order of patient_ids."""
    available = covariates.available(cohort)
    chosen = [covariates.covariate(cohort, tuple(patient_ids), code, settings) for code in CODES if code in available]
    fits = fit_univariable(data, chosen, settings)
    return tuple(_ratio(one.terms[0].label, fit) for one, fit in zip(chosen, fits, strict=True))


def _ratio(label: str, fit: object) -> MarkerRatio:
    if isinstance(fit, NotEstimable):
        return MarkerRatio(label, fit, float("nan"))
    return MarkerRatio(label, fit.terms[0].hazard_ratio, fit.terms[0].p_value)
