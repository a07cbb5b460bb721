"""Matching: what is asked instead of guessed, corrections, units, sheets, identities, and the JSON that keeps a matching."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pandas as pd
import pytest
from reading.test_read_cohort import faults, flat, workbook

import cdanalysis as cd
from cdanalysis.outcomes.covariates import available
from cdanalysis.reading import Matching, open_file
from cdanalysis.reading.headers.corrections import FURTHER, LEAVE_OUT, choice_of, chosen, corrected, from_json, to_json
from cdanalysis.reading.headers.evidence.identifiers import identifier_in, is_national_id
from cdanalysis.reading.headers.matching import CHOSEN, LEFT_OUT, MatchRow, match_headers
from cdanalysis.reading.headers.sheet_names import match_sheets

OUTCOME = "relapse_months,relapse_event,follow_up_months"


def place_of(matching: Matching, header: str) -> int:
    return next(place for place, row in enumerate(matching.rows) if row.header == header)


def choose(cohort: cd.Cohort | object, header: str, column: str, unit: str = "", week: float | None = None) -> Matching:
    """The cohort's matching with one choice of the reader."""
    return corrected(cohort.matching, {place_of(cohort.matching, header): (column, unit, week)}, {})


def answered(content: bytes, **answers: str) -> cd.Cohort:
    """The cohort with answers, each to the one open question whose id begins with its name."""
    opened = cd.open_cohort(content, "x.csv")
    ids = {name: next(one.id for one in opened.questions if one.id.startswith(name)) for name in answers}
    return cd.read_cohort(content, study=opened.study.answered({ids[name]: told for name, told in answers.items()}))


def test_two_headers_that_fit_one_column_are_asked_about_and_the_choice_is_read() -> None:
    content = f"id,CRP,hs-CRP,{OUTCOME}\nA,1,10,3,1,9\nB,2,20,4,0,9\n".encode()
    cohort = cd.read_cohort(content)
    assert "crp_mg_per_l" not in cohort.patients
    assert [(one.id, one.options) for one in cohort.questions] == [
        ("header:patients:crp_mg_per_l", ("CRP", "hs-CRP", "none of these"))
    ]
    again = answered(content, header="hs-CRP")
    assert again.patients["crp_mg_per_l"].tolist() == [10, 20]
    assert again.extra_columns == ("CRP",)
    assert faults(again) == []
    assert again.questions == ()
    assert again.fingerprint != cohort.fingerprint
    assert answered(content, header="none of these").extra_columns == ("CRP", "hs-CRP")


def test_another_answer_replaces_the_one_before() -> None:
    content = f"id,CRP (mg/dL),hs-CRP,{OUTCOME}\nA,1,10,3,1,9\nB,2,20,4,0,9\n".encode()
    first = answered(content, header="hs-CRP")
    (asked,) = cd.read_cohort(content).questions
    again = cd.read_cohort(content, study=first.study.answered({asked.id: "CRP (mg/dL)"}))
    assert again.patients["crp_mg_per_l"].tolist() == [10, 20]  # the unit that its header states
    assert again.extra_columns == ("hs-CRP",)


def test_an_exact_name_beats_a_synonym_and_the_other_stays_a_covariate() -> None:
    cohort = flat("A,1,7,9", "B,2,8,9", header="patient_id,CRP,crp_mg_per_l,follow_up_months\n")
    assert cohort.patients["crp_mg_per_l"].tolist() == [7, 8]
    assert cohort.patients["CRP"].tolist() == [1, 2]
    assert "CRP" in available(cohort)


def test_a_header_that_may_be_two_columns_is_asked_about() -> None:
    content = "编号,随访截日期,开始日期\nA,2021-02-03,2020-01-02\nB,2021-03-04,2020-01-03\n".encode()
    (asked,) = cd.read_cohort(content).questions
    assert asked.options == ("last_follow_up_date", "visit_date", "a further column")
    assert answered(content, column="last_follow_up_date").patients["follow_up_days"].tolist() == [398, 426]


def test_twin_headers_are_asked_about_and_never_take_the_dictionarys_name_by_the_back_door() -> None:
    cohort = flat("A,1,2,9", "B,3,4,9", header="patient_id,crp_mg_per_l,crp_mg_per_l,follow_up_months\n")
    assert "crp_mg_per_l" not in cohort.patients
    assert cohort.extra_columns == ("crp_mg_per_l (as in the file)", "crp_mg_per_l (as in the file) (2)")
    assert cohort.patients["crp_mg_per_l (as in the file) (2)"].tolist() == [2, 4]


def test_a_further_column_named_row_or_days_does_not_disturb_the_reading() -> None:
    cohort = flat("A,1,5,x", "B,2,6,y", header="patient_id,row,follow_up_months,ward\n")
    assert cohort.patients["row (as in the file)"].tolist() == [1, 2]
    assert cohort.patients["ward"].tolist() == ["x", "y"]


def test_a_unit_chosen_by_the_reader_converts_and_one_that_cannot_is_refused() -> None:
    content = f"id,CRP,{OUTCOME}\nA,1.5,3,1,60\nB,2,4,0,90\n".encode()
    cohort = cd.read_cohort(content)
    again = cd.read_cohort(content, matching=choose(cohort, "CRP", "crp_mg_per_l", "mg/dl"))
    assert again.patients["crp_mg_per_l"].tolist() == [15, 20]
    assert "from mg/dL to mg/L (× 10)" in next(row.note for row in again.matching if row.header == "CRP")
    days = cd.read_cohort(content, matching=choose(cohort, "follow_up_months", "follow_up_months", "days"))
    assert days.patients["follow_up_days"].tolist() == pytest.approx([60, 90])
    with pytest.raises(cd.CohortError, match="weeks cannot be converted to mg/L"):
        choose(cohort, "CRP", "crp_mg_per_l", "weeks")
    with pytest.raises(cd.CohortError, match="no column"):
        choose(cohort, "CRP", "shoe_size")


def test_dates_in_a_column_of_durations_are_counted_from_the_start_and_said() -> None:
    start = date(2020, 3, 1)
    sheet = [
        ["patient_id", "start_date", "Time to relapse", "relapse_event", "Follow-up"],
        ["A", start, start + timedelta(61), 1, start + timedelta(122)],
        ["B", start, start - timedelta(9), 0, start + timedelta(365)],
    ]
    cohort = cd.read_cohort(workbook(patients=sheet))
    assert cohort.patients["relapse_months"].tolist() == pytest.approx([61 / 30.4375, float("nan")], nan_ok=True)
    assert cohort.patients["follow_up_days"].tolist() == pytest.approx([122, 365])
    assert next(r.note for r in cohort.matching if r.column == "relapse_months") == (
        "dates, converted to months from start_date"
    )
    assert faults(cohort) == [("patients", 3, "relapse_months", "-0.2957 months after the start")]
    without = cd.read_cohort(workbook(patients=[[row[0], *row[2:]] for row in sheet]))
    assert ("patients", None, "relapse_months", "dates, and no start_date") in faults(without)


def test_a_column_can_be_freed_left_out_and_made_a_visit() -> None:
    content = f"id,CDAI 2nd,Smoker,{OUTCOME}\nA,200,yes,3,1,9\nB,100,no,4,0,9\n".encode()
    cohort = cd.read_cohort(content)
    visit = cd.read_cohort(content, matching=choose(cohort, "CDAI 2nd", "cdai_points", week=8))
    assert visit.visits[["week", "cdai_points"]].to_numpy().tolist() == [[8, 200], [8, 100]]
    freed = cd.read_cohort(content, matching=choose(cohort, "Smoker", FURTHER))
    assert "smoking" not in freed.patients
    assert freed.patients["Smoker"].tolist() == ["yes", "no"]
    without = cd.read_cohort(content, matching=choose(cohort, "Smoker", LEAVE_OUT))
    assert not {"Smoker", "smoking"} & set(without.patients)


def test_a_refused_file_can_be_read_once_its_columns_are_named() -> None:
    content = b"Kennung,CRP,Dauer\nA,3,12\nB,4,24\n"
    opened = open_file(content, file_name="klinik.csv")
    assert opened.cohort is None
    assert "patient_id" in opened.refusal
    assert [(one.match.header, one.holds, one.values) for one in opened.look.columns["patients"]] == [
        ("Kennung", "text", "A · B"),
        ("CRP", "numbers", "3 · 4"),
        ("Dauer", "numbers", "12 · 24"),
    ]
    named = {0: ("patient_id", "", None), 2: ("follow_up_months", "", None)}
    again = open_file(content, file_name="klinik.csv", study=corrected(opened.look.matching, named, {}))
    assert again.refusal == ""
    assert again.cohort.patients["follow_up_months"].isna().all()
    assert [one.id for one in again.questions] == ["unit:patients:Dauer"]
    told = again.study.answered({"unit:patients:Dauer": "years"})
    assert cd.read_cohort(content, study=told).patients["follow_up_months"].tolist() == [144, 288]
    kept = cd.Study.from_json(told.to_json())
    assert cd.read_cohort(content, study=kept).patients["follow_up_months"].tolist() == [144, 288]


def test_sheets_are_matched_by_a_word_and_by_choice_and_several_may_be_of_one_kind() -> None:
    assert [one.sheet for one in match_sheets(["Patients 2024", "Visit", "Adverse evnts", "Tabelle1"])] == [
        "patients",
        "visits",
        "adverse_events",
        "",
    ]
    assert [(one.sheet, one.how) for one in match_sheets(["visit", "follow up", "patients"])] == [
        ("visits", "synonym"),
        ("visits", "synonym"),
        ("patients", "exact name"),
    ]
    book = {"Tabelle1": [["id", "sex"], ["A", "m"]], "Tabelle2": [["id", "week", "cdai"], ["A", 0, 250]]}
    content = workbook(**book)
    opened = open_file(content, file_name="x.xlsx")
    named = corrected(opened.look.matching, {}, {"Tabelle1": "patients", "Tabelle2": "visits"})
    cohort = cd.read_cohort(content, matching=named)
    assert cohort.visits["cdai_points"].tolist() == [250]


def test_a_matching_is_kept_in_json_without_a_value_of_the_file_and_restored() -> None:
    header = f"Kennung,CRP,hs-CRP,Stadt,{OUTCOME}"
    content = f"{header}\nSECRET1,1.5,9,Ulm,3,1,60\nSECRET2,2,9,Bonn,4,0,90\n".encode()
    first = open_file(content, file_name="x.csv").look.matching
    named = corrected(
        first,
        {0: ("patient_id", "", None), 1: ("crp_mg_per_l", "mg/dl", None), 3: (LEAVE_OUT, "", None)},
        {},
    )
    kept = to_json(cd.read_cohort(content, matching=named).matching)
    assert not any(word in kept for word in ("SECRET", "Ulm", "1.5", "x.csv"))
    restored = from_json(kept)
    one, other = (cd.read_cohort(content, matching=matching) for matching in (named, restored))
    pd.testing.assert_frame_equal(one.patients, other.patients)
    assert to_json(other.matching) == kept
    later = f"{header},new\nC,3,9,Rom,3,1,60,7\nD,4,9,Rom,3,0,60,8\n".encode()
    assert cd.read_cohort(later, matching=restored).patients["crp_mg_per_l"].tolist() == [30, 40]


@pytest.mark.parametrize(
    "change",
    [
        {"format": "other"},
        {"version": 2},
        {"columns": 3},
        {"sheets": []},
        {"columns": [3]},
        {"columns": [{"sheet": "patients", "header": "a", "column": "__class__"}]},
        {"columns": [{"sheet": "nowhere", "header": "a", "column": "sex"}]},
        {"columns": [{"sheet": "patients", "header": "a", "column": "crp_mg_per_l", "unit": "weeks"}]},
        {"columns": [{"sheet": "patients", "header": "a", "column": "cdai_points", "week": True}]},
        {"sheets": {"a": "nowhere"}},
    ],
)
def test_a_strange_matching_is_refused_in_a_sentence(change: dict[str, object]) -> None:
    told = {"format": "cdanalysis matching", "version": 1, "sheets": {}, "columns": [], **change}
    with pytest.raises(cd.CohortError):
        from_json(json.dumps(told))
    for text in ("", "[", "[" * 100_000, "null", '{"a": NaN}'):
        with pytest.raises(cd.CohortError):
            from_json(text)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (["11010519491231002X", "440524188001010014", "11010519491231002X"], "national identity numbers"),
        (["110105194912310021", "440524188001010015", "110105194912310022"], ""),
        (["13812345678", "15900001111", "+8613912345678"], "phone numbers"),
        (["a.b@clinic.org", "c@d.de", "e@f.com"], "e-mail addresses"),
        (["王小明", "李华", "张三丰", "刘洋"], "names"),
        (["回肠型", "结肠型", "回肠型", "结肠型"], ""),
        ([f"{first} {last}" for first in ("Anna", "Marco", "Li", "Olga") for last in ("Rossi", "Weber", "Novak")], "names"),
        (["Ileal Disease"] * 6 + ["Colonic Disease"] * 6, ""),
        (["1950-02-03", "1988-11-30", "1971-01-01"], "full birth dates"),
        (["2019-02-03", "2020-11-30", "2021-01-01"], ""),
        ([date(1950, 2, 3), date(1988, 1, 2), date(1960, 1, 2)], "full birth dates"),
        (["A1", "A2", "A3"], ""), ([13812345678.0, 15900001111.0, 13912345678.0], "phone numbers"), ([1, 2, 3], ""), ([], ""),
    ],
)  # fmt: skip
def test_a_column_that_tells_who_a_patient_is_is_known_by_its_content(cells: list[object], told: str) -> None:
    assert identifier_in(cells) == told


def test_the_check_digit_of_a_national_id_is_checked() -> None:
    assert is_national_id("11010519491231002x")
    assert not is_national_id("110105194912310020")


def test_identifiers_are_left_out_not_shown_and_said_until_the_reader_wants_them() -> None:
    content = "id,kontakt,姓名,follow_up_months\nA,13812345678,王小明,9\nB,15900001111,李华,9\nC,13912345678,刘洋,9\n".encode()
    opened = open_file(content, file_name="x.csv")
    assert opened.cohort.extra_columns == ()
    assert "138" not in opened.cohort.patients.to_csv()
    looks = {one.match.header: one for one in opened.look.columns["patients"]}
    assert looks["kontakt"].match.how == looks["姓名"].match.how == LEFT_OUT
    assert looks["kontakt"].values == looks["姓名"].values == "(not shown)"
    said = {(fault[2], fault[3]) for fault in faults(opened.cohort)}
    assert ("kontakt", "looks like phone numbers") in said
    kept = cd.read_cohort(content, matching=choose(opened.cohort, "kontakt", FURTHER))
    assert "kontakt" in kept.patients


def test_ids_that_are_names_or_numbers_of_a_person_become_running_numbers_in_every_sheet() -> None:
    ids = ["11010519491231002X", "440524188001010014", "110101198506014535"]
    book = workbook(
        patients=[["patient_id", "sex"], [ids[0], "m"], [ids[1], "f"], [ids[2], "m"]],
        visits=[["patient_id", "week", "cdai"], [ids[1], 0, 200], ["unknown", 0, 210]],
    )
    opened = open_file(book, file_name="x.xlsx")
    cohort = opened.cohort
    assert cohort.patients["patient_id"].tolist() == ["P1", "P2", "P3"]
    assert cohort.visits["patient_id"].tolist() == ["P2"]
    everything = repr(cohort.faults) + cohort.patients.to_csv() + cohort.visits.to_csv() + repr(opened.look)
    assert not any(identity in everything for identity in ids)


def test_choices_and_rows_are_each_others_inverse() -> None:
    row = MatchRow("patients", "x", "", CHOSEN)
    for column in ("crp_mg_per_l", FURTHER, LEAVE_OUT):
        assert choice_of(chosen(row, column)) == column


@pytest.mark.parametrize(
    ("header", "column", "factor"),
    [
        ("CRP at baseline (mg/dL)", "crp_mg_per_l", 10),
        ("crp_bl", "crp_mg_per_l", 1),
        ("Age at inclusion", "age_years", 1),
        ("CRP (normal < 5 mg/L)", "crp_mg_per_l", 1),
        ("CRP (normal < 0.5 mg/dL)", "crp_mg_per_l", 10),
        ("CRP (мг/л)", "crp_mg_per_l", 1),
        ("PCR (mg/dL)", "crp_mg_per_l", 10),
    ],
)
def test_a_baseline_and_a_normal_range_are_no_other_measurement(header: str, column: str, factor: float) -> None:
    (row,) = match_headers("patients", [header], flat=True)
    assert (row.column, row.factor, row.open_unit) == (column, factor, False)


def test_the_bare_name_wins_over_that_at_baseline() -> None:
    rows = match_headers("patients", ["CRP at baseline", "CRP"], flat=True)
    assert [row.column for row in rows] == ["", "crp_mg_per_l"]


@pytest.mark.parametrize(
    "header", ["relapse at baseline", "last follow-up date baseline", "follow-up baseline (months)"]
)
def test_no_outcome_and_no_time_is_one_at_baseline(header: str) -> None:
    (row,) = match_headers("patients", [header], flat=True)
    assert row.column == ""
