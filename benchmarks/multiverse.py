"""How often the P of a specification curve is below 0.05 where the marker means nothing, with each axis varied alone.

    python benchmarks/multiverse.py [cohorts] [permutations]

The cohorts are the bundled one with its CRP replaced by draws from a log-normal distribution, rounded to 0.1. A cohort in which
no specification has a hazard ratio has no curve, and none is counted for it. Written to benchmarks/multiverse.csv.
"""

from __future__ import annotations

import csv
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import cdanalysis as cd  # noqa: E402
from cdanalysis.results import NotEstimable  # noqa: E402
from cdanalysis.sections.multiverse import analysis as pipeline  # noqa: E402
from cdanalysis.sections.multiverse.specifications import AXES  # noqa: E402
from cdanalysis.statistics.describe.proportions import exact_interval  # noqa: E402

LEVEL = 0.05


def null_cohort(seed: int) -> cd.Cohort:
    """The bundled cohort with a CRP that belongs to nobody."""
    whole, rng = cd.demo_cohort(), np.random.default_rng(seed)
    drawn = np.round(np.exp(rng.normal(2.1, 0.9, len(whole.patients))), 1)
    return replace(whole, patients=whole.patients.assign(crp_mg_per_l=drawn), fingerprint=f"null-{seed}")


def main(n_cohorts: int, permutations: int) -> None:
    """Print and keep a line an axis: curves, and the share of each P below the level with its exact interval."""
    pipeline.PERMUTATIONS = permutations
    found: dict[str, list[tuple[float, float]]] = {axis: [] for axis in AXES}
    for seed in range(n_cohorts):
        cohort = null_cohort(seed)
        for axis in AXES:
            test = pipeline.multiverse_test(cohort, cd.Settings(multiverse_axes=axis))
            if not isinstance(test, NotEstimable) and test.permutations:
                found[axis].append((test.p_median, test.p_significant))
        if seed % 20 == 19 or seed == n_cohorts - 1:
            print(seed + 1, {axis: len(one) for axis, one in found.items()}, flush=True)
            keep(found)


def keep(found: dict[str, list[tuple[float, float]]]) -> None:
    """The table so far: a long run can be ended."""
    with (ROOT / "benchmarks" / "multiverse.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["axis", "curves", "median_below", "lower", "upper", "count_below", "count_lower", "count_upper"])
        for axis, tests in found.items():
            shares = [exact_interval(sum(one[place] <= LEVEL for one in tests), len(tests)) for place in (0, 1)]
            rows.writerow([axis, len(tests), *(f"{v:.4f}" for s in shares for v in (s.value, s.lower, s.upper))])


if __name__ == "__main__":
    main(*(int(one) for one in (sys.argv[1:] + ["300", "59"][len(sys.argv) - 1 :])))
