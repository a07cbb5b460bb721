"""Rows by visit: the names of the visits become weeks, the arms a column of their own."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.headers.matching import match_headers
from cdanalysis.reading.headers.names import MEASURED_AT_VISITS
from cdanalysis.reading.headers.over_time.series import asked_weeks
from cdanalysis.reading.headers.units.unit_words import normalised
from cdanalysis.reading.questions import Asking
from cdanalysis.reading.rows.exporters import MOST_NAMED
from cdanalysis.reading.rows.header.row_names import id_place
from cdanalysis.reading.rows.redcap import EVENT, EVENTS
from cdanalysis.reading.rows.shape import RawSheet, holds
from cdanalysis.reading.rows.visit_names import arm_of, week_of
from cdanalysis.reading.warned import counted, warned
from cdanalysis.results import Fault

WEEK, ARM = "week", "arm"
MOST_UNKNOWN = 12  # names of visits: more are no schedule
VISITS = (
    *(
        EVENT,
        "event name",
        "visit",
        "visit name",
        "visit label",
        "timepoint",
        "time point",
        "study visit",
        "visite",
        "zeitpunkt",
        "visita",
        "besuch",
        "bezoek",
        "momento",
    ),
    *("访视", "访视名称", "随访时间点", "时间点", "随访点"),
)


def with_weeks(table: RawSheet, asking: Asking) -> RawSheet:
    """The column of the visits' names as weeks, and the arms beside it where there are several."""
    place = next((place for place, header in enumerate(table.headers) if normalised(header) in VISITS), None)
    if place is None or id_place(table.headers) is None:
        return table
    of_redcap = normalised(table.headers[place]) in EVENTS
    if _has_time(table, place):
        return _without_events(table, place) if of_redcap else table
    names = [_name(row[place]) for _, row in table.rows]
    weeks = {name: week_of(name) for name in dict.fromkeys(names) if name}
    if not of_redcap:
        weeks |= _asked(table, place, names, weeks, asking)
    if all(week is None for week in weeks.values()):
        return _without_events(table, place) if of_redcap else table
    arms = {name: arm_of(name)[1] for name in weeks}
    added = len(set(arms.values())) > 1
    rows = tuple(
        (number, (*_replaced(row, place, weeks.get(name)), *([arms.get(name)] if added else [])))
        for name, (number, row) in zip(names, table.rows, strict=True)
    )
    headers = (*_replaced(table.headers, place, WEEK), *([ARM] if added else []))
    labels = (*table.labels, *([""] if added else [])) if table.labels else ()
    return replace(
        table, headers=headers, rows=rows, labels=labels, faults=(*table.faults, *_said(table, place, names, weeks))
    )


def _asked(
    table: RawSheet, place: int, names: Sequence[str], weeks: Mapping[str, float | None], asking: Asking
) -> Mapping[str, float | None]:
    """The weeks of the visits whose names say none, where a patient has a row a visit and something is measured at them."""
    unknown = [name for name, week in weeks.items() if week is None]
    ids = id_place(table.headers)
    visits = [(row[ids], name) for (_, row), name in zip(table.rows, names, strict=True) if name and ids is not None]
    by_visit = len(set(visits)) == len(visits) and len({one for one, _ in visits}) < len(visits)
    measured = any(row.column in MEASURED_AT_VISITS.names for row in match_headers("visits", table.headers))
    if not unknown or len(unknown) > MOST_UNKNOWN or not by_visit or not measured:
        return {}
    n = sum(name in unknown for name in names)
    evidence = f"{counted(n, 'row')} of {table.headers[place]}; without a time until then"
    return asked_weeks(table.name, unknown, evidence, asking)


def _name(cell: Cell) -> str:
    return str(cell).strip() if holds(cell) else ""


def _replaced(row: Sequence, place: int, cell: object) -> tuple:
    return (*row[:place], cell, *row[place + 1 :])


def _has_time(table: RawSheet, place: int) -> bool:
    """Whether another column says the week, month or day already."""
    others = [header for at, header in enumerate(table.headers) if at != place]
    return any(row.column in ("week", "months", "days") for row in match_headers("visits", others))


def _without_events(table: RawSheet, place: int) -> RawSheet:
    """Events of which none says a time: their names are left out, their rows are a patient's."""
    names = list(dict.fromkeys(_name(row[place]) for _, row in table.rows if holds(row[place])))
    said = _fault(
        table,
        place,
        f"events without a time: {_some(names)}",
        "a name such as week 8; the rows of a patient are put together",
    )
    left = table.of_columns([at for at in range(len(table.headers)) if at != place])
    return replace(left, faults=(*table.faults, said))


def _said(table: RawSheet, place: int, names: Sequence[str], weeks: Mapping[str, float | None]) -> list[Fault]:
    told = [f"{name} = week {week:.4g}" for name, week in weeks.items() if week is not None]
    timeless = [name for name, week in weeks.items() if week is None]
    faults = [_fault(table, place, f"names of visits read as weeks: {_some(told)}", "a week, a month or a date")]
    if timeless:
        n = sum(name in timeless for name in names)
        accepted = "a name such as week 8, or a date; their other values are used"
        faults.append(_fault(table, place, f"{n} rows of events without a time: {_some(timeless)}", accepted))
    return faults


def _fault(table: RawSheet, place: int, found: str, accepted: str) -> Fault:
    return warned(table.name, found, accepted, column=table.headers[place])


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:MOST_NAMED]) + (f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else "")
