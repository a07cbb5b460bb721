"""A figure of a marker's groups carries the cut-off's stamp and the P that allows for a search, whatever test compares them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

import cdanalysis as cd
from cdanalysis.sections import named
from cdanalysis.sections.blocks import Figure, Looked
from cdanalysis.sections.parts import Block, Choose, Dial, Form, LookCloser

GROUPS = {"survival_group": "crp"}
# Section, part, the figure's id, its own test; the page that the ledger names.
FIGURES = [
    ("survival", "Competing risks", "competing-risks", "Gray's test", "Competing risks"),
    (
        "survival",
        "Events that come again",
        "mean-number-1-relapse",
        "Robust test of equal means",
        "Events that come again",
    ),
    ("predictors", "Current level", "current-crp", "Mantel-Byar", "Current level"),
    ("predictors", "Weighted groups", "weighted-crp", "Weighted log-rank", "Weighted groups"),
]


def within(blocks: Iterable[Block], part: str) -> Iterator[Block]:
    """The blocks of a part, the first of each choice."""
    for block in blocks:
        if isinstance(block, LookCloser):
            yield from (inner for one in block.parts if one.title == part for inner in within(one.blocks, part))
        elif isinstance(block, Choose):
            yield from within(block.blocks(next(iter(block.options))), part)
        elif isinstance(block, Dial | Form):
            yield from within(block.at_start, part)
        else:
            yield block


def note_of(figure: Figure) -> str:
    texts = (one.get("text", "") for one in figure.spec["layout"]["annotations"])
    return next(text for text in texts if "cut-off: " in text)


@pytest.mark.parametrize(("section", "part", "name", "test", "page"), FIGURES)
def test_the_note_says_where_the_cut_off_comes_from_and_corrects_a_searched_one(
    section: str, part: str, name: str, test: str, page: str
) -> None:
    searched, published = (
        list(within(named(section)(cd.demo_cohort(), cd.Settings(cutoffs=cutoffs, **GROUPS)), part))
        for cutoffs in ("crp>14", "")
    )
    figures = [
        next(one for one in shown if isinstance(one, Figure) and one.id == name) for shown in (searched, published)
    ]
    said = note_of(figures[0])
    assert said.startswith(test)
    (curves,) = (
        one
        for one in named("survival")(cd.demo_cohort(), cd.Settings(cutoffs="crp>14", **GROUPS))
        if isinstance(one, Figure) and one.id == "survival-relapse"
    )
    corrected = note_of(curves).partition("; cut-off: data-driven; ")[2]
    assert corrected.startswith("corrected for a search P = ")
    assert f"cut-off: data-driven; log-rank {corrected}" in said
    assert "cut-off: literature" in note_of(figures[1])
    assert "corrected" not in note_of(figures[1])
    assert page in [one.page for one in searched if isinstance(one, Looked)]


def test_relapse_between_visits_is_counted_with_the_tests_of_its_groups() -> None:
    shown = within(named("survival")(cd.demo_cohort(), cd.Settings()), "Relapse between visits")
    looked = [one for one in shown if isinstance(one, Looked) and one.page == "Relapse between visits"]
    assert [name for one in looked for name, _ in one.tested] == ["equal groups of CRP", "equal groups of 6-TGN"]
