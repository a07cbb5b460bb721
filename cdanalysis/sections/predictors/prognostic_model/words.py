"""The model as a prediction, in words: whether it may be one, how well it tells apart, what is left in other patients."""

from __future__ import annotations

from math import ceil, isinf
from typing import TYPE_CHECKING

from cdanalysis.results import NotEstimable
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.numbers import confidence, count, interval, percentage, plural, ratio

if TYPE_CHECKING:
    from cdanalysis.sections.predictors.prognostic_model.analysis import PrognosticModel
    from cdanalysis.settings import Settings
    from cdanalysis.statistics.prediction.optimism import Optimism
    from cdanalysis.statistics.prediction.scores import Scores

BOOTSTRAP_LABEL = "Bootstrap: what is left in other patients"
BOOTSTRAP_HELP = "Fits the model to 200 resamples, always the same ones; takes some seconds in a large cohort."
ABOUT_SIZE = (
    "Riley's criteria: a shrinkage of at least 0.9; an optimism of at most 0.05 in Nagelkerke's R²; the risk at the month known "
    "to within 5 points; with 15% of the largest R² that the outcome allows, where nothing better is known."
)
ABOUT_SCORES = (
    "C and AUC: 0.5 is a guess, 1 is perfect. Brier score: the mean squared error of the risk, smaller is better; beside it "
    "that of giving everybody the same risk. Both by inverse probability of censoring weights, in the patients the model was "
    "fitted on, so too good."
)
ABOUT_OPTIMISM = (
    "The terms are taken as given: that they were screened in the same patients, and a cut-off searched there, is not drawn again, "
    "so the truth is worse. A slope below 1: high risks are predicted too high, low ones too low."
)


def size_sentence(found: PrognosticModel) -> str:
    """Whether the cohort is large enough for a model that others could use, and what would be."""
    have = f"{count(found.n, 'patient')} with {count(found.n_events, found.noun)} for {count(found.n_terms, 'term')}"
    if isinf(found.size.needed):
        return escape_markdown(
            f"A prediction model cannot be planned from these data ({have}): no calculator is given."
        )
    need = f"{ceil(found.size.needed):,} patients with about {ceil(found.size.events):,} {plural(found.noun)}"
    if found.large_enough:
        return escape_markdown(f"Large enough for a prediction model: {have}; needed are {need}.")
    return escape_markdown(
        f"Too small for a prediction model: {have}; needed are {need}. So no risk groups, decision curve, points or calculator are "
        "given: in other patients they would mislead."
    )


def score_sentence(found: PrognosticModel, settings: Settings) -> str:
    """For the manuscript: C with its interval, AUC and Brier score at the month."""
    c = found.concordance
    told = f"C was not estimable ({c.reason})" if isinstance(c, NotEstimable) else (
        f"C was {ratio(c.value)} ({confidence(settings.conf_level)} {interval(c)})"
    )  # fmt: skip
    at = next((one for one in found.scores if not isinstance(one, NotEstimable) and one.time == found.month), None)
    if at is not None:
        told += (
            f"; at {found.month:g} months {_auc(at)} and a Brier score of {at.brier:.3f} against {at.brier_null:.3f}"
        )
    return escape_markdown(f"In the patients it was fitted on, the model's {told}.")


def _auc(at: Scores) -> str:
    return f"no AUC ({at.auc.reason})" if isinstance(at.auc, NotEstimable) else f"an AUC of {at.auc:.2f}"


def optimism_sentence(found: Optimism) -> str:
    """For the manuscript: C and slope as they are to be expected in other patients."""
    left = f"; {found.n_unknown} more have no estimate and are left out" if found.n_unknown else ""
    return escape_markdown(
        f"Over {count(found.n, 'resample')} the optimism of C is {found.optimism:.3f}: in other patients of the same kind C is "
        f"to be expected at {ratio(found.corrected)} instead of {ratio(found.apparent)}, and a calibration slope of "
        f"{found.slope:.2f}{left}."
    )


def formula(found: PrognosticModel) -> str:
    """The calculator as a formula; plain, escaped by what shows it."""
    terms = " + ".join(f"{term.coef:.4f} × ({term.label})" for term in found.terms)
    risk = f"Risk of {found.noun} by {found.month:g} months = 1 − {found.baseline:.4f}^exp({terms})"
    return f"{risk}; a group counts 1, its reference 0."


def calibration_alt(found: PrognosticModel) -> str:
    """The alternative text of the calibration plot; plain."""
    parts = [
        f"predicted {percentage(one.predicted)}, observed {percentage(one.observed.value)}" for one in found.calibration
    ]
    return f"Calibration at {found.month:g} months: {'; '.join(parts)}."


def benefit_alt(found: PrognosticModel) -> str:
    """The alternative text of the decision curve; plain."""
    return f"Decision curve of {found.noun} by {found.month:g} months: net benefit of the model, of everybody and of nobody."
