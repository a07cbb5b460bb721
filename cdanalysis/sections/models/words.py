"""Candidate models in words: what was associated, how well it tells apart, what to know before, every ratio of a forest plot.

Sentences for the manuscript are Markdown, a file's own words escaped; the rest is plain.
"""

from collections.abc import Iterator, Sequence

from cdanalysis.results import Caution, Estimate, NotEstimable, PredictorRow
from cdanalysis.sections.models.ratio_of import RatioOf
from cdanalysis.settings import Settings
from cdanalysis.statistics.cox.concordance import concordance_of
from cdanalysis.statistics.cox.cox_result import FEW_EVENTS, FEW_EVENTS_PER_PARAMETER, CoxResult
from cdanalysis.writing.choices.labels import TIES_LABELS
from cdanalysis.writing.escapes import escape_markdown, one_line
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
from cdanalysis.writing.sentences import were
from cdanalysis.writing.within import within

TOO_FEW_EVENTS = 5  # for each covariate
CLOSE_AIC = 2.0  # models nearer than this are as good as each other (Burnham and Anderson)


def ratio_with_p(found: RatioOf) -> str:
    """`4.72 (1.19-18.75), P = 0.027`, or `not estimable: reason`."""
    return hazard_ratio_with_p(found.ratio, found.p_value)


def predictors_sentence(
    rows: Sequence[PredictorRow], model: CoxResult | NotEstimable, settings: Settings, outcome: str = "relapse"
) -> str:
    """What was associated with the outcome in the multivariable Cox model, and what was seen of the other covariates."""
    if isinstance(model, NotEstimable):
        return escape_markdown(f"No multivariable Cox model was fitted: {model.reason.rstrip('. ')}.")
    associated, others, unknown = rows_by_result(rows, SIGNIFICANCE)
    opening = f"In the multivariable Cox model ({_model(model, settings, outcome)})"
    clauses = [*_findings(associated, others, settings.conf_level, outcome), *map(_unknown, unknown)]
    return escape_markdown(f"{opening}, {'; '.join(clauses)}.")


def effect(row: PredictorRow, estimate: Estimate, p: float, conf_level: float) -> str:
    """`CRP > 10 mg/L (HR 4.72, 95% CI 1.19-18.75, P = 0.027)`, as it stands in a sentence; plain."""
    numbers = f"HR {ratio(estimate.value)}, {confidence(conf_level)} {interval(estimate)}, {p_phrase(p)}"
    return f"{within(row.label)} ({numbers})"


def _model(model: CoxResult, settings: Settings, outcome: str) -> str:
    size = f"{patients_and_events(model.n, model.n_events, outcome)}, {count(len(model.terms), 'covariate')}"
    chosen = f" chosen by {_rule(settings)}" if is_screened(settings) else ""
    return f"{size}{chosen}; {TIES_LABELS[settings.ties]} ties"


def _findings(
    associated: Sequence[PredictorRow], others: Sequence[PredictorRow], conf_level: float, outcome: str
) -> Iterator[str]:
    """What was associated, and of the others what was seen: a P of 0.05 or more says that little is known, not that nothing is."""
    if associated:
        told = listed(_effects(associated, conf_level))
        yield f"{told} {were(len(associated))} associated with {outcome}"
    if others:
        yield f"P was {SIGNIFICANCE} or more for {listed(_effects(others, conf_level))}"


def _effects(rows: Sequence[PredictorRow], conf_level: float) -> list[str]:
    known = [(row, row.multivariable) for row in rows if isinstance(row.multivariable, Estimate)]
    return [effect(row, estimate, row.multivariable_p, conf_level) for row, estimate in known]


def _unknown(row: PredictorRow) -> str:
    reason = row.multivariable.reason.rstrip(". ") if isinstance(row.multivariable, NotEstimable) else ""
    return f"the hazard ratio of {within(row.label)} could not be estimated ({reason})"


def is_screened(settings: Settings) -> bool:
    """Whether the candidates' own P values decide which of them are in the model."""
    return settings.screening_p < 1


def screening_caution(settings: Settings) -> str:
    """What the screening does to the model's numbers; plain."""
    return (
        f"The covariates of the model were chosen by {_rule(settings)} in these same patients: P values after such a screening "
        "are too small, and hazard ratios too far from 1."
    )


def _rule(settings: Settings) -> str:
    return f"a log-rank P below {settings.screening_p:g}"


def model_cautions(model: CoxResult | NotEstimable, outcome: str = "relapse") -> list[Caution]:
    """What a reader must know before believing the model's numbers, as sentences; plain."""
    if isinstance(model, NotEstimable):
        return [Caution(sentence(f"No multivariable model: {model.reason}"), "no model")]
    # The model's own caution about few events is said once, with its numbers.
    others = [Caution(sentence(one), one.kind) for one in model.cautions if one.kind != FEW_EVENTS]
    few = few_events(model.n_events, len(model.terms), outcome)
    return [*others, Caution(few, FEW_EVENTS)] if few else others


def few_events(n_events: int, n_covariates: int, outcome: str = "relapse") -> str:
    """On how few events each covariate of a model stands; plain, empty where they are enough."""
    each = n_events / n_covariates
    if each >= FEW_EVENTS_PER_PARAMETER:
        return ""
    text = f"{count(n_events, outcome)} for {count(n_covariates, 'covariate')}: {each:.1f} events per covariate"
    if each < TOO_FEW_EVENTS:
        return (
            f"{text}, fewer than {TOO_FEW_EVENTS}: the model is overfitted and its estimates should not be relied on."
        )
    return f"{text}, fewer than {FEW_EVENTS_PER_PARAMETER}: the estimates are unsteady."


def nearer_fit(cut: float, kept: float) -> str:
    """Which of two AIC is the better fit, that of the cut or that of the continuous marker; plain."""
    if abs(cut - kept) < CLOSE_AIC:
        return f"a difference under {CLOSE_AIC:g} says little, so neither fits better"
    return "the cut fits better" if cut < kept else "the continuous marker fits better"


def rows_by_result(
    rows: Sequence[PredictorRow], significance: float
) -> tuple[list[PredictorRow], list[PredictorRow], list[PredictorRow]]:
    """The rows in the model: associated (P below `significance`, unrounded), the others, not estimable."""
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


def concordance_note(model: CoxResult | NotEstimable, settings: Settings) -> str:
    """Harrell's C of the model in its own patients; "" where there is no model."""
    if isinstance(model, NotEstimable):
        return ""
    found = concordance_of(model, settings.conf_level)
    if isinstance(found, NotEstimable):
        return escape_markdown(f"Concordance of the multivariable model: not estimable, {found.reason}.")
    return escape_markdown(
        f"Concordance of the multivariable model (Harrell's C): {ratio(found.value)} ({confidence(settings.conf_level)} "
        f"{interval(found)}), in the patients it was fitted on and so too high."
    )
