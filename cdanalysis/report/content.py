"""What every writer of the report is given: one cohort, one settings value, the results and pictures that go with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from cdanalysis.cohort import Cohort
from cdanalysis.report.collecting import Kept
from cdanalysis.sections.blocks import Figure, Table
from cdanalysis.settings import Settings
from cdanalysis.settings.as_text.cutoffs import Lock
from cdanalysis.writing.escapes import plain_figure_text


@dataclass(frozen=True)
class ReportFigure:
    """A displayed figure as the user's browser drew it; `alt` is its text for who cannot see it.

    section: whose it is; view: what that was shown for, of a section that is shown for several. further: one of several that
    a reader chooses from, and not the one shown first: for the bundle, not for the document. private: why it is not passed on
    to others, where it is not.
    """

    name: str
    title: str
    alt: str
    png: bytes
    section: str = ""
    view: str = ""
    further: bool = False
    private: str = ""


@dataclass(frozen=True)
class ReportTable:
    """A table as the page shows it, with its title and footnote; private: as of a figure."""

    name: str
    title: str
    frame: pd.DataFrame
    footnote: str = ""
    private: str = ""


@dataclass(frozen=True)
class LedgerLine:
    """One specification that was looked at, on a page; origin is "pre-specified", "literature" or "data-driven"."""

    time_text: str
    changed: str
    hazard_ratio_text: str
    p_text: str
    origin: str
    page: str = "Predictors"


@dataclass(frozen=True, eq=False)
class Run:
    """The analysis that the report tells.

    `results` holds the pipelines' values by name ("flow", "baseline", "induction", "survival", "predictors", "cutoffs",
    "endoscopy", "safety"; with the checks of the relapse model "proportionality" and "sparse_data"), each possibly
    NotEstimable; one that is absent was not run and is not told. locked: the locked cut-off of each marker's code; lock: whether
    and when the primary specification was locked, a sentence.
    """

    cohort: Cohort
    settings: Settings
    results: Mapping[str, Any]
    figures: tuple[ReportFigure, ...] = ()
    tables: tuple[ReportTable, ...] = ()
    ledger: tuple[LedgerLine, ...] = ()
    date: str = ""
    link: str = ""
    locked: Mapping[str, Lock] = field(default_factory=dict)
    lock: str = ""

    def __post_init__(self) -> None:
        """The settings by the index that the cohort has."""
        object.__setattr__(self, "settings", self.cohort.indexed(self.settings))


def report_figure(kept: Kept[Figure], png: bytes) -> ReportFigure:
    """A figure that was collected, and as the browser drew it; titled as it is, without a title by its id."""
    figure, place = kept.block, kept.place
    title = plain_figure_text(figure.spec["layout"].get("title", {}).get("text", ""))
    title = title or figure.id.replace("-", " ").capitalize()
    view = place.view.word if place.of_view else ""
    return ReportFigure(figure.id, title, figure.alt, png, place.section, view, place.further, figure.private)


def report_table(kept: Kept[Table]) -> ReportTable:
    """A table that was collected, with what stands under it."""
    table = kept.block
    notes = " ".join(filter(None, (table.footnote, table.convention)))
    return ReportTable(table.id, table.title, table.shown, notes, table.private)
