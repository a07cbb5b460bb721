"""The result sections of the document: what each analysis found, with its tables and figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from cdanalysis.report.content import ReportFigure, ReportTable, Run
from cdanalysis.report.cutoff_rows import cutoff_rows
from cdanalysis.report.facts import CHECKS, TITLES, found, joined, known, title
from cdanalysis.report.methods.findings import finding
from cdanalysis.sections.baseline.tables import baseline_table
from cdanalysis.sections.baseline.words import FOOTNOTE
from cdanalysis.sections.endoscopy.tables import endoscopy_scores, endoscopy_shares
from cdanalysis.sections.models.tables import predictors_table
from cdanalysis.sections.predictors.few_events.tables import firth_table
from cdanalysis.sections.predictors.proportional_hazards.tables import proportionality_table
from cdanalysis.sections.response.tables import activity, responses
from cdanalysis.sections.safety.tables import adverse_events
from cdanalysis.sections.survival.tables import quantile_table, survival_at

if TYPE_CHECKING:
    from cdanalysis.sections.flow.analysis import Flow

# Sections that the document tells within another: the choices of a multiverse are cut-offs and more.
TOLD_IN = {"response": "induction", "multiverse": "cutoffs"}
SHORT_FOOTNOTE = (
    "Categories are counts with percentages of the patients known. IQR, interquartile range; SD, standard deviation."
)
ABBREVIATIONS = "CI, confidence interval; HR, hazard ratio."
PRINTED_P = {"Univariable P": "P", "Multivariable P": "P"}  # each stands beside its hazard ratio
NOT_ENTERED = "not entered"
EVERYONE = "All patients"


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


def _section(run: Run, name: str) -> Section:
    result = found(run, name)
    text = finding(run, name)
    if name == "predictors":
        text = joined([text, *(finding(run, check) for check in CHECKS)])
    shown = tuple(_TABLES[name](result, run)) if result is not None else ()
    figures = tuple(one for one in run.figures if TOLD_IN.get(one.section, one.section) == name and _is_told(one, run))
    return Section(name, title(run, name), text, shown, figures)


def flow_table(flow: Flow) -> ReportTable:
    """The patients of each step and who left on the way to it."""
    lines = [
        (step.label, f"{step.n:,}", "; ".join(f"{one.reason} (n = {one.n:,})" for one in step.left if one.n) or "–")
        for step in flow.steps
    ]
    frame = pd.DataFrame(lines, columns=["Step", "Patients", "Left out on the way to it"])
    return ReportTable("flow", "Patient flow", frame, " ".join(flow.notes))


def _baseline(result: Any, _: Run) -> Iterator[ReportTable]:
    compared = len(result.group_labels) > 1
    by = f" by {_within(result.group_label)}" if compared else ""
    yield ReportTable(
        "baseline", f"Baseline characteristics{by}", baseline_table(result),
        FOOTNOTE if compared else SHORT_FOOTNOTE,
    )  # fmt: skip


def _within(label: str) -> str:
    """A label inside a title: `relapse`, `CRP`, `6-TGN`."""
    return label if label[:2].isupper() else f"{label[:1].lower()}{label[1:]}"


def _induction(result: Any, run: Run) -> Iterator[ReportTable]:
    yield ReportTable("response", "Response and remission by week", responses(result.weeks, run.settings.conf_level))
    if result.activity:
        yield ReportTable("activity", "Disease activity against baseline, in pairs", activity(result.activity))


def _survival(result: Any, run: Run) -> Iterator[ReportTable]:
    noun, level = result.endpoint.noun, run.settings.conf_level
    if result.kaplan_meier.at:
        yield ReportTable("survival-at", f"Survival free of {noun}", _grouped(survival_at(result.kaplan_meier)))
    yield ReportTable("quantiles", f"Time to {noun}", _grouped(quantile_table(result, level)))


def _grouped(frame: pd.DataFrame) -> pd.DataFrame:
    """Without the column of groups where there is one group only."""
    return frame.drop(columns="Group") if set(frame["Group"]) == {EVERYONE} else frame


def _predictors(result: Any, run: Run) -> Iterator[ReportTable]:
    if result.rows:
        yield _candidates("predictors", title(run, "predictors"), result, run)
    tested, sparse = found(run, "proportionality"), found(run, "sparse_data")
    if tested:
        yield ReportTable("proportionality", "Test of proportional hazards", proportionality_table(tested))
    frame = firth_table(sparse, run.settings.conf_level) if sparse else pd.DataFrame()
    if len(frame):
        yield ReportTable("firth", "Hazard ratios with Firth's penalty beside maximum likelihood", frame, ABBREVIATIONS)


def _candidates(name: str, heading: str, result: Any, run: Run) -> ReportTable:
    """The table of the page, its long reason for an empty cell told once, under the table."""
    frame = predictors_table(result.rows, run.settings)
    short = frame.apply(
        lambda column: column.map(lambda cell: NOT_ENTERED if str(cell).startswith(NOT_ENTERED) else cell)
    )
    short.columns = [PRINTED_P.get(column, column) for column in short.columns]
    left = any(row.multivariable is None for row in result.rows)
    note = "Not entered: left out of the multivariable model by the screening, or examined alone only. " if left else ""
    return ReportTable(name, heading, short, f"{note}{ABBREVIATIONS}")


def _cutoffs(result: Any, run: Run) -> Iterator[ReportTable]:
    note = (
        f"{len(result.scan.rows)} admissible cut-offs were examined; shown are the one in use, published ones and the one with "
        "the smallest P. P values in the table are not corrected for the search."
    )
    frame = cutoff_rows(result, run.settings.conf_level)
    yield ReportTable("cutoffs", f"Cut-offs of {result.marker.label}", frame, f"{note} {ABBREVIATIONS}")


def _endoscopy(result: Any, run: Run) -> Iterator[ReportTable]:
    if result.scores:
        yield ReportTable("scores", "Endoscopic scores before and after therapy", endoscopy_scores(result.scores))
    shares = endoscopy_shares(result.shares, run.settings.conf_level).rename(columns={"": "Outcome"})
    yield ReportTable("shares", "Endoscopic remission and healing", shares)


def _safety(result: Any, run: Run) -> Iterator[ReportTable]:
    if result.any_event is not None:
        frame = adverse_events(result, run.settings.conf_level)
        yield ReportTable("adverse-events", "Adverse events", frame, "Actions are counts of events.")
    models = known(result.models)
    if models and models.rows:
        yield _candidates("ae-predictors", "Predictors of adverse events", models, run)


_TABLES: dict[str, Callable[[Any, Run], Iterator[ReportTable]]] = {
    "flow": lambda *_: iter(()),
    "baseline": _baseline,
    "induction": _induction,
    "survival": _survival,
    "predictors": _predictors,
    "cutoffs": _cutoffs,
    "endoscopy": _endoscopy,
    "safety": _safety,
}
