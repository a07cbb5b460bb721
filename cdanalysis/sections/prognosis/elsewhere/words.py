"""A model from elsewhere in these patients, in words."""

from collections.abc import Iterator

from cdanalysis.results import Caution, Estimate, NotEstimable
from cdanalysis.sections.prognosis.elsewhere.analysis import Elsewhere
from cdanalysis.writing.escapes import escape_markdown, one_line
from cdanalysis.writing.numbers import (
    confidence,
    count,
    limits,
    listed,
    measurement,
    not_estimable,
    p_phrase,
    percentage,
    percentage_with_interval,
)

FEW_EVENTS = 100
ABOUT_ELSEWHERE = (
    "The model is applied as it was saved, nothing fitted anew. Slope 1 and intercept 0: its risks are right. Slope below 1: "
    "they are too far apart, as of a model fitted to few patients. Intercept above 0, observed to predicted above 1: more "
    "happened here than it predicts; the interval of that ratio takes the predicted as known. A group or level that the model "
    "does not know counts as its reference."
)


def elsewhere_sentence(found: Elsewhere, conf_level: float) -> str:
    """For the manuscript: whose model, and how it does here."""
    own, level = found.found, confidence(conf_level)
    model = found.model
    made = f"{count(model.n, 'patient')} with {count(model.n_events, 'event')} ({one_line(model.outcome)})"
    here = f"applied to {count(own.n, 'patient')} with {count(own.n_events, found.noun)}"
    slope = f" (of a slope of 1 {p_phrase(own.slope_p)})" if isinstance(own.slope, Estimate) else ""
    by = " by ridge" if model.penalty else ""
    return escape_markdown(
        f"The model{by} of {made}, {here}, has a C of {number(own.concordance)}, a calibration slope of "
        f"{number(own.slope)}{slope}, and an intercept of {number(own.intercept)}; by {found.model.months:g} months it "
        f"predicts {percentage(own.predicted)} on average, and {percentage_with_interval(own.observed)} was observed ({level}), "
        f"observed to predicted {number(own.ratio)}."
    )


def number(estimate: Estimate | NotEstimable) -> str:
    """`0.81 (0.75-0.87)`, `-0.10 (-0.40 to 0.20)`, or why there is none; plain."""
    if isinstance(estimate, NotEstimable):
        return not_estimable(estimate)
    return f"{measurement(estimate.value, 2)} ({limits(estimate, 1, 2)})"


def cautions(found: Elsewhere) -> Iterator[Caution]:
    """The same patients, no units, another outcome, few events, patients left out."""
    if found.same_file:
        words = "The model was made of this very file: this describes how it fits, and validates nothing."
        yield Caution(words, "same patients")
    if found.unchecked:
        unnamed = listed(list(map(one_line, found.unchecked)))
        yield Caution(f"The model names no unit of {unnamed}: that it is the one here is not checked.", "units")
    if found.model.outcome.casefold() != found.noun.casefold():
        words = f"The model predicts {one_line(found.model.outcome)}, the outcome here is {found.noun}."
        yield Caution(words, "another outcome")
    n_events = found.found.n_events
    if n_events < FEW_EVENTS:
        few = f"{count(n_events, 'event')}: at least {FEW_EVENTS} are wanted to judge a model."
        yield Caution(few, "few events")
    if found.n_missing:
        yield Caution(f"{count(found.n_missing, 'patient')} without a covariate of the model left out.", "missing")
