"""README.txt of the bundle: what lies in it, and what is needed to get the same numbers again."""

import platform
from collections.abc import Sequence

from cdanalysis import RESULTS_VERSION
from cdanalysis.report.content import Run
from cdanalysis.report.disclosure.rule import Rule
from cdanalysis.report.facts import version_of
from cdanalysis.sections.blocks import OF_PATIENTS
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
and the numbers are {same}.

Who is in it
------------
{who}

{report}figures/png          every figure, {width} mm wide at {dpi} dpi
figures/svg          the same as vector graphics
tables/tables.xlsx   every table, a sheet each
tables/csv           the same as CSV{unrounded}
settings.json        every setting; Load settings on the Report page reads it
{columns}analysis.py          the same analysis in Python: python analysis.py <the file>
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

ABOUT_COLUMNS = "how each column of the file was understood, and what was chosen of a text file's form"
ABOUT_MODEL = "prognostic-model.json  the model, for another cohort; only where this one is large enough\n"
OWN = (
    "This bundle is for who may see the data: its counts are exact, small ones too. The file itself is not in it. To pass\n"
    "results on, make the bundle for others."
)
FOR_OTHERS = """\
{rule}
No patient's id is in it, no line and no mark of a single patient, and nothing unrounded. A curve has a step after {n} or
more have left, and ends while {n} or more are at risk. A count is rounded wherever it stands, so that no margin less its
other cells tells a masked one. What a model says (ratios, intervals, P values), medians and means stay as they are, as
is usual for released results: from the interval of a ratio the number of events behind it can be guessed. The report, the
matching of columns and what is left out below are in the bundle that is not for others. The last look is yours."""


def readme(run: Run, left_out: Sequence[str] = (), *, rule: Rule | None = None, lists_patients: bool = False) -> str:
    """The text; left_out: sentences about what could not be put into the bundle.

    rule: by which a bundle for others was masked; lists_patients: patients.csv is in it.
    """
    n = len(run.cohort.patients)
    return TEXT.format(
        synthetic="\nSYNTHETIC COHORT: made-up patients; nothing here is clinical evidence.\n" if run.cohort.synthetic else "",
        label=one_line(run.cohort.label), patients=count(n, "patient") if rule is None else f"{rule.count(n)} patients",
        sha256=run.cohort.content_sha256, text=_text_line(run), date=run.date, results_version=RESULTS_VERSION, link=run.link,
        width=run.settings.png_width_mm, dpi=run.settings.png_dpi,
        specifications=count(len(run.ledger), "specification"), **_parts(rule),
        who=_own(run, lists_patients) if rule is None else FOR_OTHERS.format(rule=rule.sentence, n=rule.smallest),
        figures="\n".join(f"{one.name}: {one_line(one.title)}. {one_line(one.alt)}" for one in run.figures) or "None.",
        tables="\n".join(f"{one.name}: {one_line(one.title)}" for one in run.tables) or "None.",
        left_out="\n".join(["", "Left out", "--------", *map(one_line, left_out), ""]) if left_out else "",
        software="\n".join(f"{name} {number}" for name, number in versions()),
    )  # fmt: skip


def _parts(rule: Rule | None) -> dict[str, str]:
    """The lines that a bundle for others has not, or has otherwise."""
    own = rule is None
    return {
        "same": "the ones in this bundle" if own else "those that were rounded for this bundle",
        "report": "report.docx          the report, to be edited\n" if own else "",
        "unrounded": "; -numbers: unrounded" if own else "",
        "columns": f"columns.json         {ABOUT_COLUMNS}\n{ABOUT_MODEL}" if own else "",
    }


def _own(run: Run, lists_patients: bool) -> str:
    """Where single patients stand in a bundle that is not for others."""
    shown = [one.name for one in (*run.tables, *run.figures) if one.private == OF_PATIENTS]
    listed = ["patients.csv names each patient by its id."] if lists_patients else []
    single = [f"These show patients one by one, some by their id: {', '.join(shown)}."] if shown else []
    return "\n".join([OWN, *listed, *single])


def versions() -> list[tuple[str, str]]:
    """Python and the packages that make the numbers and the files, with their versions."""
    return [("Python", platform.python_version()), *((name, version_of(name) or "not installed") for name in PACKAGES)]


def _text_line(run: Run) -> str:
    """How a text file was read; nothing for a workbook."""
    return f"Text file         {form_sentence(run.cohort.text)}\n" if run.cohort.text else ""
