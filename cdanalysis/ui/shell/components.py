"""Pieces of several pages: what is drawn by scripts of our own, read from assets/, and the button that hands a file out."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit import runtime
from streamlit.components import v2

ASSETS = Path(__file__).parents[3] / "assets"
MIME = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
    "md": "text/markdown",
    "zip": "application/zip",
}


def save_button(label: str, content: Any, name: str, **look: Any) -> None:
    """Hands a file out, whose ending says what it is; nothing on the page is computed again by it."""
    look = {"icon": ":material/download:", "on_click": "ignore", **look}
    st.download_button(label, content, name, MIME.get(name.rpartition(".")[2]), **look)


def component(name: str, scripts: tuple[str, ...]) -> Callable[..., Any]:
    """The registered component; registered again only for another Streamlit runtime (as every AppTest is)."""
    return _registered(name, scripts, id(runtime.get_instance()) if runtime.exists() else 0)


@cache
def _registered(name: str, scripts: tuple[str, ...], _runtime: int) -> Callable[..., Any]:
    script = "\n".join((ASSETS / part).read_text(encoding="utf-8") for part in scripts)
    css = (ASSETS / "figure.css").read_text(encoding="utf-8")
    return v2.component(name, js=script, css=css, isolate_styles=False)
