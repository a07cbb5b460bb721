"""A published bound of an index, and what makes a relapse by it, each with the paper that has it."""

from __future__ import annotations

import operator
from dataclasses import dataclass, replace
from typing import NamedTuple

_MET = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
INCLUSIVE = {"<": "<=", ">": ">=", "<=": "<=", ">=": ">="}
_SHOWN = {"<": "<", "<=": "≤", ">": ">", ">=": "≥"}
_LEVELS = {"<": "below {}", "<=": "of at most {}", ">": "above {}", ">=": "at or above {}"}
_CHANGES = {">": "of more than {}", ">=": "of at least {}"}


class Bound(NamedTuple):
    """A value and on which side of it something is met: "<", "<=", ">" or ">="."""

    value: float
    operator: str

    def met(self, value: float) -> bool:
        """Whether a value is on that side; NaN never is."""
        return bool(_MET[self.operator](value, self.value))

    @property
    def sign(self) -> str:
        """`< 150`."""
        return f"{_SHOWN[self.operator]} {self.value:g}"

    @property
    def as_level(self) -> str:
        """`below 150`, `of at most 4`."""
        return _LEVELS[self.operator].format(f"{self.value:g}")

    @property
    def as_change(self) -> str:
        """`of more than 70`, `of at least 3`."""
        return _CHANGES[self.operator].format(f"{self.value:g}")

    @property
    def inclusive(self) -> Bound:
        """The same with the value itself."""
        return self._replace(operator=INCLUSIVE[self.operator])


STUDY = "thalidomide + azathioprine cohort (the study)"


def short(citation: str) -> str:
    """The source alone of a citation that says what it is of: `fall of 3 points or more: Vermeire 2010`."""
    return "the study" if citation == STUDY else citation.rpartition(": ")[2]


@dataclass(frozen=True)
class Preset:
    """A published bound, what a reader may set it to, and where it is from; sources: keys of the list of references.

    others: what other papers have in its place, met on the same side.
    """

    bound: Bound
    range: tuple[float, float]
    citation: str
    sources: tuple[str, ...] = ()
    verified: bool = True
    others: tuple[Preset, ...] = ()

    @property
    def source(self) -> str:
        """The citation, and whether nobody checked it."""
        return self.citation if self.verified else f"{self.citation} (unverified)"

    def at(self, value: float) -> Preset | None:
        """Whichever of these was published with a value; None of a reader's own."""
        return next((one for one in (self, *self.others) if one.bound.value == value), None)


@dataclass(frozen=True)
class RelapseRule:
    """What makes a relapse: a level of the index with a rise over the reference (None: no rise needed), objective events, or both.

    choice: what a select box calls it. The code `cdai` is that of every index's rule without objective events: links have it.
    """

    code: str
    choice: str
    above: Bound | None
    rise: Bound | None
    uses_objective: bool
    citation: str
    verified: bool = True
    sources: tuple[str, ...] = ()

    @property
    def uses_index(self) -> bool:
        """Whether a level of the index counts."""
        return self.above is not None

    @property
    def source(self) -> str:
        """The citation, and whether nobody checked it."""
        return self.citation if self.verified else f"{self.citation} (unverified)"

    @property
    def inclusive(self) -> RelapseRule:
        """The same with the values on its bounds."""
        return replace(self, above=self.above and self.above.inclusive, rise=self.rise and self.rise.inclusive)

    def label(self, index: str) -> str:
        """`CDAI > 150 and a rise > 70, or objective activity`."""
        if self.above is None:
            return "objective activity only"
        level = f"{index} {self.above.sign}" + (f" and a rise {self.rise.sign}" if self.rise else "")
        return f"{level}, or objective activity" if self.uses_objective else f"{level} only"
