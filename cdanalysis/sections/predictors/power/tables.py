"""What could be found, candidate by candidate; what the next study needs."""

from math import ceil, isinf
from operator import attrgetter

import pandas as pd

from cdanalysis.sections.predictors.power.analysis import NextStudy, Power, PowerRow
from cdanalysis.writing.numbers import NOTHING, confidence, hazard_ratio, p_beside, percent, percentage, ratio


def power_table(found: Power, conf_level: float) -> pd.DataFrame:
    """One line per term: who has it, its ratio, the least to be found alone and in the model, the chance of a ratio of 2."""
    known = ["Factor", "Patients with it", "Events", f"HR alone ({confidence(conf_level)})", "P"]
    could = ["Least HR found (80% power)", "Least HR found, in the model", "Chance to find HR 2"]
    return pd.DataFrame(map(_line, found.rows), columns=[*known, *could])


def _line(row: PowerRow) -> tuple[object, ...]:
    n_with = NOTHING if row.n_with is None else percent(row.n_with, row.n)
    known = row.label, n_with, row.n_events, hazard_ratio(row.ratio), p_beside(row.ratio, row.p_value)
    in_model = NOTHING if row.in_model is None else _ratio(row.in_model)
    return *known, _ratio(row.detectable), in_model, percentage(row.chance_of_two)


def power_numbers(found: Power) -> pd.DataFrame:
    """The same as numbers, unrounded."""
    fields = ("label", "n", "n_with", "n_events", "variance", "detectable", "in_model", "chance_of_two")
    lines = map(attrgetter(*fields), found.rows)
    columns = ["factor", "n", "n_with", "n_events", "variance", "least_ratio", "least_ratio_in_model", "chance_of_two"]
    return pd.DataFrame(lines, columns=columns)


def next_table(found: Power) -> pd.DataFrame:
    """One line per marker and planned ratio: events and patients for 80 and 90 % power."""
    lines = [(one.label, _ratio(one.ratio), one.of, *_counts(one)) for one in found.planned]
    columns = ["Factor", "HR", "Taken from", "Events (80%)", "Patients (80%)", "Events (90%)", "Patients (90%)"]
    return pd.DataFrame(lines, columns=columns)


def _counts(one: NextStudy) -> list[str]:
    pairs = zip(one.events, one.patients, strict=True)
    return [NOTHING if isinf(n) else f"{ceil(n - 1e-9):,}" for pair in pairs for n in pair]


def _ratio(value: float) -> str:
    return "none" if isinf(value) else ratio(value)
