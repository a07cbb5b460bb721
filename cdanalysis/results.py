"""The values every analysis returns: estimates with intervals, what could not be estimated, faults, exclusions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import nan
from statistics import NormalDist
from typing import Any, Protocol, TypeVar


def z_value(conf_level: float) -> float:
    """The two-sided normal quantile: 1.959964 for 0.95."""
    return NormalDist().inv_cdf(0.5 + conf_level / 2)


SIDES = (">", ">=")


def is_above(values: Any, cutoff: Any, side: str) -> Any:
    """Which values are above a cut-off, element by element: ">" beyond it, ">=" from it on; what is NaN is not."""
    return values >= cutoff if side == ">=" else values > cutoff


@dataclass(frozen=True)
class Estimate:
    """A number with its confidence limits; NaN says "not reached" or "not defined", never infinity."""

    value: float
    lower: float
    upper: float

    @property
    def numbers(self) -> tuple[float, float, float]:
        """Value, lower and upper limit."""
        return self.value, self.lower, self.upper


@dataclass(frozen=True)
class NotEstimable:
    """Asked for, cannot be computed; `reason` is a sentence fragment that a clinician reads."""

    reason: str


A_WEEK = "week "  # how an origin begins that is a visit of therapy
THE_START = "the start of therapy"  # an origin
NO_MARKER = NotEstimable("the file has no numeric column that could be a marker")
# Of a register: a model of 100,000 patients is fitted for the cut-off in use, not for every one that a handle passes.
ON_RELEASE = NotEstimable("shown when the slider is released")


@dataclass(frozen=True)
class Limit:
    """n cells that say no more than that a value lies below (`<5`) or above (`>450`) a limit; used: what they count as."""

    is_below: bool
    limit: float
    used: float
    n: int

    def hides(self, cutoff: float) -> bool:
        """Whether it is not known on which side of a cut-off such a value lies, or it is counted at the cut-off itself."""
        return cutoff < self.limit if self.is_below else cutoff >= self.limit


@dataclass(frozen=True)
class Fault:
    """A cell, column or sheet that cannot be read as the dictionary says; `row` is the spreadsheet's own number.

    limits: of a column's cells beyond a limit of detection, which they are.
    """

    sheet: str
    row: int | None
    column: str
    found: str
    accepted: str
    severity: str = "error"  # "error": the cell is left out; "warning": it is used and said
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True)
class Exclusion:
    """Patients who are in the file and not in this analysis; kind "row": rows of other sheets, which are no patients."""

    reason: str
    n: int
    kind: str = "patient"


Result = TypeVar("Result")


def estimated(results: Iterable[Result | NotEstimable | None]) -> list[Result]:
    """The results that could be estimated, in their order."""
    return [one for one in results if one is not None and not isinstance(one, NotEstimable)]


def numbers_of(estimate: Estimate | NotEstimable | None) -> tuple[float, float, float]:
    """Value, lower and upper limit; NaN where there is no estimate."""
    return estimate.numbers if isinstance(estimate, Estimate) else (nan, nan, nan)


class Tested(Protocol):
    """The result of a test."""

    @property
    def p_value(self) -> float:
        """Its P."""
        ...


def p_of(test: Tested | NotEstimable) -> float | NotEstimable:
    """The P of a test, or why there is none."""
    return test if isinstance(test, NotEstimable) else test.p_value


class Caution(str):
    """What a reader must know before believing a result, in words; kind: what it is about, for who tells some of them only."""

    kind: str

    def __new__(cls, text: str, kind: str) -> Caution:
        """The text with its kind."""
        self = super().__new__(cls, text)
        self.kind = kind
        return self

    def __reduce__(self) -> tuple[type[Caution], tuple[str, str]]:
        """What makes a copy of it."""
        return Caution, (str(self), self.kind)


@dataclass(frozen=True)
class OutcomeCode:
    """What a text of a column of events was taken as, and how many patients have it."""

    value: str
    meaning: str
    n: int


@dataclass(frozen=True)
class StatedOutcome:
    """An outcome that the file states itself, in the columns `<code>_months` and `<code>_event` of the patients.

    competing: what competes with it, by the code in the file; with them `<code>_state` of the patients is 0 (censored), 1,
    2 (the first of them), 3, ... headers: the columns of the file that state it. notes: sentences on how it was read.
    """

    code: str
    label: str
    codes: tuple[OutcomeCode, ...] = ()
    competing: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """A time-to-event outcome of a cohort: label as a sentence calls it; origin: what time zero is.

    n patients with n_events are those of the default settings. codes: of an outcome that the file states
    itself (is_stated).
    """

    code: str
    label: str
    n: int
    n_events: int
    codes: tuple[OutcomeCode, ...]
    origin: str
    is_stated: bool = False

    @property
    def is_from_landmark(self) -> bool:
        """Whether time zero is a visit of therapy, at which it was seen who had responded."""
        return self.origin.startswith(A_WEEK)


@dataclass(frozen=True)
class PredictorRow:
    """One line of the predictors table: a term against its reference, alone and in the multivariable model.

    `multivariable` is None when the screening left the candidate out of the model.
    """

    code: str
    label: str
    reference: str
    n: int
    n_events: int
    n_reference: int | None
    n_events_reference: int | None
    logrank_p: float | NotEstimable
    univariable: Estimate | NotEstimable
    univariable_p: float
    multivariable: Estimate | NotEstimable | None
    multivariable_p: float
