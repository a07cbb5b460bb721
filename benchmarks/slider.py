"""From a slider change to the redrawn figure: a bare Streamlit page, our Predictors page, and lifelines' arithmetic.

One run, rounds interleaved, in headless Chromium on this machine:
(a) a bare page: st.slider and one comparable static plotly figure in a fragment;
(b) the Predictors page with the bundled cohort: from the release of the handle until its figure shows the committed
    answer, and until the forest plot of the same commit is drawn;
(c) CPU time of the analysis of one change, ours and by lifelines' fitters.
And the pictures a second during a drag, with the messages that went to the server meanwhile.
`make bench` or `python benchmarks/slider.py [rounds]`.
"""

from __future__ import annotations

import socket
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from browser.app_page import drawn, handle_at, open_predictors, share_of  # noqa: E402
from browser.conftest import FLAGS, chromium  # noqa: E402

BARE_CHANGE = """() => {
  const title = () => document.querySelector(".js-plotly-plot .gtitle")?.textContent, before = title();
  return new Promise((done) => {
    const look = () => title() && title() !== before ? done(performance.now() - window.pressed)
      : requestAnimationFrame(look);
    addEventListener("keydown", () => window.pressed = performance.now(), {capture: true, once: true});
    look(); });
}"""

OUR_CHANGE = """(value) => {
  const figure = document.querySelector("[data-name='relapse-by-crp']"), plot = figure.querySelector(".cd-plot");
  const forest = document.querySelector("[data-name='forest'] .cd-plot"), typed = figure.querySelector(".cd-number");
  const forestBefore = forest.dataset.drawn, started = performance.now(), taken = {};
  typed.value = value; // the handle's own way may be logarithmic
  typed.dispatchEvent(new Event("change"));
  return new Promise((done) => {
    const look = () => {
      const now = performance.now() - started;
      if (!taken.figure && plot.dataset.committed === String(value)) taken.figure = now;
      if (!taken.forest && forest.dataset.drawn !== forestBefore) taken.forest = now;
      taken.figure && taken.forest ? done(taken) : now > 20000 ? done({figure: now, forest: now})
        : requestAnimationFrame(look);
    };
    look();
  });
}"""


@contextmanager
def serving(script: str) -> Iterator[str]:
    """A Streamlit server on a free port of this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try:
                urlopen(f"http://localhost:{port}/_stcore/health", timeout=1).read()
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        process.wait()


def bare_change(page: Page) -> float:
    """Milliseconds from the arrow key to the new figure on the bare page."""
    watch = page.evaluate_handle(f"({{ seen: ({BARE_CHANGE})() }})")
    page.get_by_role("slider").press("ArrowRight")
    return page.evaluate("watch => watch.seen", watch)


def our_change(page: Page, value: float) -> dict[str, float]:
    """Milliseconds from the release of the handle to the committed figure and to the forest plot."""
    return page.evaluate(OUR_CHANGE, value)


def drag_rate(page: Page, sent: list[int], seconds: float = 4.0) -> tuple[float, int]:
    """Pictures a second during a drag, and the messages sent to the server meanwhile."""
    name = "relapse-by-crp"
    x, y = handle_at(page, name, share_of(page, name))
    end, _ = handle_at(page, name, 0.9)
    page.mouse.move(x, y)
    page.mouse.down()
    sent.clear()
    before, started = drawn(page, name), time.perf_counter()
    while (elapsed := time.perf_counter() - started) < seconds:
        page.mouse.move(x + (end - x) * elapsed / seconds, y)
        page.wait_for_timeout(15)
    pictures = drawn(page, name) - before
    n_sent = len(sent)
    page.mouse.up()
    return pictures / elapsed, n_sent


def cpu_ms(work: Callable[[], object], rounds: int) -> float:
    """Median CPU milliseconds of a piece of work."""
    taken = []
    for _ in range(rounds):
        started = time.process_time()
        work()
        taken.append(1000 * (time.process_time() - started))
    return statistics.median(taken)


def analysis_ratio(rounds: int = 9) -> tuple[float, float, float]:
    """CPU milliseconds of one change: ours, ours with every candidate cut-off of both markers, lifelines'."""
    import cdanalysis as cd
    from cdanalysis.demo import demo_cohort

    cohort, settings = demo_cohort().with_memory({}), cd.Settings()  # its endpoint is made once, as in a session
    cutoffs = iter(range(5, 50000))

    def ours() -> object:
        return cd.analyses.predictors(cohort, settings.with_cutoff("crp", 5.0 + next(cutoffs) % 20))

    def ours_and_every_cutoff() -> None:
        found = ours()
        for code in ("crp", "tgn"):
            cd.analyses.moving_cutoff(cohort, settings, code, found)

    found = ours()
    ours_ms, live_ms, lifelines_ms = [], [], []
    for _ in range(rounds):
        ours_ms.append(cpu_ms(ours, 5))
        live_ms.append(cpu_ms(ours_and_every_cutoff, 3))
        lifelines_ms.append(cpu_ms(lambda: by_lifelines(found), 1))
    return statistics.median(ours_ms), statistics.median(live_ms), statistics.median(lifelines_ms)


def by_lifelines(found: object) -> None:
    """The Predictors page's arithmetic with lifelines: curves, log-rank tests, every univariable and the joint model."""
    import numpy as np
    import pandas as pd
    from lifelines import CoxPHFitter, KaplanMeierFitter
    from lifelines.statistics import multivariate_logrank_test

    time_months, event = (found.endpoint.patients[name].to_numpy() for name in ("time_months", "event"))
    warnings.simplefilter("ignore")
    screened = [candidate for candidate in found.candidates if candidate.code in found.screened_in]
    for candidate in found.candidates:
        known = ~np.isnan(candidate.columns).any(axis=1)
        if candidate.groups is not None:
            groups = np.asarray(candidate.groups, object)[known].astype(str)
            multivariate_logrank_test(time_months[known], groups, event[known])
            if candidate.code in ("crp", "tgn"):
                for group in np.unique(groups):
                    inside = groups == group
                    KaplanMeierFitter().fit(time_months[known][inside], event[known][inside])
        fit_by_lifelines(CoxPHFitter(), pd.DataFrame(candidate.columns[known]), time_months[known], event[known])
    joint = np.column_stack([candidate.columns for candidate in screened])
    fit_by_lifelines(CoxPHFitter(), pd.DataFrame(joint), time_months, event)


def fit_by_lifelines(fitter: object, columns: object, time_months: object, event: object) -> object:
    """One Cox model and its summary; a separated candidate is skipped, as lifelines refuses it."""
    from lifelines.exceptions import ConvergenceError

    try:
        return fitter.fit(columns.assign(time=time_months, event=event), "time", "event").summary
    except ConvergenceError:
        return None


def describe(name: str, taken: list[float]) -> str:
    """Median and 95th percentile of a list of milliseconds."""
    ordered = sorted(taken)
    return (
        f"{name:<42} median {statistics.median(taken):7.0f} ms   p95 {ordered[int(0.95 * (len(ordered) - 1))]:7.0f} ms"
    )


def main(rounds: int) -> None:
    """Run all three and print the ratios."""
    with serving("benchmarks/bare_page.py") as bare_url, serving("app.py") as our_url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        size = {"width": 1440, "height": 900}
        bare = browser.new_page(viewport=size)
        bare.goto(bare_url)
        bare.locator(".js-plotly-plot .main-svg").first.wait_for(timeout=60_000)
        context = browser.new_context(viewport=size, base_url=our_url)
        ours, sent = context.new_page(), []
        ours.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append(1)))
        open_predictors(ours)
        a, figure, forest = [], [], []
        for index in range(rounds + 3):
            taken = bare_change(bare), our_change(ours, 5.0 + (index * 7 % 40) / 2)
            if index >= 3:  # the first ones warm up
                a.append(taken[0])
                figure.append(taken[1]["figure"])
                forest.append(taken[1]["forest"])
        rate, n_sent = drag_rate(ours, sent)
        browser.close()
    ours_ms, live_ms, lifelines_ms = analysis_ratio()
    print(describe("(a) bare Streamlit page", a))
    print(describe("(b) ours: committed figure", figure))
    print(describe("(b) ours: forest plot of that commit", forest))
    for name, mine in (("figure", figure), ("forest", forest)):
        p95 = sorted(mine)[int(0.95 * (len(mine) - 1))] / sorted(a)[int(0.95 * (len(a) - 1))]
        print(
            f"    {name}: {statistics.median(mine) / statistics.median(a):.2f} x (a) at the median, {p95:.2f} x at p95"
        )
    print(f"    drag: {rate:.1f} pictures a second, {n_sent} messages to the server")
    print(
        f"(c) CPU of one change: ours {ours_ms:.1f} ms, lifelines {lifelines_ms:.0f} ms: {lifelines_ms / ours_ms:.0f} x"
    )
    print(f"    with every cut-off of both handles {live_ms:.1f} ms: {lifelines_ms / live_ms:.0f} x")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 30)
