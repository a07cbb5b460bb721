"""What a reader does on the Predictors page: wait, drag, read, save. Used by the browser's tests and the benchmark."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

QUIET = "data-test-script-state"


def settled(page: Page) -> None:
    """Wait until the script has run to its end."""
    expect(page.get_by_test_id("stApp")).to_have_attribute(QUIET, "notRunning")


def open_predictors(page: Page, query: str = "") -> None:
    """The Predictors page with both figures drawn."""
    page.goto(f"/predictors{query}")
    for name in ("relapse-by-crp", "relapse-by-tgn", "forest"):
        expect(figure(page, name).locator(".main-svg").first).to_be_visible()
    settled(page)


def figure(page: Page, name: str) -> Locator:
    """A figure by the name it is saved under."""
    return page.locator(f".cd-figure[data-name='{name}']")


def readout(page: Page, name: str) -> dict[str, str]:
    """The numbers of the cut-off that the handle stands at."""
    rows = figure(page, name).locator(".cd-readout dd")
    return dict(rows.evaluate_all("rows => rows.map(row => [row.dataset.term, row.textContent])"))


def drawn(page: Page, name: str) -> int:
    """How many pictures a figure has shown."""
    return int(figure(page, name).locator(".cd-plot").get_attribute("data-drawn") or 0)


def handle_at(page: Page, name: str, share: float) -> tuple[float, float]:
    """The place on the screen of a share (0 to 1) of the handle's way."""
    handle = figure(page, name).locator(".cd-range")
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert box is not None
    return box["x"] + 8 + share * (box["width"] - 16), box["y"] + box["height"] / 2


def share_of(page: Page, name: str) -> float:
    """Where on its way the handle stands."""
    script = "r => (r.value - r.min) / (r.max - r.min)"
    return figure(page, name).locator(".cd-range").evaluate(script)


def next_frame(page: Page) -> None:
    """Let the browser paint once."""
    page.evaluate("new Promise(requestAnimationFrame)")


def table(page: Page, name: str) -> Locator:
    """A table by the name it is saved under."""
    return page.locator(f".cd-table[data-name='{name}']")


def save_table(page: Page, name: str, item: str, folder: Path) -> Path:
    """Choose what saves a table from its menu."""
    table(page, name).locator("summary").click()
    with page.expect_download() as download:
        table(page, name).get_by_role("button", name=item).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def save_png(page: Page, name: str, folder: Path) -> Path:
    """Press Save PNG under a figure."""
    with page.expect_download() as download:
        figure(page, name).locator(".cd-save").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path
