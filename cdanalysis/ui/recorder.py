"""While the bundle is made the pages run unseen: their figures and tables are kept here instead of being drawn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import streamlit as st

KEY = "recorder"


@dataclass(frozen=True, eq=False)
class RecordedFigure:
    """A figure as its page would draw it; live: the answers of a cut-off handle, None for a figure that does not move."""

    name: str
    spec: Any
    alt: str
    live: Any = None


@dataclass(frozen=True, eq=False)
class RecordedTable:
    """A table as its page shows it; numbers: the same unrounded, None where the page has none."""

    name: str
    shown: pd.DataFrame
    numbers: pd.DataFrame | None = None


@dataclass
class Recorder:
    """What the pages have shown so far, each name once; ending is added to the tables' names of the page that runs."""

    figures: dict[str, RecordedFigure] = field(default_factory=dict)
    tables: dict[str, RecordedTable] = field(default_factory=dict)
    ending: str = ""

    def keep_figure(self, name: str, spec: Any, alt: str, live: Any) -> None:
        """A figure that is already kept stays as it is: two pages may show the same one."""
        self.figures.setdefault(name, RecordedFigure(name, spec, alt, live))

    def keep_table(self, name: str, shown: pd.DataFrame, numbers: pd.DataFrame | None) -> None:
        """As `keep_figure`."""
        whole = f"{name}{self.ending}"
        self.tables.setdefault(whole, RecordedTable(whole, shown, numbers))


def running() -> Recorder | None:
    """The recorder of a page that runs unseen; None when pages are shown."""
    return st.session_state.get(KEY)


@contextmanager
def recording(recorder: Recorder, ending: str = "") -> Iterator[None]:
    """What is shown inside is kept, not drawn."""
    recorder.ending = ending
    st.session_state[KEY] = recorder
    try:
        yield
    finally:
        st.session_state.pop(KEY, None)  # a run that was stopped may have left nothing
