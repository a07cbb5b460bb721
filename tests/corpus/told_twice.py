"""Files that tell a thing twice and not alike, rows without a patient, visits without a time: said or asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from corpus.builders import FLAT, HEADER, PATIENTS, Rows, table, with_column, workbook
from corpus.case import Case, accepted, faulty

IDS = [str(row[0]) for row in PATIENTS]
STARTS = [date(2018, 1, 1) + timedelta(days=29 * n) for n in range(len(IDS))]
FOLLOWED: Rows = [
    ["patient_id", "start_date", "follow_up_months", "cdai"],
    *([one, start, 11 + n, 300 + n] for n, (one, start) in enumerate(zip(IDS, STARTS, strict=True))),
]
VISITS: Rows = [
    ["patient_id", "week", "cdai"],
    *([one, week, 300 + n - 5 * week] for n, one in enumerate(IDS) for week in (0, 8, 24)),
]
DEAD: Rows = [["patient_id", "months", "event"], ["P03", 3, "death"]]


def sheets(**named: Rows) -> Callable[[], bytes]:
    return lambda: workbook(named)


def flat(header: str, *cells: object) -> Callable[[], bytes]:
    return lambda: workbook({"patients": with_column(header, cells)})


def dated(of_one: int) -> Rows:
    """The visits with their dates, one of them so many days off."""
    days = {one: start for one, start in zip(IDS, STARTS, strict=True)}
    off = [of_one if place == 4 else 0 for place in range(len(VISITS))]
    rows = [
        [one, week, days[str(one)] + timedelta(days=7 * int(str(week)) + late), cdai]
        for (one, week, cdai), late in zip(VISITS[1:], off, strict=False)
    ]
    return [["patient_id", "week", "visit_date", "cdai"], *rows]


def named(*names: object) -> Callable[[], bytes]:
    """A row a visit, by their names."""
    return lambda: table(
        [["patient_id", "visit", "cdai"], *([one, name, 300 - n] for one in IDS for n, name in enumerate(names))]
    )


def wide(*headers: str) -> Callable[[], bytes]:
    """The flat cohort with a column a visit."""
    return lambda: table(
        [[*HEADER, *headers], *([*row, *(300 - 9 * n for n in range(len(headers)))] for row in PATIENTS)]
    )


def again(of: Sequence[object], identity: str) -> list[object]:
    return [identity, *of[1:]]


MEASURED = [[*row, 30.5 + n, 120 + n] for n, row in enumerate(PATIENTS)]
CONTRADICTING = (
    faulty("relapsed and free of it", flat("relapse free", 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1),
           r"^patients\|\d+\|relapse_event\|relapse, and none by relapse free"),
    faulty("an event that the patient's row denies", sheets(patients=FLAT, events=[["patient_id", "months", "event"],
           ["P02", 4, "relapse"]]),
           r"^events\|2\|event\|relapse, and none by the patients' own column"),
    faulty("a visit after death", sheets(patients=FOLLOWED, visits=VISITS, events=DEAD),
           r"^visits\|\d+\|visit_date\|77 days after death"),
    faulty("an adverse event after death", sheets(patients=FOLLOWED, visits=VISITS, events=DEAD,
           adverse_events=[["patient_id", "months", "term"], ["P03", 5, "rash"]]),
           r"^adverse_events\|2\|.*days after death"),
    faulty("a week that is not its date's", sheets(patients=FOLLOWED, visits=dated(200)),
           r"^visits\|6\|week\|week 8, and week 36.6 by its date"),
    accepted("a visit a week late", sheets(patients=FOLLOWED, visits=dated(7)), same=False),
    faulty("weeks that are days", sheets(patients=FOLLOWED, visits=[VISITS[0], *([one, 7 * int(str(week)), cdai] for one,
           week, cdai in VISITS[1:])]),
           r"^visits\|None\|week\|weeks that seem to be days: taken as weeks the last visit of"),
    faulty("one patient under two identifiers", sheets(patients=[[*HEADER, "ferritin", "weight"], *MEASURED,
           again(MEASURED[4], "P77")]),
           r"^patients\|14\|patient_id\|the same values as in row 6, under another identifier"),
    accepted("a death on the day of a visit", sheets(patients=FOLLOWED, visits=VISITS, events=[["patient_id", "days",
           "event"], ["P03", 168, "death"]]), same=False),
)  # fmt: skip
NO_PATIENTS = (
    faulty("numbers of patients to come", lambda: table([*FLAT, ["P13"], ["P14"], ["P15"]]),
           r"^patients\|None\|patient_id\|3 × an identifier and nothing else: left out", same=True),
)  # fmt: skip
VISITS_WITHOUT_A_TIME = (
    faulty("visits by number", wide("CDAI_V1", "CDAI_V2", "CRP V1 (mg/dL)"),
           r"^patients\|\?\|V1, V2\|At which weeks were the visits V1, V2", same=True),
    faulty("one visit by number", wide("Visit 2 CDAI"), r"^patients\|\?\|Visit 2\|At which week was the visit Visit 2",
           same=True),
    faulty("times without a unit", wide("CDAI T0", "CDAI T1"), r"At which weeks were the visits T0, T1", same=True),
    faulty("weeks in one letter", wide("CDAI S0", "CDAI S8"), r"CDAI S0, CDAI S8: which time do the numbers say",
           same=True),
    faulty("rows by number", named("V1", "V2", "V3"), r"At which weeks were the visits V1, V2, V3"),
    faulty("rows by bare number", named(1, 2, 3), r"At which weeks were the visits 1, 2, 3"),
    faulty("one name among weeks", named("week 0", "week 8", "closing"), r"At which week was the visit closing"),
    faulty("names in Italian", named("basale", "settimana 8", "mese 6"),
           r"visit\|names of visits read as weeks: basale = week 0, settimana 8 = week 8"),
    accepted("visits in Italian", wide("CDAI settimana 0", "CDAI sett. 8", "CDAI mese 6")),
    accepted("visits in Dutch and Portuguese", wide("CDAI week 0", "CDAI na 8 weken", "CDAI mês 6", "CDAI.52w")),
    accepted("two measurements of one test", wide("CRP 2", "ferritin 2")),
)  # fmt: skip
CODES = (
    faulty("99 far above the ages", flat("age", 99, 34, 71, 25, 99, 48), r"age\|age: 4 × 99: a code for missing",
           same=True),
    faulty("a number beyond every measure", flat("copies", 1e300, 3.5, 4.5, 7.5, 8.5, 9.5), r"copies\|2 × 1000", same=True),
    accepted("a PCR in mg/L", lambda: table([["patient_id", "PCR (mg/L)", *HEADER[2:]], *PATIENTS])),
    accepted("a PCR that is none of CRP", flat("PCR", 0, 1)),
    accepted("a normal range behind the unit", lambda: table([["patient_id", "CRP (mg/L) (normal 0-5)", *HEADER[2:]],
           *PATIENTS])),
    accepted("a unit without its stroke", lambda: table([["patient_id", "crp_mgl", *HEADER[2:]], *PATIENTS])),
    accepted("cells in thousands per µl", flat("WBC (x1000/ul)", 6.5, 8.1)),
)  # fmt: skip
TOLD_TWICE: tuple[Case, ...] = (*CONTRADICTING, *NO_PATIENTS, *VISITS_WITHOUT_A_TIME, *CODES)
