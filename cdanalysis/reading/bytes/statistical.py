"""SPSS, Stata and SAS files -> one sheet of cells, by pyreadstat; runs in the child process.

Value labels replace the codes they stand for, where the codes of a column have them: one labelled value, `1 = detection
limit`, leaves a column of numbers what it is. User-missing values become empty cells and are counted.
"""

import io
import math
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pyreadstat

from cdanalysis.errors import CohortError
from cdanalysis.reading.bytes.budget import check_table

STATISTICAL = {
    "sav": ("an SPSS", pyreadstat.read_sav),
    "dta": ("a Stata", pyreadstat.read_dta),
    "sas7bdat": ("a SAS", pyreadstat.read_sas7bdat),
    "xpt": ("a SAS transport", pyreadstat.read_xport),
}
TAKES_USER_MISSING = ("sav", "dta", "sas7bdat")
LEAST_LABELLED = 0.9  # of the cells that hold something


def read_statistical(
    kind: str, content: bytes
) -> Iterator[tuple[dict[str, object], Iterator[tuple[int, list[object]]]]]:
    """One sheet: what is said of it, and its rows; the header is row 1, as in the program's own data view plus one."""
    label, read = STATISTICAL[kind]
    kept = {"user_missing": True} if kind in TAKES_USER_MISSING else {}
    try:
        _, meta = read(io.BytesIO(content), metadataonly=True)
        check_table(meta.number_rows or 0, meta.number_columns or 0)
        columns, meta = read(io.BytesIO(content), output_format="dict", **kept)
    except CohortError:
        raise
    except Exception as error:  # the library's own errors are plain exceptions
        raise CohortError(f"This is {label} file that is damaged or of a release that cannot be read.") from error
    cells = {name: _cells(name, values, meta) for name, values in columns.items()}
    check_table(max((len(values) for values, _ in cells.values()), default=0), len(cells))
    missing = {name: n for name, (_, n) in cells.items() if n}
    codes = {
        name: {text: code for code, text in labels.items() if isinstance(code, int | float)}
        for name, labels in meta.variable_value_labels.items()
    }
    notes = {
        name: said for name, labels in meta.variable_value_labels.items() if (said := _beside(cells[name][0], labels))
    }
    about = {"name": "table", "visible": True, "merged": [], "lost": [], "missing": missing, "notes": notes, "codes": codes,
             "labels": {name: text for name, text in meta.column_names_to_labels.items() if text}}  # fmt: skip
    yield about, _rows(list(cells), [values for values, _ in cells.values()])


def _rows(names: list[str], columns: list[list[object]]) -> Iterator[tuple[int, list[object]]]:
    yield 1, list(names)
    yield from ((number, list(row)) for number, row in enumerate(zip(*columns, strict=True), 2))


def _cells(name: str, values: Any, meta: Any) -> tuple[list[object], int]:
    """A column's cells by label, and how many of them were user-missing."""
    labels = meta.variable_value_labels.get(name, {})
    values = values.tolist() if hasattr(values, "tolist") else values
    stands_for = labels if _are_codes(values, labels) else {}
    ranges = meta.missing_ranges.get(name, ())
    codes = set(meta.missing_user_values.get(name, ()))
    cells, n_missing = [], 0
    for value in values:
        if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
            cells.append(None)
        elif value in codes or any(_within(value, bounds) for bounds in ranges):
            cells.append(None)
            n_missing += 1
        else:
            cells.append(stands_for.get(value, value))
    return cells, n_missing


def _are_codes(values: list[object], labels: dict[object, str]) -> bool:
    """Whether a column's values are codes: nearly all cells, and as many different values as not, have a label."""
    held = Counter(value for value in values if value not in (None, "") and value == value)
    labelled = [value for value in held if value in labels]
    n_labelled = sum(held[value] for value in labelled)
    return len(labelled) >= len(held) - len(labelled) and n_labelled >= LEAST_LABELLED * held.total()


def _beside(cells: list[object], labels: dict[object, str]) -> list[tuple[int, object, str]]:
    """The labels that do not replace the numbers they stand beside: how often, the number, its label."""
    held = Counter(cell for cell in cells if isinstance(cell, int | float) and cell in labels)
    return [(n, value, labels[value]) for value, n in held.items()]


def _within(value: object, bounds: dict[str, Any]) -> bool:
    low, high = bounds["lo"], bounds["hi"]
    if isinstance(value, str) or isinstance(low, str):
        return value == low
    return isinstance(value, int | float) and low <= value <= high
