"""Dates beside dates: durations counted from the start, dates before birth, start and end exchanged."""

from collections.abc import Mapping, Sequence

import pandas as pd

from cdanalysis.dictionary.column_spec import ColumnSpec, accepted
from cdanalysis.reading.cells.cells import is_missing
from cdanalysis.reading.cells.numbers.number_texts import Cell
from cdanalysis.reading.dates.order import day_of, order_of
from cdanalysis.reading.headers.units.unit_words import DAYS_PER
from cdanalysis.reading.questions import Asking
from cdanalysis.results import Fault

START, END = "start_date", "last_follow_up_date"
LEAST_EXCHANGED = 3  # patients
EXCHANGED, AS_THEY_STAND = "yes, exchange them", "no, leave them"


def from_dates(
    specs: Sequence[ColumnSpec], columns: Mapping[object, pd.Series]
) -> tuple[dict[str, pd.Series], list[Fault]]:
    """Each column of dates (days of one epoch) as a duration; outside the column's range it is a fault and missing."""
    counted, faults = {}, []
    for spec in specs:
        dates = columns[spec.name]
        if START not in columns:
            faults.append(
                Fault(spec.sheet, None, spec.name, "dates, and no start_date", "a start_date to count them from")
            )
            counted[spec.name] = dates.where(dates.isna())
            continue
        lasting = (dates - columns[START]) / DAYS_PER[spec.unit]
        beyond = lasting.notna() & ~lasting.between(spec.lowest, spec.highest)
        counted[spec.name] = lasting.mask(beyond)
        faults += [
            Fault(spec.sheet, int(row), spec.name, f"{value:.4g} {spec.unit} after the start", accepted(spec))
            for row, value in zip(columns["row"][beyond], lasting[beyond], strict=True)
        ]
    return counted, faults


def before_birth(births: Sequence[Cell], columns: dict[object, pd.Series], dated: Sequence[str]) -> list[Fault]:
    """Takes each date before its patient's birth out of its column, and says how many; births are not kept nor asked about."""
    order = order_of(births)
    born = pd.Series([None if is_missing(cell) else day_of(cell, order)[0] for cell in births], dtype=float)
    faults = []
    for name in dated:
        early = columns[name] < born
        columns[name] = columns[name].mask(early)
        if early.any():
            found = f"{int(early.sum())} × a date before the patient's birth"
            faults.append(Fault("patients", None, name, found, "a date after birth"))
    return faults


def exchanged(columns: dict[object, pd.Series], asking: Asking) -> list[Fault]:
    """Start and last follow-up of which most lie the other way round: the reader says whether they are exchanged."""
    if START not in columns or END not in columns:
        return []
    both = columns[START].notna() & columns[END].notna()
    early = both & (columns[END] < columns[START])
    if early.sum() < LEAST_EXCHANGED or early.sum() <= both.sum() / 2:
        return []
    of = f"{int(early.sum())} of {int(both.sum())}"
    text = f"in {of} patients the last follow-up lies before the start. Are the columns exchanged?"
    answer = asking.about("patients", END).ask(
        "exchanged", text, (EXCHANGED, AS_THEY_STAND), "the ends are left out until then"
    )
    if answer == EXCHANGED:
        columns[START], columns[END] = columns[END], columns[START]
        return [
            Fault("patients", None, END, "exchanged with start_date, as answered", "an end after the start", "warning")
        ]
    if answer is None:
        columns[END] = columns[END].mask(early)
    return []
