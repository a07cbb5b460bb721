"""The bundle while it is made: the sections are gone through one by one, the browser draws their figures, then the ZIP.

A step a run of the page, so that the progress shows and a cancel is heard; everything lives in the session.
"""

from base64 import b64decode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from cdanalysis import sections
from cdanalysis.cohort import Cohort
from cdanalysis.report.collecting import HOW_TO_ASK, NOT_ASKED, Collector
from cdanalysis.report.content import Run, report_figure, report_table
from cdanalysis.report.disclosure.rule import Rule
from cdanalysis.report.files.bundle import Extras, bundle
from cdanalysis.report.results import results_of
from cdanalysis.report.word.docx import document
from cdanalysis.results import NotEstimable
from cdanalysis.sections.blocks import Figure
from cdanalysis.sections.parts import View
from cdanalysis.sections.predictors.per_patient import per_patient
from cdanalysis.settings import Settings
from cdanalysis.ui.memory.cached import recall
from cdanalysis.ui.memory.long_runs import is_there
from cdanalysis.ui.report_page import ledger, model_file
from cdanalysis.ui.shell import menu
from cdanalysis.ui.widgets import live

KEY = "bundle"
AT_ONCE = 6  # figures a run of the page: the page is drawn again at each, which takes about as long as a figure
SECTIONS_SHARE = 0.4  # of the progress bar; the rest is for the figures


@dataclass(frozen=True)
class Stop:
    """One section shown for one of its views; is_first: of them."""

    page: menu.Page
    page_title: str
    view: View
    is_first: bool

    @property
    def title(self) -> str:
        """What is said while it is collected."""
        return f"{self.page_title}: {self.view.words}" if self.view.words else self.page_title


@dataclass
class Work:
    """A bundle in the making; of: the cohort's fingerprint and the settings it is made for."""

    of: tuple[str, Settings]
    stops: list[Stop]
    kept: Collector
    with_patients: bool = False
    visited: int = 0
    pngs: dict[str, bytes] = field(default_factory=dict)
    svgs: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    content: bytes = b""

    @property
    def waiting(self) -> list[Figure]:
        """The figures that the browser has not drawn yet."""
        done = self.pngs.keys() | self.failed.keys()
        return [one.block for name, one in self.kept.figures.items() if name not in done]

    @property
    def collected(self) -> bool:
        """Whether every section was gone through."""
        return self.visited == len(self.stops)

    @property
    def share(self) -> float:
        """How much of the work is done, 0 to 1."""
        n_figures = len(self.kept.figures)
        drawn = 1 - len(self.waiting) / n_figures if n_figures else 1.0
        return SECTIONS_SHARE + (1 - SECTIONS_SHARE) * drawn if self.collected else self.share_at(0)

    def share_at(self, within: float) -> float:
        """As `share`, that share into the section that is gone through."""
        return SECTIONS_SHARE * (self.visited + within) / len(self.stops)


def current(cohort: Cohort, settings: Settings) -> Work | None:
    """The bundle of this cohort and these settings; one of others is forgotten."""
    work = st.session_state.get(KEY)
    if work is not None and work.of != (cohort.fingerprint, settings):
        forget()
        return None
    return work


def start(
    cohort: Cohort, settings: Settings, *, with_slow: bool, with_patients: bool = False, rule: Rule | None = None
) -> None:
    """Begin a bundle; with_patients: it holds one line per patient; rule: it is for others, small counts masked by it."""
    kept = Collector(cohort, with_slow=with_slow, is_there=is_there, rule=rule)
    kept.recall = partial(recall, report=kept.within)
    with_patients = with_patients and rule is None
    st.session_state[KEY] = Work((cohort.fingerprint, settings), stops(cohort, settings), kept, with_patients)


def stops(cohort: Cohort, settings: Settings) -> list[Stop]:
    """Every section of the menu, once for each of its views."""
    return [
        Stop(page, menu.title_of(page, cohort, settings), view, place == 0)
        for page in menu.MENU
        if page.section
        for place, view in enumerate(sections.named(page.section).views(cohort, settings))
    ]


def forget() -> None:
    """Cancel, or make room for another."""
    st.session_state.pop(KEY, None)


def step(work: Work, cohort: Cohort, settings: Settings, tell: Callable[[float, str], object]) -> None:
    """The next page, the next figures, or the ZIP; runs the script again unless the browser is waited for. tell: the bar."""
    if not work.collected:
        stop, kept = work.stops[work.visited], work.kept
        kept.tell = lambda where, within: tell(work.share_at(within), f"Collecting: {where}")
        section = stop.page.section
        kept.collect(section, stop.page_title, sections.named(section), stop.view, is_first=stop.is_first)
        work.visited += 1
    elif work.waiting:
        live.render_unseen(work.waiting[:AT_ONCE], settings, lambda answers: _keep(work, answers))
        return
    else:
        work.content = _zip(work, cohort, settings)
    st.rerun()


def run_of(cohort: Cohort, settings: Settings, work: Work | None = None) -> Run:
    """The analysis as the report tells it; figures and tables are there once a bundle was made."""
    drawn = [] if work is None else [(one, work.pngs.get(name)) for name, one in work.kept.figures.items()]
    figures = tuple(report_figure(one, png) for one, png in drawn if png is not None)
    tables = () if work is None else tuple(map(report_table, work.kept.tables.values()))
    return Run(
        cohort, settings, results_of(cohort, settings, recall), figures, tables, ledger.lines(cohort),
        date.today().isoformat(), link(settings), ledger.locked_cutoffs(), ledger.lock_sentence(cohort),
    )  # fmt: skip


def link(settings: Settings) -> str:
    """The address of the first page with every setting that is not the default."""
    base = (st.context.url or "").split("?")[0]
    for page in menu.MENU:
        base = base.removesuffix(page.path.removeprefix("pages/").removesuffix(".py"))
    query = urlencode(settings.to_query())
    return f"{base}?{query}" if query else base


def file_name(work: Work) -> str:
    """A name that differs whenever the content does."""
    whom = "" if work.kept.rule is None else "for-others-"
    return f"cdanalysis-{whom}{date.today().isoformat()}-{sha256(work.content).hexdigest()[:8]}.zip"


def left_out(work: Work) -> list[str]:
    """A sentence for each figure that the browser could not draw, and for what the sections did not show."""
    drawn = [f"The figure {name} could not be drawn: {why}." for name, why in work.failed.items()]
    missing = [*drawn, *work.kept.left_out]
    return [*missing, HOW_TO_ASK] if NOT_ASKED in work.kept.left_out.values() else missing


def _zip(work: Work, cohort: Cohort, settings: Settings) -> bytes:
    run, kept = run_of(cohort, settings, work), work.kept.tables
    numbers = {name: one.block.numbers for name, one in kept.items() if one.block.numbers is not None}
    lines = recall(per_patient, cohort, settings) if work.with_patients else None
    patients = None if isinstance(lines, NotEstimable) else lines
    rule = work.kept.rule
    word = document(run) if rule is None else b""
    model = model_file.saved(cohort, settings)
    return bundle(run, Extras(work.svgs, numbers, word, cohort.study.to_json(), left_out(work), patients, rule, model))


def _keep(work: Work, answers: Sequence[Mapping[str, Any]]) -> None:
    """Take the figures that the browser drew; an answer to an earlier question is passed over."""
    for answer in answers:
        name = answer.get("name", "")
        if name not in work.kept.figures or name in work.pngs:
            continue
        png = b64decode(str(answer.get("png", "")))
        if png.startswith(b"\x89PNG"):
            work.pngs[name], work.svgs[name] = png, str(answer["svg"])
        else:
            work.failed[name] = str(answer.get("error", "no answer"))[:200]
