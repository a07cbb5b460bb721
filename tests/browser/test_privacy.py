"""Nothing leaves the server: every request of every page and button, two readers apart, a reload, an exception."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlparse

import pytest
from browser.app_page import figure, readout, settled
from browser.conftest import ROOT, free_port, wait_until_healthy
from playwright.sync_api import Browser, BrowserContext, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

pytestmark = pytest.mark.browser

PAGES = (
    "Cohort", "Baseline", "Response and remission", "Survival curves", "Predictors of relapse", "Cut-offs", "Multiverse",
    "Endoscopy", "Adverse events", "Published vs computed",
)  # fmt: skip
BUTTONS = (
    "[data-testid='stMain'] [data-testid='stButton'] button, [data-testid='stMain'] [data-testid='stDownloadButton'] button, "
    ".cd-save, .cd-menu button"
)
# The same on every page: they are pressed on the one that shows them all.
OF_SIDEBAR = "[data-testid='stSidebar'] [data-testid='stButton'] button"
PRESS = "([buttons, place]) => { const one = document.querySelectorAll(buttons)[place]; if (one && !one.disabled) one.click(); }"
HOME, OWN_FILE = "From your cohort's spreadsheet to the paper's figures", "Is this what your file says?"
CALL_OUT = "![](http://evil.invalid/x.png) <img src=http://evil.invalid/y.png>"
CANARY = "ZHANG SAN 13812345678"


def watched(context: BrowserContext) -> list[str]:
    """Every address that the context asks for, but for what it holds itself."""
    asked: list[str] = []

    def note(url: str) -> None:
        if urlparse(url).scheme not in ("blob", "data"):
            asked.append(url)

    def of_page(page: Page) -> None:
        page.on("websocket", lambda socket: note(socket.url))

    context.on("request", lambda request: note(request.url))
    context.on("page", of_page)
    return asked


def opened(browser: Browser, server: str) -> BrowserContext:
    context = browser.new_context(base_url=server, viewport={"width": 1440, "height": 900}, accept_downloads=True)
    context.set_default_timeout(60_000)
    return context


def table_of(prefix: str, category: str) -> bytes:
    """A flat table of 60 patients with a further column; every header and category is the reader's own."""
    lines = [f"patient_id,crp,tgn,relapse_months,relapse_event,follow_up_months,{category}"]
    lines += [
        f"{prefix}-{i},{3 + i * 7 % 40},{120 + i * 13 % 300},{4 + i % 50},{i % 2},{60 + i},{category}-{i % 3}"
        for i in range(60)
    ]
    return "\n".join(lines).encode()


def upload(page: Page, name: str, content: bytes, query: str = "") -> None:
    page.goto(f"/{query}")
    page.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )
    expect(page.get_by_text("60 patients").first).to_be_visible()
    settled(page)


def go(page: Page, title: str) -> None:
    page.get_by_role("link", name=title, exact=True).click()
    heading = OWN_FILE if title == "Cohort" else title
    expect(page.get_by_role("heading", name=heading, exact=True, level=1)).to_be_visible()
    settled(page)


@pytest.mark.parametrize(
    "pressed", [("Cohort", "Survival curves", "Predictors of relapse"), pytest.param(PAGES, marks=pytest.mark.thorough)],
    ids=["some pages", "every page"],
)  # fmt: skip
def test_no_page_and_no_button_asks_anything_of_another_host(
    server: str, browser: Browser, pressed: tuple[str, ...]
) -> None:
    context = opened(browser, server)
    asked = watched(context)
    page = context.new_page()
    page.goto("/?staticAppId=x&ties=breslow")
    expect(page.get_by_role("heading", name=HOME, level=1)).to_be_visible()
    assert "staticAppId" not in page.url
    assert "ties=breslow" in page.url
    upload(page, f"{CALL_OUT[:30]}.csv", table_of(CALL_OUT, "ward").replace(b",ward\n", f',"{CALL_OUT}"\n'.encode()))
    for title in PAGES:
        go(page, title)
        for closed in page.locator("details:not([open]) > summary").all():
            if closed.is_visible():
                closed.click()
        buttons = f"{BUTTONS}, {OF_SIDEBAR}" if title == "Predictors of relapse" else BUTTONS
        for place in range(page.locator(buttons).count() if title in pressed else 0):
            # Seen and pressed in one breath: a run may close the part that a button is in.
            page.evaluate(PRESS, [buttons, place])
            settled(page)
        assert page.locator("img[src*='evil'], a[href*='evil']").count() == 0
    context.close()
    own = urlparse(server).netloc
    assert {urlparse(url).netloc for url in asked} == {own}
    assert len(asked) > 20


def test_two_readers_never_see_each_others_cohort_settings_or_exports(server: str, browser: Browser) -> None:
    seen: dict[str, list[str]] = {"ALFA": [], "BRAVO": []}
    contexts, pages = {}, {}
    for name in seen:
        contexts[name] = opened(browser, server)
        pages[name] = contexts[name].new_page()
        pages[name].on(
            "websocket",
            lambda socket, name=name: socket.on(
                "framereceived", lambda frame, name=name: seen[name].append(repr(frame))
            ),
        )
        query = "?crp_cutoff=14" if name == "ALFA" else ""
        upload(pages[name], f"{name.lower()}-clinic.csv", table_of(name, f"{name}ward"), query)
    for title in ("Baseline", "Predictors of relapse", "Survival curves", "Predictors of relapse", "Cohort"):
        for name, page in pages.items():
            go(page, title)
            other = next(one for one in seen if one != name)
            assert other.lower() not in page.content().lower()
            assert ("cutoffs=crp" in page.url) is (name == "ALFA")
    for name, page in pages.items():
        with page.expect_download() as download:
            page.get_by_role("button", name="Save as a study file").click()
        saved = download.value
        text = Path(saved.path()).read_text(encoding="utf-8")
        other = next(one for one in seen if one != name)
        assert f"{name}ward" in text
        assert other not in text
        assert f"{name}-" not in text  # no value of the file, its patients' ids least of all
    for name, frames in seen.items():
        other = next(one for one in seen if one != name)
        received = "".join(frames)
        assert f"{name.lower()}-clinic" in received
        assert not re.search(other, received, re.IGNORECASE)
    for context in contexts.values():
        context.close()


def test_a_reload_says_that_the_file_is_gone_and_shows_no_number_of_it(server: str, browser: Browser) -> None:
    context = opened(browser, server)
    page = context.new_page()
    upload(page, "own.csv", table_of("OWN", "ward"))
    go(page, "Predictors of relapse")
    expect(figure(page, "relapse-by-crp").locator(".main-svg").first).to_be_visible()
    own = readout(page, "relapse-by-crp")
    page.reload()
    expect(page.get_by_text("Your file is no longer here.")).to_be_visible()
    expect(figure(page, "relapse-by-crp").locator(".main-svg").first).to_be_visible()
    settled(page)
    assert readout(page, "relapse-by-crp") != own
    assert "own.csv" not in page.content()
    upload(page, "own.csv", table_of("OWN", "ward"))
    go(page, "Predictors of relapse")
    assert page.get_by_text("Your file is no longer here.").count() == 0
    expect(figure(page, "relapse-by-crp").locator(".main-svg").first).to_be_visible()
    settled(page)
    assert readout(page, "relapse-by-crp") == own
    context.close()


@pytest.fixture
def broken(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The guarded server around a page that raises an exception whose message holds a patient."""
    script, log, port = tmp_path / "app.py", tmp_path / "log.txt", free_port()
    script.write_text(
        f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nimport streamlit as st\nif __name__ == 'app':\n"
        "    from cdanalysis.ui.server import server\n    app = st.App(__file__, **server.options())\nelse:\n"
        f"    st.title('Page')\n    raise ValueError({CANARY!r})\n"
    )
    flags = ["--server.port", str(port), "--server.address", "127.0.0.1", "--client.showErrorDetails", "none"]
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless", "true", *flags]
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=tmp_path, stdout=output, stderr=subprocess.STDOUT)
    try:
        wait_until_healthy(process, f"http://localhost:{port}")
        yield f"http://localhost:{port}", log
    finally:
        process.terminate()
        process.wait(timeout=20)


def test_an_exception_shows_and_logs_where_it_was_and_never_a_patient(
    broken: tuple[str, Path], browser: Browser
) -> None:
    address, log = broken
    context = opened(browser, address)
    page = context.new_page()
    page.goto("/")
    said = page.get_by_text(re.compile(r"could not be computed \(error [0-9a-f]{6}\)"))
    expect(said).to_be_visible()
    number = re.search(r"error ([0-9a-f]{6})", said.inner_text())
    assert number is not None
    assert "ZHANG" not in page.content()
    assert "ValueError" not in page.content()
    context.close()
    until = time.monotonic() + 10
    while number[1] not in log.read_text() and time.monotonic() < until:
        pass
    told = log.read_text()
    assert f"error {number[1]}: ValueError at" in told
    assert "ZHANG" not in told


def test_a_column_is_named_in_the_table_and_the_file_is_read_again(server: str, browser: Browser) -> None:
    context = opened(browser, server)
    page = context.new_page()
    page.goto("/")
    content = table_of("A", "ward").replace(b"patient_id,crp", b"Kennung,crp")
    page.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files(
        {"name": "klinik.csv", "mimeType": "text/csv", "buffer": content}
    )
    expect(page.get_by_text("Say what its columns are")).to_be_visible()
    settled(page)
    grid = page.get_by_test_id("stDataFrame").filter(has_text="Understood as").first
    cell = grid.locator("[data-testid='glide-cell-3-0']")
    grid.scroll_into_view_if_needed()
    box, first = grid.bounding_box(), grid.locator("canvas").first.bounding_box()
    assert box is not None
    assert first is not None
    assert cell.inner_text() == "(further column)"
    x = first["x"] + (box["width"] * 0.45)
    page.mouse.dblclick(x, first["y"] + 52)
    editor = page.locator("#portal").get_by_role("combobox")
    expect(editor).to_be_focused()  # the cell's editor opens a moment later
    editor.fill("patient_id")
    expect(page.locator("#portal").get_by_text("patient_id", exact=True).last).to_be_visible()
    page.keyboard.press("Enter")
    expect(cell).to_have_text("patient_id")
    read = page.get_by_text("60 patients").first
    for _ in range(3):  # what a cell shows reaches the server a moment later, and a press before that reads as before
        with suppress(PlaywrightTimeout):  # the press before was late: the button goes with what it asks for
            page.get_by_role("button", name="Read the file again").click(timeout=10_000)
        settled(page)
        if read.is_visible():
            break
    expect(read).to_be_visible()
    context.close()
