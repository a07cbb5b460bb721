"""A follow-up that stands as a range, `2016-2019`, `03.05.2016 - 12.08.2019`: its beginning and its end in columns of their own."""

import re
from collections.abc import Sequence
from dataclasses import replace

from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.cells.cells import each, is_missing, shown
from cdanalysis.reading.dates.beside import END, START
from cdanalysis.reading.dates.forms import plain, year_of
from cdanalysis.reading.dates.order import is_written_as_date
from cdanalysis.reading.headers.units.unit_words import normalised
from cdanalysis.reading.rows.shape import RawSheet
from cdanalysis.reading.warned import warned

NEARLY_ALL, LEAST = 0.8, 3
_OBSERVED = re.compile(
    r"follow ?up|\bfu\b|observation|observed|study period|beobachtung|verlauf|suivi|seguimiento|随访|观察"
)
_RANGE = re.compile(
    r"(.{4,24}?)(?:\s+[-–—]\s+|\s*[–—~～至]\s*|\s+(?:to|until|till|bis|à|au|a|al|until)\s+)(.{2,24})", re.IGNORECASE
)
_YEARS = re.compile(r"((?:19|20)\d{2})\s*[-–—/~～至]\s*((?:19|20)\d{2}|\d{2})")


def apart(table: RawSheet) -> RawSheet:
    """The table with the two ends of a follow-up that stands as ranges of dates or of years; said."""
    for place, header in enumerate(table.headers):
        if not _OBSERVED.search(normalised(header)):
            continue
        cells = [row[place] for _, row in table.rows]
        ends = each(_ends, cells) if not _are_months(cells) else [None] * len(cells)
        n_held = sum(not is_missing(cell) for cell in cells)
        n = sum(one is not None for one in ends)
        if n >= max(LEAST, NEARLY_ALL * n_held) and not {START, END} & {
            normalised(one).replace(" ", "_") for one in table.headers
        }:
            return _parted(table, place, ends, shown(next(cell for cell, one in zip(cells, ends, strict=True) if one)))
    return table


def _ends(cell: Cell) -> tuple[str, str] | None:
    """The two dates, or years, of a range; None of any other cell."""
    text = cell.strip() if isinstance(cell, str) else ""
    if found := _YEARS.fullmatch(text):
        first, last = found[1], found[2] if len(found[2]) == 4 else found[1][:2] + found[2]
        return (first, last) if last >= first else None
    found = _RANGE.fullmatch(text)
    dated = found and all(is_written_as_date(part) or year_of(plain(part)) for part in found.groups())
    return (found[1], found[2]) if found and dated else None


def _are_months(cells: Sequence[Cell]) -> bool:
    """Whether what looks like two years is a year and its month, `2005-11`: no end is beyond 12."""
    parts = [_YEARS.fullmatch(cell.strip()) for cell in cells if isinstance(cell, str)]
    return any(parts) and all(len(part[2]) == 2 and 1 <= int(part[2]) <= 12 for part in parts if part)


def _parted(table: RawSheet, place: int, ends: Sequence[tuple[str, str] | None], first: str) -> RawSheet:
    width, header = len(table.headers), table.headers[place]
    rows = tuple(
        (
            number,
            (*row[:place], (one or (None, None))[0], *row[place + 1 : width], (one or (None, None))[1], *row[width:]),
        )
        for (number, row), one in zip(table.rows, ends, strict=True)
    )
    labels = (*table.labels[:place], "", *table.labels[place + 1 :], "") if table.labels else ()
    n = sum(one is not None for one in ends)
    said = [
        warned(
            table.name,
            f"{n} × a range such as {first}: read as the start and the last follow-up",
            "two dates",
            column=header,
        )
    ]
    left = [
        number
        for (number, row), one in zip(table.rows, ends, strict=True)
        if one is None and not is_missing(row[place])
    ]
    if left:
        rest = f"{len(left)} × no range of dates, left out"
        said.append(warned(table.name, rest, "a range of two dates", column=header, row=left[0]))
    headers = (*table.headers[:place], START, *table.headers[place + 1 :], END)
    return replace(table, headers=headers, rows=rows, labels=labels, faults=(*table.faults, *said))
