"""What a bundle collects of made-up sections: names and titles, every choice, what is slow, what is the same in each view."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pandas as pd

import cdanalysis as cd
from cdanalysis.report.collecting import NOT_ASKED, NOT_ESTIMABLE, Collector, file_words
from cdanalysis.results import NotEstimable
from cdanalysis.sections.blocks import Curves, Figure, Handle, Sentence, Table
from cdanalysis.sections.parts import (
    Block,
    Choose,
    Dial,
    Folded,
    LongRun,
    LookCloser,
    Part,
    SideBySide,
    Tabs,
    View,
    lazily,
)

FRAME = pd.DataFrame({"a": [1]})
ONLY = View(cd.Settings())
BY_OUTCOME = View(cd.Settings(outcome="surgery"), "surgery", "surgery")


def table(name: str = "one", title: str = "One") -> Table:
    return Table(name, FRAME, title)


def collected(*blocks: Block, view: View = ONLY, is_first: bool = True, **chosen: Any) -> Collector:
    """A section of these blocks, collected for one view."""
    collector = Collector(cd.demo_cohort(), **chosen)
    collector.collect("made-up", "Made up", lambda *_: iter(blocks), view, is_first=is_first)
    return collector


def of(_: str) -> Iterator[Block]:
    yield table()


def never(*_: object) -> Iterator[Block]:
    raise AssertionError("this is not collected")
    yield


def test_outputs_are_found_wherever_they_stand() -> None:
    found = collected(
        Sentence("nothing to keep"),
        table("a"),
        SideBySide(((table("b"),), (Figure("c", {}, "C"),))),
        Tabs({"one": (table("d"),)}),
        Folded("more", (table("e"),)),
        Dial("dial", "Month", "", 7.0, 0.0, 9.0, lambda month: iter([table(f"f-{month:g}")])),
    )
    assert list(found.tables) == ["a", "b", "d", "e", "f-7"]
    assert list(found.figures) == ["c"]
    assert found.figures["c"].place.section == "made-up"


def test_the_view_is_in_every_name_and_title_that_does_not_say_it_already() -> None:
    found = collected(table(), table("curve-surgery", "Curve: surgery"), view=BY_OUTCOME)
    assert {name: one.block.title for name, one in found.tables.items()} == {
        "one-surgery": "One: surgery",
        "curve-surgery": "Curve: surgery",
    }
    assert found.tables["one-surgery"].place.of_view


def test_every_choice_is_kept_and_the_first_one_is_the_one_that_is_told() -> None:
    choice = Choose("term", "Term", "", {"CRP > 10": "CRP > 10", "age": "Age"}, of)
    found = collected(choice, view=BY_OUTCOME)
    titles = {name: (one.block.title, one.place.further) for name, one in found.tables.items()}
    assert titles == {
        "one-surgery-crp-10": ("One: surgery: CRP > 10", False),
        "one-surgery-age": ("One: surgery: Age", True),
    }
    assert list(collected(replace(choice, each=False)).tables) == ["one"]
    words = collected(replace(choice, word=lambda option: f"<{option[:3].lower().strip()}>"))
    assert list(words.tables) == ["one-<crp>", "one-<age>"]


def test_a_figure_with_a_handle_says_what_its_curves_say() -> None:
    handle = Handle(Curves({"a": 1}, b"", ""), {"now": 2}, "P = 0.5.", lambda now, _: now, lambda now, _: now)
    assert collected(Figure("one", {}, "Curves.", handle)).figures["one"].block.alt == "Curves. P = 0.5."
    assert handle.whole == {"a": 1, "now": 2}


def test_two_sections_may_show_the_same_one_and_the_first_is_kept() -> None:
    found = collected(table(title="first"), table(title="second"))
    assert found.tables["one"].block.title == "first"


def slow() -> LongRun:
    return LongRun("Draw", "", lazily(lambda: iter([table("slow")])), slow_pipeline, ("given",))


def slow_pipeline() -> None:
    """Stands for what takes long."""


def test_what_takes_long_is_kept_where_it_was_asked_for_or_is_there_and_else_said() -> None:
    left = collected(slow())
    assert not left.tables
    assert left.left_out == {"Made up, Draw: takes long and was not asked for.": NOT_ASKED}
    assert "slow" in collected(slow(), with_slow=True).tables
    there: Callable[..., bool] = lambda pipeline, given: (pipeline, given) == (slow_pipeline, ("given",))  # noqa: E731
    assert "slow" in collected(slow(), is_there=there).tables
    spoken = replace(slow(), spoken=True, blocks=lazily(never))
    assert not collected(spoken, with_slow=True).left_out


def test_a_part_of_many_patients_is_slow() -> None:
    part = Part("Resampled", "", lazily(never), slow_beyond=10)
    left = collected(LookCloser("closer", (part,)))
    assert list(left.left_out) == ["Made up, Resampled: takes long and was not asked for."]
    quick = replace(part, slow_beyond=10_000, blocks=(table(),))
    assert "one" in collected(LookCloser("closer", (quick,))).tables


def test_a_part_that_is_the_same_in_every_view_is_kept_once_under_its_own_name() -> None:
    parts = LookCloser("closer", (Part("Both", "", (table("both"),), once=True), Part("Each", "", (table("each"),))))
    first = collected(parts, view=BY_OUTCOME)
    assert {name: one.place.of_view for name, one in first.tables.items()} == {"both": False, "each-surgery": True}
    assert list(collected(parts, view=BY_OUTCOME, is_first=False).tables) == ["each-surgery"]


def test_what_is_not_estimable_is_said_with_its_place() -> None:
    choice = Choose("term", "Term", "", {"a": "Age"}, lambda _: iter([NotEstimable("no event")]))
    found = collected(LookCloser("closer", (Part("Robustness", "", (choice,)),)), view=BY_OUTCOME)
    assert found.left_out == {"Made up: surgery, Robustness, Age: not estimable: no event.": NOT_ESTIMABLE}


def test_progress_is_told_part_by_part_and_within_a_part() -> None:
    told: list[tuple[str, float]] = []
    collector = Collector(cd.demo_cohort(), tell=lambda where, share: told.append((where, round(share, 3))))

    def halfway() -> Iterator[Block]:
        collector.within(1, 2)
        yield table()

    parts = LookCloser("closer", (Part("First", "", lazily(halfway)), Part("Second", "", ())))
    collector.collect("made-up", "Made up", lambda *_: iter([parts]), ONLY)
    assert told == [("Made up", 0.0), ("Made up, First", 0.333), ("Made up, First", 0.5), ("Made up, Second", 0.667)]


def test_no_two_options_have_one_word() -> None:
    assert list(file_words({"CRP > 10 mg/L": "", "CRP < 10 mg/L": "", "年龄": "", "x" * 40: ""})) == [
        "crp-10-mg-l-1",
        "crp-10-mg-l-2",
        "3",
        "x" * 24,
    ]
