"""A survival figure that follows a moving cut-off: the figure once, and for every cut-off the numbers that change.

In two parts: `live_curves`, which no cut-off in use changes and the browser keeps, and `live_now`, a few sentences that a
release of either handle changes. Times are sent once and pointed at; probabilities are rounded to 1e-4, a tenth of a pixel.
Every text is plotly text, escaped; the component takes the escapes back where it shows it as a page does.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.kaplan_meier import LABELS_AT, NOTE_AT, counts, fill_group, survival_figure, turned
from cdanalysis.drawing.marker_axis import AUTO, ON_A_LOG_SCALE, is_log, log_ticks, on_axis
from cdanalysis.sections.predictors.moving_curves import MovingCutoff
from cdanalysis.statistics.curves.curve_steps import CurveSteps
from cdanalysis.units import number_text, round_numbers
from cdanalysis.writing.figure_text import curve_note, curves_axis
from cdanalysis.writing.numbers import adjusted, hazard_ratio_with_p, listed, p_phrase, patients_and_events

N_BARS = 49
UNSTAMPED = "data-driven"  # a cut-off that is neither pre-specified nor published
DIGITS = 4


def live_curves(
    moving: MovingCutoff, labels: Callable[[float], tuple[str, str]], *, cumulative: bool = False, scale: str = AUTO
) -> dict[str, Any]:
    """What assets/handle.js draws from: cut-offs, their labels and answers, the marker's distribution, published cut-offs.

    scale: of the handle's way; a logarithmic one begins at the first cut-off above 0, `log_from`, which is 0 of a linear one.
    """
    marker = moving.marker
    times = sorted({round(t, DIGITS) for answer in moving.answers for t in _times(answer.below) + _times(answer.above)})
    at = {t: index for index, t in enumerate(times)}
    label, unit = theme.escape_figure_text(marker.label), theme.escape_figure_text(marker.unit)
    log_from = _log_from(moving, scale)
    ends = log_from or moving.cutoffs[0], moving.cutoffs[-1]
    both = [tuple(map(theme.escape_figure_text, labels(cutoff))) for cutoff in moving.cutoffs]
    return {
        "title": label,
        "unit": unit,
        "cutoffs": list(moving.cutoffs),
        "cutoff_text": [number_text(cutoff) for cutoff in moving.cutoffs],
        "labels": both,
        "against": [_against(pair, label, unit) for pair in both],
        "note_at": NOTE_AT,
        "labels_at": LABELS_AT,
        "times": times,
        "risk_times": list(moving.risk_times),
        "answer_of": list(moving.answer_of),
        "answers": [_answer(answer, moving, at, cumulative) for answer in moving.answers],
        "log_from": log_from,
        "scale": [{"value": one, "text": number_text(one)} for one in _marks(moving, ends, log_scale=bool(log_from))],
        "bars": _bars(moving.values, *ends, log_scale=bool(log_from)),
        "bars_title": theme.escape_figure_text(_bars_title(moving, bool(log_from))),
        "default": marker.cutoff,
        "published": [
            {"value": one.value, "text": number_text(one.value), "citation": theme.escape_figure_text(one.citation)}
            for one in marker.literature
        ],
    }


def live_now(
    moving: MovingCutoff,
    origin: Callable[[float], str] = lambda _: UNSTAMPED,
    beside: Sequence[str] = (),
    values: Sequence[str] = (),
    others: Sequence[str] = (),
) -> dict[str, Any]:
    """The place of the cut-off in use, the adjusted hazard ratio of every answer in words, and what it is adjusted for.

    origin: where a cut-off comes from (`stamp_in_figure`); beside: labels of the covariates beside the marker; values, others:
    labels of what the handle may have, the values of its own marker, that in use first, and the other markers.
    """
    stamps = {str(place): theme.escape_figure_text(origin(cutoff)) for place, cutoff in enumerate(moving.cutoffs)}
    return {
        "current": moving.current,
        "adjusted": [adjusted(one.adjusted, one.adjusted_p, moving.screening_p) for one in moving.answers],
        "stamps": {place: stamp for place, stamp in stamps.items() if stamp != UNSTAMPED},
        "unstamped": UNSTAMPED,
        "choices": [theme.escape_figure_text(label) for label in (*values, *others)],
        "values": len(values),
        "beside": theme.escape_figure_text(listed(list(beside))),
    }


def marker_curves(
    moving: MovingCutoff,
    labels: tuple[str, str],
    title: str,
    x_title: str,
    *,
    cumulative: bool,
    show_interval: bool,
    footer: str,
) -> dict[str, Any]:
    """The curves below and above; labels: of the two groups. Title, axis and footer are plotly text."""
    answer = moving.answers[moving.answer_of[moving.current]]
    times = moving.risk_times
    look = {"rising": cumulative, "show_interval": show_interval, "footer": footer}
    figure = survival_figure(title, curves_axis(cumulative, outcome=moving.noun), x_title, times, **look)
    for place, (steps, label) in enumerate(zip((answer.below, answer.above), labels, strict=True)):
        fill_group(figure, place, turned(steps) if cumulative else steps, label, times, moving.noun)
    note = curve_note(answer.logrank_p, answer.univariable, moving.conf_level)
    figure["layout"]["annotations"][NOTE_AT]["text"] = note
    return figure


def _times(steps: CurveSteps) -> tuple[float, ...]:
    return steps.time + steps.censored_time


def _against(labels: tuple[str, ...], marker_label: str, unit: str) -> str:
    """`CRP > 10 mg/L against ≤ 10`: which way the hazard ratio goes."""
    below, above = labels
    return f"{above} against {below.removeprefix(marker_label).removesuffix(unit).strip()}"


def _answer(answer: Any, moving: MovingCutoff, place: dict[float, int], cumulative: bool) -> dict[str, Any]:
    return {
        "groups": [_group(steps, place, cumulative, moving.noun) for steps in (answer.below, answer.above)],
        "note": curve_note(answer.logrank_p, answer.univariable, moving.conf_level),
        "readout": _readout(answer, moving.noun),
    }


def _readout(answer: Any, noun: str) -> list[list[str]]:
    return [
        ["below", patients_and_events(answer.below.n, answer.below.n_events, noun)],
        ["above", patients_and_events(answer.above.n, answer.above.n_events, noun)],
        ["Log-rank test", p_phrase(answer.logrank_p)],
        ["Hazard ratio, unadjusted", hazard_ratio_with_p(answer.univariable, answer.univariable_p)],
    ]


def _group(steps: CurveSteps, place: dict[float, int], cumulative: bool, noun: str) -> dict[str, Any]:
    turn = _fallen if cumulative else _rounded
    bounds = (steps.upper, steps.lower) if cumulative else (steps.lower, steps.upper)
    return {
        "t": [place[round(t, DIGITS)] for t in steps.time],
        "s": turn(steps.survival),
        "l": turn(bounds[0]),
        "u": turn(bounds[1]),
        "ct": [place[round(t, DIGITS)] for t in steps.censored_time],
        "cs": turn(steps.censored_survival),
        "r": [str(n) for n in steps.n_at_risk],
        "n": theme.escape_figure_text(counts(steps, noun)),
    }


def _rounded(values: Sequence[float]) -> list[float]:
    return [round(value, DIGITS) for value in values]


def _fallen(values: Sequence[float]) -> list[float]:
    return [round(1 - value, DIGITS) for value in values]


def _marks(moving: MovingCutoff, ends: tuple[float, float], *, log_scale: bool) -> list[float]:
    """Readable values along the handle's way; none on a linear one whose published cut-offs stand there."""
    if log_scale:
        return log_ticks(*ends)
    return [] if moving.marker.literature else round_numbers(*ends)


def _log_from(moving: MovingCutoff, scale: str) -> float:
    above = [cutoff for cutoff in moving.cutoffs if cutoff > 0]
    return above[0] if len(above) > 1 and is_log(moving.values, scale) else 0.0


def _bars_title(moving: MovingCutoff, on_log: bool) -> str:
    told = f"Distribution of {moving.marker.titled()} in {len(moving.values)} patients"
    return f"{told}, {ON_A_LOG_SCALE}" if on_log else told


def _bars(values: Sequence[float], lowest: float, highest: float, *, log_scale: bool) -> list[int]:
    """How many patients lie in each of the strip's bars; what lies beyond the slider is counted in its last bar."""
    lowest, highest = on_axis(lowest, log_scale=log_scale), on_axis(highest, log_scale=log_scale)
    width = (highest - lowest) / N_BARS
    edges = [lowest + width * (index + 1) for index in range(N_BARS - 1)]
    bars = [0] * N_BARS
    for value in values:
        bars[bisect_right(edges, on_axis(value, log_scale=log_scale))] += 1
    return bars
