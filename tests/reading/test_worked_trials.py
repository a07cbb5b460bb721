"""Times as trials and programs keep them: a row per parameter, and a mark behind a time that is one of censoring."""

from __future__ import annotations

from reading.test_worked_tables import sheet

from cdanalysis.reading.cells.censored_times import are_marked, bare_time, events_of, without_marks
from cdanalysis.reading.sheets.stating.parameters import MOST_PARAMETERS, apart

HEADERS = "USUBJID PARAMCD PARAM AVAL AVALU CNSR SEX"


def test_a_row_per_patient_and_parameter_becomes_a_row_per_patient() -> None:
    found = apart(
        sheet(
            HEADERS,
            "A OS Overall~survival 10 DAYS 0 m",
            "A PFS Time~to~flare 5 DAYS 1 m",
            "B OS Overall~survival 20 DAYS 2 f",
        )
    )
    assert found.headers == ("USUBJID", "SEX", "OS time (days)", "OS event", "PFS time (days)", "PFS event")
    assert [row for _, row in found.rows] == [
        ("A", "m", 10, "event", 5, "censored"),
        ("B", "f", 20, "censored", None, None),
    ]
    assert [number for number, _ in found.rows] == [2, 4]
    assert found.faults[-1].found == "3 rows: 0 read as the event, 1 and more as censored, as CDISC has it"


def test_units_that_differ_stay_with_their_times() -> None:
    found = apart(sheet(HEADERS, "A OS Survival 10 DAYS 0 m", "B OS Survival 2 MONTHS 1 f"))
    assert found.headers[2] == "OS time"
    assert [row[2] for _, row in found.rows] == ["10.0 DAYS", "2.0 MONTHS"]
    labelled = apart(sheet(HEADERS, "A X Time~to~flare~(months) 10 _ 0 m", "B X Time~to~flare~(months) 2 _ 1 f"))
    assert labelled.headers[2:] == ("flare time (months)", "flare event")
    bare = apart(sheet("USUBJID AVAL CNSR", "A 10 0", "B 2 1"))
    assert bare.headers == ("USUBJID", "event time", "event event")


def test_what_is_no_table_of_parameters_stays_as_it_is() -> None:
    for other in (
        sheet("USUBJID AVAL SEX", "A 1 m"),
        sheet("SEX AVAL CNSR", "m 1 0"),
        sheet("USUBJID AVAL CNSR", "A 1 x"),
        sheet("USUBJID AVAL CNSR", "A 1 -1"),
        sheet("USUBJID AVAL CNSR", "A 1 0.5"),
        sheet("USUBJID AVAL CNSR", "A 1 _"),
        sheet("USUBJID AVAL CNSR", "A 1 0", "A 2 0"),
        sheet("USUBJID PARAMCD AVAL CNSR", *[f"A P{k} 1 0" for k in range(MOST_PARAMETERS + 1)]),
    ):
        assert apart(other) is other
    most = apart(sheet("USUBJID PARAMCD AVAL CNSR", *[f"A P{k} 1 0" for k in range(MOST_PARAMETERS)]))
    assert len(most.headers) == 1 + 2 * MOST_PARAMETERS


def test_a_column_that_differs_within_a_patient_is_left_out() -> None:
    found = apart(sheet("USUBJID PARAMCD AVAL CNSR ARM NOTE", "A OS 10 0 x p", "A PFS 5 1 x q", "B OS 20 1 y p"))
    assert found.headers[:2] == ("USUBJID", "ARM")


def test_times_that_say_that_they_are_of_a_censoring() -> None:
    assert [bare_time(cell) for cell in ("12.3+", ">12.3", "≥ 12", "at least 12 months", "12", "+12", 12)] == [
        "12.3", "12.3", "12", "12 months", "", "", "",
    ]  # fmt: skip
    assert are_marked(["12+", "3", 4])
    assert not are_marked(["12+", "3+"])
    assert not are_marked(["12", "3"])
    assert not are_marked(["12+", "3", "soon"])
    assert without_marks(["12+", 3, None]) == ["12", 3, None]
    assert events_of(["12+", 3, None, "NA"]) == ["censored", "event", None, None]
