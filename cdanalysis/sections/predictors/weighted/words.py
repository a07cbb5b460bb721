"""Groups made alike by weights, in words."""

from collections.abc import Iterator
from math import isnan

from cdanalysis.results import Caution
from cdanalysis.sections.models.words import ratio_with_p
from cdanalysis.sections.predictors.weighted.analysis import WeightedGroups
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.nouns import free_of
from cdanalysis.writing.numbers import NOTHING, count, listed, p_phrase, percentage_with_interval
from cdanalysis.writing.within import within

ALIKE = 0.1  # a standardised difference below it is taken for balance
FAR = 0.2
HEAVY = 10.0  # patients that one counts as
ABOUT_WEIGHTED = (
    "Each patient counts by the inverse of the probability, from a logistic regression on the covariates that are weighted for, of "
    "the patient's own group; weights are scaled to the size of the group. Number at risk is weighted. A standardised difference "
    "below 0.1 is usually taken for balance. Weights answer for what was measured, not for what was not; a marker is no treatment "
    "that somebody chose, so this is a description adjusted in another way than the model, not a trial. Errors take the weights "
    "for known."
)


def weighted_sentence(found: WeightedGroups) -> str:
    """For the manuscript: what was weighted for, balance, ratio and test, beside the plain ones."""
    effective = [f"{size:.0f}" for size in found.scores.effective]
    before, after = worst(found)
    weighted, plain = ratio_with_p(found.weighted), ratio_with_p(found.plain)
    weighted_for = listed([*map(within, found.weighted_for)])
    return escape_markdown(
        f"With weights for {weighted_for} ({count(found.n, 'patient')}, worth {effective[0]} below and "
        f"{effective[1]} above the cut-off), {within(found.labels[1])} had a hazard ratio of {weighted}, weighted log-rank "
        f"{p_phrase(found.weighted_p)}; unweighted {plain}, log-rank {p_phrase(found.plain_p)}. The largest standardised "
        f"difference of what was weighted for went from {before:.2f} to {after:.2f}."
    )


def worst(found: WeightedGroups) -> tuple[float, float]:
    """The largest difference either way of the covariates that are weighted for, before and after."""
    own = [one for one in found.balance if one.weighted_for]
    before = max((abs(one.before) for one in own if not isnan(one.before)), default=0.0)
    return before, max((abs(one.after) for one in own if not isnan(one.after)), default=0.0)


def cautions(found: WeightedGroups) -> Iterator[Caution]:
    """What spoils weights: groups that stay unlike, single patients of great weight, patients left out."""
    left, largest = worst(found)[1], float(found.scores.weights.max())
    if left >= ALIKE:
        yield Caution(f"After weighting a standardised difference of {left:.2f} is left.", "balance")
    far = (one for one in found.balance if not one.weighted_for and abs(one.after) >= FAR)
    unlike = [f"{within(one.label)} {number(one.after)}" for one in far]
    if unlike:
        yield Caution(f"Not weighted for and unlike: {listed(unlike)}.", "balance")
    if largest > HEAVY:
        yield Caution(f"One patient counts as {largest:.1f}: the curves lean on that one.", "large weight")
    if found.n_dropped:
        yield Caution(f"{count(found.n_dropped, 'patient')} without a value left out.", "missing")


def weighted_alt(found: WeightedGroups) -> str:
    """The alternative text of the curves; plain."""
    below, above = found.labels
    lines = [
        f"At {month:g} months {percentage_with_interval(first)} {below}, {percentage_with_interval(second)} {above}."
        for month, (first, second) in found.at
    ]
    return " ".join([f"Weighted curves {free_of(found.noun)} by {within(found.marker.label)}.", *lines])


def love_alt(found: WeightedGroups) -> str:
    """The alternative text of the Love plot; plain."""
    lines = [f"{one.label}: {number(one.before)} before, {number(one.after)} after." for one in found.balance]
    return " ".join(["Standardised differences before and after weighting.", *lines])


def number(value: float) -> str:
    """A difference with its sign, a dash for none."""
    return NOTHING if isnan(value) else f"{value:+.2f}" if round(value, 2) else "0.00"
