"""Can printed statistics be true together? The arithmetic, with every printed value allowed its rounding.

Ratio, interval and P of one Wald result: SE = ln(upper / lower) / 2z, ratio = sqrt(lower x upper), z = ln(ratio) / SE.
Counts: which whole numbers round to a percentage. Median: an interval symmetric about it is an estimate +/- z SE (SPSS).
Values arrive as printed texts, because 0.40 says more than 0.4. Bland and Altman, BMJ 2011;343:d2304.
"""

from dataclasses import dataclass
from decimal import Decimal
from math import ceil, exp, floor, log, sqrt
from statistics import NormalDist

from cdanalysis.results import z_value

CONSISTENT, INCONSISTENT, UNKNOWN = "consistent", "inconsistent", "cannot say"
OTHER_INTERVALS = (
    "An exact, profile-likelihood or Firth interval need not be symmetric on the log scale; the check is of Wald's."
)
ROUNDING = 1e-12


@dataclass(frozen=True)
class PrintedCheck:
    """verdict: consistent, inconsistent or cannot say; sentences: the arithmetic that leads to it."""

    verdict: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Rounded:
    """What a printed number can have been before rounding."""

    value: float
    lowest: float
    highest: float


def rounded(text: str) -> Rounded:
    """A printed decimal number with half a unit of its last digit to either side."""
    value = Decimal(text)
    half = float(Decimal(1).scaleb(int(value.as_tuple().exponent))) / 2
    return Rounded(float(value), float(value) - half, float(value) + half)


def check_ratio(ratio: str, lower: str, upper: str, p: str = "", *, conf_level: float = 0.95) -> PrintedCheck:
    """A hazard, odds or risk ratio with its interval and, where printed, P (`0.027` or `<0.001`)."""
    value, low, high = rounded(ratio), rounded(lower), rounded(upper)
    if not 0 <= low.value < high.value:
        return PrintedCheck(
            INCONSISTENT, (f"The interval {lower}-{upper} does not run from a positive number to a larger one.",)
        )
    if not low.lowest <= value.highest or not value.lowest <= high.highest:
        return PrintedCheck(INCONSISTENT, (f"{ratio} lies outside its own interval {lower}-{upper}.",))
    if low.lowest <= 0 or value.lowest <= 0:
        return PrintedCheck(UNKNOWN, ("A number rounds to 0: too few digits are printed to check it.",))
    middle, fits_middle, centre = _middle(value, low, high, ratio)
    if not p:
        return PrintedCheck(CONSISTENT if fits_middle else INCONSISTENT, (centre, OTHER_INTERVALS))
    return _with_p(value, low, high, p, z_value(conf_level), middle, fits_middle, centre)


def _middle(value: Rounded, low: Rounded, high: Rounded, ratio: str) -> tuple[float, bool, str]:
    """Whether the ratio is the middle of its interval on the log scale."""
    middle = sqrt(low.value * high.value)
    lowest, highest = sqrt(low.lowest * high.lowest), sqrt(low.highest * high.highest)
    fits = lowest <= value.highest and value.lowest <= highest
    verb = "as printed" if fits else f"not {ratio}"
    return (
        middle,
        fits,
        (
            f"The middle of the interval on the log scale is √({low.value:g} × {high.value:g}) = {middle:.2f} "
            f"({lowest:.2f}-{highest:.2f} with rounding), {verb}."
        ),
    )


def _with_p(
    value: Rounded, low: Rounded, high: Rounded, p: str, z: float, middle: float, fits_middle: bool, centre: str
) -> PrintedCheck:
    ses = log(high.highest / low.lowest) / (2 * z), log(high.lowest / low.highest) / (2 * z)
    se = (ses[0] + ses[1]) / 2
    told, printed = _p_range(value.lowest, value.highest, ses), _printed_p(p)
    fits_p = told[0] <= printed[1] + ROUNDING and printed[0] <= told[1] + ROUNDING
    allowed = f"{_p_text(told[0])}-{_p_text(told[1])} with rounding"
    sentences = [
        centre,
        f"SE = ln({high.value:g} / {low.value:g}) / {2 * z:.2f} = {se:.3f}, so z = ln({value.value:g}) / SE = "
        f"{log(value.value) / se:.3f} and P = {_p_text(_p_of(value.value, se))} ({allowed}); printed: {p}.",
    ]
    if fits_middle and fits_p:
        return PrintedCheck(CONSISTENT, tuple(sentences))
    sentences += _odd_one_out(value, printed, z, middle, _p_of(middle, se))
    return PrintedCheck(INCONSISTENT, (*sentences, OTHER_INTERVALS))


def _odd_one_out(value: Rounded, printed: tuple[float, float], z: float, middle: float, p_middle: float) -> list[str]:
    """Which of the numbers could be the wrong one; p_middle: the interval's own P, from its middle."""
    found = []
    spread = 0.02 * max(p_middle, 1e-4)
    if printed[0] - spread <= p_middle <= printed[1] + spread:
        found.append(
            f"The interval and the P fit together with a ratio of {middle:.2f}: the ratio would be the odd one out."
        )
    p = sum(printed) / 2
    if 0 < p < 1 and value.value != 1:
        se = abs(log(value.value)) / NormalDist().inv_cdf(1 - p / 2)
        limits = exp(log(value.value) - z * se), exp(log(value.value) + z * se)
        found.append(f"The ratio and the P alone would have the interval {limits[0]:.2f}-{limits[1]:.2f}.")
    return found


def check_percentage(count: str, total: str, percentage: str) -> PrintedCheck:
    """k of n and its percentage; count may be empty: then every count that could be meant is named."""
    n, share = int(total), rounded(percentage)
    if n <= 0:
        return PrintedCheck(UNKNOWN, ("The total is 0.",))
    first, last = ceil(share.lowest * n / 100 - 1e-9), floor(share.highest * n / 100 + 1e-9)
    possible = [k for k in range(max(first, 0), min(last, n) + 1)]
    fitting = ", ".join(map(str, possible[:8])) or "no whole number"
    verb = "round" if len(possible) > 1 else "rounds"
    arithmetic = f"{percentage}% of {n} is {share.value * n / 100:.2f}; {fitting} of {n} {verb} to it."
    if not count:
        return PrintedCheck(CONSISTENT if possible else INCONSISTENT, (arithmetic,))
    k = int(count)
    exact = f"{k}/{n} = {100 * k / n:.3f}%."
    return PrintedCheck(CONSISTENT if k in possible else INCONSISTENT, (exact, arithmetic))


def check_median(median: str, lower: str, upper: str, *, conf_level: float = 0.95) -> PrintedCheck:
    """A median survival with its interval: by an estimate +/- z SE (symmetric), or by inverting a band."""
    value, low, high = rounded(median), rounded(lower), rounded(upper)
    if low.value > high.value or not low.lowest <= value.highest or not value.lowest <= high.highest:
        return PrintedCheck(INCONSISTENT, (f"{median} does not lie in an interval {lower}-{upper}.",))
    gap = (high.value - value.value) - (value.value - low.value)
    room = (high.highest - high.lowest) / 2 + (low.highest - low.lowest) / 2 + (value.highest - value.lowest)
    half = (high.value - low.value) / 2
    if abs(gap) <= room + ROUNDING:
        se = half / z_value(conf_level)
        return PrintedCheck(
            CONSISTENT,
            (
                f"The interval is symmetric about {median} (half-width {half:.2f}): an estimate ± z × SE with SE = {se:.2f}, "
                "as SPSS prints it. Inverting a confidence band, as R does, is not symmetric.",
            ),
        )
    if low.value < 0:
        return PrintedCheck(INCONSISTENT, ("A band of a survival curve cannot be inverted to a negative time.",))
    sides = f"{value.value - low.value:.2f} below, {high.value - value.value:.2f} above"
    told = f"The interval is not symmetric about {median} ({sides}): by inverting a confidence band, as R, SAS and Stata do."
    return PrintedCheck(CONSISTENT, (told,))


def _printed_p(p: str) -> tuple[float, float]:
    if p[0] in "<≤":
        return 0.0, float(p[1:])
    if p[0] in ">≥":
        return float(p[1:]), 1.0
    one = rounded(p)
    return max(one.lowest, 0.0), min(one.highest, 1.0)


def _p_of(ratio: float, se: float) -> float:
    return 2 * NormalDist().cdf(-abs(log(ratio)) / se)


def _p_range(lowest: float, highest: float, ses: tuple[float, float]) -> tuple[float, float]:
    """The P values that ratio and interval allow within their rounding."""
    every = [_p_of(ratio, se) for ratio in (lowest, highest) for se in ses]
    return min(every), 1.0 if lowest <= 1 <= highest else max(every)


def _p_text(p: float) -> str:
    return "<0.0001" if p < 1e-4 else f"{p:.4f}"
