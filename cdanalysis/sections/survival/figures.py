"""Kaplan-Meier curves that do not move: one for everybody or one per group, as the Survival and Safety pages show them."""

from typing import Any, Protocol

from cdanalysis.drawing.kaplan_meier import fill_groups, note_result, survival_figure, turned
from cdanalysis.drawing.kmunicate import with_censored_and_events
from cdanalysis.outcomes.endpoints import TimeToEvent
from cdanalysis.results import NotEstimable, p_of
from cdanalysis.statistics.curves.curve_steps import CurveSteps, counts_by
from cdanalysis.statistics.curves.kaplan_meier import KaplanMeierResult
from cdanalysis.statistics.curves.logrank import LogRank
from cdanalysis.writing.escapes import shorten_group
from cdanalysis.writing.figure_text import curves_axis, months_since
from cdanalysis.writing.numbers import EVERYONE, p_phrase

LABEL_CHARACTERS = 44


class Curves(Protocol):
    """What is drawn: the curves as steps and as numbers, when somebody is counted at risk, and the test."""

    @property
    def endpoint(self) -> TimeToEvent: ...
    @property
    def kaplan_meier(self) -> KaplanMeierResult: ...
    @property
    def steps(self) -> tuple[CurveSteps, ...]: ...
    @property
    def risk_times(self) -> tuple[float, ...]: ...
    @property
    def logrank(self) -> LogRank | NotEstimable | None: ...


def curves(
    found: Curves,
    title: str,
    *,
    cumulative: bool,
    show_interval: bool,
    footer: str,
    beside: str = "",
    risk_rows: str = "at-risk",
) -> dict[str, Any]:
    """One curve per group, with interval, censor marks and number at risk; `title` and `footer` are plotly text.

    beside: what stands after the P of the test; plain. risk_rows: "kmunicate" sets censored and events so far under the
    number at risk.
    """
    noun = found.endpoint.noun
    x_title = months_since(found.endpoint.origin)
    look = {"n_groups": len(found.steps), "rising": cumulative, "show_interval": show_interval, "footer": footer}
    figure = survival_figure(title, curves_axis(cumulative, outcome=noun), x_title, found.risk_times, **look)
    labels = [shorten_group(str(curve.group) or EVERYONE, LABEL_CHARACTERS) for curve in found.kaplan_meier.curves]
    shown = list(map(turned, found.steps)) if cumulative else found.steps
    fill_groups(figure, shown, labels, found.risk_times, noun)
    if risk_rows == "kmunicate":
        counted = [counts_by(curve, found.risk_times) for curve in found.kaplan_meier.curves]
        with_censored_and_events(figure, [(censored, events) for _, events, censored in counted])
    if found.logrank is not None:
        note_result(figure, f"Log-rank {p_phrase(p_of(found.logrank))}", beside)
    return figure
