"""The widgets of the disease index: which one, and the bounds of its definitions in its points."""

from __future__ import annotations

import streamlit as st

from cdanalysis.cohort import Cohort
from cdanalysis.settings.settings import ROWS
from cdanalysis.ui.shell import frame
from cdanalysis.writing.escapes import escape_markdown


def index(cohort: Cohort) -> None:
    """Which index, where the cohort has several; each begins with its own definitions."""
    if len(cohort.indices) < 2:
        return
    row, key, first = ROWS["index"], "setting-index", cohort.indices[0]
    st.session_state[key] = frame.settings().index_row.code

    def chosen() -> None:
        code = st.session_state[key]
        frame.replace_all(frame.settings().with_index("" if code == first else code))

    st.selectbox(
        row.label, cohort.indices, key=key, format_func=row.choices.__getitem__, help=row.help, on_change=chosen
    )


def bound(name: str) -> None:
    """The widget of a bound in the points of the index in use, and what else was published for it."""
    row, key, index = ROWS[name], f"setting-{name}", frame.settings().index_row
    value, lowest, highest = frame.settings().bounds_of(name)
    st.session_state[key] = value
    st.number_input(
        row.label.replace("points", f"{index.label} {index.unit}"), lowest, highest, step=index.step, key=key, format="%g",
        help=row.help,
        on_change=lambda: frame.change(**{name: frame.settings().kept_bound(name, st.session_state[key])}),
    )  # fmt: skip
    preset = {"remission_below_points": index.remission, "response_fall_points": index.response}.get(name)
    if preset is not None and preset.others:
        told = "; ".join(one.source for one in (preset, *preset.others))
        st.caption(f"Published: {escape_markdown(told)}.")
