"""Whether a patient has one row or several, and which times are then of no visit."""

from collections import Counter
from collections.abc import Sequence

from cdanalysis.dictionary.columns import TIME_COLUMNS
from cdanalysis.reading.bytes.files import Cell, RawSheet
from cdanalysis.reading.cells.cells import is_missing
from cdanalysis.reading.headers.rows import MatchRow, place_of_ids

VISIT_TIMES = ("days", "week", "months")


# Of the patients, and patients: fewer that have several rows are typed twice.
MOST_TWICE, MANY = 0.2, 12


def one_row_each(rows: Sequence[MatchRow], table: RawSheet, *, but_few: bool = False) -> bool:
    """Whether a patient has one row; but_few: or all but a few have, who are typed twice."""
    place = place_of_ids(rows)
    cells = [] if place is None else [row[place] for _, row in table.rows]
    held = [identity for identity in cells if not is_missing(identity)]
    different = len(set(held))
    if different == len(held) or not but_few:
        return different == len(held)
    several = sum(n > 1 for n in Counter(held).values())
    return several < MANY and several <= MOST_TWICE * different


def times_of_patients(rows: Sequence[MatchRow], table: RawSheet) -> set[int]:
    """The places of times that are the same in all rows of a patient, beside a time that differs: of no visit."""
    ids = place_of_ids(rows)
    times = [place for place, row in enumerate(rows) if row.column in TIME_COLUMNS["visits"]]
    if ids is None or len(times) < 2:
        return set()
    alike = {place for place in times if rows[place].column in VISIT_TIMES and _is_constant(table, ids, place)}
    return alike if len(alike) < len(times) else set()


def _is_constant(table: RawSheet, ids: int, place: int) -> bool:
    known: dict[Cell, Cell] = {}
    return all(known.setdefault(row[ids], row[place]) == row[place] for _, row in table.rows)
