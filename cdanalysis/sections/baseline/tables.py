"""Table 1 as it is printed: n (%), median (quartiles) or mean ± SD, the test and its P, SMD, missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from cdanalysis.dictionary.baseline import SHORT_NAMES
from cdanalysis.results import NotEstimable
from cdanalysis.writing.numbers import p_value

if TYPE_CHECKING:
    from cdanalysis.sections.baseline.analysis import Baseline, CategoryRow, NumberRow
    from cdanalysis.statistics.describe.comparisons import Comparison, Description

NOTHING = "–"


def baseline_table(found: Baseline) -> pd.DataFrame:
    """A line a measurement or a level; a yes/no is one line, of the yes."""
    compared = len(found.group_labels) > 1
    groups = [f"{label}, n = {n}" for label, n in zip(found.group_labels, found.sizes, strict=True)] if compared else []
    columns = ["Variable", f"All, n = {found.n}", *groups, *(["Test", "P", "SMD"] if compared else []), "Missing"]
    lines = ([str(cell) for cell in line] for row in found.rows for line in _lines(row, compared))
    return pd.DataFrame(lines, columns=columns, dtype=object)


def _lines(row: NumberRow | CategoryRow, compared: bool) -> Iterator[list[object]]:
    tested = _tested(row.test, row.smd) if compared else []
    if hasattr(row, "levels"):
        yield from _categories(row, tested, compared)
        return
    unit = f", {_raised(row.unit)}" if row.unit else ""
    shown = [_described(one, row.normal) for one in (row.overall, *(row.by_group if compared else ()))]
    kind = "mean ± SD" if row.normal else "median (IQR)"
    yield [f"{_short(row)}{unit}, {kind}", *shown, *tested, row.overall.n_missing]


def _categories(row: CategoryRow, tested: list[object], compared: bool) -> Iterator[list[object]]:
    counts = [row.overall, *(row.by_group if compared else ())]
    if set(row.levels) <= {"yes", "no"}:
        place = row.levels.index("yes") if "yes" in row.levels else None
        cells = [_share(0 if place is None else one[place], sum(one)) for one in counts]
        yield [f"{_short(row)}, n (%)", *cells, *tested, row.n_missing[0]]
        return
    empty = [""] * len(tested)
    yield [f"{_short(row)}, n (%)", *([""] * len(counts)), *tested, row.n_missing[0]]
    for place, level in enumerate(row.levels):
        yield [f"    {level}", *(_share(one[place], sum(one)) for one in counts), *empty, ""]


def _tested(test: Comparison | NotEstimable | None, smd: float) -> list[object]:
    if test is None or isinstance(test, NotEstimable):
        return ["" if test is None else f"none: {test.reason}", NOTHING, NOTHING]
    printed = test.printed or ((test.test, test.p_value),)
    names, p = ("; ".join(cells) for cells in zip(*((name, p_value(one)) for name, one in printed), strict=True))
    return [names, p, NOTHING if smd != smd else f"{smd:.2f}"]


def _share(k: int, n: int) -> str:
    return f"{k} ({100 * k / n:.1f}%)" if n else NOTHING


def _described(one: Description, normal: bool) -> str:
    if not one.n:
        return NOTHING
    if normal:
        return f"{one.mean:.1f} ± {one.sd:.1f}"
    return f"{one.median:.1f} ({one.lower_quartile:.1f}-{one.upper_quartile:.1f})"


def _short(row: NumberRow | CategoryRow) -> str:
    """A name that leaves room for the numbers; a column of the file's own keeps its header."""
    return SHORT_NAMES.get(row.column, row.label.split(";")[0])


def _raised(unit: str) -> str:
    return unit.replace("8x10^8", "8×10⁸").replace("10^9", "×10⁹")
