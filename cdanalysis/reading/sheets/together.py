"""Sheets of one kind -> one table: the rows below each other, the same columns in one, whatever their order."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from math import isnan

from cdanalysis.dictionary.outcomes import parted_column
from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.cells.cells import identity
from cdanalysis.reading.headers.matching import match_headers, specs_of
from cdanalysis.reading.headers.rows import MatchRow
from cdanalysis.reading.headers.units.unit_words import normalised
from cdanalysis.reading.outcomes.codes.meanings import RELAPSES
from cdanalysis.reading.outcomes.headers.headers import said_by
from cdanalysis.reading.rows.shape import RawSheet, holds
from cdanalysis.reading.sheets.origins import numbered
from cdanalysis.reading.warned import warned
from cdanalysis.results import Fault

SHEET = "sheet"
PART = "an outcome"
_EVENT = ("event",)
SURVIVALS = ("os", "pfs", "rfs", "dfs", "efs", "dss")  # alone they are times: `OS` beside `OS (days)`
LEAST_SHARED = 0.8  # of the columns of the sheet that has fewer
Key = tuple[object, ...]
_COPY = re.compile(r"[\s_-]*(?:\(\d{1,2}\)|copy|kopie|副本)$")
_UNNAMED = re.compile(r"(?:sheet|table|tabelle|feuil|hoja|foglio|工作表)\s*\d+")


def keys(sheet: str, table: RawSheet) -> list[Key]:
    """What each column is, alike in every sheet: the dictionary's column with its unit, else the words of its header."""
    rows = match_headers(sheet, table.headers, flat=sheet == "patients")
    bare: list[Key] = [
        _outcome_key(row) or ((row.column, row.week, row.factor) if row.column else (normalised(row.header),))
        for row in rows
    ]
    return [(*key, nth) if (nth := bare[:place].count(key)) else key for place, key in enumerate(bare)]


def _outcome_key(row: MatchRow) -> Key:
    """Of a part of an outcome: which part of what, `Rezidiv` being a relapse, and of a time its unit; else empty."""
    code, role = parted_column(row.column)
    said = said_by(row.header)
    if not row.column:
        code = said.noun.code if said.noun and not said.generic else ""
        role = "months" if code in SURVIVALS and not said.sure else said.role
    if not code or not role:
        return ()
    unit = ("" if row.open_unit else row.unit or "months") if row.column else said.unit
    return (role, RELAPSES[0] if code in RELAPSES else code, unit if role == "months" else PART)


def whatever_the_unit(sheet: str, table: RawSheet) -> list[Key]:
    """As `keys`, a column in another unit being the same one, for its cells can say their unit."""
    found: list[Key] = []
    for key in keys(sheet, table):
        bare = key[:2] if len(key) == 3 and (_is_unit(key[2]) or _is_unstated(key)) else key
        found.append(key if bare in found else bare)
    return found


def _is_unit(of: object) -> bool:
    """Whether the last of a key is a factor, or the unit of an outcome's time."""
    return not isnan(of) if isinstance(of, int | float) else of not in ("", PART)


def _is_unstated(key: Key) -> bool:
    """Whether a key is of an outcome's time whose header states no unit."""
    return key[0] == "months" and key[-1] == ""


def n_shared(one: RawSheet, other: RawSheet) -> int:
    """How many columns two sheets of patients have in common."""
    return len(set(whatever_the_unit("patients", one)) & set(whatever_the_unit("patients", other)))


def are_alike(one: RawSheet, other: RawSheet) -> bool:
    """Whether two sheets of patients have the same columns, but for a few."""
    mine, theirs = (set(whatever_the_unit("patients", table)) for table in (one, other))
    return len(mine & theirs) >= max(2, LEAST_SHARED * min(len(mine), len(theirs)))


def below_each_other(sheet: str, tables: Sequence[tuple[int, RawSheet]], *, named: bool = False) -> RawSheet:
    """One table of the rows of all, each under its place among the file's sheets; named: with the sheet's name a column."""
    (_, first), *_ = tables
    headers: dict[Key, str] = {}
    for _, table in tables:
        headers |= {
            key: text
            for key, whole, text in zip(whatever_the_unit(sheet, table), keys(sheet, table), table.headers, strict=True)
            if key not in headers or _is_unstated(whole)  # the unit of one sheet is not that of all
        }
    name = SHEET if SHEET not in map(str.casefold, headers.values()) else f"{SHEET} of the file"
    tables = [(place, _with_own_codes(sheet, table, [other for _, other in tables])) for place, table in tables]
    rows = tuple(row for place, table in tables for row in _rows(sheet, place, table, headers, named=named))
    faults = [*(fault for _, table in tables for fault in table.faults), _said(sheet, [table for _, table in tables])]
    return replace(
        first, headers=(*headers.values(), *([name] if named else [])), rows=rows, faults=tuple(faults), labels=()
    )


def _with_own_codes(sheet: str, table: RawSheet, tables: Sequence[RawSheet]) -> RawSheet:
    """The table with its codes of an event named as its own, `1 in Berlin`, where it says 1 and 2 and another 0 and 1."""
    others = [
        (_codes(other, at), key) for other in tables for at, key in enumerate(keys(sheet, other)) if key[:1] == _EVENT
    ]
    apart = {
        at
        for at, key in enumerate(keys(sheet, table))
        if key[:1] == _EVENT and _codes(table, at) == {"1", "2"} and ({"0", "1"}, key) in others
    }
    rows = tuple(
        (
            number,
            tuple(
                f"{identity(cell)} in {table.name}" if at in apart and holds(cell) else cell
                for at, cell in enumerate(row)
            ),
        )
        for number, row in table.rows
    )
    return replace(table, rows=rows) if apart else table


def _codes(table: RawSheet, place: int) -> set[str]:
    return {identity(row[place]) for _, row in table.rows if holds(row[place])}


def _rows(
    sheet: str, place: int, table: RawSheet, wanted: Mapping[Key, str], *, named: bool
) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """The rows of a table with the cells in the order of all columns."""
    at = {key: place for place, key in enumerate(whatever_the_unit(sheet, table))}
    places = [at.get(key) for key in wanted]
    units = _other_units(sheet, table, list(wanted.values()))
    group = f"{SHEET} {table.name}" if table.name.isdecimal() else table.name  # a year is no measurement
    width, last = len(table.headers), ((group,) if named else ())
    for number, row in table.rows:
        yield (
            numbered(number, place),
            (
                *(None if one is None else _with_unit(row[one], units.get(one, "")) for one in places),
                *last,
                *row[width:],
            ),
        )


def _other_units(sheet: str, table: RawSheet, headers: Sequence[str]) -> dict[int, str]:
    """Of each column that is put under a header of another unit, or of none: the unit here."""
    flat = sheet == "patients"
    rows = match_headers(sheet, headers, flat=flat)
    factors = {(row.column, row.week): row.factor for row in rows if row.column}
    times = {key[:2]: key[2] for key in map(_outcome_key, rows) if key and (_is_unit(key[2]) or _is_unstated(key))}
    units: dict[int, str] = {}
    for place, row in enumerate(match_headers(sheet, table.headers, flat=flat)):
        time = _outcome_key(row)
        if time and _is_unit(time[2]):
            units |= {place: str(time[2])} if times.get(time[:2], time[2]) != time[2] else {}
        elif row.column and row.factor != factors.get((row.column, row.week), row.factor) and not row.open_unit:
            units[place] = row.unit or spec_unit(sheet, row.column)
    return units


def spec_unit(sheet: str, column: str) -> str:
    """The dictionary's own unit of a column."""
    return next((spec.unit for spec in specs_of(sheet, flat=True) if spec.name == column), "")


def _with_unit(cell: Cell, unit: str) -> Cell:
    return f"{cell} {unit}" if unit and isinstance(cell, int | float | str) and not isinstance(cell, bool) else cell


def are_groups(tables: Sequence[RawSheet]) -> bool:
    """Whether the names of the sheets may tell groups: not `patients` and `patients (2)`, nor those of a new workbook."""
    plain = [_COPY.sub("", table.name.casefold()).strip() for table in tables]
    return len(set(plain)) == len(plain) and not all(map(_UNNAMED.fullmatch, plain))


def _said(sheet: str, tables: Sequence[RawSheet]) -> Fault:
    counted = " and ".join(f"{len(table.rows)} of {table.name}" for table in tables)
    return warned(sheet, f"rows of several sheets put together: {counted}", "one sheet of a kind")


def identifiers_alone(table: RawSheet) -> frozenset[int]:
    """The numbers of the rows with one filled cell, but for the name of the sheet that was put beside its rows."""
    last = len(table.headers) - 1
    named = table.headers[last:] and table.headers[last].startswith(SHEET)
    width = last if named else last + 1
    return frozenset(number for number, row in table.rows if len(list(islice(filter(holds, row[:width]), 2))) == 1)
