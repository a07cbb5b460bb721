"""A number of the hospital's records tells the patients apart where nothing else does, and is never shown."""

from __future__ import annotations

import pytest
from corpus.builders import Rows, table, workbook

import cdanalysis as cd

NUMBERS = [f"{700120 + 7 * n}" for n in range(12)]
ROWS = [[one, n, 20.0 + n, n % 2] for n, one in enumerate(NUMBERS)]


def flat(*names: str) -> Rows:
    return [[*names, "CRP", "time_months", "relapse"], *([*row[:1] * len(names), *row[1:]] for row in ROWS)]


@pytest.mark.parametrize("header", ["住院号", "MRN", "Hospital No.", "Historia clínica", "Prontuário"])
def test_it_is_the_identifier_and_replaced(header: str) -> None:
    opened = cd.open_cohort(table(flat(header)), "x.csv")
    assert opened.cohort is not None, opened.refusal
    assert opened.questions == ()
    assert opened.cohort.patients["patient_id"].tolist() == [f"P{n}" for n in range(1, 13)]
    assert any(fault.found == "ids that look like numbers of records" for fault in opened.cohort.faults)
    assert opened.look is not None
    assert not any(number in one.values for one in opened.look.columns["patients"] for number in NUMBERS)


def test_beside_another_identifier_it_is_left_out() -> None:
    rows = flat("MRN", "Patient ID")
    cohort = cd.read_cohort(
        table([rows[0], *([n, f"S{n}", *row[2:]] for n, row in enumerate(rows[1:]))]), file_name="x.csv"
    )
    assert cohort.patients["patient_id"].tolist() == [f"S{n}" for n in range(12)]
    assert "MRN" not in cohort.patients


def test_two_sheets_are_joined_by_it() -> None:
    markers = [["住院号", "CRP"], *(row[:2] for row in ROWS)]
    followed = [["住院号", "time_months", "relapse"], *([row[0], *row[2:]] for row in reversed(ROWS))]
    cohort = cd.read_cohort(workbook({"基线": markers, "结局": followed}))
    assert cohort.outcomes["relapse"].n == 12
    assert dict(zip(cohort.patients["crp_mg_per_l"], cohort.patients["relapse_months"], strict=True)) == {
        row[1]: row[2] for row in ROWS
    }


@pytest.mark.parametrize("header", ["Recipient ID", "Castor Participant ID", "序号", "Lfd. Nr."])
def test_what_else_tells_patients_apart(header: str) -> None:
    assert cd.read_cohort(table(flat(header)), file_name="x.csv").patients["patient_id"].tolist() == NUMBERS


def test_a_running_number_gives_way_to_an_identifier() -> None:
    rows = flat("序号", "患者编号")
    rows = [rows[0], *([n, f"S{n}", *row[2:]] for n, row in enumerate(rows[1:]))]
    cohort = cd.read_cohort(table(rows), file_name="x.csv")
    assert cohort.patients["patient_id"].tolist() == [f"S{n}" for n in range(12)]


LETTERED = [f"P{n:03d}" for n in range(1, 13)]
BASE = [["id", "CRP"], *([one, n] for n, one in enumerate(LETTERED))]


def followed(ids: list[str]) -> Rows:
    return [["id", "time_months", "relapse"], *([one, *row[2:]] for one, row in zip(ids, ROWS, strict=True))]


@pytest.mark.parametrize("written", ["{}", "IBD-{:03d}", "S{}"])
def test_ids_that_differ_in_the_letters_before_a_number_are_asked_about(written: str) -> None:
    content = workbook({"Baseline": BASE, "Outcome": followed([written.format(n) for n in range(1, 13)])})
    opened = cd.open_cohort(content, "x.xlsx")
    (question,) = opened.questions
    assert "the letters before a number" in question.text
    assert opened.cohort is not None
    assert not any(one.n for one in opened.cohort.outcomes.values())
    whole = cd.read_cohort(content, study=opened.study.answered({question.id: "the same patients"}))
    assert whole.patients["patient_id"].tolist() == LETTERED
    assert whole.outcomes["relapse"].n == 12


def test_groups_with_letters_of_their_own_are_other_patients() -> None:
    header = ["id", "CRP", "time_months", "relapse"]
    groups = {letter: [header, *([f"{letter}{n:02d}", *row[1:]] for n, row in enumerate(ROWS))] for letter in "AB"}
    cohort = cd.read_cohort(workbook({f"Group {letter}": rows for letter, rows in groups.items()}))
    assert cohort.questions == ()
    assert len(cohort.patients) == 24


def test_controls_are_not_proposed_as_the_patients() -> None:
    controls = [["id", "CRP"], *([f"C{n:03d}", n] for n in range(1, 13))]
    patients = [[*row, *other[1:]] for row, other in zip(BASE, followed(LETTERED), strict=True)]
    cohort = cd.read_cohort(workbook({"Patients": patients, "Controls": controls}))
    assert len(cohort.patients) == 12
    assert not any(one.id.startswith("ids") for one in cohort.questions)


def test_a_longer_list_of_numbers_is_not_proposed_as_the_patients() -> None:
    patients = [[*row, *other[1:]] for row, other in zip(BASE, followed(LETTERED), strict=True)]
    log = [["id", "Screened"], *([f"S{n}", "yes"] for n in range(1, 31))]
    cohort = cd.read_cohort(workbook({"Patients": patients, "Log": log}))
    assert cohort.questions == ()
    assert len(cohort.patients) == 12
