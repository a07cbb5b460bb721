"""The lower edge of every figure: cohort, what decides its numbers, results version; as plotly text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from cdanalysis import RESULTS_VERSION
from cdanalysis.settings import Settings
from cdanalysis.writing.escapes import escape_figure_text, shorten
from cdanalysis.writing.figure_text import LONGEST_FILE_NAME, settings_in_use

if TYPE_CHECKING:
    from cdanalysis.cohort import Cohort
    from cdanalysis.results import Outcome

FOOTER_CHARACTERS = 84  # a line of 9 px text at the narrowest width a PNG is drawn at, 480 px
OF_NO_OUTCOME = ("induction", "endoscopy", "flow")
# What only an outcome derived from visits and events has: its rule, its time zero and week, its end.
OF_DERIVED = ("relapse: ", "clock: ", "week ", "observed until: ")


def footer(
    cohort: Cohort, settings: Settings, topic: str = "predictors", *, results_version: str = RESULTS_VERSION
) -> str:
    """What decides a page's figures, for their lower edge: cohort, settings, version; as plotly text."""
    outcome = _outcome(cohort, settings, topic)
    settings = replace(settings, outcome=outcome.code) if outcome else settings
    choices = settings_in_use(cohort, settings, topic)
    if outcome and outcome.is_stated:
        choices = (f"{outcome.label}: as the file states it", *filter(_decides_nothing_derived, choices))
    return figure_footer(cohort.label, choices, synthetic=cohort.synthetic, results_version=results_version)


def figure_footer(cohort_label: str, choices: Sequence[str], *, results_version: str, synthetic: bool = False) -> str:
    """The footer of a figure from its parts, as plotly text of short lines; a synthetic cohort is named so first."""
    label = shorten(cohort_label, LONGEST_FILE_NAME)
    parts = [*(["SYNTHETIC cohort"] if synthetic else []), label, *choices, f"results version {results_version}"]
    return "<br>".join(escape_figure_text(line) for line in _lines([part for part in parts if part]))


def _outcome(cohort: Cohort, settings: Settings, topic: str) -> Outcome | None:
    """The outcome that a page's figures are of; None where they are of none."""
    if topic in OF_NO_OUTCOME:
        return None
    found = cohort.outcomes
    return (
        found.get("adverse_event")
        if topic == "safety"
        else found.get(settings.outcome, next(iter(found.values()), None))
    )


def _decides_nothing_derived(choice: str) -> bool:
    return not choice.startswith(OF_DERIVED)


def _lines(parts: Sequence[str]) -> list[str]:
    """The parts set out on lines of at most `FOOTER_CHARACTERS`, a part never broken."""
    lines: list[str] = []
    for part in parts:
        joined = f"{lines[-1]} · {part}" if lines else part
        lines = [*lines[:-1], joined] if lines and len(joined) <= FOOTER_CHARACTERS else [*lines, part]
    return lines
