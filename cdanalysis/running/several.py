"""Batches on several processes through joblib: those of this machine, or of the Dask cluster that the environment names.

`DASK_SCHEDULER_ADDRESS`: the cluster's scheduler, e.g. tcp://10.0.0.5:8786; its workers need this package, and this process
`dask` and `distributed`. `CDANALYSIS_WORKERS`: how many processes on this machine, where not one a core; 1 for none.
Nothing is written to a disk: arrays go to the workers through pipes.
"""

import os
import warnings
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from threading import Lock
from time import monotonic
from typing import Any, TypeVar, cast

import joblib

Result = TypeVar("Result")
PATIENCE_SECONDS = 2.0  # a worker takes as long to start, so what is shorter stays here
SCHEDULER, WORKERS = "DASK_SCHEDULER_ADDRESS", "CDANALYSIS_WORKERS"
_one_run = Lock()  # of those that share this machine's cores


def on_several(
    work: Callable[..., Result], batches: Iterable[tuple[Any, ...]], patience: float = PATIENCE_SECONDS
) -> Iterator[Result]:
    """Results in the order of the batches: the first ones from here, the rest of a long run from several processes.

    Where another run has the processes already, this one stays here: readers of one server do not wait for each other.
    """
    rest, started = iter(batches), monotonic()
    for batch in rest:
        if monotonic() - started >= patience and _are_several():
            yield from _shared(work, chain((batch,), rest))
            return
        yield work(*batch)


def n_workers() -> int:
    """How many processes of this machine a run has."""
    asked = os.environ.get(WORKERS, "")
    return max(1, int(asked)) if asked.isdigit() else joblib.cpu_count()


def _are_several() -> bool:
    return bool(os.environ.get(SCHEDULER)) or n_workers() > 1


def _shared(work: Callable[..., Result], batches: Iterable[tuple[Any, ...]]) -> Iterator[Result]:
    if os.environ.get(SCHEDULER):
        yield from _on_cluster(os.environ[SCHEDULER], work, batches)
    elif _one_run.acquire(blocking=False):
        try:
            yield from _on_processes(work, batches)
        finally:
            _one_run.release()
    else:
        for batch in batches:
            yield work(*batch)


def _on_processes(work: Callable[..., Result], batches: Iterable[tuple[Any, ...]]) -> Iterator[Result]:
    with joblib.parallel_config("loky", n_jobs=n_workers(), max_nbytes=None):
        yield from _results(work, batches)


def _on_cluster(address: str, work: Callable[..., Result], batches: Iterable[tuple[Any, ...]]) -> Iterator[Result]:
    from distributed import Client  # pyright: ignore[reportMissingImports]  whoever names a cluster has it

    with Client(address, set_as_default=False) as client, joblib.parallel_config("dask", client=client):
        yield from _results(work, batches)


def _results(work: Callable[..., Result], batches: Iterable[tuple[Any, ...]]) -> Iterator[Result]:
    """Closed before its end, it takes back what is not done yet."""
    parallel: Any = joblib.Parallel(
        return_as="generator", batch_size=cast("Any", 1)
    )  # what it gives depends on `return_as`
    found = parallel(joblib.delayed(work)(*batch) for batch in batches)
    try:
        for one in found:  # noqa: UP028  `yield from` would close `found` before the end below
            yield one
    finally:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # that some were not done is what was meant
            found.close()
