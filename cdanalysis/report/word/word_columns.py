"""How a table's columns are set: their widths by what they hold, the size of their letters, which are centred."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from cdanalysis.report.word.word import TEXT_WIDTH_CM, clean

LEVEL = "    "  # opens the text of a level under its variable
CHARACTER_CM_PER_POINT = 0.0187  # of Arial, figures and letters mixed
PADDING = 2.0  # characters that a cell's margins take
LONGEST_CENTRED = 60
BOLD = 0.12  # of a word's length that bold adds
_NUMBERS = re.compile(r"-?\d.{0,25}$")  # `4.72 (1.19-18.75)`, `50.8% (42.1-59.5), 62/122`: kept on one line
_UNITS = re.compile("months|not reached|not entered|not estimable.*")


class Column(NamedTuple):
    """How a column is set: its width in cm, and whether its cells are centred."""

    width: float
    centred: bool


def columns_of(rows: Sequence[Sequence[str]]) -> list[Column]:
    """The columns of a table; rows[0]: its header."""
    widths = column_widths(rows, font_size(len(rows[0])))
    return [Column(width, centred) for width, centred in zip(widths, _centred(rows), strict=True)]


def clean_cell(value: object) -> str:
    """A cell's text; `12.0` is 12, a missing value is empty; leading spaces, which indent a level, are kept."""
    if value is None or value != value:
        return ""
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return f"{LEVEL if text.startswith(LEVEL) else ''}{clean(text)}"


def column_widths(rows: Sequence[Sequence[str]], size: float) -> list[float]:
    """Centimetres a column: its longest text, the widest columns wrapped to fit; no number or word broken if avoidable."""
    room = TEXT_WIDTH_CM / (size * CHARACTER_CM_PER_POINT)
    header, *body = rows
    bold = [f"{name}{'x' * round(BOLD * _longest_word(name))}" for name in header]  # bold letters are wider
    texts = list(zip(bold, *body, strict=True))
    words = [max(map(_longest_word, column)) + PADDING for column in texts]
    numbers = [max(_unbroken(text) for text in column) + PADDING for column in texts]
    least = numbers if sum(numbers) <= room else words
    longest = [max(map(len, column)) + PADDING for column in texts]
    cap = max(longest)
    while cap > 1 and sum(_wrapped(least, longest, cap)) > room:
        cap -= 1
    wanted = _wrapped(least, longest, cap)
    return [TEXT_WIDTH_CM * width / sum(wanted) for width in wanted]


def _unbroken(text: str) -> int:
    """The characters that must stay on one line: all of a number with its interval, else the longest word."""
    return len(text) if _NUMBERS.match(text) and _in_figures(text) else _longest_word(text)


def _longest_word(text: str) -> int:
    return max(map(len, text.split()), default=0)


def _in_figures(text: str) -> bool:
    """Whether a cell holds numbers rather than words."""
    return not re.search("[^\\W\\d]{4}", _UNITS.sub("", text))


def _wrapped(least: Sequence[float], longest: Sequence[float], cap: float) -> list[float]:
    return [max(floor, min(text, cap)) for floor, text in zip(least, longest, strict=True)]


def _centred(rows: Sequence[Sequence[str]]) -> list[bool]:
    """Numbers are centred, words and the first column are not."""
    return [
        place > 0
        and max(map(len, column)) <= LONGEST_CENTRED
        and sum(map(_in_figures, column[1:])) * 2 > len(column) - 1
        for place, column in enumerate(zip(*rows, strict=True))
    ]


def font_size(n_columns: int) -> float:
    return 9.0 if n_columns <= 5 else 8.0 if n_columns <= 7 else 7.5
