"""The tables of a page in AppTest: those our component prints beside Streamlit's own, found where Streamlit's are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pandas as pd
from streamlit.testing.v1 import AppTest, local_script_runner

from cdanalysis.ui.widgets.side import sidebar
from cdanalysis.writing.tables.printed import printed

_STREAMLITS = AppTest.dataframe
_STREAMLITS_WAIT = local_script_runner.require_widgets_deltas


def printed_tables(app: AppTest) -> Iterator[SimpleNamespace]:
    """Each as its page shows it, `value` a frame of texts; rows that are set in begin with blanks, as their frame has them."""
    for element in app.get("bidi_component"):
        if element.proto.component_name == "cdanalysis_table":
            shown = json.loads(element.proto.json)
            yield SimpleNamespace(
                value=pd.DataFrame(_rows(shown), columns=shown["names"]), shown=shown, key=element.key
            )


def as_printed(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame in the texts that a page shows of it."""
    return pd.DataFrame(_rows(printed(frame, len(frame))), columns=list(map(str, frame.columns)))


def _rows(shown: dict[str, Any]) -> list[list[str]]:
    return [["    " * row["in"] + row["cells"][0], *row["cells"][1:]] for row in shown["rows"]]


def notes(app: AppTest) -> str:
    """What stands under the printed tables."""
    return " ".join(note for one in printed_tables(app) for note in one.shown["notes"])


def every_table(app: AppTest) -> list[Any]:
    """What `app.dataframe` is in these tests."""
    return [*_STREAMLITS.fget(app), *printed_tables(app)]


def with_open_groups(app: AppTest) -> AppTest:
    """A page whose groups of settings at the side are all open; a closed one sends no widgets."""
    for group in vars(sidebar).values():
        if isinstance(group, sidebar.Group):
            app.session_state[group.key] = True
    return app


def waited(runner: local_script_runner.LocalScriptRunner, timeout: float = 3) -> None:
    """Wait for a page by its thread: Streamlit asks every millisecond whether it has ended, and keeps it from its work."""
    thread = runner._script_thread
    if thread is not None:
        thread.join(timeout)
    if thread is None or thread.is_alive():
        _STREAMLITS_WAIT(runner, 0)


def install() -> None:
    """Let every AppTest find printed tables among its dataframes, and wait for its pages at rest."""
    AppTest.dataframe = property(every_table)
    local_script_runner.require_widgets_deltas = waited
