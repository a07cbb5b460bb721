"""What the checks of proportional hazards say; plain, escaped by what shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdanalysis.results import NotEstimable
from cdanalysis.wording.numbers import listed, p_phrase, sentence

if TYPE_CHECKING:
    from cdanalysis.analyses.proportionality import ChangingHazard, Proportionality

SIGNIFICANCE = 0.05
TRANSFORM_LABELS = {"km": "Kaplan-Meier", "rank": "Rank", "identity": "Months", "log": "Log months"}
RESIDUALS_HELP = "How the test weighs time: the scale of the figure's time axis, as in R's cox.zph."
SPLIT_HELP = (
    "The hazard ratio is estimated up to this month and after it; half of the relapses lie on each side at first."
)
RESIDUALS_ALT = (
    "Scaled Schoenfeld residuals as hazard ratios over time, with a smooth and its interval; level if proportional."
)
LOG_LOG_ALT = (
    "log(-log) of the event-free share against log time, a line a group; parallel if hazards are proportional."
)
ABOUT_RESIDUALS = (
    "A hazard ratio is one number only if it stays the same over time. Left: the blue curve follows it, each circle is a relapse, "
    "the dashed line is the model's one ratio. Right: parallel lines say the same of the raw curves. The test is the score "
    "test of R's cox.zph (survival 3); smooth: natural spline with 4 degrees of freedom."
)
ABOUT_CHANGE = (
    "If it changes, report it before and after a month (R's survSplit), or make the factor's groups strata: each keeps a "
    "baseline of its own, and the other hazard ratios no longer lean on it."
)


def proportionality_sentence(found: Proportionality) -> str:
    """Whether hazards are proportional."""
    broken = [label for label, test in zip(found.labels, found.test.terms, strict=True) if test.p_value < SIGNIFICANCE]
    overall = f"all together {p_phrase(found.test.overall.p_value)}"
    if broken:
        return f"Hazards do not look proportional for {listed(broken)} ({overall}): such a hazard ratio is an average over time."
    return f"No sign against proportional hazards ({overall}); few events would hide all but a large change."


def change_sentence(found: ChangingHazard) -> str:
    """Whether the ratio before the split differs from that after it."""
    if isinstance(found.split, NotEstimable):
        return sentence(f"{found.label} cannot be split there: {found.split.reason}")
    change = found.split.change
    if isinstance(change.hazard_ratio, NotEstimable):
        return sentence(f"The change of {found.label} is not estimable: {change.hazard_ratio.reason}")
    return f"{found.label}: test of no change at month {found.split.at:g}, {p_phrase(change.p_value)}."


def stratified_sentence(found: ChangingHazard) -> str:
    """That there is no stratified model, or which one the table holds."""
    if isinstance(found.stratified, NotEstimable):
        return sentence(f"No model stratified by {found.label}: {found.stratified.reason}")
    return f"With the groups of {found.label} as strata:"
