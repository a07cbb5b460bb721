"""A sheet of visits that says at each whether the outcome had happened, beside a sheet of patients that says nothing of it.

The patients' table gets a row for each visit, of its time and its states alone: it is then read as any table by visit is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cdanalysis.dictionary.columns import TIME_COLUMNS
from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.headers.matching import match_headers
from cdanalysis.reading.outcomes.columns import looked_at
from cdanalysis.reading.outcomes.headers.headers import said_by
from cdanalysis.reading.outcomes.looked import Looked
from cdanalysis.reading.questions import Asking
from cdanalysis.reading.rows.shape import RawSheet, holds
from cdanalysis.reading.sheets.ids import translated
from cdanalysis.reading.sheets.kinds import Seen
from cdanalysis.reading.sheets.origins import numbered
from cdanalysis.reading.warned import warned

PARTS = ("event", "months", "date")


def with_states(patients: RawSheet, visits: Seen, place: int, asking: Asking) -> tuple[RawSheet, RawSheet]:
    """The patients with the states of the visits, and the visits without them; place: of the visits among the file's sheets."""
    base, table = Seen(patients, visits.match), visits.table
    states = _states(patients, table)
    matched = match_headers("visits", table.headers) if states else ()
    times = [at for at, row in enumerate(matched) if row.column in TIME_COLUMNS["visits"]]
    if not times or base.id_place is None or not base.is_by_patient:
        return patients, table
    kept = [*times, *(one.place for one in states)]
    rows = tuple(_rows(base, visits, kept, place, asking))
    width = len(patients.headers)
    own = tuple((number, (*row[:width], *[None] * len(kept), *row[width:])) for number, row in patients.rows)
    headers = (*patients.headers, *(table.headers[at] for at in kept))
    labels = (*patients.labels, *[""] * len(kept)) if patients.labels else ()
    names = ", ".join(one.header for one in states)
    said = warned(table.name, f"{names}: of the visits, put together to one of each patient", "one row per patient")
    whole = replace(
        patients, headers=headers, rows=(*own, *rows), labels=labels, faults=(*patients.faults, said),
        codes={**table.codes, **patients.codes},
    )  # fmt: skip
    places = {one.place for one in states}
    return whole, table.of_columns([at for at in range(len(table.headers)) if at not in places])


def _states(patients: RawSheet, visits: RawSheet) -> list[Looked]:
    """The columns of the visits that state an outcome which the patients' table does not."""
    looked = looked_at(match_headers("patients", visits.headers, flat=True), visits, one_row=False)
    events = [one for one in looked if one.said.role == "event" and one.codes and one.header not in patients.headers]
    named = [one for one in events if one.said.noun is not None and (one.said.noun.plain or one.said.strong)]
    known = {_outcome(header) for header in patients.headers} if named else set()
    return [one for one in named if _outcome(one.header) not in known]


def _outcome(header: str) -> str:
    said = said_by(header)
    return said.noun.code if said.noun and said.role in PARTS else ""


def _rows(
    base: Seen, visits: Seen, kept: Sequence[int], place: int, asking: Asking
) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """A row of the patients' table for each visit of a patient that it has; of another the visits themselves say it."""
    known = {one: row[base.id_place or 0] for one, (_, row) in zip(base.ids, base.table.rows, strict=True) if one}
    same, _ = translated(known, filter(None, visits.ids), visits.table.name, asking)
    for one, (number, row) in zip(visits.ids, visits.table.rows, strict=True):
        whose = known.get(same.get(one, one))
        if one and whose is not None and any(holds(row[at]) for at in kept):
            mine: list[Cell] = [None] * len(base.table.headers)
            mine[base.id_place or 0] = whose
            yield numbered(number, place), (*mine, *(row[at] for at in kept))
