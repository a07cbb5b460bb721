"""How one header and one sheet of a file were understood, as values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cdanalysis.reading.bytes.text.text_form import TextForm

CHOSEN, NOT_MATCHED, LEFT_OUT, DECIDE = "chosen", "not matched", "left out", "to be decided"
ANOTHER_KIND = "its cells are not what this column holds: kept as a further column"
PROPOSED = "to be confirmed"  # a column that likeness alone suggests
AT_BASELINE = "baseline in the header"
BARE = ("exact name", "synonym", "unit in the header")  # of what stands there without that word
BY_OUTCOME = "outcome"  # of a column that the outcomes of the table take: found anew each time
BY_COLUMN, BY_UNIT = "column", "unit"  # what an answer settled of a row


@dataclass(frozen=True)
class MatchRow:
    """How one header was understood; column is empty where it was not. factor turns a value into the column's unit.

    unit: what the values are in, as the header or the reader says. choices: the columns it may be, to be decided.
    open_unit: the unit is not known, though the values have one: they are left out; stated: how the header spells it.
    answered: what an answer of the study file settled. unit_column: the header of the column that holds its units.
    unlike: the column whose name it has, where its cells are of another kind. tells: what its cells tell of a person.
    """

    sheet: str
    header: str
    column: str
    how: str
    note: str = ""
    factor: float = 1.0
    week: float | None = None
    unit: str = ""
    choices: tuple[str, ...] = ()
    open_unit: bool = False
    stated: str = ""
    answered: str = ""
    unit_column: str = ""
    unlike: str = ""
    tells: str = ""


@dataclass(frozen=True)
class SheetMatch:
    """Which sheet of the dictionary a sheet of the file is; empty where it is none. alike: how much, of a similar name."""

    name: str
    sheet: str
    how: str
    note: str = ""
    alike: float | None = None  # of 100


@dataclass(frozen=True)
class Matching:
    """Every header of a file, in order, its sheets, and the form of its text."""

    rows: tuple[MatchRow, ...]
    sheets: tuple[SheetMatch, ...] = ()
    text: TextForm | None = None  # of a text file: what the reader chose of its encoding, delimiter and decimal mark

    def __iter__(self) -> Iterator[MatchRow]:
        return iter(self.rows)


def place_of_ids(rows: Sequence[MatchRow]) -> int | None:
    """Where the identifier of the patients stands among a table's columns; None without one."""
    return next((place for place, row in enumerate(rows) if row.column == "patient_id"), None)
