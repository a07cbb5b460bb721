"""Long computations in batches: what is done with each, and who runs them.

A batch is arrays and settings, never a name or an id. Chance is drawn where the batches are made, one after the other, so a
result is the same whoever runs them and however many they are; `cdanalysis/running/` has runners that are several.
"""

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from typing import Any, Protocol, TypeVar

Result = TypeVar("Result")
Progress = Callable[[int, int], None]  # told how many of how many are done


class Run(Protocol):
    """Gives `work(*batch)` of each batch, in the order of the batches; a batch is asked for when it is to be done."""

    def __call__(self, work: Callable[..., Result], batches: Iterable[tuple[Any, ...]]) -> Iterator[Result]: ...


def one_by_one(work: Callable[..., Result], batches: Iterable[tuple[Any, ...]]) -> Iterator[Result]:
    """Each batch here, when its result is asked for."""
    for batch in batches:
        yield work(*batch)


def gathered(
    run: Run,
    work: Callable[..., Result],
    batches: Iterable[tuple[Any, ...]],
    tell: Callable[[int], object],
) -> list[Result]:
    """The results of all batches; tell(how many so far) after each. What `tell` raises ends the run, also that of others."""
    results: list[Result] = []
    with closing(_generated(run, work, batches)) as found:
        for one in found:
            results.append(one)
            tell(len(results))
    return results


def telling(progress: Progress | None, each: int, total: int) -> Callable[[int], object]:
    """What `gathered` tells of batches of so many each, as progress(done, total); nothing where nobody asks."""
    return lambda n_batches: progress and progress(min(each * n_batches, total), total)


def _generated(
    run: Run, work: Callable[..., Result], batches: Iterable[tuple[Any, ...]]
) -> Generator[Result, None, None]:
    """As a generator, which can be closed, whatever the runner gives."""
    yield from run(work, batches)
