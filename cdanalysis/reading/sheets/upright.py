"""A table that lies on its side, one column per patient and one row per measurement, is turned, and that is said."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from cdanalysis.reading.headers.header_words import readings
from cdanalysis.reading.headers.names import names_of
from cdanalysis.reading.outcomes.headers.headers import said_by
from cdanalysis.reading.rows.header.row_names import id_place
from cdanalysis.reading.rows.shape import RawSheet, holds
from cdanalysis.reading.warned import warned

MOST_ROWS, LEAST_COLUMNS = 300, 4
LEAST_PATIENTS, MOSTLY = 8, 0.6
LEAST_KNOWN, MOST_KNOWN, SHARE = 3, 1, 0.3  # names down the first column, along the header, and of the first column


def upright(table: RawSheet) -> RawSheet:
    """The table with one row per patient; one whose header names its columns, as it is."""
    if len(table.rows) > MOST_ROWS or len(table.headers) < LEAST_COLUMNS or table.labels or table.codes:
        return table
    names = [str(row[0]).strip() if holds(row[0]) else "" for _, row in table.rows]
    is_header = known_names(table.headers[1:], MOST_KNOWN + 1) > MOST_KNOWN
    if is_header or not _are_names(names, table):
        return table
    first = table.headers[0] if id_place(table.headers[:1]) == 0 else "patient_id"
    cells = [row for _, row in table.rows]
    rows = tuple(
        (place + 1, (name, *(row[place] for row in cells))) for place, name in enumerate(table.headers[1:], 1) if name
    )
    said = warned(table.name, "a table with one column per patient, turned", "one row per patient")
    return replace(table, headers=(first, *names), rows=rows, faults=(*table.faults, said))


def _are_names(names: Sequence[str], table: RawSheet) -> bool:
    """Whether the cells of the first column name measurements: of few rows most, where outcomes stand among them."""
    known = known_names(names)
    if known >= max(LEAST_KNOWN, SHARE * len(names)):
        return True
    told = [text for text in names if known_names([text]) or _names_an_outcome(text)]
    is_wide = len(table.headers) > max(LEAST_PATIENTS, 2 * len(names)) and len({*table.headers}) == len(table.headers)
    return is_wide and id_place(table.headers[:1]) == 0 and len(told) >= max(LEAST_KNOWN, MOSTLY * len(names))


def _names_an_outcome(text: str) -> bool:
    said = said_by(text)
    return bool(said.role) and said.noun is not None


def known_names(headers: Sequence[str], enough: int | None = None) -> int:
    """How many of the texts are names of columns of the dictionary; counted until there are enough."""
    names = names_of("patients", True)
    found = (
        any(way.words in names.exact or way.words in names.synonyms for way in readings(text))
        for text in headers
        if text
    )
    return sum(1 for _ in islice(filter(None, found), enough))
