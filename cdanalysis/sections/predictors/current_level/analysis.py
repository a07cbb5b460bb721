"""Does the current level of a marker predict the outcome: start-stop Cox from the visits, Simon-Makuch curves; events likewise."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

import numpy as np
import pandas as pd

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.markers import Marker
from cdanalysis.dictionary.summaries import base_of
from cdanalysis.outcomes import covariates, endpoints, groups
from cdanalysis.outcomes.endpoints import TimeToEvent
from cdanalysis.outcomes.markers import cutoff_of, scan_code
from cdanalysis.results import NO_MARKER, NotEstimable, p_of
from cdanalysis.sections.cutoffs.analysis import on_its_scale
from cdanalysis.sections.models.ratio_of import RatioOf, ratio_of
from cdanalysis.sections.predictors.current_level.axis import Axis, axis_of, measured, steps_of
from cdanalysis.sections.predictors.moving_curves import risk_table_times
from cdanalysis.settings import Settings
from cdanalysis.statistics.cox.cox import cox
from cdanalysis.statistics.cox.cox_result import CoxResult
from cdanalysis.statistics.curves.curve_steps import CurveSteps
from cdanalysis.statistics.curves.logrank import logrank_by_place
from cdanalysis.statistics.time_axis import complete, observed
from cdanalysis.statistics.time_dependent.current_value import CurrentSpells

LAG_MONTHS = 1.0  # the sensitivity analysis: a value counts only so long after it was measured
LEAST_PATIENTS, LEAST_EVENTS = 2, 5
LONG_AGO = -1e9  # days: before anybody's therapy


@dataclass(frozen=True)
class LevelRow:
    """One way to let the marker in: what it is, its ratio with robust P, patients and events it stands on."""

    label: str
    ratio: RatioOf
    n: int
    n_events: int


@dataclass(frozen=True, eq=False)
class CurrentLevel:
    """Groups below, above in every pair. known: the share of the time at risk at which a value was known.

    rows: of the marker; after: of what happened in the events sheet. steps, n_at_risk: Simon and Makuch's curves.
    """

    marker: Marker
    labels: tuple[str, str]
    span: float
    n: int
    n_events: int
    known_events: int
    known: float
    rows: tuple[LevelRow, ...]
    after: tuple[LevelRow, ...]
    steps: tuple[CurveSteps, ...]
    risk_times: tuple[float, ...]
    logrank_p: float | NotEstimable
    origin: str
    noun: str


def current_level(cohort: Cohort, settings: Settings, span: float) -> CurrentLevel | NotEstimable:
    """Whether the scanned marker's last known value predicts the chosen outcome; a value counts for `span` months.

    NotEstimable where no marker is chosen, none was measured after the start of therapy, or the visits cannot be placed on the
    outcome's time axis.
    """
    endpoint = endpoints.endpoint_of(cohort, settings)
    if isinstance(endpoint, NotEstimable):
        return endpoint
    code = scan_code(cohort, settings)
    if not code:
        return NO_MARKER
    if code in cohort.derived_codes:  # of one visit or several, where every value of the marker counts
        scanned, code = cohort.marker(code).label, base_of(code)
        if not cohort.is_marker(code):
            return NotEstimable(
                f"{scanned} is of a marker without values at baseline, beside which the later ones stand"
            )
    marker, axis = cohort.marker(code), axis_of(endpoint)
    if axis is None:
        return NotEstimable(f"the file's own times of {endpoint.noun} have no day of therapy to place the visits on")
    values = measured(cohort, marker)
    if not (values["days"] > 0).any():
        return NotEstimable(f"{marker.label} was measured at no visit after the start of therapy")
    spells = axis.spells(values, "value", span)
    if not spells.n_events:
        return NotEstimable(f"no {endpoint.noun} was observed while a value of {marker.label} was known")
    return _result(cohort, endpoint, marker, axis, values, spells, settings, span)


def _result(
    cohort: Cohort, endpoint: TimeToEvent, marker: Marker, axis: Axis, values: pd.DataFrame, spells: CurrentSpells,
    settings: Settings, span: float,
) -> CurrentLevel:  # fmt: skip
    cutoff, side = cutoff_of(cohort, settings, marker.code)
    labels = groups.group_labels(marker, cutoff, side)
    state = groups.above(spells.value, cutoff, side).astype(int)
    entered = 0.0 if axis.data.entry is None else np.maximum(axis.data.entry, 0.0)
    rows = observed(spells.time, spells.event, spells.entry)
    risk_times = risk_table_times(float(spells.time.max()))
    test = logrank_by_place(rows, labels, state)
    return CurrentLevel(
        marker=marker,
        labels=labels,
        span=span,
        n=len(axis.ids),
        n_events=int(axis.data.event.sum()),
        known_events=spells.n_events,
        known=spells.total_time / max(float((axis.data.time - entered).sum()), 1e-12),
        rows=tuple(_rows(cohort, endpoint, marker, axis, values, spells, settings, span)),
        after=tuple(_after(cohort, endpoint, axis, settings)),
        steps=tuple(steps_of(rows, labels, state, side_, spells, risk_times, settings) for side_ in (0, 1)),
        risk_times=risk_times,
        logrank_p=p_of(test),
        origin=endpoint.origin,
        noun=endpoint.noun,
    )


def _rows(
    cohort: Cohort, endpoint: TimeToEvent, marker: Marker, axis: Axis, values: pd.DataFrame, spells: CurrentSpells,
    settings: Settings, span: float,
) -> Iterator[LevelRow]:  # fmt: skip
    cutoff, side = cutoff_of(cohort, settings, marker.code)
    above = groups.group_labels(marker, cutoff, side)[1]
    now, first = f"{above}, current", f"{above}, at baseline"
    current = groups.above(spells.value, cutoff, side).astype(float)
    at_baseline = covariates.cut(cohort, endpoint.patient_ids, marker.code, settings).columns[:, 0]
    yield from _fitted(spells, {now: current}, settings)
    if span > LAG_MONTHS:
        late = axis.spells(values, "value", span, LAG_MONTHS)
        marked = groups.above(late.value, cutoff, side).astype(float)
        yield from _fitted(late, {f"{now}, counted {LAG_MONTHS:g} month after": marked}, settings)
    unit = f"per {marker.continuous_step:g} {marker.unit}".strip() if marker.continuous_step else "per doubling"
    scaled = on_its_scale(spells.value, marker)
    yield from _fitted(spells, {f"{marker.label}, current, {unit}": scaled}, settings)
    both = {f"{now}, given baseline": current, f"{first}, given current": at_baseline[spells.patient]}
    yield from _fitted(spells, both, settings)
    data = axis.data
    entered = np.zeros(len(data)) if data.entry is None else np.maximum(data.entry, 0.0)
    whole = CurrentSpells(np.arange(len(data)), entered, data.time, data.event, at_baseline)
    yield from _fitted(whole, {first: at_baseline}, settings)


def _after(cohort: Cohort, endpoint: TimeToEvent, axis: Axis, settings: Settings) -> Iterator[LevelRow]:
    """Before and after each kind of event that is not the outcome itself, where several were observed after it."""
    events, named = cohort.events, {"end of combination therapy": "combination_end_days"}
    kinds = [kind for kind in sorted(events["event"].dropna().unique()) if kind not in (endpoint.code, "death")]
    dated = [(kind.replace("_", " "), events[events["event"] == kind][["patient_id", "days"]]) for kind in kinds]
    for name, column in named.items():
        dated.append((name, cohort.patients[["patient_id", column]].dropna().set_axis(["patient_id", "days"], axis=1)))
    before = pd.DataFrame({"patient_id": list(axis.ids), "days": LONG_AGO, "value": 0.0})
    for name, rows in dated:
        first = rows.groupby("patient_id", as_index=False)["days"].min().assign(value=1.0)
        spells = axis.spells(pd.concat([before, first], ignore_index=True), "value", inf)
        if len(np.unique(spells.patient[spells.value == 1])) >= LEAST_PATIENTS:
            yield from _fitted(spells, {f"After {name}": spells.value}, settings)


def _fitted(spells: CurrentSpells, columns: dict[str, np.ndarray], settings: Settings) -> Iterator[LevelRow]:
    """One row per column of one model, of the patients who have every column: not everybody has a value at baseline."""
    kept = complete(np.column_stack(list(columns.values())))
    parts = (one[kept] for one in (spells.patient, spells.entry, spells.time, spells.event, spells.value))
    used = CurrentSpells(*parts)
    fit = _fit(used, {label: column[kept] for label, column in columns.items()}, settings)
    for place, label in enumerate(columns):
        yield LevelRow(label, ratio_of(fit, place), used.n_patients, used.n_events)


def _fit(spells: CurrentSpells, columns: dict[str, np.ndarray], settings: Settings) -> CoxResult | NotEstimable:
    if spells.n_events < LEAST_EVENTS:
        return NotEstimable(f"robust errors need {LEAST_EVENTS} events or more, and there are {spells.n_events}")
    return cox(
        spells.time, spells.event, pd.DataFrame(columns), entry=spells.entry, cluster=spells.patient, ties=settings.ties,
        conf_level=settings.conf_level,
    )  # fmt: skip
