"""The corpus: what may be handed in, and what the app must do with it - refuse it, read it with a fault, or just read it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pandas as pd
from corpus.builders import (
    FLAT,
    HEADER,
    PATIENTS,
    SHEET,
    archive,
    compound,
    edited,
    ods,
    statistical,
    table,
    with_cells,
    with_column,
    workbook,
    xls,
)
from corpus.case import accepted, faulty, refused
from corpus.kinds import KINDS
from corpus.shapes import SHAPES
from corpus.told_twice import TOLD_TWICE
from corpus.twelve_kinds import TWELVE


def part_added(name: str, part: bytes) -> bytes:
    return edited(workbook({"patients": FLAT}), {}, [(name, part)])


def sheet_edited(edit: Callable[[bytes], bytes]) -> bytes:
    return edited(workbook({"patients": FLAT}), {SHEET: edit})


def entities() -> bytes:
    """A billion laughs: nine entities, each ten of the one before."""
    steps = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    return sheet_edited(lambda part: part.replace(b"?>", f'?><!DOCTYPE x [<!ENTITY l0 "ha">{steps}]>'.encode(), 1))


def far(reference: str) -> bytes:
    row = re.sub("[A-Z]", "", reference)
    return with_cells(f'<row r="{row}"><c r="{reference}"><v>1</v></c></row>')


def elsewhere() -> bytes:
    """A workbook whose one sheet is not where sheets usually are."""
    book = far("XFD1048576")
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        sheet = parts.read(SHEET)
    rename = {"xl/_rels/workbook.xml.rels": lambda part: part.replace(b"worksheets/sheet1.xml", b"elsewhere/one.txt")}
    return edited(book, {SHEET: None, **rename}, [("xl/elsewhere/one.txt", sheet)])


def with_formula(cell: str) -> bytes:
    """The flat cohort with a cell of the CRP column, row 3, replaced by raw XML."""
    pattern = rb'<c r="B3"[^>]*>.*?</c>'
    return sheet_edited(lambda part: re.sub(pattern, cell.encode(), part, count=1))


def labelled() -> bytes:
    """SPSS: sex and event as labelled codes, -9 of CRP declared as missing."""
    rows = [[*row[:2], 1 + (row[2] == "female"), *row[3:]] for row in PATIENTS]
    frame = pd.DataFrame(rows, columns=HEADER)
    frame.loc[0, "crp_mg_per_l"] = -9
    return statistical(
        "sav",
        frame,
        missing_ranges={"crp_mg_per_l": [-9]},
        variable_value_labels={"sex": {1: "Male", 2: "Female"}, "relapse_event": {0: "No", 1: "Yes"}},
    )


def repeated(n_rows: int) -> bytes:
    """A workbook with a text of 32,000 characters, stored once, in as many rows: some 30 KB."""
    notes = with_column("note", ["x" * 32_000])
    book = workbook({"patients": notes})
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        place = re.search(rb'<c r="G2" t="s"><v>(\d+)</v>', parts.read(SHEET))
    assert place
    rows = b"".join(
        b'<row r="%d"><c r="G%d" t="s"><v>%s</v></c></row>' % (i, i, place[1]) for i in range(20, 20 + n_rows)
    )
    return edited(book, {SHEET: lambda part: part.replace(b"</sheetData>", rows + b"</sheetData>")})


def long_label() -> bytes:
    """Stata: a label of 30,000 characters that stands for the code in every cell."""
    return statistical(
        "dta", pd.DataFrame({"id": range(4_000), "crp": 1}), variable_value_labels={"crp": {1: "x" * 30_000}}
    )


SHORT = ["id", "crp", "sex", "fu_mo", "relapse_months", "relapse_event"]

STRANGERS = (
    refused("empty", lambda: b"", "empty"),
    refused("only blanks", lambda: b" \n\t ", "empty"),
    refused("a word", lambda: b"hello", "no row below"),
    refused("a pdf", lambda: b"%PDF-1.7\n%", "This is a PDF"),
    refused("a picture", lambda: b"\x89PNG\r\n\x1a\n" + bytes(40), "This is a picture"),
    refused("a web page named xls", lambda: b"<html><table><tr><td>patient_id</td></tr></table>", "web page", "a.xls"),
    refused("an xml spreadsheet", lambda: b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', "XML file"),
    refused("rich text", lambda: b"{\\rtf1 patient_id}", "text document"),
    refused("gzip", lambda: b"\x1f\x8b\x08" + bytes(20), "compressed"),
    refused("7z", lambda: b"7z\xbc\xaf\x27\x1c" + bytes(20), "compressed"),
    refused("rar", lambda: b"Rar!\x1a\x07" + bytes(20), "compressed"),
    refused("a program", lambda: b"MZ\x90\x00" + bytes(60), "a program", "cohort.csv"),
    refused("a database", lambda: b"SQLite format 3\x00" + bytes(60), "database"),
    refused("zeros", lambda: bytes(1000), "zero bytes", "cohort.csv"),
    refused("a zero byte in text", lambda: table().replace(b"P03", b"P\x003"), "zero bytes"),
    refused("an empty archive", lambda: b"PK\x05\x06" + bytes(18), "empty ZIP"),
    refused("an archive of a csv", lambda: archive({"cohort.csv": table()}), "ZIP archive"),
    refused("a word document", lambda: archive({"word/document.xml": b"<x/>"}), "Word document"),
    refused("a presentation", lambda: archive({"ppt/presentation.xml": b"<x/>"}), "presentation"),
    refused("a binary workbook", lambda: archive({"xl/workbook.bin": b"\x83\x01"}), "xlsb"),
    refused("an old word document", lambda: compound({"WordDocument": b"x"}), "old Word"),
    refused("an old message", lambda: compound({"__properties": b"x"}), "no workbook"),
    refused("a password", lambda: compound({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}), "protected by a password"),
    refused("half a workbook", lambda: workbook({"patients": FLAT})[:3000], "damaged"),
    refused("half an old workbook", lambda: xls()[:1500], "could not be read"),
    refused("half an spss file", lambda: statistical("sav")[:300], "SPSS file that is damaged"),
    refused("half a stata file", lambda: statistical("dta")[:300], "Stata file that is damaged"),
    refused("a sas file of its name only", lambda: bytes.fromhex("00" * 12 + "c2ea8160b31411cfbd92080009c7318c181f1011") + bytes(500),
            "SAS file that is damaged"),
)  # fmt: skip

BOMBS = (
    refused("21 MB", lambda: b"patient_id,crp\n" + b"P1,3\n" * 4_200_000, r"21 MB; at most 20 MB"),
    refused("a stray cell in the last corner", lambda: far("XFD1048576"), "stray cell"),
    refused("a stray cell in the last column", lambda: far("XFD14"), "stray cell"),
    refused("a stray cell in the last row", lambda: far("A1048576"), "stray cell"),
    refused("a stray cell in the last corner of an old workbook", lambda: xls(stray=True), "larger than"),
    refused("a stray cell in a sheet that lies elsewhere", elsewhere, "stray cell"),
    refused("a sheet in another encoding with a stray cell", lambda: edited(far("XFD1048576"), {SHEET: lambda part:
            part.replace(b"UTF-8", b"UTF-16").decode().encode("utf-16")}), "no table|stray cell"),
    refused("16,384 columns", lambda: table([[f"c{i}" for i in range(16_384)], range(16_384)]), "larger than .* 702 columns"),
    refused("a million rows", lambda: b"patient_id,crp\n" + b"P1,3\n" * 1_000_000, "larger than 200,000 rows"),
    refused("a cell that never ends", lambda: b'patient_id,crp\n"' + b"x" * 19_000_000 + b'",3\n', "characters|too long"),
    refused("a long cell in a workbook", lambda: with_cells(f'<row r="20"><c r="A20" t="inlineStr"><is><t>{"x" * 40_000}</t></is></c></row>'),
            "Sheet patients, row 20, column 1.*40,000 characters"),
    refused("a cell of 200 MB", lambda: part_added("xl/sharedStrings2.xml", b"<x>" + b" " * 260_000_000), "larger than 250 MB"),
    refused("entity expansion", entities, "document type"),
    refused("an external entity", lambda: sheet_edited(lambda part: part.replace(
        b"?>", b'?><!DOCTYPE x [<!ENTITY a SYSTEM "http://127.0.0.1:9/x">]>', 1)), "document type"),
    refused("entities in an open document", lambda: ods(before='<!DOCTYPE x [<!ENTITY a "b">]>'), "document type"),
    refused("a cell repeated a million times", lambda: ods(trailing='<table:table-row><table:table-cell '
            'office:value-type="float" office:value="1" table:number-columns-repeated="1000000"/></table:table-row>'), "larger than"),
    refused("a row repeated a million times", lambda: ods(trailing='<table:table-row table:number-rows-repeated="1048000">'
            '<table:table-cell office:value-type="float" office:value="1"/></table:table-row>'), "larger than|out of memory"),
    refused("one long text in thousands of cells", lambda: repeated(5_000), "a repeated text counted each time"),
    refused("one long text in thousands of repeated cells", lambda: ods(trailing='<table:table-row table:number-rows-repeated="200">'
            '<table:table-cell office:value-type="string" table:number-columns-repeated="50"><text:p>' + "x" * 32_000 +
            "</text:p></table:table-cell></table:table-row>"), "a repeated text counted each time"),
    refused("a cell of two thousand million blanks", lambda: ods(trailing='<table:table-row><table:table-cell '
            'office:value-type="string"><text:p>x<text:s text:c="2000000000"/></text:p></table:table-cell></table:table-row>'),
            "a repeated text counted each time"),
    refused("one long label in thousands of cells", long_label, "a repeated text counted each time", "cohort.dta"),
    refused("two thousand parts", lambda: archive({"xl/workbook.xml": b"<x/>", **{f"x/{i}": b"" for i in range(2000)}}), "2,001 parts"),
    refused("sixty sheets", lambda: workbook({f"s{i}": FLAT for i in range(60)}), "60 sheets"),
    accepted("a part with a path out of the archive", lambda: part_added("../../evil.py", b"print(1)")),
    accepted("a macro", lambda: part_added("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macro"), file_name="cohort.xlsm"),
    accepted("a file name with a path", table, file_name="../../../etc/passwd\x00.xlsx"),
)  # fmt: skip

WORKBOOKS = (
    accepted("xlsx", lambda: workbook({"patients": FLAT})),
    accepted("xlsx named csv", lambda: workbook({"patients": FLAT}), file_name="cohort.csv"),
    accepted("xls", xls, file_name="cohort.xls"),
    accepted("ods", ods, file_name="cohort.ods"),
    accepted("ods with the empty rows of LibreOffice", lambda: ods(trailing='<table:table-row table:number-rows-repeated="1048000">'
             '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>')),
    faulty("a title above the header", lambda: workbook({"patients": [["Crohn cohort, ward 3"], [], *FLAT]}),
           r"^patients\|3\|\|1 row above the header", same=True),
    faulty("two titles above the header of a csv", lambda: table([["Crohn cohort"], ["printed 2024-03-01"], *FLAT]),
           r"^table\|3\|\|2 rows above the header", same=True),
    accepted("a table in the middle of its sheet", lambda: workbook({"patients": [[], [], *([None, None, *row] for row in FLAT)]})),
    accepted("empty rows and columns around", lambda: workbook({"patients": [*([*row, None, " "] for row in FLAT), [" "], [None, ""]]})),
    faulty("a hidden sheet", lambda: workbook({"patients": FLAT, "visits": [["patient_id", "week", "cdai"], ["P01", 0, 300]]},
           hidden=["visits"]), r"^visits\|None\|\|a hidden sheet, left out", same=True),
    faulty("a merged id", lambda: workbook({"patients": [HEADER, ["", *PATIENTS[0][1:]], *PATIENTS[1:]]}, merged={"A14:A15": "P13"}),
           r"patients\|2\|patient_id\|empty"),
    faulty("merged visits", lambda: workbook({"visits": [["patient_id", "week", "cdai"], [None, 0, 300], [None, 24, 120]],
           "patients": FLAT}, merged={"A2:A3": "P01"}), r"^visits\|None\|\|1 cell of merged cells"),
    faulty("a heading over several columns", lambda: workbook({"patients": [["", None, None, None], ["patient_id", "week 0", "week 24", "sex"],
           ["P01", 300, 120, "male"], ["P02", 280, 90, "female"]]}, merged={"B1:C1": "CDAI"}), r"^patients\|2\|\|1 row above"),
    accepted("a formula with its value", lambda: with_formula('<c r="B3"><f>2+3</f><v>5</v></c>')),
    faulty("a formula without a value", lambda: with_formula('<c r="B3"><f>2+3</f></c>'),
           r"^patients\|3\|crp_mg_per_l\|a formula whose value"),
    faulty("an error of a formula", lambda: with_formula('<c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c>'),
           r"^patients\|3\|crp_mg_per_l\|#DIV/0!"),
    refused("headers and no row", lambda: workbook({"patients": [HEADER]}), "no row below"),
    refused("an empty workbook", lambda: workbook({"patients": []}), "no table"),
    refused("everything hidden but a note", lambda: workbook({"note": [["hello"]], "patients": FLAT}, hidden=["patients"]),
            "Hidden sheets.*patients"),
)  # fmt: skip

STATISTICAL = (
    accepted("sav", lambda: statistical("sav"), file_name="cohort.sav"),
    accepted("zsav", lambda: statistical("zsav"), file_name="cohort.zsav"),
    accepted("dta", lambda: statistical("dta"), file_name="cohort.dta"),
    accepted("xpt", lambda: statistical("xpt", pd.DataFrame(PATIENTS, columns=SHORT)), same=False, file_name="cohort.xpt"),
    faulty("sav with labels and user-missing values", labelled, r"^table\|None\|crp_mg_per_l\|1 × a value declared as missing"),
)  # fmt: skip

GERMAN = [[str(cell).replace(".", ",") for cell in row] for row in FLAT]

TEXTS = (
    accepted("csv", table, file_name="cohort.csv"),
    accepted("csv named xlsx", table),
    accepted("csv of Windows line ends", lambda: table(end="\r\n")),
    accepted("csv of old Mac line ends", lambda: table(end="\r")),
    accepted("csv with a byte order mark", lambda: table(encoding="utf-8-sig")),
    accepted("utf-16", lambda: table(encoding="utf-16")),
    faulty("utf-16 without a mark", lambda: table(encoding="utf-16-le"), "utf-16, a guess", same=True),
    faulty("tabs", lambda: table(delimiter="\t"), "parted by tab", same=True),
    faulty("bars", lambda: table(delimiter="|"), "parted by vertical bar", same=True),
    faulty("semicolons and decimal commas", lambda: table(GERMAN, delimiter=";"), "semicolon, decimal comma", same=True),
    faulty("semicolons, decimal points", lambda: table(delimiter=";"), "parted by semicolon$", same=True),
    faulty("tabs and decimal commas", lambda: table(GERMAN, delimiter="\t"), "tab, decimal comma", same=True),
    faulty("a line sep=", lambda: b"sep=;\n" + table(delimiter=";"), "semicolon", same=True),
    faulty("GB18030", lambda: table(with_column("备注", ["随访", "住院"]), encoding="gb18030"), "gb18030, a guess", same=True),
    faulty("Windows Latin", lambda: table(with_column("Größe", ["groß"]), encoding="cp1252"), "cp1252, a guess", same=True),
    accepted("a comma at the end of every row", lambda: table([FLAT[0], *([*row, None] for row in PATIENTS)])),
    faulty("a row with a cell too many", lambda: table([*FLAT[:5], [*FLAT[5], "x"], *FLAT[6:]]), r"patients\|6\|column 7\|", same=True),
    refused("a quote that never closes", lambda: table().replace(b"P03", b'"P03'), "never closed"),
    refused("no header", lambda: table(PATIENTS), "Columns are missing"),
    refused("no identifiers", lambda: table([row[1:] for row in FLAT]), "patient_id"),
)  # fmt: skip

HOSTILE = ("=1+1", "@SUM(A1)", "![](http://127.0.0.1:9/x.png)", "I(__import__('os').mkdir('x'))", "a`b` + {c}",
           "<script>alert(1)</script>", '<span style="background:url(http://127.0.0.1:9)">', "\u202eevil", "x\ud7ff\ufffe\x01y",
           "../../etc", "'; DROP TABLE", "${7*7}{{7*7}}", "-2+3", "A" * 300, "$\\frac{", "%s%n", "index", "row", "constructor")  # fmt: skip
HEADERS = tuple(
    accepted(f"the header {text[:24]!r}", lambda text=text: workbook({"patients": with_column(text, ["x", text, "y"])}))
    for text in HOSTILE
)


def flat(header: str, *cells: object) -> Callable[[], bytes]:
    """The flat workbook with the cells, over and over, in one column."""
    return lambda: workbook({"patients": with_column(header, cells)})


VALUES = (
    faulty("below and above the limit", flat("crp_mg_per_l", "<5", 12, ">450"), r"^patients\|None\|crp_mg_per_l\|4 × below the limit"),
    faulty("marks between thousands", flat("tgn_pmol_per_8e8_rbc", "1,234.5", "235.5"), r"\|6 × with a mark between thousands"),
    faulty("decimal commas in a workbook", flat("crp_mg_per_l", "1.234,5", "12,5"), r"\|6 × with a decimal comma"),
    faulty("one mark that may mean two things", flat("tgn_pmol_per_8e8_rbc", "1,234", 300), r"\|6 × a number such as 1,234, read as 1234"),
    faulty("percent signs", flat("crp_mg_per_l", "12%"), r"\|12 × with a percent sign"),
    accepted("full-width digits", flat("crp_mg_per_l", "１２．５"), same=False),
    accepted("yes and no in Chinese", flat("relapse_event", "是", "否"), same=False),
    accepted("yes and no as words", flat("relapse_event", "Yes", "n"), same=False),
    accepted("yes and no as logicals", flat("relapse_event", True, False), same=False),
    faulty("1 and 2 only", flat("relapse_event", 1, 2), r"^patients\|\?\|relapse_event\|relapse_event: only 1 and 2"),
    faulty("missing codes", flat("crp_mg_per_l", "NA", 7, "未测"), r"\|4 × the missing code 未测"),
    faulty("999 where it is impossible", flat("age_years", 40, 999), r"age_years\|6 × the missing code 999"),
    faulty("serial dates", flat("start_date", 45382, 45390), r"start_date\|12 × Excel's serial numbers"),
    accepted("ISO dates as text", flat("start_date", "2024-03-31", "2024-04-01 10:30"), same=False),
    faulty("day first", flat("start_date", "31/03/2024", "04/05/2024"), r"read as day/month/year"),
    faulty("month first", flat("start_date", "03/31/2024", "04/05/2024"), r"read as month/day/year"),
    faulty("day or month first", flat("start_date", "03/04/2024", "05/06/2024"), r"^patients\|\?\|start_date\|start_date: 12 × a date such as 03/04/2024: day or month"),
    faulty("no dates", flat("start_date", "soon", "31.02.2024"), r"^patients\|2\|start_date\|soon"),
    faulty("infinite and not a number", flat("crp_mg_per_l", "inf", "1e999", "nan"), r"^patients\|2\|crp_mg_per_l\|inf"),
    faulty("a negative time", flat("relapse_months", -3), r"^patients\|2\|relapse_months\|-3"),
    faulty("events of every kind", flat("relapse_event", 0, 1, 2, 0.5, -1), r"^patients\|5\|relapse_event\|0.5"),
    faulty("a number column with a word in it", flat("IL-6", 3, 4, 5, "lost"), r"^patients\|5\|IL-6\|lost"),
    accepted("a code with zeros before it", flat("ward", "007", "008"), same=False),
    faulty("one patient twice", lambda: workbook({"patients": [*FLAT, FLAT[1]]}), r"^patients\|2\|patient_id\|P01"),
    accepted("one patient", lambda: workbook({"patients": FLAT[:2]}), same=False),
    accepted("three patients", lambda: table(FLAT[:4]), same=False),
    accepted("nobody relapses", flat("relapse_event", 0), same=False),
    accepted("everybody relapses on one day", lambda: workbook({"patients": with_column(
             "relapse_event", [1], with_column("relapse_months", [12], with_column("follow_up_months", [40])))}), same=False),
    faulty("no CRP in anybody", flat("crp_mg_per_l", None), r"crp_mg_per_l\|no value in any patient"),
    accepted("one CRP in everybody", flat("crp_mg_per_l", 5), same=False),
    faulty("CRP separates the relapses", lambda: workbook({"patients": [HEADER, *([f"P{i:02}", 50 * (i % 2) + i / 10, "male", 60, 10 + i, i % 2]
             for i in range(30))]}), r"relapse_months\|10 of 15 without the event are censored long before"),
    faulty("a cohort of visits", lambda: table([["patient_id", "week", "cdai", "crp"], *([f"P{i}", week, 300 - 7 * week + i, 20 - week / 2]
             for i in range(20) for week in (0, 8, 12, 24, 40))]), r"follow_up_months\|no end of follow-up"),
)  # fmt: skip

CASES = (*STRANGERS, *BOMBS, *WORKBOOKS, *STATISTICAL, *TEXTS, *HEADERS, *VALUES, *SHAPES, *KINDS, *TWELVE, *TOLD_TWICE)
