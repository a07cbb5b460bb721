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
    lowered = [{str(name).strip().lower(): value for name, value in row.items()} for row in rows]
    missing = [name for name in ("printed", "quantity") if not any(name in row for row in lowered)]
    if missing:
        return NotEstimable(
            f"the sheet has no column {' and no column '.join(missing)}; the template shows which it needs"
        )
    texts = [{name: text_of(row.get(name)) for name in COLUMNS} for row in lowered]
    return tuple(Asked(**one) for one in texts if one["printed"])


def text_of(value: object) -> str:
    """A cell as text: a whole number without a decimal point, nothing for an empty one."""
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
