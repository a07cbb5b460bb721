"""Faults seen over rows, sheets and columns: order, units that do not fit; an error stops only what depends on it."""

from __future__ import annotations

import pytest
from reading.test_read_cohort import faults, flat, workbook

import cdanalysis as cd
from cdanalysis.sections.flow.tables import grouped


def test_times_that_contradict_each_other_are_warned_of_and_used() -> None:
    cohort = cd.read_cohort(
        workbook(
            patients=[["patient_id", "follow_up_days", "combination_end_days"], ["A", 300, 400], ["B", 500, 500]],
            visits=[["patient_id", "days", "cdai"], ["A", -90, 250], ["A", 0, 240], ["A", 330, 90], ["B", 503, 80]],
            events=[["patient_id", "days", "event"], ["B", -3, "abscess"], ["A", 200, "surgery"]],
        )
    )
    assert faults(cohort) == []
    assert faults(cohort, "warning") == [
        ("patients", 2, "combination_end_months", "100 days after the end of follow-up"),
        ("visits", 2, "visit_date", "day -90"),
        ("visits", 4, "visit_date", "30 days after the end of follow-up"),
        ("events", 2, "event_date", "day -3"),
    ]
    assert (len(cohort.visits), len(cohort.events)) == (4, 2)


def test_an_outcome_after_the_end_of_follow_up_is_said_of_every_row_and_shown_on_one_line() -> None:
    cohort = flat(*(f"P{i},3,5,10,1" for i in range(25)))
    said = faults(cohort, "warning")
    assert said == [("patients", row, "relapse_months", "152 days after the end of follow-up") for row in range(2, 27)]
    (line,) = grouped(cohort.faults).itertuples(index=False)
    assert line[:5] == ("patients", "relapse_months", 25, "2, 3, 4 and 22 more", "152 days after the end of follow-up")
    assert cohort.patients["relapse_months"].notna().all()


def test_faults_are_put_on_one_line_only_where_they_are_equal_but_for_the_cell() -> None:
    cohort = flat("A,high,24,10,yes", "B,7000,24,5,no", "C,low,24,8,maybe", "D,x,24,8,no", "E,y,24,8,1")
    errors = [fault for fault in cohort.faults if fault.severity == "error"]
    lines = grouped(errors)
    assert lines[["Column", "Times", "Rows", "Found"]].to_numpy().tolist() == [
        ["crp_mg_per_l", 5, "2, 3, 4 and 2 more", "high, 7000, low and 2 more"],
        ["relapse_event", 1, "4", "maybe"],
    ]
    assert lines["Times"].sum() == len(errors)


@pytest.mark.parametrize(
    ("header", "values", "told"),
    [
        ("CRP (mg/L)", [0.05 * i for i in range(1, 40)], "values that look like mg/dL"),
        ("CRP (mg/dL)", [0.05 * i for i in range(1, 40)], ""),
        ("CRP", [2.5] * 30 + [40, 80], ""),
        ("CRP", [0.5 * i for i in range(1, 60)], ""),
        ("CRP", [0.1, 0.2, 0.3], ""),
        ("Hb (g/L)", [12.1, 13.5, 9.8, 11], "values that look like g/dL"),
        ("Hb", [121, 135, 98], ""),
        ("surgery_months", [900, 1500, 2000, 3000], "values that look like days"),
    ],
)
def test_a_column_in_another_unit_is_suspected_and_never_changed(header: str, values: list[float], told: str) -> None:
    cohort = flat(*(f"P{i},{value:g},9" for i, value in enumerate(values)), header=f'id,"{header}",follow_up_months\n')
    found = [fault[3] for fault in faults(cohort, "warning") if fault[3].startswith("values that look")]
    assert found == ([told] if told else [])


@pytest.mark.parametrize("value", ["-5", "1101", "5000"])
def test_an_impossible_cdai_is_left_out_and_the_rest_is_analysed(value: str) -> None:
    rows = [f"P{i},{value if i == 3 else 200 + i},{10 + i},{i % 2},40" for i in range(20)]
    cohort = flat(*rows, header="id,cdai,relapse_months,relapse_event,follow_up_months\n")
    assert faults(cohort) == [("patients", 5, "cdai_points", value)]
    assert cohort.patients["cdai_points"].isna().sum() == 1
    result = cd.analyses.survival(cohort, cd.Settings())
    assert result.n == 20


def test_an_event_after_the_patients_death_is_said_by_row() -> None:
    rows = ["A,5,1,4,1", "B,5,1,9,1", "C,5,0,4,1", "D,5,1,4,0"]
    content = "\n".join(["id,relapse_months,relapse_event,death_months,death_event", *rows]).encode()
    told = [(fault.row, fault.found) for fault in cd.read_cohort(content).faults if "death" in fault.found]
    assert told == [(2, "30 days after death")]
