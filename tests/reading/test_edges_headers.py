"""Units, names of sheets and code lists of a file, each rule at its edge."""

from __future__ import annotations

from math import isnan

import pytest
from reading.test_worked_claims import seen
from reading.test_worked_tables import sheet

from cdanalysis.dictionary.columns import COLUMNS
from cdanalysis.reading.headers.matching import match_headers
from cdanalysis.reading.headers.rows import DECIDE, NOT_MATCHED, MatchRow
from cdanalysis.reading.headers.units.stated_units import (
    is_unit_like,
    spelled,
    stated_unit,
    with_unit,
    with_unit_columns,
)
from cdanalysis.reading.rows.shape import RawSheet, fitted
from cdanalysis.reading.sheets.codebook import with_codebook
from cdanalysis.reading.sheets.patients import _numbered_anew, _overlap, _overlap_of_numbers

SPEC = {spec.name: spec for spec in COLUMNS["patients"]}
CRP = SPEC["crp_mg_per_l"]

# --- Units ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "unit"),
    [("CRP (mg/dL)", "mg/dL"), ("CRP", ""), ("CRP (mg/24h)", "mg/24h"), ("CRP (screening)", ""), ("crp_mg_per_l", "")],
)
def test_the_unit_that_a_header_states(header: str, unit: str) -> None:
    assert stated_unit(header, CRP)[0] == unit


def test_a_bracket_that_is_like_a_unit() -> None:
    assert is_unit_like("mg/24h", CRP)
    assert not is_unit_like("local", CRP)
    assert is_unit_like("fortnights", SPEC["follow_up_months"])  # a single word of a duration
    assert not is_unit_like("of all", SPEC["follow_up_months"])
    assert not is_unit_like("mg/24h", SPEC["sex"])


def test_a_column_in_a_unit_that_is_known_unknown_or_not_stated() -> None:
    row = MatchRow("patients", "CRP", "crp_mg_per_l", "synonym")
    known = with_unit(row, CRP, "mg/dL")
    assert (known.factor, known.unit, known.how, known.open_unit) == (10.0, "mg/dL", "unit in the header", False)
    unknown = with_unit(row, CRP, "mg/24h")
    assert isnan(unknown.factor)
    assert (unknown.note, unknown.stated, unknown.open_unit) == ("the unit 'mg/24h' is not known", "mg/24h", True)
    assert with_unit(row, CRP, "") == row
    ends = MatchRow("patients", "FU", "follow_up_months", "synonym")
    assert with_unit(ends, SPEC["follow_up_months"], "").note == "no unit is stated"
    assert with_unit(ends, SPEC["follow_up_months"], "", True) == ends
    sex = MatchRow("patients", "sex", "sex", "synonym")
    assert with_unit(sex, SPEC["sex"], "mg/dL") == sex


def test_a_column_of_units_is_that_of_the_column_that_it_names() -> None:
    rows = match_headers("patients", ["id", "CRP", "CRP unit", "age"])
    told = with_unit_columns(rows, SPEC)
    assert [row.unit_column for row in told] == ["", "CRP unit", "", ""]
    stated = match_headers("patients", ["id", "CRP (mg/L)", "CRP unit"])
    assert [row.unit_column for row in with_unit_columns(stated, SPEC)] == ["", "", ""]  # it says its unit itself
    open_ = [*rows[:2], MatchRow("patients", "CRP unit", "", DECIDE), rows[3]]
    assert with_unit_columns(open_, SPEC)[2].how == NOT_MATCHED
    assert "start date" in spelled(SPEC["start_date"])
    assert not any("date" in one for one in spelled(CRP))


# --- Rows as wide as the headers --------------------------------------------------------------------------------------


def test_a_row_as_wide_as_the_headers_or_wider() -> None:
    assert fitted(["a", " "], 2) == ("a", None)
    assert fitted(["a"], 3) == ("a", None, None)
    assert fitted(["a", "b", None, " "], 2) == ("a", "b")
    assert fitted(["a", None, None, "x", None], 2) == ("a", None, None, "x")


# --- Identifiers of two sheets ----------------------------------------------------------------------------------------


def test_the_share_of_the_ids_that_sheets_have_in_common() -> None:
    first = seen("patients", "id age", "P1 1", "P2 2", "P3 3")
    assert _overlap(first, seen("labs", "id x", "p01 1", "Q 2")) == 0.5
    assert _overlap(seen("patients", "id age", "P1 1"), seen("labs", "id x", "P1 1", "P2 2")) == 1.0
    assert _overlap(first, seen("labs", "id x", "_ 1")) == 0.0
    assert _overlap_of_numbers(first, seen("labs", "id x", "S1 1", "S7 2")) == 0.5
    assert _overlap_of_numbers(first, seen("controls", "id x", "S1 1", "S2 2")) == 0.0
    assert _overlap_of_numbers(first, seen("labs", "id x", "_ 1")) == 0.0


def test_patients_numbered_anew_have_the_name_of_their_sheet() -> None:
    found = _numbered_anew(seen("B", "id x", "1 5", "_ 6"))
    assert [row for _, row in found.table.rows] == [("B 1", 5), (None, 6)]


# --- Code lists -------------------------------------------------------------------------------------------------------


def test_a_list_of_the_file_names_what_is_missing() -> None:
    book = sheet("variable missing", "crp -9;99", "age _", name="codebook")
    table = RawSheet(
        "data", ("id", "CRP", "age"), ((2, ("A", -9, -9)), (3, ("B", 99, 99, "more")), (4, ("C", 5, None)))
    )
    _, found = with_codebook([book, table])
    assert [row for _, row in found.rows] == [("A", None, -9), ("B", None, 99, "more"), ("C", 5, None)]
    assert [one.found for one in found.faults] == ["2 × -9 or 99, missing by the file's own list"]
    clean = RawSheet("data", ("id", "CRP"), ((2, ("A", 5)),))
    assert with_codebook([book, clean])[1].faults == ()
