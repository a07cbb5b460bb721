"""A workbook with a sheet for each patient: put together by the sheets' names, where nothing else tells patients apart."""

from __future__ import annotations

import pytest
from corpus.builders import Rows, workbook

import cdanalysis as cd

NAMES = ["A-01", "A-02", "A-03", "A-04"]


def visits(first: str, *times: object) -> dict[str, Rows]:
    return {
        name: [[first, "CRP (mg/L)", "CDAI"], *([time, 5 + n, 300 - 10 * at] for at, time in enumerate(times))]
        for n, name in enumerate(NAMES)
    }


def items(n: int) -> Rows:
    return [
        ["Sex", "mf"[n % 2]],
        ["Age", 30 + n],
        ["CRP (mg/L)", 5.5 + n],
        ["Relapse", "yes" if n else "no"],
        ["Relapse (months)", 9 + n],
    ]


@pytest.mark.parametrize(
    ("first", "times", "weeks"),
    [
        ("week", (0, 8, 24), [0, 8, 24]),
        ("Visit", ("Baseline", "Week 8", "Week 24"), [0, 8, 24]),
        ("Month", (0, 3), [0, 13]),
    ],
)
def test_sheets_of_visits(first: str, times: tuple[object, ...], weeks: list[int]) -> None:
    cohort = cd.read_cohort(workbook(visits(first, *times)), file_name="x.xlsx")
    assert cohort.patients["patient_id"].tolist() == NAMES
    assert cohort.patients["crp_mg_per_l"].tolist() == [5, 6, 7, 8]
    assert (cohort.visits["days"] / 7).round().astype(int).tolist()[: len(weeks)] == weeks
    assert any("4 sheets read as one patient each" in fault.found for fault in cohort.faults)


@pytest.mark.parametrize("before", [[], [["Item", "Value"]], "id"])
def test_sheets_of_one_value_a_row(before: list[list[object]] | str) -> None:
    sheets = {}
    for n, name in enumerate(NAMES):
        rows = [["Patient ID", name]] if before == "id" else list(before)
        sheets[name if before != "id" else f"Form {n}"] = [*rows, *items(n)]
    cohort = cd.read_cohort(workbook(sheets), file_name="x.xlsx")
    assert cohort.patients["patient_id"].tolist() == NAMES
    assert cohort.patients["age_years"].tolist() == [30, 31, 32, 33]
    assert cohort.patients["crp_mg_per_l"].tolist() == [5.5, 6.5, 7.5, 8.5]
    assert cohort.outcomes["relapse"].n_events == 3
    assert cohort.patients["relapse_months"].tolist() == [9, 10, 11, 12]
    assert not cohort.extra_columns


def test_a_time_twice_in_a_sheet_is_of_several_patients() -> None:
    opened = cd.open_cohort(workbook(visits("week", 0, 8, 0)), "x.xlsx")
    assert opened.cohort is None
