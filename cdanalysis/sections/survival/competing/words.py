"""The competing-risks view in words: what competes, Gray's test, and by how much 1 - Kaplan-Meier overstates."""

from cdanalysis.results import NotEstimable, p_of
from cdanalysis.sections.models.words import ratio_with_p
from cdanalysis.sections.survival.competing.analysis import Competing, IncidenceRow
from cdanalysis.sections.survival.competing.ratios import CompetingRatios
from cdanalysis.settings import Settings
from cdanalysis.statistics.competing.gray_test import GrayTest
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.numbers import (
    EVERYONE,
    NOT_OBSERVED,
    confidence,
    count,
    listed,
    p_phrase,
    percentage,
    percentage_with_interval,
)
from cdanalysis.writing.sentences import with_article
from cdanalysis.writing.within import within

ABOUT_COMPETING = (
    "1 - Kaplan-Meier treats a patient who had the competing event as if the outcome could still come, and is then too high. "
    "The cumulative incidence (Aalen-Johansen) does not. Gray's test compares the cumulative incidences."
)

ABOUT_RATIOS = (
    "Cause-specific: the rate of the outcome among those who have had neither event (Cox, the competing event censored), "
    "which says what drives it. Subdistribution: Fine and Gray's, of the share who will have had the outcome; it is no ratio "
    "of rates. Read both beside the ratio of the competing event: what only makes that rarer raises the share too. No P is "
    "corrected for the number of rows."
)


def gray_note(found: Competing) -> str:
    """Gray's test of the outcome, written into the figure; plain, empty for one group."""
    if not found.tests:
        return ""
    test = found.tests[0][1]
    return f"Gray's test {p_phrase(p_of(test))}"


def competing_sentence(found: Competing, settings: Settings) -> str:
    """For the manuscript: the incidence at the last chosen month somebody was at risk, and what 1 - Kaplan-Meier makes of it."""
    noun, others = found.endpoint.noun, listed(found.endpoint.competing or found.endpoint.against, "or")
    opening = f"In {found.n_competing:,} of {count(found.n, 'patient')}, {others} came before {with_article(noun)}"
    rows = _last_rows(found)
    if not rows:
        return escape_markdown(f"{opening}.")
    method = f"Aalen-Johansen, {settings.km_interval} {confidence(settings.conf_level)}"
    at = f"At {rows[0].months:g} months the cumulative incidence of {noun} ({method}) was "
    told = "; ".join(_row(row) for row in rows)
    tests = "".join(f" Gray's test of {within(name)}: {_p(test)}." for name, test in found.tests)
    return escape_markdown(f"{opening}. {at}{told}.{tests}{_verdict(found, rows)}")


def _last_rows(found: Competing) -> list[IncidenceRow]:
    """One row per group at the last chosen month at which somebody was at risk."""
    months = [row.months for row in found.rows if row.n_at_risk]
    return [row for row in found.rows if months and row.months == max(months)]


def _row(row: IncidenceRow) -> str:
    who = f"{row.group}: " if row.group else ""
    if not row.observed:
        return f"{who}{NOT_OBSERVED}"
    return f"{who}{percentage_with_interval(row.relapse)}, by 1 - Kaplan-Meier {percentage(row.one_minus_km)}"


def _verdict(found: Competing, shown: list[IncidenceRow]) -> str:
    rows = [row for row in shown if row.observed]
    if not found.n_competing:
        return " Nobody had it, so both are the same number."
    most = max(rows, key=lambda row: row.overstated)
    who = f" in {within(most.group)}" if most.group else ""
    if round(100 * most.overstated, 1) <= 0:
        return " Both are the same number to the printed digit."
    relative = f" ({100 * most.overstated / most.relapse.value:.1f}% of it)" if most.relapse.value > 0 else ""
    by = f"by {100 * most.overstated:.1f} percentage points{who}{relative}"
    return f" 1 - Kaplan-Meier overstates the risk of {found.endpoint.noun} {by}."


def _p(test: GrayTest | NotEstimable) -> str:
    return f"P not estimable ({test.reason})" if isinstance(test, NotEstimable) else p_phrase(test.p_value)


def competing_alt(found: Competing) -> str:
    """The alternative text of the figure; plain."""
    lines = [
        f"{row.group or EVERYONE} at {row.months:g} months: {percentage(row.relapse.value)}, "
        f"1 - Kaplan-Meier {percentage(row.one_minus_km)}."
        for row in found.rows
        if row.observed
    ]
    return " ".join([f"Cumulative incidence of {found.endpoint.noun} beside 1 - Kaplan-Meier.", *lines])


def ratios_sentence(found: CompetingRatios) -> str:
    """For the manuscript: both ratios of each marker under a handle, alone."""
    rows = [row for code in found.handles for row in found.rows if (row.code, row.model) == (code, "alone")]
    told = [
        f"{row.label}: cause-specific HR {ratio_with_p(row.own)}, subdistribution HR {ratio_with_p(row.subdistribution)}"
        for row in rows
    ]
    events = f"{count(found.n_events, found.noun)}, {count(found.n_competing, 'competing event')}"
    return escape_markdown(f"{'; '.join(told)} ({events} in {count(found.n, 'patient')}).") if told else ""
