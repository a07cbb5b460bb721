"""A sheet named by what happened, `Relapses`, `Hospital admissions`, `Graft loss`, that holds when: of that event."""

from dataclasses import replace

from cdanalysis.dictionary.columns import CATEGORIES, TIME_COLUMNS
from cdanalysis.dictionary.outcomes import NOUN_OF, Noun
from cdanalysis.reading.headers.evidence.kinds import are_dates, held_cells
from cdanalysis.reading.headers.matching import CHOSEN, SheetMatch, match_headers
from cdanalysis.reading.outcomes.headers.headers import said_by
from cdanalysis.reading.outcomes.headers.vocabulary import NO_EVENTS
from cdanalysis.reading.sheets.kinds import MEASURES, Seen
from cdanalysis.reading.warned import warned

BY_NAME, EVENT = "by its name", "event"


def named_by_event(one: Seen) -> Seen:
    """The sheet with what happened as a column, or in the header of its date; another sheet as it is."""
    said = said_by(one.table.name)
    if one.match.how == CHOSEN or one.match.sheet == "patients" or one.id_place is None or said.noun is None:
        return one
    if said.generic or said.negated or said.role not in ("", "event") or said.stem in NO_EVENTS:
        return one
    noun = NOUN_OF[said.noun.code.replace("_", " ")]
    place = _time(one, noun)
    if place is None:
        return one
    if noun.code in CATEGORIES["event"] and not (one.is_by_patient and _names(one.table.headers[place], noun)):
        return _of_events(one, noun, place)
    return _dated(one, noun, place) if one.is_by_patient else one


def _time(one: Seen, noun: Noun) -> int | None:
    """The place of the one time of a sheet that says of nothing else whether it happened, and measures nothing."""
    rows = match_headers("events", one.table.headers)
    at_visits = {row.column for row in match_headers("visits", one.table.headers)}
    if any(row.column == EVENT for row in rows) or at_visits & MEASURES["visits"]:
        return None
    if any(said_by(row.header).role == "event" for row in rows):
        return None
    named = [place for place, row in enumerate(rows) if _names(row.header, noun)]
    timed = [place for place, row in enumerate(rows) if row.column in TIME_COLUMNS["events"]]
    return named[0] if len(named) == 1 else timed[0] if len(timed) == 1 and not named else None


def _names(header: str, noun: Noun) -> bool:
    """Whether a header is of the date of the event by its own name."""
    said = said_by(header)
    return said.role == "date" and said.noun is not None and said.noun.code == noun.code


def _of_events(one: Seen, noun: Noun, place: int) -> Seen:
    table, width = one.table, len(one.table.headers)
    named = _names(table.headers[place], noun)
    headers = tuple("event_date" if named and at == place else header for at, header in enumerate(table.headers))
    rows = tuple((number, (*row[:width], noun.code, *row[width:])) for number, row in table.rows)
    labels = (*table.labels, "") if table.labels else ()
    said = warned(
        table.name,
        f"each row read as {_article(noun.label)} {noun.label}, by the name of the sheet",
        "a column that says what happened",
    )
    whole = replace(table, headers=(*headers, EVENT), rows=rows, labels=labels, faults=(*table.faults, said))
    return Seen(whole, SheetMatch(one.match.name, "events", BY_NAME))


def _article(label: str) -> str:
    return "an" if label[0] in "aeio" else "a"


def _dated(one: Seen, noun: Noun, place: int) -> Seen:
    """The sheet with the event in the header of its date; a number as it is, for it may be of anything."""
    table = one.table
    if _names(table.headers[place], noun) or not are_dates(held_cells([row[place] for _, row in table.rows])):
        return one
    header = f"Date of {noun.label}"
    said = warned(
        table.name,
        f"{table.headers[place]} read as the {header.lower()}, by the name of the sheet",
        f"{header} in the header",
    )
    headers = tuple(header if at == place else text for at, text in enumerate(table.headers))
    return replace(one, table=replace(table, headers=headers, faults=(*table.faults, said)))
