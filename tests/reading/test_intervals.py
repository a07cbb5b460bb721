"""Rows of intervals, as R's Surv(start, stop, event) takes them, and late entry: one time per patient, and where it begins."""

from __future__ import annotations

import pandas as pd
import pytest
from corpus.walking import walked
from lifelines import CoxPHFitter

import cdanalysis as cd
from cdanalysis.results import NotEstimable
from cdanalysis.sections import named
from cdanalysis.sections.blocks import Figure
from cdanalysis.statistics.time_axis import observed

STOPS = (400, 700, 300, 900, 650, 500, 800, 350)
EVENTS = (1, 0, 1, 0, 1, 1, 0, 1)
ENTRIES = (0, 30, 100, 60, 0, 250, 90, 10)
CRP = (3, 41, 22, 5, 30, 8, 2, 50)


def late(start: str, stop: str, event: str, entries: tuple[int, ...] = ENTRIES) -> bytes:
    rows = zip(entries, STOPS, EVENTS, CRP, strict=True)
    lines = [f"P{n},{','.join(map(str, row))}" for n, row in enumerate(rows)]
    return "\n".join([f"patient_id,{start},{stop},{event},CRP (mg/L)", *lines]).encode()


def split(start: str, stop: str, event: str) -> bytes:
    """Each patient in two rows, CRP a third higher in the second."""
    lines = [f"patient_id,{start},{stop},{event},CRP (mg/L)"]
    for n, (end, happened, crp) in enumerate(zip(STOPS, EVENTS, CRP, strict=True)):
        lines += [f"P{n},0,{end // 3},0,{crp}", f"P{n},{end // 3},{end},{happened},{crp * 1.5}"]
    return "\n".join(lines).encode()


def opened(content: bytes) -> cd.Cohort:
    """The cohort, where a unit is asked in days."""
    first = cd.open_cohort(content)
    assert all(one.id.startswith("unit:") for one in first.questions)
    whole = cd.open_cohort(content, study=first.study.answered({one.id: "days" for one in first.questions}))
    assert whole.cohort is not None, whole.refusal
    assert whole.questions == ()
    return whole.cohort


def endpoint(cohort: cd.Cohort) -> pd.DataFrame:
    return cd.analyses.survival(cohort, cd.Settings()).endpoint.patients


NAMES = [("tstart", "tstop", "status"), ("start", "stop", "relapse"), ("time1", "time2", "status"),
         ("start (days)", "stop (days)", "event"), ("entry_time", "exit_time", "relapse"),
         ("von (Tage)", "bis (Tage)", "Rezidiv")]  # fmt: skip


@pytest.mark.parametrize("names", NAMES, ids="-".join)
def test_rows_of_intervals_are_one_time_a_patient(names: tuple[str, str, str]) -> None:
    found = endpoint(opened(split(*names)))
    assert found["time_months"].tolist() == pytest.approx([end / 30.4375 for end in STOPS])
    assert found["event"].tolist() == [happened == 1 for happened in EVENTS]
    assert (found["entry_months"] == 0).all()


def test_what_changes_between_the_intervals_is_measured_where_each_begins() -> None:
    cohort = opened(split("tstart", "tstop", "relapse"))
    assert cohort.patients["crp_mg_per_l"].tolist() == list(CRP)
    seen = cohort.visits[cohort.visits["patient_id"] == "P1"]
    assert seen["days"].tolist() == pytest.approx([0, 233])
    assert seen["crp_mg_per_l"].tolist() == [41, 61.5]


def test_the_first_of_several_events_ends_the_time() -> None:
    lines = ["patient_id,tstart_months,tstop_months,relapse", "A,0,3,1", "A,3,9,1", "B,0,12,0", "C,0,4,0", "C,4,8,1"]
    found = endpoint(opened("\n".join(lines).encode()))
    assert found["time_months"].tolist() == [3, 12, 8]
    assert found["event"].tolist() == [True, False, True]


@pytest.mark.parametrize("names", NAMES, ids="-".join)
def test_a_start_after_time_zero_is_late_entry_and_said(names: tuple[str, str, str]) -> None:
    cohort = opened(late(*names))
    assert any("6 patients observed from an entry after time zero" in fault.found for fault in cohort.faults)
    found = endpoint(cohort)
    assert found["entry_months"].tolist() == pytest.approx([one / 30.4375 for one in ENTRIES])


def test_the_hazard_ratio_with_late_entry_is_that_of_lifelines() -> None:
    result = cd.analyses.predictors(
        opened(late("tstart", "tstop", "relapse")), cd.Settings(handles="crp").with_cutoff("crp", 10, ">")
    )
    rows = pd.DataFrame({"entry": ENTRIES, "time": STOPS, "event": EVENTS, "high": [int(one > 10) for one in CRP]})
    fitter = CoxPHFitter().fit(rows, "time", "event", entry_col="entry", fit_options={"precision": 1e-10})
    (found,) = (one for one in result.univariable if not isinstance(one, NotEstimable) and "CRP" in one.terms[0].name)
    assert found.terms[0].hazard_ratio.value == pytest.approx(fitter.hazard_ratios_["high"], rel=1e-6)


def test_who_enters_after_the_end_of_the_time_analysed_is_left_out_with_the_reason() -> None:
    cohort = opened(late("tstart", "tstop", "relapse"))
    found = cd.analyses.survival(cohort, cd.Settings(horizon_months=6)).endpoint
    assert found.why == {"P5": "entered after the end of the time analysed"}


def test_intervals_that_overlap_are_no_intervals() -> None:
    lines = ["patient_id,start,stop,relapse", "A,0,3,1", "A,0,9,1", "B,0,12,0", "B,5,13,1", "C,0,4,0", "C,0,8,1"]
    cohort = cd.read_cohort("\n".join(lines).encode())
    assert "relapse_entry_months" not in cohort.patients
    assert any(one.id.startswith("repeated:") for one in cohort.questions)


def test_cumulative_incidence_is_not_computed_with_late_entry() -> None:
    """A third code competes; with an entry its incidence would be that of other patients."""
    content = late("tstart", "tstop", "relapse").replace(b"300,1,", b"300,2,")
    first = cd.open_cohort(content)
    answers = {one.id: "days" if one.id.startswith("unit:") else "2 = a competing event" for one in first.questions}
    cohort = cd.read_cohort(content, study=first.study.answered(answers))
    found = cd.analyses.competing(cohort, cd.Settings())
    assert isinstance(found, NotEstimable)
    assert "late entry" in found.reason


@pytest.mark.parametrize("name", ["survival", "predictors", "cutoffs"])
def test_every_part_of_a_section_stands_where_some_enter_late(name: str) -> None:
    """Some, not all: who is observed from time zero has no entry."""
    cohort = opened(late("tstart", "tstop", "relapse"))
    shown = list(walked(named(name)(cohort, cd.Settings()), n_patients=len(STOPS)))
    assert shown
    assert all(block.spec for block in shown if isinstance(block, Figure))


def test_what_is_observed_can_be_observed_again() -> None:
    once = observed(STOPS, EVENTS, ENTRIES)
    again = observed(once.time, once.event, once.entry)
    assert again.entry is not None
    assert once.entry is not None
    assert again.entry.tolist() == once.entry.tolist()
