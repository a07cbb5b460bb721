"""Outputs on the screen: figures, tables as printed, key figures, and why something could not be estimated."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from cdanalysis.results import NotEstimable
from cdanalysis.sections.blocks import Figure, KeyFigures, Table
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets import live, printed
from cdanalysis.writing.escapes import escape_markdown, one_line


def figure(block: Figure) -> None:
    """A figure; what its handle commits and what a click picks go into the settings."""
    handle = block.handle
    live.draw(
        block.id,
        block.spec,
        block.alt,
        frame.settings(),
        live=handle,
        on_commit=None if handle is None else lambda value: frame.replace_all(handle.commit(frame.settings(), value)),
        on_marker=None if handle is None else lambda place: frame.replace_all(handle.choose(frame.settings(), place)),
        linked=None if block.linked is None else {"name": block.linked.figure, "shape": block.linked.shape},
        on_pick=_picking(block),
    )


def _picking(block: Figure) -> Callable[[Any], None] | None:
    """What a click does: other settings, or a choice that only the session keeps."""
    pick = block.pick
    if pick is not None:
        return lambda value: frame.go(pick(frame.settings(), value), block.goes_to)
    return partial(st.session_state.__setitem__, block.chooses) if block.chooses else None


def table(block: Table) -> None:
    """A table, filtered as the reader chooses, under its title and over the rules its numbers follow."""
    shown, numbers = block.shown, block.numbers
    if block.filters and len(shown) > 1:
        inside = _filtered(block)
        shown, numbers = shown[inside], None if numbers is None else numbers[inside]
    notes = block.footnote, block.convention
    printed.draw(block.id, shown, numbers=numbers, title=block.title, notes=notes, most=block.most)


def not_estimable(result: object) -> bool:
    """Show the reason if the result is one that could not be computed; says whether it was."""
    if isinstance(result, NotEstimable):
        st.warning(f"Not estimable: {escape_markdown(result.reason)}.", icon=":material/block:")
    return isinstance(result, NotEstimable)


def _filtered(block: Table) -> Any:
    """Which rows every filter lets through; an empty filter lets all through."""
    inside = pd.Series(True, index=block.shown.index)
    for place, name in zip(st.columns(len(block.filters)), block.filters, strict=True):
        with place:
            words = block.shown[name].map(one_line)
            wanted = st.multiselect(name, sorted(words.unique()), key=f"{block.id}-{name}", placeholder="All")
            inside &= words.isin(wanted) | (not wanted)
    return inside


def key_figures(block: KeyFigures) -> None:
    """The few numbers that a page is read for, in a row."""
    with st.container(key="key-figures", horizontal=True):
        for value, label in block.numbers:
            st.metric(label, value, width="content")
