"""From bytes to a table at the edges: which mark parts the cells, which encoding it is, where the header stands."""

from __future__ import annotations

import pytest

from cdanalysis.errors import CohortError
from cdanalysis.reading.bytes.text.encodings import LOST, decode
from cdanalysis.reading.bytes.text.text_preview import text_preview
from cdanalysis.reading.bytes.text.text_table import _swallows, decimal_mark, read_text
from cdanalysis.reading.rows.header.header_rows import (
    are_headings,
    header_place,
    holds,
    is_number,
    n_comments,
    spread_right,
)
from cdanalysis.reading.rows.shape import fitted, shaped


def form(text: str) -> tuple[str, str]:
    found = read_text(text.encode())[1]
    return found.delimiter, found.decimal


# --- Text -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "delimiter", "decimal"),
    [
        ("id,a\n1,2.5\n2,3\n", ",", "."),
        ("id;a\n1;2,5\n2;3\n", ";", ","),
        ("id;a\n1;2.5\n2;3\n", ";", "."),
        ("id;a\n1;2\n2;3\n", ";", ","),
        ("id;a\n1;2,5\n2;3.5\n", ";", ","),
        ("id\ta\n1\t2,5\n2\t3\n", "\t", ","),
        ("id\ta\n1\t2\n2\t3\n", "\t", "."),
        ("id|a\n1|2\n", "|", "."),
        ("sep=;\nid;a,b\n1;2\n", ";", ","),
        ("id a b\n1 2 3\n4 5 6\n", " ", "."),
    ],
)
def test_the_mark_between_cells_and_the_decimal_mark(text: str, delimiter: str, decimal: str) -> None:
    assert form(text) == (delimiter, decimal)


def test_words_of_a_text_are_no_table_of_blanks() -> None:
    assert form("id a\n1 2\n4 5\n")[0] != " "
    four = "id a b\n1 2 3\n4 5 6\n7 8 9\n"
    assert form(f"{four}only one\n")[0] == " "  # four of five lines
    assert form("id a b\n1 2 3\n4 5 6\nonly one\n")[0] != " "


def test_the_decimal_mark_of_the_most_cells() -> None:
    assert decimal_mark([(1, ["1,5", "2.5", "2.5"])], ";")[0] == "."
    assert decimal_mark([(1, ["1,5", "1,5", "2.5"])], ";")[0] == ","
    assert decimal_mark([(1, ["1,5", "1,5"])], ",") == (".", "as commas part the cells")
    assert decimal_mark([(1, ["x"])], "\t") == (".", "no cell says otherwise")
    assert decimal_mark([(1, ["< 1,5 %", "1,5x"])], "\t")[1] == "1 cells are numbers with a comma, 0 with a point"


def test_a_quote_that_takes_in_rows() -> None:
    with pytest.raises(CohortError, match="Row 2: a quote"):
        read_text(b'id,a,b\n1,"x,2\n2,y,3\n3,z,4\n')
    with pytest.raises(CohortError, match="Row 2: a quote"):
        read_text(b'id,a,b\n1,"x,2\n2,y,3\n3,"z,4\n')
    table, _ = read_text(b'id,a,b\n1,"x\ny",3\n2,z,4\n')
    assert [number for number, _ in table.rows] == [2, 4]
    assert table.rows[0][1] == ("1", "x\ny", "3")
    assert _swallows("x,2\n2,y,3\n3", 2, 3, ",")
    assert not _swallows("x,2\n2,y\n3", 2, 3, ",")
    assert _swallows("x,1,2\n2", 3, 4, ",")
    assert not _swallows("x,1\n2", 2, 4, ",")
    assert not _swallows("x,1\n2", 3, 4, ",")
    assert not _swallows("", 3, 3, ",")
    assert not _swallows("x,1,2", 3, 3, ",")


def test_what_is_said_of_a_text() -> None:
    def said(content: bytes) -> list[str]:
        return [one.found for one in read_text(content)[0].faults]

    assert said(b"id,a\n1,2\n") == []
    assert said(b"id;a\n1;2\n") == ["cells parted by semicolon, decimal comma"]
    assert said("id,a\n1,Jörg\n".encode("cp1252")) == ["text taken as cp1252, a guess"]
    assert said("id,a\n1,中文\n".encode("gb18030")) == ["text taken as gb18030, a guess"]


@pytest.mark.parametrize(
    ("content", "encoding", "guessed"),
    [
        (b"id", "utf-8", False),
        ("岁".encode(), "utf-8", False),
        (b"\xef\xbb\xbfid", "utf-8", False),
        ("id".encode("utf-16"), "utf-16", False),
        ("identity".encode("utf-16-le"), "utf-16", True),
        ("患者".encode("gb18030"), "gb18030", True),
        ("öß".encode("cp1252"), "cp1252", True),
        ("é".encode("cp1252"), "cp1252", True),
    ],
)
def test_the_encoding_of_bytes(content: bytes, encoding: str, guessed: bool) -> None:
    found = decode(content)
    assert (found.encoding, found.guessed, found.damaged) == (encoding, guessed, 0)


def test_a_chosen_encoding_may_have_few_damaged_characters() -> None:
    assert decode("é".encode("cp1252"), "cp1250").encoding == "cp1250"
    whole = "岁" * 9
    found = decode(whole.encode() + b"\xe5", "utf-8")
    assert (found.damaged, found.text[-1]) == (1, LOST)
    with pytest.raises(CohortError, match="not text in utf-8: byte 25"):
        decode(("岁" * 8).encode() + b"\xe5", "utf-8")


def test_the_first_rows_as_they_are_read() -> None:
    found = text_preview(b"id;age;crp\n" + b"".join(b"%d;%d;1,5\n" % (k, 30 + k) for k in range(7)))
    assert found.headers == ("id", "age", "crp")
    assert found.n_columns == 3
    assert [row[1:] for row in found.rows] == [(str(30 + k), "1.5") for k in range(5)]
    limits = text_preview(b"id;crp\n1;<0,5\n2;1.234,5\n")
    assert [row[1] for row in limits.rows] == ["<0,5", "1234.5"]


# --- The header -------------------------------------------------------------------------------------------------------


def test_cells_that_hold_something_and_cells_that_are_numbers() -> None:
    assert [holds(cell) for cell in (None, "", " ", "x", 0)] == [False, False, False, True, True]
    assert [is_number(cell) for cell in (0, "0.5", "<5", "-3", ",5", "x5", "")] == [True] * 5 + [False] * 2


def test_lines_of_comments_above_a_header() -> None:
    assert n_comments([["# made by"], ["id", "a"], ["P1", 2]]) == 1
    assert n_comments([["id", "a"], ["P1", 2]]) == 0
    assert n_comments([["#id", "a"], ["P1", 2]]) == 0
    assert n_comments([["# x"], ["#id", "a"], ["P1", 2]]) == 1
    assert n_comments([["# x"], ["# y"]]) == 1
    assert n_comments([["#", "a"], ["P1", 2]]) == 0
    assert n_comments([["# x", "y", "z"], ["id", "a", "b"], ["P1", 1, 2]]) == 1
    assert n_comments([]) == 0


def test_the_header_is_about_as_wide_as_the_rows_below() -> None:
    rows = [["id", "a", "b", "c", "d"], [1, 2, 3, 4, 5], [1, 2, 3, 4, 5]]
    assert header_place(rows) == 0
    assert header_place([["title"], *rows]) == 1
    assert header_place([["a", "b", "c"], *rows]) == 0  # three of five cells
    assert header_place([["a", "b"], *rows]) == 1
    assert header_place([["only"]]) == 0


def test_headings_over_several_columns() -> None:
    upper, lower = ["id", "CDAI", None, "CRP", None], [None, "week 0", "week 8", "week 0", "week 8"]
    assert are_headings(upper, lower)
    assert header_place([upper, lower, ["P1", 1, 2, 3, 4], ["P2", 1, 2, 3, 4]]) == 1
    assert not are_headings(["id", "CDAI", "CRP"], ["P1", "x", "y"])
    assert not are_headings(["id", "CDAI", None], ["P1", 300, 200])
    assert spread_right(["id", "CDAI", None, "CRP"], 5) == {0: "id", 1: "CDAI", 2: "CDAI", 3: "CRP", 4: "CRP"}
    assert spread_right(["title", None], 5) == {}
    assert spread_right([None, None], 5) == {}


def test_a_sheet_becomes_a_table() -> None:
    found = shaped("s", [(1, [None, None]), (2, [None, "id", "a"]), (3, [None, "P1", 1]), (4, [None, "P2", 2, 9])])
    assert (found.headers, found.rows) == (("id", "a"), ((3, ("P1", 1)), (4, ("P2", 2, 9))))
    titled = shaped("s", [(1, ["A title"]), (2, ["id", "a", "b"]), (3, ["P1", 1, 2]), (4, ["P2", 1, 2])])
    assert titled.headers == ("id", "a", "b")
    assert [one.found for one in titled.faults] == ["1 row above the header, passed over"]
    assert shaped("s", [(1, [None])]).headers == ()
    numbered = shaped("s", [(1, ["a", "b"]), (2, ["1", 3, 4]), (3, ["2", 5, 6])])
    assert (numbered.headers, numbered.rows) == (("a", "b"), ((2, (3, 4)), (3, (5, 6))))
    named = shaped("s", [(1, ["a", "b"]), (2, ["x", 3, 4]), (3, ["y", 5, 6])])
    assert (named.headers, named.rows[0][1]) == (("row name", "a", "b"), ("x", 3, 4))
    first = shaped("s", [(1, ["", "b", "c"]), (2, ["x", 3, 4]), (3, ["y", 5, 6])])
    assert first.headers == ("row name", "b", "c")
    ended = shaped("s", [(1, ["id", "a", None]), (2, ["P1", 1, None])])
    assert (ended.headers, ended.rows[0][1]) == (("id", "a"), ("P1", 1))


def test_cells_that_were_merged_or_lost() -> None:
    rows = [(1, ["id", "ward"]), (2, ["P1", "x"]), (3, ["P2", None]), (4, ["P3", None]), (5, ["P4", "y"])]
    found = shaped("s", rows, merged=[(1, 1, 2, 1)], lost=[(3, 2, "#REF!"), (4, 9, "=A1")])
    assert [row[1] for _, row in found.rows] == ["x", "x", None, "y"]
    assert [one.found for one in found.faults] == [
        "1 cell of merged cells, filled with the merged value",
        "#REF!",
        "=A1",
    ]
    assert [(one.row, one.column) for one in found.faults[1:]] == [(3, "ward"), (4, "column 9")]
    headed = [(1, ["id", "CDAI", None]), (2, [None, "week 0", "week 8"]), (3, ["P1", 1, 2]), (4, ["P2", 1, 2])]
    wide = shaped("s", headed, merged=[(0, 1, 0, 2)])
    assert wide.headers[1:] == ("CDAI week 0", "CDAI week 8")
    short = shaped("s", [(1, ["id", "ward"]), (2, ["P1", "x"]), (3, ["P2"])], merged=[(1, 1, 2, 1)])
    assert [row for _, row in short.rows] == [("P1", "x"), ("P2", "x")]


def test_a_row_as_wide_as_the_header() -> None:
    assert fitted(["a", " "], 3) == ("a", None, None)
    assert fitted(["a", "b", None], 2) == ("a", "b")
    assert fitted(["a", "b", "c"], 2) == ("a", "b", "c")
    assert fitted(["a", "b"], 2) == ("a", "b")
