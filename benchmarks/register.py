"""A register of 100,000 patients in one flat CSV: its upload, and from a slider change to the committed figure.

Beside the bare page of `slider.py`, in one run, rounds interleaved, in headless Chromium on this machine.
`python benchmarks/register.py [patients] [rounds]`.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "benchmarks")]

from browser.app_page import figure, settled  # noqa: E402
from browser.conftest import FLAGS, chromium  # noqa: E402
from slider import bare_change, describe, our_change, serving  # noqa: E402

PATIENCE_MS = 180_000
HEADER = (
    "patient_id,sex,age_years,disease_behaviour,crp_mg_per_l,tgn_pmol_per_8e8_rbc,relapse_months,relapse_event,"
    "follow_up_months"
)


def register(n: int) -> bytes:
    """A made-up register; relapse depends on CRP, so that the multivariable model holds something."""
    dice = random.Random(5)
    lines = [HEADER]
    for number in range(n):
        crp = round(dice.lognormvariate(2.3, 0.9), 1)
        months = round(min(dice.expovariate(1 / 60) / (1 + 0.5 * (crp > 10)), 120), 1)
        lines.append(
            f"P{number},{dice.choice(('male', 'female'))},{dice.randrange(18, 80)},B{dice.randrange(1, 4)},{crp},"
            f"{max(20, dice.gauss(240, 80)):.0f},{months},{int(dice.random() < 0.4)},{months}"
        )
    return "\n".join(lines).encode()


def open_register(page: Page, content: bytes, n: int) -> tuple[float, float]:
    """Seconds until the Cohort page has read it, and until the Predictors page has drawn its figures."""
    page.goto("/")
    settled(page)
    started = time.perf_counter()
    upload = {"name": "register.csv", "mimeType": "text/csv", "buffer": content}
    page.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files(upload)
    expect(page.get_by_text(f"{n:,} patients").first).to_be_visible(timeout=PATIENCE_MS)
    settled(page)
    read = time.perf_counter()
    page.get_by_role("link", name="Predictors of relapse").click()
    for name in ("relapse-by-crp", "relapse-by-tgn", "forest"):
        expect(figure(page, name).locator(".main-svg").first).to_be_visible(timeout=PATIENCE_MS)
    settled(page)
    return read - started, time.perf_counter() - read


def main(n: int, rounds: int) -> None:
    """Upload, open, slide; print the times and the ratio to the bare page."""
    with serving("benchmarks/bare_page.py") as bare_url, serving("app.py") as our_url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        size = {"width": 1440, "height": 900}
        bare = browser.new_page(viewport=size)
        bare.goto(bare_url)
        bare.locator(".js-plotly-plot .main-svg").first.wait_for(timeout=60_000)
        ours = browser.new_context(viewport=size, base_url=our_url).new_page()
        ours.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        read, opened = open_register(ours, register(n), n)
        floor, committed, forest = [], [], []
        for index in range(rounds + 2):
            taken = bare_change(bare), our_change(ours, 5.0 + (index * 7 % 40) / 2)
            if index >= 2:
                floor.append(taken[0])
                committed.append(taken[1]["figure"])
                forest.append(taken[1]["forest"])
        browser.close()
    print(f"{n:,} patients: read in {read:.1f} s, Predictors page drawn in {opened:.1f} s")
    for name, found in (("bare page", floor), ("committed figure", committed), ("forest plot of that commit", forest)):
        print(describe(name, found), f"  {statistics.median(found) / statistics.median(floor):.1f} x")


if __name__ == "__main__":
    main(*(int(argument) for argument in (sys.argv[1:3] + ["100000", "10"][len(sys.argv) - 1 :])))
