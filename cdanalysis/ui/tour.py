"""The pages as the bundle sees them: each runs unseen, some several times, and leaves its figures and tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import StopException

from cdanalysis.ui import frame
from cdanalysis.ui.recorder import Recorder, recording

ROOT = Path(__file__).parents[2]
REPORT, SURVIVAL, CUTOFFS = "pages/report.py", "pages/survival.py", "pages/cutoffs.py"
PREDICTORS, MULTIVERSE = "pages/predictors.py", "pages/multiverse.py"
OUTCOMES, MARKERS = ("relapse", "hospitalization", "surgery"), ("crp", "tgn")


@dataclass(frozen=True)
class Stop:
    """One page run: settings and widgets set while it lasts; ending: what is added to its tables' names."""

    page: str
    title: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    widgets: Mapping[str, Any] = field(default_factory=dict)
    ending: str = ""
    slow: bool = False


def stops(*, with_slow: bool) -> list[Stop]:
    """Every page of the menu but the report itself; one that shows one of several at a time is run once for each."""
    found = [stop for page, title, _ in frame.MENU if page != REPORT for stop in _stops(page, title)]
    return [stop for stop in found if with_slow or not stop.slow]


def visit(stop: Stop, recorder: Recorder) -> None:
    """Run a page's script unseen, with the settings of the stop; what it shows goes into the recorder."""
    settings = frame.settings()
    st.session_state["settings"] = replace(settings, **stop.fields)
    for key, value in stop.widgets.items():
        st.session_state[key] = value
    path = ROOT / stop.page
    code = compile(path.read_text(encoding="utf-8"), str(path), "exec")
    try:
        with recording(recorder, stop.ending), st.container(key="cd-unseen"):
            exec(code, {"__name__": "__main__", "__file__": str(path)})
    except StopException:
        return  # the page had no more to show
    finally:
        st.session_state["settings"] = settings


def _stops(page: str, title: str) -> Iterator[Stop]:
    if page == SURVIVAL:
        yield from (Stop(page, f"{title}: {one}", {"outcome": one}, ending=f"-{one}") for one in OUTCOMES)
    elif page == CUTOFFS:
        yield from _cutoff_stops(title)
    elif page == MULTIVERSE:
        for one in MARKERS:
            yield Stop(page, f"{title}: {one}", {"scan_marker": one}, {"run-multiverse": True}, f"-{one}", slow=True)
    else:
        yield Stop(page, title, widgets={"check-model": True} if page == PREDICTORS else {})


def _cutoff_stops(title: str) -> Iterator[Stop]:
    """Every view of the closer look (ui/landscape.py), for each marker where it is of one."""
    for marker in MARKERS:
        for view in ("table", "three", "stability"):
            slow = view != "table"
            look = {"landscape-view": view}
            yield Stop(CUTOFFS, f"{title}: {marker}, {view}", {"scan_marker": marker}, look, f"-{marker}", slow)
    yield Stop(CUTOFFS, f"{title}: surface", widgets={"landscape-view": "surface"})
