"""What a second core gives the permutation test of a specification curve: the same batches here and on two processes.

    python benchmarks/batches.py [shuffles] [workers]

One thread a process, rounds interleaved, three of them; the fastest counts, since others may use the machine. Prints both times,
their ratio, and that both gave one result.
"""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from time import perf_counter

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[_name] = "1"  # before numpy: else a single process would have both cores
ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import cdanalysis as cd  # noqa: E402
from cdanalysis.running.several import WORKERS, on_several  # noqa: E402
from cdanalysis.sections.multiverse import analysis as pipeline  # noqa: E402
from cdanalysis.statistics.batches import Run, one_by_one  # noqa: E402

ROUNDS = 3


def seconds(run: Run) -> tuple[float, object]:
    """How long the test takes, and what it says."""
    started = perf_counter()
    found = pipeline.multiverse_test(cd.demo_cohort(), cd.Settings(), run=run)
    return perf_counter() - started, found


def main(shuffles: int, workers: int) -> None:
    """Print the fastest of each, and the ratio."""
    os.environ[WORKERS], pipeline.PERMUTATIONS = str(workers), shuffles
    here, there, results = [], [], set()
    list(on_several(abs, ((n,) for n in range(4)), patience=-1.0))  # the processes start, once a server's life
    for _ in range(ROUNDS):
        for times, run in ((here, one_by_one), (there, partial(on_several, patience=-1.0))):
            taken, found = seconds(run)
            times.append(taken)
            results.add(str(found))
    print(
        f"{shuffles} shuffles: 1 process {min(here):.1f} s, {workers} processes {min(there):.1f} s, {min(here) / min(there):.2f} x"
    )
    print("one result" if len(results) == 1 else f"DIFFERENT RESULTS: {results}")


if __name__ == "__main__":
    main(*(int(one) for one in [*sys.argv[1:], *("200", "2")[len(sys.argv) - 1 :]][:2]))
