"""Dates that are counted or of another calendar: serial numbers of Excel, seconds of Unix and SPSS, years of an era."""

import re
from datetime import date

from cdanalysis.reading.dates.forms import EPOCH, calendar_date

SERIAL = "Excel's serial numbers, read as dates"
UNIX, SPSS = "seconds since 1970, read as dates", "seconds since 1582, as SPSS counts, read as dates"
ERA = "dates with the year of an era, read in the common calendar"
FIRST_SERIAL, LAST_SERIAL = 18_264, 80_000  # 1950 to 2119
SECONDS_A_DAY = 86_400
# The numbers of seconds of 1980 to 2100, since when they count, and what their thousandths are called alike.
_COUNTS = (
    (UNIX, date(1970, 1, 1), 315_532_800, 4_102_444_800),
    (SPSS, date(1582, 10, 14), 12_535_000_000, 16_330_000_000),
)
# The year before the first of each era.
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "民国": 1911, "民國": 1911,
        "r": 2018, "h": 1988, "s": 1925}  # fmt: skip
MINGUO = ERAS["民国"]
_ERA = re.compile(
    rf"({'|'.join(ERAS)})\.?\s?(\d{{1,3}}|元)\s?(?:年|[./-])\s?(\d{{1,2}})\s?(?:月|[./-])\s?(\d{{1,2}})\s?[日号號]?",
    re.IGNORECASE,
)
_LONG_YEAR = re.compile(r"(\d{2,3})([./-])(\d{1,2})\2(\d{1,2})")


def counted_day(text: str) -> tuple[float, str] | None:
    """Days since Excel's epoch of a number of days or seconds, and what it was taken as; None of any other text."""
    found = re.fullmatch(r"([1-9]\d{4,12})(?:\.\d+)?", text)
    number = int(found[1]) if found else 0
    if FIRST_SERIAL <= number <= LAST_SERIAL:
        return float(number), SERIAL
    for what, since, first, last in _COUNTS:
        seconds = number if number <= last else number / 1000
        if first <= seconds <= last:
            return float(seconds // SECONDS_A_DAY + (since - EPOCH).days), what
    return None


def of_era(text: str) -> date | None:
    """The date of a plain text that names its era: `令和3年5月1日`, `H30.1.9`, `民國107年1月9日`."""
    found = _ERA.fullmatch(text)
    if not found:
        return None
    year = 1 if found[2] == "元" else int(found[2])
    return calendar_date(ERAS[found[1].casefold()] + year, int(found[3]), int(found[4]))


def long_year(text: str) -> bool:
    """Whether a plain text is three numbers of which the first has three digits, as of the Republic of China: `107/01/09`."""
    found = _LONG_YEAR.fullmatch(text)
    return found is not None and len(found[1]) == 3 and of_minguo(text) is not None


def of_minguo(text: str) -> date | None:
    """The date of `107/01/09`, or `99/12/31`, by the years of the Republic of China."""
    found = _LONG_YEAR.fullmatch(text)
    return calendar_date(MINGUO + int(found[1]), int(found[3]), int(found[4])) if found else None
