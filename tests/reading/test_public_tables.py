"""What tables of public repositories do: registries of Brazil, clinical tables of cancer genomes, examinations of cohorts."""

from __future__ import annotations

import pytest

import cdanalysis as cd


def lines(*rows: str) -> bytes:
    return "\n".join(rows).encode()


def endpoint(cohort: cd.reading.Cohort, outcome: str = "death"):
    return cd.analyses.survival(cohort, cd.Settings(outcome=outcome)).endpoint.patients


def test_a_last_follow_up_counted_from_a_day_that_its_header_names() -> None:
    """`days_to_last_followup_from_diagnosis`, as a clinical table of a cancer genome has it: 10 died, 20 are alive."""
    since = (f"days_to_{what}_from_diagnosis" for what in ("birth", "death", "last_followup"))
    header = ",".join(("patient_ID", "vital_status", *since))
    rows = [f"T{one:02},DECEASED,{-9000 - one},{100 + one},[Not Available]" for one in range(10)]
    rows += [f"T{one:02},LIVING,{-9000 - one},[Not Applicable],{900 + one}" for one in range(10, 30)]
    opened = cd.open_cohort(lines(header, *rows), "x.csv")
    found = endpoint(opened.cohort)
    assert (len(found), int(found["event"].sum())) == (30, 10)
    days = sum(100 + one for one in range(10)) + sum(900 + one for one in range(10, 30))
    assert found["time_months"].sum() * 365.25 / 12 == pytest.approx(days)
    assert opened.questions == ()


def test_a_time_that_the_living_lack_beside_one_of_everybody_is_asked_about() -> None:
    header = "patient_ID,vital_status,days_to_death,survival_time_days"
    rows = [f"T{one:02},DECEASED,{100 + one},{100 + one}" for one in range(10)]
    rows += [f"T{one:02},LIVING,,{900 + one}" for one in range(10, 30)]
    opened = cd.open_cohort(lines(header, *rows), "x.csv")
    (question,) = opened.questions
    assert question.options == ("days_to_death", "survival_time_days", "none of these")
    opened = cd.open_cohort(lines(header, *rows), "x.csv", opened.study.answered({question.id: "survival_time_days"}))
    found = endpoint(opened.cohort)
    assert (len(found), int(found["event"].sum())) == (30, 10)
    assert not opened.questions


def registry(of_the_living: str = "") -> bytes:
    """A registry that notes the state of few, and the date of death of all who died."""
    header = "patient id,date of diagnosis,vital status,date of death,date of last contact"
    rows = [f"{one},2019-01-0{one},dead,2020-01-0{one},2020-01-0{one}" for one in range(1, 4)]
    rows += [f"{one},2019-01-0{one},,2021-01-0{one},2021-01-0{one}" for one in range(4, 8)]
    rows += [f"{one},2019-01-{one},alive,{of_the_living},2022-01-{one}" for one in range(10, 20)]
    return lines(header, *rows, "20,2019-01-20,,,2022-01-20")


def test_a_date_of_death_beside_an_empty_state_is_a_death() -> None:
    """A registry of Sao Paulo: a state for one in five, and a date of death for four in five."""
    opened = cd.open_cohort(registry(), "x.csv")
    study = opened.study.answered({one.id: "date of diagnosis" for one in opened.questions})
    cohort = cd.read_cohort(registry(), file_name="x.csv", study=study)
    found = endpoint(cohort)
    assert (len(found), int(found["event"].sum())) == (17, 7)  # not the patient of whom nothing is known
    assert "4 × nothing, beside date of death: taken as death" in [fault.found for fault in cohort.faults]


def test_a_date_that_the_living_have_too_says_nothing_of_an_empty_state() -> None:
    content = registry("2022-01-15")
    opened = cd.open_cohort(content, "x.csv")
    study = opened.study.answered({one.id: "date of diagnosis" for one in opened.questions})
    cohort = cd.read_cohort(content, file_name="x.csv", study=study)
    assert not any("taken as death" in fault.found for fault in cohort.faults)


def test_sexes_coded_1_and_3_are_asked_about_as_they_stand() -> None:
    """DATASUS: 1 is male, 3 is female."""
    rows = [f"P{one},{1 + 2 * (one % 2)},{one + 1},{one % 2}" for one in range(10)]
    opened = cd.open_cohort(lines("id,sexo,time (months),death", *rows), "x.csv")
    (question,) = opened.questions
    assert question.text == "sexo: 5 × 1, 5 × 3. What do the numbers mean?"
    study = opened.study.answered({question.id: "1 is male, 3 is female"})
    sexes = cd.open_cohort(lines("id,sexo,time (months),death", *rows), "x.csv", study).cohort.patients["sex"]
    assert sexes.tolist() == ["male", "female"] * 5


def test_few_days_are_offered_as_a_time() -> None:
    """Days in hospital, of who stayed a week at most, in words that name no outcome; and whether the patient died."""
    rows = [f"P{one},{1 + one % 7},{int(one % 5 == 0)},{one % 5}" for one in range(40)]
    content = lines("id,dias_perm,morte,instru", *rows)
    opened = cd.open_cohort(content, "x.csv")
    (question,) = [one for one in opened.questions if one.id.startswith("time")]
    assert question.options == ("dias_perm", "none of these")
