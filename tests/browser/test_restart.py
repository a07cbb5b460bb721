"""T-DROP-3: a server that is started again under an open page leaves no old number on it, and the page says what is gone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser.app_page import figure, readout, settled
from browser.conftest import ROOT, free_port, wait_until_healthy
from browser.line import Line
from browser.test_privacy import go, opened, table_of, upload
from playwright.sync_api import Browser, expect

pytestmark = [pytest.mark.browser, pytest.mark.thorough]


class Restartable:
    """A server that can be ended without warning and started again at the same address."""

    def __init__(self, log: Path) -> None:
        self.port, self.log = free_port(), log
        self.start()

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(self.port)]
        with self.log.open("a") as output:
            self.process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
        wait_until_healthy(self.process, self.address)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(timeout=20)


@pytest.fixture
def restartable(tmp_path: Path) -> Iterator[Restartable]:
    server = Restartable(tmp_path / "log.txt")
    yield server
    server.kill()


def test_a_restart_under_an_open_page_is_said_and_no_old_number_stays(
    restartable: Restartable, browser: Browser
) -> None:
    context = opened(browser, restartable.address)
    page = context.new_page()
    upload(page, "own.csv", table_of("OWN", "ward"), "?ties=breslow")
    go(page, "Predictors of relapse")
    expect(figure(page, "relapse-by-crp").locator(".main-svg").first).to_be_visible()
    settled(page)
    own = readout(page, "relapse-by-crp")
    assert own

    restartable.kill()
    expect(page.get_by_text("The program does not answer.")).to_be_visible()

    restartable.start()
    # Nobody touches the page.
    expect(page.get_by_text("Your file is no longer here.")).to_be_visible(timeout=15_000)
    expect(page.get_by_text("The program does not answer.")).to_be_hidden()
    expect(figure(page, "relapse-by-crp").locator(".main-svg").first).to_be_visible()
    settled(page)
    assert readout(page, "relapse-by-crp") != own
    assert "own.csv" not in page.content()
    expect(page.get_by_text("synthetic cohort · 122 patients")).to_be_visible()
    assert "ties=breslow" in page.url  # the settings are kept

    upload(page, "own.csv", table_of("OWN", "ward"), "?ties=breslow")
    assert page.get_by_text("Your file is no longer here.").count() == 0
    go(page, "Predictors of relapse")
    expect(figure(page, "relapse-by-crp").locator(".main-svg").first).to_be_visible()
    settled(page)
    assert readout(page, "relapse-by-crp") == own
    context.close()


def test_a_page_that_is_left_alone_is_not_opened_again(restartable: Restartable, browser: Browser) -> None:
    context = opened(browser, restartable.address)
    page = context.new_page()
    page.goto("/")
    settled(page)
    page.evaluate("window.kept = true")
    for _ in range(3):  # it asks, and is answered by the server that drew it
        with page.expect_response("**/_stcore/health") as answer:
            pass
        assert answer.value.headers["x-cdanalysis-server"]
    assert page.evaluate("window.kept") is True
    context.close()


def test_a_line_that_is_cut_for_a_while_loses_nothing(restartable: Restartable, browser: Browser) -> None:
    """T-DROP-1: the page says so meanwhile; then file, page and numbers are there without an upload, and not opened again."""
    line = Line(restartable.port)
    context = opened(browser, f"http://localhost:{line.port}")
    page = context.new_page()
    upload(page, "own.csv", table_of("OWN", "ward"))
    go(page, "Predictors of relapse")
    expect(figure(page, "relapse-by-crp").locator(".main-svg").first).to_be_visible()
    settled(page)
    own = readout(page, "relapse-by-crp")
    page.evaluate("window.kept = true")
    line.cut()
    expect(page.get_by_text("The program does not answer.")).to_be_visible()
    line.join()
    expect(page.get_by_text("The program does not answer.")).to_be_hidden()
    go(page, "Survival curves")
    go(page, "Predictors of relapse")
    expect(figure(page, "relapse-by-crp").locator(".main-svg").first).to_be_visible()
    settled(page)
    assert readout(page, "relapse-by-crp") == own
    assert page.evaluate("window.kept") is True
    assert page.get_by_text("Your file is no longer here.").count() == 0
    context.close()
    line.cut()
