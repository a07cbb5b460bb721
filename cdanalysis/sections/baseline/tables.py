"""Table 1 as it is printed: n (%), median (quartiles) or mean ± SD, the test and its P, SMD, missing."""

from collections.abc import Iterator
from math import floor, log10

import pandas as pd

from cdanalysis.dictionary.baseline import SHORT_NAMES
from cdanalysis.results import NotEstimable
from cdanalysis.sections.baseline.analysis import Baseline, CategoryRow, NumberRow
from cdanalysis.statistics.describe.comparisons import Comparison, Description
from cdanalysis.writing.numbers import NOTHING, p_value

SMALL_SPREAD, MOST_DECIMALS = 0.1, 9


def baseline_table(found: Baseline) -> pd.DataFrame:
    """One line per measurement or a level; a yes/no is one line, of the yes."""
    compared = len(found.group_labels) > 1
    groups = [f"{label}, n = {n}" for label, n in zip(found.group_labels, found.sizes, strict=True)] if compared else []
    columns = ["Variable", f"All, n = {found.n}", *groups, *(["Test", "P", "SMD"] if compared else []), "Missing"]
    lines = ([str(cell) for cell in line] for row in found.rows for line in _lines(row, compared))
    return pd.DataFrame(lines, columns=columns, dtype=object)


def _lines(row: NumberRow | CategoryRow, compared: bool) -> Iterator[list[object]]:
    tested = _tested(row.test, row.smd) if compared else []
    if isinstance(row, CategoryRow):
        yield from _categories(row, tested, compared)
        return
    raised = row.unit.replace("8x10^8", "8×10⁸").replace("10^9", "×10⁹")
    unit = f", {raised}" if raised else ""
    digits = _decimals(_spread(row.overall))
    shown = [_described(one, row.normal, digits) for one in (row.overall, *(row.by_group if compared else ()))]
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


def _described(one: Description, normal: bool, digits: int) -> str:
    if not one.n:
        return NOTHING
    if normal:
        return f"{one.mean:.{digits}f} ± {one.sd:.{digits}f}"
    return f"{one.median:.{digits}f} ({one.lower_quartile:.{digits}f}-{one.upper_quartile:.{digits}f})"


def _spread(one: Description) -> float:
    """How far apart the values lie; of equal ones how far from 0."""
    return max((size for size in (one.sd, one.upper_quartile - one.lower_quartile) if size > 0), default=abs(one.mean))


def _short(row: NumberRow | CategoryRow) -> str:
    """A name that leaves room for the numbers; a column of the file's own keeps its header."""
    return SHORT_NAMES.get(row.column, row.label.split(";")[0])


def _decimals(spread: float) -> int:
    """How many decimals show values that lie so far apart: one, more where that would round their spread away."""
    if not 0 < spread < SMALL_SPREAD:
        return 1
    return min(1 - floor(log10(spread)), MOST_DECIMALS)
