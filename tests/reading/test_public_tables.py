"""What tables of public repositories do: registries of Brazil, clinical tables of cancer genomes, examinations of cohorts."""

from __future__ import annotations

import pytest
from corpus.builders import workbook

import cdanalysis as cd
from cdanalysis.reading.outcomes.headers.coded_words import coded_words
from cdanalysis.reading.outcomes.headers.headers import said_by


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


def test_a_header_that_says_what_its_codes_mean_without_a_sign_is_not_asked_about() -> None:
    """`OVERALL_SURVIVAL_STATUS_Dead 1_Alive_0` of a table of lymphomas."""
    rows = [f"P{one},{one + 1},{int(one < 4)}" for one in range(12)]
    opened = cd.open_cohort(lines("id,OVERALL_SURVIVAL_MONTHS,OVERALL_SURVIVAL_STATUS_Dead 1_Alive_0", *rows), "x.csv")
    ((_, outcome),) = opened.cohort.outcomes.items()
    assert (outcome.n, outcome.n_events, opened.questions) == (12, 4, ())
    turned = lines("id,OVERALL_SURVIVAL_MONTHS,OVERALL_SURVIVAL_STATUS_Dead 0_Alive_1", *rows)
    ((_, outcome),) = cd.open_cohort(turned, "x.csv").cohort.outcomes.items()
    assert (outcome.n, outcome.n_events) == (12, 8)


@pytest.mark.parametrize(
    ("header", "coding", "rest"),
    [
        ("status_dead1_alive0", (("1", "dead"), ("0", "alive")), "status"),
        ("Relapse yes-1 no-2", (("1", "yes"), ("2", "no")), "Relapse"),
        ("status (dead 1, alive 0)", (("1", "dead"), ("0", "alive")), "status"),
        ("dead 1", (), "dead 1"),
        ("relapse 0 no 1 yes", (), "relapse 0 no 1 yes"),
        ("relapse 0=no 1=yes 9=unknown", (), "relapse 0=no 1=yes 9=unknown"),
        ("alive 0 dead 1 at 5 years", (), "alive 0 dead 1 at 5 years"),
        ("relapse 1 relapsed 1", (), "relapse 1 relapsed 1"),
        ("undead 1 alive 0", (), "undead 1 alive 0"),
        ("dead 10 alive 0", (), "dead 10 alive 0"),
    ],
)
def test_codes_behind_words(header: str, coding: tuple[tuple[str, str], ...], rest: str) -> None:
    assert coded_words(header) == (coding, rest)


@pytest.mark.parametrize("unit", ["", " (months)"])
def test_how_long_a_treatment_lasted_is_offered_as_the_time_to_an_event_that_has_none(unit: str) -> None:
    rows = [f"P{one},{one % 9},{3 + one},{int(one < 5)}" for one in range(12)]
    content = lines(f"Patient,CRP,Treatment duration{unit},Relapse", *rows)
    opened = cd.open_cohort(content, "x.csv")
    (question,) = [one for one in opened.questions if one.id == "time:patients:Relapse"]
    assert question.options == (f"Treatment duration{unit}", "none of these")
    told = {one.id: one.options[0] for one in opened.questions}  # months
    study = opened.study.answered(told)
    found = endpoint(cd.open_cohort(content, "x.csv", study).cohort, "relapse")
    assert (len(found), int(found["event"].sum())) == (12, 5)
    assert found["time_months"].sum() == sum(range(3, 15))


def test_a_treatment_beside_a_follow_up_is_the_end_of_the_treatment() -> None:
    rows = [f"P{one},{one % 9},{3 + one},{30 + one},{int(one < 5)}" for one in range(12)]
    header = "Patient,CRP,Treatment duration (months),Follow-up (months),Death"
    opened = cd.open_cohort(lines(header, *rows), "x.csv")
    assert endpoint(opened.cohort)["time_months"].sum() == sum(range(30, 42))
    assert opened.questions == ()


DOUBLED = [f"{one},2019-01-{1 + one},2019-02-{1 + one},{'death' if one < 4 else 'alive'}" for one in range(20)]


def test_dates_of_rows_typed_twice_are_counted_from_the_day_that_is_named() -> None:
    """A line list in which every fourth row was copied by hand: without a visit the dates are those of the patient."""
    again = [row.replace("2019-02-", "2019-03-") for row in DOUBLED]
    content = lines("case_id,date of onset,date of outcome,outcome", *DOUBLED, *again)
    opened = cd.open_cohort(content, "x.csv")
    assert any("From which date is it counted?" in one.text for one in opened.questions)
    told = {"repeated:patients": "the first row of each patient counts", "dates:patients:start_date": "date of onset"}
    found = endpoint(cd.open_cohort(content, "x.csv", opened.study.answered(told)).cohort)
    assert (len(found), int(found["event"].sum())) == (20, 4)
    assert found["time_months"].sum() * 365.25 / 12 == pytest.approx(20 * 31)


def test_a_date_that_the_dead_alone_have_is_no_start() -> None:
    rows = [f"P{one},5,2018-01-0{one},{f'2019-01-0{one}' if one < 4 else ''}," for one in range(1, 10)]
    rows = [f"{row}{f'2018-06-0{one}' if one % 2 else ''},2020-01-03" for one, row in enumerate(rows, 1)]
    opened = cd.open_cohort(lines("Patient,CRP,DOS,DOD,Date of relapse,Seen at the end", *rows), "x.csv")
    (question,) = [one for one in opened.questions if one.id == "dates:patients:start_date"]
    assert question.options == ("DOS", "Seen at the end", "none of these")


@pytest.mark.parametrize("every", [1, 7], ids=["all seen twice", "some seen twice"])
@pytest.mark.parametrize("late", [False, True], ids=["in both rows", "in the row when it was seen"])
def test_rows_by_visit_with_the_date_of_the_event(every: int, late: bool) -> None:
    """40 patients from 1 January 2019 on, of whom 10 relapse after 200 days; the others are followed for 882 days."""
    rows = []
    for one in range(1, 41):
        relapse = one % 4 == 0
        told = f"{int(relapse)},{'2019-07-20' if relapse else ''}"
        twice = one % every == 0
        rows += [f"P{one},2019-01-01,{one % 9 + 1},2019-01-01,2021-06-01,{'0,' if late and twice else told}"]
        rows += [f"P{one},2019-08-01,{one % 5 + 20},2019-01-01,2021-06-01,{told}"] if twice else []
    header = "Patient,Visit date,CRP,Date of start,Last follow-up,Relapse,Date of relapse"
    opened = cd.open_cohort(lines(header, *rows), "x.csv")
    found = endpoint(opened.cohort, "relapse")
    assert (len(found), int(found["event"].sum())) == (40, 10)
    assert found["time_months"].sum() * 365.25 / 12 == pytest.approx(10 * 200 + 30 * 882)
    assert opened.questions == ()


def seen_again(header: str, again: str) -> bytes:
    rows = [f"P{one},2019-01-01,{one % 9 + 1},{10 + one},{int(one % 4 == 0)}" for one in range(1, 41)]
    rows += [f"P{one},{again},{one % 5 + 20},{10 + one},{int(one % 4 == 0)}" for one in range(7, 41, 7)]
    return lines(f"Patient,{header},CRP,Time to relapse (months),Relapse", *rows)


def test_few_patients_with_rows_of_several_days_are_not_typed_twice() -> None:
    """Five of 40 had their CRP again in August: which row counts is asked, and not decided row by row."""
    opened = cd.open_cohort(seen_again("CRP date", "2019-08-01"), "x.csv")
    (question,) = opened.questions
    assert question.id == "repeated:patients"
    study = opened.study.answered({question.id: "the first row of each patient counts"})
    cohort = cd.open_cohort(seen_again("CRP date", "2019-08-01"), "x.csv", study).cohort
    assert cohort.patients["crp_mg_per_l"].max() == 9
    assert len(endpoint(cohort, "relapse")) == 40


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(seen_again("CRP date", "2019-01-01"), id="on the same day"),
        pytest.param(seen_again("CRP date", ""), id="on no day"),
        pytest.param(seen_again("batch", "b"), id="no date"),
    ],
)
def test_few_patients_with_two_rows_of_one_day_are_typed_twice(content: bytes) -> None:
    opened = cd.open_cohort(content, "x.csv")
    assert opened.questions == ()
    assert sum("no other row has" in fault.accepted for fault in opened.cohort.faults) == 10  # both rows are named


def test_dates_of_a_registry_of_brazil() -> None:
    """`DTOBITO` in one word, and `  /  /    ` where there is no date: 3 of 9 died 366 days after 1 January 2020."""
    rows = [f"{one},01/01/2020,{'01/01/2021' if one < 4 else '  /  /    '},31/12/2022" for one in range(1, 10)]
    content = lines("PACIENTE,DTDIAGNO,DTOBITO,DTULTINFO", *rows)
    opened = cd.open_cohort(content, "x.csv")
    told = {"dates:patients:start_date": "DTDIAGNO", "dates:patients:last_follow_up_date": "DTULTINFO"}
    assert set(told) == {one.id for one in opened.questions}
    found = endpoint(cd.open_cohort(content, "x.csv", opened.study.answered(told)).cohort)
    assert (len(found), int(found["event"].sum())) == (9, 3)
    assert found["time_months"].sum() * 365.25 / 12 == pytest.approx(3 * 366 + 6 * 1095)


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("DTOBITO", "date"),
        ("DATAOBITO", "date"),
        ("datedeath", "date"),
        ("DTDIAGNO", ""),
        ("database", ""),
        ("dthdt", "date"),
    ],
)
def test_a_date_in_one_word_with_what_it_is_of(header: str, role: str) -> None:
    assert said_by(header).role == role


@pytest.mark.parametrize(("n", "said"), [(6, True), (3, False)])
def test_a_sheet_of_an_outcome_whose_patients_nobody_knows_is_named_when_it_is_left_out(n: int, said: bool) -> None:
    """Sheets of other cohorts whose first column is `Unnamed: 0`, beside that of the patients."""
    patients = [
        ["patient_id", "age", "os_months", "os_event"],
        *([f"P{one}", 40 + one, one + 1, one % 2] for one in range(8)),
    ]
    others = [["Unnamed: 0", "os_months", "os_event"], *([f"Pt{one}.baseline", one + 1, one % 2] for one in range(n))]
    cohort = cd.read_cohort(workbook({"patients": patients, "full_clin": others}), file_name="x.xlsx")
    assert len(cohort.patients) == 8
    lost = [fault.found for fault in cohort.faults if fault.sheet == "full_clin"]
    assert lost == (["a sheet of 6 rows with os_months, left out: not used"] if said else [])
