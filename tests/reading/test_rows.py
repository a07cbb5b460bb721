"""Rows: those that are no patients, headings, row names, rows by visit and by event; nothing left out in silence."""

from __future__ import annotations

import pytest
from corpus.builders import FLAT, HEADER, PATIENTS, table, workbook

import cdanalysis as cd
from cdanalysis.reading import open_file
from cdanalysis.reading.rows.header.header_rows import are_headings, header_place, n_comments
from cdanalysis.reading.rows.no_patients.strangers import A_PATIENT, NO_PATIENT
from cdanalysis.results import Fault


def read(content: list[list[object]], **answers: str) -> cd.reading.Cohort:
    """The cohort of a csv, with answers by the kind of their question."""
    opened = cd.open_cohort(table(content), "x.csv")
    told = {one.id: answers[kind] for one in opened.questions for kind in answers if one.id.startswith(kind)}
    return cd.read_cohort(table(content), file_name="x.csv", study=opened.study.answered(told))


def found(cohort: cd.reading.Cohort) -> list[str]:
    return [fault.found for fault in cohort.faults]


def ids(cohort: cd.reading.Cohort) -> list[str]:
    return cohort.patients["patient_id"].tolist()


IDS = [row[0] for row in PATIENTS]


def test_a_row_that_may_be_a_patient_is_asked_about_once_and_left_out_until_then() -> None:
    rows = [*FLAT, ["see below", *[None] * 5], ["lost patient", *[None] * 5]]
    opened = open_file(table(rows), file_name="x.csv")
    (question,) = opened.questions
    assert "see below (row 14), lost patient (row 15)" in question.text
    assert ids(opened.cohort) == IDS
    assert ids(read(rows, rows=NO_PATIENT)) == IDS
    kept = read(rows, rows=A_PATIENT)
    assert ids(kept) == [*IDS, "see below", "lost patient"]
    assert kept.questions == ()


def test_initials_are_patients_where_identifiers_are_initials() -> None:
    rows = [HEADER, *([name, 3, "male", 8, 5, 0] for name in ("AB", "SD", "MW", "Max", "XY", "CD"))]
    cohort = read(rows)
    assert ids(cohort) == ["AB", "SD", "MW", "Max", "XY", "CD"]
    assert cohort.faults == ()
    numbers = [HEADER, *([name, 3, None, 20, 5, 0] for name in ("AB", "XY", "EF", "SD"))]
    (question,) = open_file(table(numbers), file_name="x.csv").questions
    assert "SD (row 5)" in question.text


def test_ids_that_tell_who_a_patient_is_are_never_quoted() -> None:
    names = ["Maria Rossi", "Anna Bianchi", "Luca Verdi", "Paolo Neri", "Sara Gallo", "Marco Costa", "Elena Greco", "Dario Bruno",
             "Giulia Conti", "Fabio Serra", "Irene Longo"]  # fmt: skip
    rows = [
        HEADER,
        *([name, 3, "male", 20, 5, 0] for name in names),
        ["Carla Fontana", *[None] * 5],
        ["", None, "male", 1, 1, 0],
    ]
    opened = open_file(table(rows), file_name="x.csv")
    told = repr(opened.cohort.faults) + repr(opened.questions) + repr(opened.look)
    assert not any(name in told for name in [*names, "Carla Fontana"])


def test_units_under_the_header_are_the_columns_units() -> None:
    header = ["patient_id", "CRP", "Hb", "sex", "Time to relapse", "relapse"]
    rows = [
        header,
        ["", "mg/dL", "g/dL", "m/f", "weeks", "0/1"],
        *([*row[:2], 12.5, *row[2:3], 40, row[5]] for row in PATIENTS),
    ]
    cohort = read(rows)
    assert cohort.patients["crp_mg_per_l"].tolist() == [25.0 * n for n in range(1, 13)]
    assert set(cohort.patients["haemoglobin_g_per_l"]) == {125.0}
    assert cohort.patients["relapse_months"].tolist() == pytest.approx([40 * 7 / 30.4375] * 12)
    assert ids(cohort) == IDS


def test_names_under_the_header_are_the_headers_where_these_say_nothing() -> None:
    rows = [
        ["id", "V1", "V2", "V3"],
        ["Patient", "C-reactive protein", "Albumin", "Follow-up"],
        ["", "mg/dL", "g/L", "months"],
        *([f"P{n}", n, 40, 20] for n in range(1, 9)),
    ]
    cohort = read(rows)
    assert cohort.patients["crp_mg_per_l"].tolist() == [10.0 * n for n in range(1, 9)]
    assert set(cohort.patients["albumin_g_per_l"]) == {40}
    assert set(cohort.patients["follow_up_months"]) == {20}


def test_means_of_groups_in_the_table_are_asked_about_and_a_patient_called_p_too() -> None:
    mean = ["Mean of group A", 9, None, None, None, None]
    (question,) = open_file(table([*FLAT[:7], mean, *FLAT[7:]]), file_name="x.csv").questions
    assert "Mean of group A (row 8)" in question.text
    (question,) = open_file(table([*FLAT, ["P", 9, "male", 8, 5, 0]]), file_name="x.csv").questions
    assert "P (row 14)" in question.text
    assert ids(read([["id", "crp"], ["P1", 3], ["P2", 4], ["Mean", 3.5], ["* a note", None]])) == ["P1", "P2"]


def test_a_first_patient_with_missing_codes_is_no_row_of_units_or_names() -> None:
    first = ["P00", "unknown", "male", "missing", 5, 0]
    assert ids(read([HEADER, first, *PATIENTS])) == ["P00", *IDS]


def test_a_second_table_below_the_first_is_left_out_and_named() -> None:
    second = [["patient_id", "week", "CDAI", "CRP"], ["P20", 0, 300, 4], ["P21", 0, 280, 3]]
    cohort = read([*FLAT, [None] * 6, *([*row, None, None] for row in second)])
    assert ids(cohort) == IDS
    assert "patient_id: a second table of 3 rows below the first, left out" in found(cohort)
    assert len(read([*FLAT[:7], [None] * 6, *FLAT[7:]]).patients) == 12


def test_a_patient_without_a_value_that_can_be_read_stays_a_patient_and_an_identifier_alone_is_left_out() -> None:
    assert ids(read([*FLAT, ["P13", "?", *[None] * 4]])) == [*IDS, "P13"]
    cohort = read([*FLAT, ["P13", *[None] * 5]])
    assert ids(cohort) == IDS
    assert [(one.reason, one.n) for one in cohort.excluded] == [("identifier and nothing else", 1)]


def test_a_surplus_last_cell_is_no_row_name() -> None:
    rows = [HEADER, *([*row, "x"] for row in PATIENTS)]
    cohort = read(rows)
    assert ids(cohort) == IDS
    assert found(cohort).count("a value without a header") == len(PATIENTS)
    numbered = [HEADER, *([n, *row[1:], "x"] for n, row in enumerate(PATIENTS, 1))]
    assert ids(read(numbered)) == [str(n) for n in range(1, 13)]


def test_row_names_before_visits_are_dropped_and_the_visits_kept() -> None:
    rows = [["id", "week", "cdai"], *([n, 7 if n < 3 else 9, n % 2 * 8, 300] for n in range(1, 5))]
    cohort = read(rows)
    assert ids(cohort) == ["7", "9"]
    assert cohort.visits["week"].tolist() == [0, 8, 0, 8]


def test_a_heading_is_taken_for_texts_that_need_one_and_a_title_is_not() -> None:
    assert are_headings([None, "CDAI", None, "CRP"], ["id", "week 0", "week 8", "week 0"])
    assert not are_headings(["id", "sex", "age", "crp"], ["P01", "male", "33", "3"])
    assert not are_headings(["Cohort of 2020"], ["id", "sex", "age"])
    assert header_place([["Cohort"], ["id", "a", "b"], ["P1", 1, 2], ["P2", 1, 2]]) == 1
    assert n_comments([["#a", "b"], ["P1", 1]]) == 0
    assert n_comments([["# words"], ["a", "b", "c"], ["P1", 1, 2]]) == 1


def redcap(*rows: list[object]) -> list[list[object]]:
    header = ["record_id", "redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance", "sex", "crp", "cdai",
              "drug___1", "event_date", "event", "relapse_months", "relapse_event", "start_date", "form_complete"]  # fmt: skip
    return [header, *rows]


def one_of_redcap(number: int, arm: int = 1) -> list[list[object]]:
    def row(at: str, **cells: object) -> list[object]:
        held = {"record_id": number, "redcap_event_name": at, **cells}
        return [held.get(name) for name in redcap()[0]]

    return [
        row(f"week_8_arm_{arm}", crp=3, cdai=100, drug___1=0, form_complete=2),
        row(
            f"baseline_arm_{arm}",
            sex="male",
            crp=20 + number,
            cdai=300,
            drug___1=0,
            start_date="2020-01-01",
            form_complete=2,
        ),
        row(f"end_arm_{arm}", drug___1=1, relapse_months=5 + number, relapse_event=number % 2, form_complete=0),
        row(
            f"baseline_arm_{arm}",
            redcap_repeat_instrument="events",
            redcap_repeat_instance=1,
            event_date="2020-03-01",
            event="surgery",
        ),
        row(
            f"baseline_arm_{arm}",
            redcap_repeat_instrument="events",
            redcap_repeat_instance=2,
            event_date="2020-04-01",
            event="surgery",
        ),
    ]


def test_redcap_rows_become_patients_visits_and_the_sheets_of_their_forms() -> None:
    cohort = read(redcap(*(row for n in range(1, 13) for row in one_of_redcap(n, 1 + n % 2))))
    patients = cohort.patients
    assert ids(cohort) == [str(n) for n in range(1, 13)]
    assert patients["crp_mg_per_l"].tolist() == [20.0 + n for n in range(1, 13)]
    assert patients["relapse_months"].tolist() == [5.0 + n for n in range(1, 13)]
    assert patients["relapse_event"].tolist() == [bool(n % 2) for n in range(1, 13)]
    assert set(patients["drug___1"]) == {1}
    assert patients["arm"].tolist() == [1 + n % 2 for n in range(1, 13)]
    assert "form_complete" not in patients
    assert cohort.visits[["week", "cdai_points"]].drop_duplicates().to_numpy().tolist() == [[0, 300], [8, 100]]
    assert len(cohort.visits) == 24
    assert cohort.events["days"].tolist() == [60, 91] * 12


def test_of_rows_by_visit_what_changes_is_taken_at_baseline_and_said() -> None:
    rows = [["id", "week", "cdai", "calprotectin", "ferritin", "sex"],
            *([f"P{n}", week, 300 - week, value, value, "male" if week else None] for n in range(1, 5)
              for week, value in ((24, 50), (0, 800 + n), (8, 200)))]  # fmt: skip
    cohort = read(rows)
    for column in ("calprotectin", "ferritin"):  # of the dictionary, and of the file alone
        assert cohort.patients[column].tolist() == [801, 802, 803, 804]
        assert cohort.visits[column].tolist() == [value for n in range(1, 5) for value in (800 + n, 200, 50)]
    assert set(cohort.patients["sex"]) == {"male"}
    assert cohort.patients["cdai_points"].tolist() == [300] * 4
    assert Fault("patients", None, "ferritin", "different values in the rows of one patient", "the value at baseline is used",
                 "warning") in cohort.faults  # fmt: skip


def test_a_number_first_measured_after_the_start_is_said_to_be() -> None:
    rows = [
        ["id", "week", "cdai", "calprotectin"],
        *([f"P{n}", week, 300, value] for n in range(1, 5) for week, value in ((0, None), (24, 50))),
    ]
    assert "measured after the start in every patient" in found(read(rows))


def test_the_event_of_any_row_is_the_patients_with_the_time_in_it() -> None:
    times = ((0, 1), (8, 2), (24, 6))
    rows: list[list[object]] = [["id", "week", "crp", "relapse_months", "relapse_event"]]
    rows += [[f"P{n}", week, 3, months, int(n == 1 and week == 8)] for n in (1, 2, 3) for week, months in times]
    cohort = read(rows)
    assert cohort.patients["relapse_event"].tolist() == [True, False, False]
    assert cohort.patients["relapse_months"].tolist() == [2, 6, 6]


def test_rows_that_contradict_each_other_are_not_put_together() -> None:
    rows = [HEADER, *PATIENTS, ["P01", 99, *PATIENTS[0][2:]]]
    cohort = read(rows)
    assert cohort.patients["crp_mg_per_l"][0] == 2.5
    assert [one.n for one in cohort.excluded] == [1]


def test_a_time_without_visits_is_left_out_and_said() -> None:
    cohort = read([[*HEADER, "visit_date"], *([*row, "2020-01-01"] for row in PATIENTS)])
    assert "a time of visits, with one row per patient: left out" in found(cohort)


def test_only_the_bundled_cohorts_own_mark_makes_a_cohort_synthetic() -> None:
    mark = "SYNTHETIC: these patients do not exist."
    about = [["About this file"], [mark]]
    assert cd.read_cohort(workbook({"about": about, "patients": FLAT})).synthetic
    for other in ({"notes": about}, {"about": [["conventional synthetic DMARD"], ["synthetic"]]}):
        assert not cd.read_cohort(workbook({**other, "patients": FLAT})).synthetic
    assert not read([[*HEADER, "drug"], *([*row, mark] for row in PATIENTS)]).synthetic


def test_padded_numbers_of_patients_are_no_percentiles() -> None:
    """A program pads its numbers, ` 25` below `  9`: the 25th and the 75th patient are patients (a registry of Rio's)."""
    lines = ["id;time in months;death", *(f"{one:>3}; {one % 40 + 1};{one % 2}" for one in range(1, 81))]
    opened = cd.open_cohort("\n".join(lines).encode(), "x.csv")
    assert opened.cohort.patients["patient_id"].tolist() == [str(one) for one in range(1, 81)]
    assert not opened.questions


HEXADECIMAL = ["5fe599", "8689b7", "11f8ea", "b8812a", "893f25", "be99c8", "07e3e8", "369449", "f393b4", "1389ca"]


def test_codes_in_which_a_letter_stands_for_each_digit_are_patients() -> None:
    rows = [HEADER, *([name, 3, "male", 20 + place, 5, 0] for place, name in enumerate([*HEXADECIMAL, "cffdea"]))]
    opened = open_file(table(rows), file_name="x.csv")
    assert ids(opened.cohort) == [*HEXADECIMAL, "cffdea"]
    assert opened.questions == ()


@pytest.mark.parametrize(
    "stranger",
    [
        pytest.param("legend", id="as long, and a letter where others have none"),
        pytest.param("cffde", id="shorter than all others"),
        pytest.param("cff-ea", id="with a mark where others have none"),
    ],
)
def test_a_word_that_is_no_code_as_the_others_is_asked_about(stranger: str) -> None:
    coded = ["5fe599", "8689b7", "11f8ea", "b8812a", "893f25", "be99c8", "07e3e8", "369449", "f393b4", "1389ca"]
    names = [f"{one[:3]}{place % 10}{one[4:]}" for place, one in enumerate(coded)] if stranger == "legend" else coded
    rows = [HEADER, *([name, 3, "male", 20 + place, 5, 0] for place, name in enumerate([*names, stranger]))]
    (question,) = open_file(table(rows), file_name="x.csv").questions
    assert stranger in question.text


def test_a_row_with_nothing_but_a_code_without_a_digit_is_asked_about() -> None:
    rows = [HEADER, *([name, 3, "male", 20, 5, 0] for name in HEXADECIMAL), ["cffdea", *[None] * 5]]
    (question,) = open_file(table(rows), file_name="x.csv").questions
    assert "cffdea" in question.text
