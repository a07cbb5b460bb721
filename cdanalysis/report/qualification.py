"""A qualification of this installation: what is installed, and each requirement with its test, what it says and whether it holds.

`study_checks` is the bundled study: every result that its paper prints, from the bundled cohort, on this machine. `make qualify`
adds the comparisons with R's answers, which are tests of the source.
"""

import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cdanalysis import RESULTS_VERSION
from cdanalysis.demo import WORKBOOK, demo_cohort
from cdanalysis.report.files.readme import versions
from cdanalysis.sections.reproduction.analysis import ReproducedRow, reproduction
from cdanalysis.settings import Settings

PACKAGE = Path(__file__).parents[1]
COHORT_SHA256 = "5b03775fad5a76a0d9c81fceca75c409bf1c98e2a054441439b027188ea0e01f"  # of the bundled cohort's file
N_PRINTED = 106  # results that the study prints
N_EQUAL = 104  # those that a right installation computes to the printed digit


@dataclass(frozen=True)
class Check:
    """A requirement, by what it was tested, what was expected and found, and whether it holds."""

    requirement: str
    test: str
    expected: str
    found: str
    passed: bool


def study_checks() -> Iterator[Check]:
    """The bundled cohort as it was released, and every printed result of its study that a cohort can give."""
    digest = sha256(WORKBOOK.read_bytes()).hexdigest()
    yield Check(
        "The bundled cohort is the released one", "SHA-256 of its file", COHORT_SHA256, digest, digest == COHORT_SHA256
    )
    rows = reproduction(demo_cohort(), Settings()).rows
    equal = sum(row.matches is True for row in rows)
    yield Check(
        "All printed results of the study are compared",
        "their number",
        str(N_PRINTED),
        str(len(rows)),
        len(rows) == N_PRINTED,
    )
    yield Check("As many are equal as in the release", "their number", str(N_EQUAL), str(equal), equal == N_EQUAL)
    yield from map(_printed, (row for row in rows if row.matches is True or not row.why))


def _printed(row: ReproducedRow) -> Check:
    name = f"{row.section}: {row.quantity}"
    return Check(f"{name} ({row.unit})", f"computed as {row.how}", row.printed, row.computed, row.matches is True)


def source_sha256() -> str:
    """One hash of every file of the package, by their names."""
    whole = sha256()
    for path in sorted(PACKAGE.rglob("*.py")):
        whole.update(f"{path.relative_to(PACKAGE).as_posix()}\n".encode() + path.read_bytes())
    return whole.hexdigest()


def written(checks: Sequence[Check], date: str, further: Sequence[tuple[str, str]] = ()) -> str:
    """The report as Markdown; further: more facts of the installation, a name and a value each."""
    failed = [one for one in checks if not one.passed]
    verdict = (
        "QUALIFIED: every requirement holds"
        if not failed
        else f"NOT QUALIFIED: {len(failed)} of the requirements do not hold"
    )
    facts = [
        ("Made on", date),
        ("Results version", RESULTS_VERSION),
        ("Program, SHA-256 of its source", source_sha256()),
        ("Machine", platform.platform()),
        *versions(),
        *further,
    ]
    return "\n".join([
        "# Qualification of an installation of cdanalysis", "",
        f"**{verdict}** ({len(checks)} checked).", "",
        "| installed | |", "|---|---|", *(_row(name, value) for name, value in facts), "",
        *(["## What does not hold", "", *_table(failed), ""] if failed else []),
        "## Each requirement", "", *_table(checks), "",
        "Research software, not for the care of a patient. Date and signature of who looked at this: ______________________", "",
    ])  # fmt: skip


def _table(checks: Sequence[Check]) -> Iterator[str]:
    yield "| requirement | test | expected | found | |"
    yield "|---|---|---|---|---|"
    for one in checks:
        yield _row(one.requirement, one.test, one.expected, one.found, "holds" if one.passed else "DOES NOT HOLD")


def _row(*cells: str) -> str:
    escaped = [" ".join(cell.split()).replace("|", "\\|") for cell in cells]
    return f"| {' | '.join(escaped)} |"
