"""The competing-risks view as tables: incidence at the chosen months, Gray's tests."""

from math import nan

import pandas as pd

from cdanalysis.results import NotEstimable
from cdanalysis.sections.models.ratio_of import numbers_beside
from cdanalysis.sections.models.words import ratio_with_p
from cdanalysis.sections.survival.competing.analysis import Competing, IncidenceRow
from cdanalysis.sections.survival.competing.ratios import CompetingRatios
from cdanalysis.writing.nouns import capitalized
from cdanalysis.writing.numbers import (
    EVERYONE,
    NOT_OBSERVED,
    NOTHING,
    confidence,
    measurement,
    not_estimable,
    p_value,
    percentage,
    percentage_with_interval,
)


def incidence_table(found: Competing, conf_level: float) -> pd.DataFrame:
    """One line per group and month; text, but for the counts."""
    level = confidence(conf_level)
    shares = [_shares(row) if row.observed else [NOT_OBSERVED] * 4 for row in found.rows]
    lines = [
        (row.group or EVERYONE, f"{row.months:g}", *own, row.n_at_risk)
        for row, own in zip(found.rows, shares, strict=True)
    ]
    own, other = f"{capitalized(found.endpoint.noun)} ({level})", f"Competing event ({level})"
    columns = ["Group", "Months", own, "1 - Kaplan-Meier", "Overstated (points)", other, "At risk"]
    return pd.DataFrame(lines, columns=columns)


def incidence_numbers(found: Competing) -> pd.DataFrame:
    """The same as numbers: fractions, unrounded; empty where nobody was followed to the month."""
    own, other = ["relapse", "lower", "upper", "one_minus_km"], ["competing", "competing_lower", "competing_upper"]
    lines = [
        (row.group or EVERYONE, row.months, *(row.numbers if row.observed else [nan] * 7), row.n_at_risk)
        for row in found.rows
    ]
    return pd.DataFrame(lines, columns=["group", "months", *own, *other, "n_at_risk"])


def _shares(row: IncidenceRow) -> list[str]:
    relapse, competing = percentage_with_interval(row.relapse), percentage_with_interval(row.competing)
    return [relapse, percentage(row.one_minus_km), measurement(100 * row.overstated), competing]


def gray_table(found: Competing) -> pd.DataFrame:
    """A line an event."""
    lines = [
        (name, not_estimable(test), "")
        if isinstance(test, NotEstimable)
        else (name, f"{test.statistic:.2f} ({test.df})", p_value(test.p_value))
        for name, test in found.tests
    ]
    return pd.DataFrame(lines, columns=["Gray's test of", "Chi-square (df)", "P"])


def ratios_table(found: CompetingRatios, conf_level: float) -> pd.DataFrame:
    """One line per term and model: the ratios of the outcome, of its subdistribution and of the competing event, with P."""
    level = confidence(conf_level)
    lines = [
        (row.label, row.reference or NOTHING, row.model, *map(ratio_with_p, (row.own, row.subdistribution, row.other)))
        for row in found.rows
    ]
    kinds = f"Cause-specific HR of {found.noun}", "Subdistribution HR", "Cause-specific HR of the competing event"
    return pd.DataFrame(lines, columns=["Factor", "Reference", "Model", *(f"{kind} ({level}), P" for kind in kinds)])


def ratios_numbers(found: CompetingRatios) -> pd.DataFrame:
    """The same as numbers, unrounded; empty where there is no ratio."""
    lines = [((row.label, row.model), (row.own, row.subdistribution, row.other)) for row in found.rows]
    return numbers_beside(lines, ("factor", "model"), ("cause_specific", "subdistribution", "competing"))
