"""Several sheets and several files: what is put together, what is joined, what is asked, and what is named when left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpus.builders import FLAT, HEADER, PATIENTS, table, workbook

import cdanalysis as cd
from cdanalysis.reading.checks.contradictions import NOT_KNOWN
from cdanalysis.reading.checks.week_unit import MONTHS
from cdanalysis.reading.sheets.ids import SAME as SAME_IDS
from cdanalysis.reading.sheets.joined import LEFT_OUT, OF_THE_COHORT
from cdanalysis.reading.sheets.patients import OTHERS, SAME

IDS = [row[0] for row in PATIENTS]


def answered(content: object, **answers: str) -> cd.reading.Cohort:
    """The cohort with answers by the kind of their question; each must have been asked."""
    opened = cd.open_cohort(content)
    told = {one.id: answers[kind] for one in opened.questions for kind in answers if one.id.startswith(f"{kind}:")}
    assert len(told) == len(answers), opened.questions
    return cd.read_cohort(content, study=opened.study.answered(told))


def ids(cohort: cd.reading.Cohort) -> list[str]:
    return cohort.patients["patient_id"].tolist()


def said(cohort: cd.reading.Cohort) -> list[tuple[str, int | None, str]]:
    return [(fault.sheet, fault.row, fault.found) for fault in cohort.faults]


def test_sheets_of_the_same_columns_are_one_cohort_and_keep_their_name_as_a_group() -> None:
    book = {
        "2019": [HEADER, *PATIENTS[:6]],
        "2020": [HEADER, PATIENTS[5], *PATIENTS[6:], ["P13", "high", "male", 20, 5, 0]],
    }
    cohort = cd.read_cohort(workbook(book))
    assert ids(cohort) == [*IDS, "P13"]
    assert cohort.patients["sheet"].tolist() == ["sheet 2019"] * 6 + ["sheet 2020"] * 7
    assert "sheet" in cohort.extra_columns
    assert ("2020", 9, "high") in said(cohort)
    assert [one for one in said(cohort) if one[2] == "P06"] == [("2019", 7, "P06"), ("2020", 2, "P06")]
    assert (
        "sheet"
        not in cd.read_cohort(workbook({"patients": FLAT[:7], "patients (2)": [HEADER, *PATIENTS[6:]]})).patients
    )


def test_the_same_numbers_with_other_values_are_asked_about() -> None:
    other = [HEADER, *([row[0], 100 + row[1], "male", 70, 60, 0] for row in PATIENTS)]
    content = workbook({"Ward 1": FLAT, "Ward 2": other})
    cohort = cd.read_cohort(content)
    assert ids(cohort) == IDS
    assert any(sheet == "Ward 2" and "left out" in text for sheet, _, text in said(cohort))
    both = answered(content, same=OTHERS)
    assert ids(both) == [f"Ward {n} {one}" for n in (1, 2) for one in IDS]
    assert both.patients["crp_mg_per_l"].tolist() == [row[1] for row in FLAT[1:]] + [row[1] for row in other[1:]]
    one = answered(content, same=SAME)
    assert one.patients["crp_mg_per_l"].tolist() == [row[1] for row in PATIENTS]
    assert ("patients", 2, "12 × another value in Ward 2; that of Ward 1 is used") in said(one)


def test_a_sheet_of_the_same_patients_is_joined_and_its_own_patients_are_asked_about() -> None:
    labs = [
        ["Patient ID", "Albumin", "CRP"],
        *([row[0], 40 + n, None] for n, row in enumerate(PATIENTS)),
        ["P99", 33, 4],
    ]
    content = workbook({"patients": FLAT, "labs": labs[::1]})
    cohort = cd.read_cohort(content)
    assert ids(cohort) == IDS
    assert cohort.patients["albumin_g_per_l"].tolist() == [40.0 + n for n in range(12)]
    assert cohort.patients["crp_mg_per_l"].tolist() == [row[1] for row in PATIENTS]
    assert ("labs", None, "1 patient not in patients, left out") in said(cohort)
    assert ids(answered(content, patients=LEFT_OUT)) == IDS
    whole = answered(content, patients=OF_THE_COHORT)
    assert ids(whole) == [*IDS, "P99"]
    assert whole.patients["crp_mg_per_l"].iloc[-1] == 4


def test_a_sheet_that_follows_other_patients_up_keeps_them() -> None:
    markers = [["id", "CRP"], *([row[0], row[1]] for row in PATIENTS[:8])]
    followed = [["id", "relapse_months", "relapse_event"], *([row[0], *row[4:]] for row in PATIENTS[4:])]
    cohort = cd.read_cohort([("markers.csv", table(markers)), ("followed.csv", table(followed))])
    assert sorted(ids(cohort)) == IDS
    assert cohort.patients["relapse_event"].notna().sum() == 8
    assert any("4 patients in both, 4 in markers only, 4 in followed only" in text for *_, text in said(cohort))


def test_sheets_that_are_not_used_are_named_where_they_hold_ids_and_only_there() -> None:
    rows = [["patient_id", "test", "value"], *([row[0], test, "+"] for row in PATIENTS for test in ("ALT", "AST"))]
    unnamed = [["Nr", "test", "value"], *(row for row in rows[1:])]
    codes = [["code", "meaning"], ["1", "relapse"], ["0", "none"]]
    cohort = cd.read_cohort(workbook({"patients": FLAT, "Labor": rows, "Liste": unnamed, "codes": codes}))
    left_out = [sheet for sheet, _, text in said(cohort) if "with patients' ids, left out" in text]
    assert left_out == ["Labor", "Liste"]
    (question,) = [one for one in cohort.questions if one.sheet == "Labor"]
    assert question.options == ("visits", "events", "endoscopies", "adverse events", "not used")


def test_sheets_of_one_kind_are_read_together_whatever_their_columns() -> None:
    cohort = cd.read_cohort(
        workbook(
            {
                "patients": FLAT,
                "visits": [["patient_id", "week", "cdai"], ["P01", 0, 300], ["P01", 24, 90]],
                "labs": [["week", "patient_id", "CRP"], [0, "P01", 7], [12, "P02", 9]],
            }
        )
    )
    columns = ["patient_id", "week", "cdai_points", "crp_mg_per_l"]
    held = cohort.visits[columns].astype(object).where(cohort.visits[columns].notna(), None)
    assert held.to_numpy().tolist() == [
        ["P01", 0, 300, None],
        ["P01", 0, None, 7],
        ["P01", 24, 90, None],
        ["P02", 12, None, 9],
    ]


@pytest.mark.parametrize(
    ("written", "is_sure"), [(" P01", True), ("P0\u200b1", True), ("Ｐ01", True), ("p01", False), ("P1", False)]
)
def test_an_identifier_written_otherwise_is_the_same_patient_or_asked_about(written: str, is_sure: bool) -> None:
    events = [["patient_id", "months", "event"], [written, 5, "surgery"], ["P02", 5, "surgery"]]
    content = workbook({"patients": FLAT, "events": events})
    cohort = cd.read_cohort(content)
    assert cohort.events["patient_id"].tolist() == (["P01", "P02"] if is_sure else ["P02"])
    if not is_sure:
        assert answered(content, ids=SAME_IDS).events["patient_id"].tolist() == ["P01", "P02"]


def test_1_and_1_point_0_are_one_identifier_and_two_that_fit_are_none() -> None:
    patients = [HEADER, *([float(n), *row[1:]] for n, row in enumerate(PATIENTS, 1))]
    cohort = cd.read_cohort(
        workbook({"patients": patients, "events": [["patient_id", "months", "event"], ["1.0", 5, "surgery"]]})
    )
    assert cohort.events["patient_id"].tolist() == ["1"]
    twins = [HEADER, ["a1", *PATIENTS[0][1:]], ["A1", *PATIENTS[1][1:]]]
    cohort = cd.read_cohort(
        workbook({"patients": twins, "events": [["patient_id", "months", "event"], ["A01", 5, "surgery"]]})
    )
    assert cohort.events.empty
    assert [row for sheet, row, text in said(cohort) if "differs from another identifier" in text] == [2, 3]


def test_two_files_are_one_cohort_and_each_keeps_its_own_decimal_mark(tmp_path: Path) -> None:
    german = table([["Patient", "week", "CDAI", "CRP"], ["P01", 0, 300, "7,5"], ["P01", 24, 90, "1,5"]], delimiter=";")
    (tmp_path / "cohort.csv").write_bytes(table())
    (tmp_path / "verlauf.csv").write_bytes(german)
    paths = [tmp_path / "cohort.csv", str(tmp_path / "verlauf.csv")]
    by_path, by_bytes = cd.read_cohort(paths), cd.read_cohort([("cohort.csv", table()), ("verlauf.csv", german)])
    assert by_path.visits["crp_mg_per_l"].tolist() == [7.5, 1.5]
    assert by_path.file_name == "cohort.csv + verlauf.csv"
    assert by_path.fingerprint == by_bytes.fingerprint != cd.read_cohort(table()).fingerprint
    assert cd.read_cohort([("cohort.csv", table())]).patients.equals(cd.read_cohort(table()).patients)


@pytest.mark.parametrize(
    ("files", "refusal"),
    [
        ([], "From 1 to 10 files"),
        ([("a.csv", table())] * 11, "From 1 to 10 files"),
        ([("a.csv", table()), ("b.pdf", b"%PDF-1.7")], r"^b.pdf: This is a PDF"),
        (["nowhere.csv"], "nowhere.csv could not be opened"),
    ],
)
def test_files_that_cannot_be_read_together_are_refused_by_name(files: list[object], refusal: str) -> None:
    with pytest.raises(cd.CohortError, match=refusal):
        cd.read_cohort(files)
    assert cd.open_cohort(files).cohort is None


def test_the_last_row_of_a_day_counts_for_every_measurement_and_the_row_before_is_said() -> None:
    visits = [
        ["patient_id", "week", "cdai", "crp"],
        ["P01", 0, 350, 5],
        ["P01", 0, 300, None],
        ["P01", 24, 90, 2],
        ["P01", 24, 240, 2],
    ]
    cohort = cd.read_cohort(workbook({"patients": FLAT, "visits": visits}))
    held = cohort.visits[cohort.visits["cdai_points"].notna()]
    assert held[["week", "cdai_points"]].to_numpy().tolist() == [[0, 300], [24, 240]]
    assert cohort.visits["crp_mg_per_l"].dropna().tolist() == [5, 2]
    assert [one for one in said(cohort) if "same day" in one[2]] == [
        ("visits", 2, "350, and 300 further down on the same day, which is used"),
        ("visits", 4, "90, and 240 further down on the same day, which is used"),
    ]
    assert len(cohort.visits) == 4


def test_weeks_that_hold_months_are_asked_about_and_the_answer_is_used() -> None:
    visits = [["patient_id", "week", "cdai"], *([row[0], week, 100] for row in PATIENTS for week in (0, 3, row[3]))]
    content = workbook({"patients": FLAT, "visits": visits})
    assert cd.read_cohort(content).visits["days"].max() == 23 * 7
    assert answered(content, week=MONTHS).visits["days"].max() == pytest.approx(23 * 30.4375)
    same_for_all = [visits[0], *([row[0], week, 100] for row in PATIENTS for week in (0, 12))]
    assert cd.read_cohort(workbook({"patients": FLAT, "visits": same_for_all})).questions == ()


def test_a_time_of_0_with_the_event_is_asked_about_and_used_until_then() -> None:
    content = workbook({"patients": [HEADER, ["P00", 3, "male", 20, 0, 1], *PATIENTS]})
    assert cd.read_cohort(content).patients["relapse_months"][0] == 0
    gone = answered(content, zero=NOT_KNOWN)
    assert gone.patients["relapse_months"].isna().tolist() == [True, *[False] * 12]
    assert gone.questions == ()


@pytest.mark.parametrize(
    "name", ["Excluded", "healthy controls", "Screening failures", "Ausgeschlossen", "对照", "old"]
)
def test_a_sheet_named_as_one_of_others_is_asked_about_before_it_is_put_to_the_cohort(name: str) -> None:
    content = workbook({name: [HEADER, *PATIENTS[8:]], "cohort 2020": [HEADER, *PATIENTS[:8]]})
    cohort = cd.read_cohort(content)
    assert ids(cohort) == IDS[:8]
    assert any(sheet == name and "left out" in text for sheet, _, text in said(cohort))
    assert sorted(ids(answered(content, patients=OF_THE_COHORT))) == IDS
    assert ids(answered(content, patients=LEFT_OUT)) == IDS[:8]


def test_a_study_file_reads_several_sheets_again_and_leaves_an_open_question_open() -> None:
    labs = [["Patient ID", "Albumin"], *([row[0], 40] for row in PATIENTS), ["P99", 33]]
    other = [HEADER, *([row[0], 100 + row[1], "male", 70, 60, 0] for row in PATIENTS)]
    content = workbook(
        {"labs": labs, "patients": FLAT, "Ward 2": other, "more": [HEADER, ["P13", 3, "male", 20, 15, 0]]}
    )
    first = cd.open_cohort(content)
    study = cd.Study.from_json(first.study.to_json())
    again = cd.open_cohort(content, study=study)
    assert first.cohort is not None
    assert again.cohort is not None
    assert again.questions == first.questions
    assert again.cohort.patients.equals(first.cohort.patients)
    told = {one.id: one.options[-1] for one in first.questions}
    closed = cd.open_cohort(content, study=cd.Study.from_json(study.answered(told).to_json()))
    assert closed.questions == ()
    assert len(closed.cohort.patients) == 25
