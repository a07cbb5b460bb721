"""How a date may be written: what says its year, month and day itself, and three numbers whose order the column decides."""

import re
import unicodedata
from datetime import date

from cdanalysis.reading.dates.months import MONTHS

EPOCH = date(1899, 12, 30)  # days are counted from it; only differences are used
# What comes first in 03/04/2024, and where year, month and day then stand.
ORDERS = {"day/month/year": (2, 1, 0), "month/day/year": (2, 0, 1), "year/month/day": (0, 1, 2)}
DAY_FIRST, MONTH_FIRST, YEAR_FIRST = ORDERS
_TIME = re.compile(
    r"(?:T|\s+|,\s*)\d{1,2}:\d{2}.*$|\s+\d{1,2}\.\d{2}\s*uhr$|(?<=\d)Z$|"
    r"(?:(?<=[a-z]\d{4})|(?<=[a-z]\d{2})):\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$",  # `01JAN2018:00:00:00`, of SAS
    re.IGNORECASE,
)
# What says that a day is not sure: `2017-02-25?`, `ca. 2017-08`, `~03/2018`; `2017-02-??` is a day that is not known.
_ABOUT = re.compile(
    r"^(?:[~≈∼]|(?:c\.|ca|circa|about|approx|approximately|around|etwa|ungefähr|env|environ|vers|aprox|ongeveer|约|約)\.?(?![^\W\d_]))\s*"
    r"(?=\d)|(?<=\d)\s*(?:\?|\(\?\)|\((?:approx|ca|circa|about|geschätzt|estimated|est)\.?\))$",
    re.IGNORECASE,
)
_SPACED = re.compile(r"(\d{1,2}) (\d{1,2}) (\d{4})")
_ENDED = re.compile(r"(?<=[.\s]\d{4})\.$")  # `31.12.2018.`
# Marks that a date seldom has, or two different ones: `05_03_2018`, `5/3-2018`; then what stands for a day that is not known.
_MARKED = re.compile(r"(\d{1,2})\s?[-/.,_\\]\s?(\d{1,2})\s?[-/.,_\\]\s?(\d{4})")
_NO_DAY = re.compile(r"(\d{4}[-/.]\d{1,2})[-/.](?:\?{1,2}|xx|uu?|un|unk?|00|99)", re.IGNORECASE)
_NO_DAY_FIRST = re.compile(
    r"(?:\?{1,2}|xx|uu?|un|unk?|00|99)[-/. ](\d{1,2}[-/.]\d{4}|[^\W\d_]{3,12}[- ]\d{4})", re.IGNORECASE
)
_ROMAN = re.compile(r"(\d{1,2})\s?[./-]\s?(I{1,3}|IV|VI{0,3}|IX|XI{0,2})\s?[./-]\s?(\d{4})")
_ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_CHINESE_TIME = re.compile(r"\s*(?:[上下]午)?\s*\d{1,2}[时点:].*$")
_ISO = re.compile(r"(\d{4})\s?(?:[-/.]|年)\s?(\d{1,2})\s?(?:[-/.]|月)\s?(\d{1,2})\s?[日号號]?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\.0)?")
_NUMBERS = re.compile(
    r"(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})|(\d{2})(\d{2})(\d{2})|(\d{1,2})(\d{2})((?:19|20)\d{2})(?:\.0)?"
)
_WEEKDAY = r"(?:[^\W\d_]{2,12}\.?,?\s+)?"
_DAY = r"(\d{1,2})(?:st|nd|rd|th|er|\.|º)?"
_NAMED = re.compile(
    rf"{_WEEKDAY}{_DAY}[\s\-./]*(?:de |of |d')?([^\W\d_]{{3,12}})\.?[\s\-./,]*(?:de |del )?'?(\d{{4}}|\d{{2}})", re.I
)
_NAMED_FIRST = re.compile(rf"{_WEEKDAY}([^\W\d_]{{3,12}})\.?[\s\-./]*{_DAY}[\s\-./,]+(\d{{4}})", re.IGNORECASE)
_NAMED_YEAR = re.compile(rf"(\d{{4}})[\s\-./]*([^\W\d_]{{3,12}})\.?[\s\-./]*{_DAY}", re.IGNORECASE)
_YEAR = re.compile(r"((?:19|20)\d{2})(?:\.0)?年?")
_YEAR_MONTH = re.compile(r"(\d{4})\s?(?:[-/]|年)\s?(\d{1,2})\s?月?")
_MONTH_YEAR = re.compile(r"(\d{2}|\d(?=/))[-/.](\d{4})")
_NAMED_MONTH = re.compile(r"([^\W\d_]{3,12})\.?[\s\-./,']*(\d{4}|\d{2})")
_MONTH_NAMED = re.compile(r"(\d{2})[\s\-./]*([^\W\d_]{3,12})\.?")  # `18-Mar`
EARLIEST_SHORT = 1950  # of a year of two digits: whoever writes so does not mean an earlier one


def plain(text: str) -> str:
    """A text without full-width forms, surplus blanks and the time of day."""
    folded = " ".join(unicodedata.normalize("NFKC", text).split())
    if not folded[:1].isdecimal() or folded[-1:] in "?)":
        folded = _ABOUT.sub("", folded)
    if "月" in folded:
        return _CHINESE_TIME.sub("", folded) if re.search("[日号]", folded) else folded
    bare = _TIME.sub("", folded.removeprefix("'").strip('"')) if len(folded) > 8 else folded
    if parted := _SPACED.fullmatch(bare):
        return "/".join(parted.groups())
    if (marked := _MARKED.fullmatch(bare)) and (len(marks := {*bare} - {*"0123456789 "}) > 1 or not marks <= {*"-/."}):
        return "/".join(marked.groups())
    if unknown := _NO_DAY.fullmatch(bare) or _NO_DAY_FIRST.fullmatch(bare):
        return unknown[1]
    return _ENDED.sub("", bare)


def is_about(text: str) -> bool:
    """Whether a text says of its day that it is not sure."""
    return bool(_ABOUT.search(" ".join(text.split())))


def said_date(text: str) -> date | None:
    """The date of a plain text that says itself what is year, month and day."""
    if found := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        return calendar_date(*map(int, found.groups()))
    if found := _ROMAN.fullmatch(text):
        return calendar_date(int(found[3]), _ROMAN_MONTHS.index(found[2]) + 1, int(found[1]))
    if found := _NAMED_YEAR.fullmatch(text):
        return _named(found[1], found[2], found[3])
    if found := _NAMED.fullmatch(text):
        first, last = (found[3], found[1]) if int(found[1]) <= 31 else (found[1], found[3])
        return _named(first, found[2], last)
    if found := _NAMED_FIRST.fullmatch(text):
        return _named(found[3], found[1], found[2])
    return None


def month_of(text: str) -> tuple[int, int] | None:
    """Year and month of a plain text that names no day: `2018-03`, `03/2018`, `Mar 2018`, `2018年3月`; `Mar-18` if 18 is a year."""
    if found := _YEAR_MONTH.fullmatch(text):
        year, month = int(found[1]), int(found[2])
    elif found := _MONTH_YEAR.fullmatch(text):
        year, month = int(found[2]), int(found[1])
    elif found := _NAMED_MONTH.fullmatch(text):
        year, month = whole_year(found[2]), _month_number(found[1])
    elif found := _MONTH_NAMED.fullmatch(text):
        year, month = whole_year(found[1]), _month_number(found[2])
    else:
        return None
    return (year, month) if 1 <= month <= 12 and 1900 <= year <= 2100 else None


def year_of(text: str) -> int | None:
    """The year of a plain text that is nothing else: `2018`."""
    found = _YEAR.fullmatch(text)
    return int(found[1]) if found else None


def may_be_day(text: str) -> bool:
    """Whether a plain text such as `Mar-18` or `18-Mar` may be a day and a month of a year that it does not say."""
    found = _NAMED_MONTH.fullmatch(text) or _MONTH_NAMED.fullmatch(text)
    numbers = [part for part in found.groups() if part.isdecimal()] if found else []
    return bool(numbers) and len(numbers[0]) == 2 and 1 <= int(numbers[0]) <= 31


def is_iso(text: str) -> bool:
    """Whether a plain text is a date such as 2018-08-02."""
    return _ISO.fullmatch(text) is not None


def numbers_of(text: str) -> tuple[tuple[str, str, str], str] | None:
    """The three numbers of a plain text such as 03/04/2024, 03042024 or 030424, the year last or of two digits, and their mark."""
    found = _NUMBERS.fullmatch(text)
    if not found:
        return None
    first, mark, second, last, *short = found.groups()
    if not first:
        first, second, last = (part for part in short if part)
        mark = ""
    return (first, second, last), mark


def in_order(numbers: tuple[str, str, str], order: str) -> date | None:
    """The date of three numbers read in an order; None where there is none."""
    year, month, day = (numbers[place] for place in ORDERS[order])
    if len(day) > 2 or len(month) > 2:
        return None
    return calendar_date(whole_year(year), int(month), int(day))


def is_short(text: str) -> bool:
    """Whether a plain text writes its year with two digits."""
    numbers, named = numbers_of(text), _NAMED.fullmatch(text)
    return len(numbers[0][2]) == 2 if numbers else named is not None and len(named[3]) == 2


def whole_year(text: str) -> int:
    """A year of two digits is of this century unless that is later than next year."""
    if len(text) == 4:
        return int(text)
    return int(text) + (1900 if int(text) > date.today().year % 100 + 1 else 2000)


def calendar_date(year: int, month: int, day: int) -> date | None:
    """The date, if there is such a day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _named(year: str, month: str, day: str) -> date | None:
    number = _month_number(month)
    return calendar_date(whole_year(year), number, int(day)) if number else None


def _month_number(name: str) -> int:
    """1 to 12; 0 of a word that is no month."""
    return MONTHS.get(name.casefold()) or MONTHS.get(name.casefold()[:3]) or 0
