"""A raw table and its matching -> a frame of typed columns under canonical names, `row` being the spreadsheet's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from cdanalysis.dictionary.column_spec import ColumnSpec
from cdanalysis.dictionary.columns import COLUMNS, FLAT_OUTCOMES
from cdanalysis.dictionary.outcomes import parted_column
from cdanalysis.reading.bytes.files import RawSheet
from cdanalysis.reading.cells.durations import from_dates
from cdanalysis.reading.cells.further import read_further
from cdanalysis.reading.cells.values import read_column
from cdanalysis.reading.headers.matching import LEFT_OUT, MatchRow, specs_of
from cdanalysis.reading.headers.unit_words import DATES, ORDERS
from cdanalysis.reading.questions import Asking
from cdanalysis.results import Fault

# A further column never takes a name that the analyses read.
RESERVED = {"row", *(spec.name for specs in (*COLUMNS.values(), FLAT_OUTCOMES) for spec in specs)}


def typed(
    sheet: str, table: RawSheet, matched: Sequence[MatchRow], asking: Asking, *, flat: bool
) -> tuple[pd.DataFrame, list[Fault]]:
    """Every matched column as its kind says; of patients also the unmatched ones, under their own header."""
    specs = {spec.name: spec for spec in specs_of(sheet, flat=flat)}
    numbers = [number for number, _ in table.rows]
    columns: dict[object, pd.Series] = {"row": pd.Series(numbers, dtype=int)}
    faults = _surplus(sheet, table)
    further = further_names(matched)
    for place, match in enumerate(matched):
        if parted_column(match.column)[0]:
            continue  # read by `outcomes`
        cells = [row[place] for _, row in table.rows]
        if match.column:
            spec = _as_given(specs[match.column], match)
            key = match.column if match.week is None else (match.column, match.week)
            if match.open_unit:
                columns[key] = pd.Series(np.nan, index=range(len(cells)))
                continue
            values, found = read_column(
                spec, cells, numbers, factor=match.factor, decimal_comma=table.decimal_comma,
                order=match.unit if match.unit in ORDERS else "", about=asking.about(sheet, match.header),
            )  # fmt: skip
            columns[key] = _series(spec, values)
            faults += found
        elif match.how == LEFT_OUT:
            faults.append(Fault(sheet, None, match.header, match.note, "a pseudonym only"))
        elif sheet == "patients" and further[place]:
            values, found = read_further(sheet, match.header, cells, numbers, decimal_comma=table.decimal_comma)
            columns[further[place]] = _further(values)
            faults += found
    counted, found = from_dates([specs[match.column] for match in matched if _counts_from_start(specs, match)], columns)
    columns |= counted
    frame = pd.DataFrame({str(place): series for place, series in enumerate(columns.values())})
    frame.columns = pd.Index(list(columns), tupleize_cols=False)
    return frame, faults + found


def _as_given(spec: ColumnSpec, match: MatchRow) -> ColumnSpec:
    """How the cells are read: a duration given as dates is read as dates first."""
    return replace(spec, kind="date") if match.unit in DATES else spec


def _counts_from_start(specs: Mapping[str, ColumnSpec], match: MatchRow) -> bool:
    return (
        match.unit in DATES
        and match.column in specs
        and not parted_column(match.column)[0]
        and specs[match.column].kind == "number"
    )


def further_names(matched: Sequence[MatchRow]) -> list[str]:
    """Under which name each unmatched column is kept: its header, told apart from the dictionary's names and its twins."""
    names: list[str] = []
    taken = RESERVED | {match.column for match in matched}
    for match in matched:
        kept = match.header and not match.column and match.how != LEFT_OUT
        name = f"{match.header} (as in the file)" if match.header in taken else match.header
        twins = [one for one in names if one == name or one.startswith(f"{name} (")]
        names.append((f"{name} ({len(twins) + 1})" if name in names else name) if kept else "")
    return names


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
