"""Header -> column of the dictionary: by exact name, by synonym, by the unit in the header, then by a similar name.

A header that fits two columns, and two headers that fit one equally well, are left to the reader to decide, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from cdanalysis.dictionary.column_spec import ColumnSpec
from cdanalysis.dictionary.columns import COLUMNS, FLAT_OUTCOMES
from cdanalysis.dictionary.outcomes import parted_column
from cdanalysis.reading.bytes.text_form import TextForm
from cdanalysis.reading.headers.identifiers import is_identifier_header
from cdanalysis.reading.headers.unit_words import UNIT_FACTORS, conversion, factor_of, normalised, parted

LEAST_SIMILAR = 88.0  # of 100
LEAST_LEAD = 5.0  # over the second best
SHORTEST_SIMILAR = 5  # characters: "age" and "ae" are similar too

CHOSEN, NOT_MATCHED, LEFT_OUT, DECIDE = "chosen", "not matched", "left out", "to be decided"
BY_OUTCOME = "outcome"  # of a column that the outcomes of the table take: found anew each time
RANKS = {CHOSEN: 0, "exact name": 1, "synonym": 2, "unit in the header": 2, "visit column": 2}
SIMILAR_RANK = 3
# What a given row without (False) and with (True) a column leaves to be matched anew.
ASKED_AGAIN = {False: (NOT_MATCHED, DECIDE), True: (BY_OUTCOME,)}
_WIDE = re.compile(r"^(?P<measure>.+?) ?(?:at )?(?:week|wk|w|周) ?(?P<week>\d{1,3})$")


@dataclass(frozen=True)
class MatchRow:
    """How one header was understood; column is empty where it was not. factor turns a value into the column's unit.

    unit: what the values are in, as the header or the reader says. choices: the columns it fits alike, to be decided.
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


@dataclass(frozen=True)
class SheetMatch:
    """Which sheet of the dictionary a sheet of the file is; empty where it is none."""

    name: str
    sheet: str
    how: str
    note: str = ""


@dataclass(frozen=True)
class Matching:
    """Every header of a file, in order, its sheets, and the form of its text."""

    rows: tuple[MatchRow, ...]
    sheets: tuple[SheetMatch, ...] = ()
    text: TextForm | None = None  # of a text file: what the reader chose of its encoding, delimiter and decimal mark

    def __iter__(self) -> Iterator[MatchRow]:
        return iter(self.rows)


def match_headers(
    sheet: str, headers: Sequence[str], *, flat: bool = False, given: Iterable[MatchRow] = ()
) -> tuple[MatchRow, ...]:
    """Match each header of a sheet; a row of `given` decides its header. A column is given to one header only."""
    flat = flat and sheet == "patients"
    specs = specs_of(sheet, flat=flat)
    names = {"", *(spec.name for spec in specs)}
    waiting: dict[str, list[MatchRow]] = {}
    for row in given:
        if (
            row.sheet == sheet
            and row.how not in ASKED_AGAIN[bool(row.column)]
            and (row.column in names or parted_column(row.column)[0])
        ):
            waiting.setdefault(row.header, []).append(row)
    rows = [waiting[header].pop(0) if waiting.get(header) else _match(sheet, header, specs, flat) for header in headers]
    return tuple(_once(rows))


def specs_of(sheet: str, *, flat: bool) -> tuple[ColumnSpec, ...]:
    """The columns a sheet may hold; a flat table of patients those of their outcomes and of visits too."""
    return flat_specs() if flat and sheet == "patients" else COLUMNS[sheet]


def flat_specs() -> tuple[ColumnSpec, ...]:
    """What a table with one row a patient, or one row a visit, may hold."""
    known = {spec.name for spec in COLUMNS["patients"]}
    return (*COLUMNS["patients"], *FLAT_OUTCOMES, *(spec for spec in COLUMNS["visits"] if spec.name not in known))


def _once(rows: Sequence[MatchRow]) -> list[MatchRow]:
    """Of the headers that fit one column the closest gets it; equals are to be decided; the rest are further columns."""
    ranked: dict[tuple[str, float | None], list[int]] = {}
    for row in rows:
        if row.column:
            ranked.setdefault((row.column, row.week), []).append(RANKS.get(row.how, SIMILAR_RANK))
    return [_claimed(row, ranked.get((row.column, row.week), []), rows) for row in rows]


def _claimed(row: MatchRow, ranks: Sequence[int], rows: Sequence[MatchRow]) -> MatchRow:
    """The row as it is, if it is the closest to its column alone."""
    rank = RANKS.get(row.how, SIMILAR_RANK)
    if not row.column or (rank == min(ranks) and ranks.count(rank) == 1):
        return row
    free = replace(row, column="", factor=1.0, unit="", week=None)
    if rank > min(ranks):
        return replace(free, how=NOT_MATCHED, note=f"another header already gives {row.column}")
    fitting = " and ".join(repr(one.header) for one in rows if (one.column, one.week) == (row.column, row.week))
    return replace(free, how=DECIDE, note=f"{fitting} fit {row.column} alike", choices=(row.column,))


def _match(sheet: str, header: str, specs: Sequence[ColumnSpec], flat: bool) -> MatchRow:
    if not header:
        return MatchRow(sheet, header, "", NOT_MATCHED, "a column without a header is left out")
    base, unit = parted(header)
    if is_identifier_header(base):
        return MatchRow(sheet, header, "", LEFT_OUT, "looks like a direct identifier of a person")
    wide = _wide(base) if flat else None
    if wide is not None:
        return MatchRow(sheet, header, wide[0], "visit column", f"week {wide[1]:g}", week=wide[1])
    fits = _fits(base, normalised(header), specs)
    if len(fits) > 1:
        return _to_decide(sheet, header, [spec.name for spec, _ in fits])
    for spec, how in fits:
        return _with_unit(sheet, header, spec, how, unit)
    return _similar(sheet, header, base, unit, specs)


def _fits(base: str, whole: str, specs: Sequence[ColumnSpec]) -> list[tuple[ColumnSpec, str]]:
    exact = [(spec, "exact name") for spec in specs if whole == normalised(spec.name)]
    return exact or [(spec, "synonym") for spec in specs if {base, whole} & {normalised(spec.name), *spec.synonyms}]


def _to_decide(sheet: str, header: str, names: Sequence[str]) -> MatchRow:
    return MatchRow(sheet, header, "", DECIDE, f"fits {' and '.join(names)} alike", choices=tuple(names))


def _with_unit(sheet: str, header: str, spec: ColumnSpec, how: str, unit: str) -> MatchRow:
    if how == "exact name" or not unit:
        return MatchRow(sheet, header, spec.name, how)
    factor = factor_of(spec.unit, unit)
    if factor is None:
        note = f"unit {unit!r} taken as {spec.unit}" if spec.unit in UNIT_FACTORS else ""
        return MatchRow(sheet, header, spec.name, how, note)
    by = how if how.startswith("similar") else "unit in the header"
    return MatchRow(sheet, header, spec.name, by, conversion(spec.unit, unit), factor, unit=unit)


def _wide(base: str) -> tuple[str, float] | None:
    """`cdai week 8`, `CDAI W8`: a visit's measurement in a column of its own."""
    found = _WIDE.match(base)
    if not found:
        return None
    measures = [
        spec for spec in COLUMNS["visits"] if spec.kind == "number" and spec.name not in ("week", "months", "days")
    ]
    fits = _fits(found["measure"], found["measure"], measures)
    return (fits[0][0].name, float(found["week"])) if fits else None


def _similar(sheet: str, header: str, base: str, unit: str, specs: Sequence[ColumnSpec]) -> MatchRow:
    """The best of the similar names, if it is clearly the best."""
    scored = sorted(
        (
            (max(fuzz.ratio(base, word) for word in (normalised(spec.name), *spec.synonyms)), spec.name)
            for spec in specs
        ),
        reverse=True,
    )
    (best, name), (second, other) = scored[0], scored[1]
    if len(base) < SHORTEST_SIMILAR or best < LEAST_SIMILAR:
        return MatchRow(sheet, header, "", NOT_MATCHED, "kept as a further column")
    if best - second < LEAST_LEAD:
        return _to_decide(sheet, header, (name, other))
    spec = next(spec for spec in specs if spec.name == name)
    return _with_unit(sheet, header, spec, f"similar name ({best:.0f}%)", unit)
