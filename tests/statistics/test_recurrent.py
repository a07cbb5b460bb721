"""Events that come again: Andersen-Gill, PWP and the mean as R's survival, what is a new flare, spells by hand, the edges."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from meaning.ascii_cohort import draw_cohort

import cdanalysis as cd
from cdanalysis.outcomes.endpoints import recurrent_events
from cdanalysis.results import NotEstimable
from cdanalysis.sections.survival.recurrent import analysis as module
from cdanalysis.sections.survival.recurrent.tables import groups_table, ratios_table
from cdanalysis.sections.survival.recurrent.words import recurrent_sentence
from cdanalysis.statistics.recurrent.recurrent_cox import spells
from cdanalysis.units import DAYS_PER_MONTH

R = json.loads((Path(__file__).parents[1] / "golden" / "reference_recurrent.json").read_text())


def rows_of(name: str) -> tuple[pd.DataFrame, dict[int, float], pd.DataFrame]:
    rows = pd.DataFrame(R[name]["rows"])
    by_patient = rows.groupby("id")
    return rows[rows["status"] == 1], by_patient["tstop"].max().to_dict(), by_patient[["x1", "x2"]].first()


@pytest.mark.parametrize("name", ["cgd", "bladder"])
@pytest.mark.parametrize("ties", ["efron", "breslow"])
@pytest.mark.parametrize("model", ["andersen-gill", "pwp-gap"])
def test_the_ratios_are_rs_coxph_with_cluster(name: str, ties: str, model: str) -> None:
    events, end, covariates = rows_of(name)
    found = cd.recurrent_cox(
        list(events["id"]), events["tstop"], end=end, covariates=covariates, model=model, ties=ties
    )
    wanted = R[name][ties][model.replace("-", "_")]
    assert [term.coef for term in found.terms] == pytest.approx(wanted["coef"], abs=1e-9)
    assert [term.standard_error for term in found.terms] == pytest.approx(wanted["se"], abs=1e-9)
    assert found.log_likelihood == pytest.approx(wanted["log_likelihood"], abs=1e-8)


@pytest.mark.parametrize("name", ["cgd", "bladder"])
def test_the_mean_number_and_its_test_are_rs_survfit_with_id(name: str) -> None:
    events, end, covariates = rows_of(name)
    whole = cd.mean_cumulative(list(events["id"]), events["tstop"], end=end).curves[0]
    assert whole.mean.tolist() == pytest.approx(R[name]["mean"]["mean"], abs=1e-12)
    assert whole.standard_error.tolist() == pytest.approx(R[name]["mean"]["se"], abs=1e-12)
    test = cd.mean_cumulative(list(events["id"]), events["tstop"], end=end, groups=covariates["x1"].to_dict()).test
    assert test.statistic == pytest.approx(R[name]["mean"]["statistic"][0][0], abs=1e-9)


def test_time_is_cut_at_the_events_of_a_patient() -> None:
    found = spells(["b", "a", "a", "a", "b", "c"], [4, 2, 2, 5, 9, 0], {"a": 5, "b": 6, "c": 3, "d": 0})
    rows = zip(found.patient, found.entry, found.time, found.event, found.number, strict=True)
    assert [tuple(map(float, row)) for row in rows] == [
        (0, 0, 2, 1, 0), (0, 2, 5, 1, 1), (1, 0, 4, 1, 0), (1, 4, 6, 0, 1), (2, 0, 1, 1, 0), (2, 1, 3, 0, 1)
    ]  # fmt: skip
    assert found.n_same_time == 1
    with pytest.raises(ValueError, match="'z'"):
        spells(["z"], [1], {"a": 2})
    with pytest.raises(ValueError, match="andersen-gill"):
        cd.recurrent_cox(["a"], [1], end={"a": 2}, covariates=pd.DataFrame({"x": [1.0]}, ["a"]), model="wlw")


# A flares at 250, is well at 300 and flares again at 400; at 330 it is neither. B is never well again, C has two abscesses,
# the second without a visit in remission between them.
COURSES = """
    patient | day | cdai | event
    --------+-----+------+------
    A       |   0 |  300 |
    A       | 168 |  100 |
    A       | 250 |  290 |
    A       | 300 |  120 |
    A       | 330 |  180 |
    A       | 400 |  310 |
    B       |   0 |  300 |
    B       | 168 |  100 |
    B       | 268 |  290 |
    B       | 300 |  280 |
    C       |   0 |  300 |
    C       | 168 |  100 |
    C       | 230 |      | abscess
    C       | 260 |      | abscess
    C       | 300 |  190 |
"""


def test_a_flare_ends_at_a_visit_in_remission_and_only_then_can_another_begin() -> None:
    found = recurrent_events(draw_cohort(COURSES), cd.Settings())
    days = (found.events["months"] * DAYS_PER_MONTH).round(6).groupby(found.events["patient_id"]).apply(list).to_dict()
    assert days == {"A": [82, 232], "B": [100], "C": [62]}
    abscesses = recurrent_events(draw_cohort(COURSES), cd.Settings(outcome="abscess"))
    assert (abscesses.events["months"] * DAYS_PER_MONTH).round(6).tolist() == [62, 92]
    assert len(recurrent_events(draw_cohort(COURSES), cd.Settings(remission_below_points=100)).events) == 3


def test_the_page_counts_every_event_and_says_in_whom() -> None:
    found = cd.analyses.recurrent(cd.demo_cohort(), cd.Settings(outcome="adverse_event"))
    safety = cd.analyses.safety(cd.demo_cohort(), cd.Settings())
    (whole,) = found.whole.groups
    assert (whole.n_events, whole.n_with) == (safety.any_event.n_events, safety.any_event.n_patients)
    assert whole.rate == safety.any_event.by_patient
    assert "90 adverse events in 62 of 122 patients, 28 of whom had several" in recurrent_sentence(found, cd.Settings())
    first = cd.analyses.recurrent(cd.demo_cohort(), cd.Settings())
    assert (
        ratios_table(first, 0.95).iloc[0, 1].startswith("5.49 (1.62-18.62)")
    )  # the page's own ratio of the first event
    assert [group.name for group in first.by_variable[1].groups] == ["CRP ≤ 10 mg/L", "CRP > 10 mg/L"]


@pytest.mark.parametrize(
    "choices",
    [{"clock": "late-entry"}, {"horizon_months": 0.1}, {"cutoffs": "crp>599,tgn>=2000"}, {"survival_group": "relapse"},
     {"outcome": "abscess", "at_months": "0,600"}, {"clock": "naive", "survival_group": "location"}],
)  # fmt: skip
def test_the_worst_positions_are_a_reason_or_a_table(choices: dict[str, object]) -> None:
    found = cd.analyses.recurrent(cd.demo_cohort(), cd.Settings(**choices))
    if isinstance(found, NotEstimable):
        assert found.reason
    else:
        assert "nan" not in groups_table(found, 0.95).to_string() + ratios_table(found, 0.95).to_string()


def test_what_cannot_be_counted_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    stated = cd.read_cohort(b"id,relapse_months,relapse_event,crp\nA,5,1,9\nB,7,0,3\n")
    assert "whether it came again is not known" in cd.analyses.recurrent(stated, cd.Settings()).reason
    monkeypatch.setattr(module, "MOST_CELLS", 10)
    assert cd.analyses.recurrent(cd.demo_cohort(), cd.Settings()) == module.TOO_MANY


def test_three_groups_are_compared_by_each_patients_events_less_those_expected_of_him() -> None:
    """A patient's score in a group: his residuals while followed, of the group if he is in it, less its share of those at risk."""
    end = dict(zip("abcdefgh", [9.0, 7, 4, 10, 6, 8, 3, 10], strict=True))
    group = dict(zip("abcdefgh", [1, 1, 1, 2, 2, 3, 3, 3], strict=True))
    events = [("a", 1.0), ("a", 5.0), ("b", 2.0), ("d", 2.0), ("f", 5.0), ("f", 7.0), ("h", 1.0), ("e", 4.0)]
    times = sorted({time for _, time in events})
    left = {time: [one for one in end if end[one] >= time] for time in times}
    rows = []
    for one in end:
        row = np.zeros(2)
        for time in (time for time in times if end[one] >= time):
            n_events = sum(when == time for _, when in events)
            residual = ((one, time) in events) - n_events / len(left[time])
            shares = [np.mean([group[other] == place for other in left[time]]) for place in (1, 2)]
            row += residual * (np.array([group[one] == 1, group[one] == 2]) - shares)
        rows.append(row)
    score, spread = np.sum(rows, axis=0), np.transpose(rows) @ np.array(rows)
    test = cd.mean_cumulative(*zip(*events, strict=True), end=end, groups=group).test
    assert test.statistic == pytest.approx(score @ np.linalg.solve(spread, score), rel=1e-12)
    assert test.df == 2
