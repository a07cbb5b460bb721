"""A column of events as it stands, and its cells as texts that can be compared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cdanalysis.dictionary.outcomes import Noun
from cdanalysis.reading.bytes.files import Cell
from cdanalysis.reading.cells.cells import each, folded, is_missing
from cdanalysis.reading.cells.numbers.number_texts import plain_number
from cdanalysis.reading.outcomes.codes.meanings import has_unknown, nouns_among, parted_code
from cdanalysis.reading.outcomes.headers.headers import Said

EMPTY = ""


@dataclass(frozen=True)
class EventColumn:
    """A column of events: its header and what that says, its name in faults, its cells with their rows.

    label: what a sentence calls the event. behind: the code behind each value label. dated: whether each row has a time or
    date of the event in a column of its own; None where there is no such column.
    """

    header: str
    said: Said
    name: str
    label: str
    cells: Sequence[Cell]
    rows: Sequence[int]
    behind: Mapping[str, float] = field(default_factory=dict)
    dated: Sequence[bool] | None = None


def texts_of(cells: Sequence[Cell]) -> list[str]:
    """Each cell's text as codes are compared: `1.0` is 1, True is true; `-` is no missing value beside `+`."""
    signs = any(cell is not None and folded(cell) == "+" for cell in dict.fromkeys(cells))
    return each(lambda cell: _text(cell, signs), cells)


def _text(cell: Cell, signs: bool) -> str:
    text = "" if cell is None else folded(cell)
    if signs and text == "-":
        return text
    if is_missing(cell):
        return EMPTY
    number = plain_number(text)[0] if text[:1].isdecimal() else None
    return f"{number:g}" if number is not None else text


def float_of(text: str) -> float | None:
    """The number a text is, if it is one."""
    return plain_number(text)[0] if text else None


def order_of(text: str) -> tuple[float, str]:
    """Codes in order of their numbers, then words."""
    number = float_of(parted_code(text)[0] or text)
    return (float("inf") if number is None else number, text)


def noun_of_texts(cells: Sequence[Cell], said: Said) -> Noun | None:
    """The one outcome that the texts of a column name, `dead` beside `alive`; None where there is none or are several."""
    texts = {text for text in texts_of(cells) if text}
    found = nouns_among(texts)
    return found[0] if len(found) == 1 and not (said.strong and has_unknown(texts, said)) else None
