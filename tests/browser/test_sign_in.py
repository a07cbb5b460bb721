"""Sign-in as an intranet has it: through a provider in the browser to the app and out again; refused in four ways."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.parse import urlparse

import pytest
from browser import oidc_provider
from browser.app_page import figure, settled
from browser.conftest import ROOT, free_port, wait_until_healthy
from browser.oidc_provider import Provider
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

READER = "reader@clinic.example"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with oidc_provider.running() as provider:
        yield provider


@pytest.fixture(scope="module")
def guarded(provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app with an [auth] section in its secrets and one reader allowed; its log must hold no traceback and no name."""
    folder, port = tmp_path_factory.mktemp("guarded"), free_port()
    address, secrets, log = f"http://localhost:{port}", folder / "secrets.toml", folder / "log.txt"
    secrets.write_text(
        f'[auth]\nredirect_uri = "{address}/oauth2callback"\ncookie_secret = "{"c" * 40}"\n'
        f'client_id = "{oidc_provider.CLIENT}"\nclient_secret = "{oidc_provider.SECRET}"\n'
        f'server_metadata_url = "{provider.address}/.well-known/openid-configuration"\n'
        f'[readers]\nemails = ["{READER.title()}"]\n'
    )
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "app.py",
        "--server.port",
        str(port),
        "--secrets.files",
        secrets,
    ]
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
    try:
        wait_until_healthy(process, address)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=20)
    told = log.read_text()
    assert "Traceback" not in told
    assert "clinic.example" not in told


@pytest.fixture
def page(guarded: str, browser: Browser, provider: Provider) -> Iterator[Page]:
    provider.email, provider.forged, provider.seconds = READER, False, 3_600
    context = browser.new_context(base_url=guarded, viewport={"width": 1440, "height": 900})
    opened = context.new_page()
    opened.set_default_timeout(60_000)
    yield opened
    context.close()


def sign_in(page: Page, answer: str = "Yes, it is me") -> None:
    page.goto("/")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name=answer).click()
    page.wait_for_url("http://localhost:*/")
    settled(page)


def is_closed(page: Page) -> None:
    """The sign-in button and nothing else."""
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    settled(page)
    nothing_of_the_app(page)


def nothing_of_the_app(page: Page) -> None:
    assert (
        page.locator(
            "[data-testid=stFileUploader], [data-testid=stDataFrame], .cd-table, .cd-figure, a[href*=predictors]"
        ).count()
        == 0
    )


def test_a_reader_signs_in_works_and_signs_out(page: Page, provider: Provider) -> None:
    page.goto("/predictors?crp_cutoff=14")
    is_closed(page)
    sign_in(page)
    expect(page.get_by_text("122 patients").first).to_be_visible()
    page.get_by_role("link", name="Predictors of relapse").click()
    expect(figure(page, "relapse-by-crp").locator(".main-svg").first).to_be_visible()
    settled(page)
    other = page.context.new_page()  # of the same browser: signed in too
    other.goto("/")
    expect(other.get_by_text("122 patients").first).to_be_visible()
    other.close()
    with page.expect_response(lambda answer: urlparse(answer.url).path == "/end"):
        page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert "/end" in provider.asked
    for address in ("/", "/predictors", "/report"):
        page.goto(address)
        is_closed(page)


def test_who_says_no_to_the_provider_sees_nothing(page: Page) -> None:
    sign_in(page, "No")
    is_closed(page)


def test_a_token_that_the_provider_did_not_sign_opens_nothing(page: Page, provider: Provider) -> None:
    provider.forged = True
    sign_in(page)
    is_closed(page)
    provider.forged = False
    sign_in(page)
    expect(page.get_by_text("122 patients").first).to_be_visible()


def test_a_reader_who_is_not_on_the_list_sees_nothing_and_can_sign_out(page: Page, provider: Provider) -> None:
    provider.email = "stranger@elsewhere.example"
    sign_in(page)
    expect(page.get_by_text("not among the readers of this server")).to_be_visible()
    nothing_of_the_app(page)
    page.goto("/predictors")
    expect(page.get_by_text("not among the readers of this server")).to_be_visible()
    settled(page)
    nothing_of_the_app(page)
    page.get_by_role("button", name="Sign out").click()
    is_closed(page)


def test_a_sign_in_ends_with_its_token(page: Page, provider: Provider) -> None:
    provider.seconds = 8
    sign_in(page)
    expect(page.get_by_text("122 patients").first).to_be_visible()
    ends = time.time() + provider.seconds
    page.wait_for_function("ends => Date.now() / 1000 > ends", arg=ends)
    page.get_by_role("link", name="Baseline").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    is_closed(page)
