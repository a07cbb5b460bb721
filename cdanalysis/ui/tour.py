"""The pages as the bundle sees them: each runs unseen, some several times, and leaves its figures and tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import StopException

from cdanalysis.ui import frame
from cdanalysis.ui.recorder import Recorder, recording

ROOT = Path(__file__).parents[2]
REPORT = "pages/report.py"
SLOW = "pages/multiverse.py"
# A page that shows one of several at a time is run once for each; the values are added to the names of its tables.
VARIANTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "pages/survival.py": ("outcome", ("relapse", "hospitalization", "surgery")),
    "pages/cutoffs.py": ("scan_marker", ("crp", "tgn")),
    SLOW: ("scan_marker", ("crp", "tgn")),
}
# What a page computes only when asked.
SWITCHES = {SLOW: "run-multiverse", "pages/predictors.py": "check-model"}


@dataclass(frozen=True)
class Stop:
    """One page run: `field` (if any) set to `value` while it lasts."""

    page: str
    title: str
    field: str = ""
    value: Any = None


def stops(*, with_slow: bool) -> list[Stop]:
    """Every page of the menu but the report itself."""
    return [stop for page, title, _ in frame.MENU if page != REPORT and (with_slow or page != SLOW)
            for stop in _stops(page, title)]  # fmt: skip


def visit(stop: Stop, recorder: Recorder) -> None:
    """Run a page's script unseen, with the settings of the stop; what it shows goes into the recorder."""
    settings = frame.settings()
    if stop.page in SWITCHES:
        st.session_state[SWITCHES[stop.page]] = True
    if stop.field:
        st.session_state["settings"] = replace(settings, **{stop.field: stop.value})
    path = ROOT / stop.page
    code = compile(path.read_text(encoding="utf-8"), str(path), "exec")
    try:
        with recording(recorder, f"-{stop.value}" if stop.field else ""), st.container(key="cd-unseen"):
            exec(code, {"__name__": "__main__", "__file__": str(path)})  # noqa: S102 - one of our own pages
    except StopException:
        return  # the page had no more to show
    finally:
        st.session_state["settings"] = settings


def _stops(page: str, title: str) -> Iterator[Stop]:
    if page not in VARIANTS:
        yield Stop(page, title)
        return
    field, values = VARIANTS[page]
    yield from (Stop(page, f"{title}: {value}", field, value) for value in values)
