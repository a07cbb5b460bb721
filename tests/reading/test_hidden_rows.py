"""Rows that a spreadsheet hides are read, and said; a filter of a spreadsheet chooses no patients in silence."""

from __future__ import annotations

import io

import pytest
import xlsxwriter
from corpus.builders import FLAT

import cdanalysis as cd


def filtered(*hidden: int) -> bytes:
    """The flat cohort; hidden: rows of the sheet, from 1."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet("patients")
    for number, row in enumerate(FLAT):
        sheet.write_row(number, 0, row)
    for number in hidden:
        sheet.set_row(number - 1, None, None, {"hidden": True})
    book.close()
    return content.getvalue()


@pytest.mark.parametrize(
    ("hidden", "said"),
    [
        ((3,), ["1 hidden row, read like the others: 3"]),
        ((3, 4, 9, 10, 11, 12), ["6 hidden rows, read like the others: 3, 4, 9, 10, 11 …"]),
        ((), []),
        ((40,), []),
    ],
    ids=["one", "many", "none", "an empty one"],
)
def test_hidden_rows_are_read_and_said(hidden: tuple[int, ...], said: list[str]) -> None:
    cohort = cd.read_cohort(filtered(*hidden))
    assert len(cohort.patients) == len(FLAT) - 1
    assert [fault.found for fault in cohort.faults if "hidden" in fault.found] == said
    assert all(fault.row == hidden[0] for fault in cohort.faults if "hidden" in fault.found)
