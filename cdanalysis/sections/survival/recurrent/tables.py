"""Events that come again as tables: by group, and the ratios of the markers."""

import pandas as pd

from cdanalysis.results import numbers_of
from cdanalysis.sections.models.ratio_of import numbers_beside
from cdanalysis.sections.models.words import ratio_with_p
from cdanalysis.sections.survival.recurrent.analysis import ByVariable, RecurrentEvents, RecurrentGroup
from cdanalysis.sections.survival.recurrent.words import mean, p_of_means
from cdanalysis.writing.numbers import EVERYONE, NOTHING, confidence, p_value, with_limits


def groups_table(found: RecurrentEvents, conf_level: float) -> pd.DataFrame:
    """One line per group: patients, events, with one, with several, rate, mean by the chosen months; the test of each variable."""
    level = confidence(conf_level)
    lines = [
        (one.label or NOTHING, group.name or EVERYONE, *_sizes(group), *map(mean, group.means), _test(one))
        for one in found.by_variable
        for group in one.groups
    ]
    sizes = ["Patients", "Events", "With an event", "With several", f"Per 100 patient-years ({level})"]
    means = [f"Mean by {month:g} months ({level})" for month in found.months]
    return pd.DataFrame(lines, columns=["Groups of", "Group", *sizes, *means, "P, equal means"])


def _sizes(group: RecurrentGroup) -> tuple[object, ...]:
    return group.n, group.n_events, group.n_with, group.n_several, with_limits(group.rate)


def groups_numbers(found: RecurrentEvents) -> pd.DataFrame:
    """The same as numbers, one line per group and month; empty where nobody was observed."""
    lines = [
        (one.label, group.name, month, group.n, group.n_events, *numbers_of(value))
        for one in found.by_variable
        for group in one.groups
        for month, value in zip(found.months, group.means, strict=True)
    ]
    return pd.DataFrame(lines, columns=["variable", "group", "months", "n", "n_events", "mean", "lower", "upper"])


def ratios_table(found: RecurrentEvents, conf_level: float) -> pd.DataFrame:
    """One line per term: first event, Andersen-Gill, PWP gap time, each with P."""
    level = confidence(conf_level)
    lines = [(row.label, *map(ratio_with_p, (row.first, row.andersen_gill, row.pwp_gap))) for row in found.ratios]
    kinds = ("First event: HR", "Andersen-Gill: rate ratio", "PWP gap time: HR")
    return pd.DataFrame(lines, columns=["Factor", *(f"{kind} ({level}), P" for kind in kinds)])


def ratios_numbers(found: RecurrentEvents) -> pd.DataFrame:
    """The same as numbers, unrounded; empty where there is no ratio."""
    lines = [((row.label,), (row.first, row.andersen_gill, row.pwp_gap)) for row in found.ratios]
    return numbers_beside(lines, ("factor",), ("first", "andersen_gill", "pwp_gap"))


def _test(one: ByVariable) -> str:
    p = p_of_means(one)
    return NOTHING if p is None else p_value(p)
