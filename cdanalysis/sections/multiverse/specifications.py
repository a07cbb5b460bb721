"""The choices an analyst could have made, and every combination of them: one specification each.

A specification is settings, how its model is chosen and how a missing covariate is handled; all but the last are the
Predictors page's own settings, so a specification can be opened there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import reduce
from itertools import product
from math import prod
from typing import Any

import numpy as np

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes import groups
from cdanalysis.outcomes.covariates import Covariate
from cdanalysis.outcomes.markers import cutoff_of, handles_of, scan_code, with_handle
from cdanalysis.settings import Settings
from cdanalysis.settings.as_text.codes import split
from cdanalysis.settings.of_index import FURTHER_FALL

ALONE, SCREENED, EVERY = "alone", "screened", "every candidate"
COMPLETE, FILLED = "complete cases", "most frequent value"
# Steps of 0.1 would add up to a little more than 0.5, and take the value after the middle.
DECILES = np.arange(2, 9) / 10

# What each axis varies beside the cut-offs and what the index defines: its choices in words, and the settings they stand for.
FIXED_AXES: dict[str, dict[str, Mapping[str, object]]] = {
    "relapse": {},
    "reference": {code: {"relapse_reference": code} for code in ("landmark", "lowest", "previous")},
    "response": {},
    "clock": {code: {"clock": code} for code in ("landmark", "late-entry", "naive")},
    "cutoff_1": {},
    "cutoff_2": {},
    "model": {name: {"model": name} for name in (ALONE, SCREENED, EVERY)},
    "missing": {name: {"missing": name} for name in (COMPLETE, FILLED)},
    "ties": {name: {"ties": name} for name in ("efron", "breslow")},
}
AXES = tuple(FIXED_AXES)
OF_HANDLES = ("cutoff_1", "cutoff_2")
RELAPSE, RESPONSE = "relapse", "response"
OF_RELAPSE, OF_RESPONDERS = {RELAPSE, "reference"}, {RELAPSE, "reference", RESPONSE, "clock"}


@dataclass(frozen=True)
class Chosen:
    """One combination: a word for each axis that varies, the settings, the model and the handling of missing values."""

    words: tuple[str, ...]
    settings: Settings
    model: str
    missing: str


def chosen_axes(cohort: Cohort, settings: Settings) -> tuple[str, ...]:
    """The axes a setting lists, of those that the cohort has."""
    wanted = {word.strip() for word in settings.multiverse_axes.split(",")}
    return tuple(axis for axis in offered_axes(cohort, settings) if axis in wanted)


def offered_axes(cohort: Cohort, settings: Settings) -> tuple[str, ...]:
    """The axes in their own order: a cut-off's only where there is that handle, a definition's only of what is derived by it."""
    settings = cohort.indexed(settings)
    missing = {*OF_HANDLES[len(handles_in(cohort, settings)) :]}
    outcome = cohort.outcome_in_use(settings)
    if outcome is None or not outcome.is_from_landmark:
        missing |= OF_RESPONDERS
    if settings.index_row.further_fall is None:
        missing.add(RESPONSE)
    if outcome is None or RELAPSE not in split(outcome.code):
        missing |= OF_RELAPSE
    return tuple(axis for axis in AXES if axis not in missing)


def handles_in(cohort: Cohort, settings: Settings) -> tuple[str, ...]:
    """Codes of the markers whose cut-offs may vary: those under the handles, with the one that is followed."""
    return handles_of(cohort, with_handle(cohort, settings, scan_code(cohort, settings)))


def n_specifications(cohort: Cohort, settings: Settings) -> int:
    """How many combinations the chosen axes have."""
    settings = cohort.indexed(settings)
    return prod(len(_choices(cohort, settings, axis)) for axis in chosen_axes(cohort, settings))


def specifications(cohort: Cohort, settings: Settings) -> tuple[Chosen, ...]:
    """Every combination of the chosen axes; what does not vary is as in the settings."""
    settings = cohort.indexed(with_handle(cohort, settings, scan_code(cohort, settings)))
    axes = [_choices(cohort, settings, axis) for axis in chosen_axes(cohort, settings)]
    cut: dict[object, Settings] = {}  # by the cut-offs: thousands of combinations have a few of them
    return tuple(_chosen(settings, combination, cut) for combination in product(*(axis.items() for axis in axes)))


def _chosen(
    settings: Settings, combination: tuple[tuple[str, Mapping[str, Any]], ...], cut: dict[object, Settings]
) -> Chosen:
    fields = {name: value for _, some in combination for name, value in some.items()}
    model, missing = str(fields.pop("model", SCREENED)), str(fields.pop("missing", COMPLETE))
    if model == EVERY:
        fields["screening_p"] = 1.0
    cutoffs = tuple(fields.pop(axis) for axis in OF_HANDLES if axis in fields)
    if cutoffs not in cut:
        cut[cutoffs] = reduce(lambda held, one: held.with_cutoff(*one), cutoffs, settings)
    return Chosen(tuple(words for words, _ in combination), replace(cut[cutoffs], **fields), model, missing)


def _responses(settings: Settings) -> Mapping[str, Mapping[str, object]]:
    """The falls that the index calls a response."""
    index = settings.index_row
    falls = {"fall": index.response.bound.sign}
    if index.further_fall is not None:
        falls[FURTHER_FALL] = index.response.bound._replace(value=index.further_fall).sign
    return {f"fall {sign}": {"response_definition": code} for code, sign in falls.items()}


def _choices(cohort: Cohort, settings: Settings, axis: str) -> Mapping[str, Mapping[str, object]]:
    """The choices of an axis: their words, and the settings they stand for."""
    if axis == RELAPSE:
        return {rule.choice: {"relapse_definition": code} for code, rule in settings.index_row.rules.items()}
    if axis == RESPONSE:
        return _responses(settings)
    if axis not in OF_HANDLES:
        return FIXED_AXES[axis]
    marker = cohort.marker(handles_in(cohort, settings)[OF_HANDLES.index(axis)])
    in_use = cutoff_of(cohort, settings, marker.code)
    values = {in_use.value, *(one.value for one in marker.literature)}
    if settings.multiverse_cutoffs == "deciles" and marker.column in cohort.measured:
        measured = groups.baseline_values(cohort, marker.column, tuple(cohort.patients["patient_id"]))
        deciles = np.nanquantile(measured, DECILES, method="inverted_cdf").tolist()
        values |= {value for value in deciles if marker.lowest <= value <= marker.highest}
    return {f"{marker.label} {value:g}": {axis: (marker.code, value, in_use.side)} for value in sorted(values)}


def with_most_frequent(covariate: Covariate) -> Covariate:
    """The covariate complete; as it is where nothing is missing or nothing was measured."""
    missing = np.any(np.isnan(covariate.columns), axis=1)
    if not missing.any() or missing.all():
        return covariate
    if covariate.groups is None:
        typical = np.nanmedian(covariate.columns, axis=0)
        return replace(covariate, columns=np.where(missing[:, None], typical, covariate.columns), n_missing=0)
    known = covariate.groups[~missing].astype(str)
    names, first, n = np.unique(known, return_index=True, return_counts=True)
    most = int(np.argmax(n))
    columns = np.where(missing[:, None], covariate.columns[~missing][first[most]], covariate.columns)
    return replace(
        covariate, columns=columns, groups=np.where(missing, names[most], covariate.groups).astype(object), n_missing=0
    )
