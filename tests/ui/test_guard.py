"""What the server refuses, redirects and adds; what a log and a page tell of an exception; the mark of an own file; sign-in."""

from __future__ import annotations

import asyncio
import logging
import re
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from starlette.websockets import WebSocket, WebSocketDisconnected, WebSocketState
from streamlit import config
from streamlit.testing.v1 import AppTest

from cdanalysis.ui.cohort_page import own_file
from cdanalysis.ui.server import guard, inside, plotly_part, quiet, quota, reader, sign_in

ROOT = Path(__file__).parents[2]
CANARY = "ZHANG SAN 13812345678"


SECRET, OTHER = "a" * 64, "b" * 64


def request(
    path: str, *, query: str = "", host: str = "localhost:8501", method: str = "GET", secret: str = "", **headers: str
) -> dict[str, Any]:
    given = {"host": host, **({"cookie": f"other=1; {reader.COOKIE}={secret}"} if secret else {}), **headers}
    return {"type": "http", "method": method, "path": path, "query_string": query.encode(), "scheme": "http",
            "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in given.items()]}  # fmt: skip


def answer(scope: dict[str, Any], kind: bytes = b"text/html; charset=utf-8") -> dict[str, Any]:
    """The start of the guarded answer to a request; `passed`: what the app itself was asked, if it was."""
    sent: list[dict[str, Any]] = []
    passed: list[dict[str, Any]] = []

    async def inner(seen: dict[str, Any], _receive: object, send: Any) -> None:
        passed.append(seen)
        if seen["type"] == "http":
            headers = [(b"Cache-Control", b"public"), (b"content-type", kind)]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": b"ok"})

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    # In a thread of its own: a browser's test of the same run leaves this one with a running loop.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(guard.Guard(inner)(scope, lambda: None, send))).result()
    start = sent[0] if sent else {}
    headers = [(name.lower(), value) for name, value in start.get("headers", [])]
    return {**start, "headers": headers, "passed": passed}


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
        (request("/crohn/_stcore/metrics"), 403, ""), (request("/a/b/_stcore/agent/mcp"), 403, ""),
        (request("/_stcore"), 403, ""), (request("/_stcore/any-other"), 403, ""), (request("//_stcore//metrics/"), 403, ""),
        (request("/crohn/_stcore/health"), 200, ""), (request("/crohn/_stcore/host-config"), 200, ""),
        (request("/predictors", query="staticAppId=x&crp_cutoff=12"), 307, "?crp_cutoff=12"),
        (request("/", query="static%41ppId="), 307, "?"),
        *((request(path, query="staticAppId=x"), 307, "?")
          for path in ("//evil.example/", "/\t/evil.example/x", "/\\evil.example/", "/\r\n/evil.example", "/.//evil.example")),
        (request("/\t/evil.example/x", query="staticAppId=x&a=//evil.example"), 307, "?a=%2F%2Fevil.example"),
    ],
)  # fmt: skip
def test_what_is_answered_refused_and_sent_elsewhere(scope: dict[str, Any], status: int, location: str) -> None:
    start = answer(scope)
    headers = dict(start["headers"])
    assert start["status"] == status
    assert headers.get(b"location", b"").decode() == location
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert "connect-src 'self'" in headers[b"content-security-policy"].decode()


def socket(**headers: str) -> dict[str, Any]:
    return {**request("/_stcore/stream", **headers), "type": "websocket"}


def test_a_socket_without_a_readers_cookie_is_refused_and_one_with_it_brings_its_reader() -> None:
    for scope in (socket(), socket(secret="short"), socket(x_cdanalysis_reader="forged")):
        refused = answer(scope)
        assert (refused["type"], refused["code"], refused["passed"]) == ("websocket.close", 1008, [])
    seen = answer(socket(secret=SECRET, x_cdanalysis_reader="forged"))["passed"][0]
    names = [value.decode() for name, value in seen["headers"] if name == reader.HEADER]
    assert len(names) == 1
    assert names[0] not in ("", "forged")
    assert SECRET not in names[0]
    assert reader.reader(seen["headers"]) == names[0]


def test_a_reader_who_leaves_while_a_page_opens_is_no_fault() -> None:
    async def left(_scope: dict[str, Any], receive: Any, send: Any) -> None:
        opened = WebSocket(socket(cookie=f"{reader.COOKIE}={SECRET}"), receive, send)
        opened.application_state = WebSocketState.DISCONNECTED
        await opened.close()

    async def nothing(*_: object) -> None:
        return None

    with ThreadPoolExecutor(1) as pool:  # a browser's test may have left a loop running in this thread
        with pytest.raises(WebSocketDisconnected):
            pool.submit(lambda: asyncio.run(left({}, nothing, nothing))).result()
        pool.submit(
            lambda: asyncio.run(guard.Guard(left)(socket(cookie=f"{reader.COOKIE}={SECRET}"), nothing, nothing))
        ).result()


def test_a_page_gives_a_browser_its_secret_once_and_nothing_else_does() -> None:
    given = dict(answer(request("/"))["headers"])[b"set-cookie"].decode()
    assert re.fullmatch(rf"{reader.COOKIE}=[0-9a-f]{{64}}; Path=/; HttpOnly; SameSite=Lax", given)
    assert given != dict(answer(request("/"))["headers"])[b"set-cookie"].decode()
    assert b"set-cookie" not in dict(answer(request("/", secret=SECRET))["headers"])
    assert b"set-cookie" not in dict(answer(request("/media/a.csv"), b"text/csv")["headers"])
    safe = dict(answer({**request("/"), "scheme": "https"})["headers"])[b"set-cookie"]
    assert safe.endswith(b"; Secure")


def test_streamlit_is_told_to_keep_the_reader_with_every_session() -> None:
    before = config.get_option("server.trustedUserHeaders")
    try:
        reader.install()
        reader.install()
        assert config.get_option("server.trustedUserHeaders") == {**before, "x-cdanalysis-reader": inside.READER}
    finally:
        config.set_option("server.trustedUserHeaders", before)


UPLOAD = "/crohn/_stcore/upload_file/session/file"
OF_SECRET = reader.reader([(b"cookie", f"{reader.COOKIE}={SECRET}".encode())])


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Sessions of the reader with SECRET, by name the bytes that each has uploaded."""
    kept: dict[str, int] = {"session": 0}
    monkeypatch.setattr(inside, "uploaded_bytes", lambda: kept)
    monkeypatch.setattr(inside, "reader_of", lambda name: OF_SECRET if name in kept and name[0] != "z" else "")
    return kept


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize("method", ["PUT", "DELETE", "GET"])
def test_an_upload_into_anothers_session_is_refused(method: str) -> None:
    for secret in ("", OTHER, "no secret"):
        assert answer(request(UPLOAD, method=method, secret=secret))["status"] == 403
    assert answer(request(UPLOAD.replace("session", "nobody"), method=method, secret=SECRET))["status"] == 403
    assert answer(request(UPLOAD, method=method, secret=SECRET))["status"] == 200
    assert answer(request(UPLOAD, method="OPTIONS"))["status"] == 200


def put(size: int | None, session: str = "session") -> int:
    stated = {} if size is None else {"content_length": str(size)}
    return answer(request(UPLOAD.replace("session", session), method="PUT", secret=SECRET, **stated))["status"]


def test_a_session_a_reader_and_all_together_keep_a_bounded_number_of_bytes(held: dict[str, int]) -> None:
    """Forty uploads of 10 MB to one session were all kept."""
    most = config.get_option("server.maxUploadSize") << 20
    held["session"] = quota.MOST_OF_SESSION * most - 1_000
    assert (put(1_000), put(1_001), put(None)) == (200, 429, 429)
    held |= {"session": 0, "second": 3 * most, "third": 3 * most - 1_000}
    assert (put(1_000), put(1_001)) == (200, 429)
    held |= {"second": 0, "third": 0, **{f"z{place}": 3 * most for place in range(20)}}
    assert put(0) == 200
    assert put(1) == 429


def test_an_upload_under_way_has_its_place_and_gives_it_back(held: dict[str, int]) -> None:
    most = config.get_option("server.maxUploadSize") << 20
    with quota.room("session", OF_SECRET, None), quota.room("session", OF_SECRET, None):
        assert put(most) == 200
        with quota.room("session", OF_SECRET, b"1"):
            assert put(most) == 429
    assert put(most) == 200
    assert held == {"session": 0}


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


def test_no_id_of_a_session_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    before, name = logging.getLogRecordFactory(), str(uuid4())
    quiet.install()
    try:
        logging.getLogger("any").warning("Session with id %s is already connected!", name)
        logging.getLogger("any").warning(f"PUT /_stcore/upload_file/{name}/{name.upper()} %d%%", 5)
        logging.getLogger("any").warning("%s plain %s", "a", "text")
    finally:
        logging.setLogRecordFactory(before)
    assert name not in caplog.text.lower()
    assert "Session with id (an id) is already connected!" in caplog.text
    assert "/(an id)/(an id) 5%" in caplog.text
    assert "a plain text" in caplog.text


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
        ({}, None, True),
        ({"email": "A@x.org"}, ["a@X.org"], True),
        ({"email": "b@x.org"}, ["a@x.org"], False),
        ({}, ["a@x.org"], False),
        ({}, [""], False),
        ({"email": "a@x.org"}, [], False),
        ({"email": "a@x.org", "email_verified": False}, ["a@x.org"], False),
        ({"email": "a@x.org", "email_verified": True}, ["a@x.org"], True),
    ],
)
def test_a_list_of_readers_lets_in_these_alone(claims: dict[str, Any], readers: list[str] | None, may: bool) -> None:
    assert sign_in._is_reader(claims, readers) is may


def test_a_page_and_nothing_else_fetches_early_what_draws_its_figures() -> None:
    headers = dict(answer(request("/predictors"))["headers"])
    assert headers[b"link"].startswith(b"<static/cdanalysis/plotly-cartesian-")
    assert b"rel=modulepreload" in headers[b"link"]
    assert b"link" not in dict(answer(request("/static/js/a.js"), b"text/javascript")["headers"])


@pytest.mark.parametrize("base", ["", "/crohn"])
def test_what_draws_the_figures_comes_from_here_and_is_kept_by_the_browser(base: str) -> None:
    asked = request(f"{base}/{plotly_part.SCRIPT}")
    found = answer(asked)
    headers = dict(found["headers"])
    assert (found["status"], found["passed"]) == (200, [])
    assert headers[b"content-type"].startswith(b"text/javascript")
    assert (headers[b"content-encoding"], headers[b"content-length"]) == (
        b"gzip",
        str(plotly_part.FILE.stat().st_size).encode(),
    )
    assert b"immutable" in headers[b"cache-control"]
    assert b"content-security-policy" in headers
    assert answer({**asked, "method": "PUT"})["passed"]  # left to Streamlit, which has no such file
    assert answer(request(f"{base}/{plotly_part.SCRIPT}", host="evil.example"))["status"] == 403
