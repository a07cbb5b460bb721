"""The statistics kernels against lifelines and R: ratios measured in one run, rounds interleaved, CPU time, one thread.

(a) 60 cut-offs of a marker: hazard ratio, interval and log-rank test of each, n = 98 (the bundled cohort), 1,000, 100,000;
(b) 3,600 Cox models of 7 covariates (60 cut-offs of one marker x 60 of another), n = 98 and 1,000;
(c) one slider change of the Predictors page with its figures as JSON;
(d) what the cost does with the number of models and of patients, with the exponents, as benchmarks/kernels.png.
Larger cohorts are drawn from the bundled one, with jitter. Where a rival is slow it fits some and the rest is scaled up; the
line says so. R is used where Rscript and its survival package are there. `python benchmarks/kernels.py [rounds]`.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy: one thread for everybody

import itertools
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import cdanalysis as cd  # noqa: E402
from cdanalysis.drawing.forest_table import forest  # noqa: E402
from cdanalysis.outcomes.groups import baseline_values, group_labels  # noqa: E402
from cdanalysis.sections.predictors.handle.figures import live_curves, live_now  # noqa: E402
from cdanalysis.statistics.cox.cox_batch import cox_of_columns  # noqa: E402
from cdanalysis.statistics.cutoffs.cutoff_grid import cutoff_grid  # noqa: E402
from cdanalysis.statistics.time_axis import observed  # noqa: E402

N_CUTS = 60
R_SCRIPT = """
suppressMessages(library(survival)); a <- commandArgs(TRUE); d <- read.csv(a[1]); m <- as.matrix(read.csv(a[2]))
cols <- as.matrix(d[, -(1:2)]); y <- Surv(d$t, d$e); ctl <- coxph.control(); n <- as.integer(a[3])
cpu <- function(work) { s <- proc.time(); for (i in seq_len(n)) suppressWarnings(work(i)); (proc.time() - s)[[1]] / n }
x <- function(i) cols[, m[(i - 1) %% nrow(m) + 1, ] + 1, drop = FALSE]
bare <- cpu(function(i) coxph.fit(x(i), y, NULL, NULL, NULL, ctl, NULL, "efron", NULL, resid = FALSE))
whole <- cpu(function(i) { X <- x(i); summary(coxph(y ~ X)); if (ncol(X) == 1) survdiff(y ~ X) })
cat(bare, whole)
"""


def cpu_ms(work: Callable[[], object]) -> float:
    """CPU milliseconds of a piece of work."""
    started = time.process_time()
    work()
    return 1000 * (time.process_time() - started)


class Data:
    """The relapse endpoint of the bundled cohort, or n patients drawn from it, with two markers and five covariates."""

    def __init__(self, n: int, seed: int = 1) -> None:
        cohort, rng = cd.demo_cohort(), np.random.default_rng(seed)
        patients = cd.analyses.relapse(cohort, cd.Settings()).patients
        markers = [
            baseline_values(cohort, name, patients["patient_id"]) for name in ("crp_mg_per_l", "tgn_pmol_per_8e8_rbc")
        ]
        drawn = np.arange(n) if n == len(patients) else rng.integers(0, len(patients), n)
        jitter = 0.0 if n == len(patients) else 1.0
        self.n, self.event = n, patients["event"].to_numpy(bool)[drawn]
        months = patients["time_months"].to_numpy(float)[drawn] + jitter * rng.uniform(0, 6, n)
        self.time = np.round(months, 1) + 0.1
        self.one, self.two = (marker[drawn] * np.exp(jitter * rng.normal(0, 0.05, n)) for marker in markers)
        more = np.column_stack([rng.random((n, 3)) < 0.4, rng.normal(size=(n, 2))]).astype(float)
        self.cuts = [np.quantile(one, np.linspace(0.1, 0.9, N_CUTS)) for one in (self.one, self.two)]
        self.columns = np.column_stack(
            [self.one[:, None] > self.cuts[0], self.two[:, None] >= self.cuts[1], more]
        ).astype(float)
        pairs = np.array([(i, N_CUTS + j) for i in range(N_CUTS) for j in range(N_CUTS)])
        self.joint = np.column_stack([pairs, np.tile(2 * N_CUTS + np.arange(5), (len(pairs), 1))])

    def scan(self) -> object:
        """(a), ours."""
        return cutoff_grid(self.time, self.event, self.one, self.cuts[0])

    def models(self, chosen: np.ndarray) -> object:
        """(b), ours."""
        return cox_of_columns(observed(self.time, self.event), self.columns, chosen)

    def by_lifelines(self, chosen: np.ndarray, *, test: bool, batch_mode: bool | None = None) -> None:
        """The chosen models, each with its summary, and the log-rank test of a single column."""
        from lifelines import CoxPHFitter
        from lifelines.exceptions import ConvergenceError
        from lifelines.statistics import logrank_test

        for places in chosen:
            frame = pd.DataFrame(self.columns[:, places]).assign(time=self.time, event=self.event)
            if test:
                inside = self.columns[:, places[0]] == 1
                logrank_test(self.time[inside], self.time[~inside], self.event[inside], self.event[~inside])
            try:
                _ = CoxPHFitter().fit(frame, "time", "event", batch_mode=batch_mode).summary
            except ConvergenceError:  # a separated model: lifelines gives up, the time counts
                continue

    def by_r(self, chosen: np.ndarray, n_fits: int) -> tuple[float, float] | None:
        """CPU milliseconds of a model: coxph.fit alone, and coxph + summary (+ survdiff for a single column)."""
        if not shutil.which("Rscript"):
            return None
        with tempfile.TemporaryDirectory() as folder:
            data, places, script = (str(Path(folder) / name) for name in ("d.csv", "m.csv", "s.R"))
            named = pd.DataFrame(self.columns, columns=[f"c{j}" for j in range(self.columns.shape[1])])
            pd.concat([pd.DataFrame({"t": self.time, "e": self.event.astype(int)}), named], axis=1).to_csv(
                data, index=False
            )
            pd.DataFrame(chosen).to_csv(places, index=False)
            Path(script).write_text(R_SCRIPT)
            ran = subprocess.run(
                ["Rscript", script, data, places, str(n_fits)], capture_output=True, text=True, check=False
            )
        return tuple(1000 * float(one) for one in ran.stdout.split()) if ran.returncode == 0 else None


def told(name: str, ours: list[float], rivals: dict[str, list[float]]) -> None:
    """One line: our median, and how many times as long each rival takes."""
    mine = statistics.median(ours)
    ratios = (f"{rival} {statistics.median(taken) / mine:,.1f} x" for rival, taken in rivals.items() if taken)
    print(f"{name:<38} ours {mine:10.2f} ms   " + "   ".join(ratios), flush=True)


def compare(name: str, data: Data, ours: Callable[[], object], chosen: np.ndarray, rounds: int, n_rival: int, *, r: bool,
            test: bool, batch_mode: bool | None = None) -> None:  # fmt: skip
    """Interleaved rounds of ours, lifelines (n_rival of the models, scaled up) and R."""
    some, scale = chosen[np.linspace(0, len(chosen) - 1, n_rival).round().astype(int)], len(chosen) / n_rival
    ours()
    mine: list[float] = []
    rivals: dict[str, list[float]] = {"lifelines": [], "R coxph": [], "R coxph.fit": []}
    for _ in range(rounds):
        mine.append(statistics.median(cpu_ms(ours) for _ in range(3)))
        rivals["lifelines"].append(scale * cpu_ms(lambda: data.by_lifelines(some, test=test, batch_mode=batch_mode)))
        found = data.by_r(some, max(n_rival, 60)) if r else None
        if found is not None:
            rivals["R coxph.fit"].append(found[0] * len(chosen))
            rivals["R coxph"].append(found[1] * len(chosen))
    told(f"{name}, rivals fit {n_rival}", mine, rivals)


def one_change(rounds: int) -> None:
    """(c): the Predictors page at another cut-off with its forest plot and both markers' curves as JSON, against lifelines'
    arithmetic alone; and the same with every cut-off that the handle can reach next."""
    from slider import by_lifelines

    cohort, settings, cuts = cd.demo_cohort().with_memory({}), cd.Settings(), itertools.cycle(range(37))

    def ours() -> tuple[object, cd.Settings]:
        chosen = settings.with_cutoff("crp", 5.0 + next(cuts) / 2)
        found = cd.analyses.predictors(cohort, chosen)
        drawn = forest(found.rows, which="both", footer="", conf_level=0.95)
        curves = [
            [one.time.tolist(), one.survival.tolist(), one.lower.tolist(), one.upper.tolist(), one.n_at_risk.tolist()]
            for marker in found.handles
            for one in marker.kaplan_meier.curves
        ]
        json.dumps([drawn, curves])
        return found, chosen

    def with_every_cutoff() -> None:
        found, chosen = ours()
        for code in ("crp", "tgn"):
            moving = cd.analyses.moving_cutoff(cohort, chosen, code, found)
            curves = live_curves(moving, lambda cutoff, moving=moving: group_labels(moving.marker, cutoff, moving.side))
            json.dumps({**curves, **live_now(moving)})

    found, _ = ours()
    lifelines = [cpu_ms(lambda: by_lifelines(found)) for _ in range(rounds)]
    for name, work in (("", ours), (", every cut-off", with_every_cutoff)):
        work()
        told(
            f"(c) one change with figure JSON{name}",
            [cpu_ms(work) for _ in range(3 * rounds)],
            {"lifelines": lifelines},
        )


def growth() -> dict[str, list[tuple[float, float]]]:
    """(d): CPU milliseconds against the number of models (n = 98) and of patients (60 cut-offs; 60 models)."""
    small = Data(98)
    every = np.vstack([small.joint] * 17)
    cost = {
        "models of 7 covariates, n = 98": [
            (k, cpu_ms(lambda k=k: small.models(every[:k]))) for k in (60, 600, 6_000, 60_000)
        ]
    }
    sizes = [98, 1_000, 10_000, 100_000]
    cohorts = [Data(n) for n in sizes]
    cost["scan of 60 cut-offs, by n"] = [(data.n, cpu_ms(data.scan)) for data in cohorts]
    cost["60 models of 7 covariates, by n"] = [
        (data.n, cpu_ms(lambda data=data: data.models(data.joint[::60]))) for data in cohorts
    ]
    return cost


def drawn(cost: dict[str, list[tuple[float, float]]]) -> None:
    """The plot of the README, and the exponents: the slope between the last two points."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 4.5))
    for name, points in cost.items():
        x, y = (np.array(part) for part in zip(*points, strict=True))
        slopes = np.diff(np.log(y)) / np.diff(np.log(x))
        print(
            f"(d) {name:<36} " + ", ".join(f"{a:,.0f}: {b:,.1f} ms" for a, b in points) + f"; exponent {slopes[-1]:.2f}"
        )
        axes.loglog(x, y, marker="o", label=f"{name} (exponent {slopes[-1]:.2f})")
    axes.set(xlabel="models or patients", ylabel="CPU ms, one thread")
    axes.legend()
    figure.tight_layout()
    figure.savefig(ROOT / "benchmarks" / "kernels.png", dpi=110)


def main(rounds: int) -> None:
    """Run everything and print the ratios."""
    warnings.simplefilter("ignore")
    print("R:", "Rscript found" if shutil.which("Rscript") else "absent, so not compared")
    for n, n_rival, batch in ((98, 60, None), (1_000, 20, None), (100_000, 2, True)):
        data = Data(n)
        single = np.arange(N_CUTS)[:, None]
        compare(f"(a) 60 cut-offs, n = {n:,}", data, data.scan, single, rounds if n < 5_000 else 3, n_rival, r=n < 5_000,
                test=True, batch_mode=batch)  # fmt: skip
    for n, n_rival in ((98, 60), (1_000, 20)):
        data = Data(n)
        every = data.joint
        compare(f"(b) 3,600 x 7 covariates, n = {n:,}", data, lambda data=data: data.models(data.joint), every, rounds,
                n_rival, r=True, test=False)  # fmt: skip
        fitted = data.models(data.joint)
        unbounded = ~fitted.estimable.all(axis=1)
        shown = np.isfinite(fitted.coef[unbounded][~fitted.estimable[unbounded]]).sum()
        print(
            f"    {int(unbounded.sum())} of 3,600 have a term without a finite estimate; of those terms {int(shown)} are reported"
        )
    one_change(rounds)
    drawn(growth())


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
