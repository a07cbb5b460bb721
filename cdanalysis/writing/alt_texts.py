"""Alternative texts made from the results: what a figure shows, for who cannot see it; plain, for an attribute."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.writing.escapes import one_line
from cdanalysis.writing.numbers import count, hazard_ratio, p_phrase, ratio

if TYPE_CHECKING:
    from cdanalysis.dictionary.markers import Marker
    from cdanalysis.sections.cutoffs.analysis import Cutoffs
    from cdanalysis.sections.endoscopy.analysis import Score, Year
    from cdanalysis.sections.multiverse.multiverse import Multiverse
    from cdanalysis.sections.response.analysis import Activity, TimeTo
    from cdanalysis.statistics.cutoffs.cutoff_scan import ScannedCutoff


def cumulative_alt(response: TimeTo, remission: TimeTo) -> str:
    """When the first response and the first remission were reached."""
    named = (("first response", response), ("first remission", remission))
    texts = [f"{name} in {one.n_reached} of {one.n} responders, {_median(one)}" for name, one in named]
    return f"Cumulative incidence by week. {_sentence('; '.join(texts))}"


def activity_alt(one: Activity) -> str:
    """A measurement's means before and at each visit."""
    texts = [
        f"week {week}: {test.mean_before:.1f} to {test.mean_after:.1f} in {count(test.n, 'patient')}, {p_phrase(test.t_p)}"
        for week, test in zip(one.weeks, one.tests, strict=True)
        if not isinstance(test, NotEstimable)
    ]
    told = "; ".join(texts) or "no pairs"
    return f"Box plots of {one.label} ({one.unit}) by visit. Mean at baseline to mean at the visit, {told}."


def before_after_alt(score: Score) -> str:
    """A score's means before and after."""
    opening = f"{score.label} before and after, a line a patient."
    if isinstance(score.test, NotEstimable):
        return f"{opening} {_sentence(score.test.reason)}"
    test = score.test
    change = f"Mean {test.mean_before:.1f} before and {test.mean_after:.1f} after in {count(test.n, 'patient')}"
    return f"{opening} {change}, Wilcoxon {p_phrase(test.wilcoxon_p)}."


def yearly_alt(years: Sequence[Year], n_serial: int) -> str:
    """A score's mean in each year with its denominator."""
    texts = [f"year {one.year}: {one.described.mean:.1f} (n = {one.described.n})" for one in years]
    return f"Mean CDEIS by year in {count(n_serial, 'serially examined patient')}: {'; '.join(texts)}."


def scan_alt(found: Cutoffs) -> str:
    """The range of a scan, its smallest P and the cut-off in use."""
    rows, amount = found.scan.rows, found.marker.amount
    texts = [
        f"Hazard ratio and log-rank P of {found.marker.label} at {count(len(rows), 'cut-off')} from {rows[0].cutoff:g} to "
        f"{amount(f'{rows[-1].cutoff:g}')}, above the marker's distribution",
        f"P < 0.05 at {found.scan.n_significant()} of them",
        f"smallest P {_scanned(found.scan.best, found.marker)}",
    ]
    if found.current is not None:
        texts.append(f"the cut-off in use, {amount(found.cutoff)}: {_effect(found.current)}")
    return one_line(". ".join(text[:1].upper() + text[1:] for text in texts) + ".")


def multiverse_alt(found: Multiverse) -> str:
    """The range of the hazard ratios and how many lie above 1."""
    shown = found.estimated
    above = sum(one.hazard_ratio.value > 1 for one in shown)
    return (
        f"Specification curve of {found.marker.label}: {count(len(shown), 'hazard ratio')} from "
        f"{ratio(shown[0].hazard_ratio.value)} to {ratio(shown[-1].hazard_ratio.value)} in order of size, {above} of them "
        "above 1; under each the choices that gave it."
    )


def _median(one: TimeTo) -> str:
    return "median not reached" if one.median != one.median else f"median {one.median:.1f} weeks"


def _scanned(row: ScannedCutoff, marker: Marker) -> str:
    return f"at {marker.amount(f'{row.cutoff:g}')}: {_effect(row)}"


def _effect(row: ScannedCutoff) -> str:
    found = (
        f"hazard ratio {hazard_ratio(row.hazard_ratio)}"
        if isinstance(row.hazard_ratio, Estimate)
        else "no hazard ratio"
    )
    return f"{found}, log-rank {p_phrase(row.logrank_p)}"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
