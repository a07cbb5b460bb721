"""Above the rows: comment lines, titles, the header and the headings over several columns; the column R forgot to name.

Everything by what stands there, nothing by what a header means.
"""

import re
from collections.abc import Sequence
from statistics import median

from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.cells.cells import UNSEEN

LEAST_WIDE = 0.6  # of the rows below: a title is narrower than that, a header is not
_UNITS_ALONE = (
    "weeks?|wks?|months?|mo|days?|years?|dates?|values?|results?|"
    "wochen?|monate?|tage?|jahre?|datum|wert|周|月|天|年|日期|数值|结果"
)
_ALONE = re.compile(
    r"^(?:(?:week|wk|w|month|mo|m|day|d|visit|v|year|y|woche|monat|tag|jahr|第)?[\s_-]*\d{1,3}\s*"
    rf"(?:{_UNITS_ALONE}|个月)?|{_UNITS_ALONE}|baseline|ausgangswert|基线)$",
    re.IGNORECASE,
)
_CODING = re.compile(r"\(?\w{1,3}(?:\s*[/|]\s*\w{1,3})+\)?")  # `0/1`, `(m/f)`
Numbered = Sequence[tuple[int, Sequence[Cell]]]


def holds(cell: Cell) -> bool:
    """Whether a cell holds anything but blanks."""
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def is_number(cell: Cell) -> bool:
    """Whether a cell is a number, or a text that begins as one."""
    return not isinstance(cell, str) or bool(re.match(r"\s*[<>=+-]?\s*[\d.,]", cell))


def n_comments(rows: Sequence[Sequence[Cell]]) -> int:
    """How many of the first rows are comments: lines that begin with `#`, as of cBioPortal, above a row of names.

    The last such line is the header itself where it is as wide as the rows below, and no row of names follows.
    """
    n = next((place for place, row in enumerate(rows) if not _is_comment(row)), len(rows))
    if not n or n == len(rows):
        return max(0, n - 1)
    names = _is_header(rows[n]) and (n > 1 or not all(map(_is_header, rows[n + 1 : n + 2])))
    return n if names or _is_narrow(rows[n - 1], rows[n]) else n - 1


def _is_comment(row: Sequence[Cell]) -> bool:
    first = next(filter(holds, row), None)
    return isinstance(first, str) and first.lstrip().startswith("#") and first.strip() != "#"


def _is_header(row: Sequence[Cell]) -> bool:
    return not any(holds(cell) and is_number(cell) for cell in row)


def _is_narrow(comment: Sequence[Cell], row: Sequence[Cell]) -> bool:
    """Whether a comment is narrower than a header of the row would be."""
    return sum(map(holds, comment)) < LEAST_WIDE * sum(map(holds, row))


def header_place(rows: Sequence[Sequence[Cell]]) -> int:
    """The first row that is about as wide as the rows below it; the very first if no row below is wider.

    Of two such rows the second is the header where the first holds headings over several columns: fewer names, each over
    the columns up to the next, and a name below every one of them.
    """
    widths = [sum(map(holds, row)) for row in rows]
    for place, width in enumerate(widths[:-1]):
        if width >= LEAST_WIDE * median(widths[place + 1 :]):
            return place + are_headings(rows[place], rows[place + 1])
    return 0


def are_headings(upper: Sequence[Cell], lower: Sequence[Cell]) -> bool:
    """Whether the upper of two rows holds headings over the names of the lower, which may name some columns and not others."""
    if not all(
        _is_time(cell) or _CODING.fullmatch(str(cell).strip()) for cell in lower if holds(cell) and is_number(cell)
    ):
        return False
    spread = spread_right(upper, len(lower))
    over = [str(cell).strip() for place, cell in enumerate(lower) if holds(cell) and spread.get(place)]
    alone = sum(map(_is_time, over))
    open_places = [
        place for place, cell in enumerate(lower) if holds(cell) and place < len(upper) and not holds(upper[place])
    ]
    gaps = sum(map(holds, upper)) < sum(map(holds, lower)) or (alone >= 2 and bool(open_places))
    return gaps and (alone >= 2 or len(set(over)) < len(over))


def _is_time(cell: Cell) -> bool:
    """A visit's time or a unit with nothing else: `week 8`, `months`; a bare number is none."""
    text = str(cell).strip()
    return bool(_ALONE.match(text)) and not text.isdigit() and isinstance(cell, str)


def spread_right(upper: Sequence[Cell], width: int) -> dict[int, str]:
    """Column -> the heading that stands above it or to its left; a single text in the first column is a title, and none."""
    filled = [place for place, cell in enumerate(upper) if holds(cell)]
    if not filled or filled == [0]:
        return {}
    ends = [*filled[1:], max(width, len(upper))]
    return {
        column: str(upper[first]).strip()
        for first, end in zip(filled, ends, strict=True)
        for column in range(first, end)
    }


def named(header: Sequence[Cell], groups: dict[int, str]) -> list[str]:
    """The header texts; `week 8` under the heading `CDAI` is `CDAI week 8`, as is any text that stands there twice.

    A heading over nothing, or over a coding, is the name itself.
    """
    texts = [UNSEEN.sub("", str(cell)).strip() if holds(cell) else "" for cell in header]
    texts += [""] * (max(groups, default=-1) + 1 - len(texts))
    return [_named(text, groups.get(place, ""), texts.count(text)) for place, text in enumerate(texts)]


def _named(text: str, over: str, n: int) -> str:
    if not over or not text or _CODING.fullmatch(text):
        return over if over and (not text or _CODING.fullmatch(text)) else text
    bare = text.strip("()[]（）")
    return f"{over} {text}" if n > 1 or _ALONE.match(bare) else text
