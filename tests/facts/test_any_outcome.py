"""Small cohorts with odd columns, drawn by the hundred: every outcome is read and analysed, or says why not; nothing is raised."""

from __future__ import annotations

import warnings
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cdanalysis as cd
from cdanalysis import analyses
from cdanalysis.results import NotEstimable

CODES = (("0", "1"), ("0", "1", "2"), ("1", "2"), ("1", ""), ("x", ""), ("yes", "no", "perhaps"), ("Dead", "Alive", "Transplant"),
         ("0", "1", "2", "3", "9"), ("1",), ("0",), ("", "NA"), ("+", "-"), ("0.5", "1", "0"), ("-9", "0", "1"))  # fmt: skip
TIMES = ("0", "1", "5.5", "12", "365", "548", "-3", "", "soon", "2020-05-01", "1e400", "12 months")
DATES = ("2020-01-01", "2020-05-01", "2021-03-04", "", "1900-01-01", "31.12.9999", "03/04/2020", "soon", "2019-01-01")
NUMBERS = ("1", "2.5", "1e-5", "1e12", "-99", "", "<5", "7", "1,234")
HEADERS = {
    "event": ("event", "status", "relapse", "relapse_event", "death", "cens", "relapse-free", "recur", "colectomy"),
    "time": (
        "time",
        "time_days",
        "relapse_months",
        "days to death",
        "rtime",
        "follow_up_months",
        "Follow-up",
        "colectomy_months",
    ),
    "date": (
        "start_date",
        "relapse_date",
        "last_follow_up_date",
        "date of event or censoring",
        "colectomy_date",
        "ileostomy_date",
    ),
    "number": ("crp", "calprotectin", "allele", "age"),
}
CELLS = {"time": TIMES, "date": DATES, "number": NUMBERS}
# Each page's pipeline and those of its parts that need nothing else; the multiverse with one axis, or it takes seconds.
PIPELINES = (analyses.survival, analyses.predictors, analyses.competing, analyses.clocks, analyses.cutoffs, analyses.subgroups,
             analyses.flow, analyses.multiverse, analyses.stability, analyses.between_visits, analyses.missing_values,
             analyses.competing_ratios, analyses.interval_models, analyses.recurrent)  # fmt: skip


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A table of 3 to 40 patients: a few columns of each kind, filled from cells that clinics have typed."""
    n = draw(st.integers(3, 40))
    columns = [["id", *(f"P{number}" for number in range(n))]]
    for kind, headers in HEADERS.items():
        for header in draw(
            st.lists(st.sampled_from(headers), unique=True, min_size=kind in ("event", "time"), max_size=3)
        ):
            pool = (
                draw(st.sampled_from(CODES))
                if kind == "event"
                else draw(st.lists(st.sampled_from(CELLS[kind]), min_size=1, max_size=5, unique=True))
            )
            columns.append([header, *draw(st.lists(st.sampled_from(pool), min_size=n, max_size=n))])
    return "\n".join(";".join(row) for row in zip(*columns, strict=True)).encode()


def answered(content: bytes, draw: st.DataObject) -> cd.Study:
    """A study with answers to some of the file's questions, until no new one arises."""
    study = cd.open_cohort(content).study
    for _ in range(4):
        asked = [one for one in cd.open_cohort(content, study=study).questions if one.options]
        answers = {one.id: draw.draw(st.sampled_from(one.options)) for one in asked if draw.draw(st.booleans())}
        study = study.answered(answers)
    return study


@given(content=files(), draw=st.data())
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_outcome_of_any_small_cohort_is_analysed_or_says_why_not(content: bytes, draw: st.DataObject) -> None:
    study = answered(content, draw)
    opened = cd.open_cohort(content, study=study)
    if opened.cohort is None:
        assert opened.refusal
        return
    cohort = opened.cohort
    for outcome in cohort.outcomes.values():
        assert 0 <= outcome.n_events <= outcome.n <= len(cohort.patients)
        chosen = cd.Settings(outcome=outcome.code, multiverse_axes="model", imputations=2)
        found = analyses.survival(cohort, chosen)
        if not isinstance(found, NotEstimable):
            assert (found.endpoint.code, found.endpoint.noun) == (outcome.code, outcome.label)
            assert (found.n, found.n_events) == (outcome.n, outcome.n_events)
        for pipeline in PIPELINES:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", RuntimeWarning)  # of numbers at the edge of a float
                pipeline(cohort, chosen)


@pytest.mark.parametrize("outcome", ["nonsense", "death"])
def test_an_outcome_that_the_file_has_not_gives_way_to_its_first_and_that_is_said(outcome: str) -> None:
    cohort = cd.read_cohort(b"id,crp,recurrence,time_days\nA,1,1,10\nB,2,0,20\nC,3,1,30\n")
    found = analyses.predictors(cohort, replace(cd.Settings(), outcome=outcome))
    assert found.endpoint.code == "recurrence"
    assert found.endpoint.notes[0] == f"The file does not have the chosen outcome, {outcome}: recurrence is shown."
