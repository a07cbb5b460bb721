"""What a specification curve says, as sentences."""

from collections import Counter
from statistics import median

from cdanalysis.results import NotEstimable, estimated
from cdanalysis.sections.multiverse.analysis import Multiverse
from cdanalysis.statistics.cutoffs.specification_curve import CurveTest
from cdanalysis.writing.choices.labels import CLOCK_LABELS, REFERENCE_LABELS, TIES_LABELS, axis_labels
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.numbers import SIGNIFICANCE, count, p_phrase, percent, ratio
from cdanalysis.writing.within import within

HOW_TO_READ = (
    "One hazard ratio for every combination of choices that another analyst could have made, in order of size; the marks "
    "below show which choices gave it. If nearly all lie on one side of 1, the finding does not hang on a choice. The "
    "table says which choice moves it most."
)
ABOUT_CURVE = (
    "Click a point to open its specification on the Predictors page "
    "(there a patient with a missing covariate is always left out)."
)
ABOUT_FIT = "Shows the marker's hazard ratio in each of them, the lowest first, over the choices made there; takes some seconds."
ABOUT_CURVE_TEST = "Shuffles the marker among the patients, screens and fits every specification again; takes a while."
CHOICE_WORDS = {
    "reference": {code: f"Rise from {label.lower()}" for code, label in REFERENCE_LABELS.items()},
    "clock": {code: f"Time zero: {label.lower()}" for code, label in CLOCK_LABELS.items()},
    "ties": {code: f"{label} ties" for code, label in TIES_LABELS.items()},
}
MOST_REASONS = 3


def choice_words(axis: str, choice: str) -> str:
    """A choice of an axis as the page calls it; plain."""
    return CHOICE_WORDS.get(axis, {}).get(choice, choice)


def multiverse_size(n: int) -> str:
    """How many specifications there are, before any is fitted."""
    return f"These choices make **{count(n, 'specification')}**, some of which may have nothing to estimate."


def multiverse_sentence(found: Multiverse) -> str:
    """Shares above 1 and below P = 0.05, the median, and the choice that moves it most; Markdown."""
    shown, n = found.estimated, len(found.estimated)
    values = [one.value for one in estimated(one.hazard_ratio for one in shown)]
    above = percent(sum(value > 1 for value in values), n)
    small = percent(sum(one.p_value < SIGNIFICANCE for one in shown), n)
    middle = ratio(median(values))
    labels = axis_labels(found.handles)
    most = max(range(len(found.axes)), key=lambda place: found.explained[place])
    return escape_markdown(
        f"{found.marker.label}: hazard ratio above 1 in {above} specifications, P < 0.05 in {small}; median hazard ratio {middle}. "
        f"{labels[found.axes[most]]} moves it most ({found.explained[most]:.0%} of the variance of its logarithm)."
        f"{_without(found)}"
    )


def _without(found: Multiverse) -> str:
    """How many specifications have no hazard ratio, and the reasons of most of them."""
    reasons = [one.hazard_ratio.reason for one in found.specifications if isinstance(one.hazard_ratio, NotEstimable)]
    if not reasons:
        return ""
    listed = [f"{reason} ({n:,})" for reason, n in Counter(reasons).most_common(MOST_REASONS)]
    more = len(set(reasons)) - len(listed)
    others = f"; {count(more, 'further reason')} in the table below" if more > 0 else ""
    give = "gives" if len(reasons) == 1 else "give"
    return f" {count(len(reasons), 'specification')} {give} no hazard ratio: {'; '.join(listed)}{others}."


def curve_test_sentence(found: CurveTest) -> str:
    """Both P values of the curve as a whole; Markdown."""
    if not found.permutations:
        return (
            "In no shuffled cohort did a specification have a hazard ratio: there is nothing to compare the curve with."
        )
    some = f", of {found.n_drawn:,} those with a hazard ratio in any" if found.n_drawn > found.permutations else ""
    how = f"{count(found.permutations, 'permutation')}{some}; screened and fitted again in every specification"
    return escape_markdown(
        f"With the marker shuffled among the patients ({how}): a median hazard ratio as far from 1 has "
        f"{p_phrase(found.p_median)}; as many specifications with P < 0.05 on its side have {p_phrase(found.p_significant)}."
    )


def multiverse_alt(found: Multiverse) -> str:
    """The range of the hazard ratios and how many lie above 1."""
    values = [one.value for one in estimated(one.hazard_ratio for one in found.estimated)]
    above = sum(value > 1 for value in values)
    return (
        f"Specification curve of {within(found.marker.label)}: {count(len(values), 'hazard ratio')} from "
        f"{ratio(values[0])} to {ratio(values[-1])} in order of size, {above} of them "
        "above 1; under each the choices that gave it."
    )
