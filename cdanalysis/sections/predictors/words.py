"""The question of the Predictors page, and which of its markers the file has; Markdown, a file's own words escaped."""

from collections.abc import Sequence

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.markers import Marker
from cdanalysis.dictionary.summaries import parted
from cdanalysis.outcomes.endpoints import TimeToEvent
from cdanalysis.results import NO_MARKER
from cdanalysis.sections.predictors.analysis import MarkerAnalysis
from cdanalysis.settings import Settings
from cdanalysis.settings.as_text.codes import split
from cdanalysis.writing.choices.labels import clock_in_use, relapse_rule
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.markers import NO_LATER, label_without_cohort, value_words
from cdanalysis.writing.numbers import count, listed, sentence
from cdanalysis.writing.sentences import are, definition_in_use, question, with_article
from cdanalysis.writing.within import within

MOST_NAMED = 4
RELAPSE = Settings.outcome  # the one outcome that a rule of the index makes
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
    rule, clock = relapse_rule(settings), clock_in_use(settings)
    if endpoint is not None and not endpoint.derived:
        rule, clock = "as the file states it", endpoint.origin
    elif endpoint is not None and RELAPSE not in split(endpoint.code):
        rule, clock = "the first that the file records", clock if endpoint.of_responders else endpoint.origin
    noun = endpoint.noun if endpoint is not None else "relapse"
    return f"**{question(factors, noun)}** {definition_in_use(noun, rule, clock)}"


def handles_note(cohort: Cohort, settings: Settings, ahead: str = "") -> str:
    """Which of the handles' markers the file does not have, and what is shown instead; empty where it has them; Markdown.

    ahead: why no value after the start of therapy is known at the outcome's time zero; empty where some are.
    """
    shown = [cohort.marker(code).label for code in cohort.handles(settings.handle_codes)]
    if not shown:
        return escape_markdown(f"{sentence(NO_MARKER.reason)} Curves by a marker need one.")
    gone = [code for code in settings.handle_codes if not cohort.is_marker(code)]
    nobodys = settings.handles == Settings.handles and len(gone) == len(settings.handle_codes)
    if not gone or nobodys:
        return ""
    refused = [label_without_cohort(code) for code in gone if ahead and parted(code)]
    missing = [label_without_cohort(code) for code in gone if not (ahead and parted(code))]
    told = f"{_begun(refused)} cannot be used here. {ahead} " if refused else ""
    told += f"The file has no values of {listed([*map(within, missing)])}: " if missing else ""
    instead = (
        f"{_begun(shown)} {are(len(shown))} shown. Another marker can be chosen over its figure, or under Cut-offs."
    )
    return escape_markdown(told + instead)


def _begun(labels: Sequence[str]) -> str:
    """Labels that a sentence begins with."""
    return listed([*labels[:1], *map(within, labels[1:])])


def no_event_notice(endpoint: TimeToEvent) -> str:
    """That there is nothing to predict, and what to do; empty where somebody had the event; Markdown."""
    if endpoint.patients["event"].any():
        return ""
    had = f"None of these {count(len(endpoint.patients), 'patient')} had {with_article(endpoint.noun)}"
    so = "nothing can be said of what predicts it. Choose another outcome, or see under What was read how its column was read."
    return escape_markdown(f"{had}: {so}")


def others_note(labels: Sequence[str]) -> str:
    """Which columns could be candidates and are none, where nobody has chosen; empty where there is none; Markdown."""
    if not labels:
        return ""
    more = len(labels) - MOST_NAMED
    shown = [*map(within, labels[:MOST_NAMED]), *([f"{more} more"] if more > 0 else [])]
    told = f"Not among the candidates: {listed(shown)}. Choose them, before anything is looked at, under Model in the sidebar."
    return escape_markdown(told)


def value_note(marker: Marker, settings: Settings, n_known: int, n: int) -> str:
    """Which value of each patient a marker is that was measured again and again, and of how many it is known; Markdown."""
    words = value_words(marker.code, settings)
    known = f"It is known of {n_known} of {n} patients."
    return escape_markdown(f"{marker.label} is {words}. {known} {NO_LATER}") if words else ""
