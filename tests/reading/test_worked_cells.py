"""Small rules of reading, each at its edge: what a share, a count or a range lets through, and what lies just beyond it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from reading.test_outcomes import asked, table

from cdanalysis.errors import CohortError
from cdanalysis.reading.bytes.budget import MOST_COLUMNS, _Size
from cdanalysis.reading.bytes.repetition import _times
from cdanalysis.reading.checks.rounded_ends import _half_unit, checked
from cdanalysis.reading.checks.week_unit import _beside_dates, _beside_ends
from cdanalysis.reading.headers.evidence.kinds import are_dates
from cdanalysis.reading.headers.evidence.pseudonyms import pseudonymous
from cdanalysis.reading.headers.units.unit_words import LASTING, UNIT_FACTORS
from cdanalysis.reading.naming import OWN, label_of
from cdanalysis.reading.outcomes.codes.meanings import _noun_of
from cdanalysis.reading.rows.header.header_rows import named
from cdanalysis.reading.rows.visit_names import timed
from cdanalysis.reading.sources import MOST_FILES, contents
from cdanalysis.results import StatedOutcome
from cdanalysis.units import DAYS_PER_MONTH


def test_dates_are_date_cells_and_texts_of_dates_alone() -> None:
    assert are_dates([date(2024, 3, 31), "2024-03-31", "31/3/2024"])
    assert not are_dates(["2024-03-31", 45000])
    assert not are_dates(["2024-03-31", "soon"])
    assert not are_dates([])


def test_a_header_shorter_than_its_headings_is_filled_up() -> None:
    assert named(["id", "week 8"], {1: "CDAI", 3: "CRP"}) == ["id", "CDAI week 8", "", "CRP"]
    assert named(["id"], {}) == ["id"]


def test_how_often_a_cell_of_a_text_document_is_repeated() -> None:
    assert _times(b'table:number-columns-repeated="7"') == 7
    assert _times(b'table:style-name="ce1"') == 1


def test_a_sheet_may_repeat_a_cell_to_its_last_column_and_no_further() -> None:
    def repeated(times: int) -> bytes:
        return f'<table:table-cell office:value-type="float" table:number-columns-repeated="{times}">1</table:table-cell>'.encode()

    _Size(True).add(repeated(MOST_COLUMNS), b"")
    with pytest.raises(CohortError, match="larger than"):
        _Size(True).add(repeated(MOST_COLUMNS + 1), b"")


GRAM = {"g": 1.0, "mg": 1e-3, "µg": 1e-6, "ng": 1e-9, "10^9": 1.0, "10^12": 1e3, "": 1e-9}
PER = {"L": 1.0, "dL": 0.1, "µL": 1e-6, "g": 1.0, "d": 1.0}


def test_units_of_mass_and_number_convert_by_their_prefixes() -> None:
    def size(unit: str) -> float:
        over, _, under = unit.partition("/")
        return GRAM[over] / PER[under]

    for unit, others in UNIT_FACTORS.items():
        if unit not in LASTING:
            assert others == pytest.approx({other: size(other) / size(unit) for other in others}), unit
    assert UNIT_FACTORS["weeks"]["days"] == 1 / 7
    assert UNIT_FACTORS["days"]["hours"] == 1 / 24
    assert UNIT_FACTORS["days"]["quarters"] == UNIT_FACTORS["months"]["quarters"] * DAYS_PER_MONTH == 3 * DAYS_PER_MONTH
    assert UNIT_FACTORS["days"]["years"] == pytest.approx(365.25)


def test_half_a_unit_of_the_last_digit_of_a_sheet_s_times() -> None:
    assert _half_unit(pd.DataFrame({"days": [1.5]})) == 0
    assert _half_unit(pd.DataFrame({"months": [1.5, 2.5, 3.0]})) == pytest.approx(0.05 * DAYS_PER_MONTH)
    assert _half_unit(pd.DataFrame({"week": [2.0, 8.0]})) == 3.5
    assert _half_unit(pd.DataFrame({"months": [np.nan], "week": [2.0]})) == 3.5


def test_weeks_that_are_months_by_the_dates_of_the_visits() -> None:
    patients = pd.DataFrame({"patient_id": ["A"], "start_date": [100.0]})

    def told(days_each: float, n: int = 5, first: int = 2) -> str:
        week = np.arange(first, first + n, dtype=float)
        visits = pd.DataFrame({"patient_id": "A", "week": week, "visit_date": 100 + days_each * week})
        return _beside_dates(visits, patients)

    assert told(30) == "by the dates of the visits one of them lasts 30 days"
    assert told(26)
    assert told(35)
    assert not told(25.9)
    assert not told(35.1)
    assert not told(30, n=4)
    assert not told(30, first=1)  # of week 1 a few days say nothing: four are left


def test_weeks_that_are_months_by_the_ends_of_follow_up() -> None:
    def told(last: list[float], end: list[float]) -> str:
        ids = [f"P{place}" for place in range(len(last))]
        visits = pd.DataFrame({"patient_id": ids, "week": last})
        return _beside_ends(visits, pd.DataFrame({"patient_id": ids, "follow_up_days": np.array(end) * DAYS_PER_MONTH}))

    near = [10.0, 20.0, 30.0, 40.0, 50.0]
    assert told(near, near) == "the last visit of 5 of 5 patients is their follow-up in months"
    assert not told(near[:4], near[:4])
    assert not told([10.0, 10, 10, 20, 20], [10.0, 10, 10, 20, 20])  # a schedule, not the ends
    assert told([8.99, *near[1:]], near)  # 1.01 off 10: four of five are near, enough
    assert "4 of 5" in told([8.9, *near[1:]], near)
    assert not told([8.9, 17.9, *near[2:]], near)  # three of five


def test_ids_that_say_who_a_patient_is_become_running_numbers_in_every_sheet() -> None:
    mails = ["a@x.org", "b@x.org", "c@x.org", "a@x.org", "d@x.org", "e@x.org"]
    frames = {"patients": pd.DataFrame({"patient_id": mails[:3]}), "visits": pd.DataFrame({"patient_id": mails})}
    hidden, faults = pseudonymous(frames, ())
    assert hidden["patients"]["patient_id"].tolist() == ["P1", "P2", "P3"]
    assert hidden["visits"]["patient_id"].tolist() == ["P1", "P2", "P3", "P1", "P4", "P5"]
    assert len(faults) == 1
    plain = {"patients": pd.DataFrame({"patient_id": ["1", "2", "3"]})}
    assert pseudonymous(plain, ())[0]["patients"]["patient_id"].tolist() == ["1", "2", "3"]
    assert pseudonymous(plain, ())[1] == []


@pytest.mark.parametrize(
    ("name", "own"),
    [("cohort_2024.xlsx", False), ("cohort_12.csv", False), ("cohort_123.csv", True), ("cohort_2100.csv", True),
     ("cohort_1234.csv", True), ("smith.csv", True), ("", True)],
)  # fmt: skip
def test_a_file_s_name_is_shown_where_it_says_nothing_of_a_person(name: str, own: bool) -> None:
    assert label_of(name) == (OWN if own else name)


@pytest.mark.parametrize(
    ("text", "week"),
    [("CDAI week 8", 8), ("6 weeks before", -6), ("month 1 week 2", None), ("CDAI day 7", 1), ("CDAI", None)],
)
def test_the_one_time_in_a_text(text: str, week: float | None) -> None:
    found = timed(text)
    assert (found.week if found else None) == week


def test_a_source_is_a_file_or_up_to_ten_of_them() -> None:
    assert contents(b"x") == (("upload", b"x"),)
    assert contents(("a.csv", b"x")) == (("a.csv", b"x"),)
    assert contents([("a.csv", b"x"), b"y", b"z"]) == (("a.csv", b"x"), ("file 2", b"y"), ("file 3", b"z"))
    assert contents([("a.csv", b"x"), b"y"]) == (("a.csv", b"x"), ("file 2", b"y"))
    assert contents((b"x", b"y")) == (("file 1", b"x"), ("file 2", b"y"))
    assert len(contents([b"x"] * MOST_FILES)) == MOST_FILES
    for several in ([], [b"x"] * (MOST_FILES + 1)):
        with pytest.raises(CohortError, match="From 1 to"):
            contents(several)


def test_words_of_several_outcomes_are_the_first_where_all_are_outcomes() -> None:
    found = _noun_of("relapse death")
    assert found is not None
    assert found.code == "relapse"
    assert _noun_of("relapse yesterday") is None
    assert _noun_of("") is None


def test_a_date_that_everybody_has_asks_for_no_last_follow_up() -> None:
    starts, deaths, ends = (" ".join([day] * 6) for day in ("2020-01-01", "2020-05-01", "2021-01-01"))
    content = table("start_date,death_date,checked on", starts, deaths, ends)
    assert "dates:patients:last_follow_up_date" not in asked(content)


@pytest.mark.parametrize(
    ("beyond", "rounded_down"),
    [
        ([30.005, 30.005], True), ([30.02, 30.02], False), ([15.02, 15.02], True), ([15.005, 15.005], False), ([20], False),
        ([20, 20, 31], True), ([20, 20, 31, 31], False), ([-5, 0, 20, 20], True),
    ],
)  # fmt: skip
def test_ends_are_rounded_down_where_something_is_within_a_whole_unit_behind_most(
    beyond: list[float], rounded_down: bool
) -> None:
    patients = pd.DataFrame({"follow_up_days": 100.0, "follow_up_tolerance_days": 15.0, "row": range(len(beyond))})
    patients["relapse_months"] = (100 + np.array(beyond, float)) / DAYS_PER_MONTH
    found, faults = checked({}, patients, (StatedOutcome("relapse", "relapse"),))
    assert found["follow_up_tolerance_days"].tolist() == [30 if rounded_down else 15] * len(beyond)
    n = sum(15 < one < 30.01 for one in beyond)
    assert [one.found.split(" × ")[0] for one in faults] == ([str(n)] if rounded_down else [])
