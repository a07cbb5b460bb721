"""Conditions on patients as one text: `age_years>=18,sex=female|unknown`; columns and values as `codes` writes them."""

import re
from math import isfinite
from typing import NamedTuple
from urllib.parse import unquote

from cdanalysis.settings.as_text.codes import quoted

SIGNS = {">=": "≥", "<=": "≤", "=": "="}
UNMET = {">=": "below", "<=": "above", "=": "other than"}
_CONDITION = re.compile(r"(?P<column>[^<>=]+)(?P<sign>>=|<=|=)(?P<values>[^<>=]+)")


class Condition(NamedTuple):
    """What a patient must have to be analysed: a number at most or at least, or one of some values."""

    column: str
    sign: str
    values: tuple[str, ...]

    @property
    def number(self) -> float:
        """The bound of a number."""
        return float(self.values[0])

    def words(self, label: str) -> str:
        """`Age ≥ 18`, `Sex = female or unknown`; plain."""
        return f"{label} {SIGNS[self.sign]} {' or '.join(self.values)}"

    def unmet(self, label: str) -> str:
        """Why a patient is left out by it: `Age below 18`, `Sex other than female`; plain."""
        return f"{label} {UNMET[self.sign]} {' or '.join(self.values)}"


def from_text(text: str) -> tuple[Condition, ...]:
    """The conditions of a text, each once; raises ValueError naming the part that is none."""
    return tuple(dict.fromkeys(_read(part) for part in (part.strip() for part in text.split(",")) if part))


def as_text(conditions: tuple[Condition, ...]) -> str:
    """Conditions as one text, in the order of their columns."""
    return ",".join(
        f"{quoted(one.column)}{one.sign}{'|'.join(quoted(value).replace('|', '%7C') for value in one.values)}"
        for one in sorted(set(conditions))
    )


def canonical(text: str) -> str:
    """Conditions in the one way they are kept."""
    return as_text(from_text(text))


def _read(part: str) -> Condition:
    found = _CONDITION.fullmatch(part)
    shown = part if len(part) <= 40 else f"{part[:39]}…"
    if not found:
        raise ValueError(f"patients is {shown!r}, expected a column, =, >= or <=, and a value")
    values = tuple(dict.fromkeys(unquote(value) for value in found["values"].split("|") if value))
    one = Condition(unquote(found["column"].strip()), found["sign"], values)
    if one.sign != "=" and not _is_number(one):
        raise ValueError(f"patients is {shown!r}, expected a number after {one.sign}")
    return one


def _is_number(one: Condition) -> bool:
    try:
        return len(one.values) == 1 and isfinite(one.number)
    except ValueError:
        return False
