"""The current level: rows, ratios, test and curves as R's tmerge, coxph and survfit; spells by hand; the page and its edges."""

from __future__ import annotations

import json
from dataclasses import replace
from math import inf
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import cdanalysis as cd
from cdanalysis.results import NotEstimable
from cdanalysis.sections.predictors.current_level.tables import level_table
from cdanalysis.sections.predictors.current_level.words import cautions, level_sentence
from cdanalysis.statistics.time_dependent.current_value import current_spells

R = json.loads((Path(__file__).parents[1] / "golden" / "reference_time_dependent.json").read_text())


def compared(rows: tuple[np.ndarray, ...], state: np.ndarray, cluster: np.ndarray, wanted: dict) -> None:
    entry, time, event = rows
    term = cd.cox(time, event, pd.DataFrame({"x": state}), entry=entry, cluster=cluster).terms[0]
    assert (term.coef, term.standard_error) == pytest.approx((wanted["cut"]["coef"], wanted["cut"]["se"]), abs=1e-9)
    assert cd.logrank(time, event, state, entry=entry).statistic == pytest.approx(wanted["mantel_byar"], rel=1e-9)
    found = cd.kaplan_meier(time, event, state, entry=entry, at=wanted["at"]).at
    assert [one.survival.value for one in found] == pytest.approx(wanted["surv"], abs=1e-12)


@pytest.mark.parametrize(("name", "span", "lag"), [("no_end", inf, 0), ("year", 400, 0), ("lagged", 400, 60)])
def test_bilirubin_as_it_changes_is_rs(name: str, span: float, lag: float) -> None:
    ends, labs, wanted = pd.DataFrame(R["ends"]), pd.DataFrame(R["labs"]), R[name]
    place = {one: index for index, one in enumerate(ends["id"])}
    found = current_spells(
        labs["id"].map(place).to_numpy(), labs["day"].to_numpy(float), labs["bili"].to_numpy(float), span=span, lag=lag,
        time=ends["time"].to_numpy(float), event=ends["event"].to_numpy() == 1,
    )  # fmt: skip
    assert (len(found.time), found.n_events) == (wanted["n_rows"], wanted["n_events"])
    compared((found.entry, found.time, found.event), (found.value > 2).astype(float), found.patient, wanted)
    log = cd.cox(
        found.time, found.event, pd.DataFrame({"x": np.log(found.value)}), entry=found.entry, cluster=found.patient
    ).terms[0]
    assert (log.coef, log.standard_error) == pytest.approx((wanted["log"]["coef"], wanted["log"]["se"]), abs=1e-9)


def test_the_transplants_of_heart_are_rs() -> None:
    rows = pd.DataFrame(R["heart"]["rows"])
    axis = tuple(rows[name].to_numpy(float) for name in ("tstart", "tstop", "death"))
    compared(axis, rows["transplant"].to_numpy(float), rows["id"].to_numpy(), R["heart"])


def test_a_value_counts_after_it_was_measured_and_no_longer_than_the_span() -> None:
    found = current_spells(
        np.array([0, 0, 0, 1, 1, 2]),
        np.array([-5.0, 2, 10, 4, 8, 3]),
        np.array([1.0, 2, 3, 4, np.nan, 6]),
        span=4,
        time=np.array([10.0, 20, 3]),
        event=np.array([True, True, True]),
    )
    rows = zip(found.patient, found.entry, found.time, found.event, found.value, strict=True)
    # The value of -5 is too old at 0; the event at 10 is 4 after the last one known, that at 20 is not; 3 is measured at the event.
    assert [tuple(map(float, row)) for row in rows] == [(0, 2, 6, 0, 2), (1, 4, 8, 0, 4)]
    one = {"time": np.array([5.0]), "event": np.array([True])}
    lagged = current_spells(np.array([0]), np.array([0.0]), np.array([1.0]), span=6, lag=2, **one)
    assert (lagged.entry.tolist(), lagged.event.tolist()) == ([2.0], [True])
    with pytest.raises(ValueError, match="longer span"):
        current_spells(
            np.array([0]), np.array([0.0]), np.array([1.0]), span=1, lag=1, time=np.array([5.0]), event=np.array([True])
        )


def test_the_page_says_what_the_current_level_stands_on_beside_baseline() -> None:
    found = cd.analyses.current_level(cd.demo_cohort(), cd.Settings(scan_marker="tgn"), 6.0)
    assert (found.known_events, found.n_events) == (6, 22)
    assert found.known == pytest.approx(0.1248, abs=1e-4)
    shown = level_table(found.rows, 0.95).set_index("Factor")
    assert shown.loc["6-TGN ≥ 235 pmol/8×10⁸ RBC, at baseline"].iloc[2].startswith("4.21 (1.2")
    assert "6 of 22 relapses and 12.5% of the time at risk" in level_sentence(found)
    assert [one.kind for one in cautions(found)] == ["reverse causation", "few values"]
    longer = cd.analyses.current_level(cd.demo_cohort(), cd.Settings(scan_marker="tgn"), 24.0)
    assert longer.known > found.known


def test_a_level_that_rises_before_the_event_is_seen() -> None:
    whole = cd.demo_cohort()
    ends = cd.analyses.predictors(whole, cd.Settings()).endpoint.patients
    relapsed = ends[ends["event"]]
    days = relapsed["origin_days"] + relapsed["time_months"] * 30.4375 - 40
    rows = pd.DataFrame({"patient_id": relapsed["patient_id"], "days": days, "crp_mg_per_l": 60.0})
    rows = rows.reindex(columns=whole.visits.columns)
    rising = replace(
        whole, visits=pd.concat([whole.visits, rows], ignore_index=True).sort_values(["patient_id", "days"])
    )
    ratio = cd.analyses.current_level(rising, cd.Settings(cutoffs="crp>50"), 6.0).rows[0].ratio
    assert isinstance(ratio.ratio, NotEstimable) or ratio.ratio.lower > 3


@pytest.mark.parametrize(
    "choices",
    [{"clock": "late-entry"}, {"horizon_months": 0.1}, {"cutoffs": "crp>599"}, {"outcome": "abscess"}, {"outcome": "adverse_event"},
     {"scan_marker": "age"}, {"clock": "naive"}],
)  # fmt: skip
@pytest.mark.parametrize("span", [1.0, 24.0])
def test_the_worst_positions_are_a_reason_or_a_table(choices: dict[str, object], span: float) -> None:
    found = cd.analyses.current_level(cd.demo_cohort(), cd.Settings(**choices), span)
    if isinstance(found, NotEstimable):
        assert found.reason
    else:
        assert level_sentence(found)
        assert "nan" not in level_table(found.rows, 0.95).to_string() + level_table(found.after, 0.95).to_string()


def test_a_file_without_visits_says_so() -> None:
    stated = cd.read_cohort(b"id,relapse_months,relapse_event,crp\nA,5,1,9\nB,7,0,3\n")
    assert "no day of therapy" in cd.analyses.current_level(stated, cd.Settings(), 6.0).reason
