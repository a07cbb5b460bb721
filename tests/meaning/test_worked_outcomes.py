"""Outcomes, candidates and centres of a few patients, each rule at the value, the day and the count where it turns."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from meaning.ascii_cohort import draw_cohort

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes import covariates, definitions, visit_status
from cdanalysis.outcomes.centres import MOST_CENTRES, centre_column, centre_columns, centres_of, says_so
from cdanalysis.outcomes.courses import Course, courses
from cdanalysis.outcomes.definitions import Visit, is_relapse, objective_relapse, relapse_day
from cdanalysis.outcomes.endpoints.events import _first, adverse_event
from cdanalysis.outcomes.endpoints.maintenance import landmark_visit
from cdanalysis.outcomes.endpoints.relapse import first_relapse, relapse
from cdanalysis.outcomes.endpoints.time_to_event import TimeToEvent, carried
from cdanalysis.reading.checks.frames import cohort_from_frames
from cdanalysis.results import StatedOutcome
from cdanalysis.settings import Settings
from cdanalysis.units import DAYS_PER_MONTH, DAYS_PER_WEEK

MONTH, WEEK = DAYS_PER_MONTH, DAYS_PER_WEEK
NAN = float("nan")


EMPTY = pd.DataFrame(columns=["patient_id", "days", "event"])


def cohort_of(n: int, **columns: list[object]) -> Cohort:
    """Patients P1, P2, ... followed for 1000 days, with further columns; those that are no measurement as the file heads them."""
    patients = pd.DataFrame(
        {"patient_id": [f"P{k}" for k in range(1, n + 1)], "follow_up_days": [1000.0] * n, **columns}
    )
    further = tuple(name for name in columns if not name.endswith("_per_l"))
    return cohort_from_frames(patients, events=EMPTY, extra_columns=further)


# --- Definitions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "baseline", "well", "responds"),
    [(149, 300, True, True), (150, 300, False, True), (149, 220, True, True), (149, 219, False, False), (229, 300, False, True),
     (230, 300, False, False)],
)  # fmt: skip
def test_remission_and_response_of_the_study(value: float, baseline: float, well: bool, responds: bool) -> None:
    settings, visit = Settings(), Visit(168, value)
    assert definitions.in_remission(visit, baseline, settings) is well
    assert definitions.responded(visit, baseline, settings) is responds
    without = replace(settings, response_definition="without-remission")
    assert definitions.responded(visit, baseline, without) is (responds and not well)
    assert not definitions.in_remission(Visit(168, value, is_clear=False), baseline, settings)


def test_a_relapse_lies_above_a_level_and_has_risen() -> None:
    rule = Settings().relapse_rule
    assert is_relapse(171, 100, rule)
    assert not is_relapse(170, 100, rule)
    assert not is_relapse(150, 50, rule)
    assert is_relapse(151, 50, rule)
    course = [Visit(168, 100), Visit(200, 170), Visit(230, 90), Visit(260, 161)]

    def day(reference: str) -> float | None:
        settings = Settings(relapse_reference=reference)
        return relapse_day(course, course[0], settings.relapse_rule, settings)

    assert [day(one) for one in ("landmark", "lowest", "previous")] == [None, 260, 260]
    assert relapse_day([Visit(168, 300)], Visit(168, 100), rule, Settings()) is None


def test_the_first_objective_event_after_a_day() -> None:
    rule = Settings().relapse_rule
    assert rule.uses_objective
    events = [(168.0, "fistula"), (169.0, "surgery"), (200.0, "abscess"), (190.0, "fistula")]
    assert objective_relapse(events, 168, rule) == (190, "fistula")
    assert objective_relapse(events[:2], 168, rule) is None
    course = courses(
        draw_cohort("patient|day|cdai|event\nA|0|300|\nA|168|100|\nA|250|300|\nA|240||fistula"), Settings()
    )[0]
    assert first_relapse(course, Visit(168, 100), Settings()) == (240, "fistula")
    assert first_relapse(course, Visit(240, 100), Settings()) == (250, "CDAI relapse")
    assert first_relapse(course, Visit(250, 100), Settings()) is None


def test_who_is_a_responder_at_the_landmark() -> None:
    drawing = "patient|day|cdai|event\nA|0|300|\nA|168|100|\nB|0|300|\nB|168|290|\nC|168|100|\nD|0|300|\nD|100|100|"
    found = {one.patient_id: landmark_visit(one, Settings()) for one in courses(draw_cohort(drawing), Settings())}
    assert found == {
        "A": Visit(168, 100),
        "B": "no response at week 24",
        "C": "no CDAI at baseline",
        "D": "no CDAI at week 24",
    }


def test_the_weeks_that_a_third_of_the_patients_were_seen_in() -> None:
    rows = [("A", 8.0), ("A", 52.0), ("A", 53.0), ("A", 2.5), ("B", 0.0), ("B", 12.0), ("A", 12.0)]
    visits = pd.DataFrame({"patient_id": [one for one, _ in rows], "week": [week for _, week in rows]})
    visits["days"], visits["cdai_points"] = visits["week"] * WEEK, 100.0
    patients = pd.DataFrame({"patient_id": list("ABC"), "follow_up_days": [1000.0] * 3})
    cohort = cohort_from_frames(patients, visits, EMPTY)
    assert visit_status.scheduled_weeks(cohort, Settings()) == (8, 12, 24, 52)
    four = cohort_from_frames(pd.DataFrame({"patient_id": list("ABCD"), "follow_up_days": [1000.0] * 4}), visits, EMPTY)
    assert visit_status.scheduled_weeks(four, Settings()) == (12, 24)


def test_the_first_week_in_a_state() -> None:
    drawing = "patient|day|cdai|event\nA|0|300|\nA|14|220|\nA|28|100|\nB|0|100|\nB|14|100|"
    first, second = courses(draw_cohort(drawing), Settings())
    assert visit_status.first_week(first, visit_status.RESPONSE, Settings()) == 2
    assert visit_status.first_week(first, visit_status.REMISSION, Settings()) == 4
    assert np.isnan(visit_status.first_week(second, visit_status.REMISSION, Settings()))


# --- Relapse, adverse events, several outcomes ------------------------------------------------------------------------


def with_scores(clock: str, *days: float) -> object:
    """A responder followed to day 500 without a relapse, with an active endoscopy on each day, as the rule by events reads it."""
    visits = pd.DataFrame({"patient_id": ["A", "A"], "days": [0.0, 168.0], "cdai_points": [300.0, 100.0]})
    endoscopy = pd.DataFrame({"patient_id": ["A"] * len(days), "days": days, "cdeis_points": [12.0] * len(days)})
    patients = pd.DataFrame({"patient_id": ["A"], "follow_up_days": [500.0]})
    return relapse(cohort_from_frames(patients, visits, EMPTY, endoscopy), Settings(clock=clock))


@pytest.mark.parametrize("clock", ["landmark", "late-entry"])
@pytest.mark.parametrize(("day", "said"), [(168.0, 0), (169.0, 1), (500.0, 1), (500.4, 1), (501.0, 0), (100.0, 0)])
def test_an_active_endoscopy_after_time_zero_that_the_rule_does_not_count(clock: str, day: float, said: int) -> None:
    found = with_scores(clock, day)
    assert isinstance(found, TimeToEvent)
    assert len(found.remarks) == said
    if said:
        assert found.remarks[0].startswith("1 patient without a relapse has an endoscopy")


def adverse(**settings: object) -> TimeToEvent:
    patients = pd.DataFrame(
        {
            "patient_id": list("ABCD"),
            "follow_up_days": [400.0, 400.0, 400.0, NAN],
            "combination_end_days": [200.0, NAN, 300.0, NAN],
        }
    )
    events = pd.DataFrame(
        {"patient_id": list("AABC"), "days": [-5.0, 250.0, 250.0, 300.0], "term": ["rash"] * 4, "action": [None] * 4}
    )
    cohort = cohort_from_frames(patients, events=EMPTY, adverse_events=events)
    found = adverse_event(cohort, Settings(**settings))  # type: ignore[arg-type]
    assert isinstance(found, TimeToEvent)
    return found


def test_adverse_events_up_to_the_end_of_the_therapy_or_of_the_follow_up() -> None:
    found = adverse(adverse_event_end="combination-end").patients.set_index("patient_id")
    assert found["event"].to_dict() == {"A": False, "B": True, "C": True, "D": False}
    assert found["time_months"].to_numpy() * MONTH == pytest.approx([200, 250, 300, 0])
    assert found["ended_by"].to_dict() == {
        **dict.fromkeys("BC", "adverse event"),
        **dict.fromkeys("AD", "end of combination therapy"),
    }
    later = adverse(adverse_event_end="last-follow-up").patients.set_index("patient_id")
    assert later["event"].to_dict() == {"A": True, "B": True, "C": True, "D": False}
    assert later.loc["D", "ended_by"] == "last follow-up"
    assert (
        adverse(adverse_event_end="combination-end")
        .no_end[0]
        .startswith("2 patients have no end of combination therapy")
    )
    assert adverse(adverse_event_end="last-follow-up").no_end == ()
    assert adverse(adverse_event_end="combination-end").notes == ()
    early = adverse(adverse_event_end="last-follow-up", horizon_months=8).patients.set_index("patient_id")
    assert early["time_months"]["A"] == 8
    assert not early["event"].any()


# --- Candidates and centres -------------------------------------------------------------------------------------------


def test_a_candidate_is_measured_in_two_of_three_patients() -> None:
    cohort = cohort_of(6, crp_mg_per_l=[1.0, 2, 3, 20, NAN, NAN], haemoglobin_g_per_l=[1.0, 2, 3, NAN, NAN, NAN])
    ids = tuple(cohort.patients["patient_id"])
    chosen, left_out = covariates.standard(cohort, ids, Settings())
    assert "crp" in [one.code for one in chosen]
    assert not [one for one in left_out if "CRP" in one]
    fewer = cohort_of(6, crp_mg_per_l=[1.0, 2, 20, NAN, NAN, NAN])
    chosen, left_out = covariates.standard(fewer, ids, Settings())
    assert "crp" not in [one.code for one in chosen]
    assert any(one.endswith("was measured in 3 of 6 patients: not a candidate.") for one in left_out)


def test_what_a_further_column_can_be() -> None:
    kind = covariates._kind
    assert kind(pd.Series([True, False])) == "binary"
    assert kind(pd.Series([True, True])) == ""
    assert kind(pd.Series([1.0, 2.0])) == "number"
    assert kind(pd.Series([1.0, 1.0])) == ""
    assert kind(pd.Series(list("ab"))) == "levels"
    assert kind(pd.Series(list("abcdef"))) == "levels"
    assert kind(pd.Series(list("abcdefg"))) == ""
    assert kind(pd.Series(list("aa"))) == ""


def test_the_columns_of_levels_against_the_first() -> None:
    cohort = cohort_of(4, ward=["b", "a", None, "c"])
    (code,) = [one for one in covariates.available(cohort) if "ward" in one]
    found = covariates.covariate(cohort, tuple(cohort.patients["patient_id"]), code, Settings())
    assert [(term.label, term.reference) for term in found.terms] == [("ward b", "ward a"), ("ward c", "ward a")]
    assert found.columns[[0, 1, 3]].tolist() == [[1, 0], [0, 0], [0, 1]]
    assert np.isnan(found.columns[2]).all()
    assert found.n_missing == 1
    assert covariates.makes_groups(cohort, code)


@pytest.mark.parametrize(
    ("header", "is_one"),
    [
        ("centre", True),
        ("Study Site", True),
        ("hospital", True),
        ("disease site", False),
        ("hospital days", False),
        ("中心", True),
        ("age", False),
    ],
)
def test_a_header_of_a_centre(header: str, is_one: bool) -> None:
    assert says_so(header) is is_one


def test_which_columns_can_be_centres() -> None:
    def offered(values: list[object]) -> tuple[str, ...]:
        return centre_columns(cohort_of(len(values), centre=values))

    assert offered(["a", "a", "b", "b"]) == ("centre",)
    assert offered(["a", "a", "b"]) == ()
    assert offered(["a", "a", "b", "b", None]) == ("centre",)
    assert offered(["a", "a", "a", "a"]) == ()
    assert offered([1.0, 1.0, 2.0, 2.0]) == ("centre",)
    assert offered([1.5, 1.5, 2.0, 2.0]) == ()
    most = [f"c{k}" for k in range(MOST_CENTRES)] * 2
    assert offered(most) == ("centre",)
    assert offered([*most, "more", "more"]) == ()


def test_the_centre_of_each_patient() -> None:
    cohort = cohort_of(
        4, ward=["x", "x", "y", "y"], centre=[1.0, 1.0, 2.0, NAN], **{"study centre": ["p", "p", "q", "q"]}
    )
    assert centre_columns(cohort_of(4, ward=["x", "x", "y", "y"], centre=["a", "a", "b", "b"])) == ("centre", "ward")
    assert centre_column(cohort, Settings(centre="ward")) == "ward"
    assert centre_column(cohort, Settings(centre="elsewhere")) == "study centre"
    assert centre_column(cohort_of(4, ward=["x", "x", "y", "y"]), Settings()) == ""
    assert centres_of(cohort, "centre", ["P4", "P3", "P1"]).tolist() == [None, "2", "1"]


def test_a_stated_outcome_with_its_entry_and_a_horizon() -> None:
    frame = {
        "death_months": [5.0, 9.0, 4.0, NAN, 3.0],
        "death_event": pd.array([True, False, True, True, None], "boolean"),
        "death_entry_months": [2.0, NAN, 0.0, 0.0, 0.0],
    }
    cohort = replace(cohort_of(5, **frame), stated=(StatedOutcome("death", "death"),))  # type: ignore[arg-type]
    found = carried(cohort, Settings(), "death")
    assert isinstance(found, TimeToEvent)
    assert found.patients["entry_months"].tolist() == [2, 0, 0]
    assert found.patients["event"].tolist() == [True, False, True]
    assert [(one.reason, one.n) for one in found.excluded] == [("no time or event of death", 2)]
    early = carried(cohort, Settings(horizon_months=4), "death")
    assert isinstance(early, TimeToEvent)
    assert early.patients[["time_months", "event"]].to_numpy().tolist() == [[4, False], [4, False], [4, True]]
    late = carried(cohort, Settings(horizon_months=2), "death")
    assert isinstance(late, TimeToEvent)
    assert [(one.reason, one.n) for one in late.excluded][-1] == ("entered after the end of the time analysed", 1)


def test_the_first_event_after_time_zero_and_on_its_day_only_where_that_counts() -> None:
    course = Course(
        "P1",
        300.0,
        (),
        ((-3.0, "surgery"), (168.0, "surgery"), (170.0, "hospitalization"), (200.0, "surgery")),
        NAN,
        200.0,
    )
    zero = Visit(168.0, 100.0)
    assert _first(course, "surgery", zero, on_the_day=True) == (168.0, "surgery")
    assert _first(course, "surgery", zero, on_the_day=False) == (200.0, "surgery")
    assert _first(course, "surgery", Visit(200.0, 100.0), on_the_day=False) is None
    assert _first(course, "abscess", zero, on_the_day=True) is None
