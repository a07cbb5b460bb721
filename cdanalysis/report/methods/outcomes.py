"""The outcomes: what counted as the event, where the clock started, who was followed, and what ended the follow-up."""

from cdanalysis.dictionary.indices.indices import FIRST, INDICES, OWN, SENSITIVITY, STUDY
from cdanalysis.outcomes.endpoints import TimeToEvent
from cdanalysis.outcomes.endpoints.endoscopic import ENDOSCOPIC_REMISSION
from cdanalysis.report.content import Run
from cdanalysis.report.facts import endpoints, joined, on_landmark_clock
from cdanalysis.report.statements.references import Citations
from cdanalysis.settings import Settings
from cdanalysis.settings.as_text.codes import split
from cdanalysis.writing.choices.definitions import endoscopic_remission
from cdanalysis.writing.choices.labels import by_level, relapse_rule
from cdanalysis.writing.numbers import count, listed, sentence
from cdanalysis.writing.sentences import were

_OF_STUDY = INDICES[FIRST]
STUDY_RULE = f"{_OF_STUDY.article} {by_level(_OF_STUDY, _OF_STUDY.rule)} over the week-24 value, or objective activity"
UNSOURCED = (STUDY, SENSITIVITY, OWN)  # of nobody else
RULE_FIELDS = ("relapse_definition", "relapse_reference", "boundary", "landmark_week")


def outcomes(run: Run, cite: Citations) -> str:
    """Every outcome that was analysed, with its clock and its censoring."""
    events = endpoints(run)
    if not events:
        return ""
    stated = [one.noun for one in events.values() if not one.derived]
    derived = {outcome: one for outcome, one in events.items() if one.derived}
    return joined(
        [
            _selected(run),
            *(_event(run, one, cite) for one in derived.values()),
            _stated(stated),
            _clock(run.settings, cite) if on_landmark_clock(run) else "",
            _censoring(run) if on_landmark_clock(run) else "",
            _adverse_event(run.settings) if "adverse_event" in derived else "",
            _horizon(run.settings),
            "A month is 365.25/12 days.",
        ]
    )


def _selected(run: Run) -> str:
    chosen = run.cohort.selection
    if not chosen or not chosen.words:
        return ""
    return f"Only patients with {chosen.words} were analysed ({len(run.cohort.patients):,} of {chosen.n_before:,})."


def _event(run: Run, endpoint: TimeToEvent, cite: Citations) -> str:
    settings, codes = run.settings, split(endpoint.code)
    rule = _relapse(run, cite) if "relapse" in codes and endpoint.of_responders else ""
    if endpoint.code == "adverse_event" or (rule and len(codes) == 1):
        return rule
    if endpoint.code == ENDOSCOPIC_REMISSION:
        return (
            f"Endoscopic remission was {endoscopic_remission(settings, run.cohort)}, from "
            "the start of therapy to the endoscopy that first showed it, in patients not in remission before."
        )
    after = f"the week-{settings.landmark_week} visit" if endpoint.of_responders else endpoint.origin
    related = " of those related to the disease" if settings.events_counted == "related" else ""
    return joined([f"{sentence(endpoint.noun)[:-1]} was the first one{related} recorded after {after}.", rule])


def _relapse(run: Run, cite: Citations) -> str:
    settings, recorded = run.settings, bool((run.cohort.events["event"] == "relapse").any())
    also = "; an event recorded as relapse counted too" if recorded and settings.relapse_rule.uses_objective else ""
    return f"Relapse was defined as {relapse_rule(settings)}{also}{_rule_source(settings, cite)}."


def _rule_source(settings: Settings, cite: Citations) -> str:
    default, rule = Settings(), settings.relapse_rule
    is_of_study = settings.index_row is _OF_STUDY
    if is_of_study and all(getattr(settings, name) == getattr(default, name) for name in RULE_FIELDS):
        return f", as in the source study{cite('study')}"
    source = (
        "" if rule.citation in UNSOURCED else f" (source: {rule.source}{cite(*rule.sources) if rule.sources else ''})"
    )
    return f"{source}; the source study{cite('study')} took {STUDY_RULE}" if is_of_study else source


def _stated(outcomes: list[str]) -> str:
    if not outcomes:
        return ""
    told = f"Time to {listed(outcomes)} {were(len(outcomes))} taken from the file as stated there"
    return f"{told}, counted from the start of follow-up."


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
