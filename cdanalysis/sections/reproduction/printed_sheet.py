"""The small sheet in which any paper's printed results are given: its columns, a line of each kind, its lines read.

A row: result (in words), printed (as printed), quantity, of (a marker, a column, `crp>10`, `sex=male`), at (months), outcome
(a code; empty: the one in use).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np

from cdanalysis.results import NotEstimable


@dataclass(frozen=True)
class Asked:
    """A line of the sheet, every cell a text."""

    result: str
    printed: str
    quantity: str
    of: str = ""
    at: str = ""
    outcome: str = ""


COLUMNS = tuple(field.name for field in fields(Asked))
EXAMPLES = (
    Asked("Patients followed", "98", "patients", outcome="relapse"),
    Asked("Relapses", "22", "events", outcome="relapse"),
    Asked("Free of relapse at 12 months", "85.1%", "event-free %", at="12", outcome="relapse"),
    Asked("Median time to relapse", "74.7 (39.6-109.9)", "median time", outcome="relapse"),
    Asked("CRP above 10, adjusted", "4.72 (1.19-18.75)", "adjusted hazard ratio", "crp>10", outcome="relapse"),
    Asked("its P", "P=0.027", "adjusted hazard ratio P", "crp>10", outcome="relapse"),
    Asked("CRP above 10, alone", "5.49 (1.62-18.62)", "hazard ratio", "crp>10", outcome="relapse"),
    Asked("Log-rank test of CRP", "P=0.002", "log-rank P", "crp>10", outcome="relapse"),
    Asked("Median age (quartiles)", "30 (23-40)", "median of", "age_years"),
    Asked("Men", "87", "number with", "sex=male"),
    Asked("Men", "71.3%", "percentage with", "sex=male"),
)


def asked_of(rows: Sequence[Mapping[str, object]]) -> tuple[Asked, ...] | NotEstimable:
    """The lines of a sheet by its headers, in capitals or not; lines without a printed text are passed over."""
    lines = lines_of(rows, ("printed", "quantity"))
    if isinstance(lines, NotEstimable):
        return lines
    texts = [{name: line.get(name, "") for name in COLUMNS} for line in lines]
    return tuple(Asked(**one) for one in texts if one["printed"])


def lines_of(rows: Sequence[Mapping[str, object]], needed: Sequence[str]) -> list[dict[str, str]] | NotEstimable:
    """The lines of a sheet as texts by their headers in small letters; which of the needed columns it does not have."""
    lines = [{str(name).strip().lower(): _text(value) for name, value in row.items()} for row in rows]
    missing = [name for name in needed if not any(name in line for line in lines)]
    if missing:
        return NotEstimable(
            f"the sheet has no column {' and no column '.join(missing)}; the template shows which it needs"
        )
    return lines


def _text(value: object) -> str:
    """A cell as text: a whole number without a decimal point, nothing for an empty one."""
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
