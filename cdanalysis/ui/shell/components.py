"""Pieces of the page that are drawn by scripts of our own: read from assets/, registered with the running server."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from streamlit import runtime
from streamlit.components import v2

ASSETS = Path(__file__).parents[3] / "assets"


def component(name: str, scripts: tuple[str, ...]) -> Callable[..., Any]:
    """The registered component; registered again only for another Streamlit runtime (as every AppTest is)."""
    return _registered(name, scripts, id(runtime.get_instance()) if runtime.exists() else 0)


@cache
def _registered(name: str, scripts: tuple[str, ...], _runtime: int) -> Callable[..., Any]:
    script = "\n".join((ASSETS / part).read_text(encoding="utf-8") for part in scripts)
    css = (ASSETS / "figure.css").read_text(encoding="utf-8")
    return v2.component(name, js=script, css=css, isolate_styles=False)
