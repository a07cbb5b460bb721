"""The first rows of a text file as a form reads them, before anything is done with it: to see whether a choice is right."""

from dataclasses import dataclass

from cdanalysis.errors import CohortError
from cdanalysis.reading.bytes.budget import check_upload
from cdanalysis.reading.bytes.formats import TEXT, kind_of
from cdanalysis.reading.bytes.text.text_form import TextForm
from cdanalysis.reading.bytes.text.text_table import ROWS_OF_NUMBERS, read_text
from cdanalysis.reading.cells.cells import identity, shown
from cdanalysis.reading.cells.numbers.number_texts import LIMITS, Cell, plain_number, writes_comma
from cdanalysis.reading.headers.doubts import column_cells
from cdanalysis.reading.headers.understanding import NOT_SHOWN, look_of, understand
from cdanalysis.reading.sheets.arranging import Arranged

ROWS_SHOWN = 5
MOST_COLUMNS = 40


@dataclass(frozen=True)
class TextPreview:
    """How a file would be read, its headers, its first rows as texts (numbers with a point), and how many columns it has."""

    form: TextForm
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    n_columns: int


def is_text(content: bytes) -> bool:
    """Whether a file is one whose form can be chosen."""
    try:
        check_upload(content)
        return kind_of(content) == TEXT
    except CohortError:
        return False


def text_preview(content: bytes, chosen: TextForm | None = None) -> TextPreview:
    """The first rows; a column that tells who a patient is shows none of its values. CohortError where none can be read."""
    table, form = read_text(content, chosen, most_rows=ROWS_OF_NUMBERS)
    looks = (
        next(iter(look_of(understand(Arranged({"patients": table}, ()))).columns.values()), ()) if table.rows else ()
    )
    columns = [
        [
            NOT_SHOWN if look.values == NOT_SHOWN else text
            for text in _texts(column_cells(table, place), table.decimal_comma)
        ]
        for place, look in enumerate(looks[:MOST_COLUMNS])
    ]
    return TextPreview(form, table.headers[:MOST_COLUMNS], tuple(zip(*columns, strict=True)), len(table.headers))


def _texts(cells: list[Cell], decimal_comma: bool) -> list[str]:
    """The first cells as they are read: numbers in the program's own writing, everything else as it stands."""
    comma = writes_comma(cells, decimal_comma)
    return ["" if cell is None else _text(cell, comma) for cell in cells[:ROWS_SHOWN]]


def _text(cell: Cell, comma: bool) -> str:
    """A number that is not written as the program writes it, in the program's writing; a limit such as <5 as it stands."""
    text, (value, how) = shown(cell), plain_number(cell, comma)
    if value is None or text.startswith(LIMITS) or (not how and text.isascii()):
        return text
    return identity(value) if value.is_integer() else f"{value:.10g}"
