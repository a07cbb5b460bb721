"""No letter of a saved figure is below 6 points in a column of 85 mm, where assets/png.js draws it 400 pixels wide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest

import cdanalysis as cd
from cdanalysis import sections
from cdanalysis.sections.blocks import Figure
from cdanalysis.sections.parts import Block, SideBySide

COLUMN_MM, DRAWN_PX, LEAST_POINTS = 85, 400, 6.0
TEXTS = ("font", "tickfont", "textfont", "title_font")


def figures(found: Iterable[Block]) -> Iterator[Figure]:
    for block in found:
        if isinstance(block, Figure):
            yield block
        elif isinstance(block, SideBySide):
            for column in block.columns:
                yield from figures(column)


def sizes(value: Any) -> Iterator[float]:
    """The size of every font that a figure names."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name in TEXTS and isinstance(inner, Mapping) and "size" in inner:
                yield from inner["size"] if isinstance(inner["size"], list | tuple) else (inner["size"],)
            yield from sizes(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from sizes(inner)


@pytest.mark.parametrize("name", ["flow", "response", "survival", "predictors", "endoscopy", "safety", "cutoffs"])
def test_every_letter_can_be_read_in_a_column(name: str) -> None:
    shown = list(figures(getattr(sections, name)(cd.demo_cohort(), cd.Settings())))
    assert shown
    for figure in shown:
        spec = figure.spec.get("narrow", figure.spec)
        found = list(sizes(spec))
        assert found, figure.id
        assert min(found) / DRAWN_PX * COLUMN_MM / 25.4 * 72 >= LEAST_POINTS, figure.id
