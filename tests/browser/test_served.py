"""What the running server accepts and refuses, asked without a browser: where it listens, hosts, origins, sizes, headers.

Facts 7 to 11: a server of its own, with every connection that it opens written down.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import chain, repeat
from pathlib import Path
from uuid import uuid4

import pytest
from browser.app_page import settled
from browser.conftest import ROOT, free_port, process_wait, wait_until_healthy
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

# Before anything of the server runs: every connection and look-up that it makes, and what it writes.
WATCH = """
import os, sys
def watch(event, args):
    if event == "socket.connect" and isinstance(args[1], tuple) and not str(args[1][0]).startswith(("127.", "::1")):
        told(f"connect {args[1]}")
    if event == "socket.getaddrinfo" and args[0] not in (None, "", "localhost", "127.0.0.1", "::1"):
        told(f"look up {args[0]}")
    if event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR):
        own = ("/dev/", os.environ["CALLS"])
        if isinstance(args[0], str) and not args[0].startswith(own) and ".pyc" not in args[0]:
            told(f"write {args[0]}")
def told(line):
    with open(os.environ["CALLS"], "a") as file:
        file.write(line + "\\n")
sys.addaudithook(watch)
"""
SOCKET = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "x" * 22 + "==",
}


SECRET = "a" * 64
READER = {"Cookie": f"cdanalysis_reader={SECRET}"}
CANARY = "QXZWARD"
CUT = 0
SWITCHED = 101  # to a socket, which has no end to be read


@dataclass(frozen=True)
class Answer:
    """What the server answered; names of headers in small letters."""

    status: int
    headers: dict[str, str]
    page: bytes


class Server:
    """A server on a port of its own, and the file of the connections that it opened."""

    def __init__(self, folder: Path, *flags: str, script: str = "app.py", base: str = "", **environment: str) -> None:
        self.base = base
        (folder / "sitecustomize.py").write_text(WATCH)
        self.port, self.calls, self.log = free_port(), folder / "calls.txt", folder / "log.txt"
        self.calls.touch()
        named = {**os.environ, "CALLS": str(self.calls), "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}", **environment}
        command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(self.port), *flags]
        with self.log.open("w") as output:
            self.process = subprocess.Popen(command, cwd=ROOT, env=named, stdout=output, stderr=subprocess.STDOUT)

    def started(self) -> Server:
        wait_until_healthy(self.process, f"http://localhost:{self.port}{self.base}")
        return self

    def ended(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)

    def ask(
        self, path: str, method: str = "GET", body: bytes | Iterable[bytes] | None = None, **headers: str
    ) -> Answer:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            with connection.getresponse() as given:
                page = b"" if given.status == SWITCHED else given.read()
                return Answer(given.status, {name.lower(): value for name, value in given.getheaders()}, page)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("served")).started()
    yield server
    server.ended()


def test_it_listens_to_this_computer_only(own: Server) -> None:
    """Fact 8: 127.0.0.2 is this machine too, but a server at 127.0.0.1 does not answer there."""
    if sys.platform != "linux":
        pytest.skip("only Linux has all of 127.0.0.0/8 without asking")
    socket.create_connection(("127.0.0.1", own.port), timeout=5).close()
    for address in ("127.0.0.2", *_other_addresses()):
        with pytest.raises(OSError, match="refused"):
            socket.create_connection((address, own.port), timeout=5)


def _other_addresses() -> set[str]:
    found = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
    return {str(one[4][0]) for one in found} - {"127.0.0.1"}


@pytest.mark.parametrize("address", ["0.0.0.0", "::"])
def test_a_server_that_others_reach_does_not_start_without_a_sign_in(address: str, tmp_path: Path) -> None:
    server = Server(tmp_path, "--server.address", address)
    try:
        assert server.process.wait(timeout=60) == 2
    finally:
        server.process.kill()
    assert "Not started" in server.log.read_text()


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("localhost", "http://localhost", 101),
        ("127.0.0.1", "http://127.0.0.1", 101),
        ("evil.example", "http://evil.example", 403),
        ("evil.example", None, 403),
        ("localhost", "http://evil.example", 403),
        ("localhost", "null", 403),
        ("localhost", None, 101),
    ],
)
def test_another_site_cannot_open_the_socket(own: Server, host: str, origin: str | None, status: int) -> None:
    """Fact 9: a page of another name that points to this machine, and a page of another site."""
    port = f":{own.port}"
    sent = {**SOCKET, **READER, "Host": host + port, **({"Origin": origin + port} if origin else {})}
    assert own.ask("/_stcore/stream", **sent).status == status


def test_a_socket_without_a_browsers_secret_is_refused(own: Server) -> None:
    assert own.ask("/_stcore/stream", **SOCKET, Host=f"localhost:{own.port}").status == 403


def test_another_program_of_this_computer_cannot_open_the_socket(own: Server) -> None:
    """A page that another program serves at another port is a page of another site."""
    sent = {**SOCKET, **READER, "Host": f"localhost:{own.port}", "Origin": f"http://localhost:{own.port + 1}"}
    assert own.ask("/_stcore/stream", **sent).status == 403


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/predictors", "/media/x.csv", "/static/index.html"])
def test_another_name_of_this_machine_is_refused(own: Server, path: str) -> None:
    assert own.ask(path, Host=f"evil.example:{own.port}").status == 403


@pytest.mark.parametrize(
    "path", ["/", "/nowhere", "/media/0.csv", "/_stcore/health", "/_stcore/metrics", "/_stcore/upload_file/a/b"]
)
def test_every_answer_carries_the_headers(own: Server, path: str) -> None:
    answer = own.ask(path)
    assert "connect-src 'self'" in str(answer.headers.get("content-security-policy"))
    assert answer.headers.get("x-content-type-options") == "nosniff"
    assert answer.headers.get("x-frame-options") == "DENY"
    assert answer.headers.get("referrer-policy") == "no-referrer"
    assert answer.headers.get("cache-control") == "no-store"
    assert answer.headers.get("access-control-allow-origin") in (None, f"http://localhost:{own.port}")


@pytest.mark.parametrize(
    "path",
    ["/_stcore/metrics", "/_stcore/agent", "/_stcore/agent/mcp", "/app/static/a.txt", "/_stcore/script-health-check"],
)
def test_what_is_not_needed_is_closed(own: Server, path: str) -> None:
    """Fact 12: metrics, the agent's door, static files, the script's health."""
    answer = own.ask(path)
    assert answer.status in (403, 404) or b"<title>Streamlit</title>" in answer.page  # the page, whatever the path says


FORM = b'--b\r\nContent-Disposition: form-data; name="f"; filename="own.csv"\r\n\r\n', b"\r\n--b--\r\n"


def put(server: Server, path: str, body: bytes | Iterable[bytes], **headers: str) -> int:
    """The status of an upload; CUT where the server stopped listening before the end."""
    try:
        return server.ask(path, "PUT", body, Content_Type="multipart/form-data; boundary=b", **headers).status
    except (BrokenPipeError, ConnectionResetError):
        return CUT


def test_an_upload_that_no_page_asked_for_is_refused(own: Server) -> None:
    path = f"/_stcore/upload_file/{uuid4()}/{uuid4()}"
    assert put(own, path, b"patient_id") == 403
    assert put(own, path, b"patient_id", Origin="http://evil.example") == 403
    assert put(own, path, b"patient_id", **token(own)) == 403  # a right token, but nobody's session


def upload_address(page: Page) -> str:
    """The path that a page's own upload went to."""
    with page.expect_request(lambda request: request.method == "PUT") as asked:
        page.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files(
            {"name": "own.csv", "mimeType": "text/csv", "buffer": b"patient_id,crp\nA,3\nB,4\n"}
        )
    expect(page.get_by_text("own.csv · 2 patients")).to_be_visible()  # read: a page left before never gets the file
    settled(page)
    return re.sub(r"^https?://[^/]+", "", asked.value.url)


def secret_of(page: Page) -> str:
    """The browser's secret, which no script of the page can read."""
    assert "cdanalysis_reader" not in page.evaluate("document.cookie")
    return next(one["value"] for one in page.context.cookies() if one["name"] == "cdanalysis_reader")


def test_an_upload_of_21_mb_is_refused_and_takes_no_memory(own: Server, browser: Browser) -> None:
    """P-UP-1: by the size that it states, and by its bytes where it states none."""
    context = browser.new_context(base_url=f"http://127.0.0.1:{own.port}")
    page = context.new_page()
    page.goto("/")
    path = upload_address(page)
    before, step = memory_mb(own.process.pid), b"x" * 1_000_000
    given = token(own, secret_of(page))
    assert put(own, path, step * 21, **given) in (413, CUT)
    assert put(own, path, chain(FORM[:1], repeat(step, 100), FORM[1:]), **given) in (413, CUT)
    assert memory_mb(own.process.pid) - before < 60
    assert put(own, path, chain(FORM[:1], repeat(step, 19), FORM[1:]), **given) == 204
    context.close()
    assert "write" not in own.calls.read_text()  # nothing of it was on the disk, which Starlette does from 1 MB on


def test_the_id_of_a_session_opens_nothing_without_its_readers_cookie(own: Server, browser: Browser) -> None:
    """No socket, no upload into it, none taken from it; and its reader notices nothing."""
    context = browser.new_context(base_url=f"http://127.0.0.1:{own.port}")
    page = context.new_page()
    page.goto("/")
    path = upload_address(page)
    session = path.split("/")[-2]
    body = b"".join([FORM[0], b"patient_id,crp\nEVIL,3\n", FORM[1]])
    other = token(own, SECRET)
    assert put(own, path, body, **other) == 403
    assert own.ask(path, "DELETE", **other).status == 403
    taken = {"Sec-WebSocket-Protocol": f"streamlit, {other['X-Xsrftoken']}, {session}", "Host": f"127.0.0.1:{own.port}"}
    assert own.ask("/_stcore/stream", **SOCKET, **taken, **other).status == SWITCHED  # to a session of its own
    page.get_by_role("link", name="Baseline", exact=True).click()
    expect(page.get_by_text("own.csv").first).to_be_visible()
    page.get_by_role("link", name="Cohort", exact=True).click()
    assert upload_address(page).split("/")[-2] == session
    assert put(own, path, body, **token(own, secret_of(page))) == 204
    context.close()
    assert session not in own.log.read_text()


def token(server: Server, secret: str = SECRET) -> dict[str, str]:
    """The token against cross-site requests, as a page of the server has it, and a browser's secret."""
    given = server.ask(f"{server.base}/_stcore/health").headers["set-cookie"]
    found = re.search(r"_streamlit_xsrf=([^;]+)", given)
    assert found is not None
    return {"Cookie": f"_streamlit_xsrf={found[1]}; cdanalysis_reader={secret}", "X-Xsrftoken": found[1]}


def memory_mb(pid: int) -> float:
    """The memory of a process that is in use, as Linux says; 0 elsewhere."""
    status = Path(f"/proc/{pid}/status")
    found = re.search(r"VmRSS:\s+(\d+)", status.read_text()) if status.exists() else None
    return int(found[1]) / 1024 if found else 0.0


def test_the_server_calls_nobody(own: Server) -> None:
    """Fact 10: with no address set, or after a foreign socket, Streamlit asks the internet for its own address."""
    sent = {**SOCKET, **READER, "Host": f"localhost:{own.port}", "Origin": "http://evil.example"}
    assert own.ask("/_stcore/stream", **sent).status == 403
    assert own.ask("/").status == 200
    assert own.calls.read_text() == ""


@pytest.fixture(scope="module")
def based(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server behind a base path, whose largest upload is 1 MB."""
    flags = "--server.baseUrlPath", "crohn", "--server.maxUploadSize", "1"
    server = Server(tmp_path_factory.mktemp("based"), *flags, base="/crohn").started()
    yield server
    server.ended()


@pytest.fixture
def based_page(based: Server, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(base_url=f"http://127.0.0.1:{based.port}")
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def test_behind_a_base_path_the_same_is_closed_and_the_program_works(based: Server, based_page: Page) -> None:
    for path in ("/_stcore/metrics", "/_stcore/agent", "/_stcore/agent/mcp", "/_stcore/script-health-check"):
        assert based.ask(f"/crohn{path}").status == 403
    assert based.ask("/crohn/predictors?staticAppId=x&ties=breslow").headers["location"] == "?ties=breslow"
    based_page.goto("/crohn/predictors?staticAppId=x&crp_cutoff=12")
    expect(based_page.get_by_role("heading", name="Predictors of relapse", exact=True, level=1)).to_be_visible()
    settled(based_page)
    assert based_page.url.endswith("/crohn/predictors?cutoffs=crp%3E12")
    based_page.get_by_role("link", name="Cohort", exact=True).click()
    path = upload_address(based_page)
    assert path.startswith("/crohn/_stcore/upload_file/")
    assert put(based, path, b"".join([FORM[0], b"x", FORM[1]]), **token(based)) == 403


def test_a_session_keeps_a_bounded_number_of_uploads_and_a_file_can_always_be_replaced(
    based: Server, based_page: Page
) -> None:
    """Forty uploads of 10 MB were all kept; a page's own box gives back what it replaces."""
    based_page.goto("/crohn/")
    for number in range(6):
        rows = "".join(f"P{i},{number},{'x' * 30_000}\n" for i in range(30))
        file = {"name": f"own-{number}.csv", "mimeType": "text/csv", "buffer": b"patient_id,crp,note\n" + rows.encode()}
        with based_page.expect_response(lambda answer: answer.request.method == "PUT") as answered:
            based_page.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files(file)
        assert answered.value.status == 204
        expect(
            based_page.get_by_text(f"own-{number}.csv: 30 patients")
        ).to_be_visible()  # read, and not in the box alone
        settled(based_page)
    folder, given = answered.value.url.rpartition("/")[0], token(based, secret_of(based_page))
    folder = re.sub(r"^https?://[^/]+", "", folder)
    body = b"".join([FORM[0], b"x" * 1_000_000, FORM[1]])
    sent = [put(based, f"{folder}/{uuid4()}", body, **given) for _ in range(5)]
    assert sent[0] == 204
    assert sent[-3:] == [429] * 3


HELD = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
import streamlit as st
from cdanalysis.ui.server import server
from starlette.responses import PlainTextResponse
from starlette.routing import Route
def held(_request):
    files = st.runtime.get_instance().uploaded_file_mgr.file_storage
    return PlainTextResponse(str(sum(len(file.data) for one in list(files.values()) for file in list(one.values()))))
app = st.App({str(ROOT / "app.py")!r}, routes=[Route("/held", held)], **server.options())
"""


def until(condition: Callable[[], bool], process: subprocess.Popen[bytes], seconds: float = 40) -> bool:
    """Whether a condition comes true in time."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        process_wait(process)
    return True


def uploaded_bytes(server: Server) -> int:
    """What the server holds of uploads."""
    return int(server.ask("/held").page)


def upload_register(page: Page) -> int:
    """3,000 made-up patients of the reader's own; how many bytes."""
    rows = "".join(f"{CANARY}-{i},{i % 30},{i % 50},{i % 2},{CANARY}{i % 2}\n" for i in range(3_000))
    content = f"patient_id,crp,relapse_months,relapse_event,{CANARY}\n{rows}".encode()
    page.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files(
        {"name": f"{CANARY}.csv", "mimeType": "text/csv", "buffer": content}
    )
    expect(page.get_by_text("3,000 patients").first).to_be_visible()
    return len(content)


def test_a_reader_who_left_is_forgotten_without_another_visitor(tmp_path: Path, browser: Browser) -> None:
    """Fact 11 and T-ISO-4: Streamlit keeps the file until somebody else comes or goes."""
    script = tmp_path / "held.py"
    script.write_text(HELD)
    server = Server(tmp_path, "--server.disconnectedSessionTTL", "2", script=str(script)).started()

    try:
        context = browser.new_context(base_url=f"http://localhost:{server.port}")
        page = context.new_page()
        page.goto("/")
        n_bytes = upload_register(page)
        assert uploaded_bytes(server) >= n_bytes
        page.get_by_role("button", name="Use the bundled synthetic cohort").click()
        expect(page.get_by_text("synthetic cohort · 122 patients")).to_be_visible()
        assert until(lambda: uploaded_bytes(server) == 0, server.process)  # asked to forget: at once
        expect(page.get_by_text(CANARY)).to_have_count(0)
        assert upload_register(page) == n_bytes
        assert uploaded_bytes(server) >= n_bytes
        context.close()
        assert until(lambda: uploaded_bytes(server) == 0, server.process)
    finally:
        server.ended()


ENDLESS = f"""
import sys
import threading
sys.path.insert(0, {str(ROOT)!r})
import streamlit as st
if __name__ == "endless":
    from cdanalysis.ui.server import server
    from starlette.responses import PlainTextResponse
    from starlette.routing import Route
    def running(_request):
        return PlainTextResponse(str(sum(one.name == "ScriptRunner.scriptThread" for one in threading.enumerate())))
    app = st.App(__file__, routes=[Route("/running", running)], **server.options())
else:
    import numpy as np
    from cdanalysis.statistics.cutoffs.maxstat import maxstat
    st.title("begun")
    dice = np.random.default_rng(1)
    maxstat(dice.random(200), dice.random(200) < 0.5, dice.random(200), permutations=10**9)
"""


def test_what_is_computed_for_a_reader_ends_when_the_reader_leaves(tmp_path: Path, browser: Browser) -> None:
    """A link that asks for days of work held a core for them, after its page was closed too."""
    script = tmp_path / "endless.py"
    script.write_text(ENDLESS)
    server = Server(tmp_path, script=str(script)).started()
    try:
        context = browser.new_context(base_url=f"http://localhost:{server.port}")
        page = context.new_page()
        page.goto("/")
        expect(page.get_by_role("heading", name="begun")).to_be_visible()
        assert int(server.ask("/running").page) == 1
        context.close()
        assert until(lambda: int(server.ask("/running").page) == 0, server.process)
    finally:
        server.ended()


STORES = """async () => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, document.title, location.href,
  (await indexedDB.databases()).map((one) => one.name), "caches" in window ? await caches.keys() : []])"""


def test_nothing_of_a_file_is_in_the_browsers_stores_the_address_the_log_or_on_the_disk(
    own: Server, browser: Browser
) -> None:
    """T-ISO-3 and P-LOG-1: headers, ids, categories and the file's name, after pages, figures and exports of them."""
    before = own.calls.read_text()
    context = browser.new_context(base_url=f"http://localhost:{own.port}", accept_downloads=True)
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto("/")
    upload_register(page)
    settled(page)
    kept = [page.evaluate(STORES)]
    for title in ("Baseline", "Survival curves", "Predictors of relapse", "Report"):
        page.get_by_role("link", name=title, exact=True).click()
        expect(page.get_by_role("heading", name=title, exact=True, level=1)).to_be_visible()
        settled(page)
        kept.append(page.evaluate(STORES))
    context.close()
    assert "cohort=own" in kept[-1]
    assert not [text for text in kept if CANARY.lower() in text.lower()]
    assert CANARY.lower() not in own.log.read_text().lower()
    assert own.calls.read_text() == before  # nothing was written, nobody was called
