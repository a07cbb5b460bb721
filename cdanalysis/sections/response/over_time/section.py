"""Each patient over time: a measurement of the visits is chosen, and drawn with the means of the groups by response."""

from collections.abc import Iterator
from functools import partial

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes.courses import no_course
from cdanalysis.results import NotEstimable
from cdanalysis.sections.blocks import OF_PATIENTS, Figure, Note, Table
from cdanalysis.sections.parts import Block, Choose, as_part
from cdanalysis.sections.recall import Recall, estimable, or_why
from cdanalysis.sections.response import tables
from cdanalysis.sections.response.analysis import followed_columns
from cdanalysis.sections.response.over_time import figures
from cdanalysis.sections.response.over_time.analysis import GroupOverTime, OverTime, over_time
from cdanalysis.sections.response.timeline.section import chosen_below
from cdanalysis.settings import Settings
from cdanalysis.writing.choices.conventions import convention_note, group_means
from cdanalysis.writing.escapes import escape_markdown, one_line
from cdanalysis.writing.footers import footer
from cdanalysis.writing.numbers import count, listed, measurement

TIMELINE = "timeline-of-line"
ABOUT_OVER_TIME = (
    "A line breaks where a patient was not measured, and each mean is of those measured at that week: who is no longer seen "
    "leaves it. The groups were made at the landmark week, so that they part before it is what made them, and no effect."
)

ABOUT = "A line for each patient of the index or another measurement, and the means of who responded and who did not."


@as_part("Each patient over time", ABOUT)
def view(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    """Of everybody; the index in use first."""
    named = followed_columns(cohort, cohort.indexed(settings))
    if not named:
        yield NotEstimable(no_course(settings))
        return
    yield Choose(
        "over-time",
        "Measurement",
        "Whose values over the visits are drawn, a line for each patient.",
        {column: one_line(label) for column, (label, _) in named.items()},
        partial(_of, cohort, settings, recall),
        start=next(iter(named)),
        each=False,
    )


@or_why
def _of(cohort: Cohort, settings: Settings, recall: Recall, column: str) -> Iterator[Block]:
    found = estimable(recall(over_time, cohort, settings, column))
    drawing = figures.courses_over_time(found, footer(cohort, settings, "induction"))
    yield Figure("over-time", drawing, over_time_alt(found), private=OF_PATIENTS, chooses=TIMELINE)
    shown = tables.means_by_week(found, settings.conf_level)
    rules = convention_note(settings, group_means)
    yield Table("means-over-time", shown, f"{found.label}: means over the visits", convention=rules)
    yield Note(escape_markdown(" ".join(filter(None, (lines_note(found), ABOUT_OVER_TIME)))))
    drawn = [one for group in found.groups for one in group.patient_ids]
    yield chosen_below(TIMELINE, drawn, cohort, settings, recall)


def over_time_alt(found: OverTime) -> str:
    """The alternative text: each group's first and last mean; plain."""
    return f"A line for each patient and the mean of each group, {found.label}. {' '.join(map(_course, found.groups))}"


def lines_note(found: OverTime) -> str:
    """How many of the patients have a line, where not all; empty where all."""
    n, n_drawn = sum(len(one.values) for one in found.groups), sum(len(one.drawn) for one in found.groups)
    return f"A line for {n_drawn:,} of {n:,} patients, evenly taken; the means are of all." if n_drawn < n else ""


def _course(group: GroupOverTime) -> str:
    known = [(n, mean.value) for n, mean in zip(group.n, group.means, strict=True) if n]
    told = [f"mean {measurement(value)} of {n}" for n, value in (known[:1] + known[1:][-1:])]
    return f"{group.label}, {count(len(group.values), 'patient')}: {listed(told) or 'nobody measured'}."
