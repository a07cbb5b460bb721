"""Headers of a measurement at the start, `CRP0`, `alb0_gdl`, `baselineCRP`, and units without their stroke, `crp[mgL]`."""

from __future__ import annotations

import pytest
from corpus.builders import table

from cdanalysis.reading import open_cohort, read_cohort

VALUES = ["31.5", "42", "28.25", "39", "45.5", "36"]
OUTCOME = [["relapse", "relapse_months"], *([str(n % 2), str(5 + n)] for n in range(6))]


def content(**columns: list[str]) -> bytes:
    rows = [[*columns], *map(list, zip(*columns.values(), strict=True))]
    return table([["id", *rows[0], *OUTCOME[0]], *([f"P{n}", *row, *OUTCOME[n + 1]] for n, row in enumerate(rows[1:]))])


@pytest.mark.parametrize(
    ("header", "column", "factor"),
    [
        ("CRP0", "crp_mg_per_l", 1), ("CRP_0", "crp_mg_per_l", 1), ("crp_t0", "crp_mg_per_l", 1), ("CRP V0", "crp_mg_per_l", 1),
        ("CRP 0 (mg/dL)", "crp_mg_per_l", 10), ("crp[mgL]", "crp_mg_per_l", 1), ("CRP (mgdl)", "crp_mg_per_l", 10),
        ("alb_gl", "albumin_g_per_l", 1), ("alb0_gdl", "albumin_g_per_l", 10), ("Albumin 0", "albumin_g_per_l", 1),
        ("baselineCRP", "crp_mg_per_l", 1), ("CRPBaseline", "crp_mg_per_l", 1), ("tgn0", "tgn_pmol_per_8e8_rbc", 1),
    ],
)  # fmt: skip
def test_the_column_at_the_start(header: str, column: str, factor: float) -> None:
    values = [f"{float(value) / factor:g}" for value in VALUES]
    cohort = read_cohort(content(**{header: values}), file_name="x.csv")
    assert not cohort.questions
    assert cohort.patients[column].tolist() == pytest.approx([float(value) for value in VALUES])


def test_of_two_times_the_start_is_the_baseline_and_the_other_a_column_of_its_own() -> None:
    cohort = read_cohort(content(CRP0=VALUES, CRP24=["1", "2", "3", "4", "5", "6"]), file_name="x.csv")
    assert cohort.patients["crp_mg_per_l"].tolist() == [float(value) for value in VALUES]
    assert cohort.extra_columns == ("CRP24",)


def test_beside_a_week_it_is_the_week_0() -> None:
    cohort = read_cohort(content(CRP0=VALUES, CRP_w8=["1", "2", "3", "4", "5", "6"]), file_name="x.csv")
    assert sorted(cohort.visits["week"].unique()) == [0, 8]
    assert cohort.patients["crp_mg_per_l"].tolist() == [float(value) for value in VALUES]


def test_a_series_is_asked_about_as_a_whole() -> None:
    opened = open_cohort(content(CRP0=VALUES, CRP8=VALUES, CRP24=VALUES), "x.csv")
    assert [one.id for one in opened.questions] == ["visits:patients:CRP0"]
    assert opened.cohort is not None
    assert "crp_mg_per_l" not in opened.cohort.patients


@pytest.mark.parametrize("header", ["CRP0", "CRP_0"])
def test_a_yes_or_no_is_no_measurement_and_two_are_none(header: str) -> None:
    cohort = read_cohort(content(**{header: ["0", "1", "1", "0", "1", "0"]}), file_name="x.csv")
    assert "crp_mg_per_l" not in cohort.patients
    twice = read_cohort(content(**{"CRP0": VALUES, "CRP_0": VALUES}), file_name="x.csv")
    assert "crp_mg_per_l" not in twice.patients
    own = read_cohort(content(CRP=VALUES, CRP0=["1", "2", "3", "4", "5", "6"]), file_name="x.csv")
    assert own.patients["crp_mg_per_l"].tolist() == [float(value) for value in VALUES]
