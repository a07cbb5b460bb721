"""Words inside and about figures: titles, axes, the test's result, the footer (plotly text), and alternative texts.

What is returned as plotly text is escaped; alternative texts are plain, for an attribute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.settings import Settings
from cdanalysis.settings.rows import CHANGED
from cdanalysis.settings.specification import ROWS
from cdanalysis.units import number_text
from cdanalysis.writing.escapes import escape_figure_text, one_line, shorten
from cdanalysis.writing.labels import TIES_LABELS, axis_labels, side_sign
from cdanalysis.writing.numbers import (
    confidence,
    interval,
    months,
    p_phrase,
    patients_and_events,
    ratio,
    survival_at,
)

if TYPE_CHECKING:
    from cdanalysis.cohort import Cohort
    from cdanalysis.statistics.curves.kaplan_meier import KaplanMeierResult

LONGEST_FILE_NAME = 48
OF_GROUPS = ("survival", "competing")


def curves_title(factor: str, cumulative: bool = False, outcome: str = "relapse") -> str:
    """The title of survival curves by a factor, as plotly text."""
    shown = f"Cumulative {outcome}" if cumulative else f"{outcome.capitalize()}-free survival"
    return escape_figure_text(f"{shown} by {factor}")


def survival_title(outcome: str, factor: str = "", cumulative: bool = False) -> str:
    """The title of fixed survival curves, of everybody or by a factor, as plotly text."""
    shown = f"Cumulative incidence of {outcome}" if cumulative else f"Survival free of {outcome}"
    return escape_figure_text(f"{shown} by {factor}" if factor else shown)


def curves_axis(cumulative: bool = False, outcome: str = "relapse") -> str:
    """The title of the vertical axis, as plotly text."""
    return escape_figure_text(f"Patients with {outcome}" if cumulative else f"Patients free of {outcome}")


def months_since(origin: str) -> str:
    """The title of an axis of time: `Months since week 24 of treatment`; plotly text. origin: of an endpoint."""
    return escape_figure_text(f"Months since {origin}{' of treatment' if origin.startswith('week ') else ''}")


def curve_note(logrank_p: float | NotEstimable, univariable: Estimate | NotEstimable, conf_level: float = 0.95) -> str:
    """The test and the hazard ratio written into the curves, on two lines, as plotly text."""
    return "<br>".join(map(escape_figure_text, curve_lines(logrank_p, univariable, conf_level)))


def curve_lines(
    logrank_p: float | NotEstimable, univariable: Estimate | NotEstimable, conf_level: float = 0.95
) -> tuple[str, str]:
    """The test and the hazard ratio of two curves; plain."""
    effect = (
        f"HR not estimable: {univariable.reason}"
        if isinstance(univariable, NotEstimable)
        else f"HR {ratio(univariable.value)} ({confidence(conf_level)} {interval(univariable)}), unadjusted"
    )
    return one_line(f"Log-rank {p_phrase(logrank_p)}"), one_line(effect)


def settings_in_use(cohort: Cohort, settings: Settings, topic: str = "predictors") -> tuple[str, ...]:
    """The settings that decide a page's figures: its main ones always, the others where they are not the default."""
    changed = [name for name in settings.to_query() if ROWS[name].footer == CHANGED]
    others = (
        ()
        if topic == "endoscopy"
        else (f"{name.replace('_', ' ')}: {_value(getattr(settings, name))}" for name in changed)
    )
    own = (*_cutoffs(cohort, settings, topic), *_TOPICS[topic](settings))
    if topic == "multiverse":
        own = (f"varied: {_axes(cohort, settings)}", *own)
    return (*own, *(() if topic == "endoscopy" else (*_further_cutoffs(cohort, settings, topic), *others)))


def _cutoffs(cohort: Cohort, settings: Settings, topic: str) -> tuple[str, ...]:
    """The cut-offs that decide the figures of a page: of both handles, or of the marker that makes the groups."""
    if topic == "predictors":
        return tuple(_cutoff(cohort, settings, code) for code in cohort.handles(settings.handle_codes))
    if topic not in OF_GROUPS or settings.survival_group not in cohort.markers:
        return ()
    second = settings.second_cutoff(settings.survival_group)
    own = _cutoff(cohort, settings, settings.survival_group)
    return (own,) if second is None else (own, f"second cut-off {number_text(second)}")


def _cutoff(cohort: Cohort, settings: Settings, code: str) -> str:
    marker = cohort.marker(code)
    cutoff, side = settings.cutoff_of(marker)
    return f"{shorten(marker.label, LONGEST_FILE_NAME)} {side_sign(side)} {number_text(cutoff)}"


def _further_cutoffs(cohort: Cohort, settings: Settings, topic: str) -> Iterator[str]:
    """The chosen cut-offs of markers that are under no handle: they decide the candidates."""
    handles = cohort.handles(settings.handle_codes)
    for code in cohort.markers if settings.cutoffs else ():
        shown = code in handles or (topic in OF_GROUPS and code == settings.survival_group)
        if not shown and settings.chosen_cutoff(code) is not None:
            yield _cutoff(cohort, settings, code)


def _axes(cohort: Cohort, settings: Settings) -> str:
    """The choices that vary, in words."""
    labels = axis_labels([cohort.marker(code) for code in cohort.handles(settings.handle_codes)])
    return ", ".join(labels[axis].lower() for axis in settings.multiverse_axes.split(",") if axis in labels)


def _relapse(settings: Settings) -> tuple[str, ...]:
    return f"relapse: {settings.relapse_definition}", f"clock: {settings.clock}, week {settings.landmark_week}"


def _interval(settings: Settings) -> str:
    return f"{settings.km_interval} {confidence(settings.conf_level)}"


def _curve_settings(settings: Settings) -> tuple[str, ...]:
    if settings.outcome == "adverse_event":
        return (f"observed until: {settings.adverse_event_end}", _interval(settings))
    return (*_relapse(settings)[settings.outcome != "relapse" :], _interval(settings))


_TOPICS: dict[str, Callable[[Settings], tuple[str, ...]]] = {
    "predictors": lambda s: (*_curve_settings(s), f"{TIES_LABELS[s.ties]} ties"),
    "survival": _curve_settings,
    "between_visits": lambda s: (*_relapse(s), _interval(s)),
    "clocks": lambda s: (*_relapse(s)[s.outcome != "relapse" : 1], f"week {s.landmark_week}", _interval(s)),
    "competing": lambda s: (*_curve_settings(s), f"competing: {s.competing_event}"),
    "induction": lambda s: (f"response: {s.response_definition}", f"missing visit: {s.missing_visits}", _interval(s)),
    "cutoffs": lambda s: (
        *_curve_settings(s)[:-1],
        f"at least {s.scan_least_percent:g}% on each side",
        *((f"at least {s.scan_least_events} events on each side",) if s.scan_least_events else ()),
        f"adjusted for: {shorten(s.scan_adjust, LONGEST_FILE_NAME)}" if s.scan_adjust else "unadjusted",
        confidence(s.conf_level),
    ),
    "multiverse": lambda s: (
        f"cut-offs: {s.multiverse_cutoffs}",
        f"clock: {s.clock}",
        confidence(s.conf_level),
    ),
    "endoscopy": lambda s: (f"remission: CDEIS < {s.cdeis_remission_below:g}", confidence(s.conf_level)),
    "safety": lambda s: (f"observed until: {s.adverse_event_end}", _interval(s), f"{TIES_LABELS[s.ties]} ties"),
    "flow": lambda s: (f"response: {s.response_definition}", f"week {s.landmark_week}"),
}


def curves_alt(factor: str, cumulative: bool = False, outcome: str = "relapse") -> str:
    """The alternative text of curves whose numbers move and are read out beside them; plain."""
    kind = f"cumulative {outcome}" if cumulative else f"survival free of {outcome}"
    return f"Kaplan-Meier curves of {kind} by {factor}, below and above the cut-off, with the number at risk."


def survival_alt(result: KaplanMeierResult, factor: str = "", outcome: str = "relapse") -> str:
    """The alternative text of a fixed Kaplan-Meier figure: every curve's numbers; plain."""
    n_curves = len(result.curves)
    opening = f"Kaplan-Meier {'curve' if n_curves == 1 else 'curves'} of survival free of {outcome}"
    opening += f" by {factor}" if factor else ""
    return " ".join(f"{text}." for text in (opening, *(_curve_alt(result, curve, outcome) for curve in result.curves)))


def _curve_alt(result: KaplanMeierResult, curve: object, outcome: str) -> str:
    named = f"{curve.group}: " if curve.group not in (None, "") and len(result.curves) > 1 else ""
    values = [f"{survival_at(at)} at {at.time:g} months" for at in result.at if at.group == curve.group]
    numbers = patients_and_events(curve.n, curve.n_events_total, outcome)
    return one_line(named + "; ".join([numbers, f"median {months(curve.median.value)}", *values]))


def _value(value: object) -> str:
    return shorten(f"{value:g}" if isinstance(value, float) else value, LONGEST_FILE_NAME)
