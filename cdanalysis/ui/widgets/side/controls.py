"""One widget per setting: its row (settings/rows.py) says what it accepts and how it is called, and nothing restates it here.

A widget's value is seeded from the settings on every run and written back by its callback, so that a page switch, a
link and a reset all show in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.indices.endoscopic import BY_LEVEL, I2B
from cdanalysis.drawing.dress import WIDTHS_MM
from cdanalysis.outcomes.centres import centre_columns
from cdanalysis.outcomes.covariates import available, label_of
from cdanalysis.outcomes.endpoints.endoscopic import is_scored
from cdanalysis.outcomes.endpoints.events import has_relation
from cdanalysis.sections.multiverse.specifications import handles_in, offered_axes
from cdanalysis.sections.needs import needs
from cdanalysis.sections.survival.groups_section import group_options
from cdanalysis.settings.as_text.codes import joined, split
from cdanalysis.settings.of_index import FURTHER_FALL, OWN_RULE
from cdanalysis.settings.settings import ROWS
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets.side import indices, outcomes
from cdanalysis.writing.choices.definitions import relapse_with_source
from cdanalysis.writing.choices.labels import CONVENTION_PRESETS, axis_labels
from cdanalysis.writing.escapes import escape_markdown, one_line

NO_DEFINITIONS = "Remission, response and relapse are as the file states them; deriving them needs {needed}."
RESOLUTIONS = {dpi: f"{dpi} dpi" for dpi in (150, 300, 600, 1200)}


def is_derived(cohort: Cohort) -> bool:
    """Whether the cohort has visits from which response and relapse are derived."""
    return not needs("response", cohort)


def definitions(cohort: Cohort) -> None:
    """The index and its rules: relapse, its reference, response and boundaries; what they would need without such visits."""
    if not is_derived(cohort):
        st.caption(NO_DEFINITIONS.format(needed=escape_markdown(needs("response", cohort))))
        return
    chosen = frame.settings()
    indices.index(cohort)
    setting("relapse_definition", chosen.rule_choices)
    st.caption(escape_markdown(relapse_with_source(chosen)))
    if chosen.relapse_definition == OWN_RULE:
        indices.bound("relapse_above_points")
        indices.bound("relapse_rise_points")
    if is_scored(cohort) and chosen.relapse_rule.uses_objective:
        setting("endoscopic_activity")
    if has_relation(cohort):
        setting("events_counted")
    setting("relapse_reference")
    setting("response_definition", chosen.response_choices)
    if chosen.response_definition != FURTHER_FALL:
        indices.bound("response_fall_points")
    indices.bound("remission_below_points")
    if not chosen.index_row.is_inclusive:
        setting("boundary")


def endoscopic(cohort: Cohort) -> None:
    """What endoscopic remission is, of each score that the endoscopies have."""
    held = cohort.endoscopy.notna().any()
    settings(*(score.setting for score in BY_LEVEL if held[score.column]))
    if held.get(I2B, False):
        setting("rutgeerts_remission")


def model(cohort: Cohort) -> None:
    """Candidates and how they are screened."""
    several("candidates", _covariates(cohort), "Standard list")
    setting("screening_p")
    if columns := centre_columns(cohort):
        setting("centre", {"": "As the headers say", **{column: one_line(column) for column in columns}})


def convention() -> None:
    """Which program's conventions: the preset sets ties and interval too."""
    row, key = ROWS["convention"], _seed("convention")

    def preset() -> None:
        chosen = st.session_state[key]
        frame.change(convention=chosen, **CONVENTION_PRESETS[chosen])

    st.selectbox(
        row.label, list(row.choices), key=key, format_func=row.choices.__getitem__, on_change=preset, help=row.help
    )


def saved_figures() -> None:
    """Look of every figure; size, resolution and ground of a saved one."""
    settings("figure_look", "figure_lines", "figure_format")
    setting("png_width_mm", WIDTHS_MM)
    setting("png_dpi", RESOLUTIONS)
    setting("png_ground")


def groups(name: str, cohort: Cohort, *, by_relapse: bool = False) -> None:
    """Which variable makes the groups; a cut-off in use is named."""
    options = {"": "Everybody together", **(outcomes.by_outcome(cohort) if by_relapse else {})}
    setting(name, options | group_options(cohort, frame.settings()))


def axes(cohort: Cohort) -> None:
    """Which choices the multiverse varies; a cut-off is named by its marker."""
    handles = [cohort.marker(code) for code in handles_in(cohort, frame.settings())]
    labels, offered = axis_labels(handles), offered_axes(cohort, frame.settings())
    several("multiverse_axes", {axis: labels[axis] for axis in offered}, "None chosen")


def beside(cohort: Cohort) -> None:
    """Which covariates stand beside a marker; those of the multivariable model can be named as one."""
    several("scan_adjust", {"model": "Multivariable model", **_covariates(cohort)}, "Nothing")


def prognosis(cohort: Cohort) -> None:
    """What a prediction model is made of."""
    several("prognostic_candidates", _covariates(cohort), "What the screening let in")
    setting("prognostic_form")


def settings(*names: str) -> None:
    """The widgets of several settings."""
    for name in names:
        setting(name)


def setting(name: str, options: Mapping[Any, str] | None = None) -> None:
    """The widget of a setting; options: its values in words, of one whose row does not know them."""
    row = ROWS[name]
    options = row.choices if options is None else options
    given = {"key": _seed(name), "help": row.help, "on_change": _commit, "args": (name,)}
    current = getattr(frame.settings(), name)
    if options:
        values = [*options, *([] if current in options else [current])]
        st.selectbox(row.label, values, format_func=lambda value: options.get(value, str(value)), **given)
    elif row.bounds:
        kind: Callable[[float], float] = type(current)
        written = "%g" if kind is float else None  # as many digits as it has
        st.number_input(
            row.label, kind(row.bounds[0]), kind(row.bounds[1]), step=kind(row.step), format=written, **given
        )
    elif isinstance(current, bool):
        st.toggle(row.label, **given)
    else:
        st.text_input(row.label, **given)


def several(name: str, options: Mapping[str, str], placeholder: str) -> None:
    """A box for a setting that lists several of some codes."""
    row, key = ROWS[name], f"setting-{name}"
    st.session_state[key] = [code for code in split(getattr(frame.settings(), name)) if code in options]
    st.multiselect(
        row.label, list(options), key=key, format_func=options.__getitem__, help=row.help, placeholder=placeholder,
        on_change=lambda: frame.change(**{name: joined(st.session_state[key])}),
    )  # fmt: skip


def _covariates(cohort: Cohort) -> dict[str, str]:
    return {code: one_line(label_of(cohort, code)) for code in available(cohort)}


def _seed(name: str) -> str:
    """The widget's key, its value set to the setting it stands for."""
    key = f"setting-{name}"
    st.session_state[key] = getattr(frame.settings(), name)
    return key


def _commit(name: str) -> None:
    frame.change(**{name: st.session_state[f"setting-{name}"]})
