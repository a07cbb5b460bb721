"""Relapse between two visits in words: how wide the intervals are, and how far the numbers move."""

from statistics import median

from cdanalysis.results import estimated
from cdanalysis.sections.models.words import ratio_with_p
from cdanalysis.sections.survival.between_visits.analysis import BetweenVisits
from cdanalysis.sections.survival.between_visits.interval_models import IntervalModels
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.figure_text import survival_line
from cdanalysis.writing.numbers import count, hazard_ratio, listed, percentage, ratio
from cdanalysis.writing.within import within

DATE_LABELS = {"found": "Visit that found it", "midway": "Midway", "earliest": "After the visit before"}
NO_DATE, BETWEEN = "No date (Turnbull)", "Between the visits"
ABOUT_BETWEEN_VISITS = (
    "A relapse by the index is found at a visit and began after the visit before; a fistula, abscess or obstruction has its own "
    "date. Turnbull's estimate uses only the two visits: inside an interval it does not say where the curve falls, hence a range. "
    "It gives no confidence interval. Censored times are as in the curve above."
)
ABOUT_MODELS = (
    "Between the visits: Cox regression that uses only the two visits each relapse lies between (semiparametric maximum "
    "likelihood, Finkelstein 1986; errors by the curvature of the profile likelihood). It supposes that visits were not timed "
    "by how a patient felt, and has no late entry, strata or weights. P of equal groups: likelihood ratio in that model; it is "
    "not the log-rank test."
)


def between_visits_sentence(found: BetweenVisits) -> str:
    """How many relapses lie between visits, and by how much survival and hazard ratios depend on their date."""
    opening = f"{found.n_between:,} of {count(found.n_events, 'relapse')} lie between two visits"
    if not found.n_between:
        return escape_markdown(f"{opening}: every relapse has its own date.")
    opening += f", a median of {median(found.gaps):.1f} months apart (longest {found.gaps[-1]:.1f})"
    at = [
        f"{percentage(earliest.survival.value)} to {percentage(latest.survival.value)} at {latest.time:g} months"
        for latest, earliest in zip(found.dated[0].kaplan_meier.at, found.dated[-1].kaplan_meier.at, strict=True)
        if latest.observed and earliest.observed
    ]
    told = f" Dated as early and as late as can be, survival free of relapse is {', '.join(at)}." if at else ""
    return escape_markdown(f"{opening}.{told}{_ratios(found)}")


def _ratios(found: BetweenVisits) -> str:
    parts = []
    for place, first in enumerate(found.dated[0].ratios):
        ratios = estimated(one.ratios[place].ratio for one in found.dated)
        if len(ratios) == len(found.dated):
            values = [one.value for one in ratios]
            verb = "goes " if not parts else ""
            parts.append(f"that of {within(first.label)} {verb}from {ratio(min(values))} to {ratio(max(values))}")
    told = listed(parts).removeprefix("that ")
    return f" By the date, the hazard ratio {told}." if parts else ""


def between_visits_alt(found: BetweenVisits) -> str:
    """The alternative text of the figure; plain."""
    lines = [survival_line(DATE_LABELS[one.code], one.kaplan_meier.at) for one in found.dated]
    return " ".join(["Curves free of relapse, dated in three ways, and Turnbull's estimate.", *lines])


def models_sentence(found: IntervalModels) -> str:
    """For the manuscript: each marker's ratio without a date, beside that at the visit."""
    told = [
        f"{row.label} HR {ratio_with_p(row.interval)}, dated at the visit {hazard_ratio(row.found.ratio)}"
        for row in found.rows
        if row.model == "alone"
    ]
    return escape_markdown(f"With relapse known only to lie between two visits: {'; '.join(told)}.") if told else ""
