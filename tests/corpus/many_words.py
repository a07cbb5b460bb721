"""The twelve patients of right_numbers.py again, in the words, units, dates and codes of seven languages and many programs.

Each list is of one place where a file may write otherwise; every file must give the same patients, events and months.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from corpus.builders import table, workbook
from corpus.right_numbers import (
    DAYS,
    ENDS,
    EVENTS,
    FOLLOWED,
    FREE,
    IDS,
    LATER,
    MONTHS,
    RELAPSES,
    STARTS,
    Right,
    csv,
    words,
)

N = len(IDS)
WEEKS, YEARS = [n / 7 for n in DAYS], [n / 365.25 for n in DAYS]


def columns(headers: Sequence[str], *cells: Sequence[object], delimiter: str = ",", file: str = "") -> Right:
    """A text table of the twelve patients, called by its headers."""
    rows = [list(headers), *map(list, zip(*cells, strict=True))]
    return Right(file or ", ".join(headers), table(rows, delimiter=delimiter))


TIMES: dict[str, Sequence[float]] = {
    "tempo fino a ricaduta (giorni)": DAYS, "Zeit bis zum Rückfall [Tage]": DAYS, "délai de rechute (jours)": DAYS,
    "tiempo hasta recaída (días)": DAYS, "tempo até recidiva (dias)": DAYS, "tijd tot recidief (dagen)": DAYS,
    "maanden tot recidief": MONTHS, "mesi alla ricaduta": MONTHS, "复发时间（周）": WEEKS, "relapse time wk": WEEKS,
    "TTR_d": DAYS, "TTR (mo.)": MONTHS, "time to relapse /days": DAYS, "relapse.time.days": DAYS, "timeToRelapseDays": DAYS,
    "time.to.relapse..months.": MONTHS, "Tempo (anos) até recidiva": YEARS, "Zeit bis Rezidiv (Mon.)": MONTHS,
    "Zeit bis Rezidiv in Wochen": WEEKS, "Rezidivzeit (Monate)": MONTHS, "time_to_relapse_hours": [24 * n for n in DAYS],
    "time to relapse (quarters)": [n / 3 for n in MONTHS],
}  # fmt: skip
EVENT_WORDS = {
    "nee": "ja", "não": "sim", "no": "sì", "N": "S", "n": "O", "FALSE": "TRUE", "FAUX": "VRAI", "ONWAAR": "WAAR",
    "FALSO": "VERDADEIRO", "0=no": "1=yes", "(0) no": "(1) yes", "kein Rezidiv": "Rezidiv", "pas de rechute": "rechute",
    "sin recaída": "recaída", "zensiert": "Ereignis", "censuré": "événement", "censored": "relapsed", "✘": "✔", "否": "是",
    "未复发": "复发", "0,0": "1,0", "unchecked": "checked", "no (by phone)": "yes (2019)",
}  # fmt: skip
EVENT_HEADERS: dict[str, tuple[object, object]] = {
    "relapse-free": ("yes", "no"), "Rezidivfreiheit": ("ja", "nein"), "rezidivfrei": (1, 0), "sans rechute": ("oui", "non"),
    "rechute (O/N)": ("N", "O"), "Rezidiv (j/n)": ("n", "j"), "recidief": ("nee", "ja"), "recidiva": ("não", "sim"),
    "ricaduta (sì/no)": ("no", "sì"), "relapse (0=yes; 1=no)": (1, 0), "status (1=censored, 2=relapse)": (1, 2),
    "Status (1=Rezidiv, 0=zensiert)": (0, 1), "relapse 0=no 1=yes 9=unknown": (0, 1), "无复发": ("是", "否"),
    "zensiert": (1, 0), "relapse_status": ("0:No", "1:Yes"),
}  # fmt: skip
SURVIVAL = {
    ("OS (maanden)", "status"): ("levend", "overleden"), ("OS (Monate)", "Status"): ("lebend", "tot"),
    ("survie globale (mois)", "statut"): ("vivant", "mort"), ("OS (mesi)", "stato"): ("vivo", "morto"),
    ("Überlebenszeit (Monate)", "Status"): ("lebt", "verstorben"), ("OS_MONTHS", "OS_STATUS"): ("0:LIVING", "1:DECEASED"),
}  # fmt: skip
MONTH_NAMES = {
    "French": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
    "German": "Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez",
    "Spanish": "ene feb mar abr may jun jul ago sep oct nov dic", "Italian": "gen feb mar apr mag giu lug ago set ott nov dic",
    "Portuguese": "jan fev mar abr mai jun jul ago set out nov dez", "Dutch": "jan feb mrt apr mei jun jul aug sep okt nov dec",
}  # fmt: skip
DATE_FORMS = ("%d.%m.%Y", "%d.%m.%Y.", "%Y/%m/%d", "%Y%m%d", "%d-%b-%Y", "%d%b%Y", "%b %d, %Y", "%Y-%m-%dT00:00:00.000Z",
              "%a %d %b %Y", "%Y年%m月%d日")  # fmt: skip
ASKED_FORMS = ("%d/%m/%Y", "%d-%m-%Y", "%d %m %Y", "%d%m%Y", "'%d/%m/%Y", "%d/%m/%Y 12:00:00 AM")
DATED = (
    ("Pat-Nr", "Therapiebeginn", "Rezidivdatum", "letzter Kontakt"), ("paziente", "data inizio", "data ricaduta",
    "data ultimo follow-up"),
    ("编号", "开始日期", "复发日期", "末次随访日期"), ("NHC", "fecha inicio", "fecha recaída", "fecha última visita"),
    ("numéro patient", "date de début", "date de rechute", "date dernières nouvelles"),
    ("patiëntnummer", "startdatum behandeling", "recidiefdatum", "datum laatste contact"),
)  # fmt: skip


def dated(headers: Sequence[str], form: str, name: str = "", answers: Mapping[str, str] | None = None) -> Right:
    def written(days: Sequence[date | None]) -> list[str]:
        return [f"{day:{form}}" if day else "" for day in days]

    made = columns(headers, IDS, *map(written, (STARTS, RELAPSES, LATER)), delimiter=";")
    return Right(name or made.name, made.content, answers or {}, months=FREE)


def named_months(language: str, names: str) -> Right:
    months = names.split()

    def written(days: Sequence[date | None]) -> list[str]:
        return [f"{day.day} {months[day.month - 1]} {day.year}" if day else "" for day in days]

    made = columns(ENGLISH, IDS, *map(written, (STARTS, RELAPSES, LATER)), delimiter=";")
    return Right(f"months in {language}", made.content, months=FREE)


ENGLISH = ("id", "start_date", "relapse_date", "last_follow_up")
DAY_FIRST = {"dates": "day first: day/month/year"}
OUTCOME = ("id", "time_to_relapse_months", "relapse")
GERMAN_DAYS = [f"{n:,}".replace(",", ".") for n in [*DAYS[:-1], 1234]]
OTHERS = (
    Right("thousands with a point", columns(("id", "Zeit bis Rezidiv (Tage)", "Rezidiv"), IDS, GERMAN_DAYS, EVENTS,
              delimiter=";").content,
          {"thousands": "a mark between thousands"}, months=(sum(DAYS[:-1]) + 1234) / 30.4375),
    Right("a unit that is none of ours", columns(("id", "time to relapse (fortnights)", "relapse"), IDS,
              [n / 2 for n in WEEKS], EVENTS).content,
          {"unit": "another unit"}, n=0, events=0, months=0),
    Right("numbered beforehand", table([list(OUTCOME), *map(list, zip(range(1, N + 1), MONTHS, EVENTS, strict=True)),
          *([n, None, None] for n in range(N + 1, 40))])),
    Right("a time from the diagnosis beside", csv(id=IDS, months_from_diagnosis_to_relapse=[n + 9 for n in MONTHS],
          months_from_start_to_relapse=MONTHS, relapse=EVENTS), {"time": "months from start to relapse"}),
    Right("one date and a status", csv(id=IDS, start_date=STARTS, date_of_relapse_or_last_follow__up=ENDS, relapse=EVENTS)),
    Right("days beside followed months", csv(id=IDS, days_to_relapse=[n if one else None for n, one in zip(DAYS, EVENTS,
              strict=True)],
          relapse=EVENTS, follow__up__months=FOLLOWED), months=FREE),
    Right("a placeholder of everybody free", csv(id=IDS, start_date=STARTS, last_follow_up=LATER,
              relapse_date=[day or date(1900, 1, 1) for day in RELAPSES]),
          {"placeholder": "no relapse"}, months=FREE),
    Right("the event's date in the digits of a day", csv(id=IDS, start_date=STARTS, last_follow_up=LATER,
          relapse_date=[f"{day:%Y%m%d}" if day else None for day in RELAPSES]), months=FREE),
    Right("a REDCap event beside a time", table([["record_id", "redcap_event_name", "sex", "time_months", "relapse"],
          *(row for n, one in enumerate(IDS) for row in ([one, "basal_arm_1", "f", None, None], [one, "final_arm_1", None,
          MONTHS[n], EVENTS[n]]))])),
    Right("two sheets and a form numbered beforehand", workbook({"2019": [list(OUTCOME), *map(list, zip(IDS[:6],
              MONTHS[:6], EVENTS[:6], strict=True))],
          "2020": [list(OUTCOME), *map(list, zip(IDS[6:], MONTHS[6:], EVENTS[6:], strict=True)), ["P98", None, None]]}),
          file_name="x.xlsx"),
)  # fmt: skip
MANY: tuple[Right, ...] = (
    *(columns(("id", header, "relapse"), IDS, time, EVENTS) for header, time in TIMES.items()),
    *(columns(OUTCOME, IDS, MONTHS, words(no, yes), file=f"{no} and {yes}") for no, yes in EVENT_WORDS.items()),
    *(columns(("id", "time to relapse (months)", header), IDS, MONTHS, [yes if one else no for one in EVENTS])
      for header, (no, yes) in EVENT_HEADERS.items()),
    *(columns(("id", *headers), IDS, MONTHS, words(*texts)) for headers, texts in SURVIVAL.items()),
    *(dated(headers, "%d.%m.%Y") for headers in DATED),
    *(dated(ENGLISH, form, f"dates such as {form}") for form in DATE_FORMS),
    *(dated(ENGLISH, form, f"dates such as {form}", {}) for form in ASKED_FORMS),
    *(named_months(language, names) for language, names in MONTH_NAMES.items()),
    *OTHERS,
)  # fmt: skip
SOME = MANY[::5]
