"""What a file may cost: its bounds, and a walk over a workbook's parts that counts before a reader allocates anything.

A stray cell at XFD1048576 in a file of 7 KB makes the fastest reader abort the process; entity expansion and a thousand
fold compression are of the same kind. The sizes that an archive states of itself are not believed.
"""

import re
import zipfile
from collections.abc import Iterator

from cdanalysis.errors import CohortError

MOST_UPLOADED = 20_000_000  # bytes, as server.maxUploadSize
MOST_BYTES = 250_000_000  # unpacked
MOST_PARTS = 1_000
MOST_SHEETS = 50
MOST_ROWS = 200_000
MOST_COLUMNS = 702  # A to ZZ
MOST_CELLS = 5_000_000
MOST_CHARACTERS = 32_767  # in a cell, as in Excel
MOST_TOLD = 100_000_000  # bytes of all cells of a file together, a text counted in each cell that holds it
MOST_MERGED = 200_000  # ranges of a sheet
STEP = 1 << 16

_REFERENCE = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=[\"']([A-Z]{1,4})([0-9]{1,9})[\"']")
_MAYBE_FAR = re.compile(rb"r=[\"'](?:[A-Z]{3}|[A-Z]+[0-9]{6})")  # quick: only then every reference is looked at
_CELLS, _ROWS = (
    (b"<c ", b"<c>", b":c ", b":c>"),
    (b"<row", b":row"),
)  # counted as bytes: a regex takes ten times as long
_REPEATED = re.compile(
    rb"<table:table-cell\s(?=[^>]*office:value-type)[^>]*number-columns-repeated=[\"'](\d{1,9})[\"']"
)
_FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_OVERLAP = 200  # bytes kept from the last step, so that a tag cut in two is still seen


def check_upload(content: bytes) -> None:
    """CohortError if the file is empty or larger than any upload may be."""
    if not content.strip():
        raise CohortError("The file is empty.")
    if len(content) > MOST_UPLOADED:
        raise CohortError(
            f"The file has {len(content) / 1e6:.0f} MB; at most {MOST_UPLOADED // 1_000_000} MB are accepted: "
            "keep only the sheets and columns that are analysed, or save it as .xlsx, which is smaller."
        )


def check_parts(archive: zipfile.ZipFile) -> None:
    """CohortError if the workbook is larger unpacked than any cohort is, or holds what no spreadsheet program writes."""
    names = archive.namelist()
    if len(names) > MOST_PARTS:
        raise CohortError(f"The workbook has {len(names):,} parts; at most {MOST_PARTS:,} are accepted.")
    if len(set(names)) < len(names):
        raise CohortError("The workbook holds two parts of one name, which no spreadsheet program writes.")
    unpacked, is_ods = 0, "xl/workbook.xml" not in names
    for name in names:
        size = _Size(is_ods)
        for text, piece in _pieces(archive, name):
            unpacked += len(piece)
            if unpacked > MOST_BYTES:
                raise CohortError(f"The workbook is larger than {MOST_BYTES // 1_000_000} MB when unpacked.")
            if _FORBIDDEN.search(text):
                raise CohortError("The workbook holds a document type, which no spreadsheet program writes.")
            size.add(text, piece)


class Told:
    """What has been told of a file so far: its cells and their bytes, whatever the file itself weighs."""

    def __init__(self) -> None:
        self.cells_left, self.bytes_left = MOST_CELLS, MOST_TOLD

    def add(self, n_cells: int, n_bytes: int) -> None:
        """Count; CohortError once it is more than any cohort has."""
        self.cells_left -= n_cells
        self.bytes_left -= n_bytes
        if self.cells_left < 0:
            raise CohortError(f"The workbook is {TOO_LARGE}: keep only the sheets and columns that are analysed.")
        if self.bytes_left < 0:
            raise CohortError(
                f"The cells hold more than {MOST_TOLD // 1_000_000} MB of text, a repeated text counted each time: "
                "keep only the sheets and columns that are analysed."
            )


def check_table(rows: int, columns: int) -> None:
    """CohortError if a table has more rows, columns or cells than are accepted."""
    if rows > MOST_ROWS or columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        raise CohortError(f"The table is {TOO_LARGE}: it has {rows:,} rows and {columns:,} columns.")


TOO_LARGE = f"larger than {MOST_ROWS:,} rows, {MOST_COLUMNS} columns or {MOST_CELLS:,} cells"


def _pieces(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[bytes, bytes]]:
    """A part unpacked step by step: each step alone, and with the end of the one before."""
    rest = b""
    with archive.open(name) as part:
        while piece := part.read(STEP):
            yield rest + piece, piece
            rest = piece[-_OVERLAP:]


class _Size:
    """The cells, rows and farthest reference seen so far in a part: any part, because a workbook may put a sheet anywhere."""

    def __init__(self, is_ods: bool) -> None:
        self.is_ods = is_ods
        self.cells = self.rows = 0

    def add(self, text: bytes, piece: bytes) -> None:
        if self.is_ods:
            self._refuse_if(any(int(times) > MOST_COLUMNS for times in _REPEATED.findall(text)))
        else:
            self.cells, self.rows = self.cells + sum(map(piece.count, _CELLS)), self.rows + sum(map(piece.count, _ROWS))
            far = _MAYBE_FAR.search(text) and _is_far(text)
            self._refuse_if(far or self.rows > MOST_ROWS or self.cells > MOST_CELLS)

    def _refuse_if(self, large: bool) -> None:
        if large:
            raise CohortError(
                f"A sheet is {TOO_LARGE} (a single stray cell far out counts): "
                "delete the empty rows and columns around the table and save again."
            )


def _is_far(text: bytes) -> bool:
    return any(
        int(row) > MOST_ROWS or column_number(letters) > MOST_COLUMNS for letters, row in _REFERENCE.findall(text)
    )


def column_number(letters: bytes) -> int:
    """A is 1, XFD is 16,384."""
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number
