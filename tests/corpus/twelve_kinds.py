"""Each of the twelve kinds of human slip again, in other words, languages and places than the reports had them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pandas as pd
from corpus.builders import FLAT, HEADER, PATIENTS, Rows, statistical, table, with_column, workbook
from corpus.case import Case, accepted, faulty

EMPTY: list[object] = [None] * len(HEADER)
HALF = len(PATIENTS) // 2
STARTS = [date(2018, 1, 1) + timedelta(days=29 * n) for n in range(len(PATIENTS))]
LAST = [day + timedelta(days=400) for day in STARTS]
RELAPSES = [day + timedelta(days=200) if row[5] else None for day, row in zip(STARTS, PATIENTS, strict=True)]


def flat(header: str, *cells: object) -> Callable[[], bytes]:
    """The flat cohort with the cells over and over in one column."""
    return lambda: workbook({"patients": with_column(header, cells)})


def made(**columns: Sequence[object]) -> Callable[[], bytes]:
    """A cohort of the same patients with these columns; an underscore in a name is a blank."""
    headers = [name.replace("_", " ") for name in columns]
    rows = [[row[0], *cells] for row, cells in zip(PATIENTS, zip(*columns.values(), strict=True), strict=True)]
    return lambda: workbook({"patients": [["patient_id", *headers], *rows]})


def below(*rows: list[object]) -> Callable[[], bytes]:
    filled = [[*row, *EMPTY[len(row) :]] for row in rows]
    return lambda: workbook({"patients": [*FLAT, *filled]})


def under(*rows: list[object]) -> Callable[[], bytes]:
    return lambda: table([HEADER, *rows, *PATIENTS])


def outcome(time: str, event: str, *cells: object) -> Callable[[], bytes]:
    """The flat cohort with its outcome headed otherwise; cells: what stands for 0, 1, 2, ..."""
    header = [*HEADER[:4], time, event]
    rows = [[*row[:5], cells[int(row[5])]] for row in PATIENTS]
    return lambda: workbook({"patients": [header, *rows]})


def events(*, end: Callable[[float], float], header: str = "follow_up_months") -> Callable[[], bytes]:
    """Each patient operated on the last day of a follow-up that is stated as `end` says."""
    days = [100 + 37 * n for n in range(len(PATIENTS))]
    patients = [["patient_id", header], *([row[0], end(day)] for row, day in zip(PATIENTS, days, strict=True))]
    operated = [
        ["patient_id", "day", "event"],
        *([row[0], day, "surgery"] for row, day in zip(PATIENTS, days, strict=True)),
    ]
    return lambda: workbook({"patients": patients, "events": operated})


ROUNDED_ENDS = (
    faulty(
        "ends cut to whole months",
        events(end=lambda day: day // 30.4375),
        r"follow_up_months\|\d+ × something up to .* rounded down",
    ),
    faulty(
        "ends cut to whole weeks",
        events(end=lambda day: day // 7, header="Follow-up (weeks)"),
        r"follow_up_months\|\d+ × something .* rounded down",
    ),
    accepted("ends rounded to whole months", events(end=lambda day: round(day / 30.4375)), same=False),
)
SHEETS = (
    faulty(
        "one sheet per year in other units",
        lambda: workbook(
            {
                "2019": [HEADER, *PATIENTS[:HALF]],
                "2020": [
                    ["patient_id", "CRP (mg/dL)", *HEADER[2:]],
                    *([row[0], row[1] / 10, *row[2:]] for row in PATIENTS[HALF:]),
                ],
            }
        ),
        r"crp_mg_per_l\|6 × with its unit in the cell, converted from mg/dL",
    ),
    faulty(
        "a side sheet whose patients nobody names",
        lambda: workbook({"patients": FLAT, "visits": [["Nummer", "week", "CDAI"], ["P01", 0, 300]]}),
        r"^visits\|None\|\|left out: The sheet visits needs patient_id .* its headers are Nummer, week, CDAI",
        same=True,
    ),
)
NO_PATIENTS = (
    faulty("a mean and its deviation in German", below(["MW ± SD", 16.3]), r"^patients\|14\|\|MW ± SD: a row of statistics", same=True),
    faulty("signs of statistics", below(["Ø", 16.3], ["Σ", 195.0], ["%", 50]), r"^patients\|14\|\|Ø: a row of statistics, also in row 15, 16", same=True),
    faulty("a mean in Chinese with its deviation", below(["均值±标准差", "16±9"]), r"^patients\|14\|\|均值±标准差: a row of statistics", same=True),
    faulty("headings of groups", lambda: workbook({"patients": [HEADER, ["Azathioprine"], *PATIENTS[:HALF], ["Infliximab"], *PATIENTS[HALF:]]}),
           r"^patients\|2\|\|Azathioprine: a heading, also in row 9, left out", same=True),
    faulty("a row of types", under(["string", "float", "string", "float", "float", "int"]), r"^table\|2\|\|string: a row of types", same=True),
    faulty("a row that numbers the columns", under([1, 2, 3, 4, 5, 6]), r"^table\|2\|\|1: a row of numbers of the columns", same=True),
    faulty("a row of the normal range", below(["Normal", "<5"]), r"^patients\|\?\|\|Are these rows", same=True),
)  # fmt: skip
LIKENESS = (
    faulty("doses that are a yes and a no", flat("thalidomide (yes/no)", "yes", "no"), r"cells that are not what thalidomide_dose", same=True),
    faulty("the name of a drug in a yes and no", flat("prior biologic", "Infliximab", "none at all"), r"cells that are not what prior_biologic", same=True),
    accepted("groups of an age", flat("age group", "<40", ">=40")),
    accepted("a naive patient", flat("biologic-naive", "yes", "no")),
)  # fmt: skip
UNITS = (
    faulty("a percentage", flat("Albumin (%)", 55, 61), r"the unit '%' is not known", same=True),
    accepted(
        "a French follow-up in the header of R",
        lambda: workbook({"patients": [["patient_id", "crp_mg_per_l", "sex", "F/U (months)", *HEADER[4:]], *PATIENTS]}),
    ),
    accepted("a time in German", outcome("Zeit bis Rezidiv (Monate)", "Rezidiv", "nein", "ja"), same=False),
)
EVENT = (
    faulty("labels that no word explains", lambda: statistical("sav", pd.DataFrame(PATIENTS, columns=HEADER), variable_value_labels={
           "relapse_event": {0: "Group A", 1: "Group B"}}), r"only group a and group b. What do they mean", file_name="x.sav"),
    faulty("a minus one for no", outcome("relapse_months", "relapse_event", -1, 1), r"relapse_event: -1. What do they mean"),
    accepted("remission and relapse", outcome("relapse_months", "relapse_event", "in remission", "relapse")),
    accepted("a year behind the yes", outcome("relapse_months", "relapse_event", "no", "yes (2019)")),
    accepted("free of it in one word", outcome("Zeit bis Rezidiv (Monate)", "rezidivfrei", "ja", "nein"), same=False),
)  # fmt: skip
SHAPES = (
    faulty("a time beside an event of no known name", outcome("time to relapse (months)", "sustained remission", 1, 0),
           r"which column says whether it happened"),
    faulty("no header names an outcome", outcome("obs", "delta", 0, 1), r"No header names an outcome"),
    faulty("dates of relapses, and no among them", made(start_date=STARTS, last_follow_up=LAST, relapse_date=[day or "no" for day in RELAPSES]),
           r"relapse date\|6 × without a time, taken as free"),
    faulty("an inclusion that is the start", made(date_of_inclusion=STARTS, last_follow_up=LAST, relapse_date=RELAPSES),
           r"From which date is it counted"),
    faulty("a last date of no known name", made(start_date=STARTS, checked_on=LAST, relapse_date=RELAPSES), r"Up to which date were the others followed"),
    faulty("visits numbered without a unit", lambda: workbook({"patients": [[*HEADER, "CDAI_0", "CDAI_8", "CDAI_24"], *([*row, 300, 200, 90] for row in PATIENTS)]}),
           r"CDAI_0, CDAI_8, CDAI_24: which time do the numbers say", same=True),
    faulty("an eye a row", lambda: workbook({"patients": [["patient_id", "eye", "os_months", "os_status"],
           *([row[0], eye, row[4], row[5]] for row in PATIENTS for eye in ("left", "right"))]}), r"24 rows of 12 patients, and they differ"),
)  # fmt: skip
DATES = (
    faulty(
        "a placeholder for no relapse",
        made(start_date=STARTS, last_follow_up=LAST, relapse_date=[day or date(1900, 1, 1) for day in RELAPSES]),
        r"6 × 1900-01-01. Does it say that there was no relapse",
    ),
    accepted("months in Polish", flat("start_date", "1 marca 2018", "12 października 2019")),
    accepted("months in Russian", flat("start_date", "1 марта 2018", "12 октября 2019")),
    accepted("months in Dutch", flat("start_date", "1 maart 2018", "12-okt-2019")),
)
CODES = (
    faulty("-8 for refused", flat("ferritin", -8, 120, 45.5, 33, 61, 70), r"2 × -8: a code for missing", same=True),
    faulty("998 and 999", flat("ferritin", 998, 999, 45.5, 33, 61, 70), r"2 × 998, 2 × 999: a code for missing", same=True),
    faulty("hospitals of large numbers", flat("hospital", 101, 102, 205), r"holds 101, 102, 205. Are these numbers or categories", same=True),
    accepted("a legend without signs", flat("smoking (0 no, 1 yes)", 0, 1)),
    accepted("a legend in Chinese", lambda: workbook({"patients": [["patient_id", "crp_mg_per_l", "性别（1男2女）", *HEADER[3:]],
             *([*row[:2], 1 + (row[2] == "female"), *row[3:]] for row in PATIENTS)]})),
    faulty("H and M", lambda: workbook({"patients": [HEADER, *([*row[:2], "H" if row[2] == "male" else "M", *row[3:]] for row in PATIENTS)]}),
           r"6 × h, 6 × m. What do they mean"),
)  # fmt: skip
LYING: Rows = [list(row) for row in zip(*FLAT, strict=True)]
TABLES = (
    faulty("a table on its side", lambda: workbook({"patients": LYING}), r"a table with one column per patient, turned", same=True),
    faulty("a second header that codes", lambda: table([["ID", "CDAI", "", "Relapse"], ["", "week 0", "week 24", "0/1"],
           *([row[0], 300, 100, row[5]] for row in PATIENTS)]), r"^table\|2\|\|1 row above the header, taken into the names"),
)  # fmt: skip
CONTRADICTING = (
    faulty("an operation after a dated end", lambda: workbook({"patients": [["patient_id", "start_date", "last_follow_up_date"],
           *([row[0], first, last] for row, first, last in zip(PATIENTS, STARTS, LAST, strict=True))],
           "events": [["patient_id", "event_date", "event"], ["P01", LAST[0] + timedelta(days=3), "surgery"]]}), r"^events\|2\|event_date\|3 days after the end"),
    faulty("rows by date without a start", lambda: workbook({"patients": [["patient_id", "visit_date", "crp"],
           *([row[0], day, 5 + n] for row, first in zip(PATIENTS, STARTS, strict=True) for n, day in enumerate((first, first + timedelta(days=60))))]}),
           r"no start: time is counted from each patient's first visit"),
)  # fmt: skip
NEVER_AN_EXCEPTION = (
    accepted("a number of very small scale", flat("allele fraction", 1e-5, 3e-5, 4.5e-4)),
    accepted("a number of very large scale", flat("copies", 1e9, 3e9, 4.5e9)),
    accepted("one value in everybody", flat("ward", "7A")),
)
TWELVE: tuple[Case, ...] = (
    *ROUNDED_ENDS, *SHEETS, *NO_PATIENTS, *LIKENESS, *UNITS, *EVENT, *SHAPES, *DATES, *CODES, *TABLES, *CONTRADICTING, *NEVER_AN_EXCEPTION,
)  # fmt: skip
