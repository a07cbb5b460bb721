"""Tables: what is printed, what is kept as numbers, and a CSV that runs no formula."""

from __future__ import annotations

from csv import reader
from io import BytesIO, StringIO
from math import nan
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from cdanalysis.results import Estimate, Fault, NotEstimable, PredictorRow
from cdanalysis.sections.baseline.analysis import Baseline, NumberRow
from cdanalysis.sections.baseline.tables import baseline_table
from cdanalysis.sections.flow.tables import cohort_contents, faults_table, matching_table
from cdanalysis.sections.models.section import candidates_table
from cdanalysis.sections.models.tables import predictors_numbers, predictors_table
from cdanalysis.sections.survival.tables import survival_at, survival_numbers
from cdanalysis.settings import Settings
from cdanalysis.statistics.curves.kaplan_meier import SurvivalAt
from cdanalysis.statistics.describe.comparisons import describe
from cdanalysis.writing.tables.csv_file import to_csv_bytes

CRP = PredictorRow(
    "crp", "CRP > 10 mg/L", "CRP ≤ 10 mg/L", 20, 9, 78, 13, 0.00011, Estimate(3.9, 1.6, 9.4), 0.003,
    Estimate(4.72, 1.19, 18.75), 0.027,
)  # fmt: skip
SMOKING = PredictorRow("s", "Smoking: current", "never", 5, 0, 60, 13, 0.4, NotEstimable("no event"), nan, None, nan)
AGE = PredictorRow(
    "age", "Age (years)", "", 98, 22, None, None, NotEstimable("kept continuous"), Estimate(1.01, 0.99, 1.03), 0.5,
    NotEstimable("collinear"), nan,
)  # fmt: skip
ROWS = (CRP, SMOKING, AGE)


def test_the_predictors_table_as_it_is_printed() -> None:
    shown = predictors_table(ROWS, Settings())
    assert list(shown.columns) == [
        "Factor", "Reference", "n (events)", "Reference n (events)", "Log-rank P", "Univariable HR (95% CI)",
        "Univariable P", "Multivariable HR (95% CI)", "Multivariable P",
    ]  # fmt: skip
    assert shown.to_numpy().tolist() == [
        ["CRP > 10 mg/L", "CRP ≤ 10 mg/L", "20 (9)", "78 (13)", "<0.001", "3.90 (1.60-9.40)", "0.003",
         "4.72 (1.19-18.75)", "0.027"],
        ["Smoking: current", "never", "5 (0)", "60 (13)", "0.400", "not estimable: no event", "–",
         "not entered", "–"],
        ["Age (years)", "–", "98 (22)", "–", "not estimable: kept continuous", "1.01 (0.99-1.03)", "0.500",
         "not estimable: collinear", "–"],
    ]  # fmt: skip


def test_the_predictors_table_follows_the_settings() -> None:
    shown = candidates_table("predictors", "", [SMOKING], Settings(screening_p=0.1, conf_level=0.9))
    assert "Univariable HR (90% CI)" in shown.shown
    assert shown.shown.iloc[0, 7] == "not entered"
    assert shown.footnote == "In the multivariable model: candidates with a log-rank P below 0.1."


def test_the_predictors_table_as_numbers() -> None:
    kept = predictors_numbers(ROWS)
    assert kept["n_reference"].tolist() == [78, 60, pd.NA]
    assert kept["logrank_p"].tolist()[:2] == [0.00011, 0.4]
    assert kept["multivariable_hazard_ratio"].iloc[0] == 4.72
    assert kept["multivariable_note"].tolist() == ["", "not entered", "not estimable: collinear"]
    assert kept["univariable_note"].tolist() == ["", "not estimable: no event", ""]
    numeric = [name for name in kept if pd.api.types.is_numeric_dtype(kept[name])]
    assert len(numeric) == 4 + 1 + 8
    assert kept.loc[1, "univariable_hazard_ratio":"univariable_p"].isna().all()


def test_an_empty_predictors_table_keeps_its_columns() -> None:
    assert predictors_table([], Settings()).shape == (0, 9)
    assert predictors_numbers([]).shape == (0, 18)


def km() -> SimpleNamespace:
    curves = (
        SimpleNamespace(group="CRP ≤ 10", n=60, n_events_total=8, median=Estimate(nan, nan, nan)),
        SimpleNamespace(group="CRP > 10", n=38, n_events_total=14, median=Estimate(30.0, 12.0, nan)),
    )
    at = tuple(
        SurvivalAt(time, curve.group, Estimate(s, s - 0.1, s + 0.05), n)
        for curve, values in zip(curves, (((12.0, 0.9, 50), (24.0, 0.85, 31)), ((12.0, 0.7, 20),)), strict=True)
        for time, s, n in values
    )
    return SimpleNamespace(curves=curves, at=at, conf_level=0.95, interval="log-log")


def test_survival_at_chosen_months() -> None:
    shown = survival_at(km())
    assert shown.to_numpy().tolist() == [
        ["CRP ≤ 10", 12.0, "90.0% (80.0-95.0)", 50],
        ["CRP ≤ 10", 24.0, "85.0% (75.0-90.0)", 31],
        ["CRP > 10", 12.0, "70.0% (60.0-75.0)", 20],
    ]
    assert list(shown.columns) == ["Group", "Months", "Survival (95% CI)", "At risk"]
    assert survival_numbers(km())["lower"].tolist() == pytest.approx([0.8, 0.75, 0.6])


def test_faults_keep_the_spreadsheets_row_numbers() -> None:
    faults = [
        Fault("visits", 7, "cdai_points", "lots", "a number 0 to 700"),
        Fault("visits", None, "week", "", "a column", "warning"),
    ]
    shown = faults_table(faults)
    assert shown["Row"].tolist() == [7, pd.NA]
    assert shown["What was done"].tolist() == ["left out", "used, with this warning"]
    assert len(faults_table([])) == 0
    assert list(faults_table([]).columns) == list(shown.columns)


def test_the_matching_as_a_table() -> None:
    rows = [
        SimpleNamespace(sheet="patients", header="年龄", column="age_years", how="synonym", note=""),
        SimpleNamespace(sheet="patients", header="dose", column=None, how="kept", note="candidate"),
    ]
    shown = matching_table(rows)
    assert shown.to_numpy().tolist() == [
        ["patients", "年龄", "age_years", "synonym", ""],
        ["patients", "dose", "", "kept", "candidate"],
    ]
    assert matching_table(SimpleNamespace(rows=rows)).equals(shown)


def test_contents() -> None:
    empty = pd.DataFrame({"patient_id": []})
    cohort = SimpleNamespace(
        patients=pd.DataFrame({"patient_id": ["a", "b"], "age_years": [nan, 3.0], "sex": [None, None]}),
        visits=pd.DataFrame({"patient_id": ["a", "a", "b"], "week": [0, 8, 0]}),
        events=empty,
        endoscopy=empty,
        adverse_events=empty,
        screening=pd.DataFrame({"step": ["screened"], "n": [140]}),
    )
    shown = cohort_contents(cohort)
    assert shown["Sheet"].tolist() == ["patients", "visits", "screening"]
    assert shown["Rows"].tolist() == [2, 3, 1]
    assert shown["Columns filled"].tolist() == [2, 2, 2]
    assert shown["Patients"].tolist() == ["2", "2", "–"]


FORMULAS = [
    "=1+1",
    "+1+1",
    "-A1",
    "-0.47 (-1.2 to 3)",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "＝1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("x")',
]  # noqa: RUF001


@pytest.mark.parametrize("text", ["-0.47", "+0.03", "-1,204.5"])
def test_a_number_written_as_text_stays_a_number_in_a_file(text: str) -> None:
    assert to_csv_bytes(pd.DataFrame({"a": [text]})).decode("utf-8-sig") == f'"a"\r\n"{text}"\r\n'


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_neutralised_in_cell_and_header(text: str) -> None:
    content = to_csv_bytes(pd.DataFrame({text: [text, "plain"]}))
    cells = list(reader(StringIO(content.decode("utf-8-sig"), newline="")))
    # After a tab or a line's end another country's Excel would begin a cell: it gets an apostrophe of its own.
    harmless = f"'{text[0]}'{text[1:]}" if text[0] in "\t\r\n" else f"'{text}"
    assert cells == [[harmless], [harmless], ["plain"]]


def test_numbers_stay_numbers() -> None:
    frame = pd.DataFrame({"a": [-1.5, 2.0, nan], "b": [-3, 0, 4], "c": [-1, "-1", None], "d": [np.float64(-2), 1, 2]})
    content = to_csv_bytes(frame)
    assert content.decode("utf-8-sig") == ('"a","b","c","d"\r\n-1.5,-3,-1,-2.0\r\n2.0,0,"-1",1.0\r\n"",4,"",2.0\r\n')


def test_the_csv_reads_back_and_its_frame_is_left_alone() -> None:
    frame = pd.DataFrame({"Factor": ['a "quoted", b', "6-TGN ×10⁸\nRBC", "=1"], "n": [1, 2, 3]})
    before = frame.copy()
    content = to_csv_bytes(frame)
    assert content.startswith(b"\xef\xbb\xbf")
    read = pd.read_csv(BytesIO(content))
    assert read["Factor"].tolist() == ['a "quoted", b', "6-TGN ×10⁸\nRBC", "'=1"]
    assert read["n"].tolist() == [1, 2, 3]
    pd.testing.assert_frame_equal(frame, before)


def test_categories_doubled_headers_and_nothing_at_all() -> None:
    frame = pd.DataFrame([["=a", 1]], columns=["x", "x"])
    frame.iloc[:, 0] = frame.iloc[:, 0].astype("category")
    assert to_csv_bytes(frame).decode("utf-8-sig") == '"x","x"\r\n"\'=a",1\r\n'
    assert to_csv_bytes(pd.DataFrame(columns=["a", "=b"])).decode("utf-8-sig") == '"a","\'=b"\r\n'
    assert to_csv_bytes(pd.DataFrame({"c": pd.Categorical(["=a"])})).decode("utf-8-sig") == '"c"\r\n"\'=a"\r\n'


@pytest.mark.parametrize(
    ("values", "normal", "shown"),
    [
        ([0.0001, 0.0002, 0.0003, 0.0002, 0.0004], True, "0.00024 ± 0.00011"),
        ([0.0001, 0.0002, 0.0003, 0.0002, 0.0004], False, "0.00020 (0.00020-0.00030)"),
        ([2e-5] * 3, False, "0.000020 (0.000020-0.000020)"),
        ([12.0, 14.0, 19.0], True, "15.0 ± 3.6"),
        ([5.0] * 4, False, "5.0 (5.0-5.0)"),
        ([0.0] * 4, False, "0.0 (0.0-0.0)"),
        ([0.31, 0.62, 0.45], True, "0.5 ± 0.2"),
    ],
)
def test_a_number_of_a_small_scale_keeps_its_spread_in_table_1(values: list[float], normal: bool, shown: str) -> None:
    one = describe(np.array(values))
    row = NumberRow("lab", "lab", "", one, (one,), normal, None, np.nan)
    found = Baseline("", ("",), (len(values),), len(values), (row,), ())
    assert baseline_table(found).iloc[0, 1] == shown
