"""Several rows of most patients and no time of a visit: one question what a row is, and nothing guessed until then."""

from __future__ import annotations

import pytest

import cdanalysis as cd

EYES = [(n, eye) for n in range(6) for eye in ("left", "right")]
CELLS = [f"P{n},{eye},{10 + n + 3 * (eye == 'left')},{int(eye == 'left')},male" for n, eye in EYES]
ROWS = "\n".join(["id,eye,os_months,os_status,sex", *CELLS]).encode()
QUESTION = "repeated:patients"


def counted(answer: str) -> tuple[int, int]:
    study = cd.open_cohort(ROWS).study.answered({QUESTION: answer})
    one = cd.read_cohort(ROWS, study=study).outcomes["os"]
    return one.n, one.n_events


def test_what_a_row_is_is_asked_once_and_what_differs_is_left_out_until_then() -> None:
    cohort = cd.read_cohort(ROWS)
    assert [one.id for one in cohort.questions] == [QUESTION]
    assert len(cohort.patients) == 6
    assert cohort.patients["os_months"].isna().all()
    assert (cohort.patients["sex"] == "male").all()
    assert [one.found for one in cohort.faults if one.column == "patient_id"] == [
        "12 rows of 6 patients: what differs between a patient's rows is left out"
    ]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("the first row of each patient counts", (6, 6)),
        ("the last row of each patient counts", (6, 0)),
        ("only the rows with eye = left", (6, 6)),
        ("only the rows with eye = right", (6, 0)),
        ("each row is a patient of its own", (12, 6)),
    ],
)
def test_each_answer_is_followed(answer: str, expected: tuple[int, int]) -> None:
    assert counted(answer) == expected


def test_a_few_patients_typed_twice_are_no_question() -> None:
    rows = "\n".join(["id,os_months,os_status", *(f"P{n},{10 + n},1" for n in range(9)), "P0,11,0"]).encode()
    cohort = cd.read_cohort(rows)
    assert cohort.questions == ()
    assert [(one.reason, one.n) for one in cohort.excluded] == [("second row of a patient", 1)]


def episodes(n_several: int, *, same: bool = False) -> bytes:
    """A hundred patients, of whom some have another row."""
    again = [f"P{n},{10 + n if same else 40 + n},{n % 2 if same else 0}" for n in range(n_several)]
    return "\n".join(["id,os_months,os_status", *(f"P{n},{10 + n},{n % 2}" for n in range(100)), *again]).encode()


def test_many_patients_with_another_row_are_one_question_whatever_their_share() -> None:
    opened = cd.open_cohort(episodes(12))
    assert [one.id for one in opened.questions] == [QUESTION]
    assert opened.cohort is not None
    assert opened.cohort.patients["os_months"].isna().sum() == 12
    study = opened.study.answered({QUESTION: "the first row of each patient counts"})
    one = cd.read_cohort(episodes(12), study=study).outcomes["os"]
    assert (one.n, one.n_events) == (100, 50)


@pytest.mark.parametrize("content", [episodes(11), episodes(12, same=True)], ids=["few", "the same rows twice"])
def test_what_was_typed_twice_is_no_question(content: bytes) -> None:
    cohort = cd.read_cohort(content)
    assert cohort.questions == ()
    assert len(cohort.patients) == 100
