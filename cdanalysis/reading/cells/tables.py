"""A raw table and its matching -> a frame of typed columns under canonical names, `row` being the spreadsheet's own."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from cdanalysis.dictionary.column_spec import ColumnSpec, accepted
from cdanalysis.dictionary.columns import COLUMNS, FLAT_OUTCOMES
from cdanalysis.dictionary.indices.endoscopic import I2B, RUTGEERTS
from cdanalysis.dictionary.outcomes import parted_column
from cdanalysis.reading.bytes.files import RawSheet
from cdanalysis.reading.cells.further import read_further
from cdanalysis.reading.cells.montreal import MODIFIERS, modified
from cdanalysis.reading.cells.numbers.number_texts import Cell
from cdanalysis.reading.cells.numbers.quantities import with_units_beside
from cdanalysis.reading.cells.rutgeerts import as_numbers, which_i2
from cdanalysis.reading.cells.values import read_column
from cdanalysis.reading.dates.beside import before_birth, exchanged, from_dates
from cdanalysis.reading.headers.evidence.identifiers import is_birth_date
from cdanalysis.reading.headers.matching import A_SECOND_ID, LEFT_OUT, MatchRow, specs_of
from cdanalysis.reading.headers.over_time.by_week import name_by_week
from cdanalysis.reading.headers.units.unit_columns import unit_place
from cdanalysis.reading.headers.units.unit_words import DATES, ORDERS
from cdanalysis.reading.questions import Asking, ColumnAsking
from cdanalysis.results import Fault

# A further column never takes a name that the analyses read.
OWN_COLUMNS = ("patients", "visits")
RESERVED = {"row", *(spec.name for specs in (*COLUMNS.values(), FLAT_OUTCOMES) for spec in specs)}


def typed(
    sheet: str, table: RawSheet, matched: Sequence[MatchRow], asking: Asking, *, flat: bool
) -> tuple[pd.DataFrame, list[Fault]]:
    """Every matched column as its kind says; of patients also the unmatched ones, of visits those of numbers, by their header."""
    specs = {spec.name: spec for spec in specs_of(sheet, flat=flat)}
    columns: dict[object, pd.Series] = {"row": pd.Series([number for number, _ in table.rows], dtype=int)}
    faults = _surplus(sheet, table)
    further = further_names(matched)
    for place, match in enumerate(matched):
        if parted_column(match.column)[0]:
            continue  # read by `outcomes`
        cells, about = cells_of(table, place), asking.about(sheet, match.header)
        if match.column:
            values, found = _matched(specs[match.column], match, cells, table, matched, about)
            columns[match.column if match.week is None else (match.column, match.week)] = values
            faults += found
        elif match.how == LEFT_OUT:
            faults.append(Fault(sheet, None, match.header, match.note, "a pseudonym only"))
        elif sheet in OWN_COLUMNS and further[place]:
            rows = [number for number, _ in table.rows]
            values, found = read_further(
                sheet, match.header, cells, rows, about,
                decimal_comma=table.decimal_comma, second_id=match.note == A_SECOND_ID,
            )  # fmt: skip
            series = _further(values)
            if sheet == "patients" or series.dtype == float:
                by_week = name_by_week(match) if series.dtype == float else ""
                columns[(by_week, match.week) if by_week else further[place]] = series
                faults += [*_of_another_kind(match, specs), *found]
    found = _derived(specs, table, matched, columns, asking)
    counted, more = from_dates([specs[match.column] for match in matched if _counts_from_start(specs, match)], columns)
    columns |= counted
    frame = pd.DataFrame({str(place): series.array for place, series in enumerate(columns.values())})
    frame.columns = pd.Index(list(columns), tupleize_cols=False)
    return frame, faults + found + more


def _of_another_kind(match: MatchRow, specs: Mapping[str, ColumnSpec]) -> list[Fault]:
    """Said of a column that has the name of one of the dictionary, and other cells."""
    name = match.unlike
    said = f"cells that are not what {name} holds; a further column"
    return [Fault("patients", None, match.header, said, accepted(specs[name]), "warning")] if name else []


def cells_of(table: RawSheet, place: int) -> list[Cell]:
    """The cells of one column."""
    return [row[place] for _, row in table.rows]


def _matched(
    spec: ColumnSpec,
    match: MatchRow,
    cells: Sequence[Cell],
    table: RawSheet,
    matched: Sequence[MatchRow],
    about: ColumnAsking,
) -> tuple[pd.Series, list[Fault]]:
    """A column of the dictionary, in the unit that its header, a column of units or the reader says."""
    given, faults = _as_given(spec, match), []
    cells = as_numbers(cells) if spec.name == RUTGEERTS else cells
    if match.unit_column:
        beside = about.asking.about(match.sheet, match.unit_column)
        units = cells_of(table, unit_place(matched, matched.index(match)))
        cells, faults = with_units_beside(spec, cells, units, beside)
    values, found = read_column(
        given, cells, [number for number, _ in table.rows], factor=match.factor, decimal_comma=table.decimal_comma,
        order=match.unit if match.unit in ORDERS else "", about=about,
    )  # fmt: skip
    return _series(given, values), faults + found


def _derived(
    specs: Mapping[str, ColumnSpec],
    table: RawSheet,
    matched: Sequence[MatchRow],
    columns: dict[object, pd.Series],
    asking: Asking,
) -> list[Fault]:
    """What other columns say: L4 and p of the Montreal classification, dates before birth, start and end exchanged."""
    faults = []
    for name, (source, _) in MODIFIERS.items():
        place = next((place for place, row in enumerate(matched) if row.column == source), None)
        if place is None or name not in specs or name in columns:
            continue
        said = modified(name, cells_of(table, place))
        if said:
            columns[name] = pd.Series(said, dtype="boolean")
            faults.append(
                Fault("patients", None, name, f"read from {matched[place].header}", "a column of its own", "warning")
            )
    grades = next((place for place, row in enumerate(matched) if row.column == RUTGEERTS), None)
    which = [] if grades is None or I2B in columns else which_i2(cells_of(table, grades))
    if which:
        columns[I2B] = pd.Series(which, dtype="boolean")
    dated = [
        row.column for row in matched if row.column in columns and specs[row.column].kind == "date" and row.week is None
    ]
    born = next(
        (place for place, row in enumerate(matched) if row.how == LEFT_OUT and is_birth_date(row.header, row.tells)),
        None,
    )
    if born is not None:
        faults += before_birth(cells_of(table, born), columns, dated)
    return faults + exchanged(columns, asking)


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
        return _numbers(values)
    if spec.kind == "yes_no":
        return pd.Series(values, dtype="boolean")
    return pd.Series(values, dtype=object)


def _further(values: Sequence[float | str | None]) -> pd.Series:
    """A further column: of numbers, or of texts."""
    if any(isinstance(value, str) for value in values):
        return pd.Series(values, dtype=object)
    return _numbers(values)


def _numbers(values: Sequence[object]) -> pd.Series:
    return pd.Series(np.array(values, dtype=float))  # NaN for None
