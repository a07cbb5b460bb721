"""Candidate models in words: what was associated, what to know before believing it, and every ratio of a forest plot.

Sentences for the manuscript are Markdown, a file's own words escaped; the rest is plain.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cdanalysis.results import Caution, Estimate, NotEstimable, PredictorRow
from cdanalysis.settings import Settings
from cdanalysis.statistics.cox.cox_result import FEW_EVENTS
from cdanalysis.writing.escapes import escape_markdown, one_line
from cdanalysis.writing.labels import TIES_LABELS
from cdanalysis.writing.numbers import (
    SIGNIFICANCE,
    confidence,
    count,
    hazard_ratio_with_p,
    interval,
    listed,
    p_phrase,
    patients_and_events,
    ratio,
    sentence,
)

if TYPE_CHECKING:
    from cdanalysis.statistics.cox.cox import CoxResult

FEW_EVENTS_EACH = 10  # events per covariate below which estimates are unsteady
TOO_FEW_EVENTS = 5


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


def model_cautions(model: CoxResult | NotEstimable, outcome: str) -> list[Caution]:
    """What a reader must know before believing the model's numbers, as sentences; plain."""
    if isinstance(model, NotEstimable):
        return [Caution(sentence(f"No multivariable model: {model.reason}"), "no model")]
    # The model's own caution about few events is said once, with its numbers.
    others = [Caution(sentence(one), one.kind) for one in model.cautions if one.kind != FEW_EVENTS]
    return [*others, Caution(events_per_covariate(model.n_events, len(model.terms), outcome), FEW_EVENTS)]


def events_per_covariate(n_events: int, n_covariates: int, outcome: str) -> str:
    """How many events each covariate of a model stands on; plain."""
    if not n_covariates:
        return "The model has no covariate."
    each = n_events / n_covariates
    text = f"{count(n_events, outcome)} for {count(n_covariates, 'covariate')}: {each:.1f} events per covariate"
    if each < TOO_FEW_EVENTS:
        return (
            f"{text}, fewer than {TOO_FEW_EVENTS}: the model is overfitted and its estimates should not be relied on."
        )
    if each < FEW_EVENTS_EACH:
        return f"{text}, fewer than {FEW_EVENTS_EACH}: the estimates are unsteady."
    return f"{text}."


def rows_by_result(
    rows: Sequence[PredictorRow], significance: float
) -> tuple[list[PredictorRow], list[PredictorRow], list[PredictorRow]]:
    """The rows in the model: associated (P below `significance`, unrounded), not associated, not estimable."""
    entered = [row for row in rows if row.multivariable is not None]
    unknown = [row for row in entered if isinstance(row.multivariable, NotEstimable)]
    known = [row for row in entered if not isinstance(row.multivariable, NotEstimable)]
    return (
        [row for row in known if row.multivariable_p < significance],
        [row for row in known if not row.multivariable_p < significance],
        unknown,
    )


def forest_alt(rows: Sequence[PredictorRow]) -> str:
    """The alternative text of the forest plot: every hazard ratio it shows; plain."""
    if not rows:
        return "Forest plot without a predictor."
    return f"Forest plot of {count(len(rows), 'hazard ratio')}. " + " ".join(_row_alt(row) for row in rows)


def _row_alt(row: PredictorRow) -> str:
    alone = hazard_ratio_with_p(row.univariable, row.univariable_p)
    together = ""
    if row.multivariable is not None:
        together = f"; in the model {hazard_ratio_with_p(row.multivariable, row.multivariable_p)}"
    return one_line(f"{row.label}: alone {alone}{together}.")
