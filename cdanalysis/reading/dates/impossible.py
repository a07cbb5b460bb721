"""Days that are no date of a patient: they stand for one that is not known, or lie in the future."""

from datetime import date

from cdanalysis.reading.dates.forms import EPOCH

# What programs and people write for a date that is not known.
PLACEHOLDERS = frozenset(
    (date(*day) - EPOCH).days
    for day in ((1899, 12, 30), (1899, 12, 31), (1900, 1, 1), (1900, 1, 2), (1901, 1, 1), (1904, 1, 1), (1111, 11, 11),
                (1753, 1, 1), (1800, 1, 1), (1970, 1, 1), (2099, 12, 31), (2999, 12, 31), (9999, 12, 31), (9999, 1, 1))
)  # fmt: skip
FIRST_DAY = 2  # 1900-01-01
LATELY = (date.today() - EPOCH).days  # when the program began: no day before it lies in the future


def impossible(day: float) -> str:
    """Why a day is no date of a patient: it stands for one that is not known, or lies in the future; else empty."""
    if day in PLACEHOLDERS:
        return "stands for a date that is not known"
    if day < FIRST_DAY:
        return "before 1900"
    return "in the future" if day > LATELY and day > (date.today() - EPOCH).days + 1 else ""
