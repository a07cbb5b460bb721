"""What every page opens with: title, menu, the cohort in memory, and the settings shared by session and link.

Session keys: `settings` and `cohort`; `ledger` and `locked` (ui/ledger.py); `bundle` (ui/bundling.py). Patient data is
never in the link, a log or a file.
"""

from __future__ import annotations

import gc
from dataclasses import replace
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

import streamlit as st

from cdanalysis import wording
from cdanalysis.cohort import Cohort
from cdanalysis.demo import demo_cohort
from cdanalysis.reading import Opened, Study, open_file
from cdanalysis.settings import Settings
from cdanalysis.ui import alive
from cdanalysis.ui.cohort_page import own_file
from cdanalysis.ui.memory import session_memory
from cdanalysis.ui.report_page.recorder import running
from cdanalysis.ui.shell import sign_in
from cdanalysis.ui.shell.components import ASSETS

# A page's script, its title, and its part of the menu: as the parts of a paper follow each other.
MENU = (
    ("app.py", "Cohort", "Data"),
    ("pages/baseline.py", "Baseline", "Results"),
    ("pages/induction.py", "Response and remission", "Results"),
    ("pages/survival.py", "Survival curves", "Results"),
    ("pages/predictors.py", "Predictors of relapse", "Results"),
    ("pages/endoscopy.py", "Endoscopy", "Results"),
    ("pages/safety.py", "Adverse events", "Results"),
    ("pages/cutoffs.py", "Cut-offs", "Explore"),
    ("pages/multiverse.py", "Multiverse", "Explore"),
    ("pages/report.py", "Report", "Report"),
    ("pages/reproduction.py", "Published vs computed", "Report"),
)
WHAT_IT_IS = "Survival curves and hazard ratios from a cohort's spreadsheet"
LONGEST_FILE_NAME = 32


def open_page(title: str) -> None:
    """Page title, menu and settings: the first call of every page."""
    if running() is not None:
        return
    _settle()
    st.set_page_config(page_title=f"{title} · cdanalysis", page_icon=str(ASSETS / "logo.png"), layout="wide")
    sign_in.required()
    if "settings" not in st.session_state:
        own_file.arrive()
        st.session_state["settings"], dropped = Settings.from_query(own_file.without_mark(st.query_params.to_dict()))
        for sentence in dropped:
            st.toast(wording.escape_markdown(sentence), icon=":material/link_off:", duration="long")
    _write_link(settings())
    st.html(ASSETS / "page.css")
    _bar(cohort())
    _menu()
    with st.container(key="page-head", horizontal=True, vertical_alignment="center", gap="small"):
        st.title(title, width="stretch")
        if title in wording.HOW_TO_READ:
            with st.popover("How to read this", icon=":material/help:", type="tertiary"):
                st.markdown(wording.HOW_TO_READ[title])
    own_file.say_if_gone()
    alive.watch()


def _bar(current: Cohort) -> None:
    """The slim bar over every page: what the program is, and whose cohort this is."""
    n_patients = wording.count(len(current.patients), "patient")
    whose = ":orange-badge[synthetic cohort]" if current.synthetic else _named(current.file_name)
    with st.container(key="page-bar", horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**cdanalysis** :gray[{WHAT_IT_IS}]", width="stretch")
        st.markdown(f"{whose} · {n_patients}", width="content", help="Held in memory for this session only.")


def _named(file_name: str) -> str:
    return f":blue-badge[your file] {wording.escape_markdown(wording.shorten(file_name, LONGEST_FILE_NAME))}"


def _menu() -> None:
    """Every page, under the part of a paper that it belongs to."""
    with st.sidebar, st.container(key="page-menu", gap="xsmall"):
        for part, pages in groupby(MENU, key=itemgetter(2)):
            st.caption(part)
            for page, label, _ in pages:
                st.page_link(page, label=label, width="stretch")


@cache
def _settle() -> None:
    """Once the first page has loaded the libraries: Streamlit collects garbage after every run, which need not walk them."""
    gc.collect()
    gc.freeze()


def settings() -> Settings:
    """The analyst's current choices."""
    return st.session_state["settings"]


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


def reset() -> None:
    """Every setting back to its default."""
    st.session_state["settings"] = Settings()


def cohort() -> Cohort:
    """The cohort of this session; the bundled synthetic one until a file is uploaded. The bar says which one it is."""
    if "cohort" not in st.session_state:
        st.session_state["cohort"] = demo_cohort()
    st.session_state["cohort"] = session_memory.with_parts(st.session_state["cohort"])
    return st.session_state["cohort"]


def load(file_name: str, content: bytes, study: Study | None = None) -> Opened:
    """Read an uploaded file into the session; a refused file leaves the cohort as it was."""
    opened = open_file(content, file_name=file_name, study=study)
    if opened.cohort is not None:
        st.session_state["cohort"] = opened.cohort
        session_memory.forget()
        own_file.found_again()
    return opened


def use_demo() -> None:
    """Forget the uploaded cohort and return to the bundled one."""
    st.session_state["cohort"] = demo_cohort()
    session_memory.forget()
    own_file.found_again()


def _write_link(current: Settings) -> None:
    query = own_file.with_mark(current.to_query(), st.session_state.get("cohort"))
    if st.query_params.to_dict() != query:
        st.query_params.from_dict(query)
