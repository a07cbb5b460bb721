"""What a hazard ratio of the multivariable model leans on, and what would overturn it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cdanalysis.cohort import Cohort
from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.sections.models.model_design import ModelDesign, model_design
from cdanalysis.sections.predictors.analysis import Predictors, predictors
from cdanalysis.settings import Settings
from cdanalysis.statistics.batches import Run, one_by_one
from cdanalysis.statistics.checks.influence import Bootstrap, bootstrap, influence
from cdanalysis.statistics.checks.robustness import EValue, TippingPoint, e_value, tipping_point
from cdanalysis.statistics.cox.cox_result import CoxTerm

RESAMPLES, SEED = 2000, 20201106


@dataclass(frozen=True, eq=False)
class LeftOut:
    """A patient, and the hazard ratio without that patient; shift: dfbeta in standard errors of the coefficient."""

    patient_id: str
    months: float
    event: bool
    ratio: float
    shift: float


@dataclass(frozen=True, eq=False)
class Robustness:
    """One term, its estimate. left_out: every patient, in order of the ratio without; n_open: patients without whom there is none.
    n_refitted: how many were left out by a refit, the others by dfbeta.

    tipping: by the label of the group whose censored are changed; empty for a number. e_values: rare, common outcome.
    """

    term: CoxTerm
    estimate: Estimate
    left_out: tuple[LeftOut, ...] | NotEstimable
    n_open: int
    n_refitted: int
    tipping: tuple[tuple[str, TippingPoint | NotEstimable], ...]
    e_values: tuple[EValue, EValue]
    noun: str = "relapse"  # of the outcome


def robustness(found: Predictors, settings: Settings, label: str) -> Robustness | NotEstimable:
    """How firm one term's hazard ratio is: without single patients, had those lost had the event, by E-values.

    label: of a term of the multivariable model. `bootstrap_ratio`, which takes longer, is apart.
    """
    design = model_design(found)
    if isinstance(design, NotEstimable):
        return design
    place = _place(design, label)
    term = design.model.terms[place]
    if isinstance(term.hazard_ratio, NotEstimable):
        return term.hazard_ratio
    left_out, n_open, n_refitted = _left_out(design, place, found, settings)
    return Robustness(
        term=term,
        estimate=term.hazard_ratio,
        left_out=left_out,
        n_open=n_open,
        n_refitted=n_refitted,
        tipping=_tipping(design, place, settings),
        e_values=(e_value(term.hazard_ratio, common_outcome=False), e_value(term.hazard_ratio, common_outcome=True)),
        noun=found.endpoint.noun,
    )


def bootstrap_ratio(
    cohort: Cohort,
    settings: Settings,
    label: str,
    *,
    progress: Callable[[int, int], None] | None = None,
    run: Run = one_by_one,
) -> Bootstrap | NotEstimable:
    """The interval of one term's hazard ratio by drawing the patients again; progress(done, total); run: of the batches."""
    found = predictors(cohort, settings)
    design = found if isinstance(found, NotEstimable) else model_design(found)
    if isinstance(design, NotEstimable):
        return design
    return bootstrap(
        design.data, design.columns.to_numpy(float), _place(design, label), ties=settings.ties, resamples=RESAMPLES,
        seed=SEED, conf_level=settings.conf_level, progress=progress, run=run,
    )  # fmt: skip


def _place(design: ModelDesign, label: str) -> int:
    return list(design.columns.columns).index(label)


def _left_out(
    design: ModelDesign, place: int, found: Predictors, settings: Settings
) -> tuple[tuple[LeftOut, ...] | NotEstimable, int, int]:
    moved = influence(design.data, design.columns.to_numpy(float), ties=settings.ties)
    if isinstance(moved, NotEstimable):
        return moved, 0, 0
    ids = found.endpoint.patients["patient_id"].to_numpy()[design.kept]
    without, shifts = moved.left_out[:, place], moved.dfbeta[:, place] / design.model.terms[place].standard_error
    known = [i for i in np.argsort(without, kind="stable").tolist() if not np.isnan(without[i])]
    data = design.data
    lines = tuple(
        LeftOut(str(ids[i]), float(data.time[i]), bool(data.event[i]), float(np.exp(without[i])), float(shifts[i]))
        for i in known
    )
    return lines, len(ids) - len(known), moved.n_refitted


def _tipping(
    design: ModelDesign, place: int, settings: Settings
) -> tuple[tuple[str, TippingPoint | NotEstimable], ...]:
    """The censored of the term's group, then those of its reference."""
    columns = design.columns.to_numpy(float)
    marked = columns[:, place]
    if not set(np.unique(marked)) <= {0.0, 1.0}:
        return ()
    own = [one.terms for one in design.candidates][place]
    term = next(one for one in own if one.label == design.columns.columns[place])
    siblings = [j for j, one in enumerate(design.candidates) if one.code == design.candidates[place].code]
    reference = (columns[:, siblings] == 0).all(axis=1)
    sides = ((term.label, marked == 1), (term.reference, reference))
    return tuple(
        (name, tipping_point(design.data, columns, place, inside, ties=settings.ties)) for name, inside in sides
    )
