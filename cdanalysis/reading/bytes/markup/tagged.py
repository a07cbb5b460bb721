"""Tags -> tables of cells: `<table><tr><td>` of a web page, `<Worksheet><Table><Row><Cell><Data>` of Excel 2003.

A tag that is not closed ends where the next of its kind begins, as browsers read it.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser

from cdanalysis.errors import CohortError
from cdanalysis.reading.bytes.budget import MOST_CHARACTERS, MOST_MERGED, check_table

ROWS, CELLS, UNSEEN = ("tr", "row"), ("td", "th", "cell"), ("script", "style", "comment")


@dataclass
class Table:
    """A table so far: its rows under their numbers from 1, what is merged (first row, column, last row, column from 0)."""

    name: str = ""
    visible: bool = True
    rows: list[tuple[int, list[object]]] = field(default_factory=list)
    merged: list[list[int]] = field(default_factory=list)
    number: int = 0  # of the row that is being read
    row: list[object] | None = None
    cell: Mapping[str, str] | None = None  # the attributes of the cell that is being read
    text: list[str] = field(default_factory=list)
    covered: dict[int, int] = field(default_factory=dict)  # column -> the last row that a cell above covers

    def begin_row(self, given: Mapping[str, str]) -> None:
        """A row; its number where the file says it, else the next."""
        self.end_row()
        self.number = max(self.number + 1, whole(given.get("index", "")))
        self.row = []

    def end_row(self) -> None:
        """The row as it is, within the bounds of any table."""
        self.end_cell()
        if self.row is not None:
            self.rows.append((self.number, self.row))
            check_table(len(self.rows), len(self.row))
        self.row = None

    def begin_cell(self, given: Mapping[str, str]) -> None:
        """A cell, at the column where the file puts it: the next that no cell above covers."""
        self.end_cell()
        if self.row is None:
            self.begin_row({})
        assert self.row is not None
        check_table(1, max(whole(given.get("index", "")), len(self.row)))
        self.row += [None] * (whole(given.get("index", "")) - 1 - len(self.row))
        while self.covered.get(len(self.row), 0) >= self.number:
            self.row.append(None)
        self.cell, self.text = given, []

    def end_cell(self) -> None:
        """The cell's value, and nothing in the other columns that it spans."""
        if self.cell is None or self.row is None:
            return
        across = max(whole(self.cell.get("colspan", "")), whole(self.cell.get("mergeacross", "")) + 1, 1)
        down = max(whole(self.cell.get("rowspan", "")), whole(self.cell.get("mergedown", "")) + 1, 1)
        left, last = len(self.row), self.number + down - 1
        check_table(1, left + across)
        text = " ".join("".join(self.text).split())
        if len(text) > MOST_CHARACTERS:
            raise CohortError(
                f"Row {self.number}: a cell of {len(text):,} characters; at most {MOST_CHARACTERS:,} are accepted."
            )
        self.row += [_value(text, self.cell), *[None] * (across - 1)]
        if across > 1 or down > 1:
            self.merged.append([self.number - 1, left, last - 1, left + across - 1])
            self.covered |= dict.fromkeys(range(left, left + across), last) if down > 1 else {}
        if len(self.merged) > MOST_MERGED:
            raise CohortError("The table has more merged cells than any cohort has.")
        self.cell = None


class Tables(HTMLParser):
    """The tables of a text of tags, in `found`; a table within a table is one of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Table] = []
        self.open: list[Table] = []
        self.sheet = ""
        self.unseen = self.visibility = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Tables, rows and cells begin; the text of a cell breaks."""
        name, given = _local(tag), {_local(key): value or "" for key, value in attrs}
        if name in ("worksheet", "table"):
            self.sheet = given.get("name", "") if name == "worksheet" else self.sheet
            if name == "table":
                self.open.append(Table(self.sheet))
                self.found.append(self.open[-1])
        self.unseen = self.unseen or name in UNSEEN
        self.visibility = name == "visible"
        if not self.open:
            return
        if name in ROWS:
            self.open[-1].begin_row(given)
        elif name in CELLS:
            self.open[-1].begin_cell(given)
        elif name == "data" and self.open[-1].cell is not None and not self.unseen:
            self.open[-1].cell = {**self.open[-1].cell, "type": given.get("type", "")}
        elif name in ("br", "p", "div"):
            self.open[-1].text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """Tables, rows and cells end."""
        name = _local(tag)
        self.unseen = self.unseen and name not in UNSEEN
        self.visibility = False
        if not self.open:
            return
        if name in CELLS:
            self.open[-1].end_cell()
        elif name in ROWS:
            self.open[-1].end_row()
        elif name == "table":
            self.open.pop().end_row()

    def handle_data(self, data: str) -> None:
        """The text of a cell, or whether a sheet is hidden."""
        if self.visibility and self.found and "hidden" in data.casefold():
            self.found[-1].visible = False
        if self.open and not self.unseen and self.open[-1].cell is not None:
            self.open[-1].text.append(data)

    def unknown_decl(self, data: str) -> None:
        """The text of a section that is quoted whole."""
        if data.startswith("CDATA["):
            self.handle_data(data[len("CDATA[") :])


def _local(name: str) -> str:
    """`ss:Name` without its space of names."""
    return name.rpartition(":")[2].casefold()


def whole(text: str) -> int:
    """A whole number from 0 on of an attribute; 0 of any other text."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _value(text: str, given: Mapping[str, str]) -> object:
    """A number, a date or a logical where the cell says that it is one, else the text."""
    kind = given.get("type", "").casefold()
    with suppress(ValueError):
        if "num" in given or kind == "number":  # of what Excel itself saves as a web page
            return float(given.get("num") or text)
        if kind == "datetime":
            return datetime.fromisoformat(text)
        if kind == "boolean":
            return bool(int(text))
    return text or None
