"""What keeping a marker continuous says beside its cut; plain, escaped by what shows them."""

from cdanalysis.results import NotEstimable
from cdanalysis.sections.models.words import nearer_fit
from cdanalysis.sections.predictors.continuous.analysis import MarkerForm
from cdanalysis.statistics.ratios import exp_within
from cdanalysis.units import number_text
from cdanalysis.writing.choices.labels import side_sign
from cdanalysis.writing.markers import per_step
from cdanalysis.writing.numbers import SIGNIFICANCE, count, hazard_ratio_with_p, p_phrase, ratio, sentence
from cdanalysis.writing.within import within

ABOUT_FORMS = (
    "The marker alone in each model, on the same patients. AIC: lower fits better, differences under 2 say little, and a cut-off "
    "that was looked for in these patients fits them better than it will fit others. Explained variation: Royston and Sauerbrei's "
    "R²D. Spline: restricted cubic with 4 knots at Harrell's quantiles, against the median. "
    "Martingale residuals: of the model without covariates; a smooth that bends says that a straight effect is too simple."
)


def form_name(found: MarkerForm, name: str) -> str:
    """A form in words: cut where, straight per what."""
    if name == "cut":
        return f"cut at {side_sign(found.side)} {found.marker.amount(found.cutoff)}"
    return f"straight, {per_step(found.marker)}" if name == "line" else "curve (spline)"


def form_sentences(found: MarkerForm) -> str:
    """The continuous effect, what the cut costs, and whether the effect bends."""
    return " ".join((_effect(found), _cost(found), _bend(found)))


def spline_alt(found: MarkerForm) -> str:
    """The alternative text of the curve: its ratio at five places between its ends; plain."""
    curve, marker = found.form.curve, found.marker
    if isinstance(curve, NotEstimable):
        return sentence(f"No curve: {curve.reason}")
    last = len(found.curve_values) - 1
    places = [round(last * share / 4) for share in range(5)]
    points = [f"{ratio(float(exp_within(curve.log_ratio[k])))} at {found.curve_values[k]:.3g}" for k in places]
    against = f"against {marker.amount(f'{found.reference:.3g}')} in {count(len(found.values), 'patient')}"
    cut = f"the cut-off {number_text(found.cutoff)} is marked"
    return f"Hazard ratio by {within(marker.label)} {against}: {', '.join(points)}; {cut}."


def martingale_alt(found: MarkerForm) -> str:
    """The alternative text of the residuals: where their smooth begins, passes and ends; plain."""
    smooth = found.form.smooth
    opening = f"Martingale residuals by {within(found.marker.label)} of {count(len(found.values), 'patient')}"
    if isinstance(smooth, NotEstimable):
        return f"{opening}, without a smooth: {smooth.reason}."
    places = (0, len(smooth.value) // 2, len(smooth.value) - 1)
    points = [f"{smooth.value[k]:.2f} at {found.smooth_values[k]:.3g}" for k in places]
    return f"{opening}; their smooth is {found.marker.amount(', '.join(points))}."


def _effect(found: MarkerForm) -> str:
    line = found.form.forms["line"]
    if isinstance(line, NotEstimable):
        return sentence(f"{found.marker.label} has no continuous effect: {line.reason}")
    term = line.model.terms[0]
    effect = f"{hazard_ratio_with_p(term.hazard_ratio, term.p_value)}, {per_step(found.marker)}"
    return f"Kept continuous, {within(found.marker.label)} has HR {effect}."


def _cost(found: MarkerForm) -> str:
    cut, line = (found.form.forms[name] for name in ("cut", "line"))
    if isinstance(cut, NotEstimable):
        return sentence(f"The cut has no estimate: {cut.reason}")
    if isinstance(line, NotEstimable):
        return ""
    explained = f"it explains {100 * cut.r2_d:.0f}% of the variation, the continuous marker {100 * line.r2_d:.0f}%"
    fit = f"AIC {cut.aic:.1f} of the cut, {line.aic:.1f} of the continuous marker: {nearer_fit(cut.aic, line.aic)}"
    return f"{fit}; {explained}."


def _bend(found: MarkerForm) -> str:
    curve = found.form.curve
    if isinstance(curve, NotEstimable):
        return sentence(f"No curve: {curve.reason}")
    test = p_phrase(curve.nonlinear.p_value)
    if curve.nonlinear.p_value < SIGNIFICANCE:
        return f"The effect is not straight on this scale (test of the bends, {test})."
    return f"No sign that the effect bends (test of the bends, {test})."
