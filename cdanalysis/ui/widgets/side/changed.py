"""What is not at its default, whichever page shows its widget: each goes back by one press, and all by another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import streamlit as st

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes.covariates import available, label_of
from cdanalysis.settings import Settings
from cdanalysis.settings.as_text.cutoffs import from_text, seconds_from_text
from cdanalysis.settings.settings import ROWS
from cdanalysis.ui.shell import frame
from cdanalysis.writing.choices.labels import side_sign
from cdanalysis.writing.escapes import escape_markdown, shorten
from cdanalysis.writing.markers import label_without_cohort
from cdanalysis.writing.numbers import sentence

LONGEST = 40  # characters of a line


class Change(NamedTuple):
    """A choice that is not at its default, in words, and the settings without it; plain."""

    words: str
    without: Settings


def changes(cohort: Cohort, settings: Settings) -> Iterator[Change]:
    """Every choice that differs from its default: the cut-offs one per marker."""
    own = cohort.indexed(Settings())  # its index is nobody's choice
    for name, row in ROWS.items():
        value, default = getattr(settings, name), getattr(own, name)
        if value == default:
            continue
        if name in _OF_MARKERS:
            yield from _OF_MARKERS[name](settings)
        else:
            said = _in_words(cohort, settings, name)
            without = settings.with_index(default) if name == "index" else replace(settings, **{name: default})
            yield Change(f"{row.label}: {said}" if said else row.label, without)


def panel(cohort: Cohort) -> None:
    """The choices that are not at their default, each with a press that takes it back; nothing where there are none."""
    found = list(changes(cohort, frame.settings()))
    if not found:
        return
    with st.container(key="changed", gap="xsmall"):
        st.caption(f"Changed from the default ({len(found)})")
        for place, (words, without) in enumerate(found):
            st.button(
                escape_markdown(shorten(words, LONGEST)),
                key=f"undo-{place}",
                icon=":material/undo:",
                type="tertiary",
                width="stretch",
                help=f"{escape_markdown(words)}. Press to go back to the default.",
                on_click=frame.replace_all,
                args=(without,),
            )
        st.button(
            "Reset all settings",
            on_click=frame.reset,
            icon=":material/restart_alt:",
            type="tertiary",
            width="stretch",
            help="Every setting back to its default.",
        )


def _in_words(cohort: Cohort, settings: Settings, name: str) -> str:
    """A value in words; empty where it is a text or a list that has no short ones."""
    value = getattr(settings, name)
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, int | float):
        return f"{value:g}"
    if name == "outcome":
        chosen = cohort.outcome_in_use(settings)
        return sentence(chosen.label)[:-1] if chosen else ""
    code = str(value)
    if name == "relapse_definition":
        return settings.rule_choices[code]
    return ROWS[name].choices.get(code) or (label_of(cohort, code) if code in available(cohort) else "")


def _cutoffs(settings: Settings) -> Iterator[Change]:
    for code, (value, side) in from_text(settings.cutoffs).items():
        yield Change(
            f"{label_without_cohort(code)} cut-off: {side_sign(side)} {value:g}", settings.without_cutoff(code)
        )


def _seconds(settings: Settings) -> Iterator[Change]:
    for code, value in seconds_from_text(settings.second_cutoffs).items():
        yield Change(f"{label_without_cohort(code)} second cut-off: {value:g}", settings.with_second_cutoff(code, None))


_OF_MARKERS = {"cutoffs": _cutoffs, "second_cutoffs": _seconds}
