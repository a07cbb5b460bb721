"""What a moving handle need not compute again: it changes one candidate, and the others keep what was found of them."""

from collections.abc import Callable, Hashable, Sequence
from hashlib import blake2b
from typing import TypeVar

from cdanalysis.cohort import Memory
from cdanalysis.outcomes.covariates import Covariate
from cdanalysis.statistics.time_axis import Observed

Found = TypeVar("Found")


def _digest(data: Observed) -> bytes:
    """A digest that is equal for equal times, events and entries."""
    parts = [part for part in (data.time, data.event, data.entry) if part is not None]
    return blake2b(b"".join(part.tobytes() for part in parts), digest_size=16).digest()


def per_candidate(
    memory: Memory | None,
    what: str,
    data: Observed,
    choices: tuple[Hashable, ...],
    candidates: Sequence[Covariate],
    compute: Callable[[Sequence[Covariate]], Sequence[Found]],
) -> tuple[Found, ...]:
    """`compute` for the candidates without an answer for the same times, events and choices; the newest of each is kept."""
    if memory is None:
        return tuple(compute(candidates)) if candidates else ()
    key = (*choices, _digest(data))
    held = {one: memory.get((what, one)) for one in candidates}
    found = {one: answer[1] for one, answer in held.items() if answer is not None and answer[0] == key}
    new = [one for one in candidates if one not in found]
    found |= zip(new, compute(new) if new else (), strict=True)
    for one in new:
        memory[what, one] = key, found[one]
    return tuple(found[one] for one in candidates)
