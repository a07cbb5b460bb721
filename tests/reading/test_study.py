"""The study file: what it keeps, what it refuses, and that an answer is looked up where the doubt arises."""

from __future__ import annotations

import pytest

import cdanalysis as cd
from cdanalysis.reading.headers.corrections import to_json
from cdanalysis.reading.questions import Asking

TABLE = b"patient_id,crp_mg_per_l,relapse_months,relapse_event\nA,5,10,1\nB,15,20,0\n"


def test_a_study_reads_the_next_export_as_it_read_the_first() -> None:
    first = cd.open_cohort(TABLE, "clinic.csv")
    study = cd.Study.from_json(first.study.answered({"unit:patients:x": "days"}).to_json())
    again = cd.open_cohort(TABLE, "clinic.csv", study)
    assert again.study.answers == (("unit:patients:x", "days"),)
    assert again.cohort.patients.equals(first.cohort.patients)
    assert again.cohort.fingerprint != first.cohort.fingerprint


def test_a_matching_of_an_earlier_version_is_a_study() -> None:
    matching = cd.read_cohort(TABLE).matching
    assert cd.Study.from_json(to_json(matching)).matching.rows[1].column == "crp_mg_per_l"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "cdanalysis study", "version": 1, "answers": {"a": 1}}'])
def test_what_is_no_study_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(cd.CohortError, match="not a study file"):
        cd.Study.from_json(text)


def test_a_file_that_is_not_there_is_a_refusal() -> None:
    assert cd.open_cohort("nowhere.csv").refusal == "The file nowhere.csv could not be opened."


def test_an_answer_that_is_no_option_leaves_the_question_open() -> None:
    asking = Asking({"unit:patients:time": "days", "unit:patients:end": "fortnights"})
    assert asking.ask("unit", "patients", "time", "In what is it?", ("days", "months")) == "days"
    assert asking.ask("unit", "patients", "end", "In what is it?", ("days", "months")) is None
    assert [one.id for one in asking.questions] == ["unit:patients:end"]


def test_a_study_keeps_what_is_analysed() -> None:
    settings = cd.Settings(outcome="recurrence", handles="crp").with_cutoff("crp", 12, ">")
    study = cd.Study.from_json(cd.Study().chosen(settings.to_query()).to_json())
    assert cd.Settings.from_query(dict(study.choices)) == (settings, ())
    with pytest.raises(cd.CohortError, match="not a study file"):
        cd.Study.from_json('{"format": "cdanalysis study", "version": 1, "answers": {}, "settings": {"handles": 2}}')
