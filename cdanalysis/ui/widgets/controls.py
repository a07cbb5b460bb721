"""One widget per setting; bounds and choices come from settings.py and markers.py, never restated here.

A widget's value is seeded from the settings on every run and written back by its callback, so that a page switch, a
link and a reset all show in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes.covariates import available, label_of
from cdanalysis.sections.multiverse.specifications import handles_in
from cdanalysis.sections.survival.grouping import offered_groups
from cdanalysis.settings.codes import joined, split
from cdanalysis.settings.specification import BOUNDS, CHOICES
from cdanalysis.ui.report_page import ledger
from cdanalysis.ui.shell import frame
from cdanalysis.ui.widgets import markers
from cdanalysis.writing.escapes import escape_markdown, one_line
from cdanalysis.writing.labels import (
    BOUNDARY_LABELS,
    CLOCK_LABELS,
    CONVENTION_LABELS,
    CONVENTION_PRESETS,
    CURVE_LABELS,
    GROUND_LABELS,
    INTERVAL_LABELS,
    REFERENCE_LABELS,
    RELAPSE_LABELS,
    RESPONSE_LABELS,
    TIES_LABELS,
    axis_labels,
    relapse_rule,
)


def sidebar(cohort: Cohort) -> None:
    """Every setting of the relapse analyses, grouped as a methods section would be."""
    with st.sidebar:
        with st.expander("Definitions", icon=":material/rule:", expanded=True):
            definitions()
        with st.expander("Clock and follow-up", icon=":material/schedule:"):
            clock()
        with st.expander("Cut-offs and model", icon=":material/tune:"):
            markers.handles(cohort)
            model(cohort)
        with st.expander("Curves", icon=":material/show_chart:"):
            curves()
        with st.expander("Saved figures", icon=":material/image:"):
            saved_figures()
        st.button("Reset all settings", on_click=frame.reset, icon=":material/restart_alt:", width="stretch",
                  help="Every setting back to its default.")  # fmt: skip
        ledger.lock_button(cohort)


def definitions() -> None:
    """CDAI rules: relapse, its reference, response and boundaries."""
    choice("relapse_definition", "Relapse", RELAPSE_LABELS, "What counts as a relapse in the visits and events.")
    st.caption(escape_markdown(relapse_rule(frame.settings())))
    if frame.settings().relapse_definition == "custom":
        number("relapse_above_points", "CDAI above (points)", "Level that a relapse must exceed.", step=5.0)
        number("relapse_rise_points", "and risen by (points)", "Rise over the reference that it must exceed.", step=5.0)
    choice("relapse_reference", "Rise is measured from", REFERENCE_LABELS, "The CDAI a rise is compared with.")
    choice("response_definition", "Response", RESPONSE_LABELS, "Who enters the maintenance cohort.")
    if frame.settings().response_definition != "fall-100":
        number("response_fall_points", "Fall in CDAI (points)", "Fall from baseline that makes a response.", step=5.0)
    number("remission_below_points", "Remission below (CDAI points)", "Remission also needs the fall above.", step=5.0)
    choice("boundary", "Values on the boundary", BOUNDARY_LABELS, "Whether 150 and 70 themselves count.")


def clock() -> None:
    """Time zero, landmark and horizon."""
    choice("clock", "Time zero", CLOCK_LABELS, "Where the clock of the relapse curve starts.")
    number("landmark_week", "Responders at week", "The visit that decides who is a responder.", step=1)
    number("visit_window_weeks", "Visit window (± weeks)", "How far from that week its visit may lie.", step=1)
    number("horizon_months", "Stop follow-up at (months)", "Administrative end of the analysis; 0 uses all.", step=6.0)


def model(cohort: Cohort) -> None:
    """Candidates, screening and ties."""
    candidates(cohort)
    number(
        "screening_p", "Enter the model if log-rank P <", "Screening of the candidates; 1 enters them all.", step=0.01
    )
    convention()
    choice("ties", "Tied times", TIES_LABELS, "How the Cox model treats tied times.")


def convention() -> None:
    """Which program's conventions: the preset sets ties and interval too."""
    key = _seed("convention")

    def preset() -> None:
        chosen = st.session_state[key]
        frame.change(convention=chosen, **CONVENTION_PRESETS[chosen])

    st.selectbox(
        "Conventions", list(CONVENTION_LABELS), key=key, format_func=CONVENTION_LABELS.get, on_change=preset,
        help="Percentiles, the interval of a median, tied times and the interval of a curve.",
    )  # fmt: skip


def curves() -> None:
    """What a survival figure shows."""
    choice("curve", "Curve", CURVE_LABELS, "Which way the curve runs.")
    choice("km_interval", "Interval", INTERVAL_LABELS, "Scale of the interval.")
    number("conf_level", "Confidence level", "Of every interval; 0.95 is usual.", step=0.01)
    toggle("show_interval", "Show the interval", "The shaded band around each curve.")


def saved_figures() -> None:
    """Size, resolution and ground of a saved PNG."""
    sizes = {85: "85 mm, one column", 114: "114 mm, one and a half", 174: "174 mm, two columns"}
    choice("png_width_mm", "Width", sizes, "Widths that journals ask for.")
    choice(
        "png_dpi", "Resolution", {dpi: f"{dpi} dpi" for dpi in (150, 300, 600)}, "300 dpi is what most journals ask."
    )
    choice("png_ground", "Ground", GROUND_LABELS, "Paper wants a white ground.")


def groups(field: str, cohort: Cohort, *, by_relapse: bool = False) -> None:
    """Which variable makes the groups; a cut-off in use is named."""
    options = {"": "Everybody together", **({"relapse": "Relapse: no, yes"} if by_relapse else {})}
    options |= {code: one_line(label_of(cohort, code)) for code in offered_groups(cohort)}
    choice(field, "Groups", options, "Markers are cut at the cut-offs in use.")


def text(field: str, label: str, explanation: str) -> None:
    """A text box for a setting."""
    st.text_input(label, key=_seed(field), help=explanation, on_change=_commit, args=(field,))


def many(
    field: str, label: str, options: Mapping[str, str], explanation: str, placeholder: str = "None chosen"
) -> None:
    """A box for a setting that lists several of some codes."""
    key = f"setting-{field}"
    st.session_state[key] = [code for code in split(getattr(frame.settings(), field)) if code in options]
    st.multiselect(
        label, list(options), key=key, format_func=options.get, help=explanation, placeholder=placeholder,
        on_change=lambda: frame.change(**{field: joined(st.session_state[key])}),
    )  # fmt: skip


def axes(cohort: Cohort, explanation: str) -> None:
    """Which choices the multiverse varies; a cut-off is named by its marker."""
    handles = [cohort.marker(code) for code in handles_in(cohort, frame.settings())]
    many("multiverse_axes", "Choices to vary", axis_labels(handles), explanation)


def toggle(field: str, label: str, explanation: str) -> None:
    """A switch for a setting that is on or off."""
    st.toggle(label, key=_seed(field), help=explanation, on_change=_commit, args=(field,))


def candidates(cohort: Cohort) -> None:
    """Which baseline variables are candidate predictors; none chosen means the standard list."""
    options = {code: one_line(label_of(cohort, code)) for code in available(cohort)}
    many("candidates", "Candidate predictors", options, "Empty: the standard list of the study's baseline variables.",
         placeholder="Standard list")  # fmt: skip


def beside(field: str, label: str, cohort: Cohort) -> None:
    """Which covariates stand beside a marker; those of the multivariable model can be named as one."""
    options = {"model": "Multivariable model"}
    options |= {code: one_line(label_of(cohort, code)) for code in available(cohort)}
    many(field, label, options, "Covariates in every model beside the marker.", placeholder="Nothing")


def choice(field: str, label: str, options: Mapping[Any, str], explanation: str) -> None:
    """A select box for a setting that has a few values."""
    current = getattr(frame.settings(), field)
    values = [*CHOICES.get(field, tuple(options))]
    values += [current] if current not in values else []
    st.selectbox(
        label, values, key=_seed(field), help=explanation, on_change=_commit, args=(field,),
        format_func=lambda value: options.get(value, str(value)),
    )  # fmt: skip


def number(field: str, label: str, explanation: str, *, step: float) -> None:
    """A number box for a setting with bounds."""
    kind: Callable[[float], float] = type(getattr(frame.settings(), field))
    lowest, highest = (kind(bound) for bound in BOUNDS[field])
    st.number_input(
        label, lowest, highest, step=kind(step), key=_seed(field), help=explanation, on_change=_commit, args=(field,)
    )


def _seed(field: str) -> str:
    """The widget's key, its value set to the setting it stands for."""
    key = f"setting-{field}"
    st.session_state[key] = getattr(frame.settings(), field)
    return key


def _commit(field: str) -> None:
    frame.change(**{field: st.session_state[f"setting-{field}"]})
