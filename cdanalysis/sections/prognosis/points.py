"""What the values of a model's terms are worth in points, for who adds them up by hand."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cdanalysis.sections.prognosis.model_terms import Design
from cdanalysis.settings.as_text.saved_model import SavedTerm
from cdanalysis.statistics.checks.spline import basis

SHOWN_AT = (0.05, 0.25, 0.5, 0.75, 0.95)  # quantiles of a number whose points are told


@dataclass(frozen=True)
class Points:
    """What a value of a term is worth, in points of which the widest term has 100; value: None where the term is yes."""

    label: str
    value: float | None
    points: float


def points_of(design: Design, terms: Sequence[SavedTerm]) -> tuple[Points, ...]:
    """Each term's contribution above its lowest, at some quantiles of a number, scaled so that the widest span is 100."""
    shown, spans = [], []
    for place, one in enumerate(terms):
        values = design.columns[:, np.flatnonzero(design.places == place)[0]]
        at = np.unique(np.quantile(values, SHOWN_AT)) if one.kind == "number" else np.array([1.0])
        every = np.unique(values) if one.kind == "number" else np.array([0.0, 1.0])
        worth, whole = (_worth(part, one.knots, one.coef) for part in (at, every))
        lowest = float(whole.min())
        spans.append(float(whole.max()) - lowest)
        told = at.tolist() if one.kind == "number" else [None]
        # Of yes and no the points of yes, which are negative where it lowers the risk.
        base = lowest if one.kind == "number" else 0.0
        shown += [(one.label, value, float(own) - base) for value, own in zip(told, worth, strict=True)]
    scale = 100 / max(spans) if max(spans) > 0 else 0.0
    return tuple(Points(label, value, own * scale) for label, value, own in shown)


def _worth(values: np.ndarray, knots: tuple[float, ...], coef: tuple[float, ...]) -> np.ndarray:
    columns = basis(values, np.array(knots)) if knots else values[:, None]
    return columns @ np.array(coef)
