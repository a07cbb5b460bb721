"""What the server adds to Streamlit's own: headers that keep a page from calling out, and refusals before any page runs.

Streamlit sends no Content-Security-Policy of its own; with this one a picture or link that a file smuggles into a page is
never fetched. `?staticAppId=` would make the page ask Streamlit's own host for its content. A session is its reader's: a
socket or an upload without the reader's cookie opens none (ui/server/reader.py), and keeps no more than a share (quota.py).
"""

from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from itertools import pairwise
from secrets import token_hex
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import streamlit as st
from starlette.websockets import WebSocketDisconnected

from cdanalysis.ui.server import inside, plotly_part, quota
from cdanalysis.ui.server.reader import new_secret, reader, with_reader

# Streamlit's one inline script: `window.prerenderReady = false`.
INLINE = "'sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA='"
POLICY = (
    f"default-src 'self'; script-src 'self' blob: {INLINE}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; frame-ancestors 'none'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'"
)
SERVER = token_hex(8)  # this server and no other: one that was started again has another mark
HEADERS = {
    b"content-security-policy": POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"x-cdanalysis-server": SERVER.encode(),
}
NO_STORE = (b"cache-control", b"no-store")
INNER = "_stcore"  # Streamlit's own endpoints; of these only:
OPEN = ("health", "host-config", "stream", "upload_file", "bidi-components")
CALLS_OUT = "staticAppId"
REFUSED = 1008  # a websocket's code for a broken rule
TOO_MANY = 429

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


class Guard:
    """ASGI middleware around the whole app; a websocket passes only to a page of this server."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a refusal or a redirect, else pass on and add the headers to the answer."""
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        elif scope["type"] == "http":
            await self._request(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        if is_own_page(dict(scope["headers"])) and reader(scope["headers"]):
            # Streamlit takes a reader who leaves while a page opens for a text frame, and fails to answer it.
            with suppress(WebSocketDisconnected):
                await self.app(with_reader(scope), receive, send)
        else:
            await send({"type": "websocket.close", "code": REFUSED, "reason": ""})

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = with_headers(scope, message.get("headers", []))
            await send(message)

        status, location = verdict(scope)
        session_id = session_of_upload(scope["path"])
        if status != 200:
            await _answer(sending, status, location)
        elif plotly_part.is_asked_for(scope):
            await plotly_part.answer()(scope, receive, sending)
        elif session_id and scope["method"] == "PUT":
            length = dict(scope["headers"]).get(b"content-length")
            with quota.room(session_id, reader(scope["headers"]), length) as fits:
                await (self.app(scope, receive, sending) if fits else _answer(sending, TOO_MANY))
        else:
            await self.app(scope, receive, sending)


async def _answer(send: Send, status: int, location: str = "") -> None:
    moved = [(b"location", location.encode())] if location else []
    await send({"type": "http.response.start", "status": status, "headers": moved})
    await send({"type": "http.response.body", "body": b""})


def is_own_page(headers: dict[bytes, bytes]) -> bool:
    """Whether the page that opens a socket came from this server; a program that is no browser names none.

    Streamlit lets in any page of this computer and, before it refuses another, asks the internet for its own address.
    """
    host, origin = (headers.get(name, b"").decode("latin-1") for name in (b"host", b"origin"))
    same = urlsplit(origin).netloc == host or origin in st.get_option("server.corsAllowedOrigins")
    return _is_own_host(host) and (not origin or same)


def verdict(scope: Scope) -> tuple[int, str]:
    """200, or the status and the address to go to instead of this request."""
    host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
    if is_closed(scope["path"]) or not _is_own_host(host) or is_of_another(scope):
        return 403, ""
    query = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
    kept = [(name, value) for name, value in query if name != CALLS_OUT]
    # An address that begins with a question mark is this page's own, whatever its path would mean to a browser.
    return (200, "") if len(kept) == len(query) else (307, f"?{urlencode(kept)}")


def is_closed(path: str) -> bool:
    """Whether a path leads to an endpoint of Streamlit's that no page needs, behind whatever base path."""
    parts = [part for part in path.split("/") if part]
    return any(part == INNER and after not in OPEN for part, after in pairwise([*parts, ""]))


def session_of_upload(path: str) -> str:
    """The session that a path uploads to, or takes an upload from; empty of any other path."""
    parts = path.split("/")
    return parts[-2] if parts[-4:-2] == [INNER, "upload_file"] else ""


def is_of_another(scope: Scope) -> bool:
    """Whether a request would put a file into a session, or take one from it, that another browser began."""
    session_id = session_of_upload(scope["path"])
    sender = reader(scope["headers"])
    return bool(session_id) and scope["method"] != "OPTIONS" and (not sender or sender != inside.reader_of(session_id))


def with_headers(scope: Scope, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The answer's headers and ours; only what the program ships itself may be kept by the browser.

    A browser without a secret gets one with a page: what a page loads comes many at a time, each of which would bring another.
    """
    fixed = {**HEADERS, **dict([NO_STORE])} if "/static/" not in scope["path"] else HEADERS
    own = [(name, value) for name, value in headers if name.lower() not in fixed]
    is_page = any(name.lower() == b"content-type" and value.startswith(b"text/html") for name, value in own)
    secret = [new_secret(scope)] if is_page and not reader(scope["headers"]) else []
    return [*own, *fixed.items(), *secret, *([_early()] if is_page else [])]


def _early() -> tuple[bytes, bytes]:
    """The script that draws the first figure is fetched while the page is computed."""
    return b"link", f"<{plotly_part.SCRIPT}>; rel=modulepreload; fetchpriority=low".encode()


def _is_own_host(host: str) -> bool:
    """Whether the request names this server, as server.allowedHosts says; an empty list allows every name."""
    allowed = st.get_option("server.allowedHosts")
    name = host.rsplit("@", 1)[-1]
    bare = name.rsplit(":", 1)[0] if not name.endswith("]") else name
    return not allowed or "*" in allowed or bare in allowed or name in allowed
