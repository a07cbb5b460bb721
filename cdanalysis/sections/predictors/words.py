"""The question of the Predictors page, and which of its markers the file has; Markdown, a file's own words escaped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cdanalysis.results import NO_MARKER
from cdanalysis.settings import Settings
from cdanalysis.writing.differences import marker_label
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.labels import clock_in_use, relapse_rule
from cdanalysis.writing.numbers import listed, sentence
from cdanalysis.writing.sentences import are, definition_in_use, question

if TYPE_CHECKING:
    from cdanalysis.cohort import Cohort
    from cdanalysis.outcomes.endpoints import TimeToEvent
    from cdanalysis.sections.predictors.relapse_predictors import MarkerAnalysis

HOW_TO_READ = (
    "Move the slider above a figure: curves, P and hazard ratio follow. A hazard ratio above 1 means more events in the "
    "group above the cut-off; an interval that holds 1 leaves the direction open. *Unadjusted* looks at one factor, "
    "*adjusted* at all that entered the model. The stamp says where the cut-off comes from: one found by trying has too "
    "small a P value."
)


def predictors_question(
    settings: Settings, endpoint: TimeToEvent | None = None, handles: Sequence[MarkerAnalysis] = ()
) -> str:
    """The question of the Predictors page, and the definition and clock in use."""
    factors = [one.labels[1] for one in handles] or ["the candidates"]
    if endpoint is not None and not endpoint.derived:
        rule, clock = "as the file states it", endpoint.origin
    else:
        rule, clock = relapse_rule(settings), clock_in_use(settings)
    noun = endpoint.noun if endpoint is not None else "relapse"
    return f"**{question(factors, noun)}** {definition_in_use(noun, rule, clock)}"


def handles_note(cohort: Cohort, settings: Settings) -> str:
    """Which of the chosen markers the file does not have, and what is shown instead; empty where it has them; Markdown."""
    chosen = () if settings.handles == Settings.handles else settings.handle_codes  # the first ones are nobody's choice
    missing = [marker_label(code) for code in chosen if code not in cohort.markers]
    shown = [cohort.marker(code).label for code in cohort.handles(settings.handle_codes)]
    if not shown:
        return escape_markdown(f"{sentence(NO_MARKER.reason)} Curves by a marker need one.")
    if not missing:
        return ""
    instead = f"{listed(shown)} {are(len(shown))} shown. Other markers can be chosen under Cut-offs and model."
    return escape_markdown(f"The file has no values of {listed(missing)}: {instead}")
