"""What a moving handle need not compute again: it changes one candidate, and the others keep what was found of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar
from weakref import WeakKeyDictionary

from cdanalysis.outcomes.covariates import Covariate
from cdanalysis.statistics.time_axis import Observed

Found = TypeVar("Found")


def per_candidate(
    kept: WeakKeyDictionary[Covariate, tuple[object, Found]],
    data: Observed,
    choices: tuple[Hashable, ...],
    candidates: Sequence[Covariate],
    compute: Callable[[Sequence[Covariate]], Sequence[Found]],
) -> tuple[Found, ...]:
    """`compute` for the candidates without an answer for the same times, events and choices; the newest of each is kept."""
    key = (*choices, *(None if part is None else part.tobytes() for part in vars(data).values()))
    held = {one: kept.get(one) for one in candidates}
    found = {one: answer[1] for one, answer in held.items() if answer is not None and answer[0] == key}
    new = [one for one in candidates if one not in found]
    found |= zip(new, compute(new) if new else (), strict=True)
    for one in new:
        kept[one] = key, found[one]
    return tuple(found[one] for one in candidates)
