"""A duration given as dates: counted from the start date of the same row, in the unit of its column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from cdanalysis.dictionary.column_spec import ColumnSpec, accepted
from cdanalysis.reading.headers.unit_words import DAYS_PER
from cdanalysis.results import Fault

START = "start_date"


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
