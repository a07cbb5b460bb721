"""What a file unfolds to is counted before and while it is told: texts times their repetitions, merged cells, the pipe."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile

import pytest
from corpus.builders import FLAT, ods, workbook
from corpus.cases import long_label, repeated

import cdanalysis as cd
from cdanalysis.reading.bytes import budget, child, parser, repetition
from cdanalysis.reading.rows.shape import shaped

TOO_LONG = "a repeated text counted each time"


def counted(content: bytes) -> None:
    """The count before any reader."""
    repetition.check_repetitions(zipfile.ZipFile(io.BytesIO(content)))


def test_a_shared_text_counts_in_every_cell_that_names_it_before_a_reader_unfolds_it() -> None:
    counted(repeated(2_000))
    with pytest.raises(cd.CohortError, match=TOO_LONG):
        counted(repeated(4_000))


@pytest.mark.parametrize(
    "marks", [("<c ", "<x:c "), ('t="s"', "t='s'"), ("<v>", "<v>\n"), ("<si>", '<si xml:space="a">')]
)
def test_another_way_to_write_the_same_cell_is_counted_too(marks: tuple[str, str]) -> None:
    old, new = (mark.encode() for mark in marks)
    with zipfile.ZipFile(io.BytesIO(repeated(4_000))) as book:
        parts = {name: book.read(name).replace(old, new) for name in book.namelist()}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as other:
        for name, part in parts.items():
            other.writestr(name.replace("sharedStrings", "SharedStrings"), part)
    with pytest.raises(cd.CohortError, match=TOO_LONG):
        counted(written.getvalue())


def row(cell: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{cell}</table:table-row>'


def cell(text: str, times: int = 1, name: str = "table-cell") -> str:
    return f'<table:{name} office:value-type="string" table:number-columns-repeated="{times}">{text}</table:{name}>'


LONG = "x" * 30_000
STATED = (
    f'<table:table-cell office:value-type="string" office:string-value="{LONG}" table:number-columns-repeated="5000"/>'
)


@pytest.mark.parametrize(
    "trailing",
    [
        row(cell(LONG, 5_000)), row(cell(LONG), 5_000), row(cell(LONG, 70), 70), row(cell("") + cell(LONG, 70), 70),
        row(cell("x") + cell(LONG, 5_000, "covered-table-cell")), row(STATED), row(cell('<text:s text:c="100000000000"/>')),
        row(cell(LONG, 2_000)) + row(cell(LONG, 2_000)),
    ],
)  # fmt: skip
def test_repeated_cells_and_rows_of_an_open_document_are_multiplied(trailing: str) -> None:
    with pytest.raises(cd.CohortError, match=TOO_LONG):
        counted(ods(trailing=trailing))


def test_repeated_cells_without_much_in_them_are_too_many_cells() -> None:
    with pytest.raises(cd.CohortError, match=r"5,000,000 cells"):
        counted(ods(trailing=row(cell("1", 100), 100_000)))


def test_repeated_empty_cells_are_none() -> None:
    counted(ods(trailing=row('<table:table-cell table:number-columns-repeated="16384"/>', 1_048_000)))
    counted(ods(trailing=row(cell("yes", 100), 100)))


def test_what_the_child_tells_is_counted_whatever_the_file_repeats() -> None:
    """A Stata label has no count of its own: the child stops while it tells."""
    done = subprocess.run(
        [sys.executable, "-I", str(parser.__file__), "dta"], input=long_label(), capture_output=True, check=True
    )
    assert len(done.stdout) < budget.MOST_TOLD
    *_, refusal, end = done.stdout.splitlines()
    assert TOO_LONG in json.loads(refusal)["refused"]
    assert end == b'"end"'


def test_a_line_holds_some_megabytes_at_most() -> None:
    lines = list(parser._lines(((number, ["x" * 30_000] * 10) for number in range(1, 41)), budget.Told()))
    assert max(map(len, lines)) < 2 * parser.LINE
    assert [number for line in lines for number, *_ in json.loads(line)] == list(range(1, 41))


def test_the_cells_of_all_sheets_together_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MOST_CELLS", 100)
    told = budget.Told()
    rows = [(number, [1] * 10) for number in range(9)]
    assert list(parser._lines(rows, told))
    with pytest.raises(cd.CohortError, match="larger than"):
        list(parser._lines(rows, told))


def test_at_most_two_children_run_at_once() -> None:
    taken = [child._SEATS.acquire(blocking=False) for _ in range(3)]
    for _ in filter(None, taken):
        child._SEATS.release()
    assert taken == [True, True, False]


MERGED = [[0, 0, 1_999, 0]] * 3_000


def test_merged_cells_are_counted_as_often_as_they_are_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    """20,000 ranges over 20,000 rows took minutes of the whole server, and 700 wide ones its memory."""
    monkeypatch.setattr(budget, "MOST_CELLS", 100_000)  # of 5,000,000: as they are named, and sooner counted
    rows = [(number, [number]) for number in range(1, 2_001)]
    with pytest.raises(cd.CohortError, match="5,000,000 cells"):
        shaped("patients", rows, merged=MERGED)
    wide = [(1, [*range(700)]), *((number, [number]) for number in range(2, 20_002))]
    with pytest.raises(cd.CohortError, match="5,000,000 cells"):
        shaped("patients", wide, merged=[[0, 699, 20_000, 699]])
    with pytest.raises(cd.CohortError, match=TOO_LONG):
        shaped("patients", [(1, [LONG]), *rows[1:]], merged=[[0, 0, 1_999, 0]] * 2)


def test_a_heading_over_columns_is_counted_too() -> None:
    above = [(1, ["CDAI"]), (2, ["a", "b", "c"]), (3, [1, 2, 3]), (4, [1, 2, 3])]
    with pytest.raises(cd.CohortError, match="5,000,000 cells"):
        shaped("patients", above, merged=[[0, 0, 0, 16_000]] * 400)


def test_a_workbook_of_too_many_merged_ranges_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    from cdanalysis.reading.bytes import workbook as module

    monkeypatch.setattr(module, "MOST_MERGED", 0)
    with pytest.raises(cd.CohortError, match="1 merged ranges"):
        list(module.read_workbook("zip", workbook({"patients": FLAT}, merged={"H1:H2": "x"})))
