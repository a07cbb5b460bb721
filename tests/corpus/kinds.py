"""Files with what clinics do to headers, units, dates and codes: taken plainly, asked about once, or said; never a guess."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from corpus.builders import FLAT, with_column, workbook
from corpus.case import accepted, faulty


def flat(header: str, *cells: object) -> Callable[[], bytes]:
    """The flat cohort as a workbook, with the cells over and over in one column more."""
    return lambda: workbook({"patients": with_column(header, cells)})


def renamed(**headers: str) -> bytes:
    """The flat cohort with other headers."""
    return workbook({"patients": [[headers.get(str(one), one) for one in FLAT[0]], *FLAT[1:]]})


SWAPPED = (date(2018, 8, 2), "30/07/2021", date(2019, 1, 12), "25/12/2020")

LIKENESS = (
    accepted("another index beside", flat("PCDAI", 20, 35)),
    accepted("a negated header", flat("No perianal disease", "yes", "no")),
    accepted("a negated header in Chinese", flat("无肛周病变", "是", "否")),
    accepted("a count of operations", flat("n_surgeries", 0, 1)),
    accepted("another drug", flat("ADA dose", 40, 80)),
    accepted("another visit of a measured marker", flat("CRP 2", 3, 9)),
    faulty(
        "a misspelt header", flat("Perianl disease", "yes", "no"), r"\|\?\|Perianl disease\|Is the column", same=True
    ),
    faulty(
        "a bracket that may make it another", flat("Albumin (worst)", 41, 38), r"\|\?\|Albumin \(worst\)\|Is", same=True
    ),
)
UNITS = (
    accepted("units in the headers", lambda: renamed(crp_mg_per_l="CRP mg L-1", follow_up_months="Follow-up, mths")),
    accepted("units in German headers", lambda: renamed(follow_up_months="Nachbeobachtung (Monate)")),
    faulty("a time without a unit", flat("time since surgery", 12, 24), r"since surgery: no unit is stated", same=True),
    faulty("a unit that nobody knows", flat("Albumin (g/cup)", 41, 38), r"the unit 'g/cup' is not known", same=True),
    faulty("values of another unit", flat("Hb", 12.1, 13.4), r"Hb: its values look like g/dL", same=True),
    faulty("a unit in the cells", flat("age", "33岁", "46 y"), r"age_years\|12 × with its unit in the cell", same=True),
    faulty("two units in one column", flat("Hb", 125, 131, 118, 12.5), r"haemoglobin_g_per_l\|3 × a value beyond", same=True),
    faulty("durations in years and months", flat("aza duration", "2 years 3 months", "1y6m"), r"12 × a duration in", same=True),
)  # fmt: skip
DATES = (
    faulty("dates as spreadsheets write them", flat("start_date", "01-Jan-18", "02-Mär-18"), r"12 × dates with a year", same=True),
    accepted("dates of a database", flat("start_date", "2018-03-01T00:00:00Z", "2018年3月1号")),
    faulty("a year of two digits first", flat("start_date", "18-01-05", "18-02-11"), r"day, month or year first", same=True),
    faulty("exchanged day and month", flat("start_date", *SWAPPED), r"swapped day and month", same=True),
    faulty("placeholders", flat("start_date", date(1900, 1, 1), date(2018, 3, 1)), r"6 × 1900-01-01, stands for", same=True),
    faulty("dates in the future", flat("start_date", date(2098, 1, 1), date(2018, 3, 1)), r"6 × 2098-01-01, in", same=True),
)  # fmt: skip
CODES = (
    faulty("-99 for nothing", flat("ferritin", -99, 120, 45.5), r"4 × -99: a code for missing", same=True),
    faulty("999 far above", flat("ferritin", 999, 120, 45.5), r"4 × 999: a code for missing", same=True),
    faulty("centres by number", flat("centre", 1, 2, 3), r"holds 1, 2, 3. Are these numbers or categories", same=True),
    faulty("a score of few steps", flat("pain score", 0, 1, 2), r"holds 0, 1, 2. Are these numbers or categories", same=True),
    faulty("a yes or no of 1 and 2", flat("perianal", 1, 2), r"6 × 1 and 6 × 2. Which is yes", same=True),
    faulty("ticks and nothing", flat("perianal", "x", None), r"6 × yes, and 6 empty cells", same=True),
    faulty("locations by number", flat("disease_location", 1, 2, 3), r"What do the numbers mean", same=True),
    faulty("location and behaviour in one", flat("Montreal location", "A2L3B1p", "L1+L4"), r"upper_gi\|read from", same=True),
    accepted("a legend in the header", flat("perianal (1=no, 2=yes)", 1, 2)),
)  # fmt: skip
KINDS = (*LIKENESS, *UNITS, *DATES, *CODES)
