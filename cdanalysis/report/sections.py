"""The result sections of the document: what each analysis found, with its tables and figures."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from cdanalysis.report.content import ReportFigure, ReportTable, Run
from cdanalysis.report.facts import CHECKS, TITLES, found, joined, title
from cdanalysis.report.methods.findings import finding
from cdanalysis.sections.baseline import section as baseline
from cdanalysis.sections.blocks import Table
from cdanalysis.sections.cutoffs import section as cutoffs
from cdanalysis.sections.endoscopy import section as endoscopy
from cdanalysis.sections.flow import section as flow
from cdanalysis.sections.predictors import section as predictors
from cdanalysis.sections.predictors.few_events import section as few_events
from cdanalysis.sections.predictors.proportional_hazards import section as proportional_hazards
from cdanalysis.sections.response import section as response
from cdanalysis.sections.safety import section as safety
from cdanalysis.sections.survival import section as survival
from cdanalysis.settings import Settings

# What a paper shows of each result.
PAPER: dict[str, Callable[[Any, Settings], Iterator[Table]]] = {
    "flow": flow.paper,
    "baseline": baseline.paper,
    "induction": response.paper,
    "survival": survival.paper,
    "predictors": predictors.paper,
    "proportionality": proportional_hazards.paper,
    "sparse_data": few_events.paper,
    "cutoffs": cutoffs.paper,
    "endoscopy": endoscopy.paper,
    "safety": safety.paper,
}
# Sections that the document tells within another: the choices of a multiverse are cut-offs and more.
TOLD_IN = {"response": "induction", "multiverse": "cutoffs"}


@dataclass(frozen=True)
class Section:
    """One analysis in the document."""

    name: str
    title: str
    text: str
    tables: tuple[ReportTable, ...]
    figures: tuple[ReportFigure, ...]


def sections(run: Run) -> tuple[Section, ...]:
    """The analyses of the run in the order of a paper, then the figures that belong to none of them."""
    made = [_section(run, name) for name in TITLES if name in run.results and name not in CHECKS]
    placed = {figure.name for one in made for figure in one.figures}
    others = tuple(figure for figure in run.figures if figure.name not in placed and not figure.further)
    return (*made, *([Section("others", "Further figures", "", (), others)] if others else []))


def _is_told(figure: ReportFigure, run: Run) -> bool:
    """The curves of other outcomes than the chosen one are not part of its section, nor is what a reader may choose further."""
    return not figure.further and (figure.section != "survival" or figure.view in ("", run.settings.outcome))


def tables_of(run: Run, name: str) -> tuple[ReportTable, ...]:
    """The tables that a paper has of an analysis; none where there is no result."""
    result = found(run, name)
    if result is None or name not in PAPER:
        return ()
    return tuple(ReportTable(one.id, one.title, one.shown, one.footnote) for one in PAPER[name](result, run.settings))


def _section(run: Run, name: str) -> Section:
    text = finding(run, name)
    if name == "predictors":
        text = joined([text, *(finding(run, check) for check in CHECKS)])
    told = (name, *CHECKS) if name == "predictors" else (name,)
    shown = tuple(table for one in told for table in tables_of(run, one) if name != "flow")
    figures = tuple(one for one in run.figures if TOLD_IN.get(one.section, one.section) == name and _is_told(one, run))
    return Section(name, title(run, name), text, shown, figures)
