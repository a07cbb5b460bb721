"""`CRP0`, `alb_0`, `CRP_T0 (mg/dL)`: what was measured at the start, where no series of numbered columns asks about its times."""

from collections.abc import Sequence, Set
from dataclasses import replace

from cdanalysis.reading.headers.matching import match_headers
from cdanalysis.reading.headers.names import names_of
from cdanalysis.reading.headers.over_time.series import NUMBERED, VISIT_WORDS
from cdanalysis.reading.headers.rows import AT_BASELINE, BARE, NOT_MATCHED, MatchRow
from cdanalysis.reading.headers.units.unit_words import normalised

SHEET = "patients"


def with_zeros(rows: Sequence[MatchRow], numbers: Set[int], asked: Set[int]) -> list[MatchRow]:
    """The rows of a table of patients with each such column as that of the dictionary; none of those at the places `asked`.

    numbers: the places of the columns of numbers.
    """
    named = {place: one for place, row in enumerate(rows) if place in numbers - asked and (one := _at_start(row))}
    columns = [one.column for one in named.values()]
    settled = list(rows)
    for place, one in named.items():
        others = [row.week for row in rows if row.column == one.column]
        if columns.count(one.column) > 1 or None in others or 0.0 in others:
            continue
        settled[place] = replace(one, week=0.0, how="visit column") if others else one
    return settled


def _at_start(row: MatchRow) -> MatchRow | None:
    """The row of a measurement with a 0 behind its name, as one of its name alone."""
    found = NUMBERED.fullmatch(row.header) if row.how == NOT_MATCHED and "0" in row.header else None
    if found is None or int(found[3]) != 0:
        return None
    before, word, _, behind = found.groups()
    rest = f"{before} {behind}" if normalised(word) in VISIT_WORDS else f"{before} {word} {behind}"
    (one,) = match_headers(SHEET, [" ".join(rest.split())], flat=True)
    measured = one.how in BARE and one.column not in names_of(SHEET, True).lasting and one.week is None
    return replace(one, header=row.header, how=AT_BASELINE) if measured else None
