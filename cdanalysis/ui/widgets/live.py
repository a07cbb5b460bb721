"""The one component that draws every figure of the app: in place, saved as PNG, with or without a cut-off handle."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from cdanalysis.drawing.dress import WIDTHS_MM, dark, dressed
from cdanalysis.sections.blocks import Curves, Figure, Handle
from cdanalysis.settings import Settings
from cdanalysis.settings.as_text.codes import pairs
from cdanalysis.settings.settings import ROWS
from cdanalysis.ui.server.plotly_part import SCRIPT
from cdanalysis.ui.shell.components import component
from cdanalysis.ui.widgets import saving

SCRIPTS = (
    "files.js",
    "plotly.js",
    "png.js",
    "tiff.js",
    "edited.js",
    "saving.js",
    "linked.js",
    "stale.js",
    "compose.js",
    "narrow.js",
    "moving.js",
    "handle.js",
    "render.js",
    "figure.js",
)


def draw(
    name: str,
    figure: Mapping[str, Any],
    alt: str,
    settings: Settings,
    *,
    live: Handle | None = None,
    on_commit: Callable[[float], None] | None = None,
    on_marker: Callable[[int], None] | None = None,
    linked: Mapping[str, Any] | None = None,
    on_pick: Callable[[Any], None] | None = None,
) -> None:
    """Draw a figure under `name` (its key and file name); `on_commit` receives the cut-off a handle was released at,
    `on_marker` the place of another marker chosen for it among the choices of `live_now`.

    linked: {"name": figure with the handle, "shape": place of the line that follows it}. `on_pick` receives the customdata
    of a point that was clicked.
    """
    if live is not None:
        _keep(name, live.curves)
    key = f"figure-{name}"
    component("cdanalysis_figure", SCRIPTS)(
        data={
            **_drawing(figure, settings, None if live is None else {"kept": live.curves.key, **live.now}),
            "name": name,
            "alt": alt,
            "answered": st.session_state.get(_answered(key)),
            "linked": linked,
            "pickable": on_pick is not None,
            "looks": dict(ROWS["figure_look"].choices),
            "look": settings.figure_look,
            "widths": {str(mm): label for mm, label in WIDTHS_MM.items()},
            "file": saving.file(key),
        },
        key=key,
        on_commit_change=_told(key, "commit", lambda told: _commit(key, told, on_commit)),
        on_marker_change=_told(key, "marker", on_marker),
        on_picked_change=_told(key, "picked", on_pick),
        on_saving_change=_told(key, "saving", lambda told: saving.take(key, told)),
    )


def render_unseen(
    figures: Sequence[Figure], settings: Settings, on_rendered: Callable[[Sequence[Mapping[str, str]]], None]
) -> None:
    """Have the browser draw figures that no page shows; `on_rendered` receives of each its name, png (base64) and svg, or error."""
    key = "figure-unseen"
    data = [
        {**_drawing(one.spec, settings, None if one.handle is None else one.handle.whole), "name": one.id}
        for one in figures
    ]
    component("cdanalysis_figure", SCRIPTS)(
        data={"unseen": data}, key=key, on_rendered_change=_told(key, "rendered", on_rendered)
    )


def _commit(key: str, told: Mapping[str, Any], on_commit: Callable[[float], None] | None) -> None:
    """The next answer says which move it answers (assets/stale.js counts them)."""
    st.session_state[_answered(key)] = told["move"]
    if on_commit is not None:
        on_commit(float(told["value"]))


def _answered(key: str) -> str:
    return f"{key}-answered"


def _told(key: str, event: str, act: Callable[[Any], None] | None) -> Callable[[], None]:
    """A callback that hands on what the component says; an event that it does not mean is None."""

    def answer() -> None:
        value = getattr(st.session_state[key], event)
        if value is not None and act is not None:
            act(value)

    return answer


def _keep(name: str, curves: Curves) -> None:
    """Hand the curves of a figure's handle to assets/kept.js: a line with both names, then the JSON.

    An element that says the same as before is not sent again (Streamlit's own message cache); the curves have one of their
    own, which shows nothing, so that a release sends the few sentences that it changed.
    """
    data = f"{name} {curves.key}\n".encode() + curves.content
    component("cdanalysis_kept", ("kept.js",))(data=data, key=f"kept-{name}")


def _drawing(figure: Mapping[str, Any], settings: Settings, live: Mapping[str, Any] | None) -> dict[str, Any]:
    """What the browser needs to draw and save a figure."""
    return {
        "figure": dressed(figure, settings.figure_look, dashed=settings.figure_lines == "dashed"),
        "dark": dark(settings.figure_look),
        "plotly": SCRIPT,
        "saved": {
            "format": settings.figure_format,
            "texts": pairs(settings.figure_texts),
            **{part: getattr(settings, f"figure_{part}") for part in ("title", "result", "footer")},
        },
        "png": {"dpi": settings.png_dpi, "width_mm": settings.png_width_mm, "ground": settings.png_ground},
        "live": live,
    }
