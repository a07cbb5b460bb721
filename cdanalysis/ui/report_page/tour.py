"""The pages as the bundle sees them: each runs unseen, some several times, and leaves its figures and tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import StopException

from cdanalysis import wording
from cdanalysis.cohort import Cohort
from cdanalysis.outcomes.markers import handles_of
from cdanalysis.sections.cutoffs.landscape import section as landscape
from cdanalysis.sections.predictors import section as diagnostics
from cdanalysis.sections.survival import closer_section as closer
from cdanalysis.settings import Settings
from cdanalysis.ui.report_page.recorder import Recorder, recording
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets.look_closer import Part

ROOT = Path(__file__).parents[3]
REPORT = "pages/report.py"
# The parts of each page that open on demand: each a step of the page's run.
PARTS: dict[str, tuple[Part, ...]] = {
    "pages/survival.py": closer.PARTS,
    "pages/predictors.py": diagnostics.PARTS,
    "pages/cutoffs.py": landscape.PARTS,
}
# A page that shows one of several at a time is run once for each; the values are added to the names of its tables.
VARIANTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "pages/survival.py": ("outcome", ("relapse", "hospitalization", "surgery")),
}
OF_HANDLES = ("pages/cutoffs.py", "pages/multiverse.py")  # once for each marker under a handle


@dataclass(frozen=True)
class Stop:
    """One page run: `field` (if any) set to `value` while it lasts."""

    page: str
    title: str
    field: str = ""
    value: Any = None

    @property
    def n_steps(self) -> int:
        """The page itself, and each of its parts."""
        return 1 + len(PARTS.get(self.page, ()))


def stops(cohort: Cohort, settings: Settings) -> list[Stop]:
    """Every page of the menu but the report itself."""
    handles = handles_of(cohort, settings)
    return [stop for page, title, _ in frame.MENU if page != REPORT for stop in _stops(page, title, cohort, handles)]


def visit(stop: Stop, recorder: Recorder) -> None:
    """Run a page's script unseen, with the settings of the stop; what it shows goes into the recorder."""
    settings = frame.settings()
    if stop.field:
        st.session_state["settings"] = replace(settings, **{stop.field: stop.value})
    path = ROOT / stop.page
    code = compile(path.read_text(encoding="utf-8"), str(path), "exec")
    try:
        with recording(recorder, stop.title, wording.file_word(stop.value or "")), st.container(key="cd-unseen"):
            exec(code, {"__name__": "__main__", "__file__": str(path)})  # noqa: S102 - one of our own pages
    except StopException:
        return  # the page had no more to show
    finally:
        st.session_state["settings"] = settings


def _stops(page: str, title: str, cohort: Cohort, handles: tuple[str, ...]) -> Iterator[Stop]:
    if page in OF_HANDLES and handles:
        labels = {code: cohort.marker(code).label for code in handles}
        yield from (Stop(page, f"{title}: {label}", "scan_marker", code) for code, label in labels.items())
    elif page in VARIANTS:
        field, values = VARIANTS[page]
        yield from (Stop(page, f"{title}: {wording.OUTCOME_NOUNS[value]}", field, value) for value in values)
    else:
        yield Stop(page, title)
