"""Web pages and the XML of Excel 2003 under the ending .xls: read within the bounds of any table, else refused in a sentence."""

from __future__ import annotations

import pytest
from corpus.registries import FLAT, of_excel_2003, page

import cdanalysis as cd
from cdanalysis.errors import CohortError
from cdanalysis.reading.bytes.files import read_file

HIDDEN = (
    '<Worksheet ss:Name="old"><Table><Row><Cell><Data ss:Type="String">id</Data></Cell></Row><Row><Cell><Data ss:Type="String">P1'
    "</Data></Cell></Row></Table><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>"
)


def cells(content: bytes) -> list[tuple[object, ...]]:
    (sheet,) = read_file(content).sheets
    return [sheet.headers, *(row for _, row in sheet.rows)]


def test_a_page_in_another_encoding() -> None:
    found = cells(
        page([["Größe", "id"], ["groß", "P1"]], head='<meta charset="windows-1252">').decode().encode("cp1252")
    )
    assert found == [("Größe", "id"), ("groß", "P1")]


def test_a_page_of_two_bytes_a_character() -> None:
    assert cells(page([["id", "x"], ["P1", "2"]]).decode().encode("utf-16")) == [("id", "x"), ("P1", "2")]


def test_the_number_that_excel_itself_wrote_counts() -> None:
    content = b'<html xmlns:x="urn:excel"><table><tr><td>id<td>x<tr><td>P1<td x:num="12.5">12,50 mg</table>'
    assert cells(content)[1] == ("P1", 12.5)


def test_cells_that_span_rows_and_columns() -> None:
    content = b"<table><tr><td>id<td>a<td>b<tr><td rowspan=2>P1<td colspan=2>1<tr><td>2<td>3</table>"
    assert cells(content)[1:] == [("P1", "1", None), ("P1", "2", "3")]


def test_numbers_and_row_numbers_of_excel_2003() -> None:
    content = of_excel_2003([["id", "x"], ["P1", 1.5]]).replace(b"<Row>", b'<Row ss:Index="7">', 1)
    (sheet,) = read_file(content).sheets
    assert sheet.name == "patients"
    assert sheet.rows == ((8, ("P1", 1.5)),)


def test_a_hidden_worksheet_is_left_out_and_named() -> None:
    cohort = cd.read_cohort(of_excel_2003(FLAT).replace(b"</Workbook>", HIDDEN.encode()), file_name="x.xls")
    assert [fault.sheet for fault in cohort.faults if "hidden" in fault.found] == ["old"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"<html><frameset><frame src='x_files/sheet001.htm'></frameset></html>", "web page without a table"),
        (b"<table><tr><td>id</td></tr></table>", "web page without a table"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "web page in one file"),
        (b'<?xml version="1.0"?><a><b>1</b></a>', "XML file"),
        (b"<table><tr><td colspan=99999999>a<tr><td>1</table>", "larger than"),
        (b"<table><tr><td>" + b"x" * 40_000 + b"<tr><td>1</table>", "characters"),
    ],
)
def test_what_cannot_be_read_says_what_it_is(content: bytes, says: str) -> None:
    with pytest.raises(CohortError, match=says):
        read_file(content)
