"""What every page opens with: title, menu, the cohort in memory, and the settings shared by session and link.

Session keys: `settings` and `cohort`; `ledger` and `locked` (ui/ledger.py); `bundle` (ui/bundling.py). Patient data is
never in the link, a log or a file.
"""

import gc
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from cdanalysis.cohort import Cohort
from cdanalysis.demo import demo_cohort
from cdanalysis.outcomes.markers import summaries
from cdanalysis.outcomes.selection import selected
from cdanalysis.reading import Named, Opened, Study, open_files
from cdanalysis.reading.naming import OWN
from cdanalysis.settings import Settings, only, that_decide
from cdanalysis.ui import alive
from cdanalysis.ui.cohort_page import own_file
from cdanalysis.ui.memory import session_memory
from cdanalysis.ui.server import sign_in
from cdanalysis.ui.shell import menu
from cdanalysis.ui.shell.components import ASSETS
from cdanalysis.ui.shell.menu import MENU
from cdanalysis.writing.choices.differences import bounds_not_used
from cdanalysis.writing.escapes import escape_markdown, shorten
from cdanalysis.writing.numbers import count

WHAT_IT_IS = "Survival curves and hazard ratios from a cohort's spreadsheet"
LONGEST_FILE_NAME = 32
SELECTED, SUMMARISED = "selected", "summarised"  # keys of the session: who is analysed, and these with summaries
LINK = "link"  # the query that was written last
GO_TO = "go-to"  # the session's key of a page that a click asked for


def open_page(file: str, how_to_read: str, heading: Callable[[Cohort], str] | None = None) -> None:
    """Page title, menu and settings: the first call of every page, and the last of one that needs what the cohort has not.

    file: the page's own `__file__`. heading: of a page that says more than its name in the menu.
    """
    (page,) = (page for page in MENU if Path(page.path).name == Path(file).name)
    _settle()
    st.set_page_config(page_title=f"{page.title} · cdanalysis", page_icon=str(ASSETS / "logo.png"), layout="wide")
    sign_in.required()
    if "settings" not in st.session_state:
        own_file.arrive()
        st.session_state["settings"], dropped = Settings.from_query(own_file.without_mark(st.query_params.to_dict()))
        for sentence in dropped:
            st.toast(escape_markdown(sentence), icon=":material/link_off:", duration="long")
    _write_link(st.session_state["settings"])
    if GO_TO in st.session_state:
        st.switch_page(st.session_state.pop(GO_TO))
    st.html(ASSETS / "page.css")
    _bar(cohort())
    menu.draw(cohort(), settings())
    with st.container(key="page-head", horizontal=True, vertical_alignment="center", gap="small"):
        title = escape_markdown(menu.title_of(page, cohort(), settings()))
        st.title(heading(cohort()) if heading else title, width="stretch")
        with st.popover("How to read this", icon=":material/help:", type="tertiary"):
            st.markdown(how_to_read)
    own_file.say_if_gone()
    unused = bounds_not_used(st.session_state["settings"], settings())
    if unused:
        st.info(escape_markdown(unused), icon=":material/rule:")
    alive.watch()
    menu.stop_if_needy(page, cohort(), lambda: change(patients=""))


def _bar(current: Cohort) -> None:
    """The slim bar over every page: what the program is, and whose cohort this is."""
    n_patients = count(len(current.patients), "patient")
    whose = ":orange-badge[synthetic cohort]" if current.synthetic else _named(current.file_name)
    with st.container(key="page-bar", horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**cdanalysis** :gray[{WHAT_IT_IS}]", width="stretch")
        st.markdown(f"{whose} · {n_patients}", width="content", help="Held in memory for this session only.")


def _named(file_name: str) -> str:
    return f":blue-badge[your file] {escape_markdown(shorten(file_name, LONGEST_FILE_NAME))}"


@cache
def _settle() -> None:
    """Once the first page has loaded the libraries: collecting garbage (ui/server/sweep.py) need not walk them."""
    gc.collect()
    gc.freeze()


def settings() -> Settings:
    """The analyst's current choices, by an index that the session's cohort has."""
    chosen, held = st.session_state["settings"], st.session_state.get("cohort")
    return held.indexed(chosen) if held else chosen


def change(**fields: Any) -> None:
    """Replace settings in the session and in the link; called from a widget's or component's callback."""
    st.session_state["settings"] = replace(settings(), **fields)
    _write_link(settings())


def adopt_cutoff(code: str, value: float, side: str | None = None) -> None:
    """Another cut-off of a marker, in the session and in the link."""
    change(cutoffs=settings().with_cutoff(code, value, side).cutoffs)


def replace_all(chosen: Settings) -> None:
    """Other settings in the session and in the link: those of a file."""
    st.session_state["settings"] = chosen
    _write_link(chosen)


def go(chosen: Settings, section: str) -> None:
    """Other settings, and on the next run the page of a section, if one is named; called from a component's callback."""
    replace_all(chosen)
    if section:
        st.session_state[GO_TO] = next(page.path for page in MENU if page.section == section)


def reset() -> None:
    """Every setting back to its default."""
    st.session_state["settings"] = Settings()


def whole_cohort() -> Cohort:
    """Every patient of the file; the bundled synthetic cohort until a file is uploaded. The bar says which one it is."""
    if "cohort" not in st.session_state:
        st.session_state["cohort"] = demo_cohort()
    st.session_state["cohort"] = session_memory.with_parts(st.session_state["cohort"])
    return st.session_state["cohort"]


def cohort() -> Cohort:
    """The patients of the session's cohort who are analysed, with the summaries of repeated measurements that are in use."""
    whole, chosen = whole_cohort(), st.session_state.get("settings")
    if chosen is None:
        return whole
    if chosen.patients:
        whole = _made(SELECTED, (whole.fingerprint, whole.label, chosen.patients), lambda: selected(whole, chosen))
    named = summaries.named_in(chosen)
    if not named:
        return whole
    of = whole.fingerprint, whole.label, only(chosen, that_decide("endpoint")), named
    return _made(SUMMARISED, of, lambda: whole.summarised(settings()))


def _made(key: str, of: Any, make: Callable[[], Cohort]) -> Cohort:
    """A cohort that is made of the session's, made anew where it is to be of something else, with a memory of its own."""
    if st.session_state.get(f"{key}-of") != of:
        st.session_state[key], st.session_state[f"{key}-of"] = make(), of
    st.session_state[key] = session_memory.with_parts(st.session_state[key])
    return st.session_state[key]


def load(files: Sequence[Named], study: Study | None = None) -> Opened:
    """Read uploaded files, by name and bytes, into the session as one cohort; refused ones leave the cohort as it was."""
    opened = open_files(files, study=study)
    if opened.cohort is not None:
        before: Cohort | None = st.session_state.get("cohort")
        same = before is not None and before.content_sha256 == opened.cohort.content_sha256
        st.session_state["cohort"] = opened.cohort.called(before.label) if before and same else opened.cohort
        session_memory.forget()
        own_file.found_again()
    return opened


def name_cohort(label: str, content_sha256: str) -> None:
    """Another label in figures and reports for the cohort of that content; what was drawn with the one before is dropped.

    A box of a file that was replaced in the meantime names nothing.
    """
    if whole_cohort().content_sha256 == content_sha256:
        st.session_state["cohort"] = whole_cohort().called(label.strip() or OWN)
        session_memory.forget()


def use_demo() -> None:
    """Forget the uploaded cohort and return to the bundled one."""
    st.session_state["cohort"] = demo_cohort()
    for key in (SELECTED, SUMMARISED, f"{SELECTED}-of", f"{SUMMARISED}-of"):
        st.session_state.pop(key, None)
    session_memory.forget()
    own_file.found_again()


def _write_link(current: Settings) -> None:
    """Put the settings into the address, unless they stand there.

    What was written last is compared too: a click made before the browser had it brings the address from before.
    """
    query = own_file.with_mark(current.to_query(), st.session_state.get("cohort"))
    if not st.query_params.to_dict() == query == st.session_state.get(LINK, query):
        st.query_params.from_dict(query)
    st.session_state[LINK] = query
