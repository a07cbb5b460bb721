"""A time that says itself that it is one of censoring: `12.3+`, as R prints a `Surv`, `>12.3`, `≥ 12`, `12.3c`.

Another mark, `12.3*`, may say that, that the event came, or nothing of either: a footnote.
"""

import re
from collections.abc import Sequence

from cdanalysis.reading.cells.cells import is_missing
from cdanalysis.reading.cells.numbers.number_texts import Cell, plain_number

CENSORED, EVENT = "censored", "event"
_NUMBER = r"\d[\d.,' ]*?(?:\s*[^\W\d_]+\.?)?"  # with its unit, as a cell may have it
_YEARS, MOST_YEARS = ("a", "j"), 30
_BEHIND = re.compile(rf"\s*({_NUMBER})\s*[+＋]\s*")
_BEFORE = re.compile(rf"\s*(?:[>≥＞]\s*=?|at least|mindestens)\s*({_NUMBER})\s*", re.IGNORECASE)
_OPEN = re.compile(r"^\s*[^\d\s.,-]|[^\d\s]\s*$", re.MULTILINE)
_WORDED = re.compile(
    r"\s*(\d(?:[\d.,']*\d)?)\s*[(\[,;-]?\s*(?:c|cens\.?|censored|censor|zens\.?|zensiert|censuré|censurado|censurato|gecensureerd|删失)"
    r"\s*[)\]]?\s*",
    re.IGNORECASE,
)
_MARKED = re.compile(
    r"\s*(\d(?:[\d.,']*\d)?)\s*[(\[]?\s*([^\w\s.,;:()\[\]%+＋'<>=/-]{1,2}|[^\W\d_dhmwyDHMWY])\s*[)\]]?\s*"
)


def bare_time(cell: Cell) -> str:
    """The text of a censored time without its mark; "" of any other cell."""
    if not isinstance(cell, str):
        return ""
    found = _BEHIND.fullmatch(cell) or _BEFORE.fullmatch(cell) or _WORDED.fullmatch(cell)
    return found[1] if found else ""


def _may_be_marked(held: Sequence[Cell]) -> bool:
    """Whether a text begins or ends with something else than a digit: of most columns none does."""
    return _OPEN.search("\n".join(cell for cell in held if type(cell) is str)) is not None


def are_marked(held: Sequence[Cell]) -> bool:
    """Whether of numbers some are marked as censored and some are not: no range of a laboratory, no `1+`, `2+` of a stick."""
    if not _may_be_marked(held):
        return False
    marked = [bool(bare_time(cell)) for cell in held]
    return 0 < sum(marked) < len(marked) and all(
        mark or plain_number(cell)[0] is not None for mark, cell in zip(marked, held, strict=True)
    )


def mark_among(held: Sequence[Cell]) -> str:
    """The one mark, `*` or `a`, that some numbers have and others have not; "" where there is none or are several."""
    if not _may_be_marked(held):
        return ""
    found = [_MARKED.fullmatch(cell) if isinstance(cell, str) else None for cell in held]
    marks = {one[2] for one in found if one}
    bare = [cell for cell, one in zip(held, found, strict=True) if not one]
    if len(marks) != 1 or not bare or any(plain_number(cell)[0] is None for cell in bare):
        return ""
    (mark,) = marks
    longest = max(plain_number(one[1])[0] or 0.0 for one in found if one)
    return "" if mark.casefold() in _YEARS and longest <= MOST_YEARS else mark  # `2a` is two years


def with_footnotes(cells: Sequence[Cell]) -> list[Cell]:
    """The cells, each with a star in place of its mark: a number with a footnote, of which the mark is left out and said."""
    found = [_MARKED.fullmatch(cell) if isinstance(cell, str) else None for cell in cells]
    return [f"{one[1]}*" if one else cell for one, cell in zip(found, cells, strict=True)]


def without_marks(cells: Sequence[Cell]) -> list[Cell]:
    """The cells as times, whether or not they are of a censoring."""
    return [bare_time(cell) or cell for cell in cells]


def events_of(cells: Sequence[Cell], mark: str = "", marked_as: str = CENSORED) -> list[Cell]:
    """What each time says of its patient: `censored`, `event`, or nothing where there is no time; mark: which says marked_as."""
    other = EVENT if marked_as == CENSORED else CENSORED
    return [None if is_missing(cell) else marked_as if _is_marked(cell, mark) else other for cell in cells]


def _is_marked(cell: Cell, mark: str) -> bool:
    found = _MARKED.fullmatch(cell) if mark and isinstance(cell, str) else None
    return found is not None if mark else bool(bare_time(cell))
