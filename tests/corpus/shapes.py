"""The shapes that tables come in: rows that are no patients, several sheets, rows by visit or event, headings, footers.

Each is the flat cohort of builders.py written as a clinic, a database or a statistics program writes it.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
from corpus.builders import FLAT, HEADER, PATIENTS, Rows, statistical, table, workbook
from corpus.case import Case, accepted, faulty, refused

HALF = len(PATIENTS) // 2
EMPTY = [None] * len(HEADER)
CHINESE = ["患者编号", "CRP", "性别", "随访时间(月)", "复发时间(月)", "是否复发"]
GERMAN = ["Patient", "CRP (mg/L)", "sex", "follow-up (months)", "Time to relapse (months)", "relapse"]


def below(*rows: list[object], header: list[str] = HEADER) -> Callable[[], bytes]:
    """The flat cohort with rows below it, each filled up with empty cells."""
    filled = [[*row, *EMPTY[len(row) :]] for row in rows]
    return lambda: workbook({"patients": [header, *PATIENTS, *filled]})


def under(*rows: list[object], header: list[str] = HEADER) -> Callable[[], bytes]:
    """The flat cohort with rows between the header and the patients."""
    return lambda: table([header, *rows, *PATIENTS])


def sheets(**named: Rows) -> Callable[[], bytes]:
    return lambda: workbook(named)


STRANGE_ROWS = (
    faulty("mean and standard deviation", below(["Mean", 16.3], ["SD", 9.0]), r"^patients\|14\|\|Mean: a row of statistics, also in row 15", same=True),
    faulty("mean ± SD and a P value", below(["Mean ± SD", "16 ± 9"], ["P value", 0.04]), r"^patients\|14\|\|Mean ± SD: a row of stat", same=True),
    faulty("a total beside an empty id", below(["", "Total", None, None, None, 6]), r"^patients\|14\|\|Total: a row of statistics", same=True),
    faulty("means in Chinese", below(["平均值", 16.3], ["标准差", 9.0], ["合计", None, 12]), r"^patients\|14\|\|平均值: a row of statistics", same=True),
    faulty("means in German", below(["Mittelwert", 16.3], ["Anzahl", 12]), r"^patients\|14\|\|Mittelwert: a row of statistics", same=True),
    faulty("n = 12", below(["n = 12"]), r"^patients\|14\|\|n = 12: a row of statistics", same=True),
    faulty("a footnote, a source and a legend", below(EMPTY, ["* before the start"], ["Source: records of 2024"], ["1 = relapse"]),
           r"^patients\|15\|\|\* before the start: a note, also in row 16, 17", same=True),
    faulty("a footnote in Chinese", below(["注：CRP 为基线值"], ["数据来源：病历系统"]), r"^patients\|14\|\|注：CRP 为基线值: a note", same=True),
    faulty("a row of units", under(["", "mg/L", "m/f", "months", "months", "0/1"]), r"^table\|2\|\|mg/L: a row of units under the header", same=True),
    faulty("a row of units in Chinese", under(["", "mg/L", "", "月", "月", ""], header=CHINESE), r"^table\|2\|\|mg/L: a row of units"),
    faulty("a row of longer names", under(["Patient", "C-reactive protein", "Sex", "End of follow-up", "To relapse", "Event"]),
           r"^table\|2\|\|Patient: a row of names under the header", same=True),
    faulty("the header again and again", lambda: table([*FLAT[:5], HEADER, *FLAT[5:9], HEADER, *FLAT[9:]]),
           r"^table\|6\|\|patient_id: the header again, also in row 11", same=True),
    faulty("a row that may be a patient", below(["see below"]), r"^patients\|14\|\|see below: a row that may be no patient", same=True),
    faulty("a legend apart from the table", below(EMPTY, ["1", "relapse"], ["0", "none"]), r"^patients\|15\|\|1: a row that may be no patient", same=True),
)  # fmt: skip

HEADINGS = (
    faulty("lines of comments", lambda: b"# exported 2024-03-01\n# by nobody\n" + table(), r"^table\|3\|\|2 comment lines above", same=True),
    faulty("comments as wide as the table", lambda: table([[f"#{name} as shown" if not n else name for n, name in enumerate(HEADER)],
           ["#STRING", "NUMBER", "STRING", "NUMBER", "NUMBER", "NUMBER"], *FLAT], delimiter="\t"), r"^table\|3\|\|2 comment lines", same=True),
    accepted("a header that begins with a hash", lambda: b"#" + table()),
    faulty("row numbers without a name", lambda: table([HEADER, *([n, *row] for n, row in enumerate(PATIENTS, 1))]),
           r"^table\|None\|\|a first column without a name that numbers the rows", same=True),
    faulty("names of rows that are the identifiers", lambda: table([HEADER[1:], *PATIENTS]), r"^table\|None\|row name\|a first column", same=True),
    accepted("row numbers under an empty name", lambda: table([["", *HEADER], *([n, *row] for n, row in enumerate(PATIENTS, 1))])),
    faulty("visits under headings", lambda: table([["", "CDAI", "", "CRP", ""], ["id", "week 0", "week 24", "week 0", "week 24"],
           *([row[0], 300, 100, row[1], 1] for row in PATIENTS)]), r"^table\|2\|\|1 row above the header, taken into the names"),
    faulty("headings in a workbook that merges nothing", sheets(patients=[[None, "CRP", None, None, None, None],
           ["patient_id", "mg/L", *HEADER[2:]], *PATIENTS]), r"^patients\|2\|\|1 row above the header"),
    refused("two quotes that never close", lambda: table().replace(b"P03", b'"P03').replace(b"P08", b'"P08'), r"Row 4: a quote .* up to 9"),
    refused("a quote that never closes, by its row", lambda: table().replace(b"P11", b'"P11'), "Row 12: a quote"),
)  # fmt: skip

SEVERAL = (
    faulty("one sheet per year", sheets(**{"2019": [HEADER, *PATIENTS[:HALF]], "2020": [HEADER, *PATIENTS[HALF:]]}),
           r"^patients\|None\|\|rows of several sheets put together: 6 of 2019 and 6 of 2020", same=True),
    faulty("one sheet per group, columns in another order", sheets(**{"Group A": [HEADER, *PATIENTS[:HALF]],
           "Group B": [HEADER[::-1], *(row[::-1] for row in PATIENTS[HALF:])]}), r"6 of Group A and 6 of Group B", same=True),
    faulty("a second sheet of the same name", sheets(**{"patients": [HEADER, *PATIENTS[:HALF]], "patients (2)": [HEADER, *PATIENTS[HALF:]]}),
           r"6 of patients and 6 of patients \(2\)", same=True),
    faulty("sheets in Chinese", sheets(**{"2019年": [CHINESE, *PATIENTS[:HALF]], "2020年": [CHINESE, *PATIENTS[HALF:]]}), r"6 of 2019年 and 6 of 2020年"),
    faulty("laboratory values in a second sheet", sheets(patients=[[*HEADER[:1], *HEADER[2:]], *([row[0], *row[2:]] for row in PATIENTS)],
           Labor=[["Patient ID", "CRP"], *([row[0], row[1]] for row in PATIENTS[::-1])]), r"joined to patients by the patients' ids: 12 patients in both"),
    faulty("the same patients twice", sheets(patients=FLAT, copy=FLAT), r"12 patients in both, 0 in patients only", same=True),
    faulty("other patients under the same numbers", sheets(**{"Ward 1": FLAT, "Ward 2": [HEADER, *([row[0], 90 + row[1], "male", 70, 60, 0] for row in PATIENTS)]}),
           r"^Ward 2\|None\|\|a sheet of 12 rows with patients' ids, left out", same=True),
    faulty("a sheet of results in rows", sheets(patients=FLAT, Labor=[["patient_id", "test", "value"],
           *([row[0], test, 3] for row in PATIENTS for test in ("ALT", "AST"))]), r"^Labor\|None\|value\|a row per patient and result, read as a column for 2 tests: ALT, AST", same=True),
    faulty("a sheet of visits by another name", sheets(patients=FLAT, Labor=[["patient_id", "week", "CRP"],
           *([row[0], week, row[1]] for row in PATIENTS for week in (0, 8))]), r"^Labor\|None\|\|a sheet read as visits, by its columns", same=True),
    faulty("one sheet per visit", sheets(**{name: [["id", "CDAI"], *([row[0], points] for row in PATIENTS)]
           for name, points in (("Baseline", 300), ("Week 8", 200), ("Woche 24", 100))}), r"^Woche 24\|None\|\|the name of the sheet read as week 24"),
    faulty("identifiers written otherwise in another sheet", sheets(patients=FLAT, events=[["patient_id", "months", "event"],
           ["P 01\u200b", 5, "surgery"], ["P02", 5, "surgery"]]), r"^events\|None\|patient_id\|1 × an identifier that differs in blanks", same=True),
    faulty("identifiers in small letters in another sheet", sheets(patients=FLAT, events=[["patient_id", "months", "event"],
           ["p01", 5, "surgery"]]), r"^events\|2\|patient_id\|p01", same=True),
)  # fmt: skip


def redcap(*, labels: bool = False, form: bool = False) -> bytes:
    """The flat cohort as REDCap exports it: a row an event, the values at the event that asks for them."""
    names = ["redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance"]
    named = ["Event Name", "Repeat Instrument", "Repeat Instance"]
    first, last = ("Baseline (Arm 1: Drug)", "End (Arm 1: Drug)") if labels else ("baseline_arm_1", "end_arm_1")
    header = [
        "record_id",
        *(named if labels else names),
        *HEADER[1:],
        "baseline_complete",
        "drug___1",
        "event_date",
        "event",
    ]
    rows: list[list[object]] = [header]
    for row in PATIENTS:
        rows.append([row[0], first, None, None, *row[1:3], None, None, None, 2, 1, None, None])
        rows.append([row[0], last, None, None, None, None, *row[3:], None, 0, None, None])
        if form:
            rows.append([row[0], first, "events", 1, *[None] * 7, "2020-03-01", "surgery"])
    return table(rows)


BY_EVENT = (
    faulty("REDCap by event", redcap, r"^table\|None\|redcap_event_name\|names of visits read as weeks: baseline_arm_1 = week 0"),
    faulty("REDCap with labels", lambda: redcap(labels=True), r"^table\|None\|Event Name\|12 rows of events without a time: End"),
    faulty("REDCap with a repeated form", lambda: redcap(form=True), r"^events\|\d+\|event_date\|no time"),
    faulty("rows of one patient that complete each other", lambda: table([HEADER, *(row for patient in PATIENTS
           for row in ([*patient[:3], None, None, None], [patient[0], None, None, *patient[3:]]))]),
           r"^patients\|None\|patient_id\|rows of one patient put together: 24 rows of 12", same=True),
    faulty("the event in the last row", lambda: table([["patient_id", "month", "CRP", "relapse"], *([row[0], month, row[1], int(month == 12 and row[5])]
           for row in PATIENTS for month in (0, 6, 12))]), r"^patients\|None\|relapse_event\|the event by row, without a time"),
    faulty("visits by name in Chinese", lambda: table([["患者编号", "访视", "CDAI评分"], *([row[0], *visit]
           for row in PATIENTS for visit in (("基线", 300), ("第8周", 200), ("治疗后6个月", 90)))]), r"^table\|None\|访视\|names of visits read as weeks: 基线 = week 0, 第8周 = week 8"),
    accepted("wide visits in weeks and months", lambda: table([[*HEADER, "CDAI baseline", "CDAI W24", "CDAI_M9", "cdai 12 mo"],
             *([*row, 300, 100, 90, 80] for row in PATIENTS)])),
    accepted("wide visits in Chinese and German", lambda: table([[*HEADER, "基线CDAI", "CDAI第8周", "CDAI 6个月", "CDAI Woche 52"],
             *([*row, 300, 100, 90, 80] for row in PATIENTS)])),
)  # fmt: skip

CONTRADICTING = (
    faulty("two visits on one day", sheets(patients=FLAT, visits=[["patient_id", "week", "cdai"], ["P01", 0, 300], ["P01", 0, 250], ["P01", 24, 90]]),
           r"^visits\|2\|cdai_points\|300, and 250 further down on the same day", same=True),
    faulty("two CRP on one day of one row each", sheets(patients=FLAT, visits=[["patient_id", "week", "cdai", "crp"], ["P02", 8, 300, 5], ["P02", 8, None, 7]]),
           r"^visits\|2\|crp_mg_per_l\|5, and 7 further down", same=True),
    faulty("the visits of two patients exchanged", sheets(patients=[[*HEADER, "cdai"], *([*row, 200 + 10 * n] for n, row in enumerate(PATIENTS))],
           visits=[["patient_id", "week", "cdai"], ["P01", 0, 210], ["P02", 0, 200], ["P03", 0, 220]]), r"^patients\|2\|cdai_points\|200, and 210 .* row 3", same=True),
    faulty("another CRP at week 0", sheets(patients=FLAT, visits=[["patient_id", "week", "crp"], ["P01", 0, 25]]), r"^patients\|2\|crp_mg_per_l\|2.5, and 25"),
    faulty("weeks that are months", sheets(patients=FLAT, visits=[["patient_id", "week", "cdai"], *([row[0], week, 100]
           for row in PATIENTS for week in (0, 3, row[3]))]), r"^visits\|None\|week\|weeks that seem to be months", same=True),
    faulty("weeks beside dates that are months", sheets(patients=[[*HEADER, "start_date"], *([*row, "2020-01-01"] for row in PATIENTS)],
           visits=[["patient_id", "week", "visit_date", "cdai"], *([row[0], 3, "2020-04-01", 100] for row in PATIENTS)]), r"by the dates of the visits one of them lasts 30"),
    faulty("a time of 0 with the event", sheets(patients=[HEADER, ["P00", 3, "male", 20, 0, 1], *PATIENTS]), r"^patients\|None\|relapse_months\|1 × a time of 0, 1 with relapse"),
    faulty("a time of 0 without it", sheets(patients=[HEADER, ["P00", 3, "male", 0, 0, 0], *PATIENTS]), r"^patients\|None\|relapse_months\|1 × a time of 0, 0 with relapse"),
    faulty("censored long before the end", sheets(patients=[HEADER, ["P00", 3, "male", 60, 5, 0], *PATIENTS]), r"^patients\|2\|relapse_months\|censored 1674 days before", ),
    faulty("everybody censored on another clock", sheets(patients=[HEADER, *([*row[:3], 60, *row[4:]] for row in PATIENTS)]), r"^patients\|None\|relapse_months\|6 of 6 without the event"),
    faulty("patients that differ in a capital", sheets(patients=[*FLAT, ["p01", 3, "male", 10, 5, 0]]), r"^patients\|14\|patient_id\|differs from another identifier", ),
)  # fmt: skip


def labelled(names: list[str], labels: list[str]) -> bytes:
    frame = pd.DataFrame([list(row) for row in PATIENTS], columns=names)
    return statistical("sav", frame, column_labels=labels)


LABELS = (
    accepted("variables by number under labels", lambda: labelled(["V1", "V2", "V3", "V4", "V5", "V6"], HEADER), file_name="x.sav"),
    accepted("variables by number under Chinese labels", lambda: labelled(["V1", "V2", "V3", "V4", "V5", "V6"],
             ["患者编号", "C反应蛋白（mg/L）", "性别", "随访时间（月）", "复发时间（月）", "是否复发"]), same=False, file_name="x.sav"),
    accepted("known names under long labels", lambda: labelled(HEADER, ["Number in the study", "CRP before the start", "", "", "", "Any relapse seen?"]), file_name="x.sav"),
)  # fmt: skip

SHAPES: tuple[Case, ...] = (*STRANGE_ROWS, *HEADINGS, *SEVERAL, *BY_EVENT, *CONTRADICTING, *LABELS)
