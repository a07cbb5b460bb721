"""Cells of a further column with a unit behind them: in one unit, read without it; in several, kept as texts; both said."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any

from cdanalysis.reading.cells.cells import distinct, is_missing
from cdanalysis.reading.cells.numbers.number_texts import PERCENT, Cell, number_or_flagged
from cdanalysis.reading.headers.units.unit_words import folded, known_unit
from cdanalysis.reading.questions import ColumnAsking
from cdanalysis.reading.warned import warned
from cdanalysis.results import Fault

_UNIT = r"[^\W\d_]{1,12}|%|[%°µμ]?[^\W\d_]{0,4}(?:/[^\W\d_][\w^]{0,7})|[°µμ][^\W\d_]{1,4}"
_MEASURED = re.compile(rf"([<>≤≥]?\s*[-+−]?\d[\d.,]*)(\s*)({_UNIT})\.?")
MOST_UNITS = 3
NEARLY_ALL = 0.8
PARTS, PERCENTS, AS_PERCENTS = "parts of 1: 0.4 is 40 %", "percent, as the others", "percent, as they stand"
LEAST_PARTS = 5
IN_ONE, IN_TWO = "all are in it", "only those with it: left out"
LEAST_APART, APART = 3, 1.6  # cells of each, and times that their middles lie apart


def without_unit(
    sheet: str, about: ColumnAsking, cells: Sequence[Cell], *, decimal_comma: bool
) -> tuple[Sequence[Cell], list[Fault]]:
    """The cells of numbers without the one unit that stands behind some; as they are, and said, where there are several.

    Where those with it lie far from those without, as pounds from kilograms, it is asked whether all are in it.
    """
    header = about.column
    different, keys = distinct(cells)
    bare, units = dict(different), Counter()
    n_held = n_read = 0
    times = Counter(keys)
    for key, cell in different.items():
        if is_missing(cell):
            continue
        n_held += times[key]
        if number_or_flagged(cell, decimal_comma)[0] is not None:
            n_read += times[key]
        elif isinstance(cell, str) and (parts := _parted(cell)):
            bare[key] = parts[0]
            units[folded(parts[1])] += times[key]
    n = units.total()
    if not n or n + n_read < NEARLY_ALL * n_held or len(units) > MOST_UNITS:
        return cells, []
    if len(units) > 1:
        told = " and ".join(f"{times} × {unit}" for unit, times in units.most_common())
        return cells, [
            Fault(sheet, None, header, f"numbers in several units: {told}", "numbers in one unit; kept as texts")
        ]
    unit = next(iter(units))
    text = f"{n} × with {unit} behind the number, and {n_read} without, far from them. Are all in {unit}?"
    if (
        _lie_apart(different, bare, times, decimal_comma)
        and about.ask("one unit", text, (IN_ONE, IN_TWO), f"those with {unit} are left out until then") != IN_ONE
    ):
        return [None if bare[key] is not different[key] else different[key] for key in keys], []
    found = f"{n} × with {unit} behind the number, which was left out"
    return [bare[key] for key in keys], [warned(sheet, found, "a number alone", column=header)]


def _lie_apart(
    different: Mapping[Any, Cell], bare: Mapping[Any, Cell], times: Mapping[Any, int], decimal_comma: bool
) -> bool:
    """Whether the numbers with a unit lie about as far from those without as two units do."""
    held: dict[bool, list[float]] = {True: [], False: []}
    for key, cell in different.items():
        number = number_or_flagged(bare[key], decimal_comma)[0]
        if number is not None and not is_missing(cell):
            held[bare[key] is not cell] += [number] * times[key]
    if min(map(len, held.values())) < LEAST_APART or min(map(median, held.values())) <= 0:
        return False
    ratio = median(held[True]) / median(held[False])
    return not 1 / APART < ratio < APART


def _parted(cell: str) -> tuple[str, str] | None:
    """The number and the unit of a cell; `7a` is a ward, and only a unit that is known stands so close to its number."""
    found = _MEASURED.fullmatch(cell.strip())
    if not found or (not found[2] and (len(found[3]) == 1 or not known_unit(found[3])) and found[3] != "%"):
        return None
    return found[1], found[3]


def _as_parts(read: Sequence[tuple[float | None, str]], about: ColumnAsking) -> bool | None:
    """Whether numbers up to 1 under a header in percent are parts of 1, as a spreadsheet keeps 45 %; None while that is asked.

    False of any other column: percents below 1, as of basophils, have few decimals or are not all so low.
    """
    held = [value for value, _ in read if value is not None]
    fine = sum(round(value, 1) != value for value in held)
    if (
        "%" not in about.column
        or len(held) < LEAST_PARTS
        or fine <= len(held) / 2
        or not 0 <= min(held) <= max(held) <= 1
    ):
        return False
    text = f"{len(held)} numbers up to {max(held):g} under a header in percent. What are they?"
    answer = about.ask("percent", text, (PARTS, AS_PERCENTS), "a spreadsheet keeps 45 % as 0.45; left out until then")
    return None if answer is None else answer == PARTS


def _times_100(read: Sequence[tuple[float | None, str]]) -> list[tuple[float | None, str]]:
    return [(None if value is None else round(value * 100, 10), how) for value, how in read]


def with_percents(
    cells: Sequence[Cell], read: Sequence[tuple[float | None, str]], about: ColumnAsking
) -> tuple[Sequence[Cell], Sequence[tuple[float | None, str]]]:
    """The cells and their numbers, those up to 1 beside others with a percent sign as the reader says; left out until then."""
    if (answer := _as_parts(read, about)) is not False:
        return (cells, _times_100(read)) if answer else ([None] * len(cells), [(None, "")] * len(read))
    signed = [value for value, how in read if value is not None and PERCENT in how]
    parts = [value for value, how in read if value is not None and PERCENT not in how]
    if not signed or max(signed) <= 1 or set(parts) <= {0, 1} or not all(0 <= part <= 1 for part in parts):
        return cells, read
    text = (
        f"{len(parts)} × a number up to 1 such as {max(parts):g} beside {len(signed)} with a percent sign. What is it?"
    )
    answer = about.ask("percent", text, (PARTS, PERCENTS), "left out until then")
    are_parts = [value is not None and PERCENT not in how for value, how in read]
    if answer is None:
        out = [None if part else cell for cell, part in zip(cells, are_parts, strict=True)]
        return out, [(None, "") if part else one for one, part in zip(read, are_parts, strict=True)]
    factor = 100.0 if answer == PARTS else 1.0
    return cells, [
        ((value or 0) * factor, how) if part else (value, how)
        for (value, how), part in zip(read, are_parts, strict=True)
    ]
