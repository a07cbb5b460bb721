"""Header -> column of the dictionary: by exact name, by synonym, by the unit in the header, then by a similar name.

A header that fits two columns equally well is left unmatched and said, never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from cdanalysis.column_spec import ColumnSpec
from cdanalysis.columns import COLUMNS, FLAT_OUTCOMES
from cdanalysis.reading.words import SHEET_WORDS
from cdanalysis.units import DAYS_PER_MONTH, DAYS_PER_WEEK

LEAST_SIMILAR = 88.0  # of 100
LEAST_LEAD = 5.0  # over the second best
SHORTEST_SIMILAR = 5  # characters: "age" and "ae" are similar too

MONTH, WEEK = DAYS_PER_MONTH, DAYS_PER_WEEK
# What a unit in the header multiplies a value by, to become the dictionary's unit.
UNIT_FACTORS: dict[str, dict[str, float]] = {
    "mg/L": {"mg/l": 1, "mg/dl": 10, "µg/ml": 1, "ug/ml": 1},
    "g/L": {"g/l": 1, "g/dl": 10},
    "months": {"months": 1, "month": 1, "mo": 1, "月": 1, "weeks": WEEK / MONTH, "week": WEEK / MONTH, "周": WEEK / MONTH,
               "days": 1 / MONTH, "day": 1 / MONTH, "d": 1 / MONTH, "天": 1 / MONTH, "years": 12, "year": 12, "年": 12},
    "weeks": {"weeks": 1, "week": 1, "周": 1, "days": 1 / WEEK, "day": 1 / WEEK, "天": 1 / WEEK},
    "days": {"days": 1, "day": 1, "d": 1, "天": 1, "weeks": WEEK, "months": MONTH},
    "years": {"years": 1, "year": 1, "y": 1, "yr": 1, "岁": 1, "months": 1 / 12},
}  # fmt: skip
_ENDING_UNITS = ("mg/dl", "mg/l", "g/dl", "g/l", "months", "month", "weeks", "week", "days", "day", "years")
_WIDE = re.compile(r"^(?P<measure>.+?) ?(?:at )?(?:week|wk|w|周) ?(?P<week>\d{1,3})$")
IDENTIFIERS = {
    "name", "patient name", "full name", "surname", "first name", "last name", "initials", "phone", "telephone", "mobile",
    "email", "e mail", "address", "birth date", "date of birth", "dob", "birthday", "mrn", "hospital no", "hospital number",
    "medical record number", "id card", "national id", "姓名", "住院号", "门诊号", "身份证", "身份证号", "手机", "电话", "地址",
    "出生日期",
}  # fmt: skip


@dataclass(frozen=True)
class MatchRow:
    """How one header was understood; column is empty where it was not. factor turns a value into the column's unit."""

    sheet: str
    header: str
    column: str
    how: str
    note: str = ""
    factor: float = 1.0
    week: float | None = None


@dataclass(frozen=True)
class Matching:
    """Every header of a file, in order."""

    rows: tuple[MatchRow, ...]

    def __iter__(self) -> Iterable[MatchRow]:
        return iter(self.rows)


def normalised(text: str) -> str:
    """Lower case, full-width forms folded, punctuation as single blanks."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub(r"[^\w\u4e00-\u9fff]+|_", " ", folded).split())


def match_sheet(name: str) -> str:
    """The dictionary's sheet of a workbook's sheet, or an empty string."""
    wanted = normalised(name)
    return next((sheet for sheet, words in SHEET_WORDS.items() if wanted in {normalised(sheet), *words}), "")


def match_headers(sheet: str, headers: Sequence[str], *, flat: bool = False) -> tuple[MatchRow, ...]:
    """Match each header of a sheet; a column is given to one header only, the closest, the first of equals."""
    specs = flat_specs() if flat else COLUMNS[sheet]
    rows = [_match(sheet, header, specs, flat) for header in headers]
    return tuple(_once(rows))


def flat_specs() -> tuple[ColumnSpec, ...]:
    """What a table with one row a patient, or one row a visit, may hold."""
    known = {spec.name for spec in COLUMNS["patients"]}
    return (*COLUMNS["patients"], *FLAT_OUTCOMES, *(spec for spec in COLUMNS["visits"] if spec.name not in known))


RANKS = {"exact name": 0, "synonym": 1, "unit in the header": 1, "visit column": 1}


def _once(rows: Iterable[MatchRow]) -> list[MatchRow]:
    """The second header that fits a column already given is kept as a further column, and said."""
    listed = list(rows)
    best: dict[tuple[str, float | None], int] = {}
    for index, row in enumerate(listed):
        key = (row.column, row.week)
        if row.column and (key not in best or RANKS.get(row.how, 2) < RANKS.get(listed[best[key]].how, 2)):
            best[key] = index
    return [
        row if not row.column or best[(row.column, row.week)] == index
        else replace(row, column="", how="not matched", note=f"another header already gives {row.column}", factor=1.0)
        for index, row in enumerate(listed)
    ]  # fmt: skip


def _match(sheet: str, header: str, specs: Sequence[ColumnSpec], flat: bool) -> MatchRow:
    if not header:
        return MatchRow(sheet, header, "", "not matched", "a column without a header is left out")
    base, unit = _parted(header)
    if base in IDENTIFIERS:
        return MatchRow(sheet, header, "", "left out", "looks like a direct identifier of a person")
    wide = _wide(base) if flat else None
    if wide is not None:
        return MatchRow(sheet, header, wide[0], "visit column", f"week {wide[1]:g}", week=wide[1])
    for spec, how in _fits(base, normalised(header), specs):
        return _with_unit(sheet, header, spec, how, unit)
    return _similar(sheet, header, base, unit, specs)


def _parted(header: str) -> tuple[str, str]:
    """The header's words and the unit in it: `CRP (mg/dL)`, `crp_mg_dl`, `Follow-up, months`."""
    folded = unicodedata.normalize("NFKC", header).casefold()
    in_brackets = re.search(r"[(\[]([^)\]]*)[)\]]", folded)
    if in_brackets:
        return normalised(folded.replace(in_brackets[0], " ")), in_brackets[1].replace(" ", "")
    words = normalised(header)
    for unit in _ENDING_UNITS:
        if words.endswith(f" {unit.replace('/', ' ')}") or words.endswith(f" {unit.replace('/', ' per ')}"):
            return words.rsplit(" ", unit.count("/") + 1)[0].removesuffix(" mg").removesuffix(" g").strip(), unit
    return words, ""


def _fits(base: str, whole: str, specs: Sequence[ColumnSpec]) -> list[tuple[ColumnSpec, str]]:
    exact = [(spec, "exact name") for spec in specs if whole == normalised(spec.name)]
    return exact or [(spec, "synonym") for spec in specs if {base, whole} & {normalised(spec.name), *spec.synonyms}]


def _with_unit(sheet: str, header: str, spec: ColumnSpec, how: str, unit: str) -> MatchRow:
    factors = UNIT_FACTORS.get(spec.unit, {})
    if how == "exact name" or not unit:
        return MatchRow(sheet, header, spec.name, how)
    if unit not in factors:
        note = f"unit {unit!r} taken as {spec.unit}" if factors else ""
        return MatchRow(sheet, header, spec.name, how, note)
    factor = factors[unit]
    note = "" if factor == 1 else f"converted from {unit} to {spec.unit} (× {factor:.6g})"
    return MatchRow(sheet, header, spec.name, "unit in the header", note, factor)


def _wide(base: str) -> tuple[str, float] | None:
    """`cdai week 8`, `CDAI W8`: a visit's measurement in a column of its own."""
    found = _WIDE.match(base)
    if not found:
        return None
    measures = [
        spec for spec in COLUMNS["visits"] if spec.kind == "number" and spec.name not in ("week", "months", "days")
    ]
    fits = _fits(found["measure"], found["measure"], measures)
    return (fits[0][0].name, float(found["week"])) if fits else None


def _similar(sheet: str, header: str, base: str, unit: str, specs: Sequence[ColumnSpec]) -> MatchRow:
    """The best of the similar names, if it is clearly the best."""
    scored = sorted(
        (
            (max(fuzz.ratio(base, word) for word in (normalised(spec.name), *spec.synonyms)), spec.name)
            for spec in specs
        ),
        reverse=True,
    )
    (best, name), (second, other) = scored[0], scored[1]
    if len(base) < SHORTEST_SIMILAR or best < LEAST_SIMILAR:
        return MatchRow(sheet, header, "", "not matched", "kept as a further column")
    if best - second < LEAST_LEAD:
        return MatchRow(sheet, header, "", "not matched", f"fits {name} and {other} alike: rename it to one of them")
    spec = next(spec for spec in specs if spec.name == name)
    return _with_unit(sheet, header, spec, f"similar name ({best:.0f}%)", unit)
