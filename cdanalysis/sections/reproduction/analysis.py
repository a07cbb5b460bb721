"""Published vs computed: each printed result of the study beside the one from the loaded cohort, to the printed digit.

`reproduction_convention` says which program's conventions compute: "as-printed" takes, for each result, the one the
paper names (SPSS 24), and stays with R's elsewhere.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from math import isfinite

from cdanalysis.cohort import Cohort
from cdanalysis.results import NotEstimable
from cdanalysis.sections.reproduction.any_paper import numbers
from cdanalysis.sections.reproduction.printed_sheet import Asked
from cdanalysis.sections.reproduction.study_numbers import Numbers, StudyNumbers
from cdanalysis.sections.reproduction.study_results import COMPUTED, Published
from cdanalysis.sections.reproduction.study_results import published as of_study
from cdanalysis.settings import Settings

NUMBER = re.compile(r"\d+(?:\.\d+)?")
NO_VALUE, LARGE = "–", 1e6
ROUNDING = 1e-9  # a value that is a printed digit's half up to rounding

# The conventions that each choice computes with: percentiles and medians, ties, interval.
CONVENTIONS = {
    "as-printed": {"convention": "spss", "ties": "breslow"},
    "spss": {"convention": "spss", "ties": "breslow", "km_interval": "plain"},
    "r": {"convention": "r", "ties": "efron", "km_interval": "log"},
}


@dataclass(frozen=True)
class ReproducedRow:
    """One printed result; matches: None where `why` explains that no cohort can give it. computed: as it would be printed."""

    id: str
    section: str
    quantity: str
    unit: str
    how: str
    printed: str
    computed: str
    matches: bool | None
    why: str


@dataclass(frozen=True)
class Reproduction:
    """Every printed result of the study, or of another paper; convention: which one computed."""

    rows: tuple[ReproducedRow, ...]
    convention: str
    of_study: bool = True

    @property
    def n_matching(self) -> int:
        """How many agree to the printed digit."""
        return sum(row.matches is True for row in self.rows)

    @property
    def n_absent(self) -> int:
        """Of how many the cohort holds nothing."""
        return sum(row.computed == NO_VALUE for row in self.rows)


def reproduction(cohort: Cohort, settings: Settings, published: Sequence[Asked] | None = None) -> Reproduction:
    """The study's numbers from this cohort, under its own definitions unless a setting was changed; or those of another paper."""
    chosen = replace(settings, **CONVENTIONS[settings.reproduction_convention])
    if published is not None:
        rows = tuple(_asked(cohort, chosen, place, one) for place, one in enumerate(published, 1))
        return Reproduction(rows, settings.reproduction_convention, of_study=False)
    numbers = StudyNumbers(cohort, chosen)
    return Reproduction(
        tuple(_row(one, COMPUTED[one.id](numbers)) for one in of_study()), settings.reproduction_convention
    )


def _asked(cohort: Cohort, settings: Settings, place: int, one: Asked) -> ReproducedRow:
    """A line of a sheet beside the cohort's number, or why there is none."""
    values = numbers(cohort, settings, one)
    printed = _as_p(one.printed) if one.quantity.lower().endswith(" p") else one.printed
    n_printed = len(NUMBER.findall(printed))
    why, computed = "", NO_VALUE
    if isinstance(values, NotEstimable):
        why = values.reason
    elif not 1 <= n_printed <= len(values):
        why = f"{one.printed!r} holds {n_printed} numbers; {one.quantity} gives {len(values)}"
    else:
        computed = as_printed(printed, values)
    matches = None if why else computed == printed
    how = " ".join(filter(None, (one.quantity, one.of, f"at {one.at} months" if one.at else "")))
    return ReproducedRow(f"row-{place}", one.outcome, one.result or how, "", how, printed, computed, matches, why)


def _as_p(printed: str) -> str:
    """`P=0.027` of `0.027`, `p < 0.001`, `P = 0.03`."""
    text = printed.replace(" ", "").lstrip("Pp")
    return f"P{text}" if text[:1] in "<=>" else f"P={text}"


def _row(one: Published, values: Numbers | str) -> ReproducedRow:
    computed = values if isinstance(values, str) else as_printed(one.printed, values)
    # A sentence says more than was printed: the numbers that it stands on.
    matches: bool | None = (
        computed.partition(" (")[0] == one.printed if isinstance(values, str) else computed == one.printed
    )
    if not matches and one.why:
        matches = None
    return ReproducedRow(
        one.id,
        one.section,
        one.quantity,
        one.unit,
        one.how,
        one.printed,
        computed,
        matches,
        one.why if matches is None else "",
    )


def as_printed(printed: str, values: Numbers) -> str:
    """The values in the form of a printed text, each number with the decimals it was printed with."""
    if not any(map(isfinite, values)):
        return NO_VALUE
    if printed.startswith("P"):
        return _as_printed_p(printed, values[0])
    rest = iter(values)
    return NUMBER.sub(lambda found: rounded(next(rest), found.group()), printed)


def _as_printed_p(printed: str, p: float) -> str:
    like = NUMBER.findall(printed)[0]
    decimals = _decimals(like)
    smallest = 10.0**-decimals
    return f"P<{smallest:.{decimals}f}" if p < smallest else f"P={rounded(p, like)}"


def rounded(value: float, like: str) -> str:
    """A value with as many decimals as a printed number has; what was not reached is said so."""
    if not isfinite(value) or abs(value) > LARGE:
        return "not reached"
    unit = Decimal(1).scaleb(-_decimals(like))
    return str(Decimal(repr(value + ROUNDING if value > 0 else value)).quantize(unit, ROUND_HALF_UP))


def _decimals(text: str) -> int:
    return len(text.partition(".")[2])
