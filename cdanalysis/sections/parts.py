"""Blocks that hold others: columns, tabs, what a reader chooses, what takes long, the parts that open on demand.

What stands inside is an iterable of blocks: a tuple, or `lazily(...)` for what is computed when somebody looks at it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cdanalysis.results import Caution, NotEstimable
from cdanalysis.sections import blocks
from cdanalysis.settings import Settings

REGISTER = 5_000  # patients: beyond it what is quick for a study takes long


@dataclass(frozen=True)
class SideBySide:
    """Blocks in columns."""

    columns: tuple[Iterable[Block], ...]


@dataclass(frozen=True)
class Tabs:
    """Blocks behind each other, by their names."""

    by_name: Mapping[str, Iterable[Block]]


@dataclass(frozen=True)
class Folded:
    """Blocks that open in place."""

    title: str
    blocks: Iterable[Block]
    icon: str = "table_rows"


@dataclass(frozen=True)
class Control:
    """The widget of a setting, in place; options: its values in words, of one whose row does not know them."""

    setting: str
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Choose:
    """One of several views, as the reader chooses; options: their values in words.

    setting: where the choice is kept as one, and start its value now; more: values beyond those that a bundle holds.
    looks: "list", "buttons" or "circles". each: whether a bundle holds every option or the first one only; word: of an option
    in a file's name, where that is not made of the option itself. waiting: what is said while a view is computed.
    """

    id: str
    label: str
    about: str
    options: Mapping[Any, str]
    blocks: Callable[[Any], Iterable[Block]]
    setting: str = ""
    start: Any = None
    more: Mapping[Any, str] = field(default_factory=dict)
    looks: str = "list"
    each: bool = True
    word: Callable[[Any], str] | None = None
    waiting: str = ""


@dataclass(frozen=True, eq=False)
class Dial:
    """A view of a number that the reader sets, from lowest to highest; a bundle holds that of the start."""

    id: str
    label: str
    about: str
    start: float
    lowest: float
    highest: float
    blocks: Callable[[float], Iterable[Block]]
    step: float = 1.0

    @property
    def at_start(self) -> Iterable[Block]:
        """The view before a reader set it."""
        return self.blocks(self.start)


@dataclass(frozen=True)
class Field:
    """One value that a reader gives in a form: a number, or one of levels, by what each is called; label, about: plain."""

    id: str
    label: str
    about: str
    start: float
    step: float = 1.0
    levels: Mapping[float, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Form:
    """A view of several values that the reader gives, by the ids of their fields; a bundle holds that of the start."""

    id: str
    fields: tuple[Field, ...]
    blocks: Callable[[Mapping[str, float]], Iterable[Block]]

    @property
    def start(self) -> dict[str, float]:
        """The values before a reader gave any."""
        return {one.id: one.start for one in self.fields}

    @property
    def at_start(self) -> Iterable[Block]:
        """The view before a reader gave anything."""
        return self.blocks(self.start)


@dataclass(frozen=True, eq=False)
class LongRun:
    """What takes long and is computed where it is asked for: what it is called, and its blocks.

    pipeline, given: the computation, whose result may be there already. spoken: it ends in words only.
    """

    label: str
    about: str
    blocks: Iterable[Block]
    pipeline: Callable[..., Any]
    given: tuple[Any, ...] = field(repr=False)
    slow_beyond: int = 0
    spoken: bool = False


@dataclass(frozen=True, eq=False)
class Part:
    """What a section offers beyond its first view: what it answers, and its blocks, computed when it is opened.

    once: the same whatever the section is shown for. slow_beyond: of how many patients it takes long; long_run: the
    computation that makes it so and what it is given. waiting: what is said while it computes.
    """

    title: str
    about: str
    blocks: Iterable[Block]
    once: bool = False
    slow_beyond: int = REGISTER
    long_run: tuple[Any, ...] = field(default=(), repr=False)
    waiting: str = ""


@dataclass(frozen=True)
class LookCloser:
    """The parts of a section, one open at a time."""

    id: str
    parts: tuple[Part, ...]


Block = (
    blocks.Heading | blocks.KeyFigures | blocks.Sentence | blocks.Quote | blocks.Note | blocks.Notice | Caution | blocks.Excluded
    | NotEstimable | blocks.Figure | blocks.Table | blocks.Looked | SideBySide | Tabs | Folded | Control | Choose | Dial | Form
    | LongRun | LookCloser
)  # fmt: skip
Making = Callable[..., Iterable[Block]]


@dataclass(frozen=True)
class View:
    """Settings that a section is shown for; word: of a file's name, words: of a title; both empty for the only view."""

    settings: Settings
    word: str = ""
    words: str = ""


@dataclass(frozen=True, eq=False)
class _Lazily:
    make: Making
    given: tuple[Any, ...] = field(repr=False)

    def __iter__(self) -> Iterator[Block]:
        return iter(self.make(*self.given))


def lazily(make: Making, *given: Any) -> Iterable[Block]:
    """The blocks of `make(*given)`, made anew whenever they are gone through, so that nothing unseen is computed."""
    return _Lazily(make, given)


def as_part(title: str, about: str, *, waiting: str = "") -> Callable[[Making], Callable[..., Part]]:
    """Makes a function to blocks one to the part that offers them; about: what it answers."""
    return lambda blocks: lambda *given: Part(title, about, lazily(blocks, *given), waiting=waiting)
