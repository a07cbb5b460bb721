"""A web page or the XML of Excel 2003 -> sheets of cells; runs in the child process."""

import re
from collections.abc import Iterator

from cdanalysis.errors import CohortError
from cdanalysis.reading.bytes.budget import MOST_SHEETS
from cdanalysis.reading.bytes.formats import utf_16
from cdanalysis.reading.bytes.markup.tagged import Tables
from cdanalysis.reading.bytes.text.encodings import decode

LEAST_ROWS = 2  # of a table: a header, and a row below it
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?([\w-]{3,20})", re.IGNORECASE)
EMPTY = "This is {what} without a table of patients: save the table as .xlsx or .csv."
Parsed = Iterator[tuple[dict[str, object], Iterator[tuple[int, list[object]]]]]


def read_markup(_kind: str, content: bytes) -> Parsed:
    """What is said of each table that has rows, and its rows that hold something, under their numbers."""
    text = _decoded(content)
    tables = Tables()
    tables.feed(text)
    tables.close()
    for table in tables.open:
        table.end_row()
    found = [table for table in tables.found if sum(map(_holds, table.rows)) >= LEAST_ROWS]
    if not found:
        what = "an XML file" if content[:200].lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"<?xml") else "a web page"
        raise CohortError(EMPTY.format(what=what))
    if len(found) > MOST_SHEETS:
        raise CohortError(f"The page has {len(found)} tables; at most {MOST_SHEETS} are accepted.")
    for place, table in enumerate(found, 1):
        name = table.name or ("table" if len(found) == 1 else f"table {place}")
        about: dict[str, object] = {
            "name": name,
            "visible": table.visible,
            "merged": table.merged,
            "lost": [],
            "texts": True,
        }
        yield about, iter([row for row in table.rows if _holds(row)])


def _holds(row: tuple[int, list[object]]) -> bool:
    return any(cell is not None for cell in row[1])


def _decoded(content: bytes) -> str:
    """The text in the encoding that it declares, else in that which is found."""
    declared = _DECLARED.search(content[:2048])
    if declared and utf_16(content) is None:
        try:
            return content.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(content).text
