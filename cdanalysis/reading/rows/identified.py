"""A table without a column that says who a patient is: each row is a patient, if the reader says so."""

from __future__ import annotations

from dataclasses import replace

from cdanalysis.dictionary.columns import PATIENT_ID
from cdanalysis.reading.headers.matching import Matching, match_headers
from cdanalysis.reading.questions import Asking
from cdanalysis.reading.rows.shape import RawSheet
from cdanalysis.reading.warned import counted

EACH_ROW, NOT_EACH_ROW = "every row is another patient", "no, a column says it"


def with_row_numbers(table: RawSheet, asking: Asking, given: Matching | None = None) -> RawSheet:
    """The table with the numbers of its rows as identifiers, where it has none and the reader says so."""
    rows = match_headers("patients", table.headers, flat=True, given=given or ())
    if any(row.column == PATIENT_ID.name or PATIENT_ID.name in row.choices for row in rows):
        return table
    text = f"No column of {table.name} says who a patient is. Is every row another patient?"
    evidence = f"{counted(len(table.rows), 'row')}; the file cannot be read until then"
    if asking.ask("each row", table.name, "", text, (EACH_ROW, NOT_EACH_ROW), evidence) != EACH_ROW:
        return table
    numbered = tuple((number, (f"row {number}", *row)) for number, row in table.rows)
    labels = ("", *table.labels) if table.labels else ()
    return replace(table, headers=(PATIENT_ID.name, *table.headers), rows=numbered, labels=labels)
