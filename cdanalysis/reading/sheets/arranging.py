"""The sheets of a file, or of several files -> one table for each sheet of the dictionary; what is left out is named.

What a sheet is that neither its name nor its columns tell is asked, and it is left out until then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cdanalysis.reading.cells import remarks
from cdanalysis.reading.cells.cells import identity
from cdanalysis.reading.dates import ranges
from cdanalysis.reading.headers.matching import Matching, SheetMatch
from cdanalysis.reading.headers.sheet_names import match_sheet
from cdanalysis.reading.outcomes.headers.headers import Said, said_by
from cdanalysis.reading.questions import Asking
from cdanalysis.reading.rows import access, exporters, results_in_rows
from cdanalysis.reading.rows.filled_down import filled_down
from cdanalysis.reading.rows.header.labels import with_labels
from cdanalysis.reading.rows.header.row_names import id_place
from cdanalysis.reading.rows.no_patients.strangers import without_strangers
from cdanalysis.reading.rows.redcap import forms
from cdanalysis.reading.rows.several_tables import several
from cdanalysis.reading.rows.shape import RawSheet, holds
from cdanalysis.reading.rows.visit_rows import with_weeks
from cdanalysis.reading.rows.written_marks import without_marks
from cdanalysis.reading.sheets import per_patient
from cdanalysis.reading.sheets.codebook import with_codebook
from cdanalysis.reading.sheets.kinds import BY_COLUMNS, EVERY, NOT_USED, Seen, decided, seen
from cdanalysis.reading.sheets.patients import Patients
from cdanalysis.reading.sheets.stating import parameters, wide_states
from cdanalysis.reading.sheets.stating.named_events import named_by_event
from cdanalysis.reading.sheets.stating.stated_at_visits import with_states
from cdanalysis.reading.sheets.together import below_each_other
from cdanalysis.reading.sheets.upright import known_names, upright
from cdanalysis.reading.warned import warned
from cdanalysis.results import Fault

LEAST_NAMES = 2  # of columns of the dictionary, in a table of patients
LEAST_ROWS = 5  # of patients: fewer are results
LEAST_KNOWN = 0.5  # of the first cells of a sheet's rows: then they are patients' ids


@dataclass(frozen=True, eq=False)
class Arranged:
    """One table per sheet of the dictionary; sheets: what each of the file is. names: of the file's sheets, by place."""

    tables: dict[str, RawSheet]
    sheets: tuple[SheetMatch, ...]
    faults: tuple[Fault, ...] = ()
    names: tuple[str, ...] = ()


def arranged(raw: Sequence[RawSheet], given: Matching | None, asking: Asking) -> Arranged:
    """The tables of a file; `given` decides the sheets that it names."""
    raw = per_patient.together(raw, asking)
    whole = [_as_columns(part) for table in raw if table.rows for part in several(table)]
    filled = [with_weeks(form, asking) for table in with_codebook(whole) for form in forms(table)]
    alone = _alone(filled, raw)
    tables = [_cleaned(table, asking, alone=place == alone) for place, table in enumerate(filled)]
    named = [named_by_event(one) for one in seen(tables, given.sheets if given else ())]
    found = _with_patients(decided(named, asking, alone=alone))
    made, faults = {}, []
    for kind in dict.fromkeys(one.match.sheet for one in found if one.match.sheet):
        numbered = [(place, one) for place, one in enumerate(found) if one.match.sheet == kind]
        if kind == "patients":
            patients = Patients(numbered, asking)
            made[kind] = patients.table
            found = [replace(one, match=patients.out.get(place, one.match)) for place, one in enumerate(found)]
        else:
            made[kind] = _of_one_kind(kind, numbered)
    made |= _with_states(found, made, asking)
    faults += [*_by_columns(found), *_unused(found, made)]
    return Arranged(made, tuple(one.match for one in found), tuple(faults), tuple(table.name for table in tables))


def _as_columns(table: RawSheet) -> RawSheet:
    """The table with a column for each thing that it says, however it lies."""
    return ranges.apart(
        remarks.apart(
            with_labels(
                results_in_rows.apart(
                    upright(parameters.apart(access.with_yes_and_no(exporters.unwrapped(without_marks(table)))))
                )
            )
        )
    )


def _alone(filled: Sequence[RawSheet], raw: Sequence[RawSheet]) -> int | None:
    """The place of the one table that can be of patients, though nothing says so: without a name or ids, by its columns."""
    if any(match_sheet(table.name) for table in raw if not table.rows):
        return None
    if len(filled) == 1:
        return 0
    if any(match_sheet(table.name) or id_place(table.headers) is not None for table in filled):
        return None
    places = [place for place, table in enumerate(filled) if known_names(table.headers, LEAST_NAMES) == LEAST_NAMES]
    return places[0] if len(places) == 1 else None


def _cleaned(table: RawSheet, asking: Asking, *, alone: bool) -> RawSheet:
    """Without the rows that are no patients, where the table is one of patients."""
    if not alone and id_place(table.headers) is None:
        return table
    return wide_states.together(filled_down(without_strangers(table, asking)), asking)


def _with_patients(found: list[Seen]) -> list[Seen]:
    """Where no sheet is one of patients, that of their visits tells who they are."""
    kinds = {one.match.sheet for one in found}
    if "patients" in kinds or "visits" not in kinds:
        return found
    return [
        replace(one, match=replace(one.match, sheet="patients")) if one.match.sheet == "visits" else one
        for one in found
    ]


def _with_states(found: Sequence[Seen], made: Mapping[str, RawSheet], asking: Asking) -> dict[str, RawSheet]:
    """The tables of the patients and of their one sheet of visits, whose states of an outcome are the patients'."""
    visits = [(place, one) for place, one in enumerate(found) if one.match.sheet == "visits"]
    if len(visits) != 1 or "patients" not in made:
        return {}
    ((place, one),) = visits
    patients, table = with_states(made["patients"], one, place, asking)
    return {"patients": patients, "visits": table}


def _of_one_kind(kind: str, numbered: Sequence[tuple[int, Seen]]) -> RawSheet:
    tables = [(place, one.table) for place, one in numbered]
    return tables[0][1] if len(tables) == 1 else below_each_other(kind, tables)


def _by_columns(found: Sequence[Seen]) -> list[Fault]:
    """What a sheet of several rows per patient is by its columns alone, said."""
    return [
        warned(
            one.match.name,
            f"a sheet read as {EVERY[one.match.sheet]}, by its columns",
            "a sheet named by what it holds",
        )
        for one in found
        if one.match.how == BY_COLUMNS and one.match.sheet in EVERY
    ]


def _unused(found: Sequence[Seen], made: dict[str, RawSheet]) -> list[Fault]:
    """Each sheet that holds patients' ids, or states an outcome of whom it does not say, and is not used, named."""
    unused = [one for one in found if not one.match.sheet]
    base = Seen(made["patients"], SheetMatch("", "", "")) if unused and "patients" in made else None
    ids = set(base.ids) - {""} if base else set()
    return [
        warned(
            one.match.name,
            f"a sheet of {len(one.table.rows)} rows {what}, left out: {one.match.note or NOT_USED}",
            "an answer to what it holds, or one row per patient with the ids of the others",
        )
        for one in unused
        if (what := _what_is_lost(one, ids))
    ]


def _what_is_lost(one: Seen, ids: set[str]) -> str:
    """What a sheet holds of patients; empty where nothing is known of it."""
    if one.id_place is not None or _holds_ids(one.table, ids):
        return "with patients' ids"
    timed = [header for header in one.table.headers if (said := said_by(header)).role == "months" and _is_outcome(said)]
    return f"with {timed[0]}" if timed and len(one.table.rows) >= LEAST_ROWS else ""


def _is_outcome(said: Said) -> bool:
    return said.noun is not None and not said.generic


def _holds_ids(table: RawSheet, ids: set[str]) -> bool:
    first = [identity(row[0]) for _, row in table.rows if row and holds(row[0])]
    return bool(first) and sum(one in ids for one in first) >= LEAST_KNOWN * len(first)
