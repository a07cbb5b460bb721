"""The rule for outputs that are passed on: which count is masked, and what stands in its place.

A count below the smallest one that is shown is masked, and so is a share of which all but so few have it. Every other count is
rounded to a multiple of twice the smallest one, and shares are made again from the rounded counts. Rounding stands for secondary
suppression, since the tables of a bundle share their patients: a cell suppressed in one of them may stand in the next.

Why twice, and why odd: with t the smallest count, a rounded one lies between 2tm - t and 2tm + t - 1. A margin less its other
cells then bounds a masked count (0 to t - 1) from below by an odd number where t - 1 is even, and from above by a number that
is no multiple of t where 0 is one: neither end is ever all that is left. Both margins of a table of 2 x 2 together leave two
values or more as well; of larger ones a few do not, those where every masked cell is as large as it can be.

References: OpenSAFELY, statistical disclosure control (redact small counts, round the others, derive shares from the rounded
ones); SACRO, acro (a survival table or curve moves on when at least the threshold of patients has left).
"""

from dataclasses import dataclass

SMALLEST = 5  # that is shown where nobody chose another
LEAST, MOST, STEP = 5, 31, 2  # what may be chosen: odd ones
MASKED = "masked"


@dataclass(frozen=True)
class Rule:
    """smallest: the smallest count that is shown."""

    smallest: int = SMALLEST

    def __post_init__(self) -> None:
        if self.smallest not in range(LEAST, MOST + 1, STEP):
            raise ValueError(f"the smallest count that is shown is odd, {LEAST} to {MOST}, not {self.smallest}")

    @property
    def unit(self) -> int:
        """What every count that is shown is a multiple of."""
        return 2 * self.smallest

    def hides(self, count: int) -> bool:
        """Whether a count is masked; that nobody has something is told of as few as of one."""
        return count < self.smallest

    def rounded(self, count: int) -> int:
        """The multiple of the unit that is nearest, the higher of two, and no less than one."""
        return self.unit * ((2 * count + self.unit) // (2 * self.unit))

    def count(self, count: int) -> str:
        """A count as it is shown."""
        return f"<{self.smallest}" if self.hides(count) else f"{self.rounded(count):,}"

    def share(self, count: int, of: int) -> float | None:
        """A share of the rounded counts; None where it is masked: few have it, or all but few."""
        return None if self.hides(count) or self.hides(of - count) else self.rounded(count) / self.rounded(of)

    @property
    def sentence(self) -> str:
        """What was done, as it stands under every output."""
        return (
            f"For others: counts below {self.smallest}, and what stands on them, are masked; other counts are multiples of "
            f"{self.unit}, shares follow from them, times are whole."
        )
