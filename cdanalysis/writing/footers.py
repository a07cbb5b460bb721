"""The lower edge of every figure: cohort, what decides its numbers, results version; as plotly text."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeGuard

from cdanalysis import RESULTS_VERSION
from cdanalysis.cohort import Cohort
from cdanalysis.results import Outcome
from cdanalysis.settings import Settings
from cdanalysis.settings.as_text.codes import split
from cdanalysis.settings.as_text.cutoffs import Lock
from cdanalysis.settings.rows import CHANGED
from cdanalysis.settings.settings import ROWS
from cdanalysis.units import number_text
from cdanalysis.writing.choices.cutoff_origin import stamp_words
from cdanalysis.writing.choices.definitions import footer_of_endoscopy, footer_of_relapse, footer_of_states
from cdanalysis.writing.choices.differences import setting_name, setting_value
from cdanalysis.writing.choices.labels import TIES_LABELS, axis_labels, side_sign
from cdanalysis.writing.escapes import escape_figure_text, shorten
from cdanalysis.writing.numbers import confidence
from cdanalysis.writing.within import within

FOOTER_CHARACTERS = 76  # a line of 10 px text at the narrowest width a figure is saved at, 400 px
ENDOSCOPIC = "endoscopic remission"  # stands for its levels, of the scores that the cohort has
OF_NO_OUTCOME, OF_GROUPS, OF_MODEL = ("induction", "endoscopy"), ("survival", "competing"), ("predictors", "prognosis")
LONGEST_FILE_NAME = 48
Locks = Mapping[str, Lock] | None


def footer(cohort: Cohort, settings: Settings, topic: str = "predictors", *, locks: Locks = None) -> str:
    """What decides a page's figures, for their lower edge: cohort, settings, version; as plotly text.

    locks: the locked cut-offs by their markers' codes; where they are known, each cut-off says where it comes from.
    """
    choices = settings_in_use(cohort, settings, topic, locks)
    return figure_footer(cohort.label, choices, synthetic=cohort.synthetic)


def figure_footer(cohort_label: str, choices: Sequence[str], *, synthetic: bool = False) -> str:
    """The footer of a figure from its parts, as plotly text of short lines; a synthetic cohort is named so first."""
    label = shorten(cohort_label, LONGEST_FILE_NAME)
    parts = [*(["SYNTHETIC cohort"] if synthetic else []), label, *choices, f"results version {RESULTS_VERSION}"]
    return "<br>".join(escape_figure_text(line) for line in _lines([part for part in parts if part]))


def settings_in_use(
    cohort: Cohort, settings: Settings, topic: str = "predictors", locks: Locks = None
) -> tuple[str, ...]:
    """The settings that decide a page's figures: its main ones always, the others where they are not the default.

    What only an outcome derived from visits and events has - its rule, its time zero and week, its end - is left out where the
    file states the outcome.
    """
    settings = cohort.indexed(settings)
    changed = [name for name in settings.to_query() if ROWS[name].footer == CHANGED]
    others = () if topic == "endoscopy" else [f"{setting_name(name)}: {_value(settings, name)}" for name in changed]
    outcome = _outcome(cohort, settings, topic)
    settings = replace(settings, outcome=outcome.code) if outcome else settings
    told, endoscopic = _TOPICS[topic](settings, outcome), footer_of_endoscopy(settings, cohort)
    own = (
        *_cutoffs(cohort, settings, topic, locks),
        *(one for part in told for one in (endoscopic if part == ENDOSCOPIC else (part,))),
    )
    if topic == "multiverse":
        own = (f"varied: {_axes(cohort, settings)}", *own)
    if cohort.selection and cohort.selection.words:
        own = (f"only {cohort.selection.words}", *own)
    if outcome and outcome.is_stated:
        own = (f"{outcome.label}: as the file states it", *own)
    return (*own, *(() if topic == "endoscopy" else (*_further_cutoffs(cohort, settings, topic, locks), *others)))


def _cutoffs(cohort: Cohort, settings: Settings, topic: str, locks: Locks) -> tuple[str, ...]:
    """The cut-offs that decide the figures of a page: of both handles, or of the marker that makes the groups."""
    if topic in OF_MODEL:
        return tuple(_cutoff(cohort, settings, code, locks) for code in cohort.handles(settings.handle_codes))
    if topic not in OF_GROUPS or settings.survival_group not in cohort.markers:
        return ()
    second = settings.second_cutoff(settings.survival_group)
    own = _cutoff(cohort, settings, settings.survival_group, locks)
    return (own,) if second is None else (own, f"second cut-off {number_text(second)}")


def _cutoff(cohort: Cohort, settings: Settings, code: str, locks: Locks) -> str:
    marker = cohort.marker(code)
    cutoff, side = settings.cutoff_of(marker)
    stamp = "" if locks is None else f" ({stamp_words(marker, cutoff, side, locks.get(code))})"
    return f"{shorten(marker.label, LONGEST_FILE_NAME)} {side_sign(side)} {number_text(cutoff)}{stamp}"


def _further_cutoffs(cohort: Cohort, settings: Settings, topic: str, locks: Locks) -> Iterator[str]:
    """The chosen cut-offs of markers that are under no handle: they decide the candidates."""
    handles = cohort.handles(settings.handle_codes)
    for code in cohort.markers if settings.cutoffs else ():
        shown = code in handles or (topic in OF_GROUPS and code == settings.survival_group)
        if not shown and settings.chosen_cutoff(code) is not None:
            yield _cutoff(cohort, settings, code, locks)


def _axes(cohort: Cohort, settings: Settings) -> str:
    """The choices that vary, in words."""
    labels = axis_labels([cohort.marker(code) for code in cohort.handles(settings.handle_codes)])
    return ", ".join(within(labels[axis]) for axis in settings.multiverse_axes.split(",") if axis in labels)


def _rule(settings: Settings, of: Outcome | None) -> tuple[str, ...]:
    """The rule of a relapse that is derived."""
    return _where("relapse" in split(settings.outcome) and _is_derived(of), *footer_of_relapse(settings))


def _relapse(settings: Settings, of: Outcome | None) -> tuple[str, ...]:
    """The rule of a relapse, and the clock of what is observed from the landmark visit on."""
    from_landmark = _is_derived(of) and of.is_from_landmark
    return (*_rule(settings, of), *_where(from_landmark, f"clock: {settings.clock}, week {settings.landmark_week}"))


def _clocks(settings: Settings, of: Outcome | None) -> tuple[str, ...]:
    """As `_relapse`, where every clock is shown."""
    return (*_rule(settings, of), *_where(_is_derived(of), f"week {settings.landmark_week}"))


def _interval(settings: Settings) -> str:
    return f"{settings.km_interval} {confidence(settings.conf_level)}"


def _end(settings: Settings, of: Outcome | None) -> tuple[str, ...]:
    return _where(_is_derived(of), f"observed until: {_value(settings, 'adverse_event_end')}")


def _is_derived(of: Outcome | None) -> TypeGuard[Outcome]:
    """Whether the outcome is derived from visits and events, not stated by the file."""
    return of is not None and not of.is_stated


def _where(said: bool, *parts: str) -> tuple[str, ...]:
    """The parts where they are to be said."""
    return parts if said else ()


def _curve_settings(settings: Settings, of: Outcome | None) -> tuple[str, ...]:
    of_one = {"adverse_event": _end(settings, of), "endoscopic_remission": (ENDOSCOPIC,)}
    return (*of_one.get(settings.outcome, _relapse(settings, of)), _interval(settings))


# By what the figures are about: of the settings, and the outcome.
_TOPICS: dict[str, Callable[[Settings, Outcome | None], tuple[str, ...]]] = {
    "predictors": lambda s, o: (*_curve_settings(s, o), f"{TIES_LABELS[s.ties]} ties"),
    "prognosis": lambda s, o: (*_TOPICS["predictors"](s, o), f"numbers as {_value(s, 'prognostic_form')}"),
    "survival": _curve_settings,
    "between_visits": lambda s, o: (*_relapse(s, o), _interval(s)),
    "clocks": lambda s, o: (*_clocks(s, o), _interval(s)),
    "competing": lambda s, o: (*_curve_settings(s, o), f"competing: {_value(s, 'competing_event')}"),
    "induction": lambda s, _: (*footer_of_states(s), f"missing visit: {_value(s, 'missing_visits')}", _interval(s)),
    "cutoffs": lambda s, o: (
        *_curve_settings(s, o)[:-1],
        f"at least {s.scan_least_percent:g}% on each side",
        *((f"at least {s.scan_least_events} events on each side",) if s.scan_least_events else ()),
        f"adjusted for: {shorten(s.scan_adjust, LONGEST_FILE_NAME)}" if s.scan_adjust else "unadjusted",
        confidence(s.conf_level),
    ),
    "multiverse": lambda s, o: (
        f"cut-offs: {_value(s, 'multiverse_cutoffs')}",
        *_where(_is_derived(o), f"clock: {s.clock}"),
        confidence(s.conf_level),
    ),
    "endoscopy": lambda s, _: (ENDOSCOPIC, confidence(s.conf_level)),
    "safety": lambda s, o: (*_end(s, o), _interval(s), f"{TIES_LABELS[s.ties]} ties"),
    "flow": lambda s, o: _where(_is_derived(o), footer_of_states(s)[1], f"week {s.landmark_week}"),
}


def _outcome(cohort: Cohort, settings: Settings, topic: str) -> Outcome | None:
    """The outcome that a page's figures are of; None where they are of none."""
    if topic in OF_NO_OUTCOME:
        return None
    return cohort.outcomes.get("adverse_event") if topic == "safety" else cohort.outcome_in_use(settings)


def _lines(parts: Sequence[str]) -> list[str]:
    """The parts set out on lines of at most `FOOTER_CHARACTERS`, a part never broken."""
    lines: list[str] = []
    for part in parts:
        joined = f"{lines[-1]} · {part}" if lines else part
        lines = [*lines[:-1], joined] if lines and len(joined) <= FOOTER_CHARACTERS else [*lines, part]
    return lines


def _value(settings: Settings, name: str) -> str:
    return shorten(setting_value(settings, name), LONGEST_FILE_NAME)
