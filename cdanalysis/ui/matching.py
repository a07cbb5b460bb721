"""How each column was understood, and its correction: questions first, then a table a sheet, then the file is read again."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import pandas as pd
import streamlit as st

from cdanalysis import tables, wording
from cdanalysis.columns import COLUMNS
from cdanalysis.errors import CohortError
from cdanalysis.reading import Cohort, FileLook, Matching
from cdanalysis.reading.corrections import (
    FURTHER,
    LEAVE_OUT,
    choice_of,
    corrected,
    from_json,
    to_json,
    units_of_choice,
)
from cdanalysis.reading.matching import DECIDE, MatchRow, specs_of
from cdanalysis.tables.matching import COLUMN, EDITED, UNIT, WEEK, columns_to_correct
from cdanalysis.ui import show, upload

NO_SHEET = "(not used)"
MOST_QUESTIONS = 12


def of_refused() -> None:
    """The matching of a file that was refused, right under the refusal: its columns can be named here."""
    file = upload.file()
    if file is not None and file.refused and file.look is not None:
        st.subheader("Say what its columns are")
        _editor(file, file.look)


def of_cohort(cohort: Cohort) -> None:
    """How each column of the cohort in use was understood, to be corrected if its file is in the session."""
    file = upload.file()
    own = file is not None and not file.refused and file.look is not None
    undecided = own and any(row.how == DECIDE for row in file.look.matching)
    if undecided:
        st.warning("Some columns could be two things. Decide which, below.", icon=":material/help:")
    with st.expander("How each column was understood", icon=":material/rule:", expanded=own):
        if own:
            _editor(file, file.look)
        else:
            show.table(tables.matching_table(cohort.matching), "matching")


def _editor(file: upload.File, look: FileLook) -> None:
    """Questions, tables, the button that reads the file again, and the matching as a small file."""
    turn = f"{file.turn}-{file.name}"
    _questions(look, turn)
    if not look.flat or len(look.sheets) > 1:
        _sheets(look, turn)
    for sheet, looks in look.columns.items():
        if not look.flat:
            st.markdown(f"**{sheet.replace('_', ' ')}**")
        _table(sheet, columns_to_correct(looks, [choice_of(one.match) for one in looks]), look.flat, turn)
    st.caption("Change what a column is understood as, or its unit, and read the file again.")
    st.button("Read the file again", type="primary", icon=":material/refresh:", on_click=_apply, args=(look, turn))
    _saved(look)


def _questions(look: FileLook, turn: str) -> None:
    """Two headers that fit one column, and a header that fits two, are asked about; no answer leaves them unmatched."""
    rows = look.matching.rows
    for number, places in enumerate(_undecided(look)[:MOST_QUESTIONS]):
        first = rows[places[0]]
        answers = {place: rows[place].header for place in places} if len(places) > 1 else dict(enumerate(first.choices))
        subject = first.choices[0] if len(places) > 1 else first.header
        st.selectbox(
            f"**{wording.escape_markdown(subject)}**: {wording.escape_markdown(first.note)}. Which is it?",
            list(answers), index=None, key=f"decide-{turn}-{number}", placeholder="Not decided: kept as a further column",
            format_func=lambda answer, answers=answers: wording.one_line(answers[answer]),
        )  # fmt: skip


def _undecided(look: FileLook) -> list[list[int]]:
    """The places of the rows of each question: all headers that fit one column, or the one that fits several."""
    questions: dict[object, list[int]] = {}
    for place, row in enumerate(look.matching.rows):
        if row.how == DECIDE:
            key = (row.sheet, row.choices[0]) if len(row.choices) == 1 else place
            questions.setdefault(key, []).append(place)
    return list(questions.values())


def _answers(look: FileLook, turn: str) -> dict[int, tuple[str, str, float | None]]:
    """What was answered, as choices of `corrected`."""
    choices: dict[int, tuple[str, str, float | None]] = {}
    for number, places in enumerate(_undecided(look)):
        answer = st.session_state.get(f"decide-{turn}-{number}")
        if answer is not None:
            row = look.matching.rows[places[0]]
            place, column = (answer, row.choices[0]) if len(places) > 1 else (places[0], row.choices[answer])
            choices[place] = column, "", None
    return choices


def _sheets(look: FileLook, turn: str) -> None:
    """Which sheet of the dictionary each sheet of the file is."""
    options = ["", *COLUMNS]
    for column, (place, one) in zip(_columns(len(look.sheets)), enumerate(look.sheets), strict=True):
        with column:
            st.selectbox(
                f"Sheet {wording.escape_markdown(wording.shorten(one.name, 31))}", options,
                index=options.index(one.sheet), key=f"sheet-{turn}-{place}", help=wording.escape_markdown(one.note) or None,
                format_func=lambda sheet: sheet.replace("_", " ") or NO_SHEET,
            )  # fmt: skip


def _columns(n: int) -> list[Any]:
    """A cell of a grid four wide for each of n."""
    return [cell for _ in range(0, n, 4) for cell in st.columns(4)][:n]


def _table(sheet: str, frame: pd.DataFrame, flat: bool, turn: str) -> None:
    names = [spec.name for spec in specs_of(sheet, flat=flat)]
    config = {
        COLUMN: st.column_config.SelectboxColumn(options=[*names, FURTHER, LEAVE_OUT], required=True, width="medium"),
        UNIT: st.column_config.SelectboxColumn(options=list(units_of_choice()), help="Empty: the dictionary's unit."),
        WEEK: st.column_config.NumberColumn(min_value=0, max_value=2600, help="Of a visit in a column of its own."),
    }
    shown = frame if flat else frame.drop(columns=WEEK)
    st.data_editor(
        shown, key=f"matching-{turn}-{sheet}", hide_index=True, width="stretch", num_rows="fixed",
        disabled=[name for name in shown if name not in EDITED], column_config=config,
    )  # fmt: skip


def _saved(look: FileLook) -> None:
    """The matching out of the session and back into it; it holds headers, nothing of a patient."""
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        content = to_json(look.matching)
        name = f"matching-{sha256(content.encode()).hexdigest()[:8]}.json"
        st.download_button(
            "Save this matching", content, name, "application/json", on_click="ignore",
            help="A small file of headers and columns, for the next export of the same database.",
        )  # fmt: skip
    with right:
        st.file_uploader("Use a saved matching", type=["json"], key="saved-matching", on_change=_restore)


def _restore() -> None:
    saved = st.session_state.get("saved-matching")
    if saved is None:
        return
    try:
        upload.read_again(from_json(saved.getvalue()))
    except CohortError as refusal:
        upload.refuse(str(refusal))


def _apply(look: FileLook, turn: str) -> None:
    """Collect what was changed and read the file again."""
    try:
        upload.read_again(_corrected(look, turn))
    except CohortError as refusal:
        upload.refuse(str(refusal))


def _corrected(look: FileLook, turn: str) -> Matching:
    choices, first = _answers(look, turn), 0
    for sheet, looks in look.columns.items():
        edited = st.session_state.get(f"matching-{turn}-{sheet}", {}).get("edited_rows", {})
        for place, changes in edited.items():
            choices[first + int(place)] = _edited(looks[int(place)].match, changes)
        first += len(looks)
    sheets = {
        one.name: st.session_state[f"sheet-{turn}-{place}"] for place, one in enumerate(look.sheets)
        if st.session_state.get(f"sheet-{turn}-{place}", one.sheet) != one.sheet
    }  # fmt: skip
    return corrected(look.matching, choices, sheets)


def _edited(row: MatchRow, changes: Mapping[str, Any]) -> tuple[str, str, float | None]:
    """Column, unit and week of a line; another column starts without the unit of the one before."""
    column = changes.get(COLUMN, choice_of(row))
    unit = changes.get(UNIT, "" if COLUMN in changes else row.unit) or ""
    return column, unit, None if column in (FURTHER, LEAVE_OUT) else changes.get(WEEK, row.week)
