"""The three clocks in words: what the cohort selected on, and by how much it matters."""

from math import isnan

from cdanalysis.results import NotEstimable
from cdanalysis.sections.models.alternative import Alternative
from cdanalysis.sections.survival.clocks.analysis import Clocks
from cdanalysis.writing.escapes import escape_figure_text, escape_markdown
from cdanalysis.writing.figure_text import survival_line
from cdanalysis.writing.nouns import free_of
from cdanalysis.writing.numbers import count, listed, months, percentage, ratio

CLOCK_CURVES = {
    "landmark": "From week {week} (landmark)",
    "late-entry": "From therapy, entering at week {week}",
    "naive": "From therapy, naive",
}
ABOUT_CLOCKS = (
    "Months count from each line's own time zero. Landmark: the responders from that visit on. Late entry: from the start of "
    "therapy, each at risk only from that visit on. Naive: from the start of therapy, as if at risk all along: the same curve "
    "where everybody entered before the first event, and in either case only of those who came through the wait."
)


def clock_curve(clock: str, week: int) -> str:
    """The name of a clock's curve; plain."""
    return CLOCK_CURVES[clock].format(week=week)


def clocks_title(noun: str) -> str:
    """The figure's title, as plotly text."""
    return escape_figure_text(f"Survival {free_of(noun)} on each clock")


def selection_sentence(found: Clocks) -> str:
    """What the cohort selected on before time could run."""
    chosen = found.selection
    told = (
        f"{chosen.n:,} of {count(chosen.n_patients, 'patient')} are analysed: the responders at week {chosen.week}, so nobody "
        f"could have the event in the first {chosen.week} weeks of therapy."
    )
    if chosen.follow_up_was_required:
        told += (
            f" Nobody in the file was followed for less than {chosen.week} weeks (shortest {chosen.shortest_weeks:.1f}): whoever "
            "left, worsened or died earlier is not in it, and no clock brings them back."
        )
    return escape_markdown(told)


def clocks_sentence(found: Clocks) -> str:
    """By how much the naive clock differs from the landmark, in survival, median and hazard ratios."""
    landmark, _, naive = found.clocks
    parts = [
        f"{percentage(late.survival.value)} instead of {percentage(early.survival.value)} at {early.time:g} months"
        for early, late in zip(landmark.kaplan_meier.at, naive.kaplan_meier.at, strict=True)
        if early.observed and late.observed
    ][:2]
    if not isnan(landmark.curve.median.value):
        parts.append(f"a median of {months(naive.curve.median.value)} instead of {months(landmark.curve.median.value)}")
    if not parts:
        return ""
    told = f"Counted naively from the start of therapy, survival {free_of(found.noun)} would be {listed(parts)}."
    return escape_markdown(f"{told}{_ratios(landmark, naive)}")


def _ratios(landmark: Alternative, naive: Alternative) -> str:
    pairs = [
        f"{one.label} {ratio(one.ratio.value)} and {ratio(other.ratio.value)}"
        for one, other in zip(landmark.ratios, naive.ratios, strict=True)
        if not isinstance(one.ratio, NotEstimable) and not isinstance(other.ratio, NotEstimable)
    ]
    return f" Hazard ratios, landmark and naive: {'; '.join(pairs)}." if pairs else ""


def clocks_alt(found: Clocks) -> str:
    """The alternative text of the figure; plain."""
    lines = [survival_line(clock_curve(one.code, found.selection.week), one.kaplan_meier.at) for one in found.clocks]
    return " ".join([f"Kaplan-Meier curves {free_of(found.noun)} on three clocks.", *lines])
