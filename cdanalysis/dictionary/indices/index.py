"""What a disease index is: its scale, and the published presets for remission, response and relapse."""

from __future__ import annotations

import operator
from dataclasses import dataclass, replace
from functools import cached_property
from math import inf, nan
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
    """A published bound, what a reader may set it to, and where it is from; sources: keys of the list of references."""

    bound: Bound
    range: tuple[float, float]
    citation: str
    sources: tuple[str, ...] = ()
    verified: bool = True

    @property
    def source(self) -> str:
        """The citation, and whether nobody checked it."""
        return self.citation if self.verified else f"{self.citation} (unverified)"


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


@dataclass(frozen=True)
class Item:
    """A component of an index, read at visits; its points: weight times the value.

    under: of a laboratory value whose shortfall counts, what it is subtracted from, in men and in women. least: of the points.
    """

    column: str
    meaning: str
    lowest: float
    highest: float
    synonyms: tuple[str, ...]
    weight: float = 1.0
    under: tuple[float, float] | None = None
    least: float = -inf
    is_yes_no: bool = False


@dataclass(frozen=True)
class Index:
    """A score of disease activity that visits are classed by; lowest to highest in `unit`.

    article: `a` or `an` before its label. synonyms: headers of its column. remission_needs_fall: whether remission asks for the
    fall of a response too; further_fall: of a stricter response, where one is used; fall_percent: what the fall must also be of
    the value at baseline. most_of_an_item: no component above it in remission, where the file has the components.
    step: of a reader's bounds; per: how many points a candidate's ratio is for.
    """

    code: str
    label: str
    article: str
    name: str
    column: str
    unit: str
    lowest: float
    highest: float
    synonyms: str
    remission: Preset
    response: Preset
    relapse: tuple[RelapseRule, ...]
    relapse_range: tuple[tuple[float, float], tuple[float, float]]
    remission_needs_fall: bool = False
    further_fall: float | None = None
    fall_percent: float = 0.0
    step: float = 1.0
    per: float = 1.0
    slider: tuple[float, float] = (0.0, 0.0)
    sources: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    most_of_an_item: float = nan
    left_out: str = ""  # of the published definition, what is not asked for

    def level(self, bound: Bound) -> str:
        """`below 150 points`."""
        return f"{bound.as_level} {self._counted(bound.value)}"

    def change(self, bound: Bound) -> str:
        """`of at least 3 points`."""
        return f"{bound.as_change} {self._counted(bound.value)}"

    def _counted(self, value: float) -> str:
        return self.unit.removesuffix("s") if value == 1 else self.unit

    @property
    def titled(self) -> str:
        """The name with its abbreviation, where it has one."""
        return self.name if self.name.lower() == self.label.lower() else f"{self.name} ({self.label})"

    @property
    def noun(self) -> str:
        """`a CDAI`, `an HBI`."""
        return f"{self.article} {self.label}"

    @property
    def is_inclusive(self) -> bool:
        """Whether its bounds hold the values on them as they were published."""
        return self.remission.bound == self.remission.bound.inclusive

    @cached_property
    def rules(self) -> dict[str, RelapseRule]:
        """The relapse rules by code, the default first."""
        return {rule.code: rule for rule in self.relapse}

    @property
    def rule(self) -> RelapseRule:
        """The rule until another is chosen."""
        return self.relapse[0]
