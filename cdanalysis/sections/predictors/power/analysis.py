"""Which hazard ratios these events could have found, of every candidate, and how many events and patients others need."""

from dataclasses import dataclass
from math import inf, nan

import numpy as np

from cdanalysis.outcomes.covariates import Covariate
from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.sections.models.model_design import model_design
from cdanalysis.sections.models.observations import observations
from cdanalysis.sections.predictors.analysis import Predictors
from cdanalysis.sections.survival.analysis import chosen_months
from cdanalysis.settings import Settings
from cdanalysis.statistics.curves.kaplan_meier import kaplan_meier
from cdanalysis.statistics.planning.schoenfeld import detectable_ratio, events_needed, explained_by_others, power_of

POWER, ALPHA = 0.8, 0.05
PLANNED, POWERS = (1.5, 2.0, 3.0), (0.8, 0.9)
OF_TWO = 2.0  # the hazard ratio whose chance to be found is told


@dataclass(frozen=True)
class PowerRow:
    """One term: who has it, its ratio alone and P, the least ratios found with 80 % power (alone; in the model, None outside it).

    chance_of_two: to find a hazard ratio of 2. variance: of the term among the patients who have it measured.
    """

    label: str
    n: int
    n_with: int | None
    n_events: int
    ratio: Estimate | NotEstimable
    p_value: float
    detectable: float
    in_model: float | None
    chance_of_two: float
    variance: float


@dataclass(frozen=True)
class NextStudy:
    """What a planned hazard ratio of a marker needs: events and patients by power; `of`: where the ratio comes from."""

    label: str
    ratio: float
    of: str
    events: tuple[float, ...]
    patients: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class Power:
    """rows: every candidate; planned: the markers under the handles. incidence: of the outcome by that month, NaN if unknown."""

    noun: str
    n_events: int
    rows: tuple[PowerRow, ...]
    planned: tuple[NextStudy, ...]
    month: float
    incidence: float


def power(found: Predictors, settings: Settings) -> Power | NotEstimable:
    """Which hazard ratios of each candidate these events could have found, and how many patients a next study needs.

    found: of `predictors`. NotEstimable where no event was observed or the file has no candidate.
    """
    if not found.n_events:
        return NotEstimable(f"no {found.endpoint.noun} was observed")
    if not found.rows:
        return NotEstimable("the file has no candidate predictor")
    in_model = _in_model(found)
    month, incidence = _incidence(found, settings)
    rows = tuple(
        _row(found, one, place, in_model.get((one.code, place)))
        for one in found.candidates
        for place in range(len(one.terms))
    )
    handles = {marker.marker.code for marker in found.handles}
    labels = {one.terms[0].label for one in found.candidates if one.code in handles and one.kind != "number"}
    chosen = [row for row in rows if row.label in labels and row.variance > 0]
    planned = tuple(plan for row in chosen for plan in _planned(row, incidence))
    return Power(found.endpoint.noun, found.n_events, rows, planned, month, incidence)


def _in_model(found: Predictors) -> dict[tuple[str, int], float]:
    """The least ratio of each term of the multivariable model, for what the other terms leave of it."""
    design = model_design(found)
    if isinstance(design, NotEstimable):
        return {}
    columns = design.columns.to_numpy(float)
    explained = explained_by_others(columns)
    least = [
        detectable_ratio(
            design.model.n_events, float(columns[:, j].var()), power=POWER, alpha=ALPHA, explained=float(explained[j])
        )
        for j in range(columns.shape[1])
    ]
    codes = [one.code for one in design.candidates]
    return {(code, codes[:j].count(code)): least[j] for j, code in enumerate(codes)}


def _row(found: Predictors, one: Covariate, place: int, in_model: float | None) -> PowerRow:
    known = ~np.isnan(one.columns).any(axis=1)
    if one.kind == "levels":  # against the reference: the other levels are not in this comparison
        known &= (one.columns[:, place] == 1) | (np.nan_to_num(one.columns) == 0).all(axis=1)
    column = one.columns[known, place]
    event = found.endpoint.patients["event"].to_numpy(bool)[known]
    variance, n_events = float(column.var()) if len(column) else 0.0, int(event.sum())
    row = next(row for row in found.rows if (row.code, row.label) == (one.code, one.terms[place].label))
    return PowerRow(
        label=row.label,
        n=int(known.sum()),
        n_with=None if one.kind == "number" else int(column.sum()),
        n_events=n_events,
        ratio=row.univariable,
        p_value=row.univariable_p,
        detectable=detectable_ratio(n_events, variance, power=POWER, alpha=ALPHA),
        in_model=in_model,
        chance_of_two=power_of(OF_TWO, n_events, variance, alpha=ALPHA),
        variance=variance,
    )


def _incidence(found: Predictors, settings: Settings) -> tuple[float, float]:
    """The last chosen month that somebody was followed to, and the share with the outcome by then."""
    data = observations(found.endpoint)
    curve = kaplan_meier(data.time, data.event, entry=data.entry, at=chosen_months(settings.at_months))
    shown = [at for at in curve.at if at.observed and at.survival.value < 1]
    return (shown[-1].time, 1 - shown[-1].survival.value) if shown else (nan, nan)


def _planned(row: PowerRow, incidence: float) -> list[NextStudy]:
    """The planned ratios, and the one found here with its weaker limit."""
    ratios = [(ratio, "planned") for ratio in PLANNED]
    if isinstance(row.ratio, Estimate):
        weaker = row.ratio.lower if row.ratio.value > 1 else row.ratio.upper
        ratios.append((row.ratio.value, "found here"))
        same_side = (weaker > 1) == (row.ratio.value > 1)
        ratios += [(weaker, "its limit nearer to 1")] if same_side else []
    return [_needs(row, ratio, of, incidence) for ratio, of in ratios]


def _needs(row: PowerRow, ratio: float, of: str, incidence: float) -> NextStudy:
    events = tuple(events_needed(ratio, row.variance, power=one, alpha=ALPHA) for one in POWERS)
    patients = tuple(count / incidence if incidence > 0 else inf for count in events)
    return NextStudy(row.label, ratio, of, events, patients)
