"""What runs in the child process, here in this one: workbooks, statistical files and Parquet, cell by cell and at their limits."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pyreadstat
import pytest
import xlsxwriter

from cdanalysis.errors import CohortError
from cdanalysis.reading.bytes import budget, workbook
from cdanalysis.reading.bytes.columnar import read_parquet
from cdanalysis.reading.bytes.statistical import read_statistical


def test_the_numbers_of_columns() -> None:
    assert [budget.column_number(letters) for letters in (b"A", b"Z", b"AA", b"AZ", b"BA", b"XFD")] == [
        1,
        26,
        27,
        52,
        53,
        16384,
    ]


def test_an_upload_has_bytes_and_not_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MOST_UPLOADED", 3_000_000)
    budget.check_upload(b"x" * 3_000_000)
    with pytest.raises(CohortError, match="The file has 4 MB; at most 3 MB"):
        budget.check_upload(b"x" * 4_000_000)
    with pytest.raises(CohortError, match="empty"):
        budget.check_upload(b" \n")


def test_a_table_has_so_many_rows_columns_and_cells() -> None:
    budget.check_table(budget.MOST_ROWS, 1)
    budget.check_table(1, budget.MOST_COLUMNS)
    for rows, columns in (
        (budget.MOST_ROWS + 1, 1),
        (1, budget.MOST_COLUMNS + 1),
        (budget.MOST_ROWS, budget.MOST_COLUMNS),
    ):
        with pytest.raises(CohortError, match="larger than"):
            budget.check_table(rows, columns)


def archive(*parts: tuple[str, bytes]) -> zipfile.ZipFile:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        for name, content in parts:
            file.writestr(name, content)
    return zipfile.ZipFile(held)


def test_the_parts_of_a_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    book = ("xl/workbook.xml", b"<workbook/>")
    budget.check_parts(archive(book, ("a", b"x")))
    monkeypatch.setattr(budget, "MOST_PARTS", 2)
    budget.check_parts(archive(book, ("a", b"x")))
    with pytest.raises(CohortError, match="has 3 parts; at most 2"):
        budget.check_parts(archive(book, ("a", b"x"), ("b", b"x")))
    with pytest.raises(CohortError, match="document type"):
        budget.check_parts(archive(book, ("a", b'<!DOCTYPE x [<!ENTITY a "b">]>')))
    monkeypatch.setattr(budget, "MOST_BYTES", 1_000_000)
    with pytest.raises(CohortError, match="larger than 1 MB when unpacked"):
        budget.check_parts(archive(book, ("a", b" " * 1_000_001)))


def test_the_rows_of_a_sheet_up_to_its_last_cell() -> None:
    def sheet(start: tuple[int, int] | None, *rows: list[object]) -> SimpleNamespace:
        return SimpleNamespace(start=start, iter_rows=lambda: iter(rows))

    def rows(*given: object) -> list[tuple[int, list[object]]]:
        return list(workbook._rows(sheet(*given), "s"))  # type: ignore[arg-type]

    assert rows((0, 0), ["a", "", 1.0, ""], ["", ""], ["b"]) == [(1, ["a", None, 1.0]), (3, ["b"])]
    assert rows((0, 2), ["a"]) == [(1, [None, None, "a"])]
    assert rows(None) == []
    workbook._check_length("s", 3, ["x" * workbook.MOST_CHARACTERS])
    with pytest.raises(CohortError, match="Sheet s, row 3, column 2: a cell of"):
        workbook._check_length("s", 3, ["x", "x" * (workbook.MOST_CHARACTERS + 1)])


def test_cells_that_lost_their_value() -> None:
    part = (
        b'<row><c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B2"><f>A1</f></c><c r="AA3"><f>A1</f><v>3</v></c>'
        b'<c r="D4" t="str"><f>A1</f></c><c r="E5" t="e"></c><c r="F6"><v>1</v></c></row>'
    )
    assert workbook._lost(part) == [(1, 1, "#DIV/0!"), (2, 2, workbook.NO_VALUE), (5, 5, workbook.NO_VALUE)]
    assert workbook._lost(b'<row><c r="F6"><v>1</v></c></row>') == []
    many = b"".join(b'<c r="A%d"><f>B1</f></c>' % k for k in range(1, workbook.MOST_LOST + 3))
    assert len(workbook._lost(many)) == workbook.MOST_LOST


def test_an_old_office_file_is_a_workbook_or_says_what_it_is() -> None:
    def container(*streams: str) -> bytes:
        return b"".join(one.encode("utf-16-le") for one in streams)

    assert workbook._checked_container(container("Workbook")) == {}
    assert workbook._checked_container(container("Book")) == {}
    others = {"old Word": ["WordDocument"], "password": ["EncryptedPackage", "Workbook"], "no workbook": ["Other"]}
    for said, streams in others.items():
        with pytest.raises(CohortError, match=said):
            workbook._checked_container(container(*streams))


def test_a_workbook_from_its_bytes() -> None:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as book:
        sheet = book.add_worksheet("patients")
        for place, row in enumerate((["id", "age", "note"], ["P1", 30], [], ["P2", 40.5, "x"])):
            sheet.write_row(place, 0, row)
        sheet.merge_range("A5:A6", "P3")
        book.add_worksheet("empty")
    (about, rows), (empty, none) = ((one, list(cells)) for one, cells in workbook.read_workbook("zip", held.getvalue()))
    assert (about["name"], about["visible"], about["lost"]) == ("patients", True, [])
    assert about["merged"] == [[4, 0, 5, 0]]
    assert rows == [(1, ["id", "age", "note"]), (2, ["P1", 30.0]), (4, ["P2", 40.5, "x"]), (5, ["P3"])]
    assert (empty["name"], none) == ("empty", [])


def parquet(frame: pd.DataFrame, monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, list[object]]]:
    monkeypatch.setenv("ARROW_DEFAULT_MEMORY_POOL", "system")
    held = io.BytesIO()
    frame.to_parquet(held, index=False)
    ((about, rows),) = read_parquet("parquet", held.getvalue())
    assert (about["name"], about["merged"]) == ("table", [])
    return list(rows)


def test_the_cells_of_a_parquet_file(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = pd.DataFrame(
        {
            "id": ["A", None], "short": np.array([0.1, np.nan], "float32"), "long": [0.1, np.nan],
            "day": pd.to_datetime(["2020-01-02", None]), "n": pd.array([1, None], "Int64"),
            "yes": pd.array([True, None], "boolean"),
        }
    )  # fmt: skip
    assert parquet(frame, monkeypatch) == [
        (1, ["id", "short", "long", "day", "n", "yes"]),
        (2, ["A", 0.1, 0.1, datetime(2020, 1, 2), 1, True]),
        (3, [None] * 6),
    ]
    with pytest.raises(CohortError, match="The column x"):
        parquet(pd.DataFrame({"x": [[1], [2]]}), monkeypatch)
    with pytest.raises(CohortError, match="The column x"):
        parquet(pd.DataFrame({"x": [b"1", b"2"]}), monkeypatch)
    with pytest.raises(CohortError):
        list(read_parquet("parquet", b"PAR1 and no more"))


def test_the_cells_of_a_statistical_file(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"id": ["A", "B", ""], "sex": [1.0, 2.0, 1.0], "crp": [1.0, 5.5, 99.0], "age": [30.0, np.nan, 50.0]}
    )
    path = tmp_path / "x.sav"
    pyreadstat.write_sav(
        frame, str(path), column_labels=["", "Sex of the patient", "", ""], missing_ranges={"crp": [99.0]},
        variable_value_labels={"sex": {1.0: "male", 2.0: "female"}, "crp": {1.0: "detection limit"}},
    )  # fmt: skip
    ((about, rows),) = read_statistical("sav", path.read_bytes())
    assert list(rows) == [
        (1, ["id", "sex", "crp", "age"]),
        (2, ["A", "male", 1.0, 30.0]),
        (3, ["B", "female", 5.5, None]),
        (4, [None, "male", None, 50.0]),
    ]
    assert about["missing"] == {"crp": 1}
    assert about["labels"] == {"sex": "Sex of the patient"}
    assert about["notes"] == {"crp": [(1, 1.0, "detection limit")]}
    assert about["codes"] == {"sex": {"male": 1.0, "female": 2.0}, "crp": {"detection limit": 1.0}}
    with pytest.raises(CohortError, match="an SPSS file that is damaged"):
        list(read_statistical("sav", b"$FL2 and no more"))


def test_what_is_told_may_be_as_much_as_is_accepted_and_no_cell_more() -> None:
    told = budget.Told()
    told.add(budget.MOST_CELLS, budget.MOST_TOLD)
    with pytest.raises(CohortError, match="keep only the sheets and columns that are analysed"):
        told.add(1, 0)
    with pytest.raises(CohortError, match="100 MB of text"):
        budget.Told().add(0, budget.MOST_TOLD + 1)
