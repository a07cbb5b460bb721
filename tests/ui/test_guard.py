"""What the server refuses, redirects and adds; what a log and a page tell of an exception; the mark of an own file; sign-in."""

from __future__ import annotations

import asyncio
import logging
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from cdanalysis.ui.cohort_page import own_file
from cdanalysis.ui.shell import guard, quiet, sign_in

ROOT = Path(__file__).parents[2]
CANARY = "ZHANG SAN 13812345678"


def request(path: str, *, query: str = "", host: str = "localhost:8501") -> dict[str, Any]:
    return {"type": "http", "path": path, "query_string": query.encode(), "headers": [(b"host", host.encode())]}


def answer(scope: dict[str, Any]) -> dict[str, Any]:
    """The start of the guarded answer to a request."""
    sent: list[dict[str, Any]] = []

    async def inner(_scope: object, _receive: object, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"Cache-Control", b"public")]})
        await send({"type": "http.response.body", "body": b"ok"})

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    # In a thread of its own: a browser's test of the same run leaves this one with a running loop.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(guard.Guard(inner)(scope, lambda: None, send))).result()
    return {**sent[0], "headers": [(name.lower(), value) for name, value in sent[0]["headers"]]}


@pytest.fixture(autouse=True)
def _own_hosts() -> Any:
    before = config.get_option("server.allowedHosts")
    config.set_option("server.allowedHosts", ["localhost", "127.0.0.1"])
    yield
    config.set_option("server.allowedHosts", before)


@pytest.mark.parametrize(
    ("scope", "status", "location"),
    [
        (request("/"), 200, ""),
        (request("/predictors", query="crp_cutoff=12", host="127.0.0.1:80"), 200, ""),
        (request("/_stcore/metrics"), 403, ""), (request("/_stcore/agent/mcp"), 403, ""), (request("/_stcore/health"), 200, ""),
        (request("/", host="evil.example:8501"), 403, ""), (request("/", host=""), 403, ""),
        (request("/", host="localhost@evil.example"), 403, ""), (request("/", host="localhost.evil.example"), 403, ""),
        (request("/predictors", query="staticAppId=x&crp_cutoff=12"), 307, "/predictors?crp_cutoff=12"),
        (request("/", query="static%41ppId="), 307, "/"),
        (request("//evil.example/", query="staticAppId=x"), 307, "/evil.example/"),
    ],
)  # fmt: skip
def test_what_is_answered_refused_and_sent_elsewhere(scope: dict[str, Any], status: int, location: str) -> None:
    start = answer(scope)
    headers = dict(start["headers"])
    assert start["status"] == status
    assert headers.get(b"location", b"").decode() == location
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert "connect-src 'self'" in headers[b"content-security-policy"].decode()


def test_only_what_the_program_ships_is_kept_by_the_browser() -> None:
    kept = {
        path: dict(answer(request(path))["headers"])[b"cache-control"]
        for path in ("/", "/media/a.csv", "/static/js/a.js")
    }
    assert kept == {"/": b"no-store", "/media/a.csv": b"no-store", "/static/js/a.js": b"public"}
    names = [name for name, _ in answer(request("/"))["headers"]]
    assert len(names) == len(set(names))


def test_an_exception_is_logged_by_kind_and_place_and_never_by_what_it_says(caplog: pytest.LogCaptureFixture) -> None:
    before = logging.getLogRecordFactory()
    quiet.install()
    quiet.install()
    try:
        try:
            try:
                int(CANARY)
            except ValueError as error:
                raise KeyError(CANARY) from error
        except KeyError as error:
            logging.getLogger("any").exception("Uncaught %s", CANARY)
            name = quiet.error_id(error)
    finally:
        logging.setLogRecordFactory(before)
    assert CANARY not in caplog.text
    assert f"error {name}: KeyError at test_guard.py:" in caplog.text
    assert "from ValueError at" in caplog.text


def test_every_configured_option_exists_and_the_private_ones_are_set() -> None:
    told = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text())
    for section, options in told.items():
        for name in options:
            if section != "theme" or not isinstance(options[name], dict):
                assert f"{section}.{name}" in config._config_options_template
    wanted = {
        "server": {"address": "127.0.0.1", "enableXsrfProtection": True, "enableCORS": True, "maxUploadSize": 20,
                   "enableStaticServing": False, "enableAgentApi": False, "allowedHosts": ["localhost", "127.0.0.1"]},
        "browser": {"gatherUsageStats": False},
        "client": {"showErrorDetails": "none", "showErrorLinks": False, "disableDataExport": True},
        "runner": {"magicEnabled": False},
    }  # fmt: skip
    assert {
        section: {name: told[section].get(name) for name in options} for section, options in wanted.items()
    } == wanted


def test_the_link_is_marked_while_the_cohort_is_the_readers_own() -> None:
    own, bundled = SimpleNamespace(synthetic=False), SimpleNamespace(synthetic=True)
    assert own_file.with_mark({"ties": "breslow"}, own) == {"ties": "breslow", "cohort": "own"}
    assert own_file.with_mark({}, bundled) == own_file.with_mark({}, None) == {}
    assert own_file.without_mark({"ties": "breslow", "cohort": "own"}) == {"ties": "breslow"}


def test_a_link_to_an_own_file_says_that_it_is_gone_and_keeps_the_settings() -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["cohort"] = "own"
    app.query_params["crp_cutoff"] = "14"
    app.run()
    assert "no longer here" in app.warning[0].value
    assert app.session_state["settings"].cutoff("crp").value == 14
    assert app.session_state["cohort"].synthetic
    assert not app.exception
    assert not app.toast
    app.file_uploader[0].upload("mine.csv", b"id,crp,follow_up_months\nA,3,9\nB,4,9\n", "text/csv").run()
    assert not any("no longer here" in one.value for one in app.warning)


@pytest.mark.parametrize("name", ["app", "predictors"])
def test_a_configured_sign_in_shows_nothing_before_it(name: str) -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.secrets["auth"] = {"redirect_uri": "https://a.example/oauth2callback", "cookie_secret": "x", "client_id": "a"}
    (app if name == "app" else app.switch_page(f"pages/{name}.py")).run()
    assert not app.exception
    assert [one.label for one in app.button] == ["Sign in"]
    assert not app.dataframe
    assert not app.file_uploader
    assert "cohort" not in app.session_state


def test_a_sign_in_ends_with_its_token() -> None:
    assert sign_in._has_expired({"exp": time.time() - 1})
    assert not sign_in._has_expired({"exp": time.time() + 60})
    assert not sign_in._has_expired({})


@pytest.mark.parametrize(
    ("claims", "readers", "may"),
    [
        ({}, None, True), ({"email": "A@x.org"}, ["a@X.org"], True), ({"email": "b@x.org"}, ["a@x.org"], False),
        ({}, ["a@x.org"], False), ({}, [""], False), ({"email": "a@x.org"}, [], False),
        ({"email": "a@x.org", "email_verified": False}, ["a@x.org"], False),
        ({"email": "a@x.org", "email_verified": True}, ["a@x.org"], True),
    ],
)  # fmt: skip
def test_a_list_of_readers_lets_in_these_alone(claims: dict[str, Any], readers: list[str] | None, may: bool) -> None:
    assert sign_in._is_reader(claims, readers) is may
