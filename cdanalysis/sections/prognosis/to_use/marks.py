"""Where the marks of a nomogram stand: round numbers along each covariate's line, and risks under their totals."""

from collections.abc import Sequence
from math import log
from typing import NamedTuple

import numpy as np

from cdanalysis.sections.prognosis.to_use.scales import WIDEST, Points, Scale
from cdanalysis.settings.as_text.saved_model import SavedModel
from cdanalysis.units import round_numbers

LEVEL_CHARACTERS = 20
POINTS_A_LETTER, APART, FINER_APART = 2.0, 8.0, 20.0  # of the line's 100, on a telephone
FINER = 20, 50, 100  # round numbers, where gaps are left
RISKS = (0.01, 0.02, 0.05, *(step / 10 for step in range(1, 10)), 0.95, 0.98, 0.99)


class Tick(NamedTuple):
    """A mark on a line, 0 to 100 along it; text: plain; said: on hover."""

    at: float
    text: str
    said: str


def scale_ticks(points: Points, scale: Scale) -> list[Tick]:
    """Round values of a number within what the patients had, or every level."""
    if scale.levels:
        values, texts = [float(place) for place in range(len(scale.levels))], [one.label for one in scale.levels]
    else:
        values = _spread(points, scale)
        texts = [f"{one:.6g}" for one in values]
    return [
        Tick(float(at), text, f"{scale.label} {text}: {at:.0f} points")
        for at, text in zip(points.of(scale, values), texts, strict=True)
    ]


def _spread(points: Points, scale: Scale) -> list[float]:
    """The roundest values that lie APART points from each other, finer ones where gaps are left; a falling part by itself."""
    lowest, highest = float(scale.values[0]), float(scale.values[-1])
    coarse = round_numbers(lowest, highest)
    tried = [coarse, *(round_numbers(lowest, highest, most) for most in FINER)]
    values = np.array([value for one in tried for value in one])
    at, near = points.of(scale, values), (highest - lowest) / 1_000
    rising = points.of(scale, values + near) >= points.of(scale, values - near)
    kept: list[int] = []
    for place in range(len(values)):
        beside = [other for other in kept if rising[other] == rising[place]]
        apart = APART if place < len(coarse) else FINER_APART
        if all(abs(at[other] - at[place]) >= apart for other in beside):
            kept.append(place)
    chosen = values[kept].tolist()
    return sorted(chosen) if len(chosen) > 1 else list(dict.fromkeys([coarse[0], coarse[-1]]))


def risk_ticks(model: SavedModel, points: Points) -> list[Tick]:
    """Round risks, each under the total that has it."""
    found = []
    for risk in RISKS:
        worth = log(log(1 - risk) / log(model.baseline)) + model.centre
        total = (worth - points.lowest) * points.factor
        if 0 <= total <= points.most:
            found.append(Tick(WIDEST * total / points.most, f"{risk:.0%}", f"{risk:.0%} at {total:.0f} points in all"))
    return found


def with_room(ticks: Sequence[Tick]) -> list[tuple[Tick, int]]:
    """The marks whose text has room beside those before it, with its level: 0, or 1 under that."""
    ends, placed = [-WIDEST, -WIDEST], []
    for one in sorted(ticks, key=lambda tick: tick.at):
        half = POINTS_A_LETTER * (min(len(one.text), LEVEL_CHARACTERS) + 1) / 2
        level = next((level for level, end in enumerate(ends) if one.at - half >= end), None)
        if level is not None:
            ends[level] = one.at + half
            placed.append((one, level))
    return placed
