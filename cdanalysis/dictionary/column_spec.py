"""What the data dictionary says of one column, and how that is told to a reader."""

from dataclasses import dataclass
from math import inf, isfinite


@dataclass(frozen=True)
class ColumnSpec:
    """One column; lowest and highest in `unit`.

    kind: id, text, number, yes_no, category or date. synonyms: other headers (English, Chinese); capitals, punctuation
    and the unit do not matter.
    """

    name: str
    sheet: str
    kind: str
    meaning: str
    unit: str = ""
    lowest: float = -inf
    highest: float = inf
    synonyms: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    required: bool = False


def accepted(spec: ColumnSpec) -> str:
    """What a column accepts, in a reader's words."""
    if spec.kind == "number":
        bounds = f" from {spec.lowest:g} to {spec.highest:g}" if isfinite(spec.lowest) else ""
        return f"a number{f' in {spec.unit}' if spec.unit else ''}{bounds}, or an empty cell"
    if spec.kind == "yes_no":
        return "yes or no (1 or 0), or an empty cell"
    if spec.kind == "category":
        return f"one of {', '.join(spec.categories)}"
    return {"date": "a date such as 2024-03-31", "id": "an identifier"}.get(spec.kind, "a text")
