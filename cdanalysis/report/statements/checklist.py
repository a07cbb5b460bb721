"""A reporting checklist: items filled from what the run holds, the rest named as the author's to write.

An item is filled only with what the run itself shows; what a program cannot know - setting, eligibility, funding,
interpretation - is the author's.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cdanalysis.report.content import Run
from cdanalysis.report.facts import held, joined
from cdanalysis.report.methods.findings import finding
from cdanalysis.writing.numbers import listed

TO_WRITE = "For the author: "
# Number and topic of an item, what its author is asked for, and what fills it.
Row = tuple[str, str, str, Callable[[Run], str] | None]


@dataclass(frozen=True)
class Checklist:
    """A statement's items under its title; source: its reference (`references.REFERENCES`). about: for which studies it is."""

    name: str
    title: str
    about: str
    source: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Item:
    """One item: its number and topic, and what the run fills it with, or what the author is asked for (filled False)."""

    number: str
    topic: str
    text: str
    filled: bool


def items_of(run: Run, rows: Sequence[Row]) -> tuple[Item, ...]:
    """Every item of a checklist, in its order; plain text."""
    return tuple(_item(run, *row) for row in rows)


def _item(run: Run, number: str, topic: str, asked: str, fill: Callable[[Run], str] | None) -> Item:
    text = fill(run) if fill else ""
    return Item(number, topic, text or f"{TO_WRITE}{asked}", bool(text))


def in_tables(what: str, *names: str) -> Callable[[Run], str]:
    """That something stands in the tables of the bundle whose names begin so; empty where it holds none of them."""

    def told(run: Run) -> str:
        shown = list(dict.fromkeys(table for name in names for table in held(run, name)))
        return f"{what}: {'table' if len(shown) == 1 else 'tables'} {listed(shown)} of the bundle." if shown else ""

    return told


def of_finding(*names: str) -> Callable[[Run], str]:
    """What some analyses found, where the run has them."""
    return lambda run: joined(finding(run, name) for name in names)


def several(*ways: Callable[[Run], str]) -> Callable[[Run], str]:
    """Several answers as one text."""
    return lambda run: joined(way(run) for way in ways)
