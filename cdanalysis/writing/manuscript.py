"""The sentence that could go into the manuscript: what the multivariable model found, as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cdanalysis.results import Estimate, NotEstimable, PredictorRow
from cdanalysis.settings import Settings
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.labels import TIES_LABELS
from cdanalysis.writing.numbers import confidence, count, interval, listed, p_phrase, patients_and_events, ratio
from cdanalysis.writing.sentences import rows_by_result

if TYPE_CHECKING:
    from cdanalysis.statistics.cox.cox import CoxResult

SIGNIFICANCE = 0.05


def predictors_sentence(
    rows: Sequence[PredictorRow], model: CoxResult | NotEstimable, settings: Settings, outcome: str = "relapse"
) -> str:
    """What was associated with the outcome in the multivariable Cox model, and what was not."""
    if isinstance(model, NotEstimable):
        return escape_markdown(f"No multivariable Cox model was fitted: {model.reason.rstrip('. ')}.")
    associated, not_associated, unknown = rows_by_result(rows, SIGNIFICANCE)
    opening = f"In the multivariable Cox model ({_model(model, settings, outcome)})"
    clauses = [_findings(associated, not_associated, settings.conf_level, outcome), *map(_unknown, unknown)]
    return escape_markdown(f"{opening}, {'; '.join(filter(None, clauses))}.")


def effect(row: PredictorRow, estimate: Estimate, p: float, conf_level: float) -> str:
    """`CRP > 10 mg/L (HR 4.72, 95% CI 1.19-18.75, P = 0.027)`; plain."""
    numbers = f"HR {ratio(estimate.value)}, {confidence(conf_level)} {interval(estimate)}, {p_phrase(p)}"
    return f"{row.label} ({numbers})"


def _model(model: CoxResult, settings: Settings, outcome: str) -> str:
    size = f"{patients_and_events(model.n, model.n_events, outcome)}, {count(len(model.terms), 'covariate')}"
    return f"{size}; {TIES_LABELS[settings.ties]} ties"


def _findings(
    associated: Sequence[PredictorRow], others: Sequence[PredictorRow], conf_level: float, outcome: str
) -> str:
    if not associated:
        return _nothing(others, conf_level, outcome)
    effects = [effect(row, row.multivariable, row.multivariable_p, conf_level) for row in associated]
    found = f"{listed(effects)} {_was(associated)} associated with {outcome}"
    return f"{found}; {listed([row.label for row in others])} {_was(others)} not" if others else found


def _nothing(others: Sequence[PredictorRow], conf_level: float, outcome: str) -> str:
    effects = [effect(row, row.multivariable, row.multivariable_p, conf_level) for row in others]
    if len(effects) == 1:
        return f"{effects[0]} was not associated with {outcome}"
    return f"no covariate was associated with {outcome}: {listed(effects)}" if effects else ""


def _unknown(row: PredictorRow) -> str:
    reason = row.multivariable.reason.rstrip(". ") if isinstance(row.multivariable, NotEstimable) else ""
    return f"the hazard ratio of {row.label} could not be estimated ({reason})"


def _was(rows: Sequence[PredictorRow]) -> str:
    return "was" if len(rows) == 1 else "were"
