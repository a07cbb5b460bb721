"""A small OpenID Connect provider on this machine: discovery, a page that asks, a token signed by its key, sign-out.

It stands at 127.0.0.1, the app at localhost: two sites for the browser, as a clinic's provider and server are.
"""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlparse

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "cdanalysis-test", "only-known-here"


class Provider(ThreadingHTTPServer):
    """email: who signs in. forged: sign with a key that is not the published one. seconds: how long a token lasts."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.key, self.other_key = (RSAKey.generate_key(2048, {"kid": "one"}) for _ in range(2))
        self.email, self.forged, self.seconds = "reader@clinic.example", False, 3_600
        self.codes: dict[str, str] = {}
        self.asked: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def id_token(self, nonce: str) -> str:
        now = int(time.time())
        claims = {"iss": self.address, "sub": self.email, "aud": CLIENT, "iat": now, "exp": now + self.seconds,
                  "nonce": nonce, "email": self.email}  # fmt: skip
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.other_key if self.forged else self.key)


class Answers(BaseHTTPRequestHandler):
    """The provider's addresses."""

    server: Provider

    def do_GET(self) -> None:
        address = urlparse(self.path)
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        self.server.asked.append(address.path)
        if address.path == "/.well-known/openid-configuration":
            self._json(self._metadata())
        elif address.path == "/jwks":
            self._json({"keys": [self.server.key.as_dict(private=False)]})
        elif address.path == "/authorize":
            self._ask(query)
        elif address.path == "/end":
            self._send(302, b"", ("Location", query["post_logout_redirect_uri"]))
        else:
            self._send(404, b"")

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        nonce = self.server.codes.pop(form.get("code", [""])[0], None)
        if urlparse(self.path).path != "/token" or nonce is None:
            self._send(400, b'{"error": "invalid_grant"}')
            return
        token = {"access_token": secrets.token_hex(8), "token_type": "Bearer", "id_token": self.server.id_token(nonce)}
        self._json(token)

    def _metadata(self) -> dict[str, object]:
        at = self.server.address
        return {
            "issuer": at, "authorization_endpoint": f"{at}/authorize", "token_endpoint": f"{at}/token",
            "jwks_uri": f"{at}/jwks", "end_session_endpoint": f"{at}/end", "response_types_supported": ["code"],
            "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["RS256"],
        }  # fmt: skip

    def _ask(self, query: dict[str, str]) -> None:
        """The page on which the reader says yes or no."""
        code = secrets.token_hex(8)
        self.server.codes[code] = query["nonce"]
        back = query["redirect_uri"]
        yes = f"{back}?{urlencode({'code': code, 'state': query['state']})}"
        no = f"{back}?{urlencode({'error': 'access_denied', 'state': query['state']})}"
        links = f"<a href='{escape(yes, quote=True)}'>Yes, it is me</a> <a href='{escape(no, quote=True)}'>No</a>"
        self._send(200, f"<h1>Provider</h1>{links}".encode(), ("Content-Type", "text/html"))

    def _json(self, told: object) -> None:
        self._send(200, json.dumps(told).encode(), ("Content-Type", "application/json"))

    def _send(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in (*headers, ("Content-Length", str(len(body)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def running() -> Iterator[Provider]:
    """The provider while the block lasts."""
    provider = Provider()
    thread = threading.Thread(target=provider.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        provider.shutdown()
        provider.server_close()
        thread.join()
