"""The specification curve: a marker's hazard ratio under every combination of the choices an analyst could have made.

Each specification is the Predictors page with those settings, so a point on the curve and that page show one number.
Simonsohn, Simmons and Nelson, Nat Hum Behav 2020;4:1208.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.markers import Marker
from cdanalysis.outcomes import groups
from cdanalysis.outcomes.endpoints import ENDPOINT_FIELDS
from cdanalysis.outcomes.markers import cutoff_of, scan_code
from cdanalysis.results import NO_MARKER, Estimate, NotEstimable
from cdanalysis.sections.multiverse.specification_models import FittedPart, Specification
from cdanalysis.sections.multiverse.specifications import Chosen, chosen_axes, handles_in, specifications
from cdanalysis.settings import Settings, only
from cdanalysis.statistics.batches import Progress, Run, one_by_one
from cdanalysis.statistics.cutoffs.specification_curve import CurveTest, curve_test, share_between

PERMUTATIONS, SEED = 200, 20201106


@dataclass(frozen=True, eq=False)
class Multiverse:
    """Every specification, those with an estimate sorted by hazard ratio first; axes names the choices.

    explained: for each axis, the share of the variance of log HR that lies between its choices. handles: the markers whose cut-offs
    may vary.
    """

    marker: Marker
    axes: tuple[str, ...]
    specifications: tuple[Specification, ...]
    explained: tuple[float, ...]
    handles: tuple[Marker, ...]

    @property
    def estimated(self) -> tuple[Specification, ...]:
        """The specifications with a hazard ratio, ascending."""
        return tuple(one for one in self.specifications if isinstance(one.hazard_ratio, Estimate))


def multiverse(cohort: Cohort, settings: Settings, *, progress: Progress | None = None) -> Multiverse | NotEstimable:
    """Every combination of the chosen axes, for the marker of the Cut-offs page; progress(done, total) specifications."""
    code, cohort = scan_code(cohort, settings), cohort.with_memory()
    if not code:
        return NO_MARKER
    axes, marker = chosen_axes(cohort, settings), cohort.marker(code)
    if not axes:
        return NotEstimable("no choice to vary was named")
    found: list[Specification] = []
    chosen = specifications(cohort, settings)
    for part in _parts(chosen):
        found += FittedPart.of(cohort, part, code).results(code)
        if progress is not None:
            progress(len(found), len(chosen))
    found.sort(key=_order)
    known = [(one, one.hazard_ratio) for one in found if isinstance(one.hazard_ratio, Estimate)]
    if not known:
        return NotEstimable("no specification gives a hazard ratio")
    values = np.log([ratio.value for _, ratio in known])
    explained = (share_between(values, [one.choices[place] for one, _ in known]) for place in range(len(axes)))
    handles = tuple(cohort.marker(one) for one in handles_in(cohort, settings))
    return Multiverse(marker, axes, tuple(found), tuple(explained), handles)


def multiverse_test(
    cohort: Cohort, settings: Settings, *, progress: Progress | None = None, run: Run = one_by_one
) -> CurveTest | NotEstimable:
    """P of the curve as a whole: the marker shuffled among the patients, screened and fitted again in every specification.

    run: who goes through the batches of shuffles.
    """
    code, cohort = scan_code(cohort, settings), cohort.with_memory()
    if not code:
        return NO_MARKER
    everybody = cohort.patients["patient_id"].tolist()
    place = {patient: index for index, patient in enumerate(everybody)}
    jobs, ties = [], []
    for part in _parts(specifications(cohort, settings)):
        for job in FittedPart.of(cohort, part, code).jobs(code, place):
            jobs.append(job)
            ties.append(part[0].settings.ties)
    values, side = (
        groups.baseline_values(cohort, cohort.marker(code).column, everybody),
        cutoff_of(cohort, settings, code).side,
    )
    return curve_test(
        jobs, values, side=side, ties=ties, permutations=PERMUTATIONS, seed=SEED, progress=progress, run=run
    )


def _parts(chosen: Sequence[Chosen]) -> list[list[Chosen]]:
    """The specifications that share endpoint, ties and missing values: their models are fitted together."""
    parts: dict[tuple[Settings, str, str], list[Chosen]] = {}
    for one in chosen:
        parts.setdefault((only(one.settings, ENDPOINT_FIELDS), one.settings.ties, one.missing), []).append(one)
    return list(parts.values())


def _order(one: Specification) -> tuple[bool, float]:
    ratio = one.hazard_ratio
    return (False, ratio.value) if isinstance(ratio, Estimate) else (True, 0.0)
