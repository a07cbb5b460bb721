"""Ratios that other papers print, as one text: `Chen 2019=1.52 0.90 2.57,Rossi 2021=2.10 1.30 3.40`; each as it is printed."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from cdanalysis.settings.as_text.codes import joined_pairs, pairs

MOST, LONGEST_LABEL = 60, 80
_NUMBER = re.compile(r"\d{1,6}(\.\d{1,6})?")
EXPECTED = "expected 0 < lower < ratio < upper, as in 1.52 0.90 2.57"


class PrintedRatio(NamedTuple):
    """A paper, its ratio and the limits of its interval, as printed: 1.50 says more than 1.5."""

    label: str
    ratio: str
    lower: str
    upper: str

    @property
    def numbers(self) -> tuple[float, float, float]:
        """Ratio, lower and upper limit."""
        return float(self.ratio), float(self.lower), float(self.upper)


def checked(label: str, ratio: str, lower: str, upper: str) -> PrintedRatio:
    """A printed ratio; raises ValueError saying what is wrong with it."""
    one = PrintedRatio(label.strip()[:LONGEST_LABEL], ratio, lower, upper)
    fits = all(_NUMBER.fullmatch(text) for text in one[1:]) and 0 < one.numbers[1] < one.numbers[0] < one.numbers[2]
    if not one.label or not fits:
        raise ValueError(
            f"the ratio of {one.label[:40] or 'a paper without a label'} is {ratio} {lower} {upper}, {EXPECTED}"
        )
    return one


def from_text(text: str) -> tuple[PrintedRatio, ...]:
    """The ratios of a text, a paper each once; raises ValueError for one that is none."""
    found = tuple(_read(label, numbers) for label, numbers in pairs(text).items())
    if len(found) > MOST:
        raise ValueError(f"{len(found)} ratios of papers, expected at most {MOST}")
    return found


def as_text(ratios: Iterable[PrintedRatio]) -> str:
    """Ratios as one text."""
    return joined_pairs({one.label: " ".join(one[1:]) for one in ratios})


def canonical(text: str) -> str:
    """The text in the one way it is kept."""
    return as_text(from_text(text))


def _read(label: str, numbers: str) -> PrintedRatio:
    parts = numbers.split()
    if len(parts) != 3:
        raise ValueError(f"the ratio of {label[:40]} is {numbers[:40]!r}, {EXPECTED}")
    return checked(label, *parts)
