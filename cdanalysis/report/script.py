"""The analysis as a short Python script: the same file and settings through `cdanalysis`, without the app."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import TYPE_CHECKING

from cdanalysis import RESULTS_VERSION
from cdanalysis.settings import Settings
from cdanalysis.writing.escapes import one_line

if TYPE_CHECKING:
    from cdanalysis.cohort import Cohort

SCRIPT = '''\
"""Runs the analysis again and prints its tables: python analysis.py <the cohort's file>

Needs the cdanalysis package (results version {version}) on the Python path. If columns.json lies beside this script, the
columns are read as it says.
"""

import hashlib
import sys
from pathlib import Path

import cdanalysis as cd
from cdanalysis import tables
from cdanalysis.results import NotEstimable

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
    level = SETTINGS.conf_level
    show(cohort, "baseline", tables.baseline_table)
    show(cohort, "induction", lambda found: tables.responses(found.weeks, level))
    show(cohort, "survival", lambda found: tables.survival_at(found.kaplan_meier),
         lambda found: tables.quantile_table(found, level))
    show(cohort, "predictors", lambda found: tables.predictors_table(found.rows, SETTINGS))
    show(cohort, "cutoffs", lambda found: tables.scan_table(found, level))
    show(cohort, "endoscopy", lambda found: tables.endoscopy_scores(found.scores),
         lambda found: tables.endoscopy_shares(found.shares, level))
    show(cohort, "safety", lambda found: tables.adverse_events(found, level))


def show(cohort: object, name: str, *made: object) -> None:
    """The tables of an analysis as CSV, or the reason why there is none."""
    found = getattr(cd.analyses, name)(cohort, SETTINGS)
    print(f"\\n# {{name}}")
    if isinstance(found, NotEstimable):
        print(f"Not estimable: {{found.reason}}.")
        return
    for table in made:
        print(table(found).to_csv(index=False))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
'''


def script(cohort: Cohort, settings: Settings) -> str:
    """The script's text; values are Python literals, so no text of a link or file is ever code."""
    chosen = "".join(_lines(settings))
    return SCRIPT.format(version=RESULTS_VERSION, sha256=one_line(cohort.content_sha256), settings=chosen)


def _lines(settings: Settings) -> Iterator[str]:
    """A line a setting that is not the default."""
    changed = [field.name for field in fields(settings) if getattr(settings, field.name) != field.default]
    yield from (f"\n    {name}={getattr(settings, name)!r}," for name in changed)
    yield "\n" if changed else ""
