"""Every column of every sheet left out, and spoilt, one at a time: each section still stands, or says why not.

A small part of the bundled cohort, so that a walk takes a moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import pytest
from corpus.builders import workbook
from python_calamine import CalamineWorkbook

import cdanalysis as cd
from cdanalysis.cohort import Cohort
from cdanalysis.demo import WORKBOOK
from cdanalysis.reading import open_file
from cdanalysis.sections import NAMES, named
from cdanalysis.sections.blocks import Figure, Table
from cdanalysis.sections.parts import Folded, SideBySide, Tabs

Rows = list[list[Any]]
N_PATIENTS = 40
UNREADABLE = "?!"
SETTINGS = cd.Settings(multiverse_axes="model")


@cache
def small() -> dict[str, Rows]:
    """The sheets of the first patients."""
    book = CalamineWorkbook.from_path(str(WORKBOOK))
    sheets = {name: [[None if cell == "" else cell for cell in row] for row in book.get_sheet_by_name(name).to_python()]
              for name in book.sheet_names if name != "about"}  # fmt: skip
    kept = {row[0] for row in sheets["patients"][: N_PATIENTS + 1]}
    return {
        name: rows if name == "screening" else [row for row in rows if row[0] in kept] for name, rows in sheets.items()
    }


def without(sheet: str, place: int) -> dict[str, Rows]:
    return {**small(), sheet: [[*row[:place], *row[place + 1 :]] for row in small()[sheet]]}


def with_cells(sheet: str, place: int, cell: Callable[[int, Any], Any]) -> dict[str, Rows]:
    header, *rows = small()[sheet]
    changed = [[*row[:place], cell(number, row[place]), *row[place + 1 :]] for number, row in enumerate(rows)]
    return {**small(), sheet: [header, *changed]}


COLUMNS = [(sheet, header) for sheet, rows in small().items() for header in rows[0]]
WAYS: dict[str, Callable[[str, int], dict[str, Rows]]] = {
    "left out": without,
    "spoilt": lambda sheet, place: with_cells(
        sheet, place, lambda number, cell: UNREADABLE if number % 3 == 0 else cell
    ),
}


def walked(blocks: Iterable[object]) -> Iterator[object]:
    """Every block that a section shows before a reader opens more."""
    for block in blocks:
        yield block
        if isinstance(block, SideBySide):
            yield from walked(one for column in block.columns for one in column)
        elif isinstance(block, Tabs):
            yield from walked(one for inner in block.by_name.values() for one in inner)
        elif isinstance(block, Folded):
            yield from walked(block.blocks)


def walk(cohort: Cohort, sections: Sequence[str] = NAMES) -> None:
    for name in sections:
        shown = list(walked(named(name)(cohort, SETTINGS)))
        assert shown, name
        assert all(block.spec for block in shown if isinstance(block, Figure))
        assert all(len(block.shown.columns) for block in shown if isinstance(block, Table))


def test_the_small_cohort_has_every_sheet_and_each_section_shows_something_of_it() -> None:
    assert len(small()) == 6
    walk(cd.read_cohort(workbook(small())))


@pytest.mark.parametrize(("sheet", "header"), COLUMNS, ids=lambda one: one)
def test_a_column_that_is_left_out_or_spoilt_stops_no_section(sheet: str, header: str) -> None:
    """A refusal is a sentence; a file that is read goes through every section."""
    place = small()[sheet][0].index(header)
    for way, made in WAYS.items():
        opened = open_file(workbook(made(sheet, place)), file_name="cohort.xlsx")
        if opened.cohort is None:
            assert header in opened.refusal or "Columns are missing" in opened.refusal, way
            continue
        walk(
            opened.cohort, NAMES[:-1]
        )  # the last compares with the study's own numbers, which takes as long as all others


@pytest.mark.parametrize("sheet", [name for name in small() if name != "patients"])
def test_a_sheet_that_is_left_out_stops_no_section(sheet: str) -> None:
    walk(cd.read_cohort(workbook({name: rows for name, rows in small().items() if name != sheet})))
