"""The current level of a marker in words: what it predicts, on how much it stands, and why it may be an early sign only."""

from collections.abc import Iterator

from cdanalysis.results import Caution
from cdanalysis.sections.models.words import ratio_with_p
from cdanalysis.sections.predictors.current_level.analysis import CurrentLevel
from cdanalysis.writing.escapes import escape_figure_text, escape_markdown
from cdanalysis.writing.nouns import capitalized, free_survival
from cdanalysis.writing.numbers import count, p_phrase, percentage
from cdanalysis.writing.within import within

SPAN_LABEL = "A value is carried for (months)"
SPAN_HELP = "How long the last value stands for the current one; a patient whose last value is older is not at risk until the next."
SPAN, LONGEST = 6.0, 24.0
MOSTLY = 0.8  # of the time at risk: a value known for less is told
ABOUT_LEVEL = (
    "Start-stop Cox regression: the level at any time is the last one measured before it; an event at a visit is of the value "
    "before that visit. Errors are by patient. The curves are Simon and Makuch's: patients change from one to the other as their "
    "level does, so a curve is no fate of a group of patients, and the P beside is the Mantel-Byar test."
)
ABOUT_AFTER = (
    "After an event: the rate of the outcome since then against before it or without it. Who has the event is chosen by how the "
    "disease goes, so the ratio is no effect of it."
)
REVERSE = (
    "A level that rises just before the outcome may be its first sign and not its cause: compare with the row that counts a value "
    "a month later, and with baseline."
)


def level_title(found: CurrentLevel) -> str:
    """The figure's title, as plotly text."""
    return escape_figure_text(
        f"{capitalized(free_survival(found.noun))} by current {within(found.marker.label)} (Simon-Makuch)"
    )


def level_note(found: CurrentLevel) -> str:
    """The test written into the figure; plain."""
    return f"Mantel-Byar {p_phrase(found.logrank_p)}"


def level_sentence(found: CurrentLevel) -> str:
    """For the manuscript: the current level's ratio, what it stands on, beside baseline."""
    first, last = found.rows[0], found.rows[-1]
    return escape_markdown(
        f"With the last {within(found.marker.label)} carried for {found.span:g} months ({found.known_events} of "
        f"{count(found.n_events, found.noun)} and {percentage(found.known)} of the time at risk at a known value), "
        f"{within(first.label)}: HR {ratio_with_p(first.ratio)}; {within(last.label)}: HR {ratio_with_p(last.ratio)}."
    )


def cautions(found: CurrentLevel) -> Iterator[Caution]:
    """Reverse causation; how much of the time is not known."""
    yield Caution(REVERSE, "reverse causation")
    if found.known < MOSTLY:
        yield Caution(f"Only {percentage(found.known)} of the time at risk has a known value.", "few values")


def level_alt(found: CurrentLevel) -> str:
    """The alternative text of the figure; plain."""
    parts = [
        f"{label}: {count(steps.n, 'patient')} ever in it, {count(steps.n_events, found.noun)}, "
        f"{percentage(steps.survival[-1])} at the end."
        for label, steps in zip(found.labels, found.steps, strict=True)
    ]
    return " ".join([f"Curves by the current {within(found.marker.label)}.", *parts])
