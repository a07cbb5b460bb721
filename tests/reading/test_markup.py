"""Web pages and the XML of Excel 2003 under the ending .xls: read within the bounds of any table, else refused in a sentence."""

from __future__ import annotations

from datetime import datetime

import pytest
from corpus.registries import FLAT, of_excel_2003, page

import cdanalysis as cd
from cdanalysis.errors import CohortError
from cdanalysis.reading.bytes.budget import MOST_CHARACTERS
from cdanalysis.reading.bytes.files import read_file
from cdanalysis.reading.bytes.markup.pages import read_markup
from cdanalysis.reading.bytes.markup.tagged import Tables, whole

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


def drawn(text: str) -> list[tuple[str, bool, list[tuple[int, list[object]]]]]:
    parser = Tables()
    parser.feed(text)
    parser.close()
    return [(one.name, one.visible, one.rows) for one in parser.found]


def test_what_nobody_sees_is_no_part_of_a_cell() -> None:
    text = "<table><tr><td>a<script>var b;</script><td><style>c</style>d <comment>e</comment>f</table><p>g"
    assert drawn(text) == [("", True, [(1, ["a", "d f"])])]


def test_a_table_within_a_table_is_one_of_its_own() -> None:
    text = "<table><tr><td>a<table><tr><td>b</td></tr></table>c</td><td>d</td></tr></table>"
    assert drawn(text) == [("", True, [(1, ["ac", "d"])]), ("", True, [(1, ["b"])])]


def test_breaks_are_spaces_and_tags_need_not_be_closed() -> None:
    assert drawn("<table><td>a<br>b<p>c<div>d</div><tr><th>e")[0][2] == [(1, ["a b c d"])]
    assert drawn("<table><td>a<tr><th>e</table>")[0][2] == [(1, ["a"]), (2, ["e"])]


def test_cells_are_where_the_file_puts_them() -> None:
    row = '<Row ss:Index="{}"><Cell ss:Index="3"><Data ss:Type="Number">1.5</Data></Cell></Row>'
    sheet = f'<Worksheet ss:Name="s"><Table>{row.format(4)}{row.format(2)}</Table></Worksheet>'
    assert drawn(sheet) == [("s", True, [(4, [None, None, 1.5]), (5, [None, None, 1.5])])]
    merged = '<table><tr><td rowspan="2">a<td colspan="2">b<td>c<tr><td>d<tr><td>e</table>'
    assert drawn(merged)[0][2] == [(1, ["a", "b", None, "c"]), (2, [None, "d"]), (3, ["e"])]
    down = '<Table><Row><Cell ss:MergeDown="1"><Data>a</Data></Cell><Cell ss:MergeAcross="1"/></Row><Row><Cell/></Row></Table>'
    assert drawn(down)[0][2] == [(1, ["a", None, None]), (2, [None, None])]


def test_values_are_what_their_type_says() -> None:
    cell = '<Cell><Data ss:Type="{}">{}</Data></Cell>'
    kinds = [
        ("DateTime", "2020-03-01T00:00:00"),
        ("Boolean", "1"),
        ("Boolean", "0"),
        ("Number", "2"),
        ("Number", "x"),
        ("String", "3"),
    ]
    text = "<Table><Row>" + "".join(cell.format(*one) for one in kinds) + "</Row></Table>"
    assert drawn(text)[0][2] == [(1, [datetime(2020, 3, 1), True, False, 2.0, "x", "3"])]
    assert drawn('<table><td x:num="">4.5<td x:num="0.25">a quarter<td>5</table>')[0][2] == [(1, [4.5, 0.25, "5"])]


def test_a_sheet_is_hidden_by_what_it_says_and_no_text_hides_one() -> None:
    options = "<WorksheetOptions><Visible>SheetVeryHidden</Visible></WorksheetOptions>"
    assert [one[1] for one in drawn(f"<Worksheet><Table/>{options}</Worksheet><Worksheet><Table/></Worksheet>")] == [
        False,
        True,
    ]
    assert [one[1] for one in drawn("<table><tr><td>hidden<Visible/></td></tr>hidden</table>")] == [True]


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("007", 7), ("-1", 0), ("1.5", 0), ("", 0), ("９", 0), ("1" * 9, 111_111_111), ("1" * 10, 0)],
)
def test_a_whole_number_of_an_attribute(text: str, number: int) -> None:
    assert whole(text) == number


def test_the_bounds_of_a_cell_and_of_a_row() -> None:
    (found,) = drawn("<table><td>" + "x" * MOST_CHARACTERS + "</table>")
    assert len(str(found[2][0][1][0])) == MOST_CHARACTERS
    with pytest.raises(CohortError, match="Row 1: a cell of"):
        drawn("<table><td>" + "x" * (MOST_CHARACTERS + 1) + "</table>")
    with pytest.raises(CohortError, match="larger than"):
        drawn('<table><tr><td>a<td colspan="99999999">b</table>')
    with pytest.raises(CohortError, match="larger than"):
        drawn('<Table><Row><Cell ss:Index="99999999"/></Row></Table>')


def told(text: str) -> list[tuple[object, list[tuple[int, list[object]]]]]:
    """The name of each table that is read of a page, and its rows."""
    return [(about["name"], list(rows)) for about, rows in read_markup("html", text.encode())]


def test_a_table_of_two_rows_that_hold_something_is_read() -> None:
    two = "<table><tr><td>id<tr><td><tr><td>P1</table>"
    assert told(two) == [("table", [(1, ["id"]), (3, ["P1"])])]
    assert told("<table><tr><td>menu<tr><td></table>" + two) == [("table", [(1, ["id"]), (3, ["P1"])])]
    assert [name for name, _ in told(two * 2)] == ["table 1", "table 2"]
    assert len(told(two * 50)) == 50
    with pytest.raises(CohortError, match="has 51 tables; at most 50"):
        told(two * 51)


def test_the_last_row_counts_though_nothing_closes_it() -> None:
    assert told("<table><tr><td>id<tr><td>P1") == [("table", [(1, ["id"]), (2, ["P1"])])]


@pytest.mark.parametrize(
    ("text", "what"),
    [("<?xml version='1.0'?><a/>", "an XML file"), ("\ufeff \r\n\t<?xml ?>", "an XML file"), ("<p>a", "a web page")],
)
def test_what_has_no_table_is_named(text: str, what: str) -> None:
    with pytest.raises(CohortError, match=f"This is {what} without a table"):
        told(text)


def test_an_encoding_that_is_declared_and_is_none_is_found_by_the_text() -> None:
    text = '<meta charset="{}"><table><tr><td>Größe<tr><td>ß</table>'
    for declared, written in (
        ("iso-8859-1", "latin-1"),
        ("utf-8", "utf-8"),
        ("no-such-one", "utf-8"),
        ("ascii", "utf-8"),
    ):
        (about, rows), *_ = read_markup("html", text.format(declared).encode(written))
        assert list(rows) == [(1, ["Größe"]), (2, ["ß"])], declared
        assert (about["visible"], about["texts"], about["merged"], about["lost"]) == (True, True, [], [])
