"""What a bundle holds of each section: its figures and tables under names of their own, of every view, part and choice.

What takes long is kept where it was asked for, or where its result is there already; what is left out is said.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import singledispatchmethod
from typing import Any, Generic, TypeVar

from cdanalysis.cohort import Cohort
from cdanalysis.report.disclosure.passing import Withheld, for_others
from cdanalysis.report.disclosure.rule import Rule
from cdanalysis.results import NotEstimable
from cdanalysis.sections import Section, parts
from cdanalysis.sections.blocks import Figure, Table
from cdanalysis.sections.recall import Recall, direct

NOT_ASKED, NOT_ESTIMABLE, WITHHELD = "not asked", "not estimable", "withheld"  # why something is left out
HOW_TO_ASK = "To have what takes long, tick 'With the slow parts', or open it on its page before the bundle is made."


@dataclass(frozen=True)
class Place:
    """Where a block stands: the section and the view it is shown for, the way to it in words, the choices made on the way.

    endings: what tells its names and titles from those of other choices, a word and words each; further: one of several
    that a reader chooses from, and not the first.
    """

    section: str
    view: parts.View
    where: tuple[str, ...]
    endings: tuple[tuple[str, str], ...] = ()
    further: bool = False

    @property
    def of_view(self) -> bool:
        """Whether it is another in each view of the section."""
        return (self.view.word, self.view.words) in self.endings


Output = TypeVar("Output", Figure, Table)


@dataclass(frozen=True, eq=False)
class Kept(Generic[Output]):
    """A figure or a table as it was collected, under its whole name and title."""

    block: Output
    place: Place


@dataclass
class Collector:
    """Figures and tables so far, each name once: two sections may show the same one; left_out: why, by the sentence.

    with_slow: what takes long was asked for; is_there: whether the result of a pipeline and what it is given is there
    already; tell: told where the collector is, and its share of the section (0 to 1). rule: by which small counts are masked
    of what is for others; None keeps everything as it is shown.
    """

    cohort: Cohort
    recall: Recall = direct
    with_slow: bool = False
    is_there: Callable[[Callable[..., Any], tuple[Any, ...]], bool] = lambda *_: False
    tell: Callable[[str, float], object] = lambda *_: None
    rule: Rule | None = None
    figures: dict[str, Kept[Figure]] = field(default_factory=dict)
    tables: dict[str, Kept[Table]] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    _at: tuple[str, int, int] = ("", 0, 1)
    _is_first: bool = True

    def collect(self, name: str, title: str, section: Section, view: parts.View, *, is_first: bool = True) -> None:
        """Keep what a section shows for a view; is_first: this view stands for all in what is the same in each."""
        self._is_first = is_first
        way = f"{title}: {view.words}" if view.words else title
        self._begin((way,), 0, 1)
        endings = ((view.word, view.words),) if view.word else ()
        self._over(section(self.cohort, view.settings, self.recall), Place(name, view, (way,), endings))

    def within(self, done: int, total: int) -> None:
        """Tell how far the part that runs has come."""
        where, begun, n = self._at
        self.tell(where, (begun + min(done / total, 1.0)) / n)

    def _begin(self, where: tuple[str, ...], begun: int, n: int) -> None:
        self._at = ", ".join(where), begun, n
        self.within(0, 1)

    def _over(self, blocks: Iterable[parts.Block], place: Place) -> None:
        for block in blocks:
            self._take(block, place)

    @singledispatchmethod
    def _take(self, block: Any, place: Place) -> None:
        """A block without an output is passed over."""

    @_take.register
    def _(self, block: Figure, place: Place) -> None:
        whole, _ = _ended(block.id, "", place.endings)
        said = block.alt if block.handle is None else f"{block.alt} {block.handle.said}"
        self.keep(replace(block, id=whole, alt=said), place)

    @_take.register
    def _(self, block: Table, place: Place) -> None:
        whole, title = _ended(block.id, block.title, place.endings)
        self.keep(replace(block, id=whole, title=title), place)

    @_take.register
    def _(self, block: NotEstimable, place: Place) -> None:
        self._leave_out(place, NOT_ESTIMABLE, "not estimable" if self.rule else f"not estimable: {block.reason}")

    @_take.register
    def _(self, block: parts.SideBySide, place: Place) -> None:
        for column in block.columns:
            self._over(column, place)

    @_take.register
    def _(self, block: parts.Tabs, place: Place) -> None:
        for inside in block.by_name.values():
            self._over(inside, place)

    @_take.register
    def _(self, block: parts.Folded, place: Place) -> None:
        self._over(block.blocks, place)

    @_take.register
    def _(self, block: parts.Dial | parts.Form, place: Place) -> None:
        self._over(block.at_start, place)

    @_take.register
    def _(self, block: parts.Choose, place: Place) -> None:
        if not block.each:
            self._over(block.blocks(next(iter(block.options))), place)
            return
        in_names = map(block.word, block.options) if block.word else file_words(block.options)
        for number, (option, word) in enumerate(zip(block.options, in_names, strict=True)):
            words = block.options[option]
            chosen = replace(
                place, where=(*place.where, words), endings=(*place.endings, (word, words)), further=number > 0
            )
            self._over(block.blocks(option), chosen)

    @_take.register
    def _(self, block: parts.LongRun, place: Place) -> None:
        if not block.spoken and self._is_wanted(block.slow_beyond, (block.pipeline, *block.given), place, block.label):
            self._over(block.blocks, place)

    @_take.register
    def _(self, block: parts.LookCloser, place: Place) -> None:
        for number, part in enumerate(block.parts, 1):
            if self._is_first or not part.once:
                self._begin((*place.where, part.title), number, len(block.parts) + 1)
                self._part(part, replace(place, where=(*place.where, part.title)))

    def _part(self, part: parts.Part, place: Place) -> None:
        if self._is_wanted(part.slow_beyond, part.long_run, place):
            self._over(part.blocks, replace(place, endings=()) if part.once else place)

    def _is_wanted(self, slow_beyond: int, run: tuple[Any, ...], place: Place, what: str = "") -> bool:
        """Whether a piece is kept; run: a pipeline and what it is given, if there is one to wait for."""
        is_there = bool(run) and self.is_there(run[0], run[1:])
        if self.with_slow or is_there or len(self.cohort.patients) <= slow_beyond:
            return True
        self._leave_out(place, NOT_ASKED, "takes long and was not asked for", what)
        return False

    def keep(self, block: Figure | Table, place: Place) -> None:
        """Keep an output, once; masked where it is for others."""
        passed = block if self.rule is None else for_others(block, self.rule)
        if isinstance(passed, Withheld):
            self._leave_out(place, WITHHELD, f"not for others, {passed.reason}", block.id)
        elif isinstance(passed, Table):
            self.tables.setdefault(passed.id, Kept(passed, place))
        else:
            self.figures.setdefault(passed.id, Kept(passed, place))

    def _leave_out(self, place: Place, why: str, words: str, what: str = "") -> None:
        self.left_out[f"{', '.join(filter(None, (*place.where, what)))}: {words}."] = why


def file_words(options: Mapping[Any, str]) -> Iterator[str]:
    """A short word for each option that a file name can hold, none twice: lower-case letters, digits, hyphens."""
    words = [re.sub(r"[^a-z0-9]+", "-", str(option).lower()).strip("-")[:24].strip("-") for option in options]
    for place, word in enumerate(words, 1):
        yield word if word and words.count(word) == 1 else "-".join(filter(None, (word, str(place))))


def _ended(name: str, title: str, endings: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    """Name and title with every ending that the name has not already: then its title says it too."""
    for word, words in endings:
        if not name.endswith(f"-{word}"):
            name, title = f"{name}-{word}", f"{title}: {words}"
    return name, title
