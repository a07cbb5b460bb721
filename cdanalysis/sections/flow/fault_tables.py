"""The faults of a column that are equal but for the cell, on one line: how many, the first rows, the first values."""

from collections.abc import Iterable, Sequence

import pandas as pd

from cdanalysis.results import Fault
from cdanalysis.sections.flow.tables import DONE

GROUP_COLUMNS = ("Sheet", "Column", "Times", "Rows", "Found", "Accepted", "What was done")
MOST_NAMED = 3


def grouped(faults: Sequence[Fault]) -> pd.DataFrame:
    """A line for all faults of a column that accept the same and were dealt with alike, in the order in which they arose."""
    groups: dict[tuple[str, str, str, str], list[Fault]] = {}
    for fault in faults:
        groups.setdefault((fault.sheet, fault.column, fault.accepted, fault.severity), []).append(fault)
    lines = [
        (sheet, column, len(equal), _first(one.row for one in equal), _first(one.found for one in equal), accepted,
         DONE.get(severity, severity))
        for (sheet, column, accepted, severity), equal in groups.items()
    ]  # fmt: skip
    return pd.DataFrame(lines, columns=list(GROUP_COLUMNS))


def _first(values: Iterable[object]) -> str:
    """The first different values, and how many others there are; empty where there is none."""
    different = list(dict.fromkeys(value for value in values if value is not None))
    more = len(different) - MOST_NAMED
    return ", ".join(map(str, different[:MOST_NAMED])) + (f" and {more:,} more" if more > 0 else "")
