"""A reader's corrections of a matching, and the small JSON it is kept in: headers and columns, nothing of a patient."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from cdanalysis.dictionary.columns import COLUMNS
from cdanalysis.dictionary.outcomes import outcome_spec
from cdanalysis.errors import CohortError
from cdanalysis.reading.bytes.text.text_form import TextForm, from_told, to_told
from cdanalysis.reading.headers.matching import flat_specs
from cdanalysis.reading.headers.over_time.by_week import name_by_week
from cdanalysis.reading.headers.rows import CHOSEN, DECIDE, LEFT_OUT, PROPOSED, Matching, MatchRow, SheetMatch
from cdanalysis.reading.headers.units.stated_units import stated_unit, with_unit
from cdanalysis.reading.headers.units.unit_words import CHOICES, DATES, conversion, factor_of, known_unit

FORMAT, VERSION = "cdanalysis matching", 1
FURTHER, LEAVE_OUT = "(further column)", "(leave out)"
BY_READER = "left out by the reader"
MOST_CHARACTERS = 1_000_000
_KNOWN = {
    sheet: {spec.name: spec for spec in (*specs, *(flat_specs() if sheet == "patients" else ()))}
    for sheet, specs in COLUMNS.items()
}
_STRANGE = "This is not a matching saved by cdanalysis."


def chosen(row: MatchRow, column: str, unit: str = "", week: float | None = None) -> MatchRow:
    """The row with the reader's choice: a column's name, FURTHER or LEAVE_OUT, the unit of its values, a visit's week.

    Raises CohortError if there is no such column in the sheet, or if the unit cannot be converted to the column's.
    """
    plain = MatchRow(row.sheet, row.header, "", CHOSEN)
    if column == FURTHER:
        return replace(plain, note="kept as a further column")
    if column == LEAVE_OUT:
        return replace(plain, how=LEFT_OUT, note=BY_READER)
    spec = _KNOWN.get(row.sheet, {}).get(column) or (outcome_spec(column) if row.sheet == "patients" else None)
    if spec is None:
        raise CohortError(f"The sheet {row.sheet} has no column {column}.")
    if not unit:  # the unit that the header states, or none: then it is asked about
        return with_unit(replace(plain, column=column, week=week), spec, *stated_unit(row.header, spec))
    factor = factor_of(spec, unit) if spec.kind != "date" else 1.0 if unit in DATES else None
    if factor is None or (unit in DATES and spec.kind == "number" and (row.sheet != "patients" or week is not None)):
        raise CohortError(f"{row.header}: {unit} cannot be converted to {spec.unit or 'what this column holds'}.")
    known = known_unit(unit, spec.unit) or unit
    return replace(plain, column=column, factor=factor, week=week, unit=known, note=conversion(spec, known))


def corrected(
    matching: Matching, choices: Mapping[int, tuple[str, str, float | None]], sheets: Mapping[str, str]
) -> Matching:
    """The matching with choices (place of the row -> column, unit, week) and sheets (name in the file -> dictionary's)."""
    rows = tuple(chosen(row, *choices[place]) if place in choices else row for place, row in enumerate(matching.rows))
    return Matching(rows, _assigned(matching.sheets, sheets), matching.text)


def _assigned(known: Iterable[SheetMatch], sheets: Mapping[str, str]) -> tuple[SheetMatch, ...]:
    return tuple(SheetMatch(one.name, sheets[one.name], CHOSEN) if one.name in sheets else one for one in known)


def in_form(matching: Matching, form: TextForm) -> Matching:
    """The reader's own choices of columns and sheets, for the same file in another form; the rest is matched anew."""
    rows = tuple(row for row in matching.rows if row.how == CHOSEN or row.note == BY_READER)
    return Matching(rows, tuple(one for one in matching.sheets if one.how == CHOSEN), form)


def choice_of(row: MatchRow) -> str:
    """What a select box shows of a row: the inverse of `chosen`."""
    return row.column or (LEAVE_OUT if row.how == LEFT_OUT else FURTHER)


def to_json(matching: Matching, *, with_answers: bool = True) -> str:
    """The matching as JSON; `from_json` gives it back.

    with_answers: whether what answers settled is written as chosen; a study file keeps the answers themselves.
    """
    kept = [row for row in matching.rows if with_answers or not row.answered or row.how == CHOSEN]
    columns = [
        {
            "sheet": row.sheet,
            "header": row.header,
            "column": choice_of(row),
            "unit": row.unit if with_answers or not row.answered else "",
            "week": row.week,
        }
        for row in kept
        if row.header and row.how not in (DECIDE, PROPOSED) and not name_by_week(row)
    ]
    sheets = {one.name: one.sheet for one in matching.sheets if one.sheet or one.how == CHOSEN}
    whole = {"format": FORMAT, "version": VERSION, "sheets": sheets, "columns": columns}
    if matching.text and matching.text.chosen:
        whole["text"] = to_told(matching.text)
    return json.dumps(whole, ensure_ascii=False, indent=1)


def from_json(text: str | bytes) -> Matching:
    """A saved matching; CohortError, and nothing else, where it is not one."""
    try:
        told = json.loads(text) if len(text) <= MOST_CHARACTERS else None
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or told.get("format") != FORMAT or told.get("version") != VERSION:
        raise CohortError(_STRANGE)
    sheets, columns = told.get("sheets"), told.get("columns")
    if not isinstance(sheets, dict) or not isinstance(columns, list):
        raise CohortError(_STRANGE)
    rows = tuple(_row(one) for one in columns)
    named = tuple(SheetMatch(str(name), _sheet(sheet), CHOSEN) for name, sheet in sheets.items())
    return Matching(rows, named, from_told(told.get("text", {})))


def _sheet(name: Any) -> str:
    if name != "" and name not in COLUMNS:
        raise CohortError(f"{_STRANGE} It names a sheet that is none: {str(name)[:40]}.")
    return name


def _row(told: Any) -> MatchRow:
    if not isinstance(told, dict) or not all(isinstance(told.get(key), str) for key in ("sheet", "header", "column")):
        raise CohortError(_STRANGE)
    unit, week = told.get("unit", ""), told.get("week")
    if not isinstance(unit, str) or not (week is None or _is_week(week)):
        raise CohortError(_STRANGE)
    return chosen(MatchRow(_sheet(told["sheet"]), told["header"], "", CHOSEN), told["column"], unit, week)


def _is_week(week: Any) -> bool:
    return isinstance(week, (int, float)) and not isinstance(week, bool) and 0 <= week <= 2600


def units_of_choice() -> tuple[str, ...]:
    """The units a reader may choose; empty is the dictionary's own."""
    return ("", *CHOICES)
