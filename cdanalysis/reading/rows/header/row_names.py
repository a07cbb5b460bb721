"""A first column without a name: R's `write.table` and `write.csv` write the names of the rows so."""

from collections.abc import Sequence

from cdanalysis.dictionary.columns import PATIENT_ID
from cdanalysis.dictionary.further_words import NUMBERS_OF_PATIENTS
from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.headers.evidence.identifiers import is_record_number
from cdanalysis.reading.headers.units.unit_words import normalised
from cdanalysis.reading.rows.header.header_rows import holds, is_number

ROW_NAME = "row name"
# Beside USUBJID, and any other.
LESSER = {
    "subjid",
    "row name",
    "row names",
    "rowname",
    "rownames",
    "序号",
    "lfd nr",
    "laufende nummer",
    "serial no",
    "serial number",
}
_ID_WORDS = {normalised(PATIENT_ID.name), *PATIENT_ID.synonyms}


def further_from_id(word: str) -> float:
    """How much less plainly than another header one of ids names the patients, from 0, less than 1; word: normalised."""
    return 0.5 if word in LESSER else 0.25 if word in NUMBERS_OF_PATIENTS else 0.0


def id_place(headers: Sequence[str]) -> int | None:
    """Where the header of the patients' ids stands, the best of several; None where no header is one."""
    words = [normalised(header) for header in headers]
    known = [place for place, word in enumerate(words) if word in _ID_WORDS]
    records = [place for place, word in enumerate(words) if is_record_number(word)]
    return min(
        known, key=lambda place: further_from_id(words[place]), default=records[0] if len(records) == 1 else None
    )


def lacks_first(headers: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the header has one name fewer than every row has cells, and it is the first cell that it does not name."""
    if not rows or not all(headers) or any(len(row) != len(headers) + 1 for row in rows):
        return False
    if not any(holds(row[-1]) for row in rows):  # a mark at the end of every row
        return False
    place = id_place(headers)
    if place is None:
        return are_numbered(rows) or _are_names(rows)
    named, next_to_it = ([row[at] for row in rows] for at in (place, place + 1))
    return are_numbered(rows) and (_may_be_ids(next_to_it) or not _may_be_ids(named))


def are_numbered(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the first cells can be numbers of rows: whole, and of each row another; R keeps them when it sorts the rows."""
    numbers = [str(row[0]).strip() for row in rows]
    return all(number.isdecimal() for number in numbers) and len(set(numbers)) == len(numbers)


def _are_names(rows: Sequence[Sequence[Cell]]) -> bool:
    names = [row[0] for row in rows]
    return all(holds(name) and not is_number(name) for name in names) and len(set(names)) == len(names)


def _may_be_ids(cells: Sequence[Cell]) -> bool:
    """Texts, whole numbers that are all different, or such of which equal ones stand together, as in a table of visits."""
    held = [cell for cell in cells if holds(cell)]
    if len(held) < len(cells) or not all(map(is_number, held)):
        return len(held) == len(cells)
    if not all(str(cell).strip().removesuffix(".0").isdecimal() for cell in held):
        return False
    blocks = sum(one != other for one, other in zip(held, held[1:], strict=False)) + 1
    return blocks == len(set(held))


def as_ids(headers: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether a first column without a name holds the patients' ids: no header does, and it is of different names."""
    return bool(headers) and not headers[0] and id_place(headers) is None and _are_names(rows)
