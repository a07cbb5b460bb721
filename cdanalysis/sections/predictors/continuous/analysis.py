"""A marker continuous beside its cut: the log hazard's shape, and what cutting it in two costs."""

from dataclasses import dataclass

import numpy as np

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.markers import Marker
from cdanalysis.outcomes import groups
from cdanalysis.outcomes.markers import cutoff_of
from cdanalysis.results import NotEstimable
from cdanalysis.sections.cutoffs.analysis import on_its_scale
from cdanalysis.sections.models.observations import observations
from cdanalysis.sections.predictors.analysis import Predictors
from cdanalysis.settings import Settings
from cdanalysis.statistics.checks.functional_form import FunctionalForm, functional_form


@dataclass(frozen=True, eq=False)
class MarkerForm:
    """One marker of the patients who have it measured, alone in its models.

    form: on the scale of the models (base-2 logarithm, or steps); values, curve_values, smooth_values and reference: the
    same patients and points in the marker's unit. n_missing: the others.
    """

    marker: Marker
    cutoff: float
    side: str
    form: FunctionalForm
    values: np.ndarray
    curve_values: np.ndarray
    smooth_values: np.ndarray
    reference: float
    n_missing: int
    conf_level: float
    noun: str = "relapse"  # of the outcome


def marker_form(cohort: Cohort, settings: Settings, found: Predictors, code: str) -> MarkerForm | NotEstimable:
    """The three forms of a marker, its spline and its martingale residuals on the chosen endpoint."""
    marker, (cutoff, side) = cohort.marker(code), cutoff_of(cohort, settings, code)
    values = groups.baseline_values(cohort, marker.column, found.endpoint.patient_ids)
    known = ~np.isnan(values)
    scaled = on_its_scale(values[known], marker)
    form = functional_form(
        observations(found.endpoint)[known],
        scaled,
        groups.above(values[known], cutoff, side),
        ties=settings.ties,
        conf_level=settings.conf_level,
    )
    if isinstance(form, NotEstimable):
        return form
    curve_values, smooth_values = (
        _of_unit(getattr(part, "x", np.zeros(0)), marker) for part in (form.curve, form.smooth)
    )
    reference = getattr(form.curve, "reference", np.nan)
    return MarkerForm(
        marker=marker,
        cutoff=cutoff,
        side=side,
        form=form,
        values=_of_unit(scaled, marker),
        curve_values=curve_values,
        smooth_values=smooth_values,
        reference=float(_of_unit(np.array(reference), marker)),
        n_missing=int((~known).sum()),
        conf_level=settings.conf_level,
        noun=found.endpoint.noun,
    )


def _of_unit(scaled: np.ndarray, marker: Marker) -> np.ndarray:
    """From the scale of the models back to the marker's unit."""
    return scaled * marker.continuous_step if marker.continuous_step else np.exp2(scaled)
