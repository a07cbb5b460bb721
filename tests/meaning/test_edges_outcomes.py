"""Small functions of the outcomes where they turn, each answer by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from meaning.test_worked_summaries import AT_24, cohort

from cdanalysis.dictionary.indices.indices import INDICES
from cdanalysis.dictionary.markers import MARKERS
from cdanalysis.outcomes import covariates
from cdanalysis.outcomes.courses import CLEAR, _measured
from cdanalysis.outcomes.endpoints.time_to_event import carried
from cdanalysis.outcomes.markers import summaries, with_handle
from cdanalysis.outcomes.selection import meeting
from cdanalysis.reading.checks.frames import cohort_from_frames
from cdanalysis.results import NotEstimable, StatedOutcome
from cdanalysis.sections.cutoffs.analysis import on_its_scale
from cdanalysis.settings import Settings
from cdanalysis.settings.as_text.conditions import Condition


def rows(*days: float) -> pd.DataFrame:
    """One patient's values: 10, 20, ... on these days."""
    return pd.DataFrame({"patient_id": "A", "days": days, "value": 10.0 * np.arange(1, len(days) + 1)})


def test_a_summary_by_the_days_of_its_values() -> None:
    zero = pd.Series({"A": 28.0})

    def found(kind: str, *days: float, window: float = 28.0) -> float | None:
        told = summaries.summary(rows(*days), zero, kind, window)
        return told.get("A")

    assert found("landmark", 0.0) is None  # the value of day 0 is the baseline, however wide the window
    assert found("landmark", 0.0, 1.0) == 20
    assert found("landmark", 0.0, 28.0) == 20
    assert found("landmark", 0.0, 29.0) is None
    assert found("landmark", 0.0, 14.0, window=14.0) == 20
    assert found("landmark", 0.0, 13.0, window=14.0) is None
    assert found("change", 0.0, 14.0, 28.0) == 20
    assert found("change", 14.0, 28.0) is None  # no baseline
    assert found("last", -28.0) == 10
    assert found("last", -29.0) is None
    assert found("mean", 0.0, 14.0, 29.0) == 15
    assert found("highest", 0.0, 14.0, 29.0) == 20
    others = summaries.summary(rows(0.0), pd.Series({"B": 28.0}), "last", 28.0)
    assert others.empty


def test_what_a_marker_of_a_code_is_called() -> None:
    assert summaries.name_of(cohort(), Settings(), "crp") == "CRP"
    assert summaries.name_of(cohort(), Settings(), AT_24) == "CRP at week 24"
    assert summaries.name_of(cohort(), Settings(), "nothing") == "nothing"
    assert summaries.name_of(cohort(), Settings(), AT_24.replace("crp", "nothing")) == AT_24.replace("crp", "nothing")


def test_no_component_above_what_remission_allows() -> None:
    mayo = next(one for one in INDICES.values() if one.most_of_an_item == 1.0)
    item = mayo.items[0].column
    visits = pd.DataFrame({"days": [0.0, 1, 2], mayo.column: [2.0, 2, 2], item: [1.0, 2.0, np.nan]})
    assert _measured(visits, mayo)[CLEAR].tolist() == [True, False, True]
    assert _measured(visits.drop(columns=item), mayo)[CLEAR].tolist() == [True, True, True]
    without = next(one for one in INDICES.values() if one.items and np.isnan(one.most_of_an_item))
    high = pd.DataFrame({"days": [0.0], without.column: [2.0], without.items[0].column: [900.0]})
    assert _measured(high, without)[CLEAR].tolist() == [True]


def test_what_is_standard_is_a_candidate_unasked() -> None:
    assert covariates._is_standard("crp")  # a marker
    assert covariates._is_standard("sex")  # another column
    assert not covariates._is_standard("nudt15")
    assert not covariates._is_standard("infliximab_trough")
    assert not covariates._is_standard("nothing")


def test_who_enters_after_the_end_of_his_time_is_left_out() -> None:
    patients = pd.DataFrame(
        {
            "patient_id": list("ABCDE"), "death_months": [5.0, 0.3, 0.5, 5.0, np.nan],
            "death_event": [True, True, False, True, True],
            "death_entry_months": [0.0, 0.5, 0.5, 4.0, 0.0],
        }
    )  # fmt: skip
    stated = replace(cohort_from_frames(patients), stated=(StatedOutcome("death", "death"),))
    found = carried(stated, Settings(), "death")
    assert not isinstance(found, NotEstimable)
    assert found.patients["patient_id"].tolist() == ["A", "D"]
    assert dict(found.why) == {
        "B": "entered after the end of the time analysed", "C": "entered after the end of the time analysed",
        "E": "no time or event of death",
    }  # fmt: skip
    short = carried(stated, Settings(horizon_months=4.5), "death")
    assert not isinstance(short, NotEstimable)
    assert short.patients[["time_months", "event"]].to_numpy().tolist() == [[4.5, False], [4.5, False]]
    assert short.enters_late
    until = carried(stated, Settings(horizon_months=5.0), "death")
    assert not isinstance(until, NotEstimable)
    assert until.patients["event"].tolist() == [True, True]  # an event at the horizon is one
    no_time = replace(stated, patients=stated.patients.assign(death_months=np.nan))
    assert carried(no_time, Settings(), "death") == NotEstimable("no patient has both a time and an event of death")


def test_who_meets_a_condition_at_its_very_bound() -> None:
    values = pd.Series([9.0, 10.0, 11.0, np.nan])
    assert meeting(Condition("x", ">=", ("10",)), values).tolist() == [False, True, True, False]
    assert meeting(Condition("x", "<=", ("10",)), values).tolist() == [True, True, False, False]
    assert meeting(Condition("x", "=", ("a", "b")), pd.Series(["a", "c", None])).tolist() == [True, False, False]


def test_a_marker_on_its_scale() -> None:
    skewed = next(one for one in MARKERS.values() if not one.continuous_step)
    assert on_its_scale(np.array([0.0, 8.0, 2.0, np.nan]), skewed) == pytest.approx([0, 3, 1, np.nan], nan_ok=True)
    assert np.isnan(on_its_scale(np.array([0.0, 0.0]), skewed)).all()
    stepped = next(one for one in MARKERS.values() if one.continuous_step)
    assert on_its_scale(np.array([0.0, 2 * stepped.continuous_step]), stepped).tolist() == [0, 2]


def test_a_marker_is_put_under_a_handle_where_it_is_under_none() -> None:
    held = Settings(handles="crp,esr")
    two = replace(cohort(), patients=cohort().patients.assign(esr_mm_per_h=[5.0, 6.0, 7.0, 8.0]))
    assert with_handle(two, held, "crp") == held
    assert with_handle(two, held, "") == held
    assert with_handle(two, replace(held, handles="crp"), "esr").handles == "crp,esr"
