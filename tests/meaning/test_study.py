"""The bundled cohort gives the study's printed results, from raw visits and events, through the pipelines."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from cdanalysis import analyses
from cdanalysis.demo import demo_cohort
from cdanalysis.reading.checks.frames import cohort_from_frames
from cdanalysis.results import NotEstimable
from cdanalysis.settings import Settings

EVERY_PAGE = (analyses.baseline, analyses.induction, analyses.survival, analyses.endoscopy, analyses.safety,
              analyses.flow, analyses.predictors, analyses.reproduction)  # fmt: skip


def test_every_printed_result_but_the_one_that_contradicts_itself() -> None:
    found = analyses.reproduction(demo_cohort(), Settings())
    assert len(found.rows) == 106
    assert {row.id for row in found.rows if row.matches is False} == set()
    others = {row.id: row for row in found.rows if row.matches is None}
    assert found.n_matching == 106 - len(others)
    assert found.n_absent == 0
    assert set(others) == {"ae_nudt15_hr", "endo_cox"}
    other = others["ae_nudt15_hr"]
    assert "8.20" in other.why
    assert other.computed == "5.58 (1.02-30.6)"


def test_findings_without_a_number_are_computed_and_said_with_theirs() -> None:
    rows = {row.id: row.computed for row in analyses.reproduction(demo_cohort(), Settings()).rows}
    assert rows["base_upper_gi_operated"] == "12"
    assert rows["hosp_univariable"].startswith("no factor with P < 0.05 (smallest: Current smoking, P = 0.071; ")
    assert rows["surg_multivariable"].startswith("no factor with P < 0.05 (smallest: Previous biologic, P = 0.205; ")
    # Without the NUDT15 variant beside it a previous biologic has P = 0.014; the study's model held both.
    assert rows["ae_multivariable"].startswith("no factor with P < 0.05 (smallest: NUDT15 variant, P = 0.059; ")
    assert rows["rel_tgn_later"].startswith("P ≥ 0.05 (HR ")
    assert rows["endo_serial_lower"].startswith("lower with P < 0.05 (mean change -8.51, ")
    assert rows["endo_serial_stable"].startswith("no year with P < 0.05 (")


def test_kinds_of_operation_are_counted_where_the_file_names_them() -> None:
    bundled = demo_cohort()
    kinds = pd.Series("", bundled.patients.index)
    kinds[bundled.patients["upper_gi"].fillna(False)] = "Small bowel resection"
    cohort = replace(bundled, patients=bundled.patients.assign(**{"Kind of GI surgery": kinds}), fingerprint="kinds")
    rows = {row.id: row for row in analyses.reproduction(cohort, Settings()).rows}
    assert rows["base_upper_gi_small_bowel"].computed == "28"
    assert rows["base_upper_gi_dilation"].computed == "0"
    patients = bundled.patients.drop(columns="Kind of GI surgery")
    without = replace(bundled, patients=patients, extra_columns=("AZA intolerance",), fingerprint="no kinds")
    found = analyses.reproduction(without, Settings())
    assert found.n_absent == 4
    assert {row.computed for row in found.rows if row.id == "base_upper_gi_dilation"} == {"–"}


def test_two_relapses_are_decided_by_objective_activity_alone() -> None:
    ended = analyses.relapse(demo_cohort(), Settings()).patients["ended_by"].value_counts()
    assert analyses.relapse(demo_cohort(), Settings(relapse_definition="cdai")).patients["event"].sum() == 20
    assert ended["abscess"] == 1
    assert not (demo_cohort().visits["cdai_points"] == 150).any()


def test_the_convention_moves_the_interval_of_the_median_and_nothing_else() -> None:
    by_r = analyses.reproduction(demo_cohort(), Settings(reproduction_convention="r"))
    assert [row.id for row in by_r.rows if row.matches is False] == ["rel_median"]


def test_a_changed_definition_changes_the_printed_results() -> None:
    found = analyses.reproduction(demo_cohort(), Settings(response_definition="fall-100"))
    assert {"ind_response_w24", "rel_events", "flow_maintained"} <= {
        row.id for row in found.rows if row.matches is False
    }


@pytest.mark.parametrize("page", EVERY_PAGE)
@pytest.mark.parametrize("n", [0, 1, 3])
def test_every_page_on_a_flat_table_of_a_few_patients(page: object, n: int) -> None:
    patients = pd.DataFrame(
        {
            "patient_id": [f"P{i}" for i in range(n)],
            "crp_mg_per_l": [4.0, 20.0, 30.0][:n],
            "relapse_months": [5.0, 12.0, 7.0][:n],
            "relapse_event": pd.array([False, True, True][:n], "boolean"),
        }
    )
    cohort = cohort_from_frames(patients)
    for group in ("", "crp", "relapse", "no-such-group"):
        found = page(cohort, Settings(survival_group=group, baseline_group=group))
        assert found is not None
        if isinstance(found, NotEstimable):
            assert found.reason


@pytest.mark.parametrize("page", EVERY_PAGE)
@pytest.mark.parametrize(
    "choices",
    [{"landmark_week": 104}, {"cutoffs": "crp>50"}, {"horizon_months": 0.5}, {"remission_below_points": 50.0},
     {"missing_visits": "observed"}, {"outcome": "surgery", "survival_group": "nudt15"}, {"cdeis_remission_below": 1.0}],
)  # fmt: skip
def test_every_page_at_the_worst_position_of_a_control(page: object, choices: dict[str, object]) -> None:
    found = page(demo_cohort(), replace(Settings(), **choices))
    assert isinstance(found, NotEstimable) <= bool(getattr(found, "reason", ""))


def test_missing_visits_count_as_non_response_or_are_carried_or_left_out() -> None:
    bundled = demo_cohort()
    visits = bundled.visits[
        ~((bundled.visits["week"] == 24) & bundled.visits["patient_id"].isin(["SYN-001", "SYN-002"]))
    ]
    cohort = cohort_from_frames(bundled.patients.drop(columns=["follow_up_days"]).assign(follow_up_days=1000.0), visits)
    week_24 = {}
    for way in ("non-response", "last-observation", "observed"):
        found = analyses.induction(cohort, Settings(missing_visits=way, visit_window_weeks=1))
        week_24[way] = next((one.n, one.n_response) for one in found.weeks if one.week == 24)
    changes = {}
    for way in ("last-observation", "observed"):
        found = analyses.induction(cohort, Settings(missing_visits=way, visit_window_weeks=1))
        cdai = next(one for one in found.activity if one.label == "CDAI")
        changes[way] = dict(zip(cdai.weeks, cdai.tests, strict=True))[24].n
    assert changes == {"last-observation": 122, "observed": 120}
    assert week_24 == {"non-response": (122, 96), "last-observation": (122, 98), "observed": (120, 96)}
