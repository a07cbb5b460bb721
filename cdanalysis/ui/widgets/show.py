"""Results on the screen: figures with a PNG button, tables with a CSV button, and what could not be estimated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from cdanalysis import wording
from cdanalysis.results import Exclusion, NotEstimable
from cdanalysis.ui.report_page.recorder import running
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets import live, printed
from cdanalysis.writing.conventions import convention_note


def figure(spec: Mapping[str, Any] | NotEstimable, name: str, alt: str, **interaction: Any) -> None:
    """A figure, or the sentence that says why there is none; interaction: `linked` and `on_pick` of `live.draw`."""
    if isinstance(spec, NotEstimable):
        not_estimable(spec)
    else:
        live.draw(name, spec, alt, frame.settings(), **interaction)


def table(shown: pd.DataFrame, name: str, *, exported: pd.DataFrame | None = None, footnote: str = "") -> None:
    """A table under its title, with its footnote and the rules its numbers follow; exported: the same unrounded."""
    recorder = running()
    if recorder is not None:
        recorder.keep_table(name, shown, exported)
        return
    notes = footnote, convention_note(name, frame.settings())
    printed.draw(name, shown, numbers=exported, title=wording.table_title(name), notes=notes)


def key_figures(numbers: Sequence[tuple[str, str]]) -> None:
    """The few numbers that a page is read for, in a row: (value, what it is); text of our own."""
    if running() is not None:
        return
    with st.container(key="key-figures", horizontal=True):
        for value, label in numbers:
            st.metric(label, value, width="content")


def not_estimable(result: object) -> bool:
    """Show the reason if the result is one that could not be computed; says whether it was."""
    if isinstance(result, NotEstimable):
        recorder = running()
        if recorder is not None:
            recorder.leave_out(f"not estimable: {result.reason}")
        st.warning(f"Not estimable: {wording.escape_markdown(result.reason)}.", icon=":material/block:")
    return isinstance(result, NotEstimable)


def excluded(exclusions: Sequence[Exclusion], n_analysed: int) -> None:
    """Who is analysed and who is not, by reason."""
    st.caption(wording.excluded_sentence(exclusions, n_analysed))


def cautions(sentences: Sequence[str]) -> None:
    """What a reader must know before believing a number."""
    for sentence in sentences:
        st.caption(f":material/warning: {wording.escape_markdown(sentence)}")
