"""How numbers are written: HR 2 decimals, P 3 decimals, % 1 decimal with n/N, months 1 decimal, CI `1.19-18.75`.

The hyphen of an interval is the study's own (hazard ratios, percentages and months are never negative, so it cannot be
read as a sign). All text here is plain; what is shown as Markdown or in a figure is escaped by the caller.
"""

from math import isinf, isnan

from cdanalysis.results import ON_RELEASE, Estimate, NotEstimable
from cdanalysis.statistics.curves.kaplan_meier import SurvivalAt
from cdanalysis.writing.nouns import capitalized, plural

SIGNIFICANCE = 0.05
NOTHING = "–"  # an empty cell
EVERYONE = "All patients"  # a group that is not parted
ABBREVIATIONS = "CI, confidence interval; HR, hazard ratio."  # under a table of a paper
NOT_REACHED = "not reached"
NOT_DEFINED = "not defined"
NOT_OBSERVED = "not observed"  # later than the last patient's time

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def p_value(p: float | NotEstimable) -> str:
    """`0.027`, `<0.001`, `>0.999`, or why there is none."""
    if isinstance(p, NotEstimable):
        return not_estimable(p)
    if isnan(p):
        return NOT_DEFINED
    return "<0.001" if p < 0.001 else ">0.999" if p > 0.999 else f"{p:.3f}"


def p_beside(estimate: Estimate | NotEstimable | None, p: float | NotEstimable) -> str:
    """The P of an estimate in a cell of its own, a dash where there is no estimate."""
    return p_value(p) if isinstance(estimate, Estimate) else NOTHING


def p_phrase(p: float | NotEstimable) -> str:
    """`P = 0.027`, `P < 0.001`, `P > 0.999`, or why there is none."""
    if isinstance(p, NotEstimable) or isnan(p):
        return f"P {p_value(p)}"
    text = p_value(p)
    return f"P {text[0]} {text[1:]}" if text[0] in "<>" else f"P = {text}"


def ratio(value: float) -> str:
    """A ratio: `4.72`; 3 decimals below 0.01, `2.3×10⁷` or `3.2×10⁻⁵` where decimals would not be read."""
    if isnan(value):
        return NOT_DEFINED
    if isinf(value):
        return "∞"
    if value == 0 or 0.01 <= value < 999.995:
        return f"{value:.2f}"
    if 0.001 <= value < 0.01:
        return f"{value:.3f}"
    return f"{value:,.0f}" if 1 < value < 999_999.5 else _power_of_ten(value)


def hazard_ratio(estimate: Estimate | NotEstimable) -> str:
    """`4.72 (1.19-18.75)`, or `not estimable: reason`."""
    if isinstance(estimate, NotEstimable):
        return not_estimable(estimate)
    return f"{ratio(estimate.value)} ({interval(estimate)})"


def interval(estimate: Estimate) -> str:
    """The limits of a ratio: `1.19-18.75`; ` to ` between limits that hold a power, a word or a sign of their own."""
    lower, upper = ratio(estimate.lower), ratio(estimate.upper)
    return f"{lower}-{upper}" if (lower + upper).replace(".", "").replace(",", "").isdigit() else f"{lower} to {upper}"


def hazard_ratio_with_p(estimate: Estimate | NotEstimable, p: float) -> str:
    """`4.72 (1.19-18.75), P = 0.027`, or `not estimable: reason`."""
    if isinstance(estimate, NotEstimable):
        return not_estimable(estimate)
    return f"{hazard_ratio(estimate)}, {p_phrase(p)}"


def adjusted(estimate: Estimate | NotEstimable | None, p: float, screening_p: float) -> str:
    """A hazard ratio of the multivariable model; None is a candidate that the screening left out."""
    if estimate == ON_RELEASE:
        return ON_RELEASE.reason
    return not_entered(screening_p) if estimate is None else hazard_ratio_with_p(estimate, p)


def not_entered(screening_p: float, logrank_p: float | NotEstimable = 1.0) -> str:
    """`not entered (log-rank P ≥ 0.2)`, or that there was no such P to screen by."""
    if isinstance(logrank_p, NotEstimable):
        return "not entered (log-rank P not estimable)"
    if logrank_p < screening_p:
        return "not entered (measured in too few)"
    return f"not entered (log-rank P ≥ {screening_p:g})"


def not_estimable(result: NotEstimable) -> str:
    """`not estimable: reason`, for a cell; `sentence` of it stands alone."""
    return f"not estimable: {result.reason.rstrip('. ')}"


def sentence(fragment: str) -> str:
    """The fragment with a capital and one full stop; names such as `age` begin a sentence as `Age`."""
    text = fragment.strip()
    return capitalized(text) + ("" if text.endswith((".", "!", "?")) or not text else ".")


def percentage(fraction: float) -> str:
    """A fraction as `85.1%`."""
    return NOT_DEFINED if isnan(fraction) else f"{100 * fraction:.1f}%"


def percentage_with_interval(estimate: Estimate | NotEstimable) -> str:
    """A fraction as `85.1% (75.3-91.3)`."""
    if isinstance(estimate, NotEstimable):
        return not_estimable(estimate)
    limits = (estimate.lower, estimate.upper)
    if any(isnan(limit) for limit in limits):
        return percentage(estimate.value)
    return f"{percentage(estimate.value)} ({100 * limits[0]:.1f}-{100 * limits[1]:.1f})"


def survival_at(at: SurvivalAt) -> str:
    """Survival at a time, `85.1%`; nothing is claimed of a time that nobody was followed to."""
    return percentage(at.survival.value) if at.observed else NOT_OBSERVED


def survival_at_with_interval(at: SurvivalAt) -> str:
    """Survival at a time with its limits, `85.1% (75.3-91.3)`; nothing is claimed of a time that nobody was followed to."""
    return percentage_with_interval(at.survival) if at.observed else NOT_OBSERVED


def percent(n: int, total: int) -> str:
    """A count as `70.5% (43/61)`."""
    return f"{percentage(n / total)} ({n}/{total})" if total else "not estimable: no patients"


def months(value: float | Estimate | NotEstimable) -> str:
    """`33.4 months`, `74.7 months (50.6-not reached)`, `not reached`; a limit that is NaN was not reached, both are no interval."""
    if isinstance(value, NotEstimable):
        return not_estimable(value)
    if not isinstance(value, Estimate):
        return NOT_REACHED if isnan(value) else f"{value:.1f} months"
    if isnan(value.value) and isnan(value.lower):
        return NOT_REACHED
    if isnan(value.lower) and isnan(value.upper):
        return f"{months(value.value)} (no interval)"
    between = " to " if value.lower < 0 else "-"  # SPSS prints a symmetric interval, which may begin below 0
    return f"{months(value.value)} ({_month_limit(value.lower)}{between}{_month_limit(value.upper)})"


def count(n: int, noun: str) -> str:
    """`1 patient`, `2 patients`, `1,204 patients`."""
    return f"{n:,} {noun if n == 1 else plural(noun)}"


def patients_and_events(n: int, n_events: int, event_name: str) -> str:
    """`52 patients, 6 relapses`."""
    return f"{count(n, 'patient')}, {count(n_events, event_name)}"


def confidence(conf_level: float) -> str:
    """`95% CI`."""
    return f"{100 * conf_level:.6g}% CI"


def listed(items: list[str] | tuple[str, ...], word: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    return f" {word} ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))


def measurement(value: float, decimals: int = 1) -> str:
    """A number with so many decimals, or a dash for none; what rounds to 0 has no sign."""
    return NOTHING if isnan(value) else f"{round(value, decimals) + 0.0:,.{decimals}f}"


def share_with_interval(k: int, n: int, share: Estimate) -> str:
    """`70.5% (61.9-77.9), 86/122`."""
    return NOTHING if not n else f"{percentage(share.value)} ({limits(share, 100)}), {k}/{n}"


def with_limits(estimate: Estimate, decimals: int = 1) -> str:
    """`0.33 (0.20-0.54)`, `-1.2 (-2.0 to -0.4)`; the value alone where the limits are NaN."""
    value = measurement(estimate.value, decimals)
    return value if isnan(estimate.lower) else f"{value} ({limits(estimate, 1, decimals)})"


def limits(estimate: Estimate, scale: float = 1, decimals: int = 1) -> str:
    """The limits of an interval, of which one may be negative: then they are set apart by "to"."""
    if isnan(estimate.lower):
        return "interval not defined"
    between = " to " if estimate.lower < 0 else "-"
    return f"{measurement(scale * estimate.lower, decimals)}{between}{measurement(scale * estimate.upper, decimals)}"


def _month_limit(value: float) -> str:
    return NOT_REACHED if isnan(value) else f"{value:.1f}"


def _power_of_ten(value: float) -> str:
    digits, exponent = f"{value:.1e}".split("e")
    return f"{digits}×10{str(int(exponent)).translate(_SUPERSCRIPTS)}"
