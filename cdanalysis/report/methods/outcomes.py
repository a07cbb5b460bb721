"""The outcomes: what counted as the event, where the clock started, who was followed, and what ended the follow-up."""

from __future__ import annotations

from cdanalysis.dictionary.outcomes import label_of
from cdanalysis.report.content import Run
from cdanalysis.report.facts import endpoints, joined, on_landmark_clock
from cdanalysis.report.references import Citations
from cdanalysis.settings import Settings
from cdanalysis.writing.labels import relapse_rule
from cdanalysis.writing.numbers import count, listed, sentence

STUDY_RULE = "a CDAI above 150 points and a rise of more than 70 over the week-24 value, or objective activity"
RULE_FIELDS = ("relapse_definition", "relapse_reference", "boundary", "landmark_week")


def outcomes(run: Run, cite: Citations) -> str:
    """Every outcome that was analysed, with its clock and its censoring."""
    events = endpoints(run)
    if not events:
        return ""
    stated = [label_of(outcome) for outcome, one in events.items() if not one.derived]
    derived = [outcome for outcome, one in events.items() if one.derived]
    return joined([
        *(_event(run, outcome, cite) for outcome in derived),
        _stated(stated),
        _clock(run.settings, cite) if on_landmark_clock(run) else "",
        _censoring(run) if on_landmark_clock(run) else "",
        _adverse_event(run.settings) if "adverse_event" in derived else "",
        _horizon(run.settings),
        "A month is 365.25/12 days.",
    ])  # fmt: skip


def _event(run: Run, outcome: str, cite: Citations) -> str:
    settings = run.settings
    if outcome == "relapse":
        recorded = bool((run.cohort.events["event"] == "relapse").any())
        also = (
            "; an event recorded as relapse counted too" if recorded and settings.relapse_definition != "cdai" else ""
        )
        return f"Relapse was defined as {relapse_rule(settings)}{also}{_rule_source(settings, cite)}."
    if outcome == "adverse_event":
        return ""
    return (
        f"{sentence(label_of(outcome))[:-1]} was the first one recorded after the week-{settings.landmark_week} visit."
    )


def _rule_source(settings: Settings, cite: Citations) -> str:
    default = Settings()
    if all(getattr(settings, name) == getattr(default, name) for name in RULE_FIELDS):
        return f", as in the source study{cite('study')}"
    return f"; the source study{cite('study')} took {STUDY_RULE}"


def _stated(outcomes: list[str]) -> str:
    if not outcomes:
        return ""
    were = "was" if len(outcomes) == 1 else "were"
    return f"Time to {listed(outcomes)} {were} taken from the file as stated there, with the file's own time zero."


def landmark_visit(settings: Settings) -> str:
    """`the week-24 visit (the nearest within 4 weeks)`."""
    weeks = settings.visit_window_weeks
    within = f"the nearest within {count(weeks, 'week')}" if weeks else "on that day"
    return f"the week-{settings.landmark_week} visit ({within})"


def _clock(settings: Settings, cite: Citations) -> str:
    visit = landmark_visit(settings)
    if settings.clock == "landmark":
        return (
            f"The clock started at {visit}, in the patients with a response at that visit (landmark "
            f"analysis{cite('landmark')}), so that nobody had to stay free of the event in order to be counted."
        )
    if settings.clock == "late-entry":
        return (
            f"The clock started with therapy; the patients with a response at {visit} were at risk from that visit on "
            f"(late entry{cite('truncation')})."
        )
    return (
        f"The clock started with therapy, in the patients with a response at {visit}; the time before that visit, in which "
        f"none of them could have the event, was counted as time at risk{cite('guarantee')}."
    )


def _censoring(run: Run) -> str:
    died = bool((run.cohort.events["event"] == "death").any())
    return (
        f"Patients without the event were censored at the last follow-up{' or at death' if died else ''}; an event on the day "
        "of a censoring was counted as an event."
    )


def _adverse_event(settings: Settings) -> str:
    until = (
        "the end of combination therapy (of follow-up, where that was not known)"
        if settings.adverse_event_end == "combination-end"
        else "the last follow-up"
    )
    return f"Time to the first adverse event ran from the start of therapy, in every patient, to {until}."


def _horizon(settings: Settings) -> str:
    return f"Follow-up was cut at {settings.horizon_months:g} months." if settings.horizon_months else ""
