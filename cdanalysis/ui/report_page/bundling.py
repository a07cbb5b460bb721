"""The bundle while it is made: the pages are run one by one, the browser draws their figures one by one, then the ZIP.

A step a run of the page, so that the progress shows and a cancel is heard; everything lives in the session.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from cdanalysis import wording
from cdanalysis.cohort import Cohort
from cdanalysis.reading.headers import corrections
from cdanalysis.report.bundle import Extras, bundle
from cdanalysis.report.content import ReportFigure, ReportTable, Run
from cdanalysis.report.docx import document
from cdanalysis.settings import Settings
from cdanalysis.ui.memory import cached
from cdanalysis.ui.report_page import ledger, tour
from cdanalysis.ui.report_page.recorder import RecordedFigure, Recorder
from cdanalysis.ui.widgets import live
from cdanalysis.ui.widgets.look_closer import HOW_TO_ASK, NOT_ASKED

KEY = "bundle"
PAGES_SHARE = 0.4  # of the progress bar; the rest is for the figures
RESULTS = ("flow", "baseline", "induction", "survival", "cutoffs", "endoscopy", "safety")


@dataclass
class Work:
    """A bundle in the making; of: the cohort's fingerprint and the settings it is made for."""

    of: tuple[str, Settings]
    stops: list[tour.Stop]
    visited: int = 0
    recorder: Recorder = field(default_factory=Recorder)
    pngs: dict[str, bytes] = field(default_factory=dict)
    svgs: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    content: bytes = b""

    @property
    def waiting(self) -> list[RecordedFigure]:
        """The figures that the browser has not drawn yet."""
        done = self.pngs.keys() | self.failed.keys()
        return [figure for name, figure in self.recorder.figures.items() if name not in done]

    @property
    def collected(self) -> bool:
        """Whether every page has been run."""
        return self.visited == len(self.stops)

    @property
    def share(self) -> float:
        """How much of the work is done, 0 to 1."""
        n_figures = len(self.recorder.figures)
        drawn = 1 - len(self.waiting) / n_figures if n_figures else 1.0
        return PAGES_SHARE + (1 - PAGES_SHARE) * drawn if self.collected else self.share_at(0)

    def share_at(self, steps: float) -> float:
        """As `share`, so many steps into the page that runs: steps of long pages count as those of short ones."""
        before = sum(stop.n_steps for stop in self.stops[: self.visited])
        return PAGES_SHARE * (before + steps) / sum(stop.n_steps for stop in self.stops)


def current(cohort: Cohort, settings: Settings) -> Work | None:
    """The bundle of this cohort and these settings; one of others is forgotten."""
    work = st.session_state.get(KEY)
    if work is not None and work.of != (cohort.fingerprint, settings):
        forget()
        return None
    return work


def start(cohort: Cohort, settings: Settings, *, with_slow: bool) -> None:
    """Begin a bundle."""
    recorder = Recorder(with_slow=with_slow)
    st.session_state[KEY] = Work((cohort.fingerprint, settings), tour.stops(cohort, settings), recorder=recorder)


def forget() -> None:
    """Cancel, or make room for another."""
    st.session_state.pop(KEY, None)


def step(work: Work, cohort: Cohort, settings: Settings, tell: Callable[[float, str], None]) -> None:
    """The next page, the next figure, or the ZIP; runs the script again unless the browser is waited for. tell: the bar."""
    if not work.collected:
        work.recorder.progress = lambda where, done: tell(work.share_at(done), f"Collecting: {where}")
        tour.visit(work.stops[work.visited], work.recorder)
        work.visited += 1
    elif work.waiting:
        figure = work.waiting[0]
        live.render_unseen(figure.name, figure, settings, lambda answer: _keep(work, answer))
        return
    else:
        work.content = _zip(work, cohort, settings)
    st.rerun()


def run_of(cohort: Cohort, settings: Settings, work: Work | None = None) -> Run:
    """The analysis as the report tells it; figures and tables are there once a bundle was made."""
    results = {name: cached.unnoted(name, cohort, settings) for name in RESULTS}
    results["predictors"] = cached.predictors(cohort, settings)
    results["proportionality"] = cached.check("proportionality", cohort, settings, "km")
    results["sparse_data"] = cached.check("sparse_data", cohort, settings)
    figures = () if work is None else tuple(_figures(work))
    shown = {} if work is None else work.recorder.tables
    tables = tuple(
        ReportTable(name, wording.table_title(one.kind, one.of), one.shown, wording.table_footnote(name, settings))
        for name, one in shown.items()
    )
    return Run(
        cohort, settings, results, figures, tables, ledger.lines(cohort), date.today().isoformat(), link(settings),
        ledger.locked_cutoffs(cohort),
    )  # fmt: skip


def link(settings: Settings) -> str:
    """The address of the first page with every setting that is not the default."""
    base = (st.context.url or "").split("?")[0]
    for page, _, _ in tour.frame.MENU:
        base = base.removesuffix(page.removeprefix("pages/").removesuffix(".py"))
    query = urlencode(settings.to_query())
    return f"{base}?{query}" if query else base


def file_name(work: Work) -> str:
    """A name that differs whenever the content does."""
    return f"cdanalysis-{date.today().isoformat()}-{sha256(work.content).hexdigest()[:8]}.zip"


def left_out(work: Work) -> list[str]:
    """A sentence for each figure that the browser could not draw, and for what the pages did not show."""
    drawn = [f"The figure {name} could not be drawn: {why}." for name, why in work.failed.items()]
    missing = [*drawn, *work.recorder.left_out]
    return [*missing, HOW_TO_ASK] if any(NOT_ASKED in one for one in missing) else missing


def _figures(work: Work) -> list[ReportFigure]:
    return [
        ReportFigure(name, _title(one), one.alt, work.pngs[name], one.further)
        for name, one in work.recorder.figures.items() if name in work.pngs
    ]  # fmt: skip


def _title(figure: RecordedFigure) -> str:
    text = figure.spec["layout"].get("title", {}).get("text", "")
    return wording.plain_figure_text(text) or figure.name.replace("-", " ").capitalize()


def _zip(work: Work, cohort: Cohort, settings: Settings) -> bytes:
    run = run_of(cohort, settings, work)
    numbers = {name: one.numbers for name, one in work.recorder.tables.items() if one.numbers is not None}
    extras = Extras(work.svgs, numbers, document(run), corrections.to_json(cohort.matching), left_out(work))
    return bundle(run, extras)


def _keep(work: Work, answer: Mapping[str, Any]) -> None:
    """Take a figure that the browser drew; an answer to an earlier question is passed over."""
    name = answer.get("ticket", "")
    if name not in work.recorder.figures or name in work.pngs:
        return
    png = b64decode(str(answer.get("png", "")))
    if png.startswith(b"\x89PNG"):
        work.pngs[name], work.svgs[name] = png, str(answer["svg"])
    else:
        work.failed[name] = str(answer.get("error", "no answer"))[:200]
