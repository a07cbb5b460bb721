"""Exports of survey and trial programs: what the program added is left out and said, and never taken for the patients'."""

from __future__ import annotations

import csv
import io

import pytest
from corpus.builders import Rows

import cdanalysis as cd

N = 8
CRP = [float(3 + n) for n in range(N)]
TOLD = ["crp", "relapse", "relapse_months"]


def written(rows: Rows) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def answers(n: int) -> list[object]:
    return [CRP[n], "Yes" if n % 2 else "No", 6 + n]


QUALTRICS = [
    ["StartDate", "EndDate", "Status", "Progress", "RecordedDate", "ResponseId", *TOLD],
    [
        "Start Date",
        "End Date",
        "Response Type",
        "Progress",
        "Recorded Date",
        "Response ID",
        "CRP?",
        "Relapse?",
        "Months?",
    ],
    ['{"ImportId":"startDate"}', *['{"ImportId":"x"}'] * 8],
    *(["2020-01-01 10:00", "2020-01-01 11:00", 0, 100, "2020-01-01 11:00", f"R_{n}", *answers(n)] for n in range(N)),
]
SURVEYMONKEY = [
    ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", *TOLD],
    ["", "", "", "", "", "Open-Ended Response", "Response", "Open-Ended Response"],
    *([f"R_{n}", 55, "2020-01-01", "2020-01-02", "192.0.2.1", *answers(n)] for n in range(N)),
]
LIMESURVEY = [
    ["id. Response ID", "submitdate. Date submitted", "lastpage. Last page", "startdate. Date started",
     "a1. CRP (mg/L)", "a2. Relapse", "a3. Time to relapse (months)"],
    *([f"R_{n}", "2020-01-01", 4, "2020-01-01", *answers(n)] for n in range(N)),
]  # fmt: skip
FORMS = [
    ["ID", "Start time", "Completion time", "Email", "Name", *TOLD],
    *([f"R_{n}", "2020-01-01 10:00", "2020-01-01 10:20", "anonymous", "", *answers(n)] for n in range(N)),
]
OPENCLINICA = [
    ["Study Subject ID", "CRP_E1_C1", "RELAPSE_E3_C1", "RELAPSE_MONTHS_E3_C1"],
    *([f"R_{n}", *answers(n)] for n in range(N)),
]


@pytest.mark.parametrize("rows", [QUALTRICS, SURVEYMONKEY, LIMESURVEY, FORMS, OPENCLINICA])
def test_the_answers_alone_are_read(rows: Rows) -> None:
    cohort = cd.read_cohort(written(rows), file_name="x.csv")
    assert not cohort.questions
    assert cohort.patients["patient_id"].tolist() == [f"R_{n}" for n in range(N)]
    assert cohort.patients["crp_mg_per_l"].tolist() == CRP
    assert cohort.patients["relapse_months"].tolist() == [6 + n for n in range(N)]
    assert cohort.outcomes["relapse"].n_events == N // 2
    assert "start_date" not in cohort.patients
    assert not cohort.extra_columns
    assert any("own, left out" in one.found or "OpenClinica adds" in one.found for one in cohort.faults)


def test_events_of_one_name_are_visits_whose_weeks_are_asked() -> None:
    rows: Rows = [
        ["Study Subject ID", "CDAI_E1_C1", "CDAI_E2_C1", "SEX_E1_C1"],
        *([f"R_{n}", 300, 100, "f"] for n in range(N)),
    ]
    opened = cd.open_cohort(written(rows), "x.csv")
    assert [one.id for one in opened.questions] == ["visits:patients:V1, V2"]
    study = opened.study.answered({opened.questions[0].id: "0, 24"})
    cohort = cd.read_cohort(written(rows), file_name="x.csv", study=study)
    assert sorted(set(cohort.visits["week"])) == [0, 24]


def test_a_date_of_the_start_stays_one_in_another_file() -> None:
    rows: Rows = [["id", "Start Date", "Last page", *TOLD], *([n, "2020-01-01", 1, *answers(n)] for n in range(N))]
    assert "start_date" in cd.read_cohort(written(rows), file_name="x.csv").patients
