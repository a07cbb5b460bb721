"""What an endoscopy shows: SES-CD and Rutgeerts' i2a and i2b beside the CDEIS, and whether activity is a relapse."""

from __future__ import annotations

import io
from dataclasses import replace

import pandas as pd
import pytest

import cdanalysis as cd
from cdanalysis import analyses
from cdanalysis.outcomes.courses import courses
from cdanalysis.settings import Settings
from cdanalysis.writing.choices.definitions import endoscopic_remission
from cdanalysis.writing.footers import footer

ENDOSCOPIES = [
    ("A", 0, "i3", 12), ("A", 6, "i2a", 3), ("B", 0, "i2b", 9), ("B", 6, "i1", 2), ("C", 0, "i2a", 7), ("C", 6, "i0", None),
    ("D", 0, "2b", 8), ("D", 6, "2a", 4), ("E", 0, "I4", 20), ("E", 6, "i2", 9),
]  # fmt: skip


def cohort_of(endoscopies: list[tuple], rutgeerts: str = "Rutgeerts", score: str = "SES-CD") -> cd.cohort.Cohort:
    content = io.BytesIO()
    names = sorted({one[0] for one in endoscopies})
    with pd.ExcelWriter(content) as book:
        pd.DataFrame({"patient_id": names, "follow_up_months": 30}).to_excel(book, sheet_name="patients", index=False)
        table = pd.DataFrame(endoscopies, columns=["patient_id", "months", rutgeerts, score])
        table.to_excel(book, sheet_name="endoscopy", index=False)
    return cd.read_cohort(content.getvalue(), file_name="endoscopies.xlsx")


def test_rutgeerts_grades_are_read_with_their_letters() -> None:
    seen = cohort_of(ENDOSCOPIES).endoscopy.sort_values(["patient_id", "days"])
    assert seen["rutgeerts_score"].tolist() == [3, 2, 2, 1, 2, 0, 2, 2, 4, 2]
    letters = [None, False, True, None, False, None, True, False, None, None]
    assert [None if pd.isna(one) else bool(one) for one in seen["rutgeerts_i2b"]] == letters
    assert seen["ses_cd_points"].tolist()[:5] == [12, 3, 9, 2, 7]


@pytest.mark.parametrize(
    ("chosen", "patients"),
    [
        # i0-i1 after i2 or more: B and C; SES-CD below 3: B
        ({}, {"B", "C"}),
        # i0-i2a after i2b or more: A (i3 to i2a), B, D (i2b to i2a); C was i2a; E's i2 says no letter and counts as active
        ({"rutgeerts_remission": "i2a"}, {"A", "B", "D"}),
        # SES-CD below 4 adds A, by its 3
        ({"ses_cd_remission_below": 4.0}, {"A", "B", "C"}),
    ],
)
def test_remission_by_ses_cd_and_by_rutgeerts(chosen: dict, patients: set[str]) -> None:
    found = analyses.survival(
        cohort_of(ENDOSCOPIES), Settings(outcome="endoscopic_remission", **chosen)
    ).endpoint.patients
    assert set(found.loc[found["event"], "patient_id"]) == patients
    page = analyses.endoscopy(cohort_of(ENDOSCOPIES), Settings(**chosen))
    assert (page.shares[0].k, page.shares[0].n) == (len(patients), 5)
    assert [one.label for one in page.scores] == ["SES-CD", "Rutgeerts"]


def test_the_words_name_the_scores_that_the_cohort_has() -> None:
    cohort = cohort_of(ENDOSCOPIES)
    assert endoscopic_remission(Settings(), cohort) == "SES-CD below 3 points, or Rutgeerts i0-i1 after i2 or more"
    assert "remission: SES-CD &lt; 3, Rutgeerts i0-i2a" in footer(
        cohort, Settings(rutgeerts_remission="i2a"), "endoscopy"
    )
    assert "remission: CDEIS &lt; 7, Rutgeerts i0-i1" in footer(cd.demo_cohort(), Settings(), "endoscopy")


def test_the_yearly_course_is_that_of_the_score_there_is() -> None:
    serial = [(name, month, "i2", 20 - month / 3 + n) for n, name in enumerate("ABC") for month in (0, 12, 24)]
    found = analyses.endoscopy(cohort_of(serial), Settings())
    assert (found.yearly.label, found.n_serial) == ("SES-CD", 3)
    assert [one.described.mean for one in found.years] == [21, 17, 13]


@pytest.mark.parametrize("cell", ["i2c", "i5", "i1a", "2ab"])
def test_what_is_no_grade_is_a_fault(cell: str) -> None:
    cohort = cohort_of([("A", 0, cell, 5), ("A", 6, "i1", 5)])
    assert [fault.found for fault in cohort.faults if fault.column == "rutgeerts_score"] == [cell]


def test_endoscopic_activity_is_a_relapse_by_the_score_only_where_that_is_chosen_and_the_page_says_who_it_is_of() -> (
    None
):
    cohort = cd.demo_cohort()
    printed, scored = (analyses.relapse(cohort, Settings(endoscopic_activity=how)) for how in ("event", "score"))
    assert int(printed.patients["event"].sum()) == 22
    assert printed.remarks[-1].startswith("19 patients without a relapse have an endoscopy with activity by its score")
    assert int(scored.patients["event"].sum()) == 22 + 19
    assert not any("activity by its score" in note for note in scored.remarks)
    without = analyses.relapse(cohort, Settings(endoscopic_activity="score", relapse_definition="cdai"))
    assert int(without.patients["event"].sum()) == 20  # the rule without objective activity asks no endoscopy


def test_activity_is_that_of_the_level_in_use_and_dated_by_the_endoscopy() -> None:
    cohort = cd.demo_cohort()
    chosen = Settings(endoscopic_activity="score", cdeis_remission_below=7.0)
    stricter = replace(chosen, cdeis_remission_below=3.0)
    low, high = (analyses.relapse(cohort, one).patients for one in (chosen, stricter))
    assert high["event"].sum() > low["event"].sum()
    first = low[low["ended_by"] == "endoscopic activity"].iloc[0]
    day = first["origin_days"] + first["time_months"] * 365.25 / 12
    seen = cohort.endoscopy[cohort.endoscopy["patient_id"] == first["patient_id"]]
    on_the_day = seen[(seen["days"] - day).abs() < 1e-6]
    assert (on_the_day["cdeis_points"] >= 7).any() or (on_the_day["rutgeerts_score"] >= 2).any()


def test_courses_are_remembered_by_the_levels_of_the_scores_only_where_those_count() -> None:
    cohort = cd.demo_cohort().with_memory({})
    levels = [replace(cd.Settings(), cdeis_remission_below=level) for level in (2.0, 6.0)]
    assert courses(cohort, levels[0]) is courses(cohort, levels[1])
    by_score = [replace(one, endoscopic_activity="score") for one in levels]
    assert courses(cohort, by_score[0]) is not courses(cohort, by_score[1])
    assert courses(cohort, by_score[0]) is courses(cohort, by_score[0])
