"""The competing-risks view against R's survfit and cuminc, by hand, and what it says at its edges."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import cdanalysis as cd
from cdanalysis.results import NotEstimable
from cdanalysis.sections.survival.competing.words import competing_sentence
from tests.golden.cohort_rows import cohort_rows

GOLDEN = Path(__file__).parents[1] / "golden"
R = json.loads((GOLDEN / "reference_groups.json").read_text())["incidence"]
STOP = {"competing_event": "surgery-death-or-stop"}


def test_the_rows_that_r_read_are_the_pipelines() -> None:
    written = pd.read_csv(GOLDEN / "datasets" / "demo_relapse.csv")
    pd.testing.assert_frame_equal(written, cohort_rows(), check_dtype=False, rtol=1e-14)


@pytest.mark.parametrize("interval", ["log", "log-log", "plain"])
def test_incidence_by_group_with_its_interval_as_survfit(interval: str) -> None:
    pbc, wanted = pd.read_csv(GOLDEN / "datasets" / "pbc.csv").dropna(subset=["stage"]), R["pbc"]
    found = cd.aalen_johansen(pbc["time_days"], pbc["status"], pbc["stage"], at=wanted["at"], interval=interval)
    own = [one.incidence for one in found.at if one.event_type == 1]
    told = np.array([(one.value, one.lower, one.upper) for one in own]).T
    for name, values in zip(("value", "lower", "upper"), told, strict=True):
        there = np.array(wanted[interval][name], float)
        inside = (there == there) & (there >= 0)  # R has no limit at an incidence of 0, and leaves plain ones below 0
        assert inside.sum() >= 6
        assert values[inside] == pytest.approx(there[inside], abs=1e-9)


@pytest.mark.parametrize("interval", ["log", "log-log"])
def test_the_page_gives_r_s_numbers_of_the_bundled_cohort(interval: str) -> None:
    wanted = R["demo"]
    found = cd.analyses.competing(cd.demo_cohort(), cd.Settings(survival_group="crp", km_interval=interval, **STOP))
    assert [row.relapse.value for row in found.rows] == pytest.approx(wanted[interval]["value"], abs=1e-10)
    assert [row.relapse.lower for row in found.rows] == pytest.approx(wanted[interval]["lower"], abs=1e-9)
    assert [row.relapse.upper for row in found.rows] == pytest.approx(wanted[interval]["upper"], abs=1e-9)
    assert [row.competing.value for row in found.rows] == pytest.approx(wanted[interval]["other"], abs=1e-10)
    assert [test.statistic for _, test in found.tests] == pytest.approx(wanted["statistic"], rel=1e-9)
    assert [test.p_value for _, test in found.tests] == pytest.approx(wanted["p"], rel=1e-9)


def test_one_minus_kaplan_meier_is_never_the_smaller_and_the_sentence_says_by_how_much() -> None:
    settings = cd.Settings(**STOP)
    found = cd.analyses.competing(cd.demo_cohort(), settings)
    assert all(row.overstated >= -1e-12 for row in found.rows)
    assert found.rows[-1].overstated == pytest.approx(0.026726, abs=1e-6)
    said = competing_sentence(found, settings)
    assert "In 5 of 98 patients, surgery, death or end of combination therapy came before a relapse" in said
    assert "overstates the risk of relapse by 2.7 percentage points" in said


def test_without_a_competing_event_both_are_one_number() -> None:
    settings = cd.Settings(competing_event="surgery-or-death")
    found = cd.analyses.competing(cd.demo_cohort(), settings)
    curve = cd.analyses.survival(cd.demo_cohort(), settings).kaplan_meier
    assert found.n_competing == 0
    assert [row.relapse.value for row in found.rows] == pytest.approx([1 - one.survival.value for one in curve.at])
    assert "both are the same number" in competing_sentence(found, settings)


FLAT = "patient_id,relapse_months,relapse_event,surgery_months,surgery_event\n"


def test_a_relapse_comes_before_a_surgery_on_the_same_day_and_a_surgery_before_a_censoring() -> None:
    rows = "A,5,1,5,1\nB,6,0,6,1\nC,7,1,3,1\nD,8,0,8,0\nE,9,1,,\n"
    found = cd.analyses.competing(cd.read_cohort((FLAT + rows).encode()), cd.Settings(at_months="4,8"))
    patients = found.endpoint.patients
    assert patients["event_type"].tolist() == [1, 2, 2, 0, 1]
    assert patients["time_months"].tolist() == [5, 6, 3, 8, 9]
    # By hand: F(5) = S(3) * 1/4 = 0.8 / 4; nothing more until 9.
    assert [row.relapse.value for row in found.rows] == pytest.approx([0.0, 0.2])
    assert [row.competing.value for row in found.rows] == pytest.approx([0.2, 0.4])
    assert [row.one_minus_km for row in found.rows] == pytest.approx([0.0, 0.25])


@pytest.mark.parametrize(
    ("rows", "query", "reason"),
    [
        ("A,5,0,5,1\nB,6,0,6,1\n", {}, "no relapse was observed"),
        ("A,5,1,,\nB,6,0,,\n", {"competing_event": "surgery"}, "both a time and an event of surgery"),
        ("A,5,1,,\nB,6,0,,\n", {}, "no surgery, death, end of therapy or hospitalization that came before relapse"),
        ("A,5,1,5,0\nB,6,0,3,1\n", STOP, "no day of therapy"),
        ("A,5,1,5,0\nB,6,0,3,1\n", {"clock": "late-entry"}, "late entry"),
    ],
)
def test_what_cannot_be_computed_is_said(rows: str, query: dict[str, str], reason: str) -> None:
    found = cd.analyses.competing(cd.read_cohort((FLAT + rows).encode()), cd.Settings(**query))
    assert isinstance(found, NotEstimable)
    assert reason in found.reason
