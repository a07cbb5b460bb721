"""What a scan of cut-offs says, as sentences: how many would have been significant, and what is left of the best P."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdanalysis.results import NotEstimable
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.numbers import (
    count,
    hazard_ratio,
    hazard_ratio_with_p,
    listed,
    not_estimable,
    p_phrase,
)

if TYPE_CHECKING:
    from cdanalysis.sections.cutoffs.analysis import Cutoffs


def cutoffs_sentence(found: Cutoffs) -> str:
    """The count of significant cut-offs, the smallest P and its corrections, as Markdown."""
    scan, best, marker = found.scan, found.scan.best, found.marker
    several = (
        f"**{scan.n_significant()} of {len(scan.rows)}** admissible cut-offs give a log-rank P < 0.05 "
        f"({count(scan.n, 'patient')}, {count(scan.n_events, 'relapse')})."
    )
    at = marker.amount(f"{best.cutoff:g}")
    smallest = f"The smallest P is at {at}: {p_phrase(best.logrank_p)}, HR {hazard_ratio(best.hazard_ratio)}."
    return f"{several} {escape_markdown(smallest)} {escape_markdown(_corrected(found))}".strip()


def _corrected(found: Cutoffs) -> str:
    corrected = found.scan.maxstat
    if corrected is None:
        return ""
    ways = [f"Lausen-Schumacher 1994 {p_phrase(corrected.p_lausen_schumacher_94)}",
            f"Lausen-Schumacher 1992 {p_phrase(corrected.p_lausen_schumacher_92)}"]  # fmt: skip
    if corrected.p_hothorn_lausen is not None:
        ways.append(f"Hothorn-Lausen {p_phrase(corrected.p_hothorn_lausen)}")
    if corrected.p_permutation is not None:
        ways.insert(0, f"permutation {p_phrase(corrected.p_permutation)}")
    return (
        f"Corrected for having looked at every cut-off (maximally selected log-rank statistic {corrected.statistic:.2f} at "
        f"{corrected.cutoff:g}): {listed(ways)}. A cut-off found by this search must be confirmed in other patients."
    )


def current_sentence(found: Cutoffs) -> str:
    """The cut-off in use: its own numbers, or that too few patients lie on one side."""
    if found.current is None:
        return escape_markdown(
            f"The cut-off in use, {found.marker.amount(found.cutoff)}, is not among the admissible ones."
        )
    row = found.current
    beside = f", adjusted for {listed(list(found.adjusted_for))}" if found.adjusted_for else ""
    groups = (
        f"{row.n_below} below with {count(row.events_below, 'relapse')}, {row.n_above} above with {row.events_above}"
    )
    effect = f"HR {hazard_ratio(row.hazard_ratio)}{beside}; log-rank {p_phrase(row.logrank_p)}"
    return escape_markdown(f"The cut-off in use, {found.marker.amount(found.cutoff)}: {groups}; {effect}.")


def continuous_sentence(found: Cutoffs) -> str:
    """The marker kept continuous, and how it fits beside the cut (Akaike: lower is better)."""
    marker = found.marker
    per = f"per {marker.amount(marker.continuous_step)}" if marker.continuous_step else "per doubling"
    if isinstance(found.continuous, NotEstimable):
        return escape_markdown(f"{marker.label} {per}: {not_estimable(found.continuous)}.")
    (term,) = found.continuous.terms
    told = f"Kept continuous, {marker.label} has HR {hazard_ratio_with_p(term.hazard_ratio, term.p_value)} {per}"
    if isinstance(found.cut, NotEstimable):
        return escape_markdown(f"{told}.")
    kept, cut = (2 - 2 * model.log_likelihood for model in (found.continuous, found.cut))
    better = "the cut fits better" if cut < kept else "the continuous marker fits better"
    return escape_markdown(f"{told}; AIC {kept:.1f} against {cut:.1f} with the cut in use: {better}.")
