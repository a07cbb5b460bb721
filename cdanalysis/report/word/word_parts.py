"""What a report is made of in Word: captions that number themselves, references to them, tables, pictures."""

from collections import Counter
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm

from cdanalysis.report.content import ReportFigure, ReportTable
from cdanalysis.report.word.word import NOTE_STYLE, TABLE_STYLE, clean, field
from cdanalysis.report.word.word_columns import LEVEL, Column, clean_cell, columns_of, font_size

WIDEST_CM, TALLEST_CM = 14.0, 19.0  # so that two survival curves with their captions share a page
INDENT_CM = 0.35
POINT, LINE = 20, 240  # in the twentieths of a point that Word counts in, and a single line
WHOLE_ROWS = 14  # a table of at most so many rows is kept on one page
BROKEN = (UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError, ValueError, ZeroDivisionError)
SEQUENCES = {"Table": "Table ", "Figure": "Figure ", "Supplement": "Table S"}


class Captions:
    """Numbers tables and figures in the order in which they are announced; one for a document."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._numbers: dict[tuple[str, str], int] = {}

    def announce(self, kind: str, name: str) -> None:
        """Give the next number of its kind."""
        self._counts[kind] += 1
        self._numbers[kind, name] = self._counts[kind]

    def number(self, kind: str, name: str) -> int:
        return self._numbers[kind, name]

    def bookmark(self, kind: str, name: str) -> str:
        """The name Word finds the number by."""
        return f"_Ref{kind}{self.number(kind, name)}"

    def refer(self, paragraph: Any, things: Sequence[tuple[str, str]]) -> None:
        """` See Table 1 and Figure 2.` at the end of a paragraph, each a field that follows its caption."""
        last = len(things) - 1
        for place, (kind, name) in enumerate(things):
            paragraph.add_run(" See " if place == 0 else " and " if place == last else ", ")
            field(paragraph, f"REF {self.bookmark(kind, name)} \\h", f"{SEQUENCES[kind]}{self.number(kind, name)}")
        if things:
            paragraph.add_run(".")

    def caption(self, document: Any, kind: str, name: str, title: str) -> Any:
        """`Table 1. Title`, the number a SEQ field within a bookmark."""
        paragraph = document.add_paragraph(style="Caption")
        number = self.number(kind, name)
        identity = str(1000 * list(SEQUENCES).index(kind) + number)
        paragraph._p.append(_mark("w:bookmarkStart", identity, self.bookmark(kind, name)))
        paragraph.add_run(SEQUENCES[kind])
        field(paragraph, f"SEQ {kind} \\* ARABIC", str(number))
        paragraph._p.append(_mark("w:bookmarkEnd", identity))
        paragraph.add_run(f". {clean(title).rstrip('.')}.")
        return paragraph


def _mark(tag: str, identity: str, name: str = "") -> Any:
    mark = OxmlElement(tag)
    mark.set(qn("w:id"), identity)
    if name:
        mark.set(qn("w:name"), name)
    return mark


def add_table(document: Any, captions: Captions, table: ReportTable, kind: str = "Table") -> None:
    """Caption above, a Word table whose header row repeats on every page, the note under it."""
    captions.caption(document, kind, table.name, table.title).paragraph_format.keep_with_next = True
    rows = [[clean_cell(cell) for cell in row] for row in (table.frame.columns, *table.frame.to_numpy(object))]
    shown = document.add_table(rows=0, cols=len(rows[0]), style=TABLE_STYLE)
    shown.alignment, shown.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    size, columns = font_size(len(rows[0])), columns_of(rows)
    for number, cells in enumerate(rows):
        kept = _kept(number, len(rows), bool(table.footnote))
        written = (_cell(text, column, size, kept=kept) for text, column in zip(cells, columns, strict=True))
        shown._tbl.append(_row(written, header=number == 0))
    for drawn, column in zip(shown.columns, columns, strict=True):
        drawn.width = Cm(column.width)
    document.add_paragraph(clean(table.footnote), style=NOTE_STYLE)


def _kept(number: int, n_rows: int, noted: bool) -> bool:
    """Whether a row stays on the page of the next: the header, all of a short table, the last ones with the note."""
    last = n_rows - 1
    if number == last:
        return noted
    return number == 0 or n_rows <= WHOLE_ROWS or number >= last - 1


# Written as text: a report has thousands of cells, and each property set through python-docx looks through its paragraph again.
def _row(cells: Iterable[str], *, header: bool) -> Any:
    rules = "<w:cantSplit/><w:tblHeader/>" if header else "<w:cantSplit/>"
    return parse_xml(f"<w:tr {nsdecls('w')}><w:trPr>{rules}</w:trPr>{''.join(cells)}</w:tr>")


def _cell(text: str, column: Column, size: float, *, kept: bool) -> str:
    """A cell's text with a point above and below; kept: on the page of the next row."""
    layout = (
        "<w:keepNext/>" if kept else "",
        f'<w:spacing w:before="{POINT}" w:after="{POINT}" w:line="{LINE}" w:lineRule="auto"/>',
        f'<w:ind w:left="{Cm(INDENT_CM).twips}"/>' if text.startswith(LEVEL) else "",
        '<w:jc w:val="center"/>' if column.centred else "",
    )
    run = f'<w:r><w:rPr><w:sz w:val="{round(2 * size)}"/></w:rPr><w:t>{escape(text.strip())}</w:t></w:r>'
    width = f'<w:tcPr><w:tcW w:type="dxa" w:w="{Cm(column.width).twips}"/></w:tcPr>'
    return f"<w:tc>{width}<w:p><w:pPr>{''.join(layout)}</w:pPr>{run}</w:p></w:tc>"


def add_figure(document: Any, captions: Captions, figure: ReportFigure) -> None:
    """The picture with its alternative text, caption below; a picture that cannot be read is said."""
    paragraph = document.add_paragraph()
    paragraph.alignment, paragraph.paragraph_format.keep_with_next = WD_ALIGN_PARAGRAPH.CENTER, True
    try:
        picture = paragraph.add_run().add_picture(BytesIO(figure.png))
    except BROKEN:
        paragraph.add_run("For the author: the picture could not be read; put it here from the bundle.").italic = True
    else:
        _fit(picture)
        described = picture._inline.docPr
        described.set("descr", clean(figure.alt))
        described.set("title", clean(figure.title))
    captions.caption(document, "Figure", figure.name, figure.title).alignment = WD_ALIGN_PARAGRAPH.CENTER


def _fit(picture: Any) -> None:
    """No wider than the text, no taller than a page with its caption."""
    scale = min(1.0, Cm(WIDEST_CM) / picture.width, Cm(TALLEST_CM) / picture.height)
    picture.width, picture.height = round(picture.width * scale), round(picture.height * scale)
