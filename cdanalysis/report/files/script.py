"""The analysis as a short Python script: the same file and settings through `cdanalysis`, without the app."""

from collections.abc import Iterator
from dataclasses import fields

from cdanalysis import RESULTS_VERSION
from cdanalysis.cohort import Cohort
from cdanalysis.settings import Settings
from cdanalysis.writing.escapes import one_line

SCRIPT = '''\
"""Runs the analysis again and prints its tables: python analysis.py <the cohort's file>

Needs the cdanalysis package (results version {version}) on the Python path. If columns.json lies beside this script, the
columns are read as it says.
"""

import hashlib
import sys
from pathlib import Path

import cdanalysis as cd
from cdanalysis.results import NotEstimable
from cdanalysis.sections.blocks import Quote, Sentence, Table

NAMES = "baseline", "response", "survival", "predictors", "cutoffs", "endoscopy", "safety"
SHA256 = {sha256!r}  # of the file that was analysed
SETTINGS = cd.Settings({settings})


def main(file: Path) -> None:
    content, columns = file.read_bytes(), Path(__file__).with_name("columns.json")
    if hashlib.sha256(content).hexdigest() != SHA256:
        print("This is another file than the one that was analysed.", file=sys.stderr)
    if cd.RESULTS_VERSION != {version!r}:
        print("This is another results version than the one that was used: {version}.", file=sys.stderr)
    study = cd.Study.from_json(columns.read_bytes()) if columns.exists() else None
    cohort = cd.read_cohort(content, file_name=file.name, study=study)
    for name in NAMES:
        print(f"\\n# {{name}}")
        for block in getattr(cd.sections, name)(cohort, SETTINGS):
            show(block)


def show(block: object) -> None:
    """A table as CSV, a sentence, or the reason why there is none."""
    if isinstance(block, Quote | Sentence):
        print(block.text)
    elif isinstance(block, NotEstimable):
        print(f"Not estimable: {{block.reason}}.")
    elif isinstance(block, Table):
        print(f"{{block.title}}\\n{{block.shown.to_csv(index=False)}}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
'''


def script(cohort: Cohort, settings: Settings) -> str:
    """The script's text; values are Python literals, so no text of a link or file is ever code."""
    chosen = "".join(_lines(settings))
    return SCRIPT.format(version=RESULTS_VERSION, sha256=one_line(cohort.content_sha256), settings=chosen)


def _lines(settings: Settings) -> Iterator[str]:
    """One line per setting that is not the default."""
    changed = [field.name for field in fields(settings) if getattr(settings, field.name) != field.default]
    yield from (f"\n    {name}={getattr(settings, name)!r}," for name in changed)
    yield "\n" if changed else ""
