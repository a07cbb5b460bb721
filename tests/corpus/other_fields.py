"""Files of other fields and languages, each with one slip or peculiarity and its right answer by construction."""

from __future__ import annotations

from collections.abc import Sequence
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
    N,
    Right,
    words,
)

YEARS = [days / 365.25 for days in DAYS]


def made(
    name: str,
    headers: str,
    *columns: Sequence[object],
    ids: str = "id",
    answers: dict[str, str] | None = None,
    months: float = sum(MONTHS),
    events: int = sum(EVENTS),
    delimiter: str = ";",
) -> Right:
    """A text table of the twelve patients under headers with a bar between them."""
    rows = [[ids, *headers.split("|")], *map(list, zip(IDS, *columns, strict=True))]
    return Right(name, table(rows, delimiter=delimiter), answers or {}, months=months, events=events)


def written(days: Sequence[date | None], months: str) -> list[str]:
    names = months.split()
    return [f"{day.day} {names[day.month - 1]} {day.year}" if day else "" for day in days]


TURKISH = "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık"
POLISH = "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"
GRAFT = [("functioning", "graft loss")[happened] for happened in EVENTS]
CAUSES = [
    ("died with functioning graft" if n % 2 == 0 else "graft loss") if one else "functioning"
    for n, one in enumerate(EVENTS)
]
SHORT = [f"{x:%m/%Y}" if x else "" for x in RELAPSES]
AT_15 = sum(
    ((end or last).replace(day=15) - start.replace(day=15)).days
    for start, end, last in zip(STARTS, RELAPSES, LATER, strict=True)
) / 30.4375  # fmt: skip
STATED = [f"relapse at {m:.2f} mo" if one else f"none at {m:.2f} mo" for one, m in zip(EVENTS, MONTHS, strict=True)]

OTHER_FIELDS = (
    made("a time until death on dialysis", "Tempo em diálise até óbito ou último seguimento (meses)|"
    "Óbito", MONTHS, words("Não", "Sim")),
    made("survival in Chinese beside death", "总生存期（月）|死亡(1=是,0=否)", MONTHS, EVENTS, ids="病例号"),
    made("the time until death in Russian", "Время до смерти (дни)|Смерть", DAYS, words("нет", "да")),
    made("the last control of implants", "Implant failure|Time to failure/last control (months)", EVENTS, MONTHS),
    made("alive or not", "Alive|Survival (months)", [1 - one for one in EVENTS], MONTHS),
    made("still alive in words", "still alive|Survival (months)", words("yes", "no"), MONTHS),
    made("lebt noch", "lebt|Überleben (Tage)", words("ja", "nein"), DAYS),
    made("any event", "Any event|Time (months)", EVENTS, MONTHS),
    made("relapse-free status twice", "Relapse Free Status (Months)|"
    "Relapse Free Status", MONTHS, words("0:Not Recurred", "1:Recurred")),
    made("a loss and none", "Transplantatverlust|Zeit bis Transplantatverlust in Tagen", words("kein Verlust", "Verlust"), DAYS),
    made("the last state in Turkish", "Son durum|Sağkalım süresi (ay)", words("sağ", "ölü"), MONTHS),
    made("a bracket of m", "OS event|OS (m)", EVENTS, MONTHS),
    made("ind for indicator", "OS_months|OS_ind", MONTHS, EVENTS),
    made("Did the patient die?", "Did the patient die?|Follow-up in months", words("No", "Yes"), MONTHS),
    made("AIDS or death", "AIDS or death|Time (months)", words("no", "yes"), MONTHS),
    made("follow-up in two units", "Death|FU (months)|FU (years)", EVENTS, MONTHS, [round(one, 2) for one in YEARS]),
    made("follow-up in two units, the coarser first", "Death|FU (years)|"
    "FU (months)", EVENTS, [round(one, 2) for one in YEARS], MONTHS),
    made("yes and no of Access", "Death|OS (months)|Diabetes", [-one for one in EVENTS], MONTHS, [-(n % 2) for n in range(N)]),
    made("months of Turkish dates", "Tedavi başlangıç tarihi|Ölüm tarihi|Son kontrol tarihi", written(STARTS, TURKISH),
         written(RELAPSES, TURKISH), written(LATER, TURKISH), ids="Hasta no", months=FREE),
    made("months of Polish dates", "Data rozpoczęcia leczenia|Data zgonu|Data ostatniej wizyty", written(STARTS, POLISH),
         written(RELAPSES, POLISH), written(LATER, POLISH), ids="Nr pacjenta", months=FREE),
    made("NaT of pandas", "start_date|date_relapse|date_last_fu", [f"{day} 00:00:00" for day in STARTS],
         [f"{day} 00:00:00" if day else "NaT" for day in RELAPSES], LATER, months=FREE),
    made("months of a death", "start|death|last contact", [f"{x:%m/%Y}" for x in STARTS], SHORT, [f"{x:%m/%Y}" for x in LATER],
         answers={"days": "the 15th"}, months=AT_15),
    made("days that are not sure", "start_date|death_date|last_FU",
         [f"{x}?" if n % 3 else f"ca. {x}" for n, x in enumerate(STARTS)], RELAPSES, LATER, months=FREE),
    made("yes and no in Finnish", "Kuollut|Seuranta-aika (kk)", words("ei", "kyllä"), MONTHS, ids="Potilas"),
    made("yes and no in Czech", "Úmrtí|Doba sledování (měsíce)", words("ne", "ano"), MONTHS, ids="Číslo pacienta"),
    made("yes and no in Romanian", "Deces|Supraviețuire (luni)", words("nu", "da"), MONTHS, ids="ID pacient"),
    made("yes and no in Hungarian", "Halál|Követési idő (hónap)", words("nem", "igen"), MONTHS, ids="Beteg azonosító"),
    made("yes and no in Norwegian", "Død (ja/nei)|Oppfølgingstid (dager)", words("nei", "ja"), DAYS, ids="Pasient-ID"),
    made("yes and no in Arabic", "الوفاة|مدة المتابعة (شهر)", words("لا", "نعم"), MONTHS, ids="رقم المريض"),
    made("yes and no in Vietnamese", "Tử vong|Thời gian theo dõi (tháng)", words("không", "có"), MONTHS, ids="Mã bệnh nhân"),
    made("the survival of a graft beside its loss", "Year of transplant|Graft loss|Graft survival (yrs)",
         [2012 + n for n in range(N)], EVENTS, YEARS),
    made("years with a half", "Death|OS (years)", EVENTS, [f"{n} 1/2" for n in range(1, N + 1)],
         months=12 * sum(n + 0.5 for n in range(1, N + 1))),
    Right("outcomes on their side", workbook({"T": [["ID", *IDS], ["Death", *EVENTS], ["OS days", *DAYS],
          ["CRP (mg/L)", *range(1, N + 1)]]}), file_name="x.xlsx"),
    made("a graft's loss and a death with it", "Graft status|Graft survival (days)", CAUSES, DAYS,
         answers={"codes": "died with functioning graft = a competing event"}, events=CAUSES.count("graft loss")),
    made("a time that was not reached", "Progression|TTP (months)|FU (months)", words("No", "Yes"),
         [one if happened else "NR" for one, happened in zip(MONTHS, EVENTS, strict=True)], FOLLOWED, months=FREE),
    made("an outcome and its time in one cell", "Outcome", STATED, months=sum(round(one, 2) for one in MONTHS)),
    made("a number that is different in every row", "Death|OS days", EVENTS, DAYS, ids="UPN"),
    Right("an export of a transplant registry", table([["TRR_ID_CODE", "GTIME", "GSTATUS"],
          *map(list, zip(IDS, DAYS, EVENTS, strict=True))]), {"unit": "days"}),
    Right("percents as a spreadsheet keeps them", workbook({"HF": [["ID", "LVEF (%)", "Death", "OS (days)"],
          *([one, 0.31 + n / 50, happened, days] for n, (one, days, happened) in enumerate(zip(IDS, DAYS, EVENTS, strict=True)))]}),
          {"percent": "parts of 1: 0.4 is 40 %"}, file_name="x.xlsx"),
    Right("SAS's dates with a time", table([["USUBJID", "RANDDT", "DTHDT", "LSTALVDT"],
          *([one, *(f"{day:%d%b%Y}:00:00:00".upper() if day else "." for day in days)]
            for one, *days in zip(IDS, STARTS, RELAPSES, LATER, strict=True))]), months=FREE),
    Right("ends that are rounded beside their dates", table([["id", "start_date", "last_FU_date", "FU (years)", "death"],
          *map(list, zip(IDS, STARTS, ENDS, [round(one, 1) for one in MONTHS], EVENTS, strict=True))]),
          {"two clocks": "the dates"}),
)  # fmt: skip
