"""What the cells of a column are, and a few of them: what a reader needs to correct how a header was understood."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from itertools import islice
from typing import Any

from cdanalysis.dictionary.column_spec import ColumnSpec
from cdanalysis.reading.cells.numbers.number_texts import Cell
from cdanalysis.reading.cells.values import NO, YES, category_words, identity, is_missing, plain_number, shown
from cdanalysis.reading.dates.counted import FIRST_SERIAL
from cdanalysis.reading.dates.forms import year_of
from cdanalysis.reading.dates.order import is_written_as_date
from cdanalysis.reading.headers.evidence.suspects import numbers_in, share_within
from cdanalysis.reading.headers.units.unit_words import DAYS_PER, factors_of, normalised

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
N_SHOWN = 3
MOST_LOOKED_AT = 2_000
MOST_CATEGORIES = 12
LEAST_OTHER, SELDOM = 3, 0.2  # cells, and the share of them that can be read, below which a column is of another kind
LEAST_IDS = 0.05  # different identifiers in a row, of a table of visits as well
MOSTLY = 0.8  # of the cells that hold something


def held_cells(cells: Iterable[Any], most: int = MOST_LOOKED_AT) -> list[Any]:
    """The first cells that hold something, so many at most."""
    return list(islice((cell for cell in cells if not is_missing(cell)), most))


def found_type(held: Sequence[Cell], decimal_comma: bool = False) -> str:
    """`numbers`, `dates`, `yes or no`, `3 categories`, `text` or `empty`."""
    if not held:
        return "empty"
    texts = {identity(cell).casefold() for cell in held}
    if texts <= YES | NO and len(texts) <= 2:
        return "yes or no"
    if are_dates(held):
        return "dates"
    if all(plain_number(cell, decimal_comma)[0] is not None for cell in held):
        return "numbers"
    if len(texts) <= MOST_CATEGORIES and len(texts) < max(2, len(held)):
        return f"{len(texts)} categories" if len(texts) > 1 else "one value"
    return "text"


def fits(spec: ColumnSpec, held: Sequence[Cell], decimal_comma: bool = False) -> bool:
    """Whether most of the cells that hold something are what a column holds, in one of the units it may be in."""
    if spec.kind == "number":
        values = numbers_in(held, decimal_comma)
        shares = (share_within(spec, values * factor) for factor in factors_of(spec).values())
        return (len(values) >= MOSTLY * len(held) and max(shares) >= MOSTLY) or (
            spec.unit in DAYS_PER and are_dates(held)
        )
    if spec.kind == "yes_no":
        return found_type(held) == "yes or no"
    if spec.kind == "date":
        return are_dates(held)
    if spec.kind == "category":
        words = category_words(spec.name)
        return sum(normalised(identity(cell)) in words for cell in held) >= MOSTLY * len(held)
    if spec.kind == "id":  # of a few values again and again it is none
        n_different = len({identity(cell) for cell in held})
        return n_different == len(held) or n_different > max(LEAST_IDS * len(held), LEAST_OTHER)
    return bool(held)


def is_of_another_kind(spec: ColumnSpec, held: Sequence[Cell]) -> bool:
    """Whether hardly a cell can be what the column holds, whatever its unit or code: `yes` in a column of doses."""
    if len(held) < LEAST_OTHER or spec.kind in ("id", "text") or (spec.kind == "number" and are_dates(held)):
        return False
    if spec.kind == "date":
        return not any(map(_may_be_a_date, held))
    words: Collection[str] = YES | NO if spec.kind == "yes_no" else ()
    words = category_words(spec.name) if spec.kind == "category" else words
    texts = Counter(identity(cell).casefold() for cell in held)
    if spec.kind == "category" and len(texts) == 2 and all(len(text) == 1 for text in texts):
        return False  # letters for two categories, as E and K
    read = (n for text, n in texts.items() if re.search(r"\d", text) or text in words or normalised(text) in words)
    return sum(read) < SELDOM * len(held)


def is_centred(spec: ColumnSpec, held: Sequence[Cell]) -> bool:
    """Whether many a number lies below 0 where the column's begin there: a difference or a score of it, as age - 48."""
    if spec.kind != "number" or spec.lowest < 0:
        return False
    values = numbers_in(held, False)
    below = values[values < 0]
    return len(below) >= SELDOM / 2 * len(held) and len({*below.tolist()}) > LEAST_OTHER


def _may_be_a_date(cell: Cell) -> bool:
    """Whether a cell is a date in some form: two groups of digits, the word of a month, a serial number, six digits or more."""
    if isinstance(cell, date):
        return True
    text = identity(cell)
    is_number = not isinstance(cell, str) or _NUMBER.fullmatch(text)
    number = plain_number(cell, "," in text)[0] if is_number else None
    if number is not None:
        return number >= FIRST_SERIAL or year_of(text.removesuffix(".0")) is not None
    return bool(re.search(r"\d\D+\d|[^\W\d_]{3}", text))


def are_dates(held: Sequence[object]) -> bool:
    """Whether every cell is a date: a date cell, or a text such as 2024-03-31 or 31/3/2024."""
    return bool(held) and all(
        isinstance(cell, date) or (isinstance(cell, str) and is_written_as_date(cell)) for cell in held
    )


def preview(held: Sequence[Cell]) -> str:
    """The first few different values."""
    return " · ".join(list(dict.fromkeys(shown(cell) for cell in held[:200]))[:N_SHOWN])
