"""How each column was understood, and its correction: questions first, then a table a sheet, then the file is read again."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pandas as pd
import streamlit as st

from cdanalysis.dictionary.columns import COLUMNS
from cdanalysis.dictionary.outcomes import parted_column
from cdanalysis.errors import CohortError
from cdanalysis.reading import Cohort, FileLook, Matching, Study
from cdanalysis.reading.headers.corrections import (
    FURTHER,
    LEAVE_OUT,
    choice_of,
    corrected,
    units_of_choice,
)
from cdanalysis.reading.headers.matching import MatchRow, specs_of
from cdanalysis.sections.flow.section import understood
from cdanalysis.settings import Settings
from cdanalysis.ui.cohort_page import questions, upload
from cdanalysis.ui.shell import frame
from cdanalysis.ui.shell.components import save_button
from cdanalysis.ui.widgets import render
from cdanalysis.writing.escapes import escape_markdown, shorten
from cdanalysis.writing.tables.matching import COLUMN, EDITED, UNIT, WEEK, columns_to_correct

NO_SHEET = "(not used)"


def open_questions() -> None:
    """Right under the upload: what its file leaves open, and the button that reads it with the answers."""
    file = upload.file()
    if file is None or file.look is None or not (questions.are_open(file) or file.answered):
        return
    turn = _turn(file)
    with st.form("answers"):  # the page runs once for all answers
        st.markdown(questions.title(file))
        questions.ask(file, turn)
        st.form_submit_button("Read the file with these answers", type="primary", icon=":material/refresh:",
                              on_click=_apply, args=(file, file.look, turn))  # fmt: skip


def of_refused() -> None:
    """The matching of a file that was refused: its columns can be named here."""
    file = upload.file()
    if file is not None and file.refused and file.look is not None:
        st.header("Say what its columns are")
        _editor(file, file.look)


def of_cohort(cohort: Cohort) -> None:
    """How each column of the cohort in use was understood, to be corrected if its file is in the session."""
    file = upload.file()
    if file is None or file.refused or file.look is None:
        render.draw(understood(cohort))
        return
    with st.expander("How each column was understood", icon=":material/rule:", expanded=True):
        _editor(file, file.look)


def _turn(file: upload.File) -> str:
    """Tells the questions and corrections of one reading from those of the next."""
    return f"{file.turn}-{file.name}"


def _editor(file: upload.File, look: FileLook) -> None:
    """The tables, the button that reads the file again, and the matching as a small file."""
    turn = _turn(file)
    if not look.flat or len(look.sheets) > 1:
        _sheets(look, turn)
    for sheet, looks in look.columns.items():
        if not look.flat:
            st.markdown(f"**{sheet.replace('_', ' ')}**")
        _table(sheet, columns_to_correct(looks, [choice_of(one.match) for one in looks]), look.flat, turn)
    st.caption("Change what a column is understood as, or its unit, and read the file again.")
    st.button(
        "Read the file again", type="primary", icon=":material/refresh:", on_click=_apply, args=(file, look, turn)
    )
    study_file(file)


def _sheets(look: FileLook, turn: str) -> None:
    """Which sheet of the dictionary each sheet of the file is."""
    options = ["", *COLUMNS]
    for column, (place, one) in zip(_columns(len(look.sheets)), enumerate(look.sheets), strict=True):
        with column:
            st.selectbox(
                f"Sheet {escape_markdown(shorten(one.name, 31))}",
                options,
                index=options.index(one.sheet),
                key=f"sheet-{turn}-{place}",
                help=escape_markdown(one.note) or None,
                format_func=lambda sheet: sheet.replace("_", " ") or NO_SHEET,
            )


def _columns(n: int) -> list[Any]:
    """A cell of a grid four wide for each of n."""
    return [cell for _ in range(0, n, 4) for cell in st.columns(4)][:n]


def _table(sheet: str, frame: pd.DataFrame, flat: bool, turn: str) -> None:
    names = list(dict.fromkeys([*(spec.name for spec in specs_of(sheet, flat=flat)), *_of_outcomes(frame[COLUMN])]))
    config = {
        COLUMN: st.column_config.SelectboxColumn(options=[*names, FURTHER, LEAVE_OUT], required=True, width="medium"),
        UNIT: st.column_config.SelectboxColumn(
            options=list(units_of_choice()), help="Empty: as the header says. Of dates: what comes first."
        ),
        WEEK: st.column_config.NumberColumn(min_value=0, max_value=2600, help="Of a visit in a column of its own."),
    }
    shown = frame if flat else frame.drop(columns=WEEK)
    st.data_editor(
        shown, key=f"matching-{turn}-{sheet}", hide_index=True, width="stretch", num_rows="fixed", placeholder="",
        disabled=[str(name) for name in shown if name not in EDITED], column_config=config,
    )  # fmt: skip


def _of_outcomes(columns: Iterable[str]) -> list[str]:
    """The columns of outcomes that the file names itself."""
    return [name for name in columns if parted_column(name)[0]]


def study_file(file: upload.File) -> None:
    """The study out of the session and back into it; it holds headers and answers, nothing of a patient."""
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        content = file.study.chosen(frame.settings().to_query()).to_json()
        name = f"study-{sha256(content.encode()).hexdigest()[:8]}.json"
        about = "A small file of headers, columns, answers and settings, for the next export of the same database."
        save_button("Save as a study file", content, name, icon=None, help=about)
    with right:
        st.file_uploader(
            "Use a study file or a saved matching", type=["json"], key="saved-matching", on_change=_restore
        )


def _restore() -> None:
    saved = st.session_state.get("saved-matching")
    if saved is None:
        return
    file = upload.file()
    try:
        study = Study.from_json(saved.getvalue())
        if file is not None and study.matching is not None and study.matching.text is None:
            study = replace(study, matching=replace(study.matching, text=file.form))
        upload.read_again(study)
        if study.choices:
            frame.replace_all(Settings.from_query(dict(study.choices), "study file")[0])
    except CohortError as refusal:
        upload.refuse(str(refusal))


def _apply(file: upload.File, look: FileLook, turn: str) -> None:
    """Collect what was changed and read the file again."""
    try:
        told = replace(file.study, matching=_corrected(look, turn))
        upload.read_again(told.answered(questions.answers(file, turn)))
    except CohortError as refusal:
        upload.refuse(str(refusal))


def _corrected(look: FileLook, turn: str) -> Matching:
    choices: dict[int, tuple[str, str, float | None]] = {}
    first = 0
    for sheet, looks in look.columns.items():
        edited = st.session_state.get(f"matching-{turn}-{sheet}", {}).get("edited_rows", {})
        for place, changes in edited.items():
            choices[first + int(place)] = _edited(looks[int(place)].match, changes)
        first += len(looks)
    sheets = {
        one.name: st.session_state[f"sheet-{turn}-{place}"]
        for place, one in enumerate(look.sheets)
        if st.session_state.get(f"sheet-{turn}-{place}", one.sheet) != one.sheet
    }
    return corrected(look.matching, choices, sheets)


def _edited(row: MatchRow, changes: Mapping[str, Any]) -> tuple[str, str, float | None]:
    """Column, unit and week of a line; another column starts without the unit of the one before."""
    column = changes.get(COLUMN, choice_of(row))
    unit = changes.get(UNIT, "" if COLUMN in changes else row.unit) or ""
    return column, unit, None if column in (FURTHER, LEAVE_OUT) else changes.get(WEEK, row.week)
