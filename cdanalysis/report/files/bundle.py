"""Everything of one analysis in one ZIP: figures, tables, report, settings, matching, script, README."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from datetime import datetime
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pandas as pd

from cdanalysis.report.content import LedgerLine, ReportTable, Run
from cdanalysis.report.disclosure.rule import Rule
from cdanalysis.report.files.readme import readme
from cdanalysis.report.files.script import script
from cdanalysis.report.files.settings_json import settings_to_json
from cdanalysis.report.files.workbook import workbook
from cdanalysis.writing.tables.csv_file import harmless_cell, to_csv_bytes


@dataclass(frozen=True, eq=False)
class Extras:
    """What a bundle holds beside its run: figures as SVG and tables unrounded, by name; the DOCX; the matching as JSON.

    model_json: the prognostic model, where the cohort is large enough for one.
    rule: by which the figures and tables of the run were masked, of a bundle for others; it holds neither DOCX, nor matching,
    nor model.
    """

    svgs: Mapping[str, str]
    numbers: Mapping[str, pd.DataFrame]
    document: bytes
    columns_json: str
    left_out: Sequence[str] = ()
    patients: pd.DataFrame | None = None  # a line each, where it was asked for
    rule: Rule | None = None
    model_json: str = ""


def bundle(run: Run, extras: Extras) -> bytes:
    """The ZIP; every entry carries the run's date, so that equal contents are equal bytes."""
    made = datetime.fromisoformat(run.date)
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in _entries(run, extras, made):
            entry = ZipInfo(name, date_time=made.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, content)
    return file.getvalue()


def ledger_csv(lines: Sequence[LedgerLine]) -> bytes:
    """The ledger as CSV, one line per specification."""
    text = StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([field.name for field in fields(LedgerLine)])
    writer.writerows([harmless_cell(cell) for cell in astuple(line)] for line in lines)
    return text.getvalue().encode("utf-8-sig", "replace")


def _entries(run: Run, extras: Extras, made: datetime) -> Iterator[tuple[str, bytes | str]]:
    own = extras.rule is None
    yield "README.txt", readme(run, extras.left_out, rule=extras.rule, lists_patients=extras.patients is not None)
    if own and extras.document:
        yield "report.docx", extras.document
    yield "settings.json", settings_to_json(run.settings)
    if own:
        yield "columns.json", extras.columns_json
    if own and extras.model_json:
        yield "prognostic-model.json", extras.model_json
    yield "analysis.py", script(run.cohort, run.settings)
    yield "ledger.csv", ledger_csv(run.ledger)
    if own and extras.patients is not None:
        yield "patients.csv", to_csv_bytes(extras.patients)
    yield "tables/tables.xlsx", workbook(list(_with_numbers(run.tables, extras.numbers)), made)
    for table in _with_numbers(run.tables, extras.numbers):
        yield f"tables/csv/{table.name}.csv", to_csv_bytes(table.frame)
    for number, figure in enumerate(run.figures, 1):
        yield f"figures/png/{number:02d}-{figure.name}.png", figure.png
        yield f"figures/svg/{number:02d}-{figure.name}.svg", extras.svgs[figure.name]


def _with_numbers(tables: Sequence[ReportTable], numbers: Mapping[str, pd.DataFrame]) -> Iterator[ReportTable]:
    """Each table as its page shows it, then the same unrounded where the page exports that."""
    for table in tables:
        yield table
        if table.name in numbers:
            unrounded = f"{table.title}, unrounded"
            yield replace(table, name=f"{table.name}-numbers", title=unrounded, frame=numbers[table.name])
