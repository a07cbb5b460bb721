"""The outcome's widgets: which one is analysed, whether the first of several, and what it is called."""

from __future__ import annotations

import streamlit as st

from cdanalysis.cohort import Cohort
from cdanalysis.settings.as_text.codes import joined, split
from cdanalysis.settings.settings import ROWS
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets.side.markers import select
from cdanalysis.writing.escapes import one_line
from cdanalysis.writing.numbers import sentence

FIRST_OF = "Its event is the first that a patient has; the patients must have a time to each, from one time zero."


def outcome(cohort: Cohort) -> None:
    """Which outcome is analysed, of those that the cohort has."""
    chosen = cohort.outcome_in_use(frame.settings())
    if chosen is None:
        return
    row, options = ROWS["outcome"], {code: _named(one.label) for code, one in cohort.outcomes.items()}
    select(row.label, {**options, chosen.code: _named(chosen.label)}, "setting-outcome", chosen.code, row.help,
           lambda code: None if code == chosen.code else _choose(code))  # fmt: skip


def further(cohort: Cohort) -> None:
    """Other outcomes that count as the same event, and the word for it."""
    chosen = cohort.outcome_in_use(frame.settings())
    if chosen is None:
        return
    first, *added = [chosen.code] if chosen.code in cohort.outcomes else split(chosen.code)
    others = {code: _named(one.label) for code, one in cohort.outcomes.items() if code != first and one.n}
    if others:
        _first_of(first, [code for code in added if code in others], others)
    _noun(chosen.label)


def _first_of(first: str, added: list[str], others: dict[str, str]) -> None:
    key = "outcome-further"
    st.session_state[key] = added
    st.multiselect(
        "Or whichever comes first of",
        list(others),
        key=key,
        format_func=others.__getitem__,
        help=FIRST_OF,
        placeholder="Nothing else",
        on_change=lambda: _choose(joined((first, *st.session_state[key])) if st.session_state[key] else first),
    )


def _noun(label: str) -> None:
    row, key = ROWS["outcome_noun"], "setting-outcome_noun"
    st.session_state[key] = frame.settings().outcome_noun
    st.text_input(
        row.label,
        key=key,
        help=row.help,
        placeholder=label,
        max_chars=row.longest,
        on_change=lambda: frame.change(outcome_noun=st.session_state[key].strip()),
    )


def by_outcome(cohort: Cohort) -> dict[str, str]:
    """Groups by whether the outcome was seen, as an option; none where there is no outcome."""
    chosen = cohort.outcome_in_use(frame.settings())
    return {"relapse": f"{_named(chosen.label)}: no, yes"} if chosen else {}


def _named(label: str) -> str:
    return one_line(sentence(label)[:-1])


def _choose(code: str) -> None:
    """Another outcome; the word for the one before is not its word."""
    frame.change(outcome=code, outcome_noun="")
