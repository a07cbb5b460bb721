"""Cells of a column of dates that hold none: a no, zeros, or a day that stands for none."""

import re
from datetime import date, datetime

from cdanalysis.reading.cells.cells import folded
from cdanalysis.reading.cells.words import NO
from cdanalysis.reading.dates.calendars import has_year_of_another
from cdanalysis.reading.dates.forms import EPOCH, is_short, plain
from cdanalysis.reading.dates.impossible import impossible
from cdanalysis.reading.dates.order import DateOrder, day_of

# `none`, `no relapse`, `alive`, `kein Rezidiv`, `未复发`; a `no` of the knowledge, `no data`, says nothing.
_DENIED = re.compile(
    r"(?:none|never|nie|jamais|nunca|alive|living|lebt|vivant|vivo|censored|in remission|ongoing|存活|"
    r"(?:no|not|without|kein|keine|ohne|pas de|sans|aucun|aucune|sin)\s+"
    r"(?!data|info|date|record|doc|known|avail|done|applic|angabe)[^\d]+|(?:未|无|没有)(?![查测知记])[^\d]+)"
)
_ZEROS = re.compile(r"[09]{1,4}(?:[-/.]?[09]{1,4}){0,2}(?: [0:]+)?")


def is_no(cell: object) -> bool:
    """Whether a cell says that there is no date: `no`, `none`, `no relapse`, 0, `00/00/0000`."""
    text = folded(cell) if isinstance(cell, str | int | float) else ""
    return (
        text in NO
        or bool(_DENIED.fullmatch(text))
        or (bool(_ZEROS.fullmatch(text)) and len(set(text) & set("0123456789")) == 1)
    )


def is_placeholder(cell: object) -> bool:
    """Whether a cell is a day on which nothing can have been: 1900-01-01, 31/12/9999, one in the future."""
    if has_year_of_another(cell):
        return False
    if isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
        return bool(impossible((day - EPOCH).days))
    written = isinstance(cell, str) and not is_short(plain(cell))  # 19/11/27 has a year that its column decides
    read = day_of(cell, DateOrder("day/month/year"))[0] if written else None
    return read is not None and bool(impossible(read))


def says_none(cell: object) -> bool:
    """Whether a cell holds no date of anything."""
    return is_no(cell) or is_placeholder(cell)
