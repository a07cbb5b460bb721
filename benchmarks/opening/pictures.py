"""When the first picture of each page comes: in a fresh browser beside a bare Streamlit page, and after a click in the menu.

    python benchmarks/opening/pictures.py [rounds] [page ...]

Headless Chromium on this machine, the bundled cohort, rounds interleaved: every opening has a browser context of its own, with
nothing kept, and so has the bare page (benchmarks/bare_page.py: a slider and one survival figure). The picture is the first
figure or table that stands in the page. Run it on a machine that does nothing else.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "benchmarks")]

from browser.conftest import FLAGS, chromium  # noqa: E402
from slider import serving  # noqa: E402

PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
PICTURE = "[data-testid=stMain] :is(.main-svg, table, [data-testid=stDataFrame])"
ASKED = {"multiverse": "[data-testid=stMain] [data-testid=stCheckbox]"}  # draws nothing before it is asked to
BARE = ".js-plotly-plot .main-svg"
VIEW = {"width": 1440, "height": 900}


def opened(browser: Browser, address: str, picture: str) -> float:
    """Seconds from the address to the first picture, in a browser that has seen nothing yet."""
    context = browser.new_context(viewport=VIEW)  # pyright: ignore[reportArgumentType]
    page, started = context.new_page(), time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator(picture).locator("visible=true").first.wait_for(timeout=60_000)
    seconds = time.perf_counter() - started
    context.close()
    return seconds


def switched(page: Page, to: str) -> float:
    """Seconds from the click in the menu to that page's first picture, with its title in the browser's tab."""
    title, started = page.title(), time.perf_counter()
    page.locator(f"[data-testid=stSidebar] a[href*='{to}']").first.click()
    page.wait_for_function(
        """([before, picture]) => document.title !== before && [...document.querySelectorAll(picture)].some(
             (one) => one.checkVisibility() && !one.closest("[data-stale=true]"))""",
        arg=[title, ASKED.get(to, PICTURE)],
        timeout=60_000,
        polling=20,
    )
    return time.perf_counter() - started


def told(name: str, seconds: list[float], floor: float | None = None) -> None:
    """One line: the median, the longest, and how many times the bare page's."""
    median = statistics.median(seconds)
    share = f"  {median / floor:4.2f} x" if floor else ""
    print(f"{name:14} {median:5.2f} s  longest {max(seconds):5.2f} s{share}", flush=True)


def main(rounds: int, pages: list[str]) -> None:
    """Print the table of openings and that of switches."""
    bare: list[float] = []
    ours: dict[str, list[float]] = {name: [] for name in pages}
    turns: dict[str, list[float]] = {name: [] for name in pages}
    with serving("app.py") as app, serving("benchmarks/bare_page.py") as floor, sync_playwright() as player:
        browser = player.chromium.launch(executable_path=chromium(), args=FLAGS)
        opened(browser, floor, BARE)
        opened(browser, app, PICTURE)
        for _ in range(rounds):
            for name in pages:
                bare.append(opened(browser, floor, BARE))
                ours[name].append(opened(browser, f"{app}/{name}", ASKED.get(name, PICTURE)))
            page = browser.new_context(viewport=VIEW).new_page()  # pyright: ignore[reportArgumentType]
            page.goto(app)
            page.locator(PICTURE).locator("visible=true").first.wait_for()
            for name in pages:
                turns[name].append(switched(page, name))
            page.context.close()
    told("bare page", bare)
    print("In a fresh browser:")
    for name, seconds in ours.items():
        told(name, seconds, statistics.median(bare))
    print("After a click in the menu:")
    for name, seconds in turns.items():
        told(name, seconds)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3, sys.argv[2:] or PAGES)
