"""A marker by its data: what a column without a row becomes, and how far a slider reaches where values leave its row's range."""

import re
from dataclasses import dataclass, replace
from math import ceil, floor, isnan, log10
from typing import Any

from cdanalysis.dictionary.centres import WORDS
from cdanalysis.dictionary.markers import Marker

MOST_POSITIONS = 100  # of a handle: a step finer than that could not be hit by hand
MOST_GRADES = 5  # different values of a grade or a code
ORDER_OR_PLACE = WORDS | {"inst", "institution", "institute", "no", "nr", "obs", "row", "rownames", "rowname"}
FIRST_YEAR, LAST_YEAR = 1900, 2100
SKEWED = 2.0  # the upper tail is this many times as long as the lower one
_IN_BRACKETS = re.compile(r"^(?P<label>.+?)[\s_]*[(\[（](?P<unit>[^()\[\]（）]{1,24})[)\]）]$")
_AFTER_COMMA = re.compile(r"^(?P<label>.+?)\s*[,，]\s*(?P<unit>\S{1,24})$")
# What is in brackets or after a comma is a unit if it has one of these signs or is one of these words.
_UNIT = re.compile(
    r"[/^°µμ]|^(%|[munpfkd]?g|kg|[mcn]?m|[mµμn]?[lL]|[mkn]?[uU]|k?IU|[mµμnp]?mol|points?|years?|months?|weeks?|days?|岁|年|月|周|天|分)$"
)


@dataclass(frozen=True)
class Spread:
    """Where a column's baseline values lie: ends, percentiles 2 and 98, quartiles; n_distinct values, whole numbers or not."""

    lowest: float
    low: float
    lower_quartile: float
    median: float
    upper_quartile: float
    high: float
    highest: float
    second: float  # the lowest value above the lowest
    n_distinct: int
    is_whole: bool
    counts_up: bool = (
        False  # whole numbers that never fall from one patient to the next, as a running number or a code of pairs
    )


PERCENTILES = (0.02, 0.25, 0.5, 0.75, 0.98)


def spreads(values: Any) -> dict[str, Spread]:
    """Where the values of each column of a frame lie."""
    percentiles, whole = values.quantile(PERCENTILES), ((values % 1 == 0) | values.isna()).all()
    second = values.where(values > values.min()).min()
    rising = whole & ~(values.ffill().diff() < 0).any()
    told = zip(
        values.min(), *percentiles.to_numpy(), values.max(), second, values.nunique(), whole, rising, strict=True
    )
    return {
        column: Spread(*map(float, ends), n_distinct=int(n), is_whole=bool(is_whole), counts_up=bool(counts_up))
        for column, (*ends, n, is_whole, counts_up) in zip(values, told, strict=True)
    }


def label_and_unit(header: str) -> tuple[str, str]:
    """`Ferritin (ng/mL)` and `Ferritin, ng/mL` in two; a header that states no unit is a label as a whole."""
    for pattern in (_IN_BRACKETS, _AFTER_COMMA):
        found = pattern.match(header.strip())
        if found and _UNIT.search(found["unit"].strip()):
            return found["label"].strip(" ,_"), found["unit"].strip()
    return header, ""


def of_data(code: str, column: str, label: str, unit: str, spread: Spread, background: bool = False) -> Marker:
    """The marker of a column without a row: slider and step from its values, first cut-off at the median, high from it on.

    background: of the dictionary's columns, those that were not measured for a prognosis; a grade, a year, a running number, a
    time and a code of places are no more.
    """
    lowest, highest, step = _slider(spread.low, spread.high, spread)
    return Marker(
        code, label, label, unit, column, _first_cutoff(spread, step), ">=", lowest, highest, step,
        continuous_step=_continuous_step(spread), is_cut=False, standard=False, from_data=True,
        background=background or spread.n_distinct <= MOST_GRADES or _are_years(spread) or spread.counts_up
        or _says_when_or_where(column),
    )  # fmt: skip


def _says_when_or_where(header: str) -> bool:
    """Whether a header names a time, as `txtime`, the place of the treatment, as `inst`, or a running number, as `no.`."""
    words = re.sub(r"[\W_]+", " ", header.casefold()).split()
    return bool(words) and (any(word.endswith("time") for word in words) or not ORDER_OR_PLACE.isdisjoint(words))


def _are_years(spread: Spread) -> bool:
    return spread.is_whole and spread.lowest >= FIRST_YEAR and spread.highest <= LAST_YEAR


def fitted(marker: Marker, spread: Spread) -> Marker:
    """A row of the dictionary for these data: a wider slider where a quarter is beyond it, a median where it has no cut-off."""
    if spread.upper_quartile > marker.highest or spread.lower_quartile < marker.lowest:
        ends = min(marker.lowest, spread.low), max(marker.highest, spread.high)
        lowest, highest, step = _slider(*ends, spread)
        marker = replace(marker, lowest=lowest, highest=highest, step=step)
    if isnan(marker.cutoff):
        marker = replace(marker, cutoff=_first_cutoff(spread, marker.step), from_data=True)
    return marker


def _first_cutoff(spread: Spread, step: float) -> float:
    """The median on the grid of the step; where nobody is below it, the lowest value that leaves somebody there."""
    median = _rounded(spread.median, step)
    return median if median > spread.lowest else spread.second


def _slider(low: float, high: float, spread: Spread) -> tuple[float, float, float]:
    """Ends and step of a handle: steps of 1, 2 or 5 times a power of ten, at most MOST_POSITIONS of them."""
    if not low < high:
        low, high = spread.lowest, spread.highest
    step = _readable((high - low) / MOST_POSITIONS)
    if spread.is_whole:
        step = max(step, 1.0)
    return _rounded(floor(low / step) * step, step), _rounded(ceil(high / step) * step, step), step


def _readable(least: float) -> float:
    """The smallest of 1, 2 and 5 times a power of ten that is not below `least`."""
    power = 10.0 ** floor(log10(least))
    return next(_rounded(factor * power, power) for factor in (1, 2, 5, 10) if factor * power >= least * (1 - 1e-9))


def _rounded(value: float, step: float) -> float:
    """A value on the grid of a step, without the last digits' noise."""
    return round(round(value / step) * step, max(0, 1 - floor(log10(step))))


def _continuous_step(spread: Spread) -> float:
    """0 - per doubling - for a positive marker with a long upper tail, else a readable step of about half its middle range."""
    above, below = spread.high - spread.median, spread.median - spread.low
    if spread.lowest > 0 and above > SKEWED * below:
        return 0.0
    middle = spread.upper_quartile - spread.lower_quartile
    return _readable((middle or spread.highest - spread.lowest) / 2)
