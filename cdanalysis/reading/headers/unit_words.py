"""The units a header may state, and what each multiplies a value by to become the dictionary's unit."""

from __future__ import annotations

import re
import unicodedata

from cdanalysis.units import DAYS_PER_MONTH, DAYS_PER_WEEK

MONTH, WEEK = DAYS_PER_MONTH, DAYS_PER_WEEK
DATE = "date"  # of a duration: the cells are dates, counted from start_date
# Of dates: what comes first in 03/04/2024, where the column itself does not tell or tells wrongly; True is the day.
ORDERS = {"day/month/year": True, "month/day/year": False}
DATES = (DATE, *ORDERS)
UNIT_FACTORS: dict[str, dict[str, float]] = {
    "mg/L": {"mg/l": 1, "mg/dl": 10, "µg/ml": 1, "ug/ml": 1, "μg/ml": 1},
    "g/L": {"g/l": 1, "g/dl": 10},
    "months": {"months": 1, "month": 1, "mo": 1, "月": 1, "weeks": WEEK / MONTH, "week": WEEK / MONTH, "周": WEEK / MONTH,
               "days": 1 / MONTH, "day": 1 / MONTH, "d": 1 / MONTH, "天": 1 / MONTH, "years": 12, "year": 12, "年": 12},
    "weeks": {"weeks": 1, "week": 1, "周": 1, "days": 1 / WEEK, "day": 1 / WEEK, "天": 1 / WEEK, "months": MONTH / WEEK},
    "days": {"days": 1, "day": 1, "d": 1, "天": 1, "weeks": WEEK, "months": MONTH, "years": 12 * MONTH},
    "years": {"years": 1, "year": 1, "y": 1, "yr": 1, "岁": 1, "months": 1 / 12},
}  # fmt: skip
DAYS_PER = {"months": MONTH, "weeks": WEEK, "days": 1.0}
# One spelling of each, as a user chooses them.
CHOICES = ("mg/l", "mg/dl", "g/l", "g/dl", "days", "weeks", "months", "years", *DATES)
_ENDING_UNITS = ("mg/dl", "mg/l", "g/dl", "g/l", "months", "month", "weeks", "week", "days", "day", "years")


def normalised(text: str) -> str:
    """Lower case, full-width forms folded, punctuation as single blanks."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub(r"[^\w\u4e00-\u9fff]+|_", " ", folded).split())


def parted(header: str) -> tuple[str, str]:
    """The header's words and the unit in it: `CRP (mg/dL)`, `crp_mg_dl`, `Follow-up, months`."""
    folded = unicodedata.normalize("NFKC", header).casefold()
    in_brackets = re.search(r"[(\[]([^)\]]*)[)\]]", folded)
    if in_brackets:
        return normalised(folded.replace(in_brackets[0], " ")), in_brackets[1].replace(" ", "")
    words = normalised(header)
    for unit in _ENDING_UNITS:
        if words.endswith(f" {unit.replace('/', ' ')}") or words.endswith(f" {unit.replace('/', ' per ')}"):
            return words.rsplit(" ", unit.count("/") + 1)[0].removesuffix(" mg").removesuffix(" g").strip(), unit
    return words, ""


def factor_of(wanted: str, unit: str) -> float | None:
    """What turns a value in `unit` into the dictionary's unit; None where it cannot be converted."""
    if unit in DATES:
        return 1.0 if wanted in DAYS_PER else None
    return UNIT_FACTORS.get(wanted, {}).get(unit)


def conversion(wanted: str, unit: str) -> str:
    """How a value is converted, as a note says it; empty where it is not."""
    if unit in DATES:
        order = f" read as {unit}" if unit in ORDERS else ""
        return f"dates{order}, converted to {wanted} from start_date" if wanted else f"dates{order}"
    factor = factor_of(wanted, unit)
    return "" if factor in (None, 1) else f"converted from {unit} to {wanted} (× {factor:.6g})"
