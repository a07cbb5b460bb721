"""Columns of one measurement numbered `CDAI_0`, `CDAI_8` or `CDAI_V1`, `CDAI_V2`: visits whose times no header says, asked.

A number alone, or behind a word that is no known unit (`CDAI S8`), may count weeks, months or days: which, is asked. The
number of a visit counts nothing: the weeks of the visits are asked, once for all measurements.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from cdanalysis.dictionary.column_spec import ColumnSpec
from cdanalysis.reading.headers.header_words import readings
from cdanalysis.reading.headers.names import MEASURED_AT_VISITS
from cdanalysis.reading.headers.rows import NOT_MATCHED, MatchRow
from cdanalysis.reading.headers.units.stated_units import with_unit
from cdanalysis.reading.headers.units.unit_words import LASTING, known_unit, normalised
from cdanalysis.reading.questions import Asking

LEAST_NUMBERED, LEAST_NAMED = 3, 2  # columns: of a number alone, of one behind a word
WEEKS, MONTHS, DAYS = "weeks", "months", "days"
NO_TIME = "no time"
VISIT_WORDS = frozenset(["v", "visit", "visite", "visita", "besuch", "bezoek", "t", "tp", "timepoint", "访视", "随访"])
NUMBERED = re.compile(r"(.*?)[\s_.\-]*(?<![^\W\d_])([^\W\d_]*)[\s_.\-]*(?<!\d)(\d{1,3})(?!\d)(.*)")
_APART = re.compile(r"[\s,;]+")


class Numbered(NamedTuple):
    """A column of a measurement with a number: what is measured, in which unit by its header, the word before the number."""

    place: int
    spec: ColumnSpec
    unit: str
    word: str
    number: int

    @property
    def visit(self) -> str:
        """The name of its visit, as the header spells it."""
        return visit_name(self.word, self.number)


def visit_name(word: str, number: int) -> str:
    """`V1`, `visit 1`."""
    return f"{word}{' ' if len(word) > 2 else ''}{number}"


def with_series(rows: Sequence[MatchRow], asking: Asking) -> tuple[MatchRow, ...]:
    """The rows with numbered columns as visits, as the reader says; until then they are further columns."""
    settled = list(rows)
    visits, counted = _series(rows)
    if visits:
        _settle_visits(settled, visits, asking)
    for columns in counted:
        _settle(settled, columns, asking)
    return tuple(settled)


def in_series(rows: Sequence[MatchRow]) -> set[int]:
    """The places of the columns whose times are asked about."""
    visits, counted = _series(rows)
    return {one.place for columns in (visits, *counted) for one in columns}


def _series(rows: Sequence[MatchRow]) -> tuple[list[Numbered], list[list[Numbered]]]:
    """The columns of visits by number, of which one alone is more than the start; and those whose numbers count a time."""
    found = [one for place, row in enumerate(rows) if row.how == NOT_MATCHED and (one := _numbered(place, row))]
    visits = [one for one in found if normalised(one.word) in VISIT_WORDS]
    others: dict[tuple[str, str], list[Numbered]] = {}
    for one in found:
        if one not in visits:
            others.setdefault((normalised(one.word), "" if one.word else one.spec.name), []).append(one)
    counted = [
        columns
        for (word, _), columns in others.items()
        if len({(one.spec.name, one.number) for one in columns}) == len(columns)
        and len({one.number for one in columns}) >= (LEAST_NAMED if word else LEAST_NUMBERED)
    ]
    return (visits if any(one.number for one in visits) else []), counted


def _numbered(place: int, row: MatchRow) -> Numbered | None:
    """The measurement and the number of a header; None of another."""
    found = NUMBERED.fullmatch(row.header) if not row.column else None
    if found is None:
        return None
    before, word, number, behind = found.groups()
    for rest, left in ((f"{before} {word} {behind}", ""), (f"{before} {behind}", word)):
        for way in readings(rest):
            specs = MEASURED_AT_VISITS.exact.get(way.words) or MEASURED_AT_VISITS.synonyms.get(way.words)
            if specs:
                unit = "" if known_unit(way.unit) in LASTING else way.unit
                return Numbered(place, specs[0], unit, left, int(number))
    return None


def _settle(rows: list[MatchRow], columns: Sequence[Numbered], asking: Asking) -> None:
    """Numbers that count weeks, months or days."""
    headers = ", ".join(rows[one.place].header for one in columns)
    names = ", ".join(dict.fromkeys(one.spec.name for one in columns))
    answer = asking.ask(
        "visits",
        "patients",
        rows[columns[0].place].header,
        f"{headers}: which time do the numbers say?",
        (WEEKS, MONTHS, DAYS, NO_TIME),
        f"{len(columns)} columns of {names}; further columns until then",
    )
    if answer is not None and answer != NO_TIME:
        for one in columns:
            rows[one.place] = _at_week(rows[one.place], one, one.number * LASTING[answer] / LASTING[WEEKS])


def _settle_visits(rows: list[MatchRow], columns: Sequence[Numbered], asking: Asking) -> None:
    """Visits by number, each at the week that the reader says."""
    names = list(dict.fromkeys(one.visit for one in sorted(columns, key=lambda one: one.number)))
    of = ", ".join(dict.fromkeys(one.spec.name for one in columns))
    weeks = asked_weeks("patients", names, f"{len(columns)} columns of {of}; further columns until then", asking)
    for one in columns:
        week = weeks.get(one.visit)
        if week is not None:
            rows[one.place] = _at_week(rows[one.place], one, week)


def _at_week(row: MatchRow, one: Numbered, week: float) -> MatchRow:
    """The row of a measurement at a week, as answered, in the unit that its header states."""
    told = replace(
        row, column=one.spec.name, week=week, how="answered", answered="visits", note=f"week {week:.4g}, as answered"
    )
    return with_unit(told, one.spec, one.unit) if one.unit else told


def asked_weeks(sheet: str, names: Sequence[str], evidence: str, asking: Asking) -> dict[str, float | None]:
    """The weeks of visits whose names say none, as the reader gives them in their order; empty until then."""
    example = ", ".join(str(8 * place) for place in range(len(names)))
    which = "At which week was the visit" if len(names) == 1 else "At which weeks were the visits"
    text = f"{which} {', '.join(names)}? In this order, such as {example}; - where it was at none."
    answer = asking.ask("visits", sheet, ", ".join(names), text, (), evidence, lambda given: bool(_weeks(given, names)))
    return {} if answer is None else _weeks(answer, names)


def _weeks(answer: str, names: Sequence[str]) -> dict[str, float | None]:
    """Name -> week of an answer; empty where it is none."""
    parts = _APART.split(answer.strip().removesuffix("."))
    try:
        weeks = [None if part in ("-", "–") else float(part) for part in parts]
    except ValueError:
        return {}
    known = [week for week in weeks if week is not None]
    if len(weeks) != len(names) or len(set(known)) < len(known) or not all(-60 <= week <= 5000 for week in known):
        return {}
    return dict(zip(names, weeks, strict=True))
