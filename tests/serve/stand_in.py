"""A process that stands in for the app behind nginx: it says who answered, and what came through. `stand_in.py port base`."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import uvicorn

BIG = b"x" * 1_000_000


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """A page, the health, a long answer, an upload, a socket that repeats, and an end without warning."""
    if scope["type"] == "websocket":
        await repeat(scope, receive, send)
    elif scope["type"] == "http":
        await answer(scope, receive, send)


async def answer(scope: dict[str, Any], receive: Any, send: Any) -> None:
    n_bytes, more = 0, True
    while more:
        message = await receive()
        n_bytes, more = n_bytes + len(message["body"]), message.get("more_body", False)
    if scope["path"].endswith("/die"):
        os._exit(1)
    kind = b"application/json" if "_stcore" in scope["path"] else b"text/html; charset=utf-8"
    said = {"pid": os.getpid(), "bytes": n_bytes, "scheme": scope["scheme"], "query": scope["query_string"].decode()}
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind)]})
    for _ in range(30 if scope["path"].endswith("/long") else 0):
        await send({"type": "http.response.body", "body": BIG, "more_body": True})
    await send({"type": "http.response.body", "body": json.dumps(said).encode()})


async def repeat(scope: dict[str, Any], receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.accept", "subprotocol": scope["subprotocols"][0]})
    while (message := await receive())["type"] == "websocket.receive":
        said = {"pid": os.getpid(), "heard": message["text"], "scheme": scope["scheme"]}
        await send({"type": "websocket.send", "text": json.dumps(said)})


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="error")
