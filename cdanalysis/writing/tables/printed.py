"""A table as a journal prints it: what stands over several columns, which numbers align, which rows are set in.

A frame says it by how it is written: columns beside each other that begin with the same word share a heading; four blanks
before a row's name set it in; a row with nothing but a name is a heading; a column of numbers aligns where their whole part ends.
All text is plain: whoever shows it shows it letter by letter.
"""

import re
from collections.abc import Sequence
from itertools import groupby
from math import isnan
from typing import Any

import pandas as pd

from cdanalysis.units import number_text
from cdanalysis.writing.tables.csv_file import harmless_cell

BLANKS = 4  # that set a row in by one step
MOST_ROWS = 1000  # that a page is sent
LONGEST_NUMBER, MOST_WORDS = 44, 3  # with its unit, interval and count; what is longer and begins with one is words
_WORD = re.compile(r"[^\W\d_]{2,}")
_NUMBER = re.compile(r"[<>≤≥]?\s?[-−+]?\d[\d,]*")
_SMALL = {"at", "by", "for", "from", "in", "of", "per", "to", "with"}
_NOTHING = ("", "–", "-")


def printed(shown: pd.DataFrame, most: int = MOST_ROWS) -> dict[str, Any]:
    """What assets/table.js draws: heads, and per row its name, how far it is set in, and its cells.

    Cells are texts; pads[i] of a column: characters that its cell lacks in front to align, None where it is no number.
    harmful: the cells, as (row, column), that a spreadsheet would take for a formula, written so that it does not.
    """
    cells = [[_text(cell) for cell in row] for row in shown.head(most).itertuples(index=False, name=None)]
    names, stripped = [str(name) for name in shown.columns], [[cell.strip() for cell in row] for row in cells]
    columns = list(zip(*cells, strict=True)) or [()] * len(names)
    pads = [_pads(column) if place else [None] * len(cells) for place, column in enumerate(columns)]
    return {
        "heads": _heads(names),
        "names": names,
        "rows": [
            {
                "cells": row,
                "pads": [one[i] for one in pads],
                "in": _steps_in(cells[i][0]),
                "heading": len(row) > 1 and not any(row[1:]),
            }
            for i, row in enumerate(stripped)
        ],
        "numeric": [any(pad is not None for pad in column) for column in pads],
        "harmful": [
            [i, j, harmless_cell(cell)]
            for i, row in enumerate([names, *stripped], -1)
            for j, cell in enumerate(row)
            if harmless_cell(cell) != cell
        ],
        "n_rows": len(shown),
    }


def _text(cell: Any) -> str:
    """A cell in words: whole numbers with their thousands parted, nothing for what is missing."""
    if isinstance(cell, str):
        return cell
    if cell is None or cell is pd.NA or (isinstance(cell, float) and isnan(cell)):
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return f"{cell:,}" if hasattr(cell, "__index__") else number_text(cell) if isinstance(cell, float) else str(cell)


def _steps_in(name: str) -> int:
    return (len(name) - len(name.lstrip())) // BLANKS


def _heads(names: Sequence[str]) -> list[dict[str, Any]]:
    """The upper line of the head: {text, n} over n columns that share their first words, the rest of their names below."""
    heads: list[dict[str, Any]] = []
    for word, group in groupby(names, key=lambda name: name.partition(" ")[0]):
        alike = list(group)
        shared = _shared(alike) if len(alike) > 1 and word[-1:].isalpha() else ""
        if shared:
            heads.append({"text": shared, "below": [name.removeprefix(shared).strip() for name in alike]})
        else:
            heads += [{"text": "", "below": [name]} for name in alike]
    return heads


def _shared(names: Sequence[str]) -> str:
    """The words that all names begin with, the last word of none and no small word at their end; empty where there is none."""
    parted, shared = [name.split(" ") for name in names], []
    for words in zip(*(one[:-1] for one in parted), strict=False):
        if len({*words}) > 1:
            break
        shared.append(words[0])
    while len(shared) > 1 and (shared[-1] in _SMALL or not shared[-1][-1:].isalpha()):
        shared.pop()
    return " ".join(shared)


def _is_said(cell: str) -> bool:
    """Whether a cell is words, whatever it begins with: `25% had it by (95% CI)`; not `74.7 months (51.2-not reached)`."""
    return len(cell) > LONGEST_NUMBER or len(_WORD.findall(cell)) > MOST_WORDS


def _pads(column: Sequence[str]) -> list[int | None]:
    """The characters that each number of a column lacks in front; nothing aligns where two cells of three are words.

    A sentence that begins with a number is words: it is to be broken into lines, not kept on one.
    """
    whole = [None if _is_said(cell) else _NUMBER.match(cell.strip()) for cell in column]
    n_said = sum(cell.strip() not in _NOTHING for cell in column)
    if not any(whole) or 3 * sum(map(bool, whole)) < n_said:
        return [None] * len(column)
    widths = [len(found.group()) if found else 0 for found in whole]
    return [max(widths) - width if found else None for found, width in zip(whole, widths, strict=True)]
