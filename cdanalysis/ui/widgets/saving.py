"""How the reader wants a figure saved: what she chose in its dialogue goes into the settings, a PDF comes back to her browser."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from typing import Any

import streamlit as st

from cdanalysis.report.files.pdf import pdf_of
from cdanalysis.settings import Settings
from cdanalysis.settings.as_text.codes import joined_pairs
from cdanalysis.ui.shell import frame

CHOSEN = ("figure_format", "figure_look", "figure_title", "figure_result", "figure_footer", "png_dpi", "png_width_mm")


def take(key: str, told: Mapping[str, Any]) -> None:
    """Keep what a figure's dialogue says, and what it wants as PDF until the figure is drawn again; `key`: the figure's."""
    if isinstance(told.get("settings"), Mapping):
        frame.replace_all(with_choices(frame.settings(), told["settings"], told.get("texts")))
    if told.get("svg"):
        st.session_state[f"{key}-pdf"] = told


def with_choices(settings: Settings, chosen: Mapping[str, Any], texts: object) -> Settings:
    """The settings with the choices of a dialogue, by their text in a link; what is impossible is dropped."""
    query = {name: str(chosen[name]) for name in CHOSEN if name in chosen}
    if isinstance(texts, Mapping):
        query["figure_texts"] = joined_pairs({str(one): str(other) for one, other in texts.items()})
    for name, text in query.items():
        changed, dropped = Settings.from_query({**settings.to_query(), name: text})
        settings = settings if dropped else changed
    return settings


def file(key: str) -> dict[str, str] | None:
    """The PDF that a figure waits for, once: content in base64, name, kind and ticket, or why there is none."""
    told = st.session_state.pop(f"{key}-pdf", None)
    if told is None:
        return None
    answer = {"ticket": str(told["ticket"]), "name": str(told["name"]), "mime": "application/pdf"}
    try:
        return {**answer, "content": b64encode(pdf_of(str(told["svg"]))).decode()}
    except ValueError as refusal:
        return {**answer, "error": str(refusal)}
