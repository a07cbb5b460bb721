"""What the pages need and no header gives is asked for: the identifier, the outcome and the markers of a flat table."""

from __future__ import annotations

import streamlit as st

from cdanalysis.dictionary.markers import HANDLES
from cdanalysis.dictionary.markers import MARKERS as KNOWN
from cdanalysis.dictionary.outcomes import parted_column
from cdanalysis.reading import FileLook
from cdanalysis.reading.headers.matching import NOT_MATCHED
from cdanalysis.reading.headers.understanding import ColumnLook
from cdanalysis.writing.escapes import one_line

OUTCOME, MARKERS = ("relapse_months", "relapse_event"), tuple(KNOWN[code].column for code in HANDLES)
# The columns by what their cells may be; nothing named: anything that can tell patients apart.
NEEDED: dict[str, tuple[str, ...]] = {
    "patient_id": (), "relapse_months": ("numbers", "dates"), "relapse_event": ("yes or no",),
    **dict.fromkeys(MARKERS, ("numbers",)),
}  # fmt: skip
LABELS = {
    "patient_id": "Patient identifier", "relapse_months": "Time to relapse or to the end of follow-up",
    "relapse_event": "Whether the patient relapsed",
    **{KNOWN[code].column: f"{KNOWN[code].name} ({KNOWN[code].label})" for code in HANDLES},
}  # fmt: skip


def are_missing(look: FileLook) -> list[str]:
    """The columns to ask for: of a flat table without an identifier, an outcome or a marker, where a header is left for it."""
    rows = look.matching.rows
    found = {row.column for row in rows} | {name for row in rows for name in row.choices}
    roles = {role for row in rows for code, role in [parted_column(row.column)] if code}
    followed = {"event", "months"} <= roles or "date" in roles or _has_visits(look)
    if not look.flat or ("patient_id" in found and followed and found & set(MARKERS)):
        return []
    return [name for name in NEEDED if name not in found | (set(OUTCOME) if followed else set()) and _free(look, name)]


def ask(look: FileLook, turn: str) -> None:
    """A list of the headers that may be it for each column, two side by side."""
    missing = are_missing(look)
    for first in range(0, len(missing), 2):
        for name, place in zip(missing[first : first + 2], st.columns(2), strict=False):
            with place:
                _ask_one(name, _free(look, name), f"needed-{turn}-{name}")


def _ask_one(name: str, free: dict[int, ColumnLook], key: str) -> None:
    st.selectbox(
        f"{LABELS[name]}: which column is it?", list(free), index=None, key=key, placeholder="None of these",
        format_func=lambda place: one_line(free[place].match.header),
    )  # fmt: skip


def answers(look: FileLook, turn: str) -> dict[int, tuple[str, str, float | None]]:
    """What was answered, in the unit that the header or the cells say, as choices of `corrected`."""
    choices: dict[int, tuple[str, str, float | None]] = {}
    for name in are_missing(look):
        place = st.session_state.get(f"needed-{turn}-{name}")
        if place is not None:
            choices[place] = name, "", None
    return choices


def _has_visits(look: FileLook) -> bool:
    rows = look.matching.rows
    return any(
        row.column in ("week", "visit_date") or (row.column == "cdai_points" and row.week is not None) for row in rows
    )


def _free(look: FileLook, name: str) -> dict[int, ColumnLook]:
    """The columns that nothing was found for and whose cells fit, by their place."""
    looks = enumerate(one for columns in look.columns.values() for one in columns)
    fitting = NEEDED[name]
    return {
        place: one for place, one in looks
        if one.match.how == NOT_MATCHED and one.match.header
        and (one.holds in fitting if fitting else one.holds not in ("empty", "one value", "yes or no"))
    }  # fmt: skip
