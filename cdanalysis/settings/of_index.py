"""The index that visits are classed by, and the bounds of its definitions: its own presets until others are chosen.

The default of a bound's field stands for the preset of whichever index is in use; any other value is in its points.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from cdanalysis.dictionary.indices.index import Index
from cdanalysis.dictionary.indices.indices import FIRST, INDICES, OWN
from cdanalysis.dictionary.indices.presets import Bound, RelapseRule
from cdanalysis.settings.rows import choice, number, shown

if TYPE_CHECKING:
    from cdanalysis.settings.settings import Settings

OWN_RULE = "custom"
FURTHER_FALL = "fall-100"  # a response by the stricter fall of the index
# What is said in an index's points, or is a rule of its own: another index begins with its own.
OF_ONE_INDEX = (
    "remission_below_points",
    "response_definition",
    "response_fall_points",
    "relapse_definition",
    "relapse_above_points",
    "relapse_rise_points",
    "boundary",
)


_RESPONSES = {"fall": "Fall, with remission", FURTHER_FALL: "Fall above 100", "without-remission": "Without remission"}


@dataclass(frozen=True)
class OfIndex:
    """Which index, its bounds, and what is told of them."""

    index: str = choice(
        "",
        "Disease index",
        "Which score says who responded and who relapsed, where the file has several.",
        {"": "The file's", **{code: index.label for code, index in INDICES.items()}},
        "endpoint",
    )
    remission_below_points: float = number(
        150.0,
        "Remission level (points)",
        "A lower value puts fewer patients in remission.",
        (-1.0, 900.0),
        5.0,
        "endpoint",
    )
    response_definition: str = choice(
        "fall",
        "Response",
        "Decides who counts as a responder, and so who is followed for relapse.",
        _RESPONSES,
        "endpoint",
    )
    response_fall_points: float = number(
        70.0,
        "Fall from baseline (points)",
        "A larger fall from baseline makes fewer responders.",
        (-1.0, 900.0),
        5.0,
        "endpoint",
    )
    # Read only by the "custom" relapse definition, as is the next.
    relapse_above_points: float = number(
        150.0,
        "Relapse level (points)",
        "A relapse needs this level of the index: a higher one gives fewer relapses.",
        (-1.0, 900.0),
        5.0,
        "endpoint",
    )
    relapse_rise_points: float = number(
        70.0,
        "and risen by (points)",
        "A relapse needs a rise of this much: a larger one gives fewer relapses, 0 asks for none.",
        (-1.0, 900.0),
        5.0,
        "endpoint",
    )

    @cached_property
    def index_row(self) -> Index:
        """The row of the index in use."""
        return INDICES[self.index or FIRST]

    def with_index(self, code: str) -> Settings:
        """The settings by another index, with its own definitions."""
        own = {name: getattr(type(self), name) for name in OF_ONE_INDEX}
        return replace(cast("Any", self), index=code, **own)

    @cached_property
    def remission(self) -> Bound:
        """The level of remission."""
        return self._bound(self.index_row.remission.bound, "remission_below_points")

    @cached_property
    def fall(self) -> Bound:
        """The fall from baseline that is a response; in remission too where the index asks for it."""
        return self._bound(self.index_row.response.bound, "response_fall_points")

    @cached_property
    def response_fall(self) -> Bound:
        """The fall that the chosen response asks for."""
        further = self.index_row.further_fall if self.response_definition == FURTHER_FALL else None
        return self.fall if further is None else self.fall._replace(value=further)

    @cached_property
    def relapse_rule(self) -> RelapseRule:
        """The rule of a relapse, with the values on its bounds where the boundary is inclusive."""
        rule = self._own_rule if self._chosen_rule == OWN_RULE else self.index_row.rules[self._chosen_rule]
        return rule.inclusive if self._inclusive else rule

    @property
    def _own_rule(self) -> RelapseRule:
        """The reader's own: levels of 0 ask for no rise."""
        first = self.index_row.rule
        above, rise = (bound or Bound(0.0, ">") for bound in (first.above, first.rise))
        level = self._value("relapse_above_points", above.value)
        risen = self._value("relapse_rise_points", rise.value)
        bounds = above._replace(value=level), rise._replace(value=risen) if risen else None
        return RelapseRule(OWN_RULE, "Own rule", *bounds, True, OWN)

    def bounds_of(self, name: str) -> tuple[float, float, float]:
        """The value in use of a bound's field, and the lowest and highest that it may be set to for the index."""
        row = self.index_row
        ranges = dict[str, tuple[float, float]](
            zip(LEVELS, (row.remission.range, row.response.range, *row.relapse_range), strict=True)
        )
        above, rise = row.rule.above, row.rule.rise
        presets = row.remission.bound, row.response.bound, above or Bound(0.0, ">"), rise or Bound(0.0, ">")
        preset = dict[str, Bound](zip(LEVELS, presets, strict=True))[name]
        return float(self._value(name, preset.value)), *ranges[name]

    @property
    def rule_choices(self) -> Mapping[str, str]:
        """The relapse rules of the index in a select box's words."""
        return {code: rule.choice for code, rule in self.index_row.rules.items()} | {OWN_RULE: "Own rule"}

    def kept_bound(self, name: str, value: float) -> float:
        """A bound as its field keeps it: the preset of the index is the field's default."""
        preset = self.with_index(self.index).bounds_of(name)[0]
        return getattr(type(self), name) if value == preset else value

    @property
    def response_choices(self) -> Mapping[str, str]:
        """The responses of the index in a select box's words."""
        fall, further = self.index_row.response.bound, self.index_row.further_fall
        told = dict(_RESPONSES)
        if further is None:
            del told[FURTHER_FALL]
        else:
            told[FURTHER_FALL] = f"Fall {fall._replace(value=further).sign}"
        return told

    def fault_of_index(self) -> str:
        """What is wrong with a bound or a definition for the index in use, or an empty text."""
        for name in LEVELS:
            value, (lowest, highest) = getattr(self, name), self.bounds_of(name)[1:]
            if value != getattr(type(self), name) and not lowest <= value <= highest:
                return f"{name} is {shown(value)}, expected {lowest:g} to {highest:g}"
        if self._chosen_rule not in self.rule_choices:
            listed = ", ".join(self.rule_choices)
            return f"relapse_definition is {shown(self._chosen_rule)}, expected one of {listed}"
        if self.response_definition == FURTHER_FALL and self.index_row.further_fall is None:
            return f"response_definition is {shown(FURTHER_FALL)}, of which {self.index_row.label} has none"
        return ""

    @property
    def _chosen_rule(self) -> str:
        return cast("Any", self).relapse_definition

    @property
    def _inclusive(self) -> bool:
        return cast("Any", self).boundary == "inclusive"

    def _value(self, name: str, preset: float) -> float:
        chosen = getattr(self, name)
        return preset if chosen == getattr(type(self), name) else chosen

    def _bound(self, preset: Bound, name: str) -> Bound:
        bound = preset._replace(value=self._value(name, preset.value))
        return bound.inclusive if self._inclusive else bound


LEVELS = ("remission_below_points", "response_fall_points", "relapse_above_points", "relapse_rise_points")
