"""Columns of one measurement numbered `CDAI_0`, `CDAI_8`, `CDAI_24`: visits of an unknown unit, asked once per measurement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cdanalysis.reading.headers.header_words import readings
from cdanalysis.reading.headers.names import MEASURED_AT_VISITS
from cdanalysis.reading.headers.rows import NOT_MATCHED, MatchRow
from cdanalysis.reading.headers.units.unit_words import LASTING
from cdanalysis.reading.questions import Asking

LEAST_NUMBERED = 3  # columns
WEEKS, MONTHS, DAYS = "weeks", "months", "days"
NO_TIME = "no time"
_NUMBERED = re.compile(r"(.+?)[\s_.\-]*(\d{1,3})")


def with_series(rows: Sequence[MatchRow], asking: Asking) -> tuple[MatchRow, ...]:
    """The rows with numbered columns as visits in the unit that the reader says; until then they are further columns."""
    found: dict[str, dict[int, int]] = {}
    for place, row in enumerate(rows):
        named = _NUMBERED.fullmatch(row.header) if row.how == NOT_MATCHED and not row.column else None
        measure = _measure(named[1]) if named else ""
        if named and measure:
            found.setdefault(measure, {})[place] = int(named[2])
    settled = list(rows)
    for measure, numbers in found.items():
        if len(set(numbers.values())) == len(numbers) >= LEAST_NUMBERED:
            _settle(settled, measure, numbers, asking)
    return tuple(settled)


def _measure(words: str) -> str:
    """What is measured at visits by these words; empty of anything else."""
    for way in readings(words):
        if way.words in MEASURED_AT_VISITS.exact or way.words in MEASURED_AT_VISITS.synonyms:
            specs = MEASURED_AT_VISITS.exact.get(way.words) or MEASURED_AT_VISITS.synonyms[way.words]
            return specs[0].name
    return ""


def _settle(rows: list[MatchRow], measure: str, numbers: dict[int, int], asking: Asking) -> None:
    headers = ", ".join(rows[place].header for place in numbers)
    first = rows[next(iter(numbers))].header
    answer = asking.ask(
        "visits",
        "patients",
        first,
        f"{headers}: which time do the numbers say?",
        (WEEKS, MONTHS, DAYS, NO_TIME),
        f"{len(numbers)} columns of {measure}; further columns until then",
    )
    if answer is None or answer == NO_TIME:
        return
    for place, number in numbers.items():
        week = number * LASTING[answer] / LASTING[WEEKS]
        rows[place] = replace(
            rows[place],
            column=measure,
            week=week,
            how="answered",
            answered="visits",
            note=f"week {week:.4g}, as answered",
        )
