"""A marker's curves under its cut-off handle, stamped with where the cut-off comes from."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from cdanalysis.cohort import Cohort
from cdanalysis.drawing.kaplan_meier import reach, survival_figure
from cdanalysis.outcomes.endpoints import TimeToEvent
from cdanalysis.outcomes.groups import group_labels
from cdanalysis.outcomes.markers import put_under_handle, summaries, with_handle
from cdanalysis.outcomes.markers.of_cohort import limits
from cdanalysis.results import Caution, NotEstimable
from cdanalysis.sections.blocks import Curves, Figure, Handle, Note, Notice
from cdanalysis.sections.cutoffs.stamp_section import Search, corrected, scanned_for, stamp_in_figure, stamped_footer
from cdanalysis.sections.cutoffs.words import many_cutoffs
from cdanalysis.sections.parts import Block, SideBySide, lazily
from cdanalysis.sections.predictors.analysis import Predictors, predictors
from cdanalysis.sections.predictors.handle.figures import live_curves, live_now
from cdanalysis.sections.predictors.moving_curves import MovingCutoff, moving_curves
from cdanalysis.sections.predictors.moving_cutoff import moving_cutoff
from cdanalysis.sections.predictors.words import handles_note, value_note
from cdanalysis.sections.recall import Recall, estimable, locked_cutoffs, or_why
from cdanalysis.settings import Cutoff, Settings
from cdanalysis.settings.as_text.cutoffs import Lock
from cdanalysis.writing.choices.cutoff_origin import DATA_DRIVEN, cutoff_origin, cutoff_stamp, limits_note
from cdanalysis.writing.escapes import file_word, one_line
from cdanalysis.writing.figure_text import curve_lines, curves_alt, curves_axis, curves_title, months_since
from cdanalysis.writing.within import within

OF_A_REGISTER = "What is left of this P after the search: see Cut-offs (minutes, for a register of this size)."


def handles(cohort: Cohort, settings: Settings, found: Predictors, recall: Recall) -> Iterator[Block]:
    """Every marker under a handle side by side; a sentence where the file does not have the ones that were chosen."""
    missing = handles_note(cohort, settings, summaries.not_before(cohort, settings))
    if missing:
        yield Notice(missing)
    yield SideBySide(
        tuple(
            lazily(marker_curves, cohort, settings, found, one.marker.code, recall, place)
            for place, one in enumerate(found.handles)
        )
    )
    told = (value_note(one.marker, settings, found.n - one.n_missing, found.n) for one in found.handles)
    yield from (Note(text) for text in told if text)


@or_why
def scanned_curves(cohort: Cohort, settings: Settings, code: str, recall: Recall) -> Iterator[Block]:
    """The curves beside a scan, of a marker that need not be under a handle."""
    held = with_handle(cohort, settings, code)
    found = estimable(recall(predictors, cohort, held))
    yield from marker_curves(cohort, held, found, code, recall)


@or_why
def marker_curves(
    cohort: Cohort, settings: Settings, found: Predictors, code: str, recall: Recall, place: int | None = None
) -> Iterator[Block]:
    """Kaplan-Meier curves of a marker that follow its handle, and where the cut-off in use comes from.

    place: of the handle, which may then have another marker; None where the section says which marker it has.
    """
    moving = estimable(recall(moving_cutoff, cohort, settings, code, found))
    curves = estimable(recall(handle_curves, cohort, settings, code, found.endpoint))
    marker, locked = moving.marker, recall(locked_cutoffs).get(code)
    scanned = scanned_for(cohort, settings, code, recall)
    search = None if isinstance(scanned, NotEstimable) else Search(scanned, moving.values)
    beside = [within(one.label) for one in found.entered(code)]
    own, others = ({}, {}) if place is None else _choices(cohort, settings, code)
    codes = (*own, *others)
    now = live_now(
        moving,
        lambda cutoff: stamp_in_figure(marker, Cutoff(cutoff, moving.side), locked, search),
        beside,
        tuple(map(one_line, own.values())),
        tuple(map(one_line, others.values())),
    )
    handle = Handle(
        curves,
        now,
        _said(moving),
        commit=lambda chosen, value: chosen.with_cutoff(code, value, moving.side),
        choose=lambda chosen, choice: put_under_handle(cohort, chosen, place or 0, codes[choice]),
    )
    noun = found.endpoint.noun
    alt = curves_alt(marker.label, settings.curve == "cumulative", outcome=noun)
    figure = _figure(cohort, settings, found, moving, recall)
    yield Figure(f"{file_word(found.endpoint.code)}-by-{file_word(code)}", figure, alt, handle)
    yield from _origin(moving, locked, search)
    unknown = limits_note(marker, moving.cutoffs[moving.current], limits(cohort, marker))
    if unknown:
        yield Caution(unknown, "limits of detection")


def _choices(cohort: Cohort, settings: Settings, code: str) -> tuple[dict[str, str], dict[str, str]]:
    """What a handle may have, by code: the values of its own marker, that in use first, and the other markers."""
    values = summaries.value_choices(cohort, settings, code)
    own = {one: values[one] for one in sorted(values, key=lambda one: one != code)}
    others = {
        next(iter(summaries.offered(cohort, settings, one)), one): label
        for one, label in summaries.marker_choices(cohort, settings).items()
        if one not in own
    }
    return own, others


def _figure(
    cohort: Cohort, settings: Settings, found: Predictors, moving: MovingCutoff, recall: Recall
) -> dict[str, Any]:
    """The figure without its numbers, which the component puts into it."""
    cumulative = settings.curve == "cumulative"
    noun, below = found.endpoint.noun, stamped_footer(cohort, settings, recall)
    titles = (
        curves_title(moving.marker.label, cumulative, outcome=noun),
        curves_axis(cumulative, outcome=noun),
        months_since(found.endpoint.origin),
    )
    look = {"rising": cumulative, "show_interval": settings.show_interval, "footer": below}
    figure = survival_figure(*titles, moving.risk_times, **look)
    either = moving.answers[0]  # whatever the cut-off, the last patient is in one of the two groups
    reach(figure, max(either.below.time[-1], either.above.time[-1]))
    return figure


def _origin(moving: MovingCutoff, locked: Lock | None, search: Search | None) -> Iterator[Block]:
    """Where the cut-off comes from, and what the search for one left of its P value."""
    cutoff = moving.cutoffs[moving.current]
    given = moving.marker, cutoff, moving.side, locked
    yield Note(cutoff_stamp(*given))
    if cutoff_origin(*given) != DATA_DRIVEN:
        return
    if moving.is_register:
        yield Note(OF_A_REGISTER)
    elif search is not None:
        yield Note(f"Of this cut-off: {corrected(search, cutoff)}. {many_cutoffs(search.scan)}")


def handle_curves(cohort: Cohort, settings: Settings, code: str, endpoint: TimeToEvent) -> Curves | NotEstimable:
    """What a handle draws from wherever the cut-offs in use stand."""
    moving = moving_curves(cohort, settings, code, endpoint)
    if isinstance(moving, NotEstimable):
        return moving

    def labels(cutoff: float) -> tuple[str, str]:
        return group_labels(moving.marker, cutoff, moving.side)

    of = live_curves(moving, labels, cumulative=settings.curve == "cumulative", scale=settings.marker_axis)
    content = json.dumps(of, separators=(",", ":")).encode()
    return Curves(of, content, hashlib.sha256(content).hexdigest())


def _said(moving: MovingCutoff) -> str:
    """What the curves say at the cut-off in use; plain."""
    answer = moving.answers[moving.answer_of[moving.current]]
    return f"{'. '.join(curve_lines(answer.logrank_p, answer.univariable, moving.conf_level))}."
