"""A marker's ratio across the centres: one for all, with the centres allowed for in several ways, and each centre's own."""

from dataclasses import dataclass, replace
from math import nan

import numpy as np

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.markers import Marker
from cdanalysis.outcomes import covariates
from cdanalysis.outcomes.centres import centre_column, centres_of
from cdanalysis.outcomes.covariates import Covariate
from cdanalysis.outcomes.markers import scan_code
from cdanalysis.results import NO_MARKER, Estimate, NotEstimable, estimated
from cdanalysis.sections.models.observations import observations
from cdanalysis.sections.models.ratio_of import RatioOf, columns_of, ratio_of
from cdanalysis.sections.predictors.analysis import Predictors, predictors
from cdanalysis.settings import Settings
from cdanalysis.statistics.checks.subgroups import SubgroupComparison, subgroups_by_place
from cdanalysis.statistics.cox.cox import cox_models
from cdanalysis.statistics.cox.frailty import FrailtyResult, frailty_by_place
from cdanalysis.statistics.pooling.meta_analysis import Pooled, log_ratio_of, put_together
from cdanalysis.statistics.time_axis import Observed, complete, labels_in_order

NEEDED = (
    "a column that says where each patient was treated: its header with a word such as centre, site or hospital, or chosen "
    "under Model in the sidebar"
)
LEAST_CENTRES = 2
WAYS = ("ignored", "strata", "fixed", "frailty")


@dataclass(frozen=True, eq=False)
class OneWay:
    """The marker's ratio where the centres are allowed for in one way; beside: with the other covariates, None without any."""

    way: str
    alone: RatioOf
    beside: RatioOf | None


@dataclass(frozen=True, eq=False)
class Centres:
    """The marker's hazard ratio with the centres allowed for, in the patients whose centre and marker are known.

    n_unknown: those left out for it. comparison: each centre's own ratio and the test that they differ; pooled: these put together.
    """

    marker: Marker
    label: str
    column: str
    noun: str
    n: int
    n_events: int
    n_unknown: int
    ways: tuple[OneWay, ...]
    adjusted_for: tuple[str, ...]
    frailty: FrailtyResult | NotEstimable
    comparison: SubgroupComparison
    pooled: Pooled | NotEstimable

    @property
    def estimated(self) -> tuple[str, ...]:
        """The centres with a ratio of their own."""
        return tuple(one.level for one in self.comparison.subgroups if isinstance(one.hazard_ratio, Estimate))


def centres(cohort: Cohort, settings: Settings) -> Centres | NotEstimable:
    """The scanned marker's ratio across the centres of the column in use."""
    column, found = centre_column(cohort, settings), predictors(cohort, settings)
    if not column:
        return NotEstimable(f"this needs {NEEDED}")
    if isinstance(found, NotEstimable):
        return found
    code, ids = scan_code(cohort, settings), found.endpoint.patient_ids
    if not code:
        return NO_MARKER
    chosen, data = covariates.cut(cohort, ids, code, settings), observations(found.endpoint)
    labels, places = labels_in_order("centres", centres_of(cohort, column, ids), len(data))
    known = (places >= 0) & complete(chosen.columns)
    if len(np.unique(places[known])) < LEAST_CENTRES:
        return NotEstimable(f"the patients of this outcome are of fewer than {LEAST_CENTRES} values of {column}")
    if not data.event[known].any():
        return NotEstimable(f"no {found.endpoint.noun} was observed")
    return _result(found, cohort.marker(code), chosen, column, data, (list(map(str, labels)), places, known), settings)


def _result(
    found: Predictors, marker: Marker, chosen: Covariate, column: str, data: Observed,
    by_centre: tuple[list[str], np.ndarray, np.ndarray], settings: Settings,
) -> Centres:  # fmt: skip
    labels, places, known = by_centre
    data, places, label = data[known], places[known], chosen.terms[0].label
    others = found.entered(chosen.code, column)
    alone, frailty = _in_every_way(data, places, [chosen], known, settings)
    beside, _ = _in_every_way(data, places, [chosen, *others], known, settings)
    given = settings.ties, settings.conf_level, label
    whole = subgroups_by_place(data, chosen.columns[known, 0], labels, places, *given)
    comparison = replace(whole, subgroups=tuple(one for one in whole.subgroups if one.n))
    return Centres(
        marker=marker,
        label=label,
        column=column,
        noun=found.endpoint.noun,
        n=len(data),
        n_events=int(data.event.sum()),
        n_unknown=int((~known).sum()),
        ways=tuple(OneWay(*one) for one in zip(WAYS, alone, beside if others else [None] * len(WAYS), strict=True)),
        adjusted_for=tuple(one.label for one in others),
        frailty=frailty,
        comparison=comparison,
        pooled=_pooled(comparison, settings),
    )


def _in_every_way(
    data: Observed, places: np.ndarray, model: list[Covariate], known: np.ndarray, settings: Settings
) -> tuple[list[RatioOf], FrailtyResult | NotEstimable]:
    """The first covariate's ratio in a model, in the order of WAYS, and the model with a frailty; complete cases of the known."""
    columns = columns_of(model)[known]
    names, x = [str(name) for name in columns.columns], columns.to_numpy(float)
    kept = complete(x)
    part, places, x = data[kept], places[kept], x[kept]
    given = settings.ties, settings.conf_level
    if not part.event.any():
        nothing = NotEstimable("no patient with an event has every covariate measured")
        return [RatioOf(nothing, nan)] * len(WAYS), nothing
    own = _dummies(part, places)
    numbered = [f"centre {place}" for place in range(own.shape[1])]
    plain, fixed = cox_models(
        part, [(names, x), ([*names, *numbered], np.hstack([x, own]))], ties=given[0], conf_level=given[1]
    )
    strata = cox_models(part, [(names, x)], strata=places, ties=given[0], conf_level=given[1])[0]
    frailty = frailty_by_place(part, names, x, places, *given)
    return [ratio_of(one) for one in (plain, strata, fixed, frailty)], frailty


def _dummies(data: Observed, places: np.ndarray) -> np.ndarray:
    """A column for each centre but the one with the most events; one without an event says nothing of a ratio."""
    centres = np.unique(places)
    events = [int(data.event[places == place].sum()) for place in centres]
    reference = centres[int(np.argmax(events))]
    return np.column_stack(
        [places == place for place in centres if place != reference] or [np.zeros(len(data))]
    ).astype(float)


def _pooled(comparison: SubgroupComparison, settings: Settings) -> Pooled | NotEstimable:
    """The centres' own ratios put together."""
    own = estimated(one.hazard_ratio for one in comparison.subgroups)
    known = estimated(log_ratio_of(one, settings.conf_level) for one in own)
    if len(known) < LEAST_CENTRES:
        return NotEstimable("fewer than two centres have a ratio of their own")
    return put_together(known, between=settings.pooling, conf_level=settings.conf_level)
