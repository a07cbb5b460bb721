"""What each value of a model's covariates is worth: the one source of its points, its nomogram and its calculator."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from math import floor, log10

import numpy as np

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes import covariates
from cdanalysis.sections.prognosis.model_terms import CUT, Design, unit_of
from cdanalysis.settings import Settings
from cdanalysis.settings.as_text.saved_model import SavedTerm
from cdanalysis.statistics.checks.spline import basis

WIDEST = 100.0  # points of the covariate whose values differ most
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)  # of a number, whose points are told
NONE = "none"  # the reference of what is there or not


@dataclass(frozen=True)
class Level:
    """A level of a category, or a side of a cut-off: the log hazard ratio against the reference, and its patients."""

    label: str
    worth: float
    n: int


@dataclass(frozen=True, eq=False)
class Scale:
    """A covariate as a reader gives it: a number, or the place of a level.

    values (n,): of a number, those that the model was fitted to, ascending. levels: of a category, the reference first; empty of
    a number.
    """

    code: str
    label: str
    unit: str
    term: SavedTerm
    values: np.ndarray
    levels: tuple[Level, ...]

    @property
    def named(self) -> str:
        """The label with its unit."""
        return f"{self.label} ({self.unit})" if self.unit else self.label

    def worth(self, values: Sequence[float] | np.ndarray) -> np.ndarray:
        """The log hazard (k,) of values or places of levels, against 0 or the reference."""
        given = np.asarray(values, float)
        if self.levels:
            return np.array([one.worth for one in self.levels])[given.astype(int)]
        columns = basis(given, np.array(self.term.knots)) if self.term.knots else given[:, None]
        return columns @ np.array(self.term.coef)

    @property
    def typical(self) -> float:
        """The middle value of a number, the place of the most frequent level."""
        if self.levels:
            return float(np.argmax([one.n for one in self.levels]))
        return float(np.median(self.values))

    @property
    def told(self) -> list[float]:
        """The values whose points a table holds: some quantiles of a number, the place of every level."""
        if self.levels:
            return [float(place) for place in range(len(self.levels))]
        return np.unique(np.quantile(self.values, QUANTILES)).tolist()

    @property
    def step(self) -> float:
        """A power of ten that some twenty of lead from the lowest to the highest number."""
        span = float(self.values[-1] - self.values[0]) if len(self.values) else 0.0
        return 10.0 ** floor(log10(span / 20)) if span > 0 else 1.0

    @cached_property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest worth among the patients."""
        every = self.worth(range(len(self.levels)) if self.levels else np.unique(self.values))
        return float(every.min()), float(every.max())


@dataclass(frozen=True, eq=False)
class Points:
    """Points of every scale: 0 where it is worth least, WIDEST from there to the most of the widest one.

    factor: points per unit of log hazard. lowest: what the scales are worth together at 0 points.
    """

    scales: tuple[Scale, ...]
    factor: float
    lowest: float

    def of(self, scale: Scale, values: Sequence[float] | np.ndarray) -> np.ndarray:
        """The points (k,) of values or places of levels."""
        return (scale.worth(values) - scale.ends[0]) * self.factor

    @property
    def most(self) -> float:
        """The points of a patient with the most of every scale."""
        return sum(one.ends[1] - one.ends[0] for one in self.scales) * self.factor


def points_of(scales: Sequence[Scale]) -> Points:
    """How points are counted; none for anything where no value makes a difference."""
    widest = max(one.ends[1] - one.ends[0] for one in scales)
    return Points(tuple(scales), WIDEST / widest if widest > 0 else 0.0, sum(one.ends[0] for one in scales))


def scales_of(
    cohort: Cohort, patient_ids: Sequence[str], design: Design, terms: Sequence[SavedTerm], settings: Settings
) -> tuple[Scale, ...]:
    """A scale for each covariate of a model; terms: with their coefficients, those of one covariate beside each other."""

    def scale(code: str, own: Sequence[tuple[int, SavedTerm]]) -> Scale:
        first, label = own[0][1], covariates.label_of(cohort, code)
        columns = [design.columns[:, np.flatnonzero(design.places == place)[0]] for place, _ in own]
        if first.kind == "number":
            return Scale(code, label, unit_of(cohort, code), first, np.sort(columns[0]), ())
        held = (
            covariates.cut(cohort, patient_ids, code, settings)
            if first.kind == CUT
            else covariates.as_measured(cohort, patient_ids, code)
        )
        reference, n_each = held.terms[0].reference, [int(column.sum()) for column in columns]
        levels = [Level(_short(reference, label, reference), 0.0, len(design.data) - sum(n_each))]
        for (_, one), n in zip(own, n_each, strict=True):
            levels.append(Level(_short(one.label, label, reference), one.coef[0], n))
        return Scale(code, label, "", first, np.array([]), tuple(levels))

    return tuple(scale(code, [*own]) for code, own in groupby(enumerate(terms), key=lambda one: one[1].code))


def _short(level: str, label: str, reference: str) -> str:
    """A level beside its covariate's label: `L3` of `Location L3`, `yes` and `no` of what is there or not."""
    if reference == NONE:
        return "no" if level == NONE else "yes"
    return level.removeprefix(f"{label} ")
