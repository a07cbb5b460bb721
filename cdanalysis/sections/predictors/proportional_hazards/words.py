"""What the checks of proportional hazards say; plain, escaped by what shows them."""

from collections.abc import Sequence

from cdanalysis.results import NotEstimable
from cdanalysis.sections.predictors.proportional_hazards.analysis import ChangingHazard, Proportionality
from cdanalysis.statistics.curves.kaplan_meier import KaplanMeierCurve
from cdanalysis.statistics.ratios import exp_within
from cdanalysis.writing.escapes import one_line
from cdanalysis.writing.numbers import SIGNIFICANCE, count, listed, p_phrase, patients_and_events, ratio, sentence
from cdanalysis.writing.within import within

TRANSFORM_LABELS = {"km": "Kaplan-Meier", "rank": "Rank", "identity": "Months", "log": "Log months"}
TERM_HELP = "Whose hazard ratio is followed over time."
RESIDUALS_HELP = "How the test weighs time: the scale of the figure's time axis, as in R's cox.zph."
SPLIT_HELP = (
    "The hazard ratio is estimated up to this month and after it; half of the events lie on each side at first."
)
ABOUT_RESIDUALS = (
    "A hazard ratio is one number only if it stays the same over time. First figure: the blue curve follows it, each circle is "
    "an event, the dashed line is the model's one ratio. Second: parallel lines say the same of the raw curves. The test is the "
    "score test of R's cox.zph (survival 3); smooth: natural spline with 4 degrees of freedom."
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


def residuals_alt(found: Proportionality, place: int) -> str:
    """The alternative text of one term's residuals: the model's ratio and what the smooth makes of it; plain."""
    test, smooth = found.test, found.smooths[place]
    opening = f"Scaled Schoenfeld residuals of {test.columns[place]} at {count(len(test.event_time), found.noun)}"
    told = f"{opening}; HR {_log_ratio(test.coef[place])} in the model"
    if isinstance(smooth, NotEstimable):
        return one_line(f"{told}; no smooth: {smooth.reason}.")
    parts = [_log_ratio(smooth.value[at]) for at in (0, len(smooth.value) // 2, -1)]
    months = f"from month {test.event_time[0]:.1f} to month {test.event_time[-1]:.1f}"
    return one_line(f"{told}; the smooth goes {months} from HR {parts[0]} through {parts[1]} to {parts[2]}.")


def log_log_alt(curves: Sequence[KaplanMeierCurve], noun: str) -> str:
    """The alternative text of log-log curves: whose they are and on what they stand; plain."""
    groups = [f"{curve.group}: {patients_and_events(curve.n, curve.n_events_total, noun)}" for curve in curves]
    return one_line(f"log(-log) of the event-free share against log time. {'; '.join(groups)}.")


def _log_ratio(value: float) -> str:
    return ratio(float(exp_within(value)))


def change_sentence(found: ChangingHazard) -> str:
    """Whether the ratio before the split differs from that after it."""
    if isinstance(found.split, NotEstimable):
        return sentence(f"{found.label} cannot be split there: {found.split.reason}")
    change = found.split.change
    if isinstance(change.hazard_ratio, NotEstimable):
        return sentence(f"The change of {within(found.label)} is not estimable: {change.hazard_ratio.reason}")
    return f"{found.label}: test of no change at month {found.split.at:g}, {p_phrase(change.p_value)}."


def stratified_sentence(found: ChangingHazard) -> str:
    """That there is no stratified model, or which one the table holds."""
    if isinstance(found.stratified, NotEstimable):
        return sentence(f"No model stratified by {within(found.label)}: {found.stratified.reason}")
    return f"With the groups of {within(found.label)} as strata:"
