"""A column that the dictionary does not have -> numbers or texts, a covariate candidate either way."""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from cdanalysis.reading.cells.cells import Notes, distinct, each, identity, is_missing, note_missing, shown
from cdanalysis.reading.cells.numbers.missing_numbers import missing_codes
from cdanalysis.reading.cells.numbers.number_texts import (
    COMMA,
    Cell,
    is_limit,
    number_or_flagged,
    writes_comma,
)
from cdanalysis.reading.cells.numbers.one_unit import with_percents, without_unit
from cdanalysis.reading.cells.numbers.thousands import with_thousands
from cdanalysis.reading.cells.numbers.two_units import of_header, with_one_unit
from cdanalysis.reading.cells.spellings import with_one_spelling
from cdanalysis.reading.headers.header_words import legend
from cdanalysis.reading.headers.units.unit_words import normalised
from cdanalysis.reading.questions import Asking, ColumnAsking
from cdanalysis.results import Fault

SOME = 0.2  # a column with more numbers than this is one of numbers with texts in it
NEARLY_ALL = 0.8  # and with more than this it stays one, without the texts
MOST_SHOWN = 5
FEWEST_LEVELS, MOST_LEVELS = 3, 6  # of whole numbers that may be categories
MOST_GROUPS = 8  # of a number, `<40` and `>=40`
_RANGE = re.compile(r"[\d.,]+\s*[-–]\s*[\d.,]+")
MOST_KINDS = 30  # of numbers under a name that has kinds
CATEGORIES, NUMBERS = "categories", "numbers"
# Names of what has kinds and no order: its numbers are categories until the reader says otherwise.
_KINDS = """centre center site hospital clinic group arm type ward doctor physician region country race ethnicity ethnic genotype
    cluster cohort class treatment drug therapy department zentrum klinik gruppe typ art station arzt therapie 中心 医院 组别
    分组 类型 科室 民族 基因型 治疗 药物"""
KINDS = frozenset(_KINDS.split())


def read_further(
    sheet: str,
    header: str,
    cells: Sequence[Cell],
    rows: Sequence[int],
    about: ColumnAsking | None = None,
    *,
    decimal_comma: bool = False,
    second_id: bool = False,
) -> tuple[list[float | None] | list[str | None], list[Fault]]:
    """A column that the dictionary does not have: numbers if nearly every cell that holds something is one, else texts.

    second_id: whether its header names the patients, as another does already: where each row holds another it measures nothing.
    """
    if second_id and len(distinct(cells)[0]) == len(cells):
        return [None if is_missing(cell) else identity(cell) for cell in cells], []
    about = about or Asking().about(sheet, header)
    notes, comma = Notes(COMMA if decimal_comma else ""), writes_comma(cells, decimal_comma)
    cells, faults = without_unit(sheet, about, with_thousands(cells, about, comma), decimal_comma=comma)
    read: Sequence[tuple[float | None, str]] = each(
        lambda cell: (None, "") if is_missing(cell) else number_or_flagged(cell, comma), cells
    )
    cells, read = with_percents(cells, read, about)
    held = [
        (number, row, cell) for (number, _), row, cell in zip(read, rows, cells, strict=True) if not is_missing(cell)
    ]
    texts = [(row, cell) for number, row, cell in held if number is None or _is_code(cell)]
    if _are_bounds([cell for _, _, cell in held]):
        return [None if is_missing(cell) else identity(cell) for cell in cells], []
    if texts and (len(texts) > (1 - NEARLY_ALL) * len(held) or any(_is_code(cell) for _, cell in texts)):
        words = [None if is_missing(cell) else identity(cell) for cell in cells]
        return with_one_spelling(words, about), [*faults, *_mixed(about, texts, len(held))]
    for cell in cells:
        note_missing(cell, notes)
    for number, how in read:
        notes.add(how, number)
    faults += [*_no_numbers(about, texts), *notes.said(sheet, header, "a number or a text")]
    return _as_answered([number for number, _ in read], about), faults


def _as_answered(numbers: list[float | None], about: ColumnAsking) -> list[float | None] | list[str | None]:
    """The numbers without the codes for missing, as texts where they are categories."""
    values = np.array([np.nan if number is None else number for number in numbers], dtype=float)
    left_out = missing_codes(values, about)
    kept = [None if number in left_out else number for number in numbers]
    labels = legend(about.column)
    present = np.unique(np.array([number for number in kept if number is not None], dtype=float))
    if labels and not (present % 1).any() and {f"{value:g}" for value in present} <= labels.keys():
        return [None if number is None else labels[f"{number:g}"] for number in kept]
    if _are_categories(present, about):
        return [None if number is None else f"{number:g}" for number in kept]
    return list(with_one_unit(kept, of_header(about.column), about))


def _are_categories(present: np.ndarray, about: ColumnAsking) -> bool:
    """Whether few whole numbers in a row, or those of a centre, are categories: asked, and until then by the column's name."""
    has_kinds = bool(KINDS & set(normalised(about.column).split()))
    in_a_row = FEWEST_LEVELS <= len(present) <= MOST_LEVELS and (np.diff(present) == 1).all() and present[0] in (0, 1)
    are_kinds = has_kinds and FEWEST_LEVELS <= len(present) <= MOST_KINDS and not (present % 1).any()
    if not (in_a_row or are_kinds):
        return False
    usual = CATEGORIES if has_kinds else NUMBERS
    held = ", ".join(f"{value:g}" for value in present[:MOST_LEVELS]) + (" ..." if len(present) > MOST_LEVELS else "")
    answer = about.ask(
        "kind",
        f"it holds {held}. Are these numbers or categories?",
        (NUMBERS, CATEGORIES),
        f"read as {usual} until then",
    )
    return (answer or usual) == CATEGORIES


def _mixed(about: ColumnAsking, texts: Sequence[tuple[int, Cell]], n: int) -> list[Fault]:
    """That a column of texts holds many numbers."""
    if len(texts) >= (1 - SOME) * n:
        return []
    row, cell = texts[0]
    accepted = "a number, as others of this column; it is read as text"
    return [Fault(about.sheet, row, about.column, shown(cell), accepted, "warning")]


def _no_numbers(about: ColumnAsking, texts: Sequence[tuple[int, Cell]]) -> list[Fault]:
    """The texts of a column of numbers, which are left out, each once."""
    counted = Counter(shown(cell) for _, cell in texts)
    first = {shown(cell): row for row, cell in reversed(texts)}
    return [
        Fault(
            about.sheet, first[text] if n == 1 else None, about.column, text if n == 1 else f"{n} × {text}", "a number"
        )
        for text, n in counted.most_common(MOST_SHOWN)
    ]


def _are_bounds(held: Sequence[Cell]) -> bool:
    """Whether the cells are groups such as `<40`, `40-60` and `>60`: a limit or two numbers each, and few different ones."""
    if not held or not all(isinstance(cell, str) for cell in held):
        return False
    kinds = {str(cell).strip() for cell in held}
    return 1 < len(kinds) <= MOST_GROUPS and all(is_limit(one) or _RANGE.fullmatch(one) for one in kinds)


def _is_code(cell: Cell) -> bool:
    """007 is a code: as a number it would lose its zeros."""
    return isinstance(cell, str) and len(cell) > 1 and cell.isdecimal() and cell.startswith("0")
