"""Response and remission: status at each scheduled week, time to each, and disease activity over the visits."""

from collections.abc import Iterator, Sequence

from cdanalysis.cohort import Cohort
from cdanalysis.sections.blocks import (
    OF_PATIENTS,
    Excluded,
    Figure,
    Heading,
    KeyFigures,
    Looked,
    Note,
    Quote,
    Sentence,
    Table,
)
from cdanalysis.sections.parts import Block, LookCloser, SideBySide
from cdanalysis.sections.recall import Recall, direct, estimable, or_why
from cdanalysis.sections.response import figures, tables, words
from cdanalysis.sections.response.analysis import Activity, Induction, induction
from cdanalysis.sections.response.over_time import section as over_time
from cdanalysis.sections.response.states import section as states
from cdanalysis.settings import Settings
from cdanalysis.writing.choices.conventions import convention_note, paired, percentiles, wilson
from cdanalysis.writing.choices.definitions import in_full
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.footers import footer

DECIDED_BY = (
    "index", "remission_below_points", "response_definition", "response_fall_points", "boundary", "landmark_week",
    "visit_window_weeks", "missing_visits",
)  # fmt: skip


@or_why
def section(cohort: Cohort, settings: Settings, recall: Recall = direct) -> Iterator[Block]:
    """The blocks of the Response and remission page."""
    found = estimable(recall(induction, cohort, settings))
    yield Looked(cohort, settings, page="Response", names=DECIDED_BY, cut=())
    below = footer(cohort, settings, "induction")
    yield KeyFigures(words.key_figures(found, settings))
    yield Quote(words.induction_sentence(found, settings))
    yield Note(escape_markdown(in_full(cohort.indexed(settings))))
    yield from _reached(found, settings, below)
    yield Heading("Who changes class with the definitions")
    yield _reclassified(found)
    yield Heading("Disease activity over the visits")
    yield from _activity(found.activity, settings, below)
    yield Excluded(found.excluded, found.response.curve.n)
    given = cohort, settings, recall
    yield LookCloser("response-closer", (states.view(*given), over_time.view(*given)))


def _reached(found: Induction, settings: Settings, below: str) -> Iterator[Block]:
    """Each week's shares, and the time to the first response and remission."""
    times = found.response, found.remission
    shares = Figure("response-by-week", figures.shares_by_week(found.weeks, below), words.shares_alt(found))
    curves = figures.cumulative_curves(times, found.weeks[-1].week, below)
    yield SideBySide(((shares,), (Figure("time-to-response", curves, words.cumulative_alt(*times)),)))
    shown = tables.responses(found.weeks, settings.conf_level)
    yield Table("response", shown, "Response and remission by week", convention=convention_note(settings, wilson))
    shown = tables.times_to(times)
    rules = convention_note(settings, percentiles)
    yield Table("time-to-response-table", shown, "Time to the first response and remission", convention=rules)


def _reclassified(found: Induction) -> Block:
    changed = tables.reclassified(found.reclassified)
    if len(changed):
        return Table("reclassified", changed, "Who changes class with the definitions", private=OF_PATIENTS)
    return Sentence("Nobody: the definitions in use put every patient in the class of the default ones.")


def _activity(measured: Sequence[Activity], settings: Settings, below: str) -> Iterator[Block]:
    drawn = ((one.label.lower(), figures.activity_boxes(one, below), words.activity_alt(one)) for one in measured)
    boxes = [Figure(f"{label}-by-visit", figure, alt, private=OF_PATIENTS) for label, figure, alt in drawn]
    yield SideBySide((tuple(boxes[0::2]), tuple(boxes[1::2])))
    rules, note = convention_note(settings, paired), words.PAIRS[settings.missing_visits]
    yield Table(
        "activity", tables.activity(measured), "Disease activity over the visits", footnote=note, convention=rules
    )


def paper(found: Induction, settings: Settings) -> Iterator[Table]:
    """The tables of a paper."""
    yield Table("response", tables.responses(found.weeks, settings.conf_level), "Response and remission by week")
    if found.activity:
        yield Table("activity", tables.activity(found.activity), "Disease activity against baseline, in pairs")
