"""Are there enough events for the model: events per covariate, groups without any, and Firth's estimates where it matters."""

from dataclasses import dataclass

import pandas as pd

from cdanalysis.results import NotEstimable
from cdanalysis.sections.models.model_design import ModelDesign, model_design
from cdanalysis.sections.models.observations import observations
from cdanalysis.sections.models.ratio_of import columns_of
from cdanalysis.sections.predictors.analysis import Predictors
from cdanalysis.settings import Settings
from cdanalysis.statistics.cox.cox_result import FEW_EVENTS_PER_PARAMETER, CoxResult
from cdanalysis.statistics.cox.firth import firth_cox
from cdanalysis.statistics.time_axis import Observed


@dataclass(frozen=True, eq=False)
class Separated:
    """A candidate whose own model has no estimate, the reason, and Firth's model of it."""

    label: str
    reason: str
    firth: CoxResult | NotEstimable


@dataclass(frozen=True, eq=False)
class SparseData:
    """model: the multivariable one; firth: the same with Firth's penalty, None where it is not needed.

    separated: the candidates that have no estimate of their own.
    """

    model: CoxResult | NotEstimable
    firth: CoxResult | NotEstimable | None
    separated: tuple[Separated, ...]
    noun: str = "relapse"  # of the outcome


def sparse_data(found: Predictors, settings: Settings) -> SparseData:
    """Firth's estimates beside maximum likelihood: of the model, and of each candidate alone that has none."""
    design = model_design(found)
    data = observations(found.endpoint)
    separated = tuple(
        Separated(one.label, _reason(fit), _firth(data, columns_of([one]), settings))
        for one, fit in zip(found.candidates, found.univariable, strict=True)
        if _reason(fit)
    )
    if isinstance(design, NotEstimable):
        return SparseData(design, None, separated, found.endpoint.noun)
    penalised = _firth(design.data, design.columns, settings) if _matters(design) else None
    return SparseData(design.model, penalised, separated, found.endpoint.noun)


def _matters(design: ModelDesign) -> bool:
    """Few events for each covariate, or a term without an estimate."""
    unknown = any(isinstance(term.hazard_ratio, NotEstimable) for term in design.model.terms)
    return unknown or design.model.events_per_parameter < FEW_EVENTS_PER_PARAMETER


def _reason(fit: CoxResult | NotEstimable) -> str:
    if isinstance(fit, NotEstimable):
        return fit.reason
    reasons = [term.hazard_ratio.reason for term in fit.terms if isinstance(term.hazard_ratio, NotEstimable)]
    return "; ".join(reasons)


def _firth(data: Observed, columns: pd.DataFrame, settings: Settings) -> CoxResult | NotEstimable:
    return firth_cox(data.time, data.event, columns, entry=data.entry, conf_level=settings.conf_level)
