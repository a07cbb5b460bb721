"""The markers' widgets: which two are under the handles, where each is cut, which one is scanned."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.markers import MOST_HANDLES, Marker
from cdanalysis.dictionary.summaries import base_of
from cdanalysis.outcomes.covariates import available
from cdanalysis.outcomes.markers import handles_of, put_under_handle, scan_code, summaries
from cdanalysis.settings.as_text.cutoffs import bounds
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets.side import controls
from cdanalysis.writing.choices.labels import SIDE_LABELS
from cdanalysis.writing.escapes import escape_markdown, one_line
from cdanalysis.writing.markers import marker_labels

SECOND = "Makes three groups with the cut-off where groups are shown (Survival, Baseline); empty is none."
PLACES = ("First marker", "Second marker")
EXPLAINED = "Which column of numbers this slider cuts in two."
WHICH = "Which of a patient's values: only those up to the outcome's time zero are used."


def handles(cohort: Cohort) -> None:
    """Which markers are under the handles, and every cut-off of a candidate and of what makes groups."""
    choice(cohort)
    codes = handles_of(cohort, frame.settings())
    for code in codes:
        _cutoffs_of(cohort.marker(code))
    of_groups = frame.settings().survival_group, frame.settings().baseline_group
    for code in dict.fromkeys((*of_groups, *available(cohort))):
        if cohort.is_marker(code) and code not in codes and (code in of_groups or cohort.marker(code).is_cut):
            _cutoff(cohort.marker(code))
    if cohort.markers:
        controls.settings("marker_axis")


def choice(cohort: Cohort) -> None:
    """Which markers are under the handles."""
    codes = handles_of(cohort, frame.settings())
    for place in range(min(MOST_HANDLES, len(cohort.markers))):
        _handle(cohort, codes, place)


def scan_marker(cohort: Cohort, explanation: str) -> None:
    """Which marker is scanned, compared within subgroups and followed in the multiverse."""
    options = marker_labels(cohort, frame.settings())
    if options:
        select("Marker", options, "setting-scan_marker", scan_code(cohort, frame.settings()), explanation,
                lambda code: frame.change(scan_marker=code))  # fmt: skip


def _handle(cohort: Cohort, codes: tuple[str, ...], place: int) -> None:
    """The marker of a handle, and which of its values where it was measured again and again."""
    settings = frame.settings()
    options = {code: one_line(label) for code, label in summaries.marker_choices(cohort, settings).items()}
    current = codes[place] if place < len(codes) else None

    def chosen(code: str) -> None:
        frame.replace_all(put_under_handle(frame.cohort(), frame.settings(), place, code))

    base = None if current is None else base_of(current) if current in cohort.derived_codes else current
    first = {code: next(iter(summaries.offered(cohort, settings, code)), code) for code in options}
    select(PLACES[place], options, f"handle-{place + 1}", base, EXPLAINED, lambda code: chosen(first[code]))
    values = {} if base is None else summaries.offered(cohort, settings, base)
    if len(values) > 1:
        why = summaries.not_before(cohort, settings)
        label = f"{escape_markdown(options[base or ''])}: which value"
        select(label, values, f"value-{place + 1}", current, why or WHICH, chosen, bool(why))


def _cutoffs_of(marker: Marker) -> None:
    """Cut-off, side and second cut-off of a marker under a handle."""
    _cutoff(marker)
    in_use = frame.settings().cutoff_of(marker)
    label = escape_markdown(marker.label)
    explanation = "Whether the cut-off value itself is high."
    select(f"{label}: high means", SIDE_LABELS, f"side-{marker.code}", in_use.side, explanation,
            lambda side: frame.adopt_cutoff(marker.code, in_use.value, side))  # fmt: skip
    second = frame.settings().second_cutoff(marker.code)
    _number(marker, "second cut-off", second, SECOND,
            lambda value: frame.replace_all(frame.settings().with_second_cutoff(marker.code, value)))  # fmt: skip


def _cutoff(marker: Marker) -> None:
    in_use = frame.settings().cutoff_of(marker)
    worse = f" The values {marker.worse} it are the unfavourable ones." if marker.worse else ""
    explanation = f"High is {'at or above' if in_use.side == '>=' else 'above'} this value.{worse}"
    _number(marker, "cut-off", in_use.value, explanation,
            lambda value: None if value is None else frame.adopt_cutoff(marker.code, value, in_use.side))  # fmt: skip


def select(
    label: str, options: dict[str, str], key: str, current: str | None, explanation: str, commit: Callable[[Any], None],
    disabled: bool = False,
) -> None:  # fmt: skip
    """A select box whose value is seeded from what it stands for; commit: told of another choice."""
    st.session_state[key] = current
    st.selectbox(
        label,
        list(options),
        key=key,
        format_func=options.__getitem__,
        help=explanation,
        on_change=lambda: commit(st.session_state[key]),
        disabled=disabled,
    )


def _number(marker: Marker, what: str, value: float | None, explanation: str, commit: Callable[[Any], None]) -> None:
    key, (lowest, highest) = f"{what}-{marker.code}", bounds(marker.code)
    st.session_state[key] = value
    st.number_input(
        escape_markdown(marker.titled(what)), lowest, highest, None, step=marker.step, format="%g", key=key,
        help=explanation, on_change=lambda: commit(st.session_state[key]),
    )  # fmt: skip
