"""Header -> column of the dictionary: by exact name, by synonym, by the unit in the header; likeness only proposes.

A header that fits two columns, two headers that fit one equally well, a misspelt name and words in brackets that may make it
another measurement are left to the reader to decide, never guessed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from cdanalysis.dictionary.column_spec import ColumnSpec
from cdanalysis.dictionary.columns import PATIENT_ID
from cdanalysis.dictionary.outcomes import parted_column
from cdanalysis.reading.headers.evidence.identifiers import is_identifier_header, is_record_number
from cdanalysis.reading.headers.header_words import Reading, names_duration, readings
from cdanalysis.reading.headers.likeness import similar, turned
from cdanalysis.reading.headers.names import MEASURED_AT_VISITS, Names, flat_specs, names_of, specs_of
from cdanalysis.reading.headers.rows import (
    AT_BASELINE,
    BARE,
    BY_OUTCOME,
    BY_UNIT,
    CHOSEN,
    DECIDE,
    LEFT_OUT,
    NOT_MATCHED,
    PROPOSED,
    Matching,
    MatchRow,
    SheetMatch,
)
from cdanalysis.reading.headers.units.stated_units import is_unit_like, unanswered, with_unit, with_unit_columns
from cdanalysis.reading.headers.units.unit_words import factor_of, normalised
from cdanalysis.reading.rows.header.row_names import further_from_id
from cdanalysis.reading.rows.visit_names import timed, visit_note, without_baseline, without_visit

__all__ = ["CHOSEN", "DECIDE", "LEFT_OUT", "NOT_MATCHED", "MatchRow", "Matching", "SheetMatch", "flat_specs"]
__all__ += ["match_headers", "specs_of"]

_JOINED = re.compile(r"(?<=[A-Za-z])(?=\d{1,3}(?:wks?|w|mo?|d)$)", re.IGNORECASE)  # `CDAI8w`
A_SECOND_ID = f"another header already gives {PATIENT_ID.name}"  # kept as a text: it measures nothing
A_PERSONS = "looks like a direct identifier of a person"
RANKS = {AT_BASELINE: 2.5, CHOSEN: 0, "exact name": 1, "synonym": 2, "unit in the header": 2, "visit column": 2}
SIMILAR_RANK = 3
# Where a time begins is asked about, and makes no other measure of it.
_ORIGIN = re.compile(r"\s*(?:since|from|after|seit|ab|nach|自|距)", re.IGNORECASE)
# What a given row without (False) and with (True) a column leaves to be matched anew.
ASKED_AGAIN = {False: (NOT_MATCHED, DECIDE, PROPOSED), True: (BY_OUTCOME,)}


def match_headers(
    sheet: str, headers: Sequence[str], *, flat: bool = False, given: Iterable[MatchRow] = ()
) -> tuple[MatchRow, ...]:
    """Match each header of a sheet; a row of `given` decides its header. A column is given to one header only."""
    flat = flat and sheet == "patients"
    specs = specs_of(sheet, flat=flat)
    names = {spec.name: spec for spec in specs}
    waiting: dict[str, list[MatchRow]] = {}
    for row in given:
        if row.sheet == sheet and _holds_still(row) and (row.column in ("", *names) or parted_column(row.column)[0]):
            kept = unanswered(row, names[row.column]) if row.answered and row.column in names else row
            waiting.setdefault(row.header, []).append(kept)
    rows = [waiting[header].pop(0) if waiting.get(header) else _match(sheet, header, flat) for header in headers]
    rows = _with_record_number(_with_baseline(rows) if flat else rows)
    return tuple(with_unit_columns(_once(rows), names))


def _with_record_number(rows: Sequence[MatchRow]) -> list[MatchRow]:
    """A number of the hospital's records tells the patients apart where nothing else does; it is replaced when it is read."""
    records = [row for row in rows if row.note == A_PERSONS and is_record_number(row.header)]
    if len(records) != 1 or any(PATIENT_ID.name in (row.column, *row.choices) for row in rows):
        return list(rows)
    as_id = replace(records[0], column=PATIENT_ID.name, how="synonym", note="replaced by running numbers")
    return [as_id if row is records[0] else row for row in rows]


def _holds_still(row: MatchRow) -> bool:
    """Whether a given row decides its header; what an answer settled is asked again, so that another answer counts."""
    if row.answered:
        return row.how == CHOSEN and row.answered == BY_UNIT and bool(row.column)
    return row.how not in ASKED_AGAIN[bool(row.column)]


def _once(rows: Sequence[MatchRow]) -> list[MatchRow]:
    """Of the headers that fit one column the closest gets it; equals are to be decided; the rest are further columns."""
    ranked: dict[tuple[str, float | None], list[float]] = {}
    for row in rows:
        if row.column:
            ranked.setdefault((row.column, row.week), []).append(_rank(row))
    return [_claimed(row, ranked.get((row.column, row.week), []), rows) for row in rows]


def _rank(row: MatchRow) -> float:
    """How close a header is to its column, 0 the closest."""
    return RANKS.get(row.how, SIMILAR_RANK) + further_from_id(normalised(row.header))


def _claimed(row: MatchRow, ranks: Sequence[float], rows: Sequence[MatchRow]) -> MatchRow:
    """The row as it is, if it is the closest to its column alone."""
    rank = _rank(row)
    if not row.column or (rank == min(ranks) and ranks.count(rank) == 1):
        return row
    free = replace(row, column="", factor=1.0, unit="", week=None, open_unit=False, stated="")
    if rank > min(ranks):
        note = A_SECOND_ID if row.column == PATIENT_ID.name else f"another header already gives {row.column}"
        return replace(free, how=NOT_MATCHED, note=note)
    fitting = " and ".join(repr(one.header) for one in rows if (one.column, one.week) == (row.column, row.week))
    return replace(free, how=DECIDE, note=f"{fitting} fit {row.column} alike", choices=(row.column,))


def _match(sheet: str, header: str, flat: bool) -> MatchRow:
    if not header:
        return MatchRow(sheet, header, "", NOT_MATCHED, "a column without a header is left out")
    ways, names = list(readings(header)), names_of(sheet, flat)
    if any(is_identifier_header(way.words) for way in ways):
        return MatchRow(sheet, header, "", LEFT_OUT, A_PERSONS)
    if visit := _at_visit(header) if flat else None:
        return visit
    for way in ways:
        fits = _fits(way, names)
        if fits:
            return _as_read(sheet, header, way, fits)
    bare = without_baseline(header) if flat else ""
    row = _match(sheet, bare, flat) if bare else MatchRow(sheet, header, "", NOT_MATCHED)
    if row.how in BARE and not parted_column(row.column)[0] and row.column not in names.lasting:
        return replace(row, header=header, how=AT_BASELINE)
    return _proposed(sheet, header, next(filter(None, (similar(way.words, names.spelled) for way in ways)), []))


def _as_read(sheet: str, header: str, way: Reading, fits: Sequence[tuple[ColumnSpec, str]]) -> MatchRow:
    """The row of a header one way to take which names columns of the dictionary."""
    (spec, how), *others = fits
    if others:
        return _to_decide(sheet, header, [one.name for one, _ in fits])
    row = MatchRow(sheet, header, spec.name, how)
    if way.aside and not is_unit_like(way.aside, spec):
        other = turned(normalised(way.aside)) or (re.search(r"\d", way.aside) and not _ORIGIN.match(way.aside))
        return _proposed(sheet, header, [] if other else [spec.name])
    if how == "exact name" and not way.unit and not way.aside:
        return row
    return with_unit(row, spec, way.unit or way.aside, names_unit=names_duration(way.words))


def _fits(way: Reading, names: Names) -> list[tuple[ColumnSpec, str]]:
    """The columns that a way to take a header names: exactly, else by a synonym; a unit that is a word must be theirs."""
    exact = [(spec, "exact name") for spec in names.exact.get(way.words, ())]
    named = exact or [(spec, "synonym") for spec in names.synonyms.get(way.words, ())]
    if not way.unit:
        return named
    stems = [(spec, "synonym") for spec in names.stems.get(way.words, ())]
    fitting = [_of_unit(way, found) for found in (named, stems)]
    return fitting[0] or fitting[1] or (named if way.proven else [])


def _of_unit(way: Reading, named: Sequence[tuple[ColumnSpec, str]]) -> list[tuple[ColumnSpec, str]]:
    """Those of the columns whose values can be in the unit of the header."""
    return [(spec, "synonym") for spec, _ in named if spec.kind == "number" and factor_of(spec, way.unit) is not None]


def _to_decide(sheet: str, header: str, names: Sequence[str]) -> MatchRow:
    return MatchRow(sheet, header, "", DECIDE, f"fits {' and '.join(names)} alike", choices=tuple(names))


def _proposed(sheet: str, header: str, names: Sequence[str]) -> MatchRow:
    """A column to confirm; nothing where there is none to propose."""
    if not names:
        return MatchRow(sheet, header, "", NOT_MATCHED, "kept as a further column")
    return MatchRow(sheet, header, "", PROPOSED, f"may be {' or '.join(names)}", choices=tuple(names))


def _at_visit(header: str, *, baseline: bool = False) -> MatchRow | None:
    """`cdai week 8`, `CDAI_M9`, `CRP W0 (mg/dL)`, `CDAI第8周`: a visit's measurement in a column of its own.

    baseline: whether the word alone is a visit, that of week 0.
    """
    found = timed(_JOINED.sub(" ", header), baseline=baseline)
    if not found or found.week < 0:
        return None
    bare = without_visit(found.rest)
    for measure in (*readings(found.rest), *(readings(bare) if bare != found.rest else ())):
        fits = _fits(measure, MEASURED_AT_VISITS)
        if fits and (not measure.aside or is_unit_like(measure.aside, fits[0][0])):
            (spec, _), *others = fits
            if others:
                return replace(_to_decide("patients", header, [one.name for one, _ in fits]), week=found.week)
            row = MatchRow("patients", header, spec.name, "visit column", visit_note(found), week=found.week)
            return with_unit(row, spec, measure.unit or measure.aside)
    return None


def _with_baseline(rows: Sequence[MatchRow]) -> list[MatchRow]:
    """`CDAI baseline` is a visit among those of the CDAI in other columns."""
    measured = {row.column for row in rows if row.week is not None}
    at_start = [_at_visit(row.header, baseline=True) if measured and row.how != CHOSEN else None for row in rows]
    return [other if other and other.column in measured else row for row, other in zip(rows, at_start, strict=True)]
