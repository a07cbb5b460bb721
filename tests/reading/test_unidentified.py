"""A table without an identifier: asked what tells the patients apart, and read as that is answered."""

from __future__ import annotations

import pytest

import cdanalysis as cd

TABLE = b"seqno,age,crp,relapse_months,relapse_event\n31,40,5,10,1\n32,50,15,20,0\n33,60,7,30,1\n"


def test_the_file_is_refused_with_the_question_and_each_row_is_a_patient_once_it_is_answered() -> None:
    opened = cd.open_cohort(TABLE, "clinic.csv")
    assert "patient_id" in opened.refusal
    assert [one.options for one in opened.questions if one.id == "ids:patients"] == [
        ("each row is one patient", "seqno")
    ]
    cohort = cd.read_cohort(TABLE, study=opened.study.answered({"ids:patients": "each row is one patient"}))
    assert cohort.patients["patient_id"].tolist() == ["1", "2", "3"]
    assert any("each row is read as one patient" in fault.found for fault in cohort.faults)


def test_an_answer_names_the_column_that_tells_them_apart() -> None:
    study = cd.open_cohort(TABLE, "clinic.csv").study.answered({"ids:patients": "seqno"})
    cohort = cd.read_cohort(TABLE, study=study)
    assert cohort.patients["patient_id"].tolist() == ["31", "32", "33"]
    assert not any(one.id == "ids:patients" for one in cohort.questions)


def test_a_table_of_nothing_that_is_known_is_no_cohort() -> None:
    with pytest.raises(cd.CohortError, match="patient_id"):
        cd.read_cohort(b"alpha,beta\n1,2\n3,4\n")


def test_a_refusal_tells_a_program_what_to_answer_where_something_is_asked_and_nothing_else_where_not() -> None:
    with pytest.raises(cd.CohortError) as refused:
        cd.read_cohort(TABLE)
    assert "'ids:patients': 'each row is one patient' | 'seqno'" in str(refused.value)
    assert "study=opened.study.answered({question: answer})" in str(refused.value)
    with pytest.raises(cd.CohortError) as empty:
        cd.read_cohort(b"")
    assert str(empty.value) == "The file is empty."


def test_an_identifier_of_patients_examined_again_is_offered() -> None:
    """Examinations of a cohort study, each with the death of its patient: 3 of 10 patients died, and 4 were examined twice."""
    rows = ["randid,sex,period,death,death time (months)"]
    for one in range(10):
        rows += [f"{2448 + 7 * one},M,{period},{int(one < 3)},{60 + one}" for period in range(1, 3 if one < 4 else 2)]
    content = "\n".join(rows).encode()
    opened = cd.open_cohort(content, "x.csv")
    (question,) = [one for one in opened.questions if one.id == "ids:patients"]
    assert question.options == ("each row is one patient", "randid")
    study = opened.study.answered({question.id: "randid"})
    opened = cd.open_cohort(content, "x.csv", study)
    death = opened.cohort.outcomes["death"]
    assert (death.n, death.n_events) == (10, 3)
