"""What a disease index is: its scale, its components, and its presets for remission, response and relapse."""

from dataclasses import dataclass
from functools import cached_property
from math import inf, nan

from cdanalysis.dictionary.indices.presets import Bound, Preset, RelapseRule


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
