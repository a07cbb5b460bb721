"""The scan of cut-offs as a table, and of them those that a reader asks for: in use, published, with the smallest P."""

from operator import attrgetter

import pandas as pd

from cdanalysis.sections.cutoffs.analysis import Cutoffs
from cdanalysis.statistics.cutoffs.cutoff_scan import ScannedCutoff
from cdanalysis.writing.choices.labels import side_sign
from cdanalysis.writing.nouns import capitalized, plural
from cdanalysis.writing.numbers import NOTHING, confidence, hazard_ratio, p_value


def scan_table(found: Cutoffs, conf_level: float) -> pd.DataFrame:
    """One line per cut-off: groups, events, hazard ratio of above against below, both P values."""
    sizes = attrgetter("n_below", "events_below", "n_above", "events_above")
    lines = [(f"{row.cutoff:g}", *sizes(row), *_effect(row), p_value(row.logrank_p)) for row in found.scan.rows]
    unit = f" ({found.marker.unit})" if found.marker.unit else ""
    events = capitalized(plural(found.noun))
    sides = ["Below", f"{events} below", "Above", f"{events} above"]
    columns = [f"Cut-off{unit}", *sides, f"HR ({confidence(conf_level)})", "P of the HR", "Log-rank P"]
    return pd.DataFrame(lines, columns=columns)


def _effect(row: ScannedCutoff) -> tuple[str, str]:
    return hazard_ratio(row.hazard_ratio), NOTHING if row.p_value != row.p_value else p_value(row.p_value)


def cutoff_rows(found: Cutoffs, conf_level: float) -> pd.DataFrame:
    """One line per cut-off, ascending; one that is not admissible is left out."""
    events = plural(found.noun)
    sides = [f"{side}, n ({events})" for side in ("Below", "Above")]
    cutoff, ratio = found.marker.titled(side_sign(found.scan.side)), f"HR ({confidence(conf_level)})"
    columns = [cutoff, "Shown because", *sides, ratio, "Log-rank P"]
    return pd.DataFrame([_asked_line(value, why, row) for value, why, row in _asked_for(found)], columns=columns)


def _asked_for(found: Cutoffs) -> list[tuple[float, str, ScannedCutoff]]:
    reasons: dict[float, list[str]] = {}
    for known in found.marker.literature:
        reasons.setdefault(known.value, []).append("published")
    reasons.setdefault(found.cutoff, []).insert(0, "in use")
    best = found.scan.best
    same = next((value for value in reasons if found.scan.splitting_as(found.values, value) is best), best.cutoff)
    reasons.setdefault(same, []).append("smallest P")
    rows = [
        (value, ", ".join(why), found.scan.splitting_as(found.values, value)) for value, why in sorted(reasons.items())
    ]
    return [(value, why, row) for value, why, row in rows if row is not None]


def _asked_line(value: float, why: str, row: ScannedCutoff) -> tuple[str, ...]:
    below, above = f"{row.n_below} ({row.events_below})", f"{row.n_above} ({row.events_above})"
    return f"{value:g}", why, below, above, hazard_ratio(row.hazard_ratio), p_value(row.logrank_p)
