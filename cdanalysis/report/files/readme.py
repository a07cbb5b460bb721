"""README.txt of the bundle: what lies in it, and what is needed to get the same numbers again."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from cdanalysis import RESULTS_VERSION
from cdanalysis.report.content import Run
from cdanalysis.writing.escapes import one_line
from cdanalysis.writing.numbers import count
from cdanalysis.writing.text_form import form_sentence

PACKAGES = ("streamlit", "pandas", "numpy", "scipy", "lifelines", "plotly", "xlsxwriter", "python-docx")

TEXT = """\
Bundle of an analysis by cdanalysis
===================================
{synthetic}
Cohort            {label}, {patients}
SHA-256           {sha256}
{text}Made on           {date}
Results version   {results_version}
Link              {link}

The link restores every setting on any computer that runs the program. Open it, upload the file with the SHA-256 above,
and the numbers are the ones in this bundle. The data themselves are not in it, but tables that list patients name them:
look at tables/csv/reclassified.csv and tables/csv/faults.csv, where they are there, before you pass the bundle on.

report.docx          the report, to be edited
figures/png          every figure, {width} mm wide at {dpi} dpi
figures/svg          the same as vector graphics
tables/tables.xlsx   every table, a sheet each
tables/csv           the same as CSV; -numbers: unrounded
settings.json        every setting; Load settings on the Report page reads it
columns.json         how each column of the file was understood, and what was chosen of a text file's form
analysis.py          the same analysis in Python: python analysis.py <the file>
ledger.csv           {specifications} looked at in this session

Figures
-------
{figures}

Tables
------
{tables}
{left_out}
Software
--------
{software}

Research software, not for the care of a patient. The ledger and the data went nowhere but into this file.
"""


def readme(run: Run, left_out: Sequence[str] = ()) -> str:
    """The text; left_out: sentences about what could not be put into the bundle."""
    return TEXT.format(
        synthetic="\nSYNTHETIC COHORT: made-up patients; nothing here is clinical evidence.\n" if run.cohort.synthetic else "",
        label=one_line(run.cohort.label), patients=count(len(run.cohort.patients), "patient"),
        sha256=run.cohort.content_sha256, text=_text_line(run), date=run.date, results_version=RESULTS_VERSION, link=run.link,
        width=run.settings.png_width_mm, dpi=run.settings.png_dpi,
        specifications=count(len(run.ledger), "specification"),
        figures="\n".join(f"{one.name}: {one_line(one.title)}. {one_line(one.alt)}" for one in run.figures) or "None.",
        tables="\n".join(f"{one.name}: {one_line(one.title)}" for one in run.tables) or "None.",
        left_out="\n".join(["", "Left out", "--------", *map(one_line, left_out), ""]) if left_out else "",
        software="\n".join(f"{name} {number}" for name, number in versions()),
    )  # fmt: skip


def versions() -> list[tuple[str, str]]:
    """Python and the packages that make the numbers and the files, with their versions."""
    return [("Python", platform.python_version()), *((name, _version(name)) for name in PACKAGES)]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _text_line(run: Run) -> str:
    """How a text file was read; nothing for a workbook."""
    return f"Text file         {form_sentence(run.cohort.text)}\n" if run.cohort.text else ""
