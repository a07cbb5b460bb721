"""Rows of a table that are no patients: means and sums, notes, a legend, the units, the header again; left out and named.

A row is one by its first cell that holds anything, and by how little else it holds. Where the word may be a patient's code
(`SD` among initials) it is asked about, once a table, and stays left out until it is answered.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.headers.unit_words import normalised
from cdanalysis.reading.questions import Asking
from cdanalysis.reading.rows.header_rows import holds
from cdanalysis.reading.rows.row_names import id_place
from cdanalysis.reading.rows.shape import RawSheet
from cdanalysis.reading.rows.units_row import names_row, units_row, with_units
from cdanalysis.reading.warned import warned
from cdanalysis.results import Fault

NO_PATIENT, A_PATIENT = "no patient: leave them out", "a patient each"
STATISTICS = (
    "mean|average|avg|sd|std|stdev|std dev|st dev|standard deviation|standard error|sem|se|median|iqr|interquartile range|range|"
    "min|minimum|max|maximum|sum|total|totals|subtotal|sub total|grand total|overall|count|n|no|valid n|missing|p|p value|percent|"
    "mean sd|mean se|median iqr|q1|q3|25|75|95 ci|cv|variance|"
    "mittelwert|mw|durchschnitt|standardabweichung|stabw|spannweite|summe|gesamt|gesamtsumme|anzahl|insgesamt|fehlend|"
    "moyenne|médiane|écart type|total général|media|mediana|promedio|desviación estándar|"
    "平均|平均值|平均数|均值|均数|标准差|中位数|四分位间距|合计|总计|总和|小计|总数|例数|人数|最大值|最小值|极差|百分比|缺失"
)
NOTES = (
    "notes?|legend|key|sources?|abbreviations?|footnotes?|comments?|remarks?|data from|exported|printed|created|last updated?|"
    "anmerkung(?:en)?|hinweise?|legende|quelle|abkürzungen|stand|erstellt|注|注释|备注|说明|来源|数据来源|图例|缩写|导出|制表"
)
_STATISTIC = re.compile(rf"(?:{STATISTICS})(?: (?:of )?(?:\d+|all|patients|患者))?|n ?\d+|共 ?\d+ ?[例人]")
_NOTE = re.compile(rf"\s*(?:[*†‡§#¹²³]|\((?:\d|[a-z])\)|\[\d\]|(?:{NOTES})\s*(?:[:：.,;(]|\d|$))", re.IGNORECASE)
_LEGEND = re.compile(r"\s*[\w+\-.]{1,12}\s*(?:=|:|：|＝)\s*\S")
_COUNTED = re.compile(r"\s*n\s*[=:＝]\s*\d", re.IGNORECASE)
_CODE = re.compile(r"(?!q[13]$)[a-z]{0,9}[-_/.]?\d[\w\-./]*", re.IGNORECASE)  # most identifiers
_INITIALS = re.compile(r"[A-Za-z]{1,5}\d?")
LEAST_WORDS = 3  # of a sentence: an identifier has fewer
FEW = 0.25  # of the columns: a note holds no more cells
MANY = 0.3  # of the identifiers: then one of two words is nothing strange
MOST_NAMED = 3
LEAST_COLUMNS = 5
ROWS_LOOKED_AT = 2_000


def without_strangers(table: RawSheet, asking: Asking) -> RawSheet:
    """The table with its rows of patients alone, its units in its headers, and what was left out among its faults."""
    table = _below_header(table)
    found: dict[str, list[int]] = defaultdict(list)
    doubtful: list[int] = []
    ids = _ids(table)
    initials = sum(bool(_INITIALS.fullmatch(one)) for one in ids) > len(ids) / 2
    below = _narrow_block(table)
    for place, (_, row) in enumerate(table.rows):
        if place < below and _is_plainly_a_patient(row[0]):
            continue
        what = _stranger(row, table.headers, ids) or (MAYBE if place >= below else "")
        if what == STATISTIC and initials and _may_be_initials(row):
            what = "" if _has_words(row) else MAYBE
        if what == MAYBE:
            doubtful.append(place)
        elif what:
            found[what].append(place)
    if doubtful and _answer(table, doubtful, asking) != A_PATIENT:
        found["a row that may be no patient"] += doubtful
    if not found:
        return table
    out = {place for places in found.values() for place in places}
    rows = tuple(row for place, row in enumerate(table.rows) if place not in out)
    return replace(table, rows=rows, faults=(*table.faults, *(_said(table, *one) for one in found.items())))


def _is_plainly_a_patient(first: Cell) -> bool:
    """Whether a row begins with a number or a code, as almost all do: nothing else of it is looked at."""
    return _CODE.fullmatch(first) is not None if isinstance(first, str) else first is not None


STATISTIC, NOTE, HEADER_AGAIN, MAYBE = "a row of statistics", "a note", "the header again", "maybe"


def _below_header(table: RawSheet) -> RawSheet:
    """Without the rows of units and of longer names that stand under the header; a unit goes to its header."""
    if len(table.rows) < 2:
        return table
    for what, fits in (("a row of names", names_row), ("a row of units", units_row)):
        number, row = table.rows[0]
        if fits(row, table.headers, table.rows[1:]):
            headers = with_units(table.headers, row) if fits is units_row else table.headers
            said = _fault(table, number, f"{what} under the header", row)
            table = replace(table, headers=headers, rows=table.rows[1:], faults=(*table.faults, said))
    return table


def _ids(table: RawSheet) -> list[str]:
    place = id_place(table.headers) or 0
    return [str(row[place]).strip() for _, row in table.rows[:ROWS_LOOKED_AT] if holds(row[place])]


def _narrow_block(table: RawSheet) -> int:
    """The place of the first row of a block of one or two cells a row, an empty row below the table; else beyond all rows."""
    place = n = len(table.rows)
    while (
        place
        and len(table.headers) >= LEAST_COLUMNS
        and sum(cell is not None for cell in table.rows[place - 1][1]) <= 2
    ):
        place -= 1
        if place and table.rows[place][0] - table.rows[place - 1][0] > 1:
            return place
    return n


def _stranger(row: Sequence[Cell], headers: Sequence[str], ids: Sequence[str]) -> str:
    """What a row is that is no patient's; empty for a patient's."""
    place, first = next(((place, cell) for place, cell in enumerate(row) if cell is not None), (0, None))
    if not isinstance(first, str):
        return ""
    if place < len(headers) and first.strip().casefold() == headers[place].casefold() and _is_header(row, headers):
        return HEADER_AGAIN
    filled = sum(cell is not None for cell in row)
    alone = filled <= max(1, FEW * len(headers)) and len(headers) > 2
    if _COUNTED.match(first) or _STATISTIC.fullmatch(normalised(first)):
        return STATISTIC if filled > 1 or alone else ""
    if alone:
        return _alone(first, ids)
    return ""


def _alone(first: str, ids: Sequence[str]) -> str:
    """What a row is that holds hardly more than a text."""
    if (
        _NOTE.match(first)
        or _LEGEND.match(first)
        or len(first.split()) >= LEAST_WORDS
        or first.rstrip().endswith(("。", "：", ":"))
    ):
        return NOTE
    spaced = sum(" " in one for one in ids) > MANY * len(ids)
    return MAYBE if " " in first.strip() and not spaced else ""


def _is_header(row: Sequence[Cell], headers: Sequence[str]) -> bool:
    pairs = [
        (str(cell).strip().casefold(), header.casefold())
        for cell, header in zip(row, headers, strict=False)
        if cell is not None
    ]
    same = sum(cell == header or header.startswith(f"{cell} (") for cell, header in pairs)
    return same > 1 and same > len(pairs) / 2


def _may_be_initials(row: Sequence[Cell]) -> bool:
    first = next(cell for cell in row if cell is not None)
    return isinstance(first, str) and bool(_INITIALS.fullmatch(first.strip()))


def _has_words(row: Sequence[Cell]) -> bool:
    """Whether a row holds a word beside its first cell, as a patient's sex: a row of statistics holds numbers."""
    _, *others = (cell for cell in row if cell is not None)
    return any(isinstance(cell, str) and not re.search(r"\d", cell) for cell in others)


def _answer(table: RawSheet, places: Sequence[int], asking: Asking) -> str | None:
    rows = [table.rows[place] for place in places[:MOST_NAMED]]
    named = ", ".join(f"{_first(row)} (row {number})" for number, row in rows)
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
    return _fault(table, number, f"{what}{also}", row)


def _fault(table: RawSheet, number: int, what: str, row: Sequence[Cell]) -> Fault:
    first = _first(row)
    return warned(table.name, f"{first}: {what}, left out", "one row a patient", row=number)


def _first(row: Sequence[Cell]) -> str:
    text = " ".join(str(next((cell for cell in row if cell is not None), "")).split())
    return text if len(text) <= 40 else f"{text[:39]}…"
