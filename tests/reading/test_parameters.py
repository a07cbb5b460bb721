"""CDISC's table of times to events is read only where it is one; a codebook explains only what it names."""

from __future__ import annotations

import pytest
from corpus.builders import Rows, table, workbook
from corpus.registries import PLAIN, SURVIVAL, trial

import cdanalysis as cd
from cdanalysis.reading.bytes.files import read_file
from cdanalysis.reading.sheets.stating.parameters import apart

ROWS = trial(SURVIVAL)


def parted(rows: Rows) -> tuple[str, ...]:
    return apart(read_file(table(rows)).sheets[0]).headers


def test_what_describes_a_patient_stays_and_what_describes_a_row_goes() -> None:
    assert parted(ROWS) == ("STUDYID", "USUBJID", "AGE", "OS time (days)", "OS event")


@pytest.mark.parametrize(
    "rows",
    [
        [*ROWS, ROWS[1]],
        [ROWS[0], *([*row[:7], -1, *row[8:]] for row in ROWS[1:])],
        [row[:5] + row[6:] for row in ROWS],
        [["n", "PARAMCD", "AVAL", "CNSR"], *([n, "OS", n, 0] for n in range(4))],
    ],
    ids=["two rows of a patient", "a negative code", "no value", "no id"],
)
def test_another_table_stays_as_it_is(rows: Rows) -> None:
    assert parted(rows) == tuple(rows[0])


def test_times_in_units_that_differ_say_theirs() -> None:
    rows = [
        [*row[:5], *([300 + n, "MONTHS"] if n % 2 else [40 + n, "DAYS"]), *row[7:]] for n, row in enumerate(ROWS[1:])
    ]
    cohort = cd.read_cohort(table([ROWS[0], *rows]), file_name="x.csv")
    wanted = [row[5] if row[6] == "MONTHS" else row[5] / 30.4375 for row in rows]
    assert cohort.patients["os_months"].tolist() == pytest.approx(wanted)


def test_a_codebook_explains_the_columns_that_it_names() -> None:
    book = [
        ["variable", "value", "label"],
        ["sex", 1, "male"],
        [None, 2, "female"],
        ["status", 1, "dead"],
        [None, 2, "alive"],
    ]
    rows = [[*PLAIN[0], "sex"], *([*row, 1 + n % 2] for n, row in enumerate(PLAIN[1:]))]
    cohort = cd.read_cohort(workbook({"data": rows, "codebook": book}), file_name="x.xlsx")
    assert cohort.questions == ()
    assert cohort.patients["sex"].tolist()[:2] == ["male", "female"]
    assert cohort.patients["event_event"].sum() == sum(row[2] == 1 for row in PLAIN[1:])


def test_a_codebook_of_another_column_explains_nothing() -> None:
    book = [["variable", "value", "label"], ["vital", 1, "dead"], ["vital", 2, "alive"]]
    cohort = cd.read_cohort(workbook({"data": PLAIN, "codebook": book}), file_name="x.xlsx")
    assert [one.id for one in cohort.questions] == ["codes:patients:status"]
