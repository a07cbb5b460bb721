"""One server and one headless Chromium for the browser's tests; every request and console error is watched."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlparse
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--no-first-run",
]
PATIENCE_MS = 60_000
PORTS = iter(range(20_000 + 50 * os.getpid() % 12_000, 32_500))

expect.set_options(timeout=PATIENCE_MS)


def chromium() -> str | None:
    """A Chromium of the system; None leaves it to Playwright's own."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("CHROMIUM") or next((path for path in map(shutil.which, names) if path), None)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on a free port of this machine; its log must hold no traceback and no patient."""
    port = free_port()
    log = tmp_path_factory.mktemp("server") / "log.txt"
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
    address = f"http://localhost:{port}"
    try:
        wait_until_healthy(process, address)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)
    said = log.read_text()
    assert "Traceback" not in said
    assert not re.search(r"error [0-9a-f]{6}: ", said), "an exception was logged by its place"
    assert "SYN-" not in said


def free_port() -> int:
    """A port of this machine that nobody listens to, another at each call and in each process of the tests.

    Below those that the system gives out: a connection of the browser would take one of these before the server does.
    """
    for port in PORTS:
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is free")


def wait_until_healthy(process: subprocess.Popen[bytes], address: str) -> None:
    """Return when the server answers."""
    for _ in range(600):
        assert process.poll() is None, "the server ended before it answered"
        try:
            with urlopen(f"{address}/_stcore/health", timeout=1) as answer:
                if answer.read() == b"ok":
                    return
        except OSError:
            process_wait(process)
    raise AssertionError("the server did not answer")


def process_wait(process: subprocess.Popen[bytes]) -> None:
    """Wait a tenth of a second, or less if the server ends."""
    try:
        process.wait(timeout=0.1)
    except subprocess.TimeoutExpired:
        return


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def page(server: str, browser: Browser) -> Iterator[Page]:
    """A page in a context of its own; fails on a request to another host and on an error of the page's own."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, base_url=server, accept_downloads=True)
    opened = context.new_page()
    foreign, errors = [], []
    opened.on("request", lambda request: _note_foreign(request.url, foreign))
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.set_default_timeout(PATIENCE_MS)
    yield opened
    context.close()
    assert foreign == []
    assert errors == []


def _note_foreign(url: str, foreign: list[str]) -> None:
    address = urlparse(url)
    if address.scheme in ("http", "https", "ws", "wss") and address.hostname not in ("localhost", "127.0.0.1"):
        foreign.append(url)
