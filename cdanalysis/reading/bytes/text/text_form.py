"""How a text file is read: its encoding, the mark between its cells, its decimal mark; each found, with evidence, or chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from cdanalysis.errors import CohortError
from cdanalysis.reading.bytes.text.encodings import ENCODINGS

BLANK = " "  # as R's write.table parts, several for one; found only where no other mark parts the lines
DELIMITERS = f",;\t|{BLANK}"
DECIMALS = (".", ",")
PARTS = ("encoding", "delimiter", "decimal")
_CHOICES = dict(zip(PARTS, (ENCODINGS, tuple(DELIMITERS), DECIMALS), strict=True))
_NAMES = dict(zip(PARTS, ("encoding", "delimiter", "decimal mark"), strict=True))


@dataclass(frozen=True)
class TextForm:
    """How a text file is, or is to be, read: None leaves it to be decided.

    guessed: what was decided without proof. chosen: what the reader decided. evidence: of each part, what told it.
    """

    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    guessed: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()

    @property
    def choice(self) -> TextForm | None:
        """The chosen parts alone: what reads the same file, or the next of its kind, so again; None without a choice."""
        return as_choice(TextForm(**{part: getattr(self, part) for part in self.chosen})) if self.chosen else None

    @property
    def parts(self) -> tuple[str | None, ...]:
        """What decides the table: encoding, delimiter, decimal mark."""
        return tuple(getattr(self, part) for part in PARTS)


def as_choice(form: TextForm | None) -> TextForm:
    """A form whose every part that is given is the reader's; CohortError names the choices where one does not exist."""
    form = form or TextForm()
    for part, value in zip(PARTS, form.parts, strict=True):
        if value is not None and value not in _CHOICES[part]:
            raise CohortError(
                f"The {_NAMES[part]} {value!r} is not known. Accepted: {', '.join(map(repr, _CHOICES[part]))}."
            )
    given = tuple(part for part, value in zip(PARTS, form.parts, strict=True) if value is not None)
    return replace(form, chosen=given)


def merged(first: TextForm | None, second: TextForm | None) -> TextForm:
    """The parts that the first form gives, and of the second those that it leaves open."""
    pairs = zip((first or TextForm()).parts, (second or TextForm()).parts, strict=True)
    encoding, delimiter, decimal = (mine if mine is not None else other for mine, other in pairs)
    return as_choice(TextForm(encoding, delimiter, decimal))


def to_told(form: TextForm | None) -> dict[str, str]:
    """The chosen parts by name, for a file; `from_told` gives them back."""
    return {part: getattr(form, part) for part in form.chosen} if form else {}


def from_told(told: Any) -> TextForm | None:
    """The form that `to_told` wrote, None where it is empty; CohortError for anything else."""
    if not isinstance(told, Mapping) or not set(told) <= set(PARTS):
        raise CohortError("This matching says of the text file what cannot be understood.")
    if not all(isinstance(value, str) for value in told.values()):
        raise CohortError("This matching says of the text file what cannot be understood.")
    return as_choice(TextForm(**told)) if told else None
