"""How a file's sheets and headers are understood, before a cell is read: automatically, or as the reader corrected it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cdanalysis.dictionary.column_spec import ColumnSpec
from cdanalysis.dictionary.outcomes import outcome_spec, parted_column
from cdanalysis.reading.bytes.files import Cell, RawSheet
from cdanalysis.reading.bytes.text.text_form import TextForm
from cdanalysis.reading.cells.numbers.number_texts import plain_number
from cdanalysis.reading.dates.origins import with_counted_dates
from cdanalysis.reading.headers.doubts import column_cells, settled
from cdanalysis.reading.headers.evidence.identifiers import identifier_in, is_record_number, strong_identifier_in
from cdanalysis.reading.headers.evidence.kinds import (
    are_dates,
    found_type,
    held_cells,
    is_centred,
    is_of_another_kind,
    preview,
)
from cdanalysis.reading.headers.matching import match_headers, specs_of
from cdanalysis.reading.headers.over_time.at_zero import with_zeros
from cdanalysis.reading.headers.over_time.by_week import with_weeks
from cdanalysis.reading.headers.over_time.series import in_series, with_series
from cdanalysis.reading.headers.rows import (
    ANOTHER_KIND,
    CHOSEN,
    DECIDE,
    LEFT_OUT,
    NOT_MATCHED,
    Matching,
    MatchRow,
    SheetMatch,
)
from cdanalysis.reading.headers.units.unit_columns import with_bare_unit_columns
from cdanalysis.reading.headers.units.unit_words import DATE, DAYS_PER, conversion, normalised
from cdanalysis.reading.outcomes.headers.claims import claims_of
from cdanalysis.reading.outcomes.pairs import Pair
from cdanalysis.reading.questions import Asking
from cdanalysis.reading.sheets.arranging import Arranged

NOT_SHOWN = "(not shown)"
LEAST_SERIAL = 18_300  # a day of 1950 as a spreadsheet counts, and fifty years of follow-up
MOST_JUDGED = 100  # cells: enough to tell another kind
ID = "patient_id"


@dataclass(frozen=True, eq=False)
class Understood:
    """The tables of a file under the dictionary's names, each with its matching.

    pairs: the outcomes that the patients' table states.
    """

    tables: dict[str, RawSheet]
    rows: dict[str, tuple[MatchRow, ...]]
    sheets: tuple[SheetMatch, ...]
    pairs: tuple[Pair, ...] = ()

    @property
    def matching(self) -> Matching:
        """Every header of every table, and the sheets."""
        return Matching(tuple(row for rows in self.rows.values() for row in rows), self.sheets)


@dataclass(frozen=True)
class ColumnLook:
    """One column of a file as it is shown for correction: how it was understood, what it holds, a few of its values."""

    match: MatchRow
    holds: str
    values: str


@dataclass(frozen=True)
class FileLook:
    """A file before it is read: the columns of each sheet, and its sheets; flat: one table holds everything.

    Holds a few values of each column.
    """

    columns: dict[str, tuple[ColumnLook, ...]]
    sheets: tuple[SheetMatch, ...]
    flat: bool
    text: TextForm | None = None

    @property
    def matching(self) -> Matching:
        """How everything is understood now."""
        rows = tuple(one.match for looks in self.columns.values() for one in looks)
        return Matching(rows, self.sheets, self.text.choice if self.text else None)


def look_of(found: Understood) -> FileLook:
    """What an understood file holds, with a few values of each column."""
    columns = {sheet: _looks(table, found.rows[sheet]) for sheet, table in found.tables.items()}
    if any(one.match.column == ID and one.values == NOT_SHOWN for looks in columns.values() for one in looks):
        columns = {sheet: tuple(map(_without_ids, looks)) for sheet, looks in columns.items()}
    return FileLook(columns, found.sheets, set(found.tables) <= {"patients"})


def understand(arranged: Arranged, given: Matching | None = None, asking: Asking | None = None) -> Understood:
    """Match the headers of each table; `given` decides what it names, `asking` what is answered and asked.

    The patients may hold their visits and outcomes.
    """
    asking, pairs = asking or Asking(), []
    tables = {sheet: with_counted_dates(sheet, table, asking) for sheet, table in arranged.tables.items()}
    rows = {sheet: _rows(sheet, table, given, asking) for sheet, table in tables.items()}
    if "patients" in rows:
        alone = not {"visits", "events", "adverse_events"} & set(rows)
        rows["patients"], pairs = claims_of(rows["patients"], tables["patients"], asking, alone=alone)
    return Understood(tables, rows, arranged.sheets, tuple(pairs))


def _named(row: MatchRow, table: RawSheet, place: int) -> MatchRow:
    """The row of a column that is headed by its label, with the name of its variable noted."""
    name = table.labels[place] if table.labels else ""
    return replace(row, note="; ".join(filter(None, (row.note, f"variable {name}")))) if name else row


def _rows(sheet: str, table: RawSheet, given: Matching | None, asking: Asking) -> tuple[MatchRow, ...]:
    """How each header of a table is understood."""
    specs = {spec.name: spec for spec in specs_of(sheet, flat=True)}
    matched = match_headers(sheet, table.headers, flat=True, given=given or ())
    named = (outcome_spec(row.column) for row in matched if row.column not in specs)
    specs |= {spec.name: spec for spec in named if spec}
    seen = [_named(_by_content(row, table, place, specs), table, place) for place, row in enumerate(matched)]
    seen = with_bare_unit_columns(seen, table, specs)
    if sheet == "patients":
        seen = with_zeros(with_weeks(with_series(seen, asking), table), _numbers(table, seen), in_series(seen))
    return settled(seen, table, specs, asking)


def _numbers(table: RawSheet, rows: Sequence[MatchRow]) -> set[int]:
    """The places of the columns whose headers hold a 0 and whose cells are numbers."""
    places = [place for place, row in enumerate(rows) if row.how == NOT_MATCHED and "0" in row.header]
    return {
        place
        for place in places
        if found_type(held_cells(column_cells(table, place), MOST_JUDGED), table.decimal_comma) == "numbers"
    }


def _by_content(row: MatchRow, table: RawSheet, place: int, specs: Mapping[str, ColumnSpec]) -> MatchRow:
    """The row, or what its cells say against it: a person's identity, or dates where a duration is expected."""
    if row.how in (LEFT_OUT, DECIDE) or (row.how == CHOSEN and not row.open_unit):
        return row
    cells = column_cells(table, place)
    if not row.column:
        told = identifier_in(cells)
        return replace(row, how=LEFT_OUT, note=f"looks like {told}", choices=(), tells=told) if told else row
    spec = specs[row.column]
    held = held_cells(cells, MOST_JUDGED)
    if row.column == "visit_date" and _are_days(row.header, held):
        return replace(row, column="days", note="days from the start, by its values")
    if not parted_column(row.column)[0] and (is_of_another_kind(spec, held) or is_centred(spec, held)):
        return replace(
            row,
            column="",
            how=NOT_MATCHED,
            note=f"{spec.name}: {ANOTHER_KIND}",
            unlike=spec.name,
            week=None,
            open_unit=False,
            factor=1.0,
        )
    if spec.kind == "number" and spec.unit in DAYS_PER and row.week is None and are_dates(held_cells(cells)):
        return replace(row, unit=DATE, factor=1.0, note=conversion(spec, DATE), open_unit=False, stated="")
    return row


def _are_days(header: str, held: Sequence[Cell]) -> bool:
    """Whether a visit's day is counted: whole numbers too small to be dates of a spreadsheet."""
    numbers = [plain_number(cell)[0] for cell in held]
    return "day" in normalised(header).split() and all(one is not None and abs(one) < LEAST_SERIAL for one in numbers)


def _looks(table: RawSheet, rows: Sequence[MatchRow]) -> tuple[ColumnLook, ...]:
    columns = ((column_cells(table, place), row) for place, row in enumerate(rows))
    return tuple(_look(cells, row, table.decimal_comma) for cells, row in columns)


def _look(cells: Sequence[Cell], row: MatchRow, decimal_comma: bool) -> ColumnLook:
    """A column that tells who a patient is shows none of its values, whatever it is matched as."""
    held = held_cells(cells)
    is_person = is_record_number(row.header) or bool(strong_identifier_in(held))
    hidden = row.how == LEFT_OUT or (row.column == ID and is_person)
    return ColumnLook(row, found_type(held, decimal_comma), NOT_SHOWN if hidden else preview(held))


def _without_ids(look: ColumnLook) -> ColumnLook:
    return replace(look, values=NOT_SHOWN) if look.match.column == ID else look
