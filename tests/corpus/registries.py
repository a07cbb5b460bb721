"""Files as trial statisticians, registries and hospital systems export them, each with its right answer by construction."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.builders import Rows, table, workbook
from corpus.right_numbers import (
    DAYS,
    ENDS,
    EVENTS,
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

TIMES = [round(one, 3) for one in MONTHS]
CENSORED = [1 - happened for happened in EVENTS]
CODED = [1 + happened for happened in EVENTS]
PLUS = [f"{one}{'' if happened else '+'}" for one, happened in zip(TIMES, EVENTS, strict=True)]
ABOVE = [f"{one}" if happened else f"≥ {one}" for one, happened in zip(TIMES, EVENTS, strict=True)]
REMARKED = ["yes - flare" if one else "no (lost)" if n % 2 else "no" for n, one in enumerate(EVENTS)]
DATED = ["Yes, 2019-03" if one else "No, moved" if n % 2 else "no" for n, one in enumerate(EVENTS)]
YEARS = [day.year if day else "" for day in RELAPSES]
MIDDLE = sum((day.replace(month=7, day=1) - day).days for day in RELAPSES if day) / 30.4375
SECOND = [day if happened and n % 2 else "" for n, (day, happened) in enumerate(zip(LATER, EVENTS, strict=True))]


def trial(*parameters: tuple[str, str, int], unit: str = "DAYS") -> Rows:
    """A table of CDISC (ADTTE): a row per patient and parameter, which is its code, its name and by how many days it is earlier."""
    header = ["STUDYID", "USUBJID", "AGE", "PARAMCD", "PARAM", "AVAL", "AVALU", "CNSR", "EVNTDESC"]
    rows = [
        ["X1", one, 20 + n, code, name, days - less, unit, 0 if happened else 1 + n % 2, "Death" if happened else ""]
        for code, name, less in parameters
        for n, (one, days, happened) in enumerate(zip(IDS, DAYS, EVENTS, strict=True))
    ]
    return [header, *rows]


def lines(headers: str, *columns: Sequence[object]) -> Rows:
    """A header of words with a bar between them, and the rows of the columns."""
    return [headers.split("|"), *map(list, zip(*columns, strict=True))]


def patients(headers: str, *columns: Sequence[object]) -> bytes:
    """A text table of the twelve patients."""
    return table(lines(f"id|{headers}", IDS, *columns))


def page(rows: Rows, *, head: str = "<html><body>", tag: str = "td", end: bool = True) -> bytes:
    """A table as a hospital system writes it under the ending .xls."""
    close = f"</{tag}>" if end else ""
    body = "".join(f"<tr>{''.join(f'<{tag}>{cell}{close}' for cell in row)}{'</tr>' if end else ''}" for row in rows)
    return f"{head}<table border=1>{body}</table></body></html>".encode()


def of_excel_2003(rows: Rows) -> bytes:
    """The XML of Excel 2003."""

    def cell(value: object) -> str:
        kind = "Number" if isinstance(value, int | float) else "String"
        return f'<Cell><Data ss:Type="{kind}">{value}</Data></Cell>'

    body = "".join(f"<Row>{''.join(map(cell, row))}</Row>" for row in rows)
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns:ss="urn:schemas-microsoft-com:office:'
        f'spreadsheet"><Worksheet ss:Name="patients"><Table>{body}</Table></Worksheet></Workbook>'
    ).encode()


def spanning() -> bytes:
    """A page in which the cells of a patient span the rows of two visits."""
    rows = "".join(
        f"<tr><td rowspan=2>{one}<td>0<td>300<td rowspan=2>{time}<td rowspan=2>{happened}<tr><td>24<td>120"
        for one, time, happened in zip(IDS, TIMES, EVENTS, strict=True)
    )
    return f"<table><tr><th>id<th>week<th>cdai<th>time_months<th>relapse{rows}</table>".encode()


FLAT = lines("id|time_months|relapse", IDS, TIMES, EVENTS)
PLAIN = lines("id|time_months|status", IDS, TIMES, CODED)
ONGOING = [one if happened else "ongoing" for one, happened in zip(TIMES, EVENTS, strict=True)]
TO_DEATH = [n if one else "[Not Applicable]" for n, one in zip(DAYS, EVENTS, strict=True)]
TO_LAST = ["'--" if one else n for n, one in zip(DAYS, EVENTS, strict=True)]
IN_YEARS = [f"P{n // 365}Y{n % 365}D" for n in DAYS]
SURVIVAL, PROGRESSION = ("OS", "Overall Survival", 0), ("PFS", "Progression-Free Survival", 30)
NAMED = (("TTREL", "Time to First Relapse (days)", 0), ("TTS", "Time to Surgery", 20))
ADSL = lines("USUBJID|SUBJID|TRT01P", IDS, IDS, "A" * N)
DEATHS = [day or "" for day in RELAPSES]
COMMAS = [FLAT[0], *([one, str(time).replace(".", ","), happened] for one, time, happened in FLAT[1:])]
BOOK = [["variable", "value", "label"], ["status", 1, "censored"], [None, 2, "dead"]]
REDCAP = [["Variable / Field Name", "Choices"], ["status", "1, Censored | 2, Dead"]]
DICTIONARY = [["Variable", "Codes"], ["status", "1 = censored, 2 = dead"]]

REGISTRIES = (
    Right("ADTTE", table(trial(SURVIVAL))),
    Right("ADTTE of two parameters", table(trial(SURVIVAL, PROGRESSION))),
    Right("ADTTE by the names of its parameters", table(trial(*NAMED))),
    Right("ADTTE without a unit", table([[*row[:6], *row[7:]] for row in trial(SURVIVAL)]), {"unit": "days"}),
    Right("ADSL beside ADTTE", workbook({"ADSL": ADSL, "ADTTE": trial(SURVIVAL)}), file_name="x.xlsx"),
    Right("CNSR beside a time", patients("TTE (days)|CNSR", DAYS, CENSORED)),
    Right(
        "CNSR that says why", patients("TTE (days)|CNSR", DAYS, [one and 1 + n % 2 for n, one in enumerate(CENSORED)])
    ),
    Right("a plus for censored", patients("time_months", PLUS)),
    Right("at least for censored", patients("OS (months)", ABOVE)),
    Right("a plus behind the follow-up", patients("follow_up_months|death", PLUS, EVENTS)),
    Right("a plus beside the event", patients("time_months|event", PLUS, EVENTS)),
    Right("right-censored", patients("time_months|status", TIMES, words("right-censored", "event"))),
    Right("not censored", patients("time_months|censoring", TIMES, words("censored", "not censored"))),
    Right("uncensored", patients("time_months|status", TIMES, words("censored", "uncensored"))),
    Right("failed", patients("time_months|status", TIMES, words("censored", "failed"))),
    Right("what stset makes", patients("_st|_d|_t|_t0", [1] * N, EVENTS, TIMES, [0] * N), {"unit": "months"}),
    Right("a header that is its unit", patients("months|died", TIMES, EVENTS)),
    Right("ISO durations", patients("time_to_relapse|relapse", [f"P{one}D" for one in DAYS], EVENTS)),
    Right(
        "ISO durations of several units",
        patients("time_to_relapse|relapse", IN_YEARS, EVENTS),
        months=sum(n // 365 * 12 + n % 365 / 30.4375 for n in DAYS),
    ),
    Right("a yes with a remark", patients("time_months|relapse", TIMES, REMARKED)),
    Right(
        "a yes with a date",
        workbook({"patients": lines("id|time_months|relapse", IDS, TIMES, DATED)}),
        file_name="x.xlsx",
    ),
    Right(
        "a year alone",
        patients("start_date|relapse_year|last_follow_up_date", STARTS, YEARS, LATER),
        {"years": "1 July"},
        months=FREE + MIDDLE,
    ),
    Right(
        "a year alone beside the event",
        patients("start_date|relapse|year of relapse|last FU date", STARTS, EVENTS, YEARS, LATER),
        {"years": "1 July"},
        months=FREE + MIDDLE,
    ),
    Right("glued to its unit", patients("osmonths|osstatus", TIMES, EVENTS)),
    Right("humps in capitals", patients("OSDays|OSStatus", DAYS, EVENTS)),
    Right("glued months of progression", patients("PFSmonths|PFSevent", TIMES, EVENTS)),
    Right(
        "TCGA",
        patients("vital_status|days_to_death|days_to_last_followup", words("Alive", "Dead"), TO_DEATH, TO_LAST),
    ),
    Right("cBioPortal", patients("DFS_STATUS|DFS_MONTHS", words("0:DiseaseFree", "1:Recurred/Progressed"), TIMES)),
    Right(
        "ongoing among the times",
        patients("start_date|relapse|time_to_relapse_months|last FU date", STARTS, EVENTS, ONGOING, LATER),
        months=FREE,
    ),
    Right(
        "relapses numbered",
        patients("start_date|relapse1_date|relapse2_date|last FU date", STARTS, DEATHS, SECOND, LATER),
        months=FREE,
    ),
    Right(
        "times of numbered relapses",
        patients("relapse1|relapse1_months|relapse2|relapse2_months", EVENTS, TIMES, [0] * N, [40] * N),
    ),
    Right(
        "names of eight characters", table(lines("SUBJID|TRTSDT|DTHFL|LSTALVDT", IDS, STARTS, words("N", "Y"), ENDS))
    ),
    Right(
        "a date of death in eight characters",
        table(lines("SUBJID|RANDDT|DTHDT|LSTALVDT", IDS, STARTS, DEATHS, LATER)),
        months=FREE,
    ),
    Right("a codebook", workbook({"data": PLAIN, "codebook": BOOK}), file_name="x.xlsx"),
    Right("REDCap's codebook", workbook({"data": PLAIN, "dictionary": REDCAP}), file_name="x.xlsx"),
    Right("a codebook in words", workbook({"data": PLAIN, "codebook": DICTIONARY}), file_name="x.xlsx"),
    Right("a note of codes", workbook({"data": [*PLAIN, ["status: 1 = censored, 2 = dead"]]}), file_name="x.xlsx"),
    Right("a page named xls", page(FLAT), file_name="x.xls"),
    Right("a page that closes nothing", page(FLAT, end=False), file_name="x.xls"),
    Right(
        "a page with commas",
        page(COMMAS, head="<meta charset=utf-8><style>td {x}</style>", tag="th"),
        file_name="x.xls",
    ),
    Right("a page within a page", page([["Ward 3"], [page(FLAT, head="").decode()]]), file_name="x.xls"),
    Right("a page of spanning cells", spanning(), file_name="x.xls"),
    Right("the XML of Excel 2003", of_excel_2003(FLAT), file_name="x.xls"),
    Right("tabs named xls", table(FLAT, delimiter="\t", encoding="utf-16"), file_name="x.xls"),
    Right(
        "Polish",
        table(lines("Nr pacjenta|Czas do nawrotu (miesiące)|Nawrót", IDS, TIMES, words("nie", "tak")), delimiter=";"),
    ),
    Right("Japanese", table(lines("症例番号|生存期間(日)|転帰", IDS, DAYS, words("生存", "死亡")))),
    Right("Russian", table(lines("Номер пациента|Время до рецидива (мес)|Рецидив", IDS, TIMES, words("нет", "да")))),
)
