"""The one component that draws every figure of the app: in place, saved as PNG, with or without a cut-off handle."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from cdanalysis.figures import theme
from cdanalysis.settings import Settings
from cdanalysis.ui.frame import ASSETS

SCRIPTS = ("png.js", "link.js", "handle.js", "figure.js")


def draw(
    name: str,
    figure: Mapping[str, Any],
    alt: str,
    settings: Settings,
    *,
    live: Mapping[str, Any] | None = None,
    on_commit: Callable[[float], None] | None = None,
    linked: Mapping[str, Any] | None = None,
    on_pick: Callable[[list[Any]], None] | None = None,
) -> None:
    """Draw a figure under `name` (its key and file name); `on_commit` receives the cut-off a handle was released at.

    linked: {"name": figure with the handle, "shape": place of the line that follows it}. `on_pick` receives the customdata
    of a point that was clicked.
    """
    key = f"figure-{name}"

    def committed() -> None:
        value = st.session_state[key].commit
        if value is not None and on_commit is not None:
            on_commit(float(value))

    def picked() -> None:
        value = st.session_state[key].picked
        if value is not None and on_pick is not None:
            on_pick(value)

    component()(
        data={
            "name": name,
            "figure": figure,
            "alt": alt,
            "dark": theme.DARK,
            "plotly": plotly_script(),
            "png": {"dpi": settings.png_dpi, "width_mm": settings.png_width_mm, "ground": settings.png_ground},
            "live": live,
            "linked": linked,
            "pickable": on_pick is not None,
        },
        key=key,
        on_commit_change=committed,
        on_picked_change=picked,
    )


def component() -> Callable[..., Any]:
    """The registered component; registered again only for another Streamlit runtime (as every AppTest is)."""
    return _registered(id(st.runtime.get_instance()) if st.runtime.exists() else 0)


@cache
def _registered(_runtime: int) -> Callable[..., Any]:
    script = "\n".join((ASSETS / name).read_text(encoding="utf-8") for name in SCRIPTS)
    css = (ASSETS / "figure.css").read_text(encoding="utf-8")
    return st.components.v2.component("cdanalysis_figure", js=script, css=css, isolate_styles=False)


@cache
def plotly_script() -> str:
    """Address of the plotly that Streamlit ships: loading it sets window.Plotly, and nothing comes from elsewhere."""
    scripts = Path(st.__file__).parent / "static" / "static" / "js"
    return f"static/js/{next(scripts.glob('PlotlyChart.*.js')).name}"
