"""The tables of the Baseline, Response, Endoscopy, Adverse-event and Published-vs-computed pages; text to read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.writing.labels import ACTION_LABELS
from cdanalysis.writing.numbers import confidence, months, not_estimable, p_value, percentage

if TYPE_CHECKING:
    from cdanalysis.sections.endoscopy.analysis import Score, Share
    from cdanalysis.sections.reproduction.reproduction import Reproduction
    from cdanalysis.sections.response.analysis import Activity, AtWeek, Reclassified, TimeTo
    from cdanalysis.sections.safety.analysis import Safety
    from cdanalysis.sections.survival.survival import Survival

NOTHING = "–"
MATCHES = {True: "✓ equal", False: "differs", None: "cannot be reached"}


def number(value: float, decimals: int = 1) -> str:
    """A measurement, or a dash for none."""
    return NOTHING if value != value else f"{value:,.{decimals}f}"


def share_with_interval(k: int, n: int, share: Estimate) -> str:
    """`70.5% (61.9-77.9), 86/122`."""
    return NOTHING if not n else f"{percentage(share.value)} ({_span(share, 100)}), {k}/{n}"


def responses(weeks: Sequence[AtWeek], conf_level: float) -> pd.DataFrame:
    """A line a week: response and remission with Wilson's interval."""
    columns = [
        "Week",
        "Patients",
        "Without a visit",
        *(f"{what} ({confidence(conf_level)})" for what in ("Response", "Remission")),
    ]
    lines = [
        (one.week, one.n, one.n_missing, share_with_interval(one.n_response, one.n, one.response),
         share_with_interval(one.n_remission, one.n, one.remission))
        for one in weeks
    ]  # fmt: skip
    return pd.DataFrame(lines, columns=columns)


def times_to(times: Sequence[TimeTo]) -> pd.DataFrame:
    """A line a state: weeks to the first visit in it, among the responders."""
    names = ("First response", "First remission")
    lines = [
        (name, one.n, one.n_reached, number(one.median), f"{number(one.lower_quartile)}-{number(one.upper_quartile)}")
        for name, one in zip(names, times, strict=True)
    ]
    return pd.DataFrame(lines, columns=["", "Responders", "Reached it", "Median (weeks)", "Quartiles (weeks)"])


def activity(measured: Sequence[Activity]) -> pd.DataFrame:
    """A line a measurement and week: the pairs, means before and after, both tests."""
    lines = [
        (f"{one.label} ({one.unit})", f"Week {week}", *_paired(test))
        for one in measured for week, test in zip(one.weeks, one.tests, strict=True)
    ]  # fmt: skip
    columns = [
        "Measurement",
        "Visit",
        "Pairs",
        "Baseline, mean ± SD",
        "At the visit, mean ± SD",
        "Change",
        "Paired t, P",
        "Wilcoxon, P",
    ]
    return pd.DataFrame(lines, columns=columns)


def endoscopy_scores(scores: Sequence[Score]) -> pd.DataFrame:
    """A line a score: before, after, shift, both tests."""
    lines = [(one.label, *_paired(one.test, 2), _shift(one.test)) for one in scores]
    columns = ["Score", "Patients", "Before, mean ± SD", "After, mean ± SD", "Mean change", "Paired t, P", "Wilcoxon, P",
               "Median shift (Hodges-Lehmann)"]  # fmt: skip
    return pd.DataFrame(lines, columns=columns)


def endoscopy_shares(shares: Sequence[Share], conf_level: float) -> pd.DataFrame:
    """A line an outcome with its exact interval."""
    lines = [(one.label, share_with_interval(one.k, one.n, one.share)) for one in shares]
    return pd.DataFrame(lines, columns=["", f"Patients (exact {confidence(conf_level)})"])


def reclassified(found: Sequence[Reclassified]) -> pd.DataFrame:
    """A line a change of class under the definitions in use, against the default ones."""
    lines = [
        (f"Week {one.week}", one.before, one.after, len(one.patient_ids), ", ".join(one.patient_ids)) for one in found
    ]
    return pd.DataFrame(lines, columns=["Visit", "By the default definitions", "By those in use", "Patients", "Who"])


def quantile_table(found: Survival, conf_level: float) -> pd.DataFrame:
    """A line a curve: patients, events, and the months by which a quarter, half and three quarters had the event."""
    columns = [
        "Group",
        "Patients",
        "Events",
        "Censored",
        *(f"{share} had it by ({confidence(conf_level)})" for share in ("25%", "50%", "75%")),
    ]
    lines = [
        (str(curve.group) or "All patients", curve.n, curve.n_events_total, curve.n - curve.n_events_total,
         *(months(one) for one in quarters))
        for curve, quarters in zip(found.kaplan_meier.curves, found.quantiles, strict=True)
    ]  # fmt: skip
    return pd.DataFrame(lines, columns=columns)


def adverse_events(found: Safety, conf_level: float) -> pd.DataFrame:
    """A line a term, all of them first: patients, events, rate, and what was done."""
    level = confidence(conf_level)
    rows = [row for row in (found.any_event, *found.terms) if row is not None]
    several = any(row.by_patient is not None for row in rows)
    columns = ["Adverse event", f"Patients ({level})", "Events", f"Per 100 patient-years ({level})",
               *([f"{level} by patient"] if several else []), *(ACTION_LABELS[action] for action in found.actions)]  # fmt: skip
    lines = [
        (row.term, share_with_interval(row.n_patients, found.n, row.share), row.n_events,
         f"{number(row.per_100_years.value)} ({_span(row.per_100_years)})",
         *([NOTHING if row.by_patient is None else _span(row.by_patient)] if several else []), *row.by_action)
        for row in rows
    ]  # fmt: skip
    return pd.DataFrame(lines, columns=columns)


def reproduction_table(found: Reproduction, only_other: bool = False) -> pd.DataFrame:
    """A line a printed result: printed, computed, whether they agree, and why not."""
    lines = [
        (row.section, row.quantity, row.printed, row.computed, row.unit, MATCHES[row.matches], row.how)
        for row in found.rows if not (only_other and row.matches)
    ]  # fmt: skip
    columns = ["Section", "Result", "Printed", "Computed", "Unit", "Comparison", "Computed as"]
    return pd.DataFrame(lines, columns=columns)


def _paired(test: Any, decimals: int = 1) -> tuple[object, ...]:
    if isinstance(test, NotEstimable):
        return 0, NOTHING, NOTHING, not_estimable(test), NOTHING, NOTHING
    before, after = ((getattr(test, f"mean_{when}"), getattr(test, f"sd_{when}")) for when in ("before", "after"))
    shown = (f"{number(mean, decimals)} ± {number(sd, decimals)}" for mean, sd in (before, after))
    change = test.mean_change
    return (
        test.n,
        *shown,
        f"{number(change.value, decimals)} ({_span(change, 1, decimals)})",
        p_value(test.t_p),
        p_value(test.wilcoxon_p),
    )


def _shift(test: Any) -> str:
    return NOTHING if isinstance(test, NotEstimable) else f"{number(test.shift.value)} ({_span(test.shift)})"


def _span(estimate: Estimate, scale: float = 1, decimals: int = 1) -> str:
    """The limits; a limit below 0 is set apart by "to"."""
    if estimate.lower != estimate.lower:
        return "interval not defined"
    between = " to " if estimate.lower < 0 else "-"
    return f"{number(scale * estimate.lower, decimals)}{between}{number(scale * estimate.upper, decimals)}"
