"""The blocks of a section drawn in Streamlit: every page draws what its section yields, and nothing else knows how."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import streamlit as st

from cdanalysis.cohort import Cohort
from cdanalysis.results import Caution, NotEstimable
from cdanalysis.sections import blocks, parts
from cdanalysis.sections.recall import Recall
from cdanalysis.settings import Settings
from cdanalysis.ui.memory.cached import recall
from cdanalysis.ui.memory.long_runs import OPEN_PART
from cdanalysis.ui.report_page import ledger
from cdanalysis.ui.shell import frame
from cdanalysis.ui.shell.menu import SHOWN
from cdanalysis.ui.widgets import show
from cdanalysis.ui.widgets.side import controls, markers
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.sentences import excluded_sentence

Section = Callable[[Cohort, Settings, Recall], Iterable[parts.Block]]
FIELDS_A_ROW = 3
HELP = "Each part is computed when you choose it; choose it again to close it."


def section(of: Section, cohort: Cohort) -> None:
    """The section with the settings in use."""
    draw(of(cohort, frame.settings(), recall))


@st.fragment
def following(of: Section) -> None:
    """A section that runs alone when one of its handles is released; the whole page with another marker under one."""
    if st.session_state[SHOWN] != frame.settings().handles:
        st.rerun()
    section(of, frame.cohort())


def draw(found: Iterable[parts.Block]) -> None:
    """Each block as it comes: what follows may still be computed while the first are seen."""
    for block in found:
        DRAWN[type(block)](block)


def _excluded(block: blocks.Excluded) -> None:
    st.caption(excluded_sentence(block.exclusions, block.n_analysed))


def _caution(block: Caution) -> None:
    st.caption(f":material/warning: {escape_markdown(block)}")


def _side_by_side(block: parts.SideBySide) -> None:
    for place, inside in zip(st.columns(max(len(block.columns), 1), gap="large"), block.columns, strict=False):
        with place:
            draw(inside)


def _tabs(block: parts.Tabs) -> None:
    for place, inside in zip(st.tabs(list(block.by_name)), block.by_name.values(), strict=True):
        with place:
            draw(inside)


def _folded(block: parts.Folded) -> None:
    with st.expander(block.title, icon=f":material/{block.icon}:"):
        draw(block.blocks)


def _control(block: parts.Control) -> None:
    controls.setting(block.setting, block.options or None)


def _choose(block: parts.Choose) -> None:
    draw(_computed(block.blocks(_chosen(block)), block.waiting))


def _chosen(block: parts.Choose) -> Any:
    """The option that the reader chose."""
    if block.setting:
        options, key = {**block.options, **block.more}, f"setting-{block.setting}"
        markers.select(
            block.label, options, key, block.start, block.about, lambda code: frame.change(**{block.setting: code})
        )
        return block.start
    if st.session_state.get(block.id, None) not in (None, *block.options):  # such as a marker under no handle any more
        del st.session_state[block.id]
    first = next(iter(block.options))
    widgets: dict[str, Callable[..., Any]] = {
        "list": st.selectbox,
        "buttons": lambda *args, **more: st.segmented_control(*args, default=first, required=True, **more),
        "circles": lambda *args, **more: st.radio(*args, horizontal=True, **more),
    }
    return widgets[block.looks](
        block.label, list(block.options), key=block.id, format_func=block.options.get, help=block.about
    )


def _dial(block: parts.Dial) -> None:
    value = st.number_input(
        block.label, block.lowest, block.highest, block.start, block.step, "%g", key=block.id, help=block.about
    )
    draw(block.blocks(float(value)))


def _form(block: parts.Form) -> None:
    given = {}
    for first in range(0, len(block.fields), FIELDS_A_ROW):
        row = block.fields[first : first + FIELDS_A_ROW]
        for place, one in zip(st.columns(FIELDS_A_ROW), row, strict=False):
            with place:
                given[one.id] = _field(one, f"{block.id}-{one.id}")
    draw(block.blocks(given))


def _field(one: parts.Field, key: str) -> float:
    label, about = escape_markdown(one.label), escape_markdown(one.about)
    if not one.levels:
        return float(st.number_input(label, value=one.start, step=one.step, format="%g", key=key, help=about))
    if st.session_state.get(key) not in (None, *one.levels):  # of another cohort
        del st.session_state[key]
    places = list(one.levels)
    return st.selectbox(label, places, places.index(one.start), one.levels.__getitem__, key=key, help=about)


def _long_run(block: parts.LongRun) -> None:
    if st.toggle(block.label, key=f"run-{block.pipeline.__name__}", help=block.about):
        draw(block.blocks)
    else:
        st.caption(block.about)


def _look_closer(block: parts.LookCloser) -> None:
    st.header("Look closer")
    by_title = {part.title: part for part in block.parts}
    chosen = st.pills("Look closer", list(by_title), key=block.id, label_visibility="collapsed", help=HELP)
    if chosen in by_title:
        st.session_state[OPEN_PART] = block.id
        st.caption(by_title[chosen].about)
        draw(_computed(by_title[chosen].blocks, by_title[chosen].waiting))


def _computed(found: Iterable[parts.Block], waiting: str) -> Iterable[parts.Block]:
    """Blocks, computed behind a word of patience where one is given."""
    if not waiting:
        return found
    with st.spinner(waiting):
        return tuple(found)


DRAWN: dict[type, Callable[[Any], object]] = {
    blocks.KeyFigures: show.key_figures,
    blocks.Heading: lambda block: st.header(block.text),
    blocks.Sentence: lambda block: st.markdown(block.text),
    blocks.Quote: lambda block: st.markdown(f"> {block.text}"),
    blocks.Note: lambda block: st.caption(block.text),
    blocks.Notice: lambda block: st.info(block.text, icon=":material/info:"),
    Caution: _caution,
    blocks.Excluded: _excluded,
    NotEstimable: show.not_estimable,
    blocks.Figure: show.figure,
    blocks.Table: show.table,
    blocks.Looked: ledger.note,
    parts.SideBySide: _side_by_side,
    parts.Tabs: _tabs,
    parts.Folded: _folded,
    parts.Control: _control,
    parts.Choose: _choose,
    parts.Dial: _dial,
    parts.Form: _form,
    parts.LongRun: _long_run,
    parts.LookCloser: _look_closer,
}
