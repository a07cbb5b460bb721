"""What a section is made of: frozen values that the screen draws, the bundle keeps, Word writes and a notebook lists.

Text is Markdown, a file's own words in it escaped, unless said otherwise. `parts.py` has the blocks that hold others; a
result's own NotEstimable and Caution (plain) are blocks as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cdanalysis.results import Exclusion, NotEstimable
from cdanalysis.settings import Settings

if TYPE_CHECKING:
    import pandas as pd

    from cdanalysis.cohort import Cohort


@dataclass(frozen=True)
class Heading:
    """A heading within a section; plain text."""

    text: str


@dataclass(frozen=True)
class KeyFigures:
    """The few numbers that a section is read for: (value, what it is); plain text."""

    numbers: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Sentence:
    """What was found or done, in words."""

    text: str


@dataclass(frozen=True)
class Quote:
    """A sentence that could go into the manuscript."""

    text: str


@dataclass(frozen=True)
class Note:
    """What is said in small about the output before it."""

    text: str


@dataclass(frozen=True)
class Notice:
    """What holds for everything that follows and must not be missed."""

    text: str


@dataclass(frozen=True)
class Excluded:
    """How many patients are analysed, and how many are not, by reason."""

    exclusions: tuple[Exclusion, ...]
    n_analysed: int


@dataclass(frozen=True, eq=False)
class Curves:
    """What a browser keeps of a cut-off handle: curves that no position of it changes, as JSON. key: SHA-256 of it."""

    of: Mapping[str, Any] = field(repr=False)
    content: bytes = field(repr=False)
    key: str


@dataclass(frozen=True, eq=False)
class Handle:
    """A cut-off handle on a figure.

    now: what a release changes beside the curves. said: what they say at the cut-off in use; plain. commit: the settings
    after a release at a value; choose: after another marker was put under it, by its place among those that are offered.
    """

    curves: Curves
    now: Mapping[str, Any] = field(repr=False)
    said: str
    commit: Callable[[Settings, float], Settings]
    choose: Callable[[Settings, int], Settings]

    @property
    def whole(self) -> dict[str, Any]:
        """Everything the handle draws from, for who keeps nothing."""
        return {**self.curves.of, **self.now}


@dataclass(frozen=True)
class Linked:
    """The figure whose handle a mark follows: its id, and the place of the mark among the shapes."""

    figure: str
    shape: int


@dataclass(frozen=True, eq=False)
class Figure:
    """A plotly figure under its id (its key and file name), and its text for who cannot see it; plain.

    pick: the settings after a point was clicked, by its customdata; goes_to: the section that a click opens. chooses: the id
    of the choice whose option the customdata is, where a click opens that and no setting keeps it. private: why it is not
    passed on to others, one of those below; empty where it can be, with small counts masked.
    """

    id: str
    spec: Mapping[str, Any] = field(repr=False)
    alt: str
    handle: Handle | None = None
    linked: Linked | None = None
    pick: Callable[[Settings, Any], Settings] | None = None
    goes_to: str = ""
    chooses: str = ""
    private: str = ""


# Why an output is for who has the data only (`report/disclosure/`).
OF_PATIENTS = "it shows patients one by one"
OF_VALUES = "it stands at single patients' values"
OF_COUNTS = "its form gives counts away"


def drawn(name: str, spec: Mapping[str, Any] | NotEstimable, alt: str, *, private: str = "") -> Figure | NotEstimable:
    """A figure, or why there is none."""
    return spec if isinstance(spec, NotEstimable) else Figure(name, spec, alt, private=private)


@dataclass(frozen=True, eq=False)
class Table:
    """A table as it is read, under its id (its key and file name); title, footnote and convention are plain text.

    numbers: the same unrounded. footnote: what stands under it where it stands alone; convention: which rules its numbers
    follow, always under it. filters: columns that a reader may filter by; most: rows shown at once, 0 for all. private: as of
    a figure.
    """

    id: str
    shown: pd.DataFrame = field(repr=False)
    title: str
    numbers: pd.DataFrame | None = field(default=None, repr=False)
    footnote: str = ""
    convention: str = ""
    filters: tuple[str, ...] = ()
    most: int = 0
    private: str = ""


@dataclass(frozen=True, eq=False)
class Looked:
    """Says that results were shown which count as looked at: those of one specification, or of a search.

    page: where. names: the settings that decide them, those of the model of the outcome where none is named; cut: the markers
    whose cut-offs play a part, None for all. candidates: the models of a specification; tested: label and P of each other
    test. search: over what, in words; n: of how many specifications at once.
    """

    cohort: Cohort = field(repr=False)
    settings: Settings = field(repr=False)
    candidates: Any = field(default=None, repr=False)
    search: str = ""
    n: int = 0
    page: str = "Predictors"
    names: tuple[str, ...] = ()
    cut: tuple[str, ...] | None = None
    tested: tuple[tuple[str, float | NotEstimable], ...] = ()
