"""Sheets of one kind -> one table: the rows below each other, the same columns in one, whatever their order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.headers.matching import match_headers
from cdanalysis.reading.headers.unit_words import normalised
from cdanalysis.reading.rows.shape import RawSheet
from cdanalysis.reading.sheets.origins import numbered
from cdanalysis.reading.warned import warned
from cdanalysis.results import Fault

SHEET = "sheet"
LEAST_SHARED = 0.8  # of the columns of the sheet that has fewer
Key = tuple[object, ...]
_COPY = re.compile(r"[\s_-]*(?:\(\d{1,2}\)|copy|kopie|副本)$")
_UNNAMED = re.compile(r"(?:sheet|table|tabelle|feuil|hoja|foglio|工作表)\s*\d+")


def keys(sheet: str, table: RawSheet) -> list[Key]:
    """What each column is, alike in every sheet: the dictionary's column with its unit, else the words of its header."""
    found: list[Key] = []
    for row in match_headers(sheet, table.headers, flat=sheet == "patients"):
        key: Key = (row.column, row.week, row.factor) if row.column else (normalised(row.header),)
        found.append((*key, found.count(key)) if key in found else key)
    return found


def are_alike(one: RawSheet, other: RawSheet) -> bool:
    """Whether two sheets of patients have the same columns, but for a few."""
    mine, theirs = set(keys("patients", one)), set(keys("patients", other))
    return len(mine & theirs) >= max(2, LEAST_SHARED * min(len(mine), len(theirs)))


def below_each_other(sheet: str, tables: Sequence[tuple[int, RawSheet]], *, named: bool = False) -> RawSheet:
    """One table of the rows of all, each under its place among the file's sheets; named: with the sheet's name a column."""
    (_, first), *_ = tables
    headers: dict[Key, str] = {}
    for _, table in tables:
        headers |= {
            key: text for key, text in zip(keys(sheet, table), table.headers, strict=True) if key not in headers
        }
    name = SHEET if SHEET not in map(str.casefold, headers.values()) else f"{SHEET} of the file"
    rows = tuple(row for place, table in tables for row in _rows(sheet, place, table, list(headers), named=named))
    faults = [*(fault for _, table in tables for fault in table.faults), _said(sheet, [table for _, table in tables])]
    return replace(
        first, headers=(*headers.values(), *([name] if named else [])), rows=rows, faults=tuple(faults), labels=()
    )


def _rows(
    sheet: str, place: int, table: RawSheet, wanted: Sequence[Key], *, named: bool
) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """The rows of a table with the cells in the order of all columns."""
    at = {key: place for place, key in enumerate(keys(sheet, table))}
    places = [at.get(key) for key in wanted]
    width, last = len(table.headers), ((table.name,) if named else ())
    for number, row in table.rows:
        yield numbered(number, place), (*(None if one is None else row[one] for one in places), *last, *row[width:])


def are_groups(tables: Sequence[RawSheet]) -> bool:
    """Whether the names of the sheets may tell groups: not `patients` and `patients (2)`, nor those of a new workbook."""
    plain = [_COPY.sub("", table.name.casefold()).strip() for table in tables]
    return len(set(plain)) == len(plain) and not all(map(_UNNAMED.fullmatch, plain))


def _said(sheet: str, tables: Sequence[RawSheet]) -> Fault:
    counted = " and ".join(f"{len(table.rows)} of {table.name}" for table in tables)
    return warned(sheet, f"rows of several sheets put together: {counted}", "one sheet of a kind")
