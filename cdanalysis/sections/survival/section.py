"""Kaplan-Meier curves of the chosen outcome, of everybody or by group; what came first where the file states that."""

from collections.abc import Iterator
from dataclasses import replace

from cdanalysis.cohort import Cohort
from cdanalysis.results import p_of
from cdanalysis.sections.blocks import (
    Excluded,
    Figure,
    Heading,
    KeyFigures,
    Looked,
    Note,
    Notice,
    Quote,
    Sentence,
    Table,
)
from cdanalysis.sections.cutoffs.stamp_section import stamp_of_groups, stamped_footer
from cdanalysis.sections.parts import Block, Folded, LookCloser, Part, View, lazily
from cdanalysis.sections.recall import Recall, direct, estimable, or_why
from cdanalysis.sections.survival import tables, words
from cdanalysis.sections.survival.analysis import Survival, survival
from cdanalysis.sections.survival.between_visits import section as between_visits
from cdanalysis.sections.survival.clocks import section as clocks
from cdanalysis.sections.survival.competing import section as competing
from cdanalysis.sections.survival.each_patient import section as each_patient
from cdanalysis.sections.survival.figures import curves
from cdanalysis.sections.survival.groups_section import groups_compared
from cdanalysis.sections.survival.limits_section import hidden_sides
from cdanalysis.sections.survival.programs import section as programs
from cdanalysis.sections.survival.recurrent import section as recurrent
from cdanalysis.sections.survival.rules import section as rules
from cdanalysis.sections.survival.usable import BETWEEN_VISITS, COMPETING, DEFINITIONS, unusable
from cdanalysis.settings import Settings, that_decide
from cdanalysis.writing.choices.conventions import convention_note, curve, median
from cdanalysis.writing.escapes import file_word
from cdanalysis.writing.figure_text import survival_alt, survival_title
from cdanalysis.writing.nouns import free_of
from cdanalysis.writing.within import within

MOST_VIEWS = 3  # outcomes whose curves a bundle holds
DECIDED_BY = (*that_decide("endpoint"), "survival_group", "survival_stratum", "cutoffs", "second_cutoffs")


def views(cohort: Cohort, settings: Settings) -> Iterator[View]:
    """Once for each outcome that was observed; an adverse event has a section of its own."""
    observed = [one for one in cohort.outcomes.values() if one.n_events and one.code != "adverse_event"]
    for one in observed[:MOST_VIEWS]:
        yield View(replace(settings, outcome=one.code), one.code, one.label)


@or_why
def section(cohort: Cohort, settings: Settings, recall: Recall = direct) -> Iterator[Block]:
    """The blocks of the Survival page, of the chosen outcome."""
    found = estimable(recall(survival, cohort, settings))
    group = settings.survival_group
    test = found.logrank
    tested = () if test is None else ((f"log-rank by {within(found.group_label)}", p_of(test)),)
    cut = (group,) if group in cohort.markers else ()
    yield Looked(cohort, settings, page="Survival", names=DECIDED_BY, cut=cut, tested=tested)
    yield from map(Notice, found.endpoint.notes)
    yield from hidden_sides(cohort, settings, group)
    yield KeyFigures(words.key_figures(found))
    yield from map(Sentence, words.components(found.endpoint))
    yield _curves(cohort, settings, found, recall)
    yield Quote(words.survival_sentence(found, settings))
    yield from _numbers(found, settings)
    if found.comparison is not None:
        yield from groups_compared(found.comparison, cohort, settings)
    course = Table("course-of-follow-up", tables.course_of_follow_up(found), "At risk, events and censored by month")
    yield Folded("At risk, events and censored by month", (course,))
    yield Note(words.follow_up_sentence(found))
    yield from map(Note, (*found.endpoint.no_end, *found.endpoint.remarks))
    yield Excluded(found.excluded, found.n)
    if found.endpoint.competing:
        yield Heading("What came first")
        yield from competing.view(cohort, settings, recall)
    missing = unusable(cohort, found.endpoint, settings)
    yield LookCloser("look-closer", tuple(one for one in _parts(cohort, settings, recall) if one.title not in missing))
    yield from map(Note, words.not_offered(missing))


def _curves(cohort: Cohort, settings: Settings, found: Survival, recall: Recall) -> Figure:
    group = settings.survival_group
    beside = (
        stamp_of_groups(cohort, settings, group, recall)
        if group in cohort.markers and found.logrank is not None
        else ""
    )
    noun, cumulative = found.endpoint.noun, settings.curve == "cumulative"
    title = survival_title(noun, found.group_label, cumulative)
    look = {"show_interval": settings.show_interval, "risk_rows": settings.risk_rows}
    below = stamped_footer(cohort, settings, recall, "survival")
    figure = curves(found, title, cumulative=cumulative, footer=below, beside=beside, **look)
    return Figure(
        f"survival-{file_word(found.outcome)}",
        figure,
        survival_alt(found.kaplan_meier, found.group_label, outcome=noun),
    )


def _numbers(found: Survival, settings: Settings) -> Iterator[Block]:
    at = found.kaplan_meier
    shown, numbers = tables.survival_at(at), tables.survival_numbers(at)
    yield Table("survival-at", shown, "Survival at chosen months", numbers, convention=convention_note(settings, curve))
    quantiles = tables.quantile_table(found, settings.conf_level)
    rules = convention_note(settings, median)
    yield Table("survival-quantiles", quantiles, "Quartiles of the time to the event", convention=rules)


def _parts(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Part]:
    given = cohort, settings, recall
    yield Part(
        COMPETING,
        "How many have the outcome when an operation, death or the end of therapy may come first.",
        lazily(competing.view, *given),
        waiting="Fitting Fine and Gray's models…",
    )
    yield clocks.part(*given)
    yield Part(
        DEFINITIONS,
        "What each is made of, where it comes from, and who changes status between any two.",
        lazily(rules.view, *given),
        once=True,
    )
    yield Part(
        BETWEEN_VISITS,
        "A relapse is seen at a visit but began before it: what other dates for it would change.",
        lazily(between_visits.view, *given),
        once=True,
    )
    yield Part(
        "Events that come again",
        "How many events a patient has by when, not the first alone, and by group.",
        lazily(recurrent.view, *given),
    )
    yield Part(
        "Each patient",
        "One lane per patient: how long observed, what happened when, how it ended.",
        lazily(each_patient.view, *given),
    )
    yield Part(
        "R beside SPSS", "Medians, quartiles and intervals as each program prints them.", lazily(programs.view, *given)
    )


def paper(found: Survival, settings: Settings) -> Iterator[Table]:
    """The tables of a paper."""
    noun = found.endpoint.noun
    if found.kaplan_meier.at:
        at = tables.without_one_group(tables.survival_at(found.kaplan_meier))
        yield Table("survival-at", at, f"Survival {free_of(noun)}")
    quantiles = tables.without_one_group(tables.quantile_table(found, settings.conf_level))
    yield Table("quantiles", quantiles, f"Time to {noun}")
