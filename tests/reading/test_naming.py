"""What figures and reports call a cohort: a file's own name only where no part of it can tell of a person."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from corpus.builders import table
from report.runs import run_of

import cdanalysis as cd
from cdanalysis.cohort import Cohort
from cdanalysis.reading.naming import OWN, label_of
from cdanalysis.report.files.readme import readme
from cdanalysis.sections.blocks import Figure

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "name",
    [
        "cohort.xlsx",
        "Crohn cohort 2024.xlsx",
        "IBD_register_v2.csv",
        "2024-03-31 export.csv",
        "a.csv + b.csv",
        "cohort 2015.csv",
        "cohort 2099.csv",
        "cohort 12.csv",
    ],  # fmt: skip
)
def test_a_name_of_common_words_is_printed(name: str) -> None:
    assert label_of(name.replace("b.csv", "visits.csv")) == name.replace("b.csv", "visits.csv")


@pytest.mark.parametrize(
    "name",
    [
        "Zhang Wei 1987-03-04.xlsx", "cohort 1987.xlsx", "cohort 123456.csv", "张伟.xlsx", "张伟 cohort.xlsx", "rossi.csv",
        "cohort of Dr Meier.xlsx", "CohortRossi.csv", "19870304.csv", "", ".csvx", "C\u043ehort.csv", "../../etc/passwd",
        "cohort 2014.csv", "cohort 2100.csv", "cohort 123.csv", "cohort 00002015.csv",
    ],
)  # fmt: skip
def test_any_other_name_is_not(name: str) -> None:
    assert label_of(name) == OWN


def blocks_of(cohort: Cohort) -> Iterator[object]:
    for name in ("flow", "baseline", "survival", "safety"):
        yield from getattr(cd.sections, name)(cohort, cd.Settings())


def test_no_figure_and_no_report_names_a_file_that_is_called_after_a_patient() -> None:
    """What is printed names the cohort by its label; the reader's own label is printed as it is."""
    cohort = cd.read_cohort(table(), file_name="Zhang Wei 1987-03-04.csv")
    for one, there in ((cohort, "own file"), (cohort.called("Ward <3>"), "Ward &lt;3&gt;")):
        figures = [str(block.spec) for block in blocks_of(one) if isinstance(block, Figure)]
        assert figures
        assert all(there in spec for spec in figures)
        printed = [*figures, readme(run_of(one, cd.Settings(), checked=False))]
        assert not [text for text in printed if "Zhang" in text or "1987" in text]
    assert cohort.called("x").fingerprint == cohort.fingerprint


def test_nothing_but_the_readers_own_page_uses_a_files_name() -> None:
    used = {
        str(path.relative_to(ROOT))
        for path in ROOT.glob("cdanalysis/**/*.py")
        if ".file_name" in (text := path.read_text(encoding="utf-8"))
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Attribute) and node.attr == "file_name" and ast.unparse(node.value) != "bundling"
    }
    assert used == {"cdanalysis/ui/shell/frame.py"}
