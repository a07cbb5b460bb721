"""A table as a journal prints it, drawn by a component of ours: selected, copied, read aloud as a table, saved as CSV or XLSX.

A file is made when it is asked for: the component says which one, the page runs again and hands it over, once.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from cdanalysis.report.content import ReportTable
from cdanalysis.report.files.workbook import single
from cdanalysis.ui.shell.components import component
from cdanalysis.writing.tables.csv_file import to_csv_bytes
from cdanalysis.writing.tables.printed import MOST_ROWS, printed

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES: dict[str, tuple[str, Callable[[ReportTable], bytes]]] = {
    "csv": ("text/csv", lambda table: to_csv_bytes(table.frame)),
    "xlsx": (XLSX, lambda table: single(table, datetime.now(UTC))),
}


def draw(
    name: str,
    shown: pd.DataFrame,
    *,
    numbers: pd.DataFrame | None = None,
    title: str = "",
    notes: tuple[str, ...] = (),
    most: int = 0,
) -> None:
    """Draw a table under `name` (its key and file name); its files hold `numbers`, unrounded, where given.

    title, notes: plain text over and under it, copied with it. most: rows that are drawn, 0 for as many as a page can.
    """
    key = f"table-{name}"
    exported = shown if numbers is None else numbers
    asked = st.session_state.pop(f"{key}-asked", None)

    def ask() -> None:
        wanted = st.session_state[key].wanted
        if wanted is not None and wanted["kind"] in FILES:
            st.session_state[f"{key}-asked"] = wanted

    component("cdanalysis_table", ("files.js", "table.js"))(
        data={
            **printed(shown, most or MOST_ROWS),
            "title": title,
            "notes": [note for note in notes if note],
            "name": name,
            "file": None if asked is None else {"ticket": asked["ticket"], **file_of(asked["kind"], name, exported)},
        },
        key=key,
        on_wanted_change=ask,
    )


def file_of(kind: str, name: str, frame: pd.DataFrame) -> dict[str, str]:
    """A file for the browser to save: its content in base64, its kind, its name, which holds the hash of the numbers."""
    mime, make = FILES[kind]
    content = make(ReportTable(name, "", frame))
    stamp = hashlib.sha256(to_csv_bytes(frame)).hexdigest()[:8]
    return {"name": f"{name}-{stamp}.{kind}", "mime": mime, "content": b64encode(content).decode()}
