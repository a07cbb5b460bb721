"""The menu: which pages there are, what each is called for this cohort, and what one that it cannot use would need."""

from collections.abc import Callable
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import streamlit as st

from cdanalysis.cohort import Cohort
from cdanalysis.sections.needs import needed_sentence, needs
from cdanalysis.settings import Settings
from cdanalysis.ui.server.plotly_part import SCRIPT
from cdanalysis.ui.shell.components import component
from cdanalysis.writing.escapes import escape_markdown, shorten

SHOWN = "shown"  # the session's key of the markers that the side of the page was drawn for


class Page(NamedTuple):
    """A line of the menu: the page's script, its title, its part of the menu, and the section it shows, if it shows one.

    of_outcome: the title ends in the outcome in use.
    """

    path: str
    title: str
    part: str
    section: str = ""
    of_outcome: bool = False


# As the parts of a paper follow each other.
MENU = (
    Page("app.py", "Cohort", "Data"),
    Page("pages/reading.py", "What was read", "Data", "flow"),
    Page("pages/baseline.py", "Baseline", "Results", "baseline"),
    Page("pages/induction.py", "Response and remission", "Results", "response"),
    Page("pages/survival.py", "Survival curves", "Results", "survival"),
    Page("pages/predictors.py", "Predictors", "Results", "predictors", of_outcome=True),
    Page("pages/prognosis.py", "Prognostic model", "Results", "prognosis", of_outcome=True),
    Page("pages/endoscopy.py", "Endoscopy", "Results", "endoscopy"),
    Page("pages/safety.py", "Adverse events", "Results", "safety"),
    Page("pages/cutoffs.py", "Cut-offs", "Explore", "cutoffs"),
    Page("pages/multiverse.py", "Multiverse", "Explore", "multiverse"),
    Page("pages/report.py", "Report", "Report"),
    Page("pages/reproduction.py", "Published vs computed", "Report", "reproduction"),
)
LONGEST_NOUN = 40


def title_of(page: Page, cohort: Cohort, settings: Settings) -> str:
    """The title of a page, with the outcome in use where it is of one; plain."""
    chosen = cohort.outcome_in_use(settings) if page.of_outcome else None
    return f"{page.title} of {shorten(chosen.label, LONGEST_NOUN)}" if chosen else page.title


def stop_if_needy(page: Page, cohort: Cohort, everybody: Callable[[], None]) -> None:
    """Say what the cohort would need for a page, and end it there; everybody: takes the conditions on patients away."""
    missing = needed_sentence(page.section, cohort)
    if missing:
        if cohort.selection:
            st.info(
                f"{len(cohort.patients):,} patients meet the conditions: {escape_markdown(cohort.selection.words)}."
            )
            st.button(
                "Everybody again", on_click=everybody, key="everybody", help="Takes the conditions on patients away."
            )
        st.info(escape_markdown(missing), icon=":material/info:")
        st.page_link(MENU[0].path, label="To the Cohort page", icon=":material/arrow_back:")
        st.stop()


def draw(cohort: Cohort, settings: Settings) -> None:
    """Every page, under the part of a paper that it belongs to; one that this cohort cannot use is grey and says why."""
    st.session_state[SHOWN] = settings.handles
    with st.sidebar, st.container(key="page-menu", gap="xsmall"):
        component("cdanalysis_menu", ("plotly.js", "menu.js"))(data=SCRIPT, key="menu", height=0)
        for part, pages in groupby(MENU, key=attrgetter("part")):
            st.caption(part)
            for page in pages:
                missing = needs(page.section, cohort)
                label = escape_markdown(title_of(page, cohort, settings))
                st.page_link(
                    page.path,
                    label=f":gray[{label}]" if missing else label,
                    width="stretch",
                    help=escape_markdown(f"Needs {missing}.") if missing else None,
                )
