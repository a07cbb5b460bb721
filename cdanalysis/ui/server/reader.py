"""Who a request comes from: a secret of the browser, in a cookie, without which the id of a session opens nothing.

An id stands in the address of an upload and may stand in a proxy's log; the cookie stands in neither, and no script of a
page can read it. The secret is the browser's own, not this server's: a server that was started again, or another process of
the same, knows it as well. Streamlit compares what a socket brings with what the session began with.
"""

import re
from collections.abc import Iterable, MutableMapping
from hashlib import sha256
from secrets import token_hex
from typing import Any

from starlette.requests import cookie_parser
from streamlit import config

from cdanalysis.ui.server.inside import READER

COOKIE = "cdanalysis_reader"
HEADER = b"x-cdanalysis-reader"  # from the guard to Streamlit, never from outside
_SECRET = re.compile(r"[0-9a-f]{64}")
Headers = Iterable[tuple[bytes, bytes]]


def install() -> None:
    """Have Streamlit keep with every session whose it is, and refuse it to everybody else."""
    named = config.get_option("server.trustedUserHeaders")
    config.set_option(
        "server.trustedUserHeaders", {**(named if isinstance(named, dict) else {}), HEADER.decode(): READER}
    )


def reader(headers: Headers) -> str:
    """A name for the browser that sent these, from which nobody can tell its secret; empty where it has none."""
    secrets = (
        cookie_parser(value.decode("latin-1")).get(COOKIE, "") for name, value in headers if name.lower() == b"cookie"
    )
    found = next((secret for secret in secrets if _SECRET.fullmatch(secret)), "")
    return sha256(found.encode()).hexdigest()[:32] if found else ""


def with_reader(scope: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The request as Streamlit is to see it: with the reader's name by us and not by whoever sent it."""
    headers = [(name, value) for name, value in scope["headers"] if name.lower() != HEADER]
    return {**scope, "headers": [*headers, (HEADER, reader(headers).encode())]}


def new_secret(scope: MutableMapping[str, Any]) -> tuple[bytes, bytes]:
    """The header that gives a browser its secret, for as long as it is open.

    Lax: a page that is opened by a link of another site brings it as well. Without it she would get another, and her other
    page, which holds a file, would no longer be hers. What puts something into a session never brings it from another site.
    """
    secure = "; Secure" if scope.get("scheme") == "https" else ""
    return b"set-cookie", f"{COOKIE}={token_hex(32)}; Path=/; HttpOnly; SameSite=Lax{secure}".encode()
