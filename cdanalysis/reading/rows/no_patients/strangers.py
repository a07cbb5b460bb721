"""Rows of a table that are no patients: means and sums, notes, a legend, the units, the header again; left out and named.

A row is one by its first cell that holds anything, and by how little else it holds. Where the word may be a patient's code
(`SD` among initials) it is asked about, once per table, and stays left out until it is answered.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.cells.cells import is_missing
from cdanalysis.reading.headers.units.unit_words import normalised
from cdanalysis.reading.questions import Asking
from cdanalysis.reading.rows.header.below_header import below_header, first_of, left_out
from cdanalysis.reading.rows.header.first_table import first_table, is_header, narrow_block
from cdanalysis.reading.rows.header.header_rows import holds
from cdanalysis.reading.rows.header.row_names import id_place
from cdanalysis.reading.rows.no_patients.arithmetic import again_and_again, is_arithmetic
from cdanalysis.reading.rows.no_patients.forms import Forms, forms_of, is_in_form
from cdanalysis.reading.rows.no_patients.others import below_others
from cdanalysis.reading.rows.no_patients.row_words import (
    BEGINS,
    CODE,
    COUNTED,
    DASHES,
    INITIALS,
    LEGEND_ROW,
    NOTE_ROW,
    SIGNS,
    SPACED_CODE,
    STATISTIC_ROW,
    STATISTIC_WORDS,
    SUBTOTAL,
)
from cdanalysis.reading.rows.shape import RawSheet
from cdanalysis.results import Fault

NO_PATIENT, A_PATIENT = "no patient: leave them out", "a patient each"
LEAST_WORDS = 3  # of a sentence: an identifier has fewer
FEW = 0.25  # of the columns: a note holds no more cells
MANY = 0.3  # of the identifiers: then one of two words is nothing strange
MOST_NAMED = 3
LEAST_CODED, LEAST_IDS = 0.8, 5  # the share of the identifiers that have a digit, where one without is strange
ROWS_LOOKED_AT = 2_000


def without_strangers(table: RawSheet, asking: Asking) -> RawSheet:
    """The table with its rows of patients alone, its units in its headers, and what was left out among its faults."""
    table = first_table(below_header(table))
    found: dict[str, list[int]] = defaultdict(list)
    doubtful: list[int] = []
    ids = _ids(table)
    coded = (
        id_place(table.headers) == 0 and len(ids) >= LEAST_IDS and sum(map(_has_digit, ids)) >= LEAST_CODED * len(ids)
    )
    forms = forms_of(ids) if coded else {}
    initials = sum(bool(INITIALS.fullmatch(one)) for one in ids) > len(ids) / 2
    below, category = narrow_block(table), again_and_again(table.rows)
    for place, (_, row) in enumerate(table.rows):
        if place < below and (_is_plainly_a_patient(row[0]) or row[0] in category) and row[0] != table.headers[0]:
            continue
        if is_arithmetic(table.rows, place, found):
            found[STATISTIC].append(place)
            continue
        what = _stranger(row, table.headers, ids) or (
            MAYBE if place >= below or (coded and _is_uncoded(row[0], forms if _filled(row) > 1 else {})) else ""
        )
        if what == STATISTIC and (_has_words(row) or (initials and _may_be_initials(row))):
            what = "" if _has_words(row) and initials else MAYBE
        if what == MAYBE:
            doubtful.append(place)
        elif what:
            found[what].append(place)
    headings = [place for place in doubtful if coded and place < below and _heads(table.rows, place)]
    found |= {HEADING: headings} if headings else {}
    doubtful = [place for place in doubtful if place not in headings]
    if doubtful and _answer(table, doubtful, asking) != A_PATIENT:
        found["a row that may be no patient"] += doubtful
    return _without(table, found, asking) if found else table


def _without(table: RawSheet, found: dict[str, list[int]], asking: Asking) -> RawSheet:
    """The table without the rows that were found, by what they are, and without the patients below a heading of others."""
    out = {place for places in found.values() for place in places}
    alone = sorted(place for place in out if _filled(table.rows[place][1]) == 1)
    others = [place for place in below_others(table.rows, alone, table.name, asking) if place not in out]
    found |= {"a row below a heading of others": others} if others else {}
    rows = tuple(row for place, row in enumerate(table.rows) if place not in out | set(others))
    return replace(table, rows=rows, faults=(*table.faults, *(_said(table, *one) for one in found.items())))


def _is_plainly_a_patient(first: Cell) -> bool:
    """Whether a row begins with a number or a code, as almost all do: nothing else of it is looked at."""
    return CODE.fullmatch(first.strip()) is not None if isinstance(first, str) else first is not None


STATISTIC, NOTE, HEADER_AGAIN, MAYBE = "a row of statistics", "a note", "the header again", "maybe"
RULE, HEADING = "a line of dashes", "a heading"


def _ids(table: RawSheet) -> list[str]:
    place = id_place(table.headers) or 0
    return [str(row[place]).strip() for _, row in table.rows[:ROWS_LOOKED_AT] if holds(row[place])]


def _stranger(row: Sequence[Cell], headers: Sequence[str], ids: Sequence[str]) -> str:
    """What a row is that is no patient's; empty for a patient's."""
    place, first = next(((place, cell) for place, cell in enumerate(row) if cell is not None), (0, None))
    if not isinstance(first, str):
        return ""
    if all(isinstance(cell, str) and DASHES.fullmatch(cell.strip()) for cell in row if cell is not None):
        return RULE
    if place < len(headers) and first.strip().casefold() == headers[place].casefold() and is_header(row, headers):
        return HEADER_AGAIN
    filled = _filled(row)
    alone = filled <= max(1, FEW * len(headers)) and len(headers) > 1
    words = normalised(first)
    if (
        COUNTED.match(first)
        or SUBTOTAL.match(words)
        or STATISTIC_ROW.fullmatch(words)
        or _are_statistics(first.strip(), words)
    ):
        return STATISTIC if filled > 1 or alone else ""
    return (_alone(first, ids) if alone else "") or (MAYBE if BEGINS.match(words) else "")


def _heads(rows: Sequence[tuple[int, Sequence[Cell]]], place: int) -> bool:
    """Whether a row holds a text without a digit alone, above one that holds more: it heads the patients below it."""
    (_, row), after = rows[place], rows[place + 1 : place + 2]
    return _filled(row) == 1 and not _has_digit(first_of(row)) and any(_filled(cells) > 1 for _, cells in after)


def _filled(row: Sequence[Cell]) -> int:
    return sum(cell is not None for cell in row)


def _are_statistics(first: str, words: str) -> bool:
    """Whether every word is of statistics, as of `MW ± SD` and `Total (n=30)`; or a sign of one stands alone."""
    named = [word for word in words.split() if not word.isdecimal()]
    long = any(len(word) > 1 or word in "øσ" for word in named)  # a single letter begins many an identifier
    return first in SIGNS or (long and not NOTE_ROW.match(first) and all(word in STATISTIC_WORDS for word in named))


def _has_digit(text: str) -> bool:
    return any(map(str.isdecimal, text))


def _is_uncoded(first: Cell, forms: Forms) -> bool:
    """Whether an identifier has no digit: among codes it may be a heading, a note or a test, if it has not their form."""
    code = isinstance(first, str) and (_has_digit(first) or is_missing(first) or is_in_form(first.strip(), forms))
    return isinstance(first, str) and not code


def _alone(first: str, ids: Sequence[str]) -> str:
    """What a row is that holds hardly more than a text."""
    spaced = sum(" " in one for one in ids) > MANY * len(ids)  # then words tell no note from a patient
    marked = NOTE_ROW.match(first) or LEGEND_ROW.match(first) or first.rstrip().endswith(("。", "：", ":"))
    if marked or (len(first.split()) >= LEAST_WORDS and not spaced):
        return NOTE
    return MAYBE if " " in first.strip() and not spaced and not SPACED_CODE.fullmatch(first) else ""


def _may_be_initials(row: Sequence[Cell]) -> bool:
    first = next(cell for cell in row if cell is not None)
    return isinstance(first, str) and bool(INITIALS.fullmatch(first.strip()))


def _has_words(row: Sequence[Cell]) -> bool:
    """Whether a row holds a word beside its first cell, as a patient's sex: a row of statistics holds numbers."""
    _, *others = (cell for cell in row if cell is not None)
    return any(
        isinstance(cell, str) and re.search(r"[^\W\d_]{2}", cell) and not re.search(r"\d", cell) for cell in others
    )


def _answer(table: RawSheet, places: Sequence[int], asking: Asking) -> str | None:
    rows = [table.rows[place] for place in places[:MOST_NAMED]]
    named = ", ".join(f"{first_of(row)} (row {number})" for number, row in rows)
    more = f" and {len(places) - MOST_NAMED} more" if len(places) > MOST_NAMED else ""
    return asking.ask(
        "rows",
        table.name,
        "",
        f"Are these rows of {table.name} patients: {named}{more}?",
        (NO_PATIENT, A_PATIENT),
        f"{len(places)} of {len(table.rows)} rows",
    )


def _said(table: RawSheet, what: str, places: Sequence[int]) -> Fault:
    number, row = table.rows[places[0]]
    others = [str(table.rows[place][0]) for place in places[1 : MOST_NAMED + 1]]
    more = f" and {len(places) - 1 - MOST_NAMED} more" if len(places) - 1 > MOST_NAMED else ""
    also = f", also in row {', '.join(others)}{more}" if others else ""
    return left_out(table, number, f"{what}{also}", row)
