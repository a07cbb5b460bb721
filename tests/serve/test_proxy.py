"""nginx in front of several processes: its configuration, and, where nginx is installed, the whole of it with stand-ins."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from http.client import HTTPSConnection
from itertools import chain, repeat
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple, TypeVar

import pytest
from browser.conftest import ROOT, free_port
from serve.processes import asked_for, options_of
from serve.proxy import COOKIE, Options, nginx_config
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

Done = TypeVar("Done")
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
needs_nginx = pytest.mark.skipif(
    not (NGINX and shutil.which("openssl")), reason="nginx or openssl is not installed here"
)
RUN = f"""
import sys
sys.path[:0] = [{str(ROOT / ".ci")!r}]
from serve import processes
stand_in = {str(Path(__file__).parent / "stand_in.py")!r}
processes.app_command = lambda asked, port: [sys.executable, stand_in, str(port)]
processes.FIRST_INNER_PORT = int(sys.argv.pop())
sys.exit(processes.main(sys.argv[1:]))
"""


def test_a_reader_without_a_cookie_is_given_to_the_process_whose_turn_it_is() -> None:
    text = nginx_config(Options(ports=(18501, 18502)))
    assert "upstream all { server 127.0.0.1:18501 max_fails=0; server 127.0.0.1:18502 max_fails=0; }" in text
    assert f"map $cookie_{COOKIE} $only {{ default all; 1 only_1; 2 only_2; }}" in text


def test_only_a_page_may_come_from_another_process() -> None:
    text = nginx_config(Options(ports=(18501, 18502), base="/crohn"))
    assert "upstream only_2 { server 127.0.0.1:18502 max_fails=0; }" in text
    assert "upstream first_2 { server 127.0.0.1:18502 max_fails=0; server 127.0.0.1:18501 max_fails=0 backup; }" in text
    assert "location ~ ^/crohn/(.*/)?_stcore/ { proxy_pass http://$only; }" in text
    assert "location /crohn/ { proxy_pass http://$first;" in text
    assert "location / { return 404; }" in text


def test_nothing_is_logged_or_kept_on_the_way() -> None:
    text = nginx_config(Options(ports=(18501,), most_megabytes=20))
    for line in ("access_log off", "proxy_request_buffering off", "proxy_buffering off", "proxy_max_temp_file_size 0"):
        assert f"  {line};\n" in text
    assert "client_max_body_size 21m;" in text  # a form around the largest upload


def test_the_programs_scripts_are_compressed_and_nothing_that_tells_of_a_reader() -> None:
    text = nginx_config(Options(ports=(18501,), base="/crohn"))
    assert text.count("gzip on;") == 1
    assert "location /crohn/static/ { proxy_pass http://$first; gzip on;" in text
    assert "json" not in text


def test_tls_is_on_with_a_certificate_only() -> None:
    plain = nginx_config(Options(ports=(18501,), address="10.0.0.7", port=80))
    assert "listen 10.0.0.7:80;" in plain
    assert "ssl" not in plain
    assert "Secure" not in plain
    secret = nginx_config(Options(ports=(18501,), port=443, certificate="/etc/a.pem", key="/etc/a.key"))
    assert "listen 127.0.0.1:443 ssl;" in secret
    assert (
        "ssl_certificate /etc/a.pem;\n    ssl_certificate_key /etc/a.key;\n    ssl_protocols TLSv1.2 TLSv1.3;" in secret
    )
    assert "SameSite=Lax; Secure" in secret


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"ports": ()}, "one process"),
        ({"base": "crohn"}, "base path"),
        ({"base": "/a;b"}, "base path"),
        ({"certificate": "/a.pem"}, "both"),
        ({"address": "0.0.0.0; x"}, "space"),
        ({"key": "/a b", "certificate": "/a"}, "space"),
    ],
)
def test_what_cannot_be_or_would_write_into_the_configuration_is_refused(given: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Options(**{"ports": (18501,), **given})  # type: ignore[arg-type]


def test_options_come_from_the_environment_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SERVE_WORKERS", "3")
    monkeypatch.setenv("SERVE_BASE", "/crohn/")
    options = options_of(asked_for(["--port", "9000"]), "/tmp/x")
    assert (len(options.ports), options.base, options.port, options.most_megabytes) == (3, "/crohn", 9000, 20)
    with pytest.raises(ValueError, match="whole numbers"):
        options_of(asked_for(["--port", "http"]), "/tmp/x")


class Socket(NamedTuple):
    """A socket that one thread reads and writes: that of a loop beside this one's, in which a browser's may run."""

    loop: asyncio.AbstractEventLoop
    connection: ClientConnection

    def send(self, text: str) -> None:
        done_in(self.loop, self.connection.send(text))

    def recv(self) -> str | bytes:
        return done_in(self.loop, self.connection.recv())


def done_in(loop: asyncio.AbstractEventLoop, what: Coroutine[Any, Any, Done]) -> Done:
    return asyncio.run_coroutine_threadsafe(what, loop).result(20)


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    made = asyncio.new_event_loop()
    thread = Thread(target=made.run_forever)
    thread.start()
    yield made
    made.call_soon_threadsafe(made.stop)
    thread.join(20)
    made.close()


async def opening(address: str, **more: Any) -> ClientConnection:
    return await connect(address, **more)


class Served:
    """Two stand-ins behind nginx, with TLS, at /crohn."""

    def __init__(self, folder: Path, loop: asyncio.AbstractEventLoop) -> None:
        self.folder, self.port, self.log, self.loop = folder, free_port(), folder / "log.txt", loop
        made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
        subprocess.run([*made, "-keyout", "key.pem", "-out", "cert.pem"], cwd=folder, check=True, capture_output=True)
        tls = "--cert", str(folder / "cert.pem"), "--key", str(folder / "key.pem")
        asked = ["--workers", "2", "--port", str(self.port), "--base", "/crohn", *tls, str(free_port())]
        with self.log.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-c", RUN, *asked],
                stdout=output,
                stderr=output,
                env={**os.environ, "TMPDIR": str(folder)},
            )
        self.wait(lambda: "2 processes of the app are ready" in self.log.read_text())

    def wait(self, condition: Callable[[], bool]) -> None:
        """Return when something has come true."""
        end = time.monotonic() + 60
        while not condition():
            assert time.monotonic() < end, self.log.read_text()
            assert self.process.poll() is None, self.log.read_text()
            try:
                self.process.wait(timeout=0.05)
            except subprocess.TimeoutExpired:
                continue

    def ask(
        self, path: str, method: str = "GET", body: bytes | Iterable[bytes] | None = None, cookie: str = ""
    ) -> tuple[int, bytes, dict[str, str]]:
        with closing(HTTPSConnection("localhost", self.port, context=unchecked(), timeout=30)) as connection:
            connection.request(method, path, body, {"Cookie": cookie} if cookie else {})
            with connection.getresponse() as answer:
                return answer.status, answer.read(), dict(answer.getheaders())

    def who(self, path: str, cookie: str = "") -> int:
        """The process that answers; 0 where none does."""
        status, page, _ = self.ask(path, cookie=cookie)
        return json.loads(page)["pid"] if status == 200 else 0

    @contextmanager
    def socket(self, cookie: str) -> Iterator[Socket]:
        """An open socket, of a client that reads and writes in one thread.

        With the one that reads in a thread of its own an answer to the handshake is lost now and then on a busy machine: an
        SSL connection of Python's must not be read and written at once.
        """
        address = f"wss://localhost:{self.port}/crohn/_stcore/stream"
        more = {"subprotocols": ["streamlit"], "additional_headers": {"Cookie": cookie}, "open_timeout": 20}
        opened = done_in(self.loop, opening(address, ssl=unchecked(), **more))
        yield Socket(self.loop, opened)
        done_in(self.loop, opened.close())

    def written(self) -> list[int]:
        """When anything was last made or removed in the folders in which nginx would keep a request or an answer."""
        found = [*self.folder.glob("cdanalysis-*/client_body"), *self.folder.glob("cdanalysis-*/proxy")]
        assert len(found) == 2
        return [path.stat().st_mtime_ns for path in found]


@cache
def unchecked() -> ssl.SSLContext:
    """TLS that takes a certificate made a second ago, and reads no others, which takes longer than an answer."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, loop: asyncio.AbstractEventLoop) -> Iterator[Served]:
    server = Served(tmp_path_factory.mktemp("served"), loop)
    yield server
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(timeout=30) == 0
    assert list(server.folder.glob("cdanalysis-*")) == []


def bound(served: Served) -> tuple[str, int]:
    """The cookie of a reader who comes for the first time, and her process."""
    _, page, headers = served.ask("/crohn/predictors?ties=breslow")
    given = headers["Set-Cookie"].split("; ")
    assert given[1:] == ["Path=/crohn/", "HttpOnly", "SameSite=Lax", "Secure"]
    assert json.loads(page)["query"] == "ties=breslow"
    return given[0], json.loads(page)["pid"]


@needs_nginx
def test_readers_are_shared_out_and_each_keeps_her_process(served: Served) -> None:
    readers = [bound(served) for _ in range(4)]
    assert len({pid for _, pid in readers}) == 2
    for cookie, pid in readers:
        assert {
            served.who(path, cookie) for path in ("/crohn/", "/crohn/_stcore/health", "/crohn/x/_stcore/health")
        } == {pid}
        assert "Set-Cookie" not in served.ask("/crohn/", cookie=cookie)[2]
    assert "Set-Cookie" in served.ask("/crohn/", cookie=f"{COOKIE}=7")[2]  # there were seven once


@needs_nginx
def test_sockets_and_uploads_of_twenty_megabytes_reach_their_own_process_and_no_disk(served: Served) -> None:
    before, step = served.written(), b"x" * 1_000_000
    for cookie, pid in {bound(served) for _ in range(2)}:
        with served.socket(cookie) as socket:
            socket.send("a" * 100_000)
            said = json.loads(socket.recv())
        assert (said["pid"], len(said["heard"]), said["scheme"]) == (pid, 100_000, "wss")
        upload = "/crohn/_stcore/upload_file/one/two"
        for body in (step * 20, chain(repeat(step, 20))):  # of a stated length, and of none
            status, page, _ = served.ask(upload, "PUT", body, cookie)
            assert (status, json.loads(page)["pid"], json.loads(page)["bytes"]) == (200, pid, 20_000_000)
        assert json.loads(page)["scheme"] == "https"
        assert len(served.ask("/crohn/long", cookie=cookie)[1]) > 30_000_000
    assert served.written() == before
    assert served.ask(upload, "PUT", step * 23)[0] == 413


@needs_nginx
def test_nothing_but_the_base_path_is_served(served: Served) -> None:
    assert served.ask("/")[0] == 404
    status, _, headers = served.ask("/crohn?a=1")
    assert (status, headers["Location"]) == (307, "/crohn/?a=1")


@needs_nginx
def test_a_process_that_dies_is_started_again_and_its_readers_come_back_to_it(served: Served) -> None:
    readers = dict(bound(served) for _ in range(2))
    (cookie, pid), (other_cookie, other) = readers.items()
    with served.socket(cookie) as socket, served.socket(other_cookie) as kept:
        assert served.ask("/crohn/_stcore/die", cookie=cookie)[0] == 502
        # Meanwhile a page comes from the other process, with its cookie; what belongs to a session comes from nobody.
        assert served.who("/crohn/_stcore/health", cookie) == 0
        _, page, headers = served.ask("/crohn/", cookie=cookie)
        assert json.loads(page)["pid"] == other
        assert headers["Set-Cookie"].startswith(f"{other_cookie};")
        served.wait(lambda: served.who("/crohn/_stcore/health", cookie) not in (0, pid))
        with pytest.raises(ConnectionClosed):
            socket.recv()
        kept.send("still here")
        assert json.loads(kept.recv())["pid"] == other
    assert served.who("/crohn/", cookie) not in (pid, other)
    assert served.who("/crohn/", other_cookie) == other
    said = served.log.read_text()
    assert "ended (1) and is started again" in said
    assert "upload_file" not in said
    assert "_stcore" not in said
