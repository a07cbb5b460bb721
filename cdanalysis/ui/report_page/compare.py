"""Two settings side by side: what differs, hazard ratios, curves."""

from collections.abc import Iterator, Mapping

import streamlit as st

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes.groups import group_labels
from cdanalysis.outcomes.markers import handles_of
from cdanalysis.report.ledger import with_model_of
from cdanalysis.results import NotEstimable
from cdanalysis.sections.blocks import Figure, Looked, Sentence, Table
from cdanalysis.sections.cutoffs.stamp_section import stamped_footer
from cdanalysis.sections.parts import Block, SideBySide, lazily
from cdanalysis.sections.predictors.analysis import Predictors, predictors
from cdanalysis.sections.predictors.handle.figures import marker_curves
from cdanalysis.sections.predictors.moving_curves import MovingCutoff
from cdanalysis.sections.predictors.moving_cutoff import moving_cutoff
from cdanalysis.settings import Settings
from cdanalysis.ui.memory.cached import recall
from cdanalysis.ui.report_page import ledger, settings_file
from cdanalysis.ui.widgets import render
from cdanalysis.writing.escapes import file_word
from cdanalysis.writing.figure_text import curves_alt, curves_title, months_since
from cdanalysis.writing.tables.compared import compared_ratios, compared_settings

WITH = {"defaults": "The defaults", "locked": "The locked primary specification", "file": "A settings file"}
WHOSE = {"in-use": "In use", "other": "Compared with"}


def box(cohort: Cohort, settings: Settings) -> None:
    """Choose what to compare with, and the comparison."""
    offered = [name for name in WITH if name != "locked" or ledger.locked() is not None]
    chosen = st.selectbox(
        "Compare with", offered, format_func=WITH.__getitem__, key="compare-with", index=None, placeholder="Nothing",
        help="The settings in use stay as they are; both are shown side by side.",
    )  # fmt: skip
    other = _other(chosen, settings) if chosen else None
    if other is not None:
        render.draw(_compared(cohort, settings, other))


def _other(chosen: str, settings: Settings) -> Settings | None:
    if chosen == "file":
        return settings_file.chosen_file(
            "compare-file", "Settings file to compare with", "A file that Save settings wrote."
        )
    primary = ledger.locked()
    if chosen == "locked" and primary is not None:
        return with_model_of(settings, primary.specification)
    return Settings()


def _compared(cohort: Cohort, settings: Settings, other: Settings) -> Iterator[Block]:
    """What differs between two settings, in choices, hazard ratios and curves."""
    differing = compared_settings(settings, other)
    if not len(differing):
        yield Sentence("The two settings are the same.")
        return
    yield Table("compared-settings", differing, "Settings that differ")
    sides = [(cohort.summarised(one), one) for one in (settings, other)]
    both = {whose: recall(predictors, *side) for whose, side in zip(WHOSE.values(), sides, strict=True)}
    for found, side in zip(both.values(), sides, strict=True):
        yield Looked(*side, found)
    known = [found for found in both.values() if not isinstance(found, NotEstimable)]
    if len(known) == len(both):
        shown = compared_ratios(*(found.rows for found in known))
        yield Table("compared-ratios", shown, "Hazard ratios side by side")
    else:
        yield from _reasons(both)
    yield SideBySide(tuple(lazily(_curves_of, *side, whose) for whose, side in zip(WHOSE, sides, strict=True)))


def _reasons(both: Mapping[str, Predictors | NotEstimable]) -> Iterator[Block]:
    for whose, found in both.items():
        if isinstance(found, NotEstimable):
            yield Sentence(f"**{whose}**")
            yield found


def _curves_of(cohort: Cohort, settings: Settings, whose: str) -> Iterator[Block]:
    yield Sentence(f"**{WHOSE[whose]}**")
    found = recall(predictors, cohort, settings)
    for code in handles_of(cohort, settings):
        moving = found if isinstance(found, NotEstimable) else recall(moving_cutoff, cohort, settings, code, found)
        if isinstance(found, NotEstimable):
            yield found
        elif isinstance(moving, NotEstimable):
            yield moving
        else:
            yield _curves(cohort, settings, moving, months_since(found.endpoint.origin), whose)


def _curves(cohort: Cohort, settings: Settings, moving: MovingCutoff, x_title: str, whose: str) -> Figure:
    cumulative, marker = settings.curve == "cumulative", moving.marker
    figure = marker_curves(
        moving,
        group_labels(marker, moving.cutoffs[moving.current], moving.side),
        curves_title(marker.label, cumulative, outcome=moving.noun),
        x_title,
        cumulative=cumulative,
        show_interval=settings.show_interval,
        footer=stamped_footer(cohort, settings, recall),
    )
    alt = curves_alt(marker.label, cumulative, outcome=moving.noun)
    return Figure(f"compared-{file_word(marker.code)}-{whose}", figure, alt)
