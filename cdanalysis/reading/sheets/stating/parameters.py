"""Times to events as trials keep them (CDISC ADTTE): a row per patient and parameter -> a row per patient.

`PARAMCD` or `PARAM` names the outcome, `AVAL` is its time, `AVALU` the unit, and `CNSR` is 0 for the event and 1 or more for
a censoring: the other way round than a status. Each parameter becomes a time and an event, headed in words.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cdanalysis.dictionary.outcomes import NOUN_OF
from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.cells.cells import identity
from cdanalysis.reading.cells.numbers.number_texts import plain_number
from cdanalysis.reading.headers.header_words import unit_in
from cdanalysis.reading.headers.units.unit_words import LASTING, known_unit, normalised
from cdanalysis.reading.rows.header.row_names import id_place
from cdanalysis.reading.rows.shape import RawSheet, holds
from cdanalysis.reading.warned import counted, warned
from cdanalysis.results import Fault

VALUE, CENSORING, UNIT, CODE, NAME = "aval", "cnsr", "avalu", "paramcd", "param"
HAPPENED, CENSORED = "event", "censored"
# What says no more than the parameter, or how its time came about, row by row.
_OF_PARAMETER = """avalu avalc param paramcd paramn parcat1 parcat1n evntdesc cnsdtdsc cnsrdesc evntdescn adt adtm ady startdt
    startdtm astdt srcdom srcvar srcseq anl01fl aseq seq dtype visit avisit avisitn"""
OF_PARAMETER = frozenset(_OF_PARAMETER.split())
MOST_PARAMETERS = 24
_ASIDE = re.compile(r"\s*[(\[].*?[)\]]")
_TOWARDS = re.compile(r"^(?:time (?:from \w+ )?to|duration of)\s+(?:the\s+)?", re.IGNORECASE)


@dataclass(frozen=True)
class Parameter:
    """What the two columns of a parameter are headed by, and each patient's row; unit: "" where its rows say several or none."""

    noun: str
    unit: str
    rows: Mapping[str, Sequence[Cell]]


def apart(table: RawSheet) -> RawSheet:
    """A table of parameters with a row per patient; another table, or one whose rows are not that, as it is."""
    places = {normalised(header): place for place, header in reversed(list(enumerate(table.headers)))}
    ids = id_place(table.headers)
    if ids is None or VALUE not in places or CENSORING not in places or not _are_codes(table, places[CENSORING]):
        return table
    found = _parameters(table, places, ids)
    if not found or len(found) > MOST_PARAMETERS:
        return table
    patients = list(dict.fromkeys(identity(row[ids]) for _, row in table.rows if holds(row[ids])))
    first = {identity(row[ids]): (number, row) for number, row in reversed(table.rows) if holds(row[ids])}
    kept = of_patients(table, ids, {places[VALUE], places[CENSORING]})
    headers = [table.headers[at] for at in kept] + [text for one in found for text in _headers(one)]
    rows = tuple(
        (first[one][0], (*(first[one][1][at] for at in kept), *_cells(one, found, places))) for one in patients
    )
    labels = (*(table.labels[at] for at in kept), *[""] * (2 * len(found))) if table.labels else ()
    return replace(
        table, headers=tuple(headers), rows=rows, labels=labels, faults=(*table.faults, *_said(table, found))
    )


def _are_codes(table: RawSheet, place: int) -> bool:
    """Whether the censoring is whole numbers from 0 on, as CDISC has it."""
    numbers = [plain_number(row[place])[0] for _, row in table.rows if holds(row[place])]
    return bool(numbers) and all(number is not None and number >= 0 and number.is_integer() for number in numbers)


def _parameters(table: RawSheet, places: Mapping[str, int], ids: int) -> list[Parameter]:
    """The parameters in their order; none where a patient has two rows of one."""
    key = places.get(CODE, places.get(NAME))
    groups: dict[str, dict[str, Sequence[Cell]]] = {}
    for _, row in table.rows:
        if not holds(row[ids]):
            continue
        rows = groups.setdefault("" if key is None else identity(row[key]), {})
        if identity(row[ids]) in rows:
            return []
        rows[identity(row[ids])] = row
    return [_parameter(code, rows, places) for code, rows in groups.items()]


def _parameter(code: str, rows: Mapping[str, Sequence[Cell]], places: Mapping[str, int]) -> Parameter:
    label = next(
        (identity(row[places[NAME]]) for row in rows.values() if NAME in places and holds(row[places[NAME]])), ""
    )
    units = {
        identity(row[places[UNIT]]) if UNIT in places and holds(row[places[UNIT]]) else "" for row in rows.values()
    }
    stated = next((unit for unit in units if known_unit(unit) in LASTING), "") if len(units) == 1 else ""
    in_label = next((known_unit(unit_in(text.strip(" ()[]"))) for text in _ASIDE.findall(label)), "")
    noun = code.casefold() if code.casefold() in NOUN_OF else _TOWARDS.sub("", _ASIDE.sub("", label)) or code or "event"
    return Parameter(noun.strip(), known_unit(stated) or (in_label if units == {""} else ""), rows)


def _headers(one: Parameter) -> tuple[str, str]:
    """`OS time (days)` and `OS event`."""
    name = one.noun.upper() if len(one.noun) <= 4 else one.noun
    return f"{name} time{f' ({one.unit})' if one.unit else ''}", f"{name} event"


def _cells(patient: str, found: Sequence[Parameter], places: Mapping[str, int]) -> list[Cell]:
    """The time and the event of each parameter of a patient; a time with its unit where they differ from row to row."""
    cells: list[Cell] = []
    for one in found:
        row = one.rows.get(patient)
        value, censoring = (None, None) if row is None else (row[places[VALUE]], row[places[CENSORING]])
        unit = identity(row[places[UNIT]]) if row is not None and UNIT in places and holds(row[places[UNIT]]) else ""
        cells.append(f"{value} {unit}" if unit and not one.unit and holds(value) else value)
        number = plain_number(censoring)[0]
        cells.append(None if number is None else CENSORED if number else HAPPENED)
    return cells


def of_patients(table: RawSheet, ids: int, used: set[int]) -> list[int]:
    """The places of the columns that hold one value of each patient."""
    kept = []
    for place, header in enumerate(table.headers):
        if place in used or normalised(header) in OF_PARAMETER:
            continue
        known: dict[str, str] = {}
        rows = [(identity(row[ids]), identity(row[place]) if holds(row[place]) else "") for _, row in table.rows]
        if all(known.setdefault(one, cell) == cell for one, cell in rows):
            kept.append(place)
    return kept


def _said(table: RawSheet, found: Sequence[Parameter]) -> list[Fault]:
    names = ", ".join(_headers(one)[0] for one in found)
    told = f"a row per patient and parameter, put together to a row per patient: {names}"
    n = counted(sum(len(one.rows) for one in found), "row")
    code = next(header for header in table.headers if normalised(header) == CENSORING)
    return [
        warned(table.name, told, "one row per patient"),
        warned(table.name, f"{n}: 0 read as the event, 1 and more as censored, as CDISC has it", "CNSR", column=code),
    ]
