"""Long computations in batches: one result whoever runs them, progress in order, an end when the reader leaves."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple
from functools import partial
from typing import Any

import numpy as np
import pytest

import cdanalysis as cd
from cdanalysis.cohort import Cohort
from cdanalysis.running import several
from cdanalysis.sections.cutoffs.landscape.analysis import stability
from cdanalysis.sections.multiverse import analysis as multiverse_module
from cdanalysis.sections.multiverse.analysis import multiverse_test
from cdanalysis.sections.predictors.missing_values.imputed_model import imputations
from cdanalysis.sections.predictors.robustness.analysis import bootstrap_ratio
from cdanalysis.sections.prognosis.analysis import in_other_patients
from cdanalysis.statistics.batches import Run, gathered, one_by_one

at_once = partial(several.on_several, patience=-1.0)


def doubled(n: int) -> tuple[int, int]:
    """Twice the number, and the process it was doubled in."""
    return 2 * n, os.getpid()


def added(n: int) -> int:
    """Some work, of hundredths of a second."""
    return sum(range(1_000_000 + n))


def in_threes(work: Callable[..., Any], batches: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
    """A runner that takes three batches before it does the first one, as one of several processes does."""
    waiting: list[tuple[Any, ...]] = []
    for batch in batches:
        waiting.append(batch)
        if len(waiting) == 3:
            yield from (work(*one) for one in waiting)
            waiting = []
    yield from (work(*one) for one in waiting)


PIPELINES: dict[str, Callable[[Run], Any]] = {
    "stability": lambda run: stability(cd.demo_cohort(), cd.Settings(), run=run).found.best_cutoffs,
    "bootstrap": lambda run: bootstrap_ratio(cd.demo_cohort(), cd.Settings(), "CRP > 10 mg/L", run=run).log_ratio,
    "other patients": lambda run: astuple(in_other_patients(cd.demo_cohort(), cd.Settings(), run=run)),
    "imputations": lambda run: np.stack(imputations(gappy(), cd.Settings(imputations=12), run=run)),
}


def gappy() -> Cohort:
    """The bundled cohort without every seventh CRP."""
    patients = cd.demo_cohort().patients
    rows = ",".join(["patient_id", "crp_mg_per_l", "age_years", "relapse_months", "relapse_event"]) + "\n"
    for place, one in enumerate(patients.itertuples()):
        crp = "" if place % 7 == 0 else one.crp_mg_per_l
        rows += f"P{place},{crp},{one.age_years},{3 + place % 40},{place % 3 == 0:d}\n"
    return cd.read_cohort(rows.encode(), file_name="gappy.csv")


@pytest.fixture(scope="module")
def here() -> tuple[dict[str, Any], list[tuple[Any, ...]]]:
    """Each pipeline's result, one batch after the other, and the batches."""
    seen: list[tuple[Any, ...]] = []

    def watched(work: Callable[..., Any], batches: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
        for batch in batches:
            seen.append(batch)
            yield from one_by_one(work, [batch])

    return {name: pipeline(watched) for name, pipeline in PIPELINES.items()}, seen


@pytest.mark.parametrize("name", PIPELINES)
def test_a_result_is_the_same_whoever_runs_the_batches(
    name: str, here: tuple[dict[str, Any], list[tuple[Any, ...]]]
) -> None:
    np.testing.assert_array_equal(PIPELINES[name](in_threes), here[0][name])


def test_a_permutation_test_draws_the_same_shuffles_whoever_runs_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multiverse_module, "PERMUTATIONS", 30)
    few, told = cd.Settings(multiverse_axes="relapse"), []
    found = [
        multiverse_test(cd.demo_cohort(), few, run=run, progress=lambda done, total: told.append((done, total)))
        for run in (one_by_one, in_threes)
    ]
    assert found[0] == found[1]
    assert told[-1] == (30, 30)


def test_processes_give_the_results_in_order_and_are_others() -> None:
    found = list(at_once(doubled, ((n,) for n in range(12))))
    assert [twice for twice, _ in found] == [2 * n for n in range(12)]
    assert os.getpid() not in {process for _, process in found}


def test_what_is_short_stays_here() -> None:
    assert {process for _, process in several.on_several(doubled, ((n,) for n in range(5)))} == {os.getpid()}


def test_one_worker_is_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(several.WORKERS, "1")
    assert {process for _, process in at_once(doubled, ((n,) for n in range(5)))} == {os.getpid()}


def test_a_second_run_does_not_wait_for_the_first_ones_processes() -> None:
    assert several._one_run.acquire(blocking=False)
    try:
        found = list(at_once(doubled, ((n,) for n in range(3))))
    finally:
        several._one_run.release()
    assert {process for _, process in found} == {os.getpid()}


class ReaderLeftError(Exception):
    """The reader left."""


@pytest.mark.parametrize("run", [one_by_one, at_once], ids=["here", "processes"])
def test_a_run_ends_with_its_reader(run: Run) -> None:
    taken: list[int] = []

    def batches() -> Iterator[tuple[int]]:
        for n in range(1000):
            taken.append(n)
            yield (n,)

    def tell(n_done: int) -> None:
        if n_done == 2:
            raise ReaderLeftError

    with pytest.raises(ReaderLeftError):
        gathered(run, added, batches(), tell)
    assert len(taken) < 100
    assert several._one_run.acquire(blocking=False)  # the next run may have the processes
    several._one_run.release()


def test_a_batch_holds_arrays_and_settings_and_no_name_of_a_patient(
    here: tuple[dict[str, Any], list[tuple[Any, ...]]],
) -> None:
    assert len(here[1]) > 20
    assert "SYN-0" not in repr(here[1])
    assert not any(isinstance(part, Cohort) for batch in here[1] for part in batch)


def test_a_dask_cluster_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where dask and distributed are installed: they are not among the requirements."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        monkeypatch.setenv(several.SCHEDULER, cluster.scheduler_address)
        found = list(at_once(doubled, ((n,) for n in range(8))))
        there = PIPELINES["bootstrap"](at_once)
    assert [twice for twice, _ in found] == [2 * n for n in range(8)]
    assert os.getpid() not in {process for _, process in found}
    np.testing.assert_array_equal(there, PIPELINES["bootstrap"](one_by_one))
