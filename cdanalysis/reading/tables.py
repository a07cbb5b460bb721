"""A raw table and its matching -> a frame of typed columns under canonical names, `row` being the spreadsheet's own."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cdanalysis.columns import COLUMNS, ColumnSpec
from cdanalysis.reading.files import RawSheet
from cdanalysis.reading.further import read_further
from cdanalysis.reading.matching import MatchRow, flat_specs
from cdanalysis.reading.values import read_column
from cdanalysis.results import Fault


def typed(sheet: str, table: RawSheet, matched: Sequence[MatchRow], *, flat: bool) -> tuple[pd.DataFrame, list[Fault]]:
    """Every matched column as its kind says; of patients also the unmatched ones, under their own header."""
    specs = {spec.name: spec for spec in (flat_specs() if flat else COLUMNS[sheet])}
    numbers = [number for number, _ in table.rows]
    columns: dict[object, pd.Series] = {"row": pd.Series(numbers, dtype=int)}
    faults = _surplus(sheet, table)
    for place, match in enumerate(matched):
        cells = [row[place] for _, row in table.rows]
        if match.column:
            values, found = read_column(
                specs[match.column], cells, numbers, factor=match.factor, decimal_comma=table.decimal_comma
            )
            key = match.column if match.week is None else (match.column, match.week)
            columns[key] = _series(specs[match.column], values)
            faults += found
        elif match.how == "left out":
            faults.append(Fault(sheet, None, match.header, match.note, "a pseudonym only", "warning"))
        elif sheet == "patients" and match.header and match.header not in columns:
            values, found = read_further(sheet, match.header, cells, numbers, decimal_comma=table.decimal_comma)
            columns[match.header] = _further(values)
            faults += found
    frame = pd.DataFrame({str(place): series for place, series in enumerate(columns.values())})
    frame.columns = pd.Index(list(columns), tupleize_cols=False)
    return frame, faults


def _surplus(sheet: str, table: RawSheet) -> list[Fault]:
    """Rows with more cells than there are headers: a shifted row is a fault, not a guess."""
    width = len(table.headers)
    return [
        Fault(
            sheet, number, f"column {width + 1}", "a value without a header", f"{width} cells, one a header", "warning"
        )
        for number, row in table.rows
        if len(row) > width
    ]


def _series(spec: ColumnSpec, values: list[object]) -> pd.Series:
    if spec.kind in ("number", "date"):
        return pd.Series([np.nan if value is None else value for value in values], dtype=float)
    if spec.kind == "yes_no":
        return pd.Series(values, dtype="boolean")
    return pd.Series(values, dtype=object)


def _further(values: Sequence[float | str | None]) -> pd.Series:
    """A further column: of numbers, or of texts."""
    if any(isinstance(value, str) for value in values):
        return pd.Series(values, dtype=object)
    return pd.Series([np.nan if value is None else value for value in values], dtype=float)
