"""The outcomes of a table: which headers they take."""

from collections.abc import Sequence
from dataclasses import replace

from cdanalysis.dictionary.columns import TIME_COLUMNS
from cdanalysis.dictionary.outcomes import ENTRY, EVENT, column_of, label_of, parted_column
from cdanalysis.reading.bytes.files import RawSheet
from cdanalysis.reading.headers.doubts import column_cells
from cdanalysis.reading.headers.over_time.repeated import one_row_each
from cdanalysis.reading.headers.rows import BY_OUTCOME, CHOSEN, NOT_MATCHED, MatchRow
from cdanalysis.reading.outcomes.codes.event_column import noun_of_texts
from cdanalysis.reading.outcomes.columns import ends_among, has_visits, looked_at, named_alike
from cdanalysis.reading.outcomes.common_stem import with_common_stem
from cdanalysis.reading.outcomes.looked import Looked
from cdanalysis.reading.outcomes.pairs import Pair, in_order, offered, paired
from cdanalysis.reading.outcomes.row_kinds import without_row_kinds
from cdanalysis.reading.outcomes.times.ends import FOLLOW_UP, LAST, START, with_dates, with_follow_up
from cdanalysis.reading.outcomes.times.intervals import entered, interval_among, late_entry
from cdanalysis.reading.outcomes.times.time_of_all import of_all
from cdanalysis.reading.outcomes.times.unit_columns import units_beside
from cdanalysis.reading.outcomes.unpaired import completed
from cdanalysis.reading.questions import Asking

KEPT = ("exact name", CHOSEN)
NOTES = {
    "event": "whether it happened",
    "months": "its time or that of censoring",
    ENTRY: "where its time begins",
    "date": "its date",
}


def claims_of(
    rows: Sequence[MatchRow], table: RawSheet, asking: Asking, *, alone: bool = True
) -> tuple[tuple[MatchRow, ...], list[Pair]]:
    """The rows with the columns of outcomes named as such, and the outcomes; last those that lack a time or an event.

    alone: whether the file can state outcomes nowhere but in this table.
    """
    one_row = one_row_each(rows, table, but_few=interval_among(rows, table) is None)
    visits = not one_row and any(row.column in TIME_COLUMNS["visits"] for row in rows)
    rows, columns = units_beside(rows, looked_at(rows, table, one_row=one_row), table)
    columns = named_alike(columns if one_row else without_row_kinds(columns, rows, table))
    columns = with_common_stem(columns, asking)
    interval = interval_among(rows, table)
    if interval is not None:
        bounds = (interval.start.place, interval.stop.place)
        columns = sorted(
            [*(one for one in columns if one.place not in bounds), interval.stop], key=lambda one: one.place
        )
    rows = with_dates(rows, columns, asking) if one_row or (not visits and interval is None) else rows
    rows = with_follow_up(rows, columns, table, asking) if one_row else rows
    ends = {name: rows[place].header for name, place in ends_among(rows).items()}
    columns = [one for one in columns if rows[one.place].column not in (START, LAST) and not _is_end(rows[one.place])]
    known = offered(columns, ends, asking, visits=visits)
    found = completed(
        of_all(paired(known), known), columns, known, alone=alone and not has_visits(rows, one_row=one_row)
    )
    pairs = late_entry(entered(in_order(found), interval), rows, table)
    pairs = [_named(pair, table) for pair in pairs]
    taken: dict[int, str] = {}
    for pair in pairs:
        for role, one in parts_of(pair):
            taken.setdefault(one.place, column_of(pair.code, role))
    lone = {one.place: _lone(one, rows[one.place]) for one in columns if one.place not in taken}
    kept = {place: pair for place, pair in lone.items() if pair}
    claimed = (row if place in kept else _claimed(row, taken.get(place, "")) for place, row in enumerate(rows))
    return tuple(claimed), [*pairs, *kept.values()]


def _is_end(row: MatchRow) -> bool:
    """Whether a column was named as the follow-up of everybody."""
    return row.column == FOLLOW_UP.name and row.how == BY_OUTCOME


def parts_of(pair: Pair) -> list[tuple[str, Looked]]:
    """The columns of an outcome with their roles."""
    parts = (("months", pair.time), (ENTRY, pair.entry), ("date", pair.date), ("event", pair.event))
    return [(role, one) for role, one in parts if one is not None]


def _lone(one: Looked, row: MatchRow) -> Pair | None:
    """A column that the dictionary or the reader calls an outcome's and that has no partner: read, and not offered."""
    code, role = parted_column(row.column)
    if not code or (row.how not in KEPT and not one.said.sure):
        return None
    part = {"event": "event", "months": "time", "date": "date"}[role]
    return replace(Pair(code, label_of(code), lone=True), **{part: one})


def _named(pair: Pair, table: RawSheet) -> Pair:
    """An outcome that no header names is called as its cells call it: `dead` beside `alive` is death."""
    if pair.event is None or pair.code != EVENT.code:
        return pair
    noun = noun_of_texts(column_cells(table, pair.event.place), pair.event.said)
    return replace(pair, code=noun.code, label=noun.label) if noun else pair


def _claimed(row: MatchRow, column: str) -> MatchRow:
    """The row of a column that an outcome takes; one that only its word made an outcome's is a further column again."""
    code, role = parted_column(column)
    if code:
        if parted_column(row.column)[0] == code:
            return row
        note = NOTES[role]
        how = row.how if row.how == CHOSEN else BY_OUTCOME
        return replace(row, column=column, how=how, note=note, factor=1.0, choices=())
    if parted_column(row.column)[0]:
        return replace(row, column="", how=NOT_MATCHED, note="kept as a further column", factor=1.0, unit="")
    return row
