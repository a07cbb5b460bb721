"""What every page opens with: title, menu, the cohort in memory, and the settings shared by session and link.

Session keys: `settings` and `cohort`; `ledger` and `locked` (ui/ledger.py); `bundle` (ui/bundling.py). Patient data is
never in the link, a log or a file.
"""

from __future__ import annotations

import gc
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import streamlit as st

from cdanalysis import RESULTS_VERSION
from cdanalysis.cohort import Cohort
from cdanalysis.demo import demo_cohort
from cdanalysis.reading import Matching, Opened, open_file
from cdanalysis.settings import Settings
from cdanalysis.ui import alive
from cdanalysis.ui.cohort_page import own_file
from cdanalysis.ui.memory import session_memory
from cdanalysis.ui.shell import sign_in
from cdanalysis.ui.shell.components import ASSETS
from cdanalysis.writing.escapes import escape_markdown


class Page(NamedTuple):
    """A line of the menu: the page's file, its title and icon, and the section it shows, if it shows one."""

    path: str
    title: str
    icon: str
    section: str = ""


MENU = (
    Page("app.py", "Cohort", ":material/table:", "flow"),
    Page("pages/baseline.py", "Baseline", ":material/groups:", "baseline"),
    Page("pages/induction.py", "Response and remission", ":material/trending_down:", "response"),
    Page("pages/survival.py", "Survival curves", ":material/show_chart:", "survival"),
    Page("pages/predictors.py", "Predictors of relapse", ":material/monitoring:", "predictors"),
    Page("pages/cutoffs.py", "Cut-offs", ":material/content_cut:", "cutoffs"),
    Page("pages/multiverse.py", "Multiverse", ":material/account_tree:", "multiverse"),
    Page("pages/endoscopy.py", "Endoscopy", ":material/visibility:", "endoscopy"),
    Page("pages/safety.py", "Adverse events", ":material/health_and_safety:", "safety"),
    Page("pages/reproduction.py", "Published vs computed", ":material/difference:", "reproduction"),
    Page("pages/report.py", "Report", ":material/description:"),
)
GO_TO = "go-to"  # the session's key of a page that a click asked for


def open_page(file: str, how_to_read: str) -> None:
    """Page title, menu and settings: the first call of every page; file: the page's own `__file__`."""
    (title,) = (page.title for page in MENU if Path(page.path).name == Path(file).name)
    _settle()
    st.set_page_config(page_title=f"{title} · cdanalysis", page_icon=str(ASSETS / "logo.png"), layout="wide")
    sign_in.required()
    if "settings" not in st.session_state:
        own_file.arrive()
        st.session_state["settings"], dropped = Settings.from_query(own_file.without_mark(st.query_params.to_dict()))
        for sentence in dropped:
            st.toast(escape_markdown(sentence), icon=":material/link_off:", duration="long")
    _write_link(settings())
    if GO_TO in st.session_state:
        st.switch_page(st.session_state.pop(GO_TO))
    with st.sidebar:
        for page in MENU:
            st.page_link(page.path, label=page.title, icon=page.icon)
        st.caption(f"Results version {RESULTS_VERSION}")
    st.title(title)
    with st.popover("How to read this", icon=":material/help:", type="tertiary"):
        st.markdown(how_to_read)
    own_file.say_if_gone()
    alive.watch()


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


def go(chosen: Settings, section: str) -> None:
    """Other settings, and on the next run the page of a section, if one is named; called from a component's callback."""
    replace_all(chosen)
    if section:
        st.session_state[GO_TO] = next(page.path for page in MENU if page.section == section)


def reset() -> None:
    """Every setting back to its default."""
    st.session_state["settings"] = Settings()


def cohort() -> Cohort:
    """The cohort of this session; the bundled synthetic one until a file is uploaded. Says which one it is."""
    if "cohort" not in st.session_state:
        st.session_state["cohort"] = demo_cohort()
    current: Cohort = st.session_state["cohort"]
    if current.synthetic:
        st.info("Bundled **synthetic** cohort: made-up patients, calibrated to the published study. "
                "Upload your own file on the Cohort page.", icon=":material/science:")  # fmt: skip
    else:
        st.caption(f"Cohort: {escape_markdown(current.file_name)} · held in memory for this session only")
    return current


def load(file_name: str, content: bytes, matching: Matching | None = None) -> Opened:
    """Read an uploaded file into the session; a refused file leaves the cohort as it was."""
    opened = open_file(content, file_name=file_name, study=matching)
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
