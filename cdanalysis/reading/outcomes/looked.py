"""A column that may hold part of an outcome, as a value."""

from dataclasses import dataclass

from cdanalysis.dictionary.outcomes import NOUN_OF
from cdanalysis.reading.cells.censored_times import CENSORED
from cdanalysis.reading.headers.header_words import names_duration
from cdanalysis.reading.headers.units.unit_words import normalised
from cdanalysis.reading.outcomes.headers.headers import Said
from cdanalysis.reading.outcomes.headers.vocabulary import BESIDE_A_NOUN, NO_EVENTS, at_a_moment


@dataclass(frozen=True)
class Looked:
    """A column that may hold part of an outcome: its place, what its header says, what its cells can be.

    filled: the share of cells that hold something; of dates, something else than that there was none.
    """

    place: int
    header: str
    said: Said
    codes: bool  # a few different values
    dates: bool
    filled: float
    numbers: bool = False
    plain: bool = False  # codes that are a yes and a no, or name an outcome
    named: str = ""  # the code of the outcome that the reader or the dictionary says it is of
    marked: bool = False  # times, of which some say that they are of a censoring: `12.3+`
    mark: str = ""  # what stands behind some times and may say so: `12.3*`
    marked_as: str = CENSORED  # what that says

    @property
    def keys(self) -> tuple[str, ...]:
        """What its partner may be called: as the reader says, its noun's code, its own words."""
        noun = "" if self.said.noun is None or self.said.generic else self.said.noun.code
        bare, nth = NOUN_OF.get(self.said.stem), self.said.nth
        known = (self.named, noun, bare.code if bare else "", self.said.stem, self.bare_stem)
        return tuple(dict.fromkeys(filter(None, (f"{self.said.stem} {nth}" if nth else "", *known))))

    @property
    def bare_stem(self) -> str:
        """Its own words without those that say which of several it is: `peritonitis` of `first peritonitis`."""
        return " ".join(word for word in self.said.stem.split() if word not in BESIDE_A_NOUN)

    @property
    def nouns(self) -> set[str]:
        """The codes of the outcomes among the words of its header: `time on dialysis until death`."""
        return {noun.code for word in self.said.stem.split() if (noun := NOUN_OF.get(word))}

    @property
    def may_hold_a_time(self) -> bool:
        """Whether it may be a time or a date by its cells, and its header says neither what it is nor a moment.

        A few numbers are codes, unless a word of the header is a unit of time: `dias_perm` of who stayed a week at most.
        """
        held = self.dates or (self.numbers and (not self.codes or names_duration(normalised(self.header))))
        return held and not self.said.role and not at_a_moment(self.header)

    @property
    def may_say_itself(self) -> bool:
        """Whether a time is one to an outcome, not `disease duration`, so that marks at its cells may be of a censoring."""
        said = self.said
        return not said.end and (said.noun is not None or said.towards) and said.stem not in NO_EVENTS
