"""While the bundle is made the pages run unseen: their figures and tables are kept here instead of being drawn."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import streamlit as st

KEY = "recorder"


@dataclass(frozen=True, eq=False)
class RecordedFigure:
    """A figure as its page would draw it; live: the answers of a cut-off handle, None for a figure that does not move.

    further: one of several that a reader chooses from, and not the one shown first.
    """

    name: str
    spec: Any
    alt: str
    live: Any = None
    further: bool = False


@dataclass(frozen=True, eq=False)
class RecordedTable:
    """A table as its page shows it; numbers: the same unrounded, None where the page has none.

    kind: its name before what it is of, where it is one of several that a reader chooses from; of: that, in words.
    """

    name: str
    shown: pd.DataFrame
    numbers: pd.DataFrame | None = None
    kind: str = ""
    of: str = ""


@dataclass
class Recorder:
    """What the pages have shown so far, each name once; with_slow: parts that take long were asked for.

    once: parts that need no second run. page: what is added to the names of the page that runs; where: the page and the part
    in words; chosen: file word, words and place of what a part is shown for; done: the parts of a page that were begun;
    progress: told of them.
    """

    with_slow: bool = False
    figures: dict[str, RecordedFigure] = field(default_factory=dict)
    tables: dict[str, RecordedTable] = field(default_factory=dict)
    left_out: dict[str, None] = field(default_factory=dict)
    once: set[Any] = field(default_factory=set)
    page: str = ""
    where: str = ""
    chosen: tuple[str, str, int] = ("", "", 0)
    done: int = 0
    progress: Callable[[str, float], None] = lambda *_: None

    def keep_figure(self, name: str, spec: Any, alt: str, live: Any) -> None:
        """A figure that is already kept stays as it is: two pages may show the same one."""
        word, _, place = self.chosen
        whole = _ended(_ended(name, self.page), word)
        self.figures.setdefault(whole, RecordedFigure(whole, spec, alt, live, further=place > 0))

    def keep_table(self, name: str, shown: pd.DataFrame, numbers: pd.DataFrame | None) -> None:
        """As `keep_figure`."""
        word, of, _ = self.chosen
        kind = _ended(name, self.page)
        whole = _ended(kind, word)
        self.tables.setdefault(whole, RecordedTable(whole, shown, numbers, kind.removesuffix(f"-{word}"), of))

    def leave_out(self, why: str, what: str = "") -> None:
        """Say once why something of the part that runs is not kept; what: which piece of it."""
        self.left_out[f"{', '.join(filter(None, (self.where, self.chosen[1], what)))}: {why}."] = None

    def within(self, share: float) -> None:
        """Tell how far the part that runs has come, 0 to 1."""
        self.progress(self.where, self.done + share)

    @contextmanager
    def part(self, title: str, *, once: bool) -> Iterator[None]:
        """What is kept inside is of a page's part; once: it is the same whatever the page is run for."""
        before = self.page, self.where
        self.done += 1
        self.page, self.where = "" if once else self.page, f"{self.where}, {title}"
        self.within(0)
        try:
            yield
        finally:
            self.page, self.where = before

    @contextmanager
    def of(self, word: str, words: str, place: int) -> Iterator[None]:
        """What is kept inside is shown for one of several choices."""
        self.chosen = word, words, place
        try:
            yield
        finally:
            self.chosen = "", "", 0


def running() -> Recorder | None:
    """The recorder of a page that runs unseen; None when pages are shown."""
    return st.session_state.get(KEY)


@contextmanager
def recording(recorder: Recorder, where: str, ending: str = "") -> Iterator[None]:
    """What is shown inside is kept, not drawn; ending is added to the names."""
    recorder.where, recorder.page, recorder.done = where, ending, 0
    st.session_state[KEY] = recorder
    try:
        yield
    finally:
        st.session_state.pop(KEY, None)  # a run that was stopped may have left nothing


def file_words(labels: list[str]) -> list[str]:
    """A short word for each label that a file name can hold, none twice: lower-case letters, digits, hyphens."""
    words = [re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-")[:24].strip("-") for label in labels]
    return [
        word if word and words.count(word) == 1 else "-".join(filter(None, (word, str(place))))
        for place, word in enumerate(words, 1)
    ]


def _ended(name: str, ending: str) -> str:
    """A name with an ending, which it may have already."""
    return name if not ending or name.endswith(f"-{ending}") else f"{name}-{ending}"
