"""What a scan of cut-offs says, as sentences: how many would have been significant, and what is left of the best P."""

from cdanalysis.dictionary.markers import Marker
from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.sections.cutoffs.analysis import Cutoffs
from cdanalysis.sections.models.words import nearer_fit
from cdanalysis.statistics.cutoffs.cutoff_scan import CutoffScan, ScannedCutoff
from cdanalysis.writing.escapes import escape_markdown, one_line
from cdanalysis.writing.markers import per_step
from cdanalysis.writing.nouns import capitalized
from cdanalysis.writing.numbers import (
    ABBREVIATIONS,
    confidence,
    count,
    hazard_ratio,
    hazard_ratio_with_p,
    interval,
    listed,
    not_estimable,
    p_phrase,
)
from cdanalysis.writing.within import within

HOW_TO_READ = (
    "What every cut-off that leaves enough patients on each side would have given: hazard ratio above, P below, the "
    "patients at the bottom. A finding that holds for a single cut-off only is fragile. The corrected P allows for having "
    "looked at all of them, and the continuous effect needs no cut-off at all."
)


def cutoffs_sentence(found: Cutoffs) -> str:
    """The count of significant cut-offs, the smallest P and its corrections, as Markdown."""
    scan, best, marker = found.scan, found.scan.best, found.marker
    several = (
        f"**{scan.n_significant()} of {len(scan.rows)}** admissible cut-offs give a log-rank P < 0.05 "
        f"({count(scan.n, 'patient')}, {count(scan.n_events, found.noun)})."
    )
    at = marker.amount(f"{best.cutoff:g}")
    smallest = (
        f"The smallest P is at {at}: {p_phrase(best.logrank_p)}, HR {hazard_ratio(best.hazard_ratio)}{_holding(found)}."
    )
    return f"{several} {escape_markdown(smallest)} {escape_markdown(_corrected(found))}".strip()


def many_cutoffs(scan: CutoffScan) -> str:
    """How many cut-offs would have looked significant, and what follows for one that was found so; Markdown."""
    return (
        f"{scan.n_significant()} of {len(scan.rows)} admissible cut-offs give a log-rank P < 0.05 (page *Cut-offs*); one that "
        "is found by looking must be confirmed in other patients."
    )


def _holding(found: Cutoffs) -> str:
    """The interval that holds after the search, beside the one that does not."""
    corrected = found.scan.corrected
    if isinstance(corrected, NotEstimable):
        return ""
    return f"; the {confidence(found.scan.conf_level)} that holds after the search is {interval(corrected)}"


def _corrected(found: Cutoffs) -> str:
    corrected = found.scan.maxstat
    if corrected is None:
        return ""
    ways = [
        f"Lausen-Schumacher 1994 {p_phrase(corrected.p_lausen_schumacher_94)}",
        f"Lausen-Schumacher 1992 {p_phrase(corrected.p_lausen_schumacher_92)}",
    ]
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
    beside = f", adjusted for {listed([*map(within, found.adjusted_for)])}" if found.adjusted_for else ""
    groups = (
        f"{row.n_below} below with {count(row.events_below, found.noun)}, {row.n_above} above with {row.events_above}"
    )
    effect = f"HR {hazard_ratio(row.hazard_ratio)}{beside}; log-rank {p_phrase(row.logrank_p)}"
    return escape_markdown(f"The cut-off in use, {found.marker.amount(found.cutoff)}: {groups}; {effect}.")


def continuous_sentence(found: Cutoffs) -> str:
    """The marker kept continuous, and how it fits beside the cut (Akaike: lower is better)."""
    marker = found.marker
    per = per_step(marker)
    if isinstance(found.continuous, NotEstimable):
        return escape_markdown(f"{marker.label} {per}: {not_estimable(found.continuous)}.")
    (term,) = found.continuous.terms
    told = (
        f"Kept continuous, {within(marker.label)} has HR {hazard_ratio_with_p(term.hazard_ratio, term.p_value)} {per}"
    )
    if isinstance(found.cut, NotEstimable):
        return escape_markdown(f"{told}.")
    kept, cut = (2 - 2 * model.log_likelihood for model in (found.continuous, found.cut))
    return escape_markdown(f"{told}; AIC {kept:.1f} against {cut:.1f} with the cut in use: {nearer_fit(cut, kept)}.")


def scan_alt(found: Cutoffs) -> str:
    """The range of a scan, its smallest P and the cut-off in use."""
    rows, amount = found.scan.rows, found.marker.amount
    texts = [
        f"Hazard ratio and log-rank P of {within(found.marker.label)} at {count(len(rows), 'cut-off')} from {rows[0].cutoff:g} to "
        f"{amount(f'{rows[-1].cutoff:g}')}, above the marker's distribution",
        f"P < 0.05 at {found.scan.n_significant()} of them",
        f"smallest P {_scanned(found.scan.best, found.marker)}",
    ]
    if found.current is not None:
        texts.append(f"the cut-off in use, {amount(found.cutoff)}: {_effect(found.current)}")
    return one_line(". ".join(map(capitalized, texts)) + ".")


def _scanned(row: ScannedCutoff, marker: Marker) -> str:
    return f"at {marker.amount(f'{row.cutoff:g}')}: {_effect(row)}"


def _effect(row: ScannedCutoff) -> str:
    found = (
        f"hazard ratio {hazard_ratio(row.hazard_ratio)}"
        if isinstance(row.hazard_ratio, Estimate)
        else "no hazard ratio"
    )
    return f"{found}, log-rank {p_phrase(row.logrank_p)}"


def paper_footnote(found: Cutoffs) -> str:
    """What stands under the cut-offs that a paper prints; plain."""
    return (
        f"{len(found.scan.rows)} admissible cut-offs were examined; shown are the one in use, published ones and the one with "
        f"the smallest P. P values in the table are not corrected for the search. {ABBREVIATIONS}"
    )
