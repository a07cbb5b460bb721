"""A model that predicts, in words: whether it may be one, how well it tells apart, what is left in other patients."""

from collections.abc import Iterator, Sequence
from math import ceil, isinf

from cdanalysis.results import Caution, NotEstimable
from cdanalysis.sections.prognosis.analysis import PrognosticModel
from cdanalysis.settings import Settings
from cdanalysis.statistics.prediction.optimism import Optimism
from cdanalysis.statistics.prediction.scores import Calibrated, Scores
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.nouns import plural
from cdanalysis.writing.numbers import confidence, count, interval, listed, percentage, ratio

HOW_TO_READ = (
    "First whether the cohort is large enough for a model that others could use: below Riley's size nothing is given to use. "
    "*C* says how well it tells patients apart (0.5 a guess, 1 perfect), *calibration* whether its risks are right, the "
    "bootstrap what is left of both in other patients. A model from elsewhere can be applied to these patients at the end of "
    "the page."
)
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
ABOUT_RIDGE = (
    "Ridge pulls every coefficient towards 0, on the scale of the covariates' standard deviations. It is the shrunken "
    "alternative where the cohort is large enough; it does not make a small cohort large: the penalty itself is then hardly "
    "known (Riley, J Clin Epidemiol 2021;132:88)."
)
ABOUT_OPTIMISM = (
    "The terms and their knots are taken as given: that they were screened in the same patients, and a cut-off searched "
    "there, is not drawn again, so the truth is worse. A slope below 1: high risks are predicted too high, low ones too low."
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
    if isinstance(c, NotEstimable):
        told = f"C was not estimable ({c.reason})"
    else:
        told = f"C was {ratio(c.value)} ({confidence(settings.conf_level)} {interval(c)})"
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
    here, there = ratio(found.apparent), ratio(found.corrected)
    instead = f" instead of {here}" if here != there else ", as here"
    return escape_markdown(
        f"Over {count(found.n, 'resample')} the optimism of C is {found.optimism:.3f}: in other patients of the same kind C is "
        f"to be expected at {there}{instead}, and a calibration slope of "
        f"{found.slope:.2f}{left}."
    )


def ridge_sentence(found: PrognosticModel) -> str:
    """For the manuscript: how much a penalty takes away."""
    shrunk = found.shrunk
    if isinstance(shrunk, NotEstimable):
        return escape_markdown(f"No ridge penalty could be found: {shrunk.reason}.")
    test = found.test
    kept = 1 - test.df / test.statistic if test.statistic > test.df else 0.0
    return escape_markdown(
        f"The model's likelihood ratio is {test.statistic:.1f} with {count(test.df, 'degree')} of freedom, so its slope in "
        f"other patients is to be expected near {kept:.2f} (van Houwelingen and le Cessie). A ridge penalty of "
        f"{shrunk.theta:.3g}, chosen by Akaike's criterion, leaves {shrunk.df:.1f} of {count(found.n_terms, 'degree')} of "
        "freedom."
    )


def cautions(found: PrognosticModel) -> Iterator[Caution]:
    """Covariates chosen by their P, numbers without a spline, patients left out."""
    design = found.design
    if design.selected:
        chosen = (
            "The covariates are those that the screening let in by their P in these patients: choose them beforehand."
        )
        yield Caution(chosen, "screening")
    if design.straight:
        straight = f"Too few different values for a spline, so straight: {listed(list(design.straight))}."
        yield Caution(straight, "straight")
    if design.n_missing:
        yield Caution(f"{count(design.n_missing, 'patient')} without a covariate left out.", "missing")


def formula(found: PrognosticModel) -> str:
    """The calculator as a formula; plain, escaped by what shows it. With a spline the table of terms has its columns."""
    model = found.model
    centred = f"S {'−' if model.centre >= 0 else '+'} {abs(model.centre):.4f}"
    risk = f"Risk of {found.noun} by {found.month:g} months = 1 − {model.baseline:.4f}^exp({centred})"
    if any(one.knots for one in model.terms):
        return f"{risk}, S the sum of the columns times their coefficients: of a spline those of rms' rcs at its knots."
    terms = " + ".join(f"{one.coef[0]:.4f} × ({one.label})" for one in model.terms)
    return f"{risk}, S = {terms}; a group counts 1, its reference 0."


def calibration_alt(groups: Sequence[Calibrated], month: float) -> str:
    """The alternative text of the calibration plot; plain."""
    parts = [f"predicted {percentage(one.predicted)}, observed {percentage(one.observed.value)}" for one in groups]
    return f"Calibration at {month:g} months: {'; '.join(parts)}."
