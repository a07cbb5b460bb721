"""What every page opens with: title, menu, the cohort in memory, and the settings shared by session and link.

Session keys: `settings` and `cohort`; `ledger` and `locked` (ui/ledger.py); `bundle` (ui/bundling.py). Patient data is
never in the link, a log or a file.
"""

from __future__ import annotations

import gc
from dataclasses import replace
from functools import cache
from typing import Any

import streamlit as st

from cdanalysis import RESULTS_VERSION, wording
from cdanalysis.cohort import Cohort
from cdanalysis.demo import demo_cohort
from cdanalysis.reading import Matching, Opened, open_file
from cdanalysis.settings import Settings
from cdanalysis.ui import alive
from cdanalysis.ui.cohort_page import own_file
from cdanalysis.ui.memory import session_memory
from cdanalysis.ui.report_page.recorder import running
from cdanalysis.ui.shell import sign_in
from cdanalysis.ui.shell.components import ASSETS

MENU = (
    ("app.py", "Cohort", ":material/table:"),
    ("pages/baseline.py", "Baseline", ":material/groups:"),
    ("pages/induction.py", "Response and remission", ":material/trending_down:"),
    ("pages/survival.py", "Survival curves", ":material/show_chart:"),
    ("pages/predictors.py", "Predictors of relapse", ":material/monitoring:"),
    ("pages/cutoffs.py", "Cut-offs", ":material/content_cut:"),
    ("pages/multiverse.py", "Multiverse", ":material/account_tree:"),
    ("pages/endoscopy.py", "Endoscopy", ":material/visibility:"),
    ("pages/safety.py", "Adverse events", ":material/health_and_safety:"),
    ("pages/reproduction.py", "Published vs computed", ":material/difference:"),
    ("pages/report.py", "Report", ":material/description:"),
)


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
    with st.sidebar:
        for page, label, icon in MENU:
            st.page_link(page, label=label, icon=icon)
        st.caption(f"Results version {RESULTS_VERSION}")
    st.title(title)
    if title in wording.HOW_TO_READ:
        with st.popover("How to read this", icon=":material/help:", type="tertiary"):
            st.markdown(wording.HOW_TO_READ[title])
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
        st.caption(f"Cohort: {wording.escape_markdown(current.file_name)} · held in memory for this session only")
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
