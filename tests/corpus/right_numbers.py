"""Files as hospitals write them, each with its right answer: patients, events and the sum of their months.

The same twelve patients in every file, so that a file that is read wrong shows it in a number, not in a word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import pandas as pd
from corpus.builders import statistical, table, workbook

N = 12
IDS = [f"P{n:02}" for n in range(1, N + 1)]
DAYS = [200 + (97 * n) % 700 for n in range(N)]
EVENTS = [1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0]
STARTS = [date(2018, 1, 9) + timedelta(days=37 * n) for n in range(N)]
ENDS = [day + timedelta(days=n) for day, n in zip(STARTS, DAYS, strict=True)]
RELAPSES = [day if happened else None for day, happened in zip(ENDS, EVENTS, strict=True)]
MONTHS = [n / 30.4375 for n in DAYS]
SEX = ["H" if n % 3 else "F" for n in range(N)]


@dataclass(frozen=True)
class Right:
    """A file, the answers that a sensible reader gives (a question's kind -> the option), and what must then be found.

    Without an answer here a file must ask nothing. outcome: its code, where the file is of another than the first it states.
    """

    name: str
    content: bytes
    answers: Mapping[str, str] = field(default_factory=dict)
    n: int = N
    events: int = sum(EVENTS)
    months: float = sum(MONTHS)
    file_name: str = "cohort.csv"


def csv(**columns: Sequence[object]) -> bytes:
    """A text table of the twelve patients; an underscore in a name is a blank, two are one."""
    headers = [name.replace("__", "\x00").replace("_", " ").replace("\x00", "_") for name in columns]
    return table([headers, *map(list, zip(*columns.values(), strict=True))])


def dated(**columns: Sequence[object]) -> bytes:
    """As `csv`, of a cohort with the date of its start."""
    return csv(id=IDS, start_date=STARTS, **columns)


def words(no: str, yes: str) -> list[str]:
    return [yes if happened else no for happened in EVENTS]


def dates(form: str, days: Sequence[date | None]) -> list[str]:
    return [f"{day:{form}}" if day else "" for day in days]


def era(day: date) -> str:
    return f"平成{day.year - 1988}年{day.month}月{day.day}日"


def mixed(*units: tuple[str, float]) -> tuple[list[float], list[str]]:
    """The times in one unit after the other, with their units."""
    chosen = [units[n % len(units)] for n in range(N)]
    return [n / days for n, (_, days) in zip(DAYS, chosen, strict=True)], [unit for unit, _ in chosen]


ROWS = [(one, 0, n // 3, 0) for one, n in zip(IDS, DAYS, strict=True)]
ROWS += [(one, n // 3, n, happened) for one, n, happened in zip(IDS, DAYS, EVENTS, strict=True)]
TIMES, UNITS = mixed(("days", 1), ("mo", 30.4375), ("Jahre", 365.25))
LATER = [day + timedelta(days=900) for day in STARTS]
SINCE_1970 = [(day - date(1970, 1, 1)).days * 86_400 if day else "" for day in RELAPSES]
FRENCH = [
    ["N° patient", "Âge", "Sexe", "Délai rechute (mois)", "Rechute"],
    *map(list, zip(IDS, range(20, 20 + N), SEX, MONTHS, words("non", "oui"), strict=True)),
]
FREE = sum(900 / 30.4375 if not happened else one for happened, one in zip(EVENTS, MONTHS, strict=True))
FIFTEENTH = sum(15 - day.day for day in RELAPSES if day) / 30.4375
LABELLED = pd.DataFrame({"pid": IDS, "time_months": MONTHS, "rezidiv": [2 - happened for happened in EVENTS]})
UNLIKE = pd.DataFrame({"id": IDS, "time_months": MONTHS, "relapse": [1 - happened for happened in EVENTS]})

FOLLOWED = [900 / 30.4375] * N
TIMED = [one if happened else None for one, happened in zip(MONTHS, EVENTS, strict=True)]
OFTEN = [happened * (1 + n % 4) for n, happened in enumerate(EVENTS)]
HEADED = [["id", "relapse_months", "relapse_event"], *map(list, zip(IDS, MONTHS, EVENTS, strict=True))]


def followed(none: float, scale: float = 1.0, unit: str = "months") -> bytes:
    """A time of those who relapsed, a code for the others, and everybody's follow-up."""
    times = [none if one is None else one * scale for one in TIMED]
    return csv(id=IDS, **{f"time_to_relapse_({unit})": times}, follow__up__months=FOLLOWED, relapse=EVENTS)


RIGHT = (
    Right("a 0 for no time", followed(0), {"zero": "not known"}, months=FREE),
    Right("a 999 for no time", followed(999), months=FREE),
    Right("a 9999 among days", followed(9999, 30.4375, "days"), {"missing": "missing"}, months=FREE),
    Right("a 499 of weeks is a time", followed(499, 30.4375 / 7, "weeks"), months=sum(one or 499 * 7 / 30.4375 for one in TIMED)),
    Right("a -1 for no time", followed(-1), months=FREE),
    Right("how often it happened", csv(id=IDS, time_to_relapse_months=MONTHS, relapses=OFTEN),
          {"count": "how often: 1 and more is relapse"}),
    Right("how often in German", csv(id=IDS, **{"Zeit_bis_Rezidiv_(Monate)": MONTHS}, Rezidive=OFTEN),
          {"count": "how often: 1 and more is recurrence"}),
    Right("patients below a heading", table([*HEADED, ["excluded:"], ["P98", 3, 1], ["P99", 4, 1]]),
          {"below": "not of the cohort: left out"}),
    Right("others of the cohort", table([*HEADED, ["dropouts:"], ["P98", 3, 1], ["P99", 4, 1]]),
          {"below": "patients of the cohort"},
          n=N + 2, events=sum(EVENTS) + 2, months=sum(MONTHS) + 7),
    Right("rows of intervals", table([["id", "tstart", "tstop", "status"], *ROWS]), {"unit": "days"}),
    Right("rows of intervals in days", table([["id", "start (days)", "stop (days)", "relapse"], *ROWS])),
    Right("late entry", csv(id=IDS, entry_days=[n % 100 for n in DAYS], exit_days=DAYS, relapse=EVENTS)),
    Right("a unit a row", csv(id=IDS, time=TIMES, time__unit=UNITS, relapse=EVENTS)),
    Right("a bare unit a row", csv(id=IDS, Zeit=TIMES, Einheit=UNITS, Rezidiv=words("nein", "ja"))),
    Right("a French workbook", workbook({"Feuil1": FRENCH, "Feuil2": [["légende"], ["H = homme"]]})),
    Right("true and false of a German Excel", csv(id=IDS, time_months=MONTHS, relapse=words("FALSCH", "WAHR"))),
    Right("a header that explains the no", csv(id=IDS, time_months=MONTHS, **{"relapse_(0=yes)": [1 - one for one in EVENTS]})),
    Right("none among the dates", dated(relapse_date=[day or "none" for day in RELAPSES], last_FU_date=LATER), months=FREE),
    Right("n.a. among the dates", dated(relapse_date=[day or "n.a." for day in RELAPSES], Date_of_last_visit=LATER), months=FREE),
    Right("alive among the dates", dated(date_of_death=[day or "alive" for day in RELAPSES], last_contact=LATER), months=FREE),
    Right("an operation as time zero", csv(id=IDS, date_of_surgery=STARTS, relapse_date=dates("%Y-%m-%d", RELAPSES), last_FU=LATER),
          {"dates": "date of surgery"}, months=FREE),
    Right("seconds since 1970", dated(relapse_date=SINCE_1970, FU_date=LATER), months=FREE),
    Right("months of years", dated(relapse_date=dates("%b-%y", RELAPSES), last_FU=LATER),
          {"short month": "a month and a year, read as the 15th"}, months=FREE + FIFTEENTH),
    Right("years of an era", dated(relapse_date=[era(day) if day else "" for day in RELAPSES], last_FU=LATER), months=FREE),
    Right("survival beside the vital status", csv(id=IDS, OS_months=MONTHS, vital_status=words("alive", "dead"))),
    Right("survival in French", csv(id=IDS, **{"survie_(mois)": MONTHS}, statut=words("vivant", "décédé"))),
    Right("a label that is a yes and a no", statistical("sav", LABELLED, variable_value_labels={"rezidiv": {1: "ja", 2: "nein"}},
          column_labels={"rezidiv": "Rezidiv ja/nein"}), file_name="x.sav"),
    Right("a label of the event alone", statistical("sav", UNLIKE, variable_value_labels={"relapse": {0: "Yes"}}),
          file_name="x.sav"),
)  # fmt: skip
