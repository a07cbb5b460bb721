"""Words inside and about figures: titles, axes, the test's result, the footer (plotly text), and alternative texts.

What is returned as plotly text is escaped; alternative texts are plain, for an attribute.
"""

from collections.abc import Sequence

from cdanalysis.results import A_WEEK, Estimate, NotEstimable
from cdanalysis.statistics.curves.kaplan_meier import KaplanMeierCurve, KaplanMeierResult, SurvivalAt
from cdanalysis.writing.escapes import escape_figure_text, one_line
from cdanalysis.writing.nouns import capitalized, free_of, free_survival
from cdanalysis.writing.numbers import confidence, interval, months, p_phrase, patients_and_events, ratio, survival_at
from cdanalysis.writing.within import within


def curves_title(factor: str, cumulative: bool = False, *, outcome: str) -> str:
    """The title of survival curves by a factor, as plotly text."""
    shown = f"cumulative {outcome}" if cumulative else free_survival(outcome)
    return escape_figure_text(f"{capitalized(shown)} by {within(factor)}")


def survival_title(outcome: str, factor: str = "", cumulative: bool = False) -> str:
    """The title of fixed survival curves, of everybody or by a factor, as plotly text."""
    shown = f"Cumulative incidence of {outcome}" if cumulative else f"Survival {free_of(outcome)}"
    return escape_figure_text(f"{shown} by {within(factor)}" if factor else shown)


def curves_axis(cumulative: bool = False, *, outcome: str) -> str:
    """The title of the vertical axis, as plotly text."""
    return escape_figure_text(f"Patients with {outcome}" if cumulative else f"Patients {free_of(outcome)}")


def months_since(origin: str) -> str:
    """The title of an axis of time: `Months since week 24 of treatment`; plotly text. origin: of an endpoint."""
    return escape_figure_text(f"Months since {origin}{' of treatment' if origin.startswith(A_WEEK) else ''}")


def curve_note(logrank_p: float | NotEstimable, univariable: Estimate | NotEstimable, conf_level: float = 0.95) -> str:
    """The test and the hazard ratio written into the curves, on two lines, as plotly text."""
    return "<br>".join(map(escape_figure_text, curve_lines(logrank_p, univariable, conf_level)))


def curve_lines(
    logrank_p: float | NotEstimable, univariable: Estimate | NotEstimable, conf_level: float
) -> tuple[str, str]:
    """The test and the hazard ratio of two curves; plain."""
    effect = (
        f"HR not estimable: {univariable.reason}"
        if isinstance(univariable, NotEstimable)
        else f"HR {ratio(univariable.value)} ({confidence(conf_level)} {interval(univariable)}), unadjusted"
    )
    return one_line(f"Log-rank {p_phrase(logrank_p)}"), one_line(effect)


def curves_alt(factor: str, cumulative: bool = False, *, outcome: str) -> str:
    """The alternative text of curves whose numbers move and are read out beside them; plain."""
    kind = f"cumulative {outcome}" if cumulative else f"survival {free_of(outcome)}"
    return f"Kaplan-Meier curves of {kind} by {within(factor)}, below and above the cut-off, with the number at risk."


def survival_alt(result: KaplanMeierResult, factor: str = "", *, outcome: str) -> str:
    """The alternative text of a fixed Kaplan-Meier figure: every curve's numbers; plain."""
    n_curves = len(result.curves)
    opening = f"Kaplan-Meier {'curve' if n_curves == 1 else 'curves'} of survival {free_of(outcome)}"
    opening += f" by {within(factor)}" if factor else ""
    return " ".join(f"{text}." for text in (opening, *(_curve_alt(result, curve, outcome) for curve in result.curves)))


def survival_line(name: str, at: Sequence[SurvivalAt]) -> str:
    """A curve's survival at the chosen months, its name once: `Midway: 85.5% at 12 months, 78.6% at 24 months.`; plain."""
    values = ", ".join(f"{survival_at(one)} at {one.time:g} months" for one in at)
    return f"{name}: {values or 'no month chosen'}."


def _curve_alt(result: KaplanMeierResult, curve: KaplanMeierCurve, outcome: str) -> str:
    named = f"{curve.group}: " if curve.group not in (None, "") and len(result.curves) > 1 else ""
    values = [f"{survival_at(at)} at {at.time:g} months" for at in result.at if at.group == curve.group]
    numbers = patients_and_events(curve.n, curve.n_events_total, outcome)
    return one_line(named + "; ".join([numbers, f"median {months(curve.median.value)}", *values]))
