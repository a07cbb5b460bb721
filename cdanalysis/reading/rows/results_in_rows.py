"""Results in rows, as laboratories export them: a row per patient, test and day -> a row per patient and day, a column per test.

Which test a value is of says a column of names beside the values. Read as one column they would be a measurement of
everything at once.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cdanalysis.dictionary.columns import TIME_COLUMNS
from cdanalysis.dictionary.outcomes import words_of
from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.cells.cells import identity
from cdanalysis.reading.cells.numbers.number_texts import plain_number
from cdanalysis.reading.headers.matching import match_headers
from cdanalysis.reading.headers.units.unit_words import normalised
from cdanalysis.reading.rows.header.row_names import id_place
from cdanalysis.reading.rows.shape import RawSheet, holds
from cdanalysis.reading.rows.visit_rows import VISITS
from cdanalysis.reading.sheets.stating.parameters import of_patients
from cdanalysis.reading.warned import counted, warned

NAMES = words_of(
    "lbtest|lbtestcd|test|test name|testname|test code|lab|lab test|labtest|lab name|laboratory test|lab parameter|parameter|"
    "analyte|analyt|assay|component|component name|lab item|item|measurement|biomarker|marker|observation|variable|"
    "untersuchung|laborparameter|messgrösse|messgroesse|paramètre|examen|analyse|analito|prueba|parámetro|parametro|esame|"
    "bepaling|检验项目|检验指标|检查项目|项目|项目名称|指标|指标名称"
)
VALUES = words_of(
    "lbstresn|lborres|lbstresc|value|values|result|results|result value|test result|lab value|lab result|numeric result|"
    "measured value|reading|wert|messwert|ergebnis|valeur|résultat|resultat|valor|resultado|valore|risultato|waarde|uitslag|"
    "结果|检验结果|检查结果|数值|值|测定值|结果值"
)
UNITS = words_of(
    "lbstresu|lborresu|unit|units|result unit|units of measure|unit of measure|uom|einheit|unité|unidad|unità|eenheid|单位"
)
MOST_TESTS, MOST_NAMED = 80, 6
LEAST_NUMBERS = 0.5  # of the values
_NO_NAME = frozenset({"measurement", "variable", "marker", "lab", "item", "examen", "observation", "reading"})


@dataclass(frozen=True)
class Places:
    """Where the columns of a table of results stand; times: those that say when; others: of one value of each patient."""

    ids: int
    name: int
    value: int
    unit: int | None
    times: tuple[int, ...]
    others: tuple[int, ...]

    @property
    def kept(self) -> tuple[int, ...]:
        return (self.ids, *self.times, *self.others)


def apart(table: RawSheet) -> RawSheet:
    """A table of results with a column per test; another table, or one of which a patient has a test twice without a time."""
    at = _places(table)
    if at is None:
        return table
    held = [(number, row) for number, row in table.rows if holds(row[at.ids]) and holds(row[at.name])]
    tests = _tests([row for _, row in held], at)
    rows = _rows(held, at, tests)
    if not rows or (not at.times and _is_repeated(rows)):
        return table
    headers = (*(table.headers[place] for place in at.kept), *tests.values())
    return replace(
        table, headers=headers, rows=tuple(rows), labels=(), faults=(*table.faults, *_said(table, at, tests))
    )


def _places(table: RawSheet) -> Places | None:
    """The columns of a table of results; None of another table."""
    words = [normalised(header) for header in table.headers]
    ids, name, value = id_place(table.headers), _first(words, NAMES), _first(words, VALUES)
    if ids is None or name is None or value is None or not _are_results(table, name, value):
        return None
    known = match_headers("visits", table.headers)
    times = tuple(
        place
        for place, row in enumerate(known)
        if place not in (ids, name, value) and (row.column in TIME_COLUMNS["visits"] or words[place] in VISITS)
    )
    unit = _first(words, UNITS)
    used = {ids, name, value, unit, *times, *(place for place, word in enumerate(words) if word in NAMES)}
    others = tuple(place for place in of_patients(table, ids, {place for place in used if place is not None}))
    return Places(ids, name, value, unit, times, others)


def _first(words: Sequence[str], wanted: frozenset[str]) -> int | None:
    """The column that is called by one of the words; the names of a standard come first."""
    found = [place for place, word in enumerate(words) if word in wanted]
    return min(found, key=lambda place: (*_rank(words[place]), place), default=None)


def _rank(word: str) -> tuple[bool, bool, bool]:
    """The names of CDISC's standard first, of them the longer one; last those that mean much else."""
    return not word.startswith("lb"), word == "lbtestcd", word in _NO_NAME


def _are_results(table: RawSheet, name: int, value: int) -> bool:
    """Whether one column names a few tests again and again, and the other holds numbers."""
    rows = [row for _, row in table.rows if holds(row[name]) and holds(row[value])]
    tests = {normalised(str(row[name])) for row in rows}
    named = all(isinstance(row[name], str) and plain_number(row[name])[0] is None for row in rows)
    numbers = sum(plain_number(row[value])[0] is not None for row in rows)
    return named and 0 < len(tests) <= min(MOST_TESTS, len(rows) / 2) and numbers >= LEAST_NUMBERS * len(rows)


def _tests(rows: Sequence[Sequence[Cell]], at: Places) -> dict[str, str]:
    """Each test, however it is written -> its header, with the unit where all its values are in one."""
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    units: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        test = normalised(str(row[at.name]))
        spelled[test][" ".join(str(row[at.name]).split())] += 1
        units[test].add(_unit(row, at))
    named = {test: names.most_common(1)[0][0] for test, names in spelled.items()}
    return {
        test: f"{named[test]} ({next(iter(of))})" if len(of) == 1 and of != {""} else named[test]
        for test, of in units.items()
    }


def _unit(row: Sequence[Cell], at: Places) -> str:
    return identity(row[at.unit]) if at.unit is not None and holds(row[at.unit]) else ""


def _rows(
    held: Sequence[tuple[int, Sequence[Cell]]], at: Places, tests: Mapping[str, str]
) -> list[tuple[int, tuple[Cell, ...]]]:
    """A row per patient and time; where one has a test twice, a row for each."""
    order = {test: place for place, test in enumerate(tests)}
    made: dict[tuple[object, ...], tuple[int, list[Cell]]] = {}
    again: Counter[tuple[object, ...]] = Counter()
    for number, row in held:
        test = normalised(str(row[at.name]))
        times = [row[place] for place in at.times]
        key = (identity(row[at.ids]), *map(str, times))
        nth = again[(*key, test)]
        again[(*key, test)] += 1
        _, cells = made.setdefault((*key, nth), (number, [*(row[place] for place in at.kept), *[None] * len(tests)]))
        unit = _unit(row, at)
        mixed = unit and not tests[test].endswith(f"({unit})")
        cells[len(at.kept) + order[test]] = (
            f"{row[at.value]} {unit}" if mixed and holds(row[at.value]) else row[at.value]
        )
    return [(number, tuple(cells)) for number, cells in made.values()]


def _is_repeated(rows: Sequence[tuple[int, Sequence[Cell]]]) -> bool:
    ids = [identity(row[0]) for _, row in rows]
    return len(ids) > len(set(ids))


def _said(table: RawSheet, at: Places, tests: Mapping[str, str]) -> list:
    names = list(tests.values())
    some = ", ".join(names[:MOST_NAMED]) + (f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else "")
    told = f"a row per patient and result, read as a column for {counted(len(tests), 'test')}: {some}"
    used = {at.name, at.value, at.unit, *at.kept}
    others = [header for place, header in enumerate(table.headers) if place not in used and header]
    unused = f"; {', '.join(others[:MOST_NAMED])}{' …' if len(others) > MOST_NAMED else ''} not used" if others else ""
    return [warned(table.name, f"{told}{unused}", "one column per test", column=table.headers[at.value])]
