"""The columns of every sheet left out, and spoilt, some at a time: each section still stands, or says why not.

A small part of the bundled cohort, so that a walk takes a moment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

import pytest
from corpus.builders import workbook
from corpus.walking import walked
from python_calamine import CalamineWorkbook

import cdanalysis as cd
from cdanalysis.cohort import Cohort
from cdanalysis.demo import WORKBOOK
from cdanalysis.reading import open_file
from cdanalysis.sections import NAMES, named
from cdanalysis.sections.blocks import Figure, Table

Rows = list[list[Any]]
N_PATIENTS = 40
UNREADABLE = "?!"
SETTINGS = cd.Settings(multiverse_axes="model")


@cache
def small() -> dict[str, Rows]:
    """The sheets of the first patients."""
    book = CalamineWorkbook.from_path(str(WORKBOOK))
    sheets = {
        name: [[None if cell == "" else cell for cell in row] for row in book.get_sheet_by_name(name).to_python()]
        for name in book.sheet_names
        if name != "about"
    }
    kept = {row[0] for row in sheets["patients"][: N_PATIENTS + 1]}
    return {
        name: rows if name == "screening" else [row for row in rows if row[0] in kept] for name, rows in sheets.items()
    }


def without(sheet: str, places: Sequence[int]) -> dict[str, Rows]:
    kept = [[cell for place, cell in enumerate(row) if place not in places] for row in small()[sheet]]
    return {**small(), sheet: kept}


def spoilt(sheet: str, places: Sequence[int]) -> dict[str, Rows]:
    """Every third cell of the columns unreadable."""
    header, *rows = small()[sheet]
    changed = [
        [UNREADABLE if place in places and number % 3 == 0 else cell for place, cell in enumerate(row)]
        for number, row in enumerate(rows)
    ]
    return {**small(), sheet: [header, *changed]}


KEYS = 2  # the first columns of a sheet say whose row it is, and when: each by itself
AT_ONCE = 4


def together(header: list[Any]) -> Iterator[tuple[str, ...]]:
    yield from ((name,) for name in header[:KEYS])
    yield from (tuple(header[place : place + AT_ONCE]) for place in range(KEYS, len(header), AT_ONCE))


COLUMNS = [(sheet, names) for sheet, rows in small().items() for names in together(rows[0])]
WAYS: dict[str, Callable[[str, Sequence[int]], dict[str, Rows]]] = {"left out": without, "spoilt": spoilt}


def walk(cohort: Cohort, sections: Sequence[str] = NAMES) -> None:
    for name in sections:
        shown = list(walked(named(name)(cohort, SETTINGS)))
        assert shown, name
        assert all(block.spec for block in shown if isinstance(block, Figure))
        assert all(len(block.shown.columns) for block in shown if isinstance(block, Table))


def test_the_small_cohort_has_every_sheet_and_each_section_shows_something_of_it() -> None:
    assert len(small()) == 6
    walk(cd.read_cohort(workbook(small())))


@pytest.mark.thorough
@pytest.mark.parametrize(("sheet", "headers"), COLUMNS, ids=str)
def test_columns_that_are_left_out_or_spoilt_stop_no_section(sheet: str, headers: tuple[str, ...]) -> None:
    """A refusal is a sentence; a file that is read goes through every section but the last, which takes as long as all others."""
    places = [small()[sheet][0].index(header) for header in headers]
    for way, made in WAYS.items():
        opened = open_file(workbook(made(sheet, places)), file_name="cohort.xlsx")
        if opened.cohort is None:
            said = opened.refusal
            assert "Columns are missing" in said or any(header in said for header in headers), way
            continue
        walk(opened.cohort, NAMES[:-1])


@pytest.mark.parametrize("sheet", [name for name in small() if name != "patients"])
def test_a_sheet_that_is_left_out_stops_no_section(sheet: str) -> None:
    walk(cd.read_cohort(workbook({name: rows for name, rows in small().items() if name != sheet})))
