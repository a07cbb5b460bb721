"""The specification curve: a marker's hazard ratio under every combination of the choices an analyst could have made.

Each specification is the Predictors page with those settings, so a point on the curve and that page show one number.
Simonsohn, Simmons and Nelson, Nat Hum Behav 2020;4:1208.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from math import log

import numpy as np

from cdanalysis import endpoints
from cdanalysis.analyses.candidate_models import candidate_models
from cdanalysis.analyses.screening import observations
from cdanalysis.markers import MARKERS
from cdanalysis.reading.cohort import Cohort
from cdanalysis.results import Estimate, NotEstimable, PredictorRow
from cdanalysis.settings import Settings

SIGNIFICANCE = 0.05
MODELS = {"alone": 0.2, "screened": 0.2, "every candidate": 1.0}  # the screening P of each model

# What each axis varies; the cut-offs are those of the literature and the one in use.
AXES = ("relapse", "response", "crp_cutoff", "tgn_cutoff", "model", "ties")


@dataclass(frozen=True)
class Specification:
    """One combination: the choice on each axis in words, and the marker's hazard ratio under it."""

    choices: tuple[str, ...]
    settings: Settings
    hazard_ratio: Estimate | NotEstimable
    p_value: float
    n: int
    n_events: int


@dataclass(frozen=True, eq=False)
class Multiverse:
    """Every specification, those with an estimate sorted by hazard ratio first; axes names the choices.

    explained: for each axis, the share of the variance of log HR that lies between its choices.
    """

    marker_label: str
    axes: tuple[str, ...]
    specifications: tuple[Specification, ...]
    explained: tuple[float, ...]

    @property
    def estimated(self) -> tuple[Specification, ...]:
        """The specifications with a hazard ratio, ascending."""
        return tuple(one for one in self.specifications if isinstance(one.hazard_ratio, Estimate))


def chosen_axes(settings: Settings) -> tuple[str, ...]:
    """The axes a setting lists, in their own order."""
    wanted = {word.strip() for word in settings.multiverse_axes.split(",")}
    return tuple(axis for axis in AXES if axis in wanted)


def n_specifications(settings: Settings) -> int:
    """How many combinations the chosen axes have."""
    return int(np.prod([len(_choices(axis, settings)) for axis in chosen_axes(settings)], dtype=int))


def multiverse(cohort: Cohort, settings: Settings) -> Multiverse | NotEstimable:
    """Every combination of the chosen axes, for the marker of the Cut-offs page."""
    axes = chosen_axes(settings)
    if not axes:
        return NotEstimable("no choice to vary was named")
    marker = MARKERS[settings.scan_marker]
    if marker.column not in cohort.measured:
        return NotEstimable(f"{marker.label} was not measured in any patient")
    found = sorted(_specifications(cohort, settings, axes), key=_order)
    if not any(isinstance(one.hazard_ratio, Estimate) for one in found):
        return NotEstimable("no specification gives a hazard ratio")
    whole = Multiverse(marker.label, axes, tuple(found), ())
    return replace(whole, explained=tuple(_explained(whole.estimated, place) for place in range(len(axes))))


def _specifications(cohort: Cohort, settings: Settings, axes: tuple[str, ...]) -> Iterator[Specification]:
    known: dict[tuple[str, str], endpoints.TimeToEvent | NotEstimable] = {}
    for combination in product(*(_choices(axis, settings) for axis in axes)):
        chosen = replace(
            settings,
            **{field: value for _, fields in combination for field, value in fields.items() if field != "model"},
        )
        model = next((fields["model"] for _, fields in combination if "model" in fields), "screened")
        key = chosen.relapse_definition, chosen.response_definition
        if key not in known:
            known[key] = endpoints.relapse(cohort, chosen)
        yield _specification(cohort, chosen, known[key], model, tuple(words for words, _ in combination))


def _specification(
    cohort: Cohort, chosen: Settings, endpoint: endpoints.TimeToEvent | NotEstimable, model: str, words: tuple[str, ...]
) -> Specification:
    if isinstance(endpoint, NotEstimable):
        return Specification(words, chosen, endpoint, np.nan, 0, 0)
    data = observations(endpoint)
    found = candidate_models(
        cohort, endpoint, data, replace(chosen, screening_p=MODELS[model]) if model != "screened" else chosen
    )
    row = next((one for one in found.rows if one.code == chosen.scan_marker), None)
    ratio, p = _effect(row, model)
    return Specification(words, chosen, ratio, p, len(data), int(data.event.sum()))


def _effect(row: PredictorRow | None, model: str) -> tuple[Estimate | NotEstimable, float]:
    if row is None:
        return NotEstimable("the marker is no candidate: measured in too few"), np.nan
    if model == "alone":
        return row.univariable, row.univariable_p
    return NotEstimable(
        "screening left the marker out"
    ) if row.multivariable is None else row.multivariable, row.multivariable_p


def _choices(axis: str, settings: Settings) -> list[tuple[str, dict[str, object]]]:
    """The choices of an axis: their words, and the settings they stand for."""
    if axis == "relapse":
        return [
            (name, {"relapse_definition": name}) for name in ("study", "rise-100", "above-220", "objective", "cdai")
        ]
    if axis == "response":
        return [("fall > 70", {"response_definition": "fall"}), ("fall > 100", {"response_definition": "fall-100"})]
    if axis == "model":
        return [(name, {"model": name}) for name in MODELS]
    if axis == "ties":
        return [(name, {"ties": name}) for name in ("efron", "breslow")]
    marker = MARKERS[axis.removesuffix("_cutoff")]
    values = sorted({getattr(settings, axis), *(one.value for one in marker.literature)})
    return [(f"{marker.label} {value:g}", {axis: value}) for value in values]


def _order(one: Specification) -> tuple[bool, float]:
    estimated = isinstance(one.hazard_ratio, Estimate)
    return not estimated, one.hazard_ratio.value if estimated else 0.0


def _explained(estimated: tuple[Specification, ...], place: int) -> float:
    """Sum of squares of log HR between an axis's choices, as a share of all of it; 0 where nothing varies."""
    values = np.array([log(one.hazard_ratio.value) for one in estimated])
    names = np.array([one.choices[place] for one in estimated])
    total = ((values - values.mean()) ** 2).sum()
    between = sum(
        (names == name).sum() * (values[names == name].mean() - values.mean()) ** 2 for name in set(names.tolist())
    )
    return float(between / total) if total > 1e-12 else 0.0
