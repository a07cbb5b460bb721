"""A moving cut-off with the marker's adjusted hazard ratio at every cut-off; of a register at the one in use only."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes import groups
from cdanalysis.outcomes.markers import cutoff_of
from cdanalysis.results import ON_RELEASE, Estimate, NotEstimable, z_value
from cdanalysis.sections.models.observations import observations
from cdanalysis.sections.predictors.analysis import Predictors
from cdanalysis.sections.predictors.moving_curves import CutoffAnswer, MovingCutoff, moving_curves
from cdanalysis.settings import Settings
from cdanalysis.statistics.cox.cox_batch import cox_batch
from cdanalysis.statistics.ratios import wald_ratio

MOST_FITTED = 1_000_000  # patients x cut-offs whose models are fitted while the page waits


def moving_cutoff(
    cohort: Cohort, settings: Settings, marker_code: str, found: Predictors
) -> MovingCutoff | NotEstimable:
    """Curves, log-rank P, univariable and adjusted hazard ratio at every candidate cut-off of a marker."""
    moving = moving_curves(cohort, settings, marker_code, found.endpoint)
    return moving if isinstance(moving, NotEstimable) else with_adjusted(moving, cohort, settings, found)


def with_adjusted(moving: MovingCutoff, cohort: Cohort, settings: Settings, found: Predictors) -> MovingCutoff:
    """The moving cut-off in use, with the adjusted hazard ratio of every cut-off; of a register only of that in use."""
    code = moving.marker.code
    current = cutoff_of(cohort, settings, code).value
    patients = found.endpoint.patient_ids
    place = int(np.searchsorted(moving.cutoffs, current))
    if len(moving.answers) * len(patients) > MOST_FITTED:
        row = next((row for row in found.rows if row.code == code), None)
        never = dict.fromkeys(range(len(moving.answers)), (None, np.nan))
        adjusted = {moving.answer_of[place]: (row.multivariable, row.multivariable_p)} if row else never
    else:
        values = groups.baseline_values(cohort, moving.marker.column, patients)
        first = [moving.answer_of.index(u) for u in range(len(moving.answers))]
        above = np.array([groups.above(values, moving.cutoffs[k], moving.side) for k in first])
        adjusted = dict(enumerate(_adjusted(found, code, above, moving.answers, settings)))
    answers = tuple(
        replace(answer, adjusted=adjusted[u][0], adjusted_p=adjusted[u][1]) if u in adjusted else answer
        for u, answer in enumerate(moving.answers)
    )
    return replace(moving, answers=answers, current=place)


def _adjusted(
    found: Predictors, marker_code: str, above: np.ndarray, curves: Sequence[CutoffAnswer], settings: Settings
) -> list[tuple[Estimate | NotEstimable | None, float]]:
    """The marker's term in the multivariable model at each split: the candidates that enter beside it stay the same.

    above (U, n): the marker's column at each split; None where its log-rank P keeps it out of the model.
    """
    others = [one.columns for one in found.entered(marker_code)]
    is_candidate = any(one.code == marker_code for one in found.candidates)
    beside = np.column_stack(others) if others else np.empty((above.shape[1], 0))
    kept = ~np.isnan(beside).any(axis=1) & ~np.isnan(above[0])
    enters = np.array([is_candidate and one.adjusted == ON_RELEASE for one in curves])
    answers: list[tuple[Estimate | NotEstimable | None, float]] = [(None, np.nan)] * len(above)
    for u, answer in zip(np.flatnonzero(enters), _fitted(found, beside, above, kept, enters, settings), strict=True):
        answers[u] = answer
    return answers


def _fitted(
    found: Predictors, beside: np.ndarray, above: np.ndarray, kept: np.ndarray, enters: np.ndarray, settings: Settings
) -> Iterator[tuple[Estimate | NotEstimable, float]]:
    """Hazard ratio and P of the marker, the first column of each design, at the splits where it enters."""
    data = observations(found.endpoint)[kept]
    if not enters.any() or not data.event.any():
        return
    shared = np.broadcast_to(beside[kept], (int(enters.sum()), *beside[kept].shape))
    designs = np.concatenate([above[enters][:, kept, None], shared], axis=2)
    batch = cox_batch(data.time, data.event, designs, ties=settings.ties, entry=data.entry)
    z = z_value(settings.conf_level)
    for coef, error, p in zip(batch.coef[:, 0], batch.standard_error[:, 0], batch.p_value[:, 0], strict=True):
        if np.isnan(coef):
            yield NotEstimable("the groups are separated in the multivariable model"), np.nan
        else:
            yield wald_ratio(float(coef), float(error), z), float(p)
