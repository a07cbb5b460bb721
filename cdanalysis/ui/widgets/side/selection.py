"""Who is analysed: conditions on any column of the file, with how many patients each leaves as it is set."""

from __future__ import annotations

from math import isclose
from typing import Any

import pandas as pd
import streamlit as st

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes.selection import counts, n_meeting, offered, values_of
from cdanalysis.settings.as_text.conditions import Condition, as_text, from_text
from cdanalysis.settings.settings import ROWS
from cdanalysis.ui.shell import frame
from cdanalysis.writing.escapes import escape_markdown, one_line
from cdanalysis.writing.numbers import count

KEY, CHOSEN = "selection", "selection-columns"


def panel(cohort: Cohort) -> None:
    """The columns that are looked at, and of each the values that count; cohort: every patient of the file."""
    options, conditions = offered(cohort), from_text(frame.settings().patients)
    held = list(dict.fromkeys(one.column for one in conditions if one.column in options))
    asked = [one for one in st.session_state.get(CHOSEN, []) if one in options and one not in held]
    st.session_state[CHOSEN] = [*held, *asked]
    st.multiselect(
        "By which columns", list(options), key=CHOSEN, format_func=lambda one: one_line(options[one]), placeholder="Everybody",
        help=ROWS["patients"].help, on_change=_columns_changed,
    )  # fmt: skip
    for column in st.session_state[CHOSEN]:
        values = values_of(cohort, column)
        if values is not None:
            _of_numbers(column, options[column], values) if pd.api.types.is_numeric_dtype(values) else _of_texts(
                column, options[column], values
            )
    n, total = n_meeting(cohort, conditions), len(cohort.patients)
    st.caption(f"**{n:,} of {count(total, 'patient')}**" + (" meet the conditions." if conditions else "."))


def _of_numbers(column: str, label: str, values: pd.Series) -> None:
    lowest, highest = float(values.min()), float(values.max())
    bounds = {one.sign: one.number for one in _of(column) if one.sign != "="}
    places = st.columns(2)
    for place, (sign, words, end) in zip(places, ((">=", "from", lowest), ("<=", "to", highest)), strict=True):
        key = f"{KEY}-{column}-{sign}"
        st.session_state[key] = bounds.get(sign, end)
        place.number_input(
            escape_markdown(f"{label} {words}"),
            key=key,
            format="%g",
            on_change=_bound_changed,
            args=(column, sign, key, end),
            help=f"{values.notna().sum():,} values from {lowest:g} to {highest:g}; who has none is left out.",
        )


def _of_texts(column: str, label: str, values: pd.Series) -> None:
    n_of, key = counts(values), f"{KEY}-{column}"
    st.session_state[key] = [value for one in _of(column) for value in one.values if value in n_of]
    st.multiselect(
        escape_markdown(label), list(n_of), key=key, format_func=lambda value: f"{one_line(value)} ({n_of[value]:,})",
        placeholder="Any", help="Who has one of these is analysed; none chosen: everybody.", on_change=_values_changed,
        args=(column, key),
    )  # fmt: skip


def _of(column: str) -> list[Condition]:
    return [one for one in from_text(frame.settings().patients) if one.column == column]


def _commit(column: str, sign: str, values: tuple[str, ...]) -> None:
    """The conditions with this one in place of the column's own of that sign; none without a value."""
    others = [one for one in from_text(frame.settings().patients) if (one.column, one.sign) != (column, sign)]
    frame.change(patients=as_text((*others, *([Condition(column, sign, values)] if values else []))))


def _columns_changed() -> None:
    kept = [one for one in from_text(frame.settings().patients) if one.column in st.session_state[CHOSEN]]
    frame.change(patients=as_text(tuple(kept)))


def _bound_changed(column: str, sign: str, key: str, end: float) -> None:
    value: Any = st.session_state[key]
    _commit(column, sign, () if value is None or isclose(value, end) else (f"{value:g}",))


def _values_changed(column: str, key: str) -> None:
    _commit(column, "=", tuple(st.session_state[key]))
