"""What each sheet of a file holds: by its name where its columns agree, else by its columns; else it is asked about.

A sheet with one row per patient belongs to the patients, one with several and a time to the sheet of the dictionary whose
measurements it has.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from cdanalysis.dictionary.columns import COLUMNS, DATE_OF, TIME_COLUMNS
from cdanalysis.reading.cells.cells import identity
from cdanalysis.reading.headers.matching import CHOSEN, NOT_MATCHED, SheetMatch, match_headers
from cdanalysis.reading.headers.sheet_names import match_sheets
from cdanalysis.reading.questions import Asking
from cdanalysis.reading.rows.header.header_rows import holds
from cdanalysis.reading.rows.header.row_names import id_place
from cdanalysis.reading.rows.shape import RawSheet

ID = "patient_id"
BY_COLUMNS = "by its columns"
NOT_USED = "not used"
EVERY = {"visits": "visits", "events": "events", "endoscopy": "endoscopies", "adverse_events": "adverse events"}
MEASURES = {
    sheet: {spec.name for spec in COLUMNS[sheet]}
    - {ID, *TIME_COLUMNS[sheet]}
    - ({"action"} if sheet == "adverse_events" else set())
    for sheet in DATE_OF
}


@dataclass(frozen=True, eq=False)
class Seen:
    """A sheet and what it was matched as by its name; what it holds is looked at when it is asked for."""

    table: RawSheet
    match: SheetMatch

    @cached_property
    def id_place(self) -> int | None:
        """Where the patients' ids stand, by the header."""
        place = id_place(self.table.headers)
        rows = match_headers("patients", self.table.headers, flat=True) if place is None else ()
        return next((at for at, row in enumerate(rows) if row.column == ID), place)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The id of each row, "" where there is none."""
        place = self.id_place
        cells = () if place is None else (row[place] for _, row in self.table.rows)
        return tuple(identity(cell) if holds(cell) else "" for cell in cells)

    @cached_property
    def is_by_patient(self) -> bool:
        """Whether no patient has two rows."""
        held = [one for one in self.ids if one]
        return len(held) == len(set(held))

    def fits(self, sheet: str) -> bool:
        """Whether it has what a timed sheet requires: ids, a time, its required columns and a measurement."""
        if self.id_place is None or sheet not in DATE_OF:
            return False
        columns = {row.column for row in match_headers(sheet, self.table.headers)}
        required = {spec.name for spec in COLUMNS[sheet] if spec.required} - {ID}
        return bool(required <= columns and columns & set(TIME_COLUMNS[sheet]) and columns & MEASURES[sheet])


def seen(tables: Sequence[RawSheet], given: Sequence[SheetMatch] = ()) -> list[Seen]:
    """Each sheet under its name's match; what the reader chose stands."""
    chosen = [one for one in given if one.how == CHOSEN]
    matches = match_sheets([table.name for table in tables], chosen)
    return [Seen(table, match) for table, match in zip(tables, matches, strict=True)]


def decided(found: Sequence[Seen], asking: Asking, *, alone: int | None) -> list[Seen]:
    """The sheets, each with the dictionary's sheet it is; empty where it is none, or is asked about.

    alone: the place of the one table that can be of patients.
    """
    unnamed = [one for one in found if not one.match.sheet and one.match.how != CHOSEN and one.id_place is not None]
    is_there = any(one.match.sheet == "patients" for one in found) or any(one.is_by_patient for one in unnamed)
    first = None if is_there or alone is not None else next(iter(unnamed), None)
    return [
        replace(one, match=_decided(one, asking, alone=place == alone or _is_of(first, one)))
        for place, one in enumerate(found)
    ]


def _is_of(first: Seen | None, one: Seen) -> bool:
    """Whether a sheet is the first that can be of patients, or another of its headers and of other patients."""
    if first is None or one is first:
        return one is first
    return one.table.headers == first.table.headers and set(one.ids).isdisjoint({*first.ids} - {""})


def _decided(one: Seen, asking: Asking, *, alone: bool) -> SheetMatch:
    """alone: whether the patients stand in this sheet, if its name says nothing else."""
    match = one.match
    if match.how == CHOSEN or match.sheet == "patients" or (match.sheet == "screening" and one.id_place is None):
        return match
    if alone and not match.sheet:
        return replace(match, sheet="patients")
    is_timed = match.sheet in DATE_OF
    if one.fits(match.sheet) or (is_timed and (one.id_place is None or not one.is_by_patient)):
        return match
    return _by_columns(one, asking)


def _by_columns(one: Seen, asking: Asking) -> SheetMatch:
    name = one.match.name
    if one.id_place is None:
        return replace(one.match, sheet="", how=NOT_MATCHED)
    if one.is_by_patient:
        return replace(one.match, sheet="patients", how=BY_COLUMNS)
    fitting = [sheet for sheet in DATE_OF if one.fits(sheet)]
    if len(fitting) == 1:
        return replace(one.match, sheet=fitting[0], how=BY_COLUMNS)
    answer = asking.ask(
        "sheet",
        name,
        "",
        f"The sheet {name} holds several rows per patient and is not used. What does it hold?",
        (*EVERY.values(), NOT_USED),
        f"{len(one.ids)} rows of {len(set(one.ids))} patients",
    )
    sheet = next((sheet for sheet, what in EVERY.items() if what == answer), "")
    return SheetMatch(name, sheet, CHOSEN if answer else NOT_MATCHED)
