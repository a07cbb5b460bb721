"""The rules of outcomes on courses of one patient, at the day, the score and the count where each begins or ends."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from meaning.ascii_cohort import draw_cohort

from cdanalysis.outcomes import visit_status
from cdanalysis.outcomes.courses import Course
from cdanalysis.outcomes.definitions import Visit, baseline_visit, visit_near
from cdanalysis.outcomes.endoscopic_scores import active, graded, in_remission
from cdanalysis.outcomes.endpoints.between_visits import _free_months
from cdanalysis.outcomes.endpoints.competing import _comes_first, _with_competitors, competing_relapse
from cdanalysis.outcomes.endpoints.endoscopic import _patients, endoscopic_remission
from cdanalysis.outcomes.endpoints.events import adverse_event, hospitalization
from cdanalysis.outcomes.endpoints.maintenance import _end
from cdanalysis.outcomes.endpoints.recurrent import _of_kind, _within
from cdanalysis.outcomes.endpoints.relapse import relapse
from cdanalysis.outcomes.endpoints.same_day import all_reached, counted, reached
from cdanalysis.outcomes.endpoints.time_to_event import carried, other_cause
from cdanalysis.reading.checks.frames import cohort_from_frames
from cdanalysis.results import NotEstimable, StatedOutcome
from cdanalysis.settings import Settings
from cdanalysis.units import DAYS_PER_MONTH

NAN = float("nan")
MONTH = DAYS_PER_MONTH


def course_of(*visits: tuple[float, float], events: tuple = (), end: float = 1000.0, tolerance: float = 0.0) -> Course:
    return Course("A", 300.0, tuple(Visit(*one) for one in visits), events, end, end, tolerance)


# --- visits -----------------------------------------------------------------------------------------------------------


def test_a_visit_lies_in_the_window_up_to_its_last_day_and_of_two_the_earlier_counts() -> None:
    course = [Visit(140, 1), Visit(160, 2), Visit(176, 3), Visit(196, 4)]
    assert visit_near(course, 168, 28) == Visit(160, 2)
    assert visit_near([course[0]], 168, 28) == Visit(140, 1)
    assert visit_near([course[0]], 168, 27.9) is None
    assert baseline_visit([Visit(-28, 1), Visit(0, 2), Visit(1, 3)]) == Visit(0, 2)
    assert baseline_visit([Visit(-28, 1), Visit(1, 3)]) == Visit(-28, 1)
    assert baseline_visit([Visit(-28.5, 1)]) is None


def test_a_week_s_window_is_less_than_half_the_way_to_its_neighbour() -> None:
    def window(week: int) -> float:
        return visit_status.window_days(week, (2, 8, 24, 52), Settings())

    # 2 weeks to week 0, 6 to week 2, the landmark's own window of 4 weeks, 28 weeks to week 24.
    assert [window(week) for week in (2, 8, 24, 52)] == [6.5, 20.5, 28.0, 28.0]


def test_what_stands_in_for_a_missing_visit() -> None:
    course = course_of((0, 300), (14, 100), (100, 290))

    def at(week: int, missing: str) -> str:
        return visit_status.status(course, week, (2, 8, 24), Settings(missing_visits=missing))

    assert at(2, "observed") == at(2, "last-observation") == visit_status.REMISSION
    assert at(8, "observed") == visit_status.MISSING
    assert at(8, "non-response") == visit_status.NEITHER
    assert at(8, "last-observation") == visit_status.REMISSION  # of day 14; day 100 is after week 8
    assert at(24, "last-observation") == visit_status.NEITHER  # of day 100
    before = course_of((0, 100), (70, 100))
    assert visit_status.status(before, 2, (2, 24), Settings(missing_visits="last-observation")) == visit_status.NEITHER
    on_the_day = course_of((56, 100))
    settings = Settings(missing_visits="last-observation", landmark_week=8, visit_window_weeks=0)
    assert visit_status.status(on_the_day, 8, (8,), settings) == visit_status.REMISSION


def test_the_first_week_of_a_state() -> None:
    course = course_of((0, 100), (14, 160), (28, 140))
    assert visit_status.first_week(course, visit_status.RESPONSE, Settings()) == 2
    assert visit_status.first_week(course, visit_status.REMISSION, Settings()) == 4
    assert np.isnan(visit_status.first_week(course_of((0, 100)), visit_status.REMISSION, Settings()))
    strict = Settings(response_definition="without-remission")
    assert visit_status.first_week(course_of((14, 140)), visit_status.RESPONSE, strict) != 2


def test_a_scheduled_week_is_whole_within_a_year_and_a_third_of_the_patients_were_seen_in_it() -> None:
    drawn = "patient | day | cdai | event\n" + "\n".join(
        f"{who} | {week * 7} | 100 |"
        for who, weeks in {
            "A": (0, 2, 52, 53),
            "B": (4, 53),
            "C": (2.5, 53),
            "D": (2.5, 53),
            "E": (2.5,),
            "F": (2,),
        }.items()
        for week in weeks
    )
    assert visit_status.scheduled_weeks(draw_cohort(drawn), Settings()) == (2, 24)  # 2 of 6; week 52 was 1 of 6
    three = drawn.replace("B | 28", "B | 364")
    assert visit_status.scheduled_weeks(draw_cohort(three), Settings()) == (2, 24, 52)


# --- ends -------------------------------------------------------------------------------------------------------------


def test_a_rounded_end_reaches_as_far_as_it_may_lie_off() -> None:
    assert reached(100.0, 5.0, [99.0, 103.0, 105.0, 106.0]) == 105.0
    assert reached(100.0, 0.0, [100.0, 100.5]) == 100.0
    found = all_reached(np.array([100.0] * 4), np.array([5.0] * 4), np.array([99.0, 105.0, 105.1, NAN]))
    assert found.tolist() == [100.0, 105.0, 100.0, 100.0]
    assert counted([0.0, 0.01], "event") == ()
    assert counted([0.0, 2.0], "event")[0].startswith("1 × event lies after")
    assert "2 × event lie after" in counted([1.0, 3.5], "event")[0]
    assert "by 3.5 days at most" in counted([1.0, 3.5], "event")[0]


@pytest.mark.parametrize(
    ("event", "choices", "day", "happened", "ended_by"),
    [
        ((400.0, "abscess"), {}, 400, True, "abscess"),
        ((500.0, "abscess"), {}, 500, True, "abscess"),  # on the last day: before the censoring
        ((501.0, "abscess"), {}, 500, False, "last follow-up"),
        (None, {"horizon_months": 6.0}, 168 + 6 * MONTH, False, "horizon"),
        (None, {"horizon_months": 6.0, "clock": "naive"}, 6 * MONTH, False, "horizon"),
        ((168 + 6 * MONTH, "abscess"), {"horizon_months": 6.0}, 168 + 6 * MONTH, True, "abscess"),
    ],
)
def test_what_ends_an_observation(
    event: tuple | None, choices: dict, day: float, happened: bool, ended_by: str
) -> None:
    found = _end(course_of(end=500.0), Visit(168, 100), 500.0, event, Settings(**choices))
    assert (found.day, found.event, found.ended_by) == (pytest.approx(day), happened, ended_by)


def test_a_death_censors_and_a_rounded_end_reaches_to_it() -> None:
    died = course_of(events=((168.0, "death"), (300.0, "death")), end=500.0)
    found = _end(died, Visit(168, 100), 500.0, None, Settings())
    assert (found.day, found.event, found.ended_by) == (300, False, "death")
    late = course_of(events=((504.0, "abscess"),), end=500.0, tolerance=5.0)
    found = _end(late, Visit(168, 100), 500.0, (504.0, "abscess"), Settings())
    assert (found.day, found.event, found.moved) == (504, True, 4)


def test_an_event_within_half_a_day_dates_a_relapse_and_one_half_a_day_off_does_not() -> None:
    def free(on: float, what: str = "abscess", dated: bool = True) -> float:
        row = pd.Series({"origin_days": 100.0, "entry_months": 0.0, "time_months": 200 / MONTH})
        course = course_of((0, 1), (250, 1), (299.5, 1), (299.4, 1), events=((on, what),))
        return _free_months(row, course, dated) * MONTH

    assert free(300.4) == pytest.approx(200)
    assert free(300.5) == free(299.5) == pytest.approx(199.4)  # the last visit more than half a day before it
    assert free(300.0, "hospitalization") == free(300.0, dated=False) == pytest.approx(199.4)


# --- events that come again ---------------------------------------------------------------------------------------------


def test_events_of_a_kind_count_after_time_zero_and_on_the_day_of_therapy() -> None:
    course = course_of(events=((0.0, "a"), (168.0, "a"), (169.0, "a"), (200.0, "b")))
    assert _of_kind(course, Visit(0, 1), "a") == [0, 168, 169]
    assert _of_kind(course, Visit(168, 1), "a") == [169]


def test_events_inside_a_patient_s_time() -> None:
    ends = pd.DataFrame({"patient_id": ["A", "B"], "end_months": [10.0, 5.0]})
    rows = [("A", 0.0), ("A", 10.0), ("A", 10.0 + 0.005 / MONTH), ("A", 10.1), ("B", -0.1), ("B", 6.0)]
    found = _within("x", "x", "", ends, rows, ())
    assert found.events["months"].tolist() == [0.0, 10.0, 10.0]
    assert found.n_outside == 3


# --- endoscopies ------------------------------------------------------------------------------------------------------


def scopes(*rows: tuple[str, float, float, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["patient_id", "days", "cdeis_points", "rutgeerts_score"]).assign(
        ses_cd_points=NAN
    )


def test_grades_in_their_order() -> None:
    frame = scopes(("A", 1, NAN, 2), ("A", 1, NAN, 2), ("A", 1, NAN, 2), ("A", 1, NAN, 3)).assign(
        rutgeerts_i2b=pd.array([False, True, None, True], "boolean")
    )
    assert graded(frame)["grade"].tolist() == [2.0, 2.5, 2.25, 3.0]


@pytest.mark.parametrize(
    ("was", "grade", "of_i1", "of_i2a"),
    [(2.0, 1.0, True, False), (2.5, 2.0, False, True), (1.0, 1.0, False, False), (2.5, 2.25, False, False)],
)
def test_remission_by_grade_needs_worse_before(was: float, grade: float, of_i1: bool, of_i2a: bool) -> None:
    seen = scopes(("A", 100, NAN, 2)).assign(grade=grade)
    before = pd.DataFrame({"grade": [was]}, index=["A"])
    found = [bool(in_remission(seen, before, Settings(rutgeerts_remission=one))[0]) for one in ("i1", "i2a")]
    assert found == [of_i1, of_i2a]


def test_activity_is_a_score_at_its_level_or_a_grade_that_is_not_remission() -> None:
    seen = scopes(("A", 1, 6.9, NAN), ("B", 2, 7.0, NAN), ("C", 3, NAN, 1), ("D", 4, NAN, 2))
    assert active(seen, Settings())["patient_id"].tolist() == ["B", "D"]
    assert active(seen, Settings(rutgeerts_remission="i2a"))["patient_id"].tolist() == ["B", "D"]  # i2, a nor b
    exact = seen.assign(rutgeerts_i2b=pd.array([None, None, None, False], "boolean"))
    assert active(exact, Settings(rutgeerts_remission="i2a"))["patient_id"].tolist() == ["B"]


def test_time_to_endoscopic_remission() -> None:
    rows = scopes(
        ("A", 28, 12, NAN), ("A", 100, 8, NAN), ("A", 300, 6, NAN), ("A", 400, 5, NAN),  # remission on day 300
        ("B", 0, 10, NAN), ("B", 200, 9, NAN), ("B", 100, 9, NAN),  # never: to the last endoscopy
        ("C", 10, 6, NAN), ("C", 200, 5, NAN),  # in remission before
        ("D", 28, 10, NAN),  # day 28 is still before
    )  # fmt: skip
    cohort = cohort_from_frames(pd.DataFrame({"patient_id": list("ABCD")}), endoscopy=rows)
    found = endoscopic_remission(cohort, Settings())
    assert not isinstance(found, NotEstimable)
    days = dict(zip(found.patients["patient_id"], (found.patients["time_months"] * MONTH).round(6), strict=True))
    assert days == {"A": 300, "B": 200}
    assert found.patients["event"].tolist() == [True, False]
    assert found.why == {"C": "in endoscopic remission before", "D": "no scored endoscopy after the start of therapy"}


def test_a_horizon_ends_the_time_to_remission_after_its_day() -> None:
    ids = pd.Series(["A", "B", "C"])
    found = _patients(ids, np.array([6 * MONTH, 200.0, NAN]), np.array([900.0, 900.0, 100.0]), 6.0)
    assert found["time_months"].round(6).tolist() == [6.0, 6.0, round(100 / MONTH, 6)]
    assert found["event"].tolist() == [True, False, False]
    assert found["ended_by"].tolist() == ["endoscopic remission", "horizon", "last endoscopy"]


# --- what competes ----------------------------------------------------------------------------------------------------


def ended(*rows: tuple[str, float, bool]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["patient_id", "time_months", "event"]).assign(ended_by="own")


def test_on_one_day_the_outcome_comes_before_what_competes_and_a_censoring_after_it() -> None:
    patients = ended(("A", 10, True), ("B", 10, False), ("C", 10, True), ("D", 10, False))
    first, second = np.array([10, 10, 9, 11.0]), np.array([5, np.inf, 9, 10.5])
    assert _comes_first(patients, first).tolist() == [False, True, True, False]
    found = _with_competitors(patients, [("surgery", first), ("death", second)])
    assert found["ended_by"].tolist() == ["death", "surgery", "surgery", "own"]  # of two on one day the first named
    assert found["time_months"].tolist() == [5, 10, 9, 10]
    assert found["event"].tolist() == [False, False, False, False]
    assert found["event_type"].tolist() == [2, 2, 2, 0]
    assert _with_competitors(patients, [("surgery", first)])["event_type"].tolist() == [1, 2, 2, 0]


WITH_STOP = """
    patient | day | cdai | event
    A       |   0 |  300 |
    A       | 168 |  100 |
    B       |   0 |  300 |
    B       | 168 |  100 |
    C       |   0 |  300 |
    C       | 168 |  100 |
    C       | 400 |  300 |
"""


def test_the_end_of_therapy_competes_where_it_comes_first_and_no_relapse_was_its_reason() -> None:
    cohort = draw_cohort(WITH_STOP)
    told = cohort.patients.assign(
        combination_end_days=[100.0, 300.0, 300.0], combination_end_reason=["toxicity", "Relapse", "choice"]
    )
    found = competing_relapse(replace(cohort, patients=told), Settings())
    assert not isinstance(found, NotEstimable)
    assert found.against == ("end of combination therapy",)
    assert found.patients["event_type"].tolist() == [2, 0, 2]
    assert (found.patients["time_months"] * MONTH).round(6).tolist() == [
        0,
        832,
        132,
    ]  # before the landmark: at time zero


# --- events of the file -----------------------------------------------------------------------------------------------


def test_events_said_to_be_unrelated_are_not_counted_and_that_is_said() -> None:
    cohort = draw_cohort(
        "patient | day | cdai | event\nA | 200 | | hospitalization\nA | 100 | | hospitalization\nB | 50 | | surgery\n"
    )
    said = cohort.events.assign(cd_related=pd.array([False, True, False], "boolean"))
    cohort = replace(cohort, events=said)
    first = cohort.events.loc[cohort.events["cd_related"].eq(True), "days"].iloc[0]
    found = hospitalization(cohort, Settings(events_counted="related"))
    assert not isinstance(found, NotEstimable)
    assert found.notes[-1] == "1 × hospitalization not related to the disease: not counted."
    assert found.patients.loc[found.patients["event"], "time_months"].tolist() == pytest.approx([first / MONTH])


def test_adverse_events_before_day_0_and_after_the_end_are_not_counted() -> None:
    patients = pd.DataFrame(
        {
            "patient_id": list("ABCDE"),
            "follow_up_days": [900.0] * 4 + [NAN],
            "combination_end_days": [100, 100, 100, NAN, NAN],
        }
    )
    events = pd.DataFrame({"patient_id": list("ABCD"), "days": [0.0, 100.0, 101.0, 200.0], "term": "x", "action": ""})
    before = pd.DataFrame({"patient_id": ["A"], "days": [-1.0], "term": "x", "action": ""})
    cohort = cohort_from_frames(patients, adverse_events=pd.concat([before, events]))
    found = adverse_event(cohort, Settings())
    assert not isinstance(found, NotEstimable)
    told = found.patients.head(4)
    assert told["event"].tolist() == [True, True, False, True]
    assert (told["time_months"] * MONTH).round(6).tolist() == [0, 100, 100, 200]


def carrying(**columns: list) -> object:
    frame = pd.DataFrame({"patient_id": list("ABCD"), **columns})
    cohort = cohort_from_frames(frame)
    return replace(cohort, stated=(StatedOutcome("death", "death", competing=("transplant", "emigration")),))


def test_a_stated_outcome_at_its_horizon_and_at_its_entry() -> None:
    cohort = carrying(
        death_months=[12.0, 12.5, 5.0, 7.0], death_event=[1, 1, 1, 1], death_state=[1, 1, 2, 3],
        death_entry_months=[0.0, 3.0, 5.0, 6.0],
    )  # fmt: skip
    found = carried(cohort, Settings(horizon_months=12.0), "death")
    assert not isinstance(found, NotEstimable)
    assert found.patients["patient_id"].tolist() == ["A", "B", "D"]  # C entered when his time ended
    assert found.patients["time_months"].tolist() == [12.0, 12.0, 7.0]
    assert found.patients["event"].tolist() == [True, False, False]
    assert found.patients["ended_by"].tolist() == ["death", "last follow-up", "emigration"]
    other = other_cause(cohort, Settings(), stated="death", cause=3)
    assert not isinstance(other, NotEstimable)
    assert (other.noun, other.competing) == ("emigration", ("death", "transplant"))
    assert other.patients["event_type"].tolist() == [2, 2, 1]  # his own first, the others in their order


def test_an_endoscopy_with_activity_is_remarked_within_the_follow_up_of_who_has_no_relapse() -> None:
    def remarked(day: float) -> int:
        cohort = draw_cohort(WITH_STOP, follow_up_days=600.0)
        cohort = replace(cohort, endoscopy=scopes(("A", day, 20, NAN)))
        found = relapse(cohort, Settings())
        assert not isinstance(found, NotEstimable)
        return len(found.remarks)

    assert [remarked(day) for day in (168, 168.1, 600.5, 600.6)] == [0, 1, 1, 0]
