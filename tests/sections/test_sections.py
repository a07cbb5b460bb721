"""Every section yields blocks: on the bundled cohort and on a small file, through what it is given to come by its results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, get_args

import pytest

import cdanalysis as cd
from cdanalysis import sections
from cdanalysis.outcomes.markers import scan_code
from cdanalysis.results import Caution, NotEstimable
from cdanalysis.sections import blocks, parts
from cdanalysis.sections.recall import direct
from cdanalysis.ui.widgets.render import DRAWN

FLAT = "patient_id,crp_mg_per_l,relapse_months,relapse_event\nA,5,10,1\nB,15,20,0\nC,,30,1\n"
COHORTS = {"bundled": cd.demo_cohort(), "a small file": cd.read_cohort(FLAT.encode(), file_name="flat.csv")}


def over(found: Iterable[parts.Block]) -> Iterator[parts.Block]:
    """The blocks of a first view, those in columns, tabs and folds too."""
    for block in found:
        yield block
        if isinstance(block, parts.SideBySide):
            for column in block.columns:
                yield from over(column)
        elif isinstance(block, parts.Tabs):
            for inside in block.by_name.values():
                yield from over(inside)
        elif isinstance(block, parts.Folded):
            yield from over(block.blocks)


@pytest.mark.parametrize("name", sections.NAMES)
@pytest.mark.parametrize("which", COHORTS)
def test_a_section_yields_blocks_with_all_that_they_need(name: str, which: str) -> None:
    found = list(over(getattr(cd.sections, name)(COHORTS[which], cd.Settings(survival_group="crp"))))
    assert found
    assert {type(block) for block in found} <= set(get_args(parts.Block))
    outputs = [block for block in found if isinstance(block, blocks.Figure | blocks.Table)]
    assert len({(type(block), block.id) for block in outputs}) == len(outputs)
    assert all(block.alt.strip() for block in outputs if isinstance(block, blocks.Figure))
    assert all(block.title.strip() for block in outputs if isinstance(block, blocks.Table))


def test_the_screen_draws_every_kind_of_block() -> None:
    assert set(DRAWN) == set(get_args(parts.Block))


def test_a_section_computes_what_it_shows_and_its_parts_only_when_they_are_opened() -> None:
    asked: list[str] = []

    def watched(pipeline: Callable[..., Any], *given: Any, waiting: str = "") -> Any:
        asked.append(pipeline.__name__)
        return direct(pipeline, *given, waiting=waiting)

    found = list(cd.sections.survival(COHORTS["bundled"], cd.Settings(), watched))
    assert asked == ["survival", "locked_cutoffs"]
    (closer,) = (block for block in found if isinstance(block, parts.LookCloser))
    list(next(part for part in closer.parts if part.title == "Time zero").blocks)
    assert asked == ["survival", "locked_cutoffs", "clocks"]


def test_blocks_come_one_by_one() -> None:
    def refusing(*given: Any, **_: Any) -> Any:
        raise AssertionError(f"{given[0].__name__} was asked for before it was needed")

    first = next(iter(cd.sections.flow(COHORTS["bundled"], cd.Settings(), refusing)))
    assert isinstance(first, blocks.Sentence)


def test_what_cannot_be_estimated_is_a_block_with_its_reason() -> None:
    (found,) = cd.sections.endoscopy(COHORTS["a small file"], cd.Settings())
    assert isinstance(found, NotEstimable)
    assert "endoscopy" in found.reason


def test_a_caution_says_what_it_is_about_and_is_still_its_words() -> None:
    found = list(cd.sections.predictors(COHORTS["bundled"], cd.Settings()))
    cautions = [block for block in found if isinstance(block, Caution)]
    assert [one.kind for one in cautions] == ["few events", "screened"]
    assert "22 relapses for 7 covariates" in cautions[0]


def test_an_unknown_section_is_an_error_and_the_known_ones_are_listed() -> None:
    assert all(callable(getattr(cd.sections, name)) for name in sections.NAMES)
    with pytest.raises(AttributeError):
        _ = cd.sections.nothing


def test_a_figure_or_a_table_in_a_list_does_not_fill_the_screen() -> None:
    found = list(cd.sections.survival(COHORTS["bundled"], cd.Settings()))
    assert max(len(repr(block)) for block in found) < 4_000
    assert "title='Survival at chosen months'" in repr(found)


def test_a_section_that_is_shown_for_several_has_a_view_of_each() -> None:
    cohort = COHORTS["bundled"]
    views = sections.named("cutoffs").views(cohort, cd.Settings())
    found = [(view.word, view.words, scan_code(cohort, view.settings)) for view in views]
    assert found == [("crp", "CRP", "crp"), ("tgn", "6-TGN", "tgn")]
    only = sections.named("baseline").views(COHORTS["bundled"], cd.Settings(ties="breslow"))
    assert only == (parts.View(cd.Settings(ties="breslow")),)


def test_the_stamp_and_the_corrected_p_stand_in_the_saved_figure() -> None:
    settings = cd.Settings(cutoffs="crp>14", survival_group="crp")
    columns = next(
        one for one in cd.sections.predictors(COHORTS["bundled"], settings) if isinstance(one, parts.SideBySide)
    )
    first = list(columns.columns[0])
    (figure,) = (one for one in first if isinstance(one, blocks.Figure))
    now = figure.handle.now
    assert now["stamps"][str(now["current"])] == "data-driven; corrected for a search P = 0.263"  # alone P = 0.032
    assert now["stamps"]["18"] == "literature"  # CRP > 10 mg/L, which nobody locked
    assert any(
        "Of this cut-off: corrected for a search P = 0.263." in one.text
        for one in first
        if isinstance(one, blocks.Note)
    )
    curves = next(one for one in cd.sections.survival(COHORTS["bundled"], settings) if isinstance(one, blocks.Figure))
    note = curves.spec["layout"]["annotations"][0]["text"]
    assert note == "Log-rank P = 0.032; cut-off: data-driven; corrected for a search P = 0.263"
    footer = next(one["text"] for one in curves.spec["layout"]["annotations"] if one.get("name") == "footer")
    assert "CRP &gt; 14 (data-driven)" in footer
