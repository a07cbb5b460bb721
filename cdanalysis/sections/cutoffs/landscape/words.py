"""What two cut-offs at once, and the resampled best cut-off, say: as sentences; Markdown."""

from collections.abc import Sequence
from math import isnan

from cdanalysis.dictionary.markers import Marker
from cdanalysis.results import NotEstimable
from cdanalysis.sections.cutoffs.landscape.analysis import Stability, Surface, ThreeGroups
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.numbers import (
    confidence,
    count,
    hazard_ratio,
    hazard_ratio_with_p,
    interval,
    listed,
    not_estimable,
    p_phrase,
    ratio,
)
from cdanalysis.writing.within import within

FIT = "fit"
PAIRS_ALT = "P of three groups at every pair of cut-offs; the pair of the smallest P is marked."


def surface_sentence(found: Surface) -> str:
    """How many pairs were fitted, how many are blank, and what each model holds."""
    grid = found.grid
    n = grid.log_likelihood.size
    beside = f" and {listed([*map(within, found.adjusted_for)])}" if found.adjusted_for else ""
    told = (
        f"{count(n, 'pair')} of cut-offs in {count(grid.n_patients, 'patient')}, each a Cox model of both markers{beside}. "
        f"The cross is the pair in use; a click adopts another."
    )
    if grid.n_blank:
        told += (
            f" {count(grid.n_blank, 'pair')} blank: a group without an event, so a hazard ratio has no finite estimate."
        )
    return escape_markdown(told)


def surface_labels(markers: Sequence[Marker]) -> dict[str, str]:
    """What the colour of the surface may show: each marker's hazard ratio, by its code, or the fit."""
    return {**{marker.code: f"Hazard ratio of {within(marker.label)}" for marker in markers}, FIT: "Fit of the model"}


def surface_alt(found: Surface, shows: str) -> str:
    """The alternative text of the surface; plain."""
    first, second = (within(marker.label) for marker in found.markers)
    return f"Heat map over the {first} and the {second} cut-off: {within(surface_labels(found.markers)[shows])}."


def stability_sentence(found: Stability, conf_level: float) -> str:
    """The interval of the best cut-off, and its hazard ratio: naive, with the interval that holds, and in those not drawn."""
    result, amount = found.found, found.marker.amount
    where = f"The smallest log-rank P is at {amount(f'{result.interval.value:g}')}."
    if not isnan(result.interval.lower):
        where += (
            f" In {100 * conf_level:.4g}% of resamples the best cut-off lay between {result.interval.lower:g} and "
            f"{amount(f'{result.interval.upper:g}')}."
        )
    if result.n_failed:
        where += f" {count(result.n_failed, 'resample')} had no cut-off to test."
    if isinstance(result.naive, NotEstimable):
        return escape_markdown(f"{where} Its hazard ratio is {not_estimable(result.naive)}.")
    told = f"{where} Its hazard ratio, {hazard_ratio(result.naive)}, is what the search selected."
    if not isinstance(result.corrected, NotEstimable):
        told += f" The {confidence(conf_level)} that holds after the search is {interval(result.corrected)}."
    if isinstance(result.out_of_bag, NotEstimable):
        return escape_markdown(told)
    n = count(len(result.best_cutoffs), "resample")
    return escape_markdown(
        f"{told} Less the search, the hazard ratio is {ratio(result.out_of_bag)}: that of the patients who were not drawn, by the "
        f"cut-off and direction found in those who were (median of {n})."
    )


def stability_alt(found: Stability) -> str:
    """The alternative text of the histogram; plain."""
    return f"Histogram of the best {within(found.marker.label)} cut-off in {len(found.found.best_cutoffs):,} bootstrap resamples."


def three_groups_sentence(found: ThreeGroups) -> str:
    """The best pair, its P alone and corrected, and the hazard ratios against the low group."""
    pairs, best, amount = found.pairs, found.pairs.best, found.marker.amount
    told = (
        f"Of {count(len(pairs.lower), 'pair')} of cut-offs, {pairs.lower[best]:g} and {amount(f'{pairs.upper[best]:g}')} "
        f"give the smallest P: {p_phrase(float(pairs.p_value[best]))} as if no other had been looked at, "
        f"{p_phrase(pairs.p_corrected)} corrected for the search ({pairs.permutations:,} permutations)."
    )
    if isinstance(found.model, NotEstimable):
        return escape_markdown(f"{told} Hazard ratios are {not_estimable(found.model)}.")
    effects = [f"{term.name}: HR {hazard_ratio_with_p(term.hazard_ratio, term.p_value)}" for term in found.model.terms]
    return escape_markdown(f"{told} Against {within(found.labels[0])}: {'; '.join(effects)}.")
