"""What is left of a hazard ratio at the best of all cut-offs: how often its intervals hold, and how far its estimates are off.

    python benchmarks/search.py [cohorts] [resamples]

Cohorts of 98 patients with some 25 relapses and a log-normal marker that means nothing, that triples the hazard above one value,
or that raises it by 1.6 a standard deviation. What is true of a cut-off is the hazard ratio in 60,000 patients; estimates are
told in the direction of the naive one, so a search without an effect is wrong by all of it. Written to benchmarks/search.csv.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from cdanalysis.results import Estimate, NotEstimable  # noqa: E402
from cdanalysis.statistics.cutoffs.cutoff_grid import cutoff_grid  # noqa: E402
from cdanalysis.statistics.cutoffs.cutoff_scan import cutoff_scan  # noqa: E402
from cdanalysis.statistics.cutoffs.cutoff_stability import cutoff_stability  # noqa: E402
from cdanalysis.statistics.describe.proportions import exact_interval  # noqa: E402
from cdanalysis.statistics.time_axis import observed  # noqa: E402

PATIENTS, POPULATION, PERMUTATIONS = 98, 60_000, 500
EFFECTS = {"nothing": lambda z: 0 * z, "a step": lambda z: np.log(3) * (z > 0.25), "a line": lambda z: np.log(1.6) * z}


def drawn(effect: str, n: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Months, relapses and marker of n patients."""
    z = rng.normal(size=n)
    relapse, end = rng.exponential(120 / np.exp(EFFECTS[effect](z))), rng.uniform(5, 70, n)
    return np.round(np.minimum(relapse, end), 1) + 0.05, relapse <= end, np.round(np.exp(2 + 0.9 * z), 1)


def truth(effect: str) -> tuple[np.ndarray, np.ndarray]:
    """Cut-offs and the log hazard ratio of all patients above against all below."""
    time, event, marker = drawn(effect, POPULATION, np.random.default_rng(1))
    cutoffs = np.unique(np.quantile(marker, np.linspace(0.04, 0.96, 47)))
    return cutoffs, np.log(cutoff_grid(time, event, marker, cutoffs, ties="breslow").hazard_ratio)


def one(effect: str, seed: int, resamples: int) -> tuple[float, Estimate, Estimate, float] | None:
    """The best cut-off of a cohort, its ratio with both intervals, and the ratio out of bag; None where one is infinite."""
    time, event, marker = drawn(effect, PATIENTS, np.random.default_rng(seed))
    scan = cutoff_scan(time, event, marker, permutations=PERMUTATIONS, seed=seed)
    if isinstance(scan, NotEstimable) or isinstance(scan.corrected, NotEstimable):
        return None
    found = cutoff_stability(
        observed(time, event), marker, scan, min_fraction=0.1, resamples=resamples, seed=seed
    ).out_of_bag
    return (
        None if isinstance(found, NotEstimable) else (scan.best.cutoff, scan.best.hazard_ratio, scan.corrected, found)
    )


def main(n_cohorts: int, resamples: int) -> None:
    """Print and keep a line an effect."""
    with (ROOT / "benchmarks" / "search.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["effect", "cohorts", "naive_holds", "lower", "upper", "corrected_holds", "lower", "upper",
                       "true_log_ratio", "naive_log_ratio", "out_of_bag_log_ratio"])  # fmt: skip
        for effect in EFFECTS:
            at = truth(effect)
            found = [one for one in (one(effect, seed, resamples) for seed in range(n_cohorts)) if one is not None]
            true = np.array([np.interp(cutoff, *at) for cutoff, *_ in found])
            naive = np.log([ratio.value for _, ratio, *_ in found])
            out_of_bag, aligned = np.log([one[3] for one in found]), np.sign(naive)
            held = [
                [
                    ratio.lower <= np.exp(b) <= ratio.upper
                    for (_, *ratios, _), b in zip(found, true, strict=True)
                    for ratio in ratios[place : place + 1]
                ]
                for place in (0, 1)
            ]
            shares = [exact_interval(sum(one), len(one)) for one in held]
            means = [(aligned * values).mean() for values in (true, naive, out_of_bag)]
            line = [*(v for s in shares for v in (s.value, s.lower, s.upper)), *means]
            rows.writerow([effect, len(found), *(f"{value:.4f}" for value in line)])
            print(effect, len(found), [round(float(value), 3) for value in line], flush=True)


if __name__ == "__main__":
    main(*(int(one) for one in (sys.argv[1:] + ["500", "200"][len(sys.argv) - 1 :])))
