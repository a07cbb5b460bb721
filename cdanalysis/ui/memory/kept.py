"""What the browser keeps of a cut-off handle: its curves are sent once, and every later run only points at them.

An element that says the same as before is not sent again (Streamlit's own message cache); the curves have one of their own,
which shows nothing, so that a release sends the few sentences that it changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, eq=False)
class Kept:
    """The curves of a handle, their JSON, and its SHA-256: the key by which a figure asks for them."""

    curves: Mapping[str, Any]
    content: bytes
    key: str


@dataclass(frozen=True, eq=False)
class Live:
    """A handle's curves, and what a release changes beside them (`figures.live.live_now`)."""

    curves: Kept
    now: Mapping[str, Any]

    @property
    def whole(self) -> dict[str, Any]:
        """Both, for what is drawn without the browser's memory."""
        return {**self.curves.curves, **self.now}


def kept(curves: Mapping[str, Any]) -> Kept:
    """Curves as they are sent."""
    content = json.dumps(curves, separators=(",", ":")).encode()
    return Kept(curves, content, hashlib.sha256(content).hexdigest())


def send(component: Callable[..., Any], name: str, curves: Kept) -> None:
    """Hand the curves of the figure `name` to assets/kept.js: a line with both, then the JSON."""
    component(data=f"{name} {curves.key}\n".encode() + curves.content, key=f"kept-{name}")
