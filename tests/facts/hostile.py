"""A cohort whose every word is hostile - headers, categories, ids, terms, steps - and what a page sends of it to the browser."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import streamlit as st
from corpus.builders import workbook
from page_tables import with_open_groups
from python_calamine import CalamineWorkbook
from streamlit.testing.v1 import AppTest

import cdanalysis as cd
from cdanalysis.demo import WORKBOOK
from cdanalysis.reading import Cohort, open_file
from cdanalysis.settings import Settings
from cdanalysis.settings.as_text.codes import joined, quoted
from cdanalysis.ui.cohort_page import upload
from cdanalysis.ui.widgets import live, printed

ROOT = Path(__file__).parents[2]
ADDRESS = "http://127.0.0.1:9"
MARK = "CANARY"  # in every word, so that a test can say that the words were there
STYLE = f'<span style="background:url({ADDRESS}/s)">{MARK}</span>'
LINK = f'<a href="{ADDRESS}/a">{MARK}</a>'
SCRIPT = f"<script>{MARK}</script>"
IMAGE = f"![{MARK}]({ADDRESS}/i.png)"
FILE_NAME = "<script>a.xlsx"
WORDS = (STYLE, LINK, SCRIPT, IMAGE)
FORMULA = f'=HYPERLINK("{ADDRESS}/f";"{MARK}")'
FORMULAS = (FORMULA, f"@SUM({MARK})", f"+1;=cmd|{MARK}", f"\ufeff={MARK}", f"\u3000-{MARK}")

# What a reader opens, so that every figure of every page is drawn once: the page, what is open, the settings beside.
_OPEN_MODEL = {"check-model": True}
VIEWS: tuple[tuple[str, dict[str, Any], dict[str, str]], ...] = (
    ("app.py", {}, {}),
    ("pages/reading.py", {}, {}),
    ("pages/baseline.py", {}, {"baseline_group": STYLE}),
    ("pages/induction.py", {}, {}),
    ("pages/survival.py", {}, {"survival_group": STYLE}),
    *(("pages/survival.py", {"look-closer": view}, {"survival_group": LINK})
      for view in ("Competing risks", "Time zero", "Relapse between visits", "R beside SPSS")),
    ("pages/predictors.py", {"open-subgroups": True, "open-missing": True, "impute": True}, {"handles": joined((SCRIPT, "tgn"))}),
    *(("pages/predictors.py", {**_OPEN_MODEL, "check-section": section}, {})
      for section in ("Few events", "Proportional hazards", "Continuous or cut", "Robustness")),
    *(("pages/cutoffs.py", {"landscape-view": view}, {"scan_adjust": joined((STYLE,)), "scan_marker": SCRIPT})
      for view in ("surface", "stability", "three", "table")),
    ("pages/prognosis.py", {}, {"prognostic_candidates": joined((STYLE, SCRIPT, IMAGE))}),
    ("pages/multiverse.py", {"run-multiverse": True}, {"multiverse_axes": "model"}),
    ("pages/endoscopy.py", {}, {}),
    ("pages/safety.py", {}, {"survival_group": FORMULA}),
    ("pages/survival.py", {"look-closer": None}, {"survival_group": FORMULA}),
    ("pages/reproduction.py", {}, {"published_ratios": f"{quoted(STYLE)}=1.5 0.9 2.5"}),
    ("pages/report.py", {"write-text": True}, {"baseline_group": FORMULA}),
)  # fmt: skip
# Under the headers STYLE and LINK are categories, under SCRIPT numbers, under IMAGE yes and no, under FORMULA formulas.
CHOSEN = {"candidates": joined(("crp", "tgn", *WORDS)), "screening_p": 1.0}


def hostile_workbook() -> bytes:
    """The bundled cohort with its words exchanged: a file of every sheet that every page can show."""
    book = CalamineWorkbook.from_path(str(WORKBOOK))
    sheets = {name: _rows(book, name) for name in book.sheet_names if name != "about"}
    header, *patients = sheets["patients"]
    levels = (
        [f"{STYLE}0", f"{LINK}1"],
        [f"{SCRIPT}0", f"{IMAGE}1", f"{STYLE}2"],
        [3.5, 4, 5.25, 6],
        ["yes", "no"],
        FORMULAS,
    )
    further = [[cells[i * (3 + j) % 11 % len(cells)] for j, cells in enumerate(levels)] for i in range(len(patients))]
    sheets["patients"] = [
        [*header, *WORDS, FORMULA],
        *(row + extra for row, extra in zip(patients, further, strict=True)),
    ]
    for sheet, column in (("adverse_events", "term"), ("screening", "step")):
        place = sheets[sheet][0].index(column)
        for number, row in enumerate(sheets[sheet][1:]):
            row[place] = f"{WORDS[number % 4]}{row[place]}"
    return workbook(sheets)


@cache
def hostile_cohort() -> Cohort:
    """The cohort of that file, called by its reader as the file is."""
    return cd.read_cohort(hostile_workbook(), file_name=FILE_NAME).called(FILE_NAME)


@dataclass(frozen=True)
class Shown:
    """A view: what Streamlit would take for Markdown, what draws figures was sent, and what the reader may save."""

    view: str
    texts: list[tuple[str, str]]
    figures: list[dict[str, Any]]
    files: list[tuple[str, bytes]]
    tables: list[pd.DataFrame]


@cache
def shown() -> tuple[Shown, ...]:
    """Every view of every page with the hostile cohort, in one session."""
    app = with_open_groups(AppTest.from_file(str(ROOT / "app.py"), default_timeout=300))
    content = hostile_workbook()
    opened = open_file(content, file_name=FILE_NAME)
    app.session_state["cohort"] = hostile_cohort()
    app.session_state[upload.FILE] = upload.File(  # as if just uploaded
        FILE_NAME, content, opened.look, opened.study, opened.questions, False, 0
    )
    with pytest.MonkeyPatch.context() as patch:
        drawn: list[dict[str, Any]] = []
        drawing = live._drawing
        patch.setattr(live, "_drawing", lambda *given: drawn.append(drawing(*given)) or drawn[-1])
        keep = live._keep
        patch.setattr(live, "_keep", lambda name, curves: (
            drawn.append({"figure": {"layout": {}}, "live": dict(curves.of)}), keep(name, curves)
        ))  # fmt: skip
        files: list[tuple[str, bytes]] = []
        button = st.download_button

        def keeping(label: str, data: Any, file_name: str, *rest: Any, **named: Any) -> bool:
            files.append((file_name, data.encode() if isinstance(data, str) else data() if callable(data) else data))
            return button(label, data, file_name, *rest, **named)

        patch.setattr(st, "download_button", keeping)
        printing = printed.draw

        def printed_and_saved(name: str, shown: pd.DataFrame, **named: Any) -> None:
            numbers = named.get("numbers")
            made = printed.file_of("csv", name, shown if numbers is None else numbers)
            files.append((made["name"], b64decode(made["content"])))
            printing(name, shown, **named)

        patch.setattr(printed, "draw", printed_and_saved)
        return tuple(_shown(app, view, drawn, files) for view in VIEWS)


def _shown(
    app: AppTest,
    view: tuple[str, dict[str, Any], dict[str, str]],
    drawn: list[dict[str, Any]],
    files: list[tuple[str, bytes]],
) -> Shown:
    page, state, chosen = view
    drawn.clear()
    files.clear()
    for name, value in {**state, "settings": Settings(**CHOSEN, **chosen)}.items():
        app.session_state[name] = value
    app.switch_page(page).run()
    name = " ".join([page, *map(str, state.values())])
    assert not app.exception, name
    figures = [{"figure": one["figure"], "live": one["live"]} for one in drawn]
    return Shown(name, list(markdown_of(app)), figures, list(files), [one.value for one in app.dataframe])


def strings(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a figure, with its place."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield path, str(name)
            yield from strings(inner, f"{path}.{name}")
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner, path)


# Fields of Streamlit's messages whose text its page shows letter by letter, or never shows.
PLAIN = {
    "id", "url", "data", "js_content", "css_content", "html_content", "component_name", "placeholder", "form_id", "options",
    "default", "value", "raw_value", "raw_values", "columns", "page_script_hash", "mixed_data", "json", "filename",
}  # fmt: skip
MARKDOWN_OPTIONS = {"Radio", "ButtonGroup"}


def markdown_of(app: AppTest) -> Iterator[tuple[str, str]]:
    """Every text of a page that Streamlit takes for Markdown, with its place."""
    for node in _nodes(app._tree):
        proto = getattr(node, "proto", None)
        if hasattr(proto, "ListFields"):
            yield from _fields(proto, type(proto).__name__)


def _fields(message: Any, path: str) -> Iterator[tuple[str, str]]:
    for field, value in message.ListFields():
        if field.name in PLAIN and not (field.name == "options" and path in MARKDOWN_OPTIONS):
            continue
        for one in value if getattr(field, "is_repeated", isinstance(value, list | tuple)) else [value]:
            if isinstance(one, str):
                yield f"{path}.{field.name}", one
            elif hasattr(one, "ListFields"):
                yield from _fields(one, f"{path}.{field.name}")


def _nodes(block: Any) -> Iterator[Any]:
    for node in block.children.values():
        yield node
        if hasattr(node, "children"):
            yield from _nodes(node)


def _rows(book: CalamineWorkbook, name: str) -> list[list[Any]]:
    return [[None if cell == "" else cell for cell in row] for row in book.get_sheet_by_name(name).to_python()]


# Our own markup: nothing in it loads or leads anywhere.
OWN_TAGS = re.compile(r"</?(?:b|i|br|sub|sup|extra)>|<span style=\"color:#[0-9A-Fa-f]{6}\">|</span>")


def tags_in(text: str) -> bool:
    """Whether plotly would find a tag with something in it, TeX or half an entity in a text."""
    rest = OWN_TAGS.sub("", text)
    return bool(re.search(r"<(?=[a-z/!])|&(?!amp;|lt;|gt;|#36;|#123;)|\$", rest, re.IGNORECASE))


def markdown_in(text: str) -> bool:
    """Whether Markdown would find an image, a link or a tag of the file in a text."""
    return bool(re.search(rf"(?<!\\)!\[{MARK}|(?<!\\)\]\({ADDRESS}|(?<!\\)<(?:span|a|script)|{ADDRESS}", text))
