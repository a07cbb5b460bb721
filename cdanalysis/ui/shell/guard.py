"""What the server adds to Streamlit's own: headers that keep a page from calling out, and refusals before any page runs.

Streamlit sends no Content-Security-Policy of its own; with this one a picture or link that a file smuggles into a page is
never fetched. `?staticAppId=` would make the page ask Streamlit's own host for its content.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from secrets import token_hex
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import streamlit as st

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
CLOSED = ("/_stcore/metrics", "/_stcore/agent")
CALLS_OUT = "staticAppId"
REFUSED = 1008  # a websocket's code for a broken rule

Scope = MutableMapping[str, Any]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Callable[[], Awaitable[Any]], Send], Awaitable[None]]


class Guard:
    """ASGI middleware around the whole app; a websocket passes only to a page of this server."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Callable[[], Awaitable[Any]], send: Send) -> None:
        """Answer a refusal or a redirect, else pass on and add the headers to the answer."""
        if scope["type"] == "websocket" and not is_own_page(dict(scope["headers"])):
            await send({"type": "websocket.close", "code": REFUSED, "reason": ""})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sending(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = with_headers(scope["path"], message.get("headers", []))
            await send(message)

        status, location = verdict(scope)
        if status == 200:
            await self.app(scope, receive, sending)
        else:
            moved = [(b"location", location.encode())] if location else []
            await sending({"type": "http.response.start", "status": status, "headers": moved})
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
    if scope["path"].startswith(CLOSED) or not _is_own_host(dict(scope["headers"]).get(b"host", b"").decode("latin-1")):
        return 403, ""
    query = parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)
    kept = [(name, value) for name, value in query if name != CALLS_OUT]
    if len(kept) == len(query):
        return 200, ""
    # A path that begins with // would name another host.
    return 307, "/" + scope["path"].lstrip("/\\") + (f"?{urlencode(kept)}" if kept else "")


def with_headers(path: str, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The answer's headers and ours; only what the program ships itself may be kept by the browser."""
    fixed = {**HEADERS, **dict([NO_STORE])} if "/static/" not in path else HEADERS
    return [*((name, value) for name, value in headers if name.lower() not in fixed), *fixed.items()]


def _is_own_host(host: str) -> bool:
    """Whether the request names this server, as server.allowedHosts says; an empty list allows every name."""
    allowed = st.get_option("server.allowedHosts")
    name = host.rsplit("@", 1)[-1]
    bare = name.rsplit(":", 1)[0] if not name.endswith("]") else name
    return not allowed or "*" in allowed or bare in allowed or name in allowed
