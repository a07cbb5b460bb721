"""Between which visits a relapse lies, on courses drawn as tables."""

from __future__ import annotations

from meaning.ascii_cohort import draw_cohort

from cdanalysis import analyses
from cdanalysis.outcomes import endpoints
from cdanalysis.sections.survival.between_visits.words import between_visits_sentence
from cdanalysis.settings import Settings
from cdanalysis.units import DAYS_PER_MONTH

# A is found relapsed at a visit; B's visit before the relapse is the landmark; C has an abscess, D one on the day of the
# visit that also finds the relapse, and E is censored.
COURSES = """
    patient | day | cdai | event
    --------+-----+------+------
    A       |   0 |  300 |
    A       | 168 |  100 |
    A       | 250 |  100 |
    A       | 300 |      |
    A       | 400 |  300 |
    B       |   0 |  300 |
    B       | 168 |  100 |
    B       | 268 |  290 |
    C       |   0 |  300 |
    C       | 168 |  100 |
    C       | 230 |      | abscess
    D       |   0 |  300 |
    D       | 168 |  100 |
    D       | 368 |      | abscess
    D       | 368 |  300 |
    E       |   0 |  300 |
    E       | 168 |  100 |
"""


def free_days(**choices: object) -> dict[str, tuple[float, float]]:
    """Days since time zero: last known to be free, and end, of each patient."""
    found = endpoints.relapse_between_visits(draw_cohort(COURSES), Settings(**choices)).patients
    columns = ((found[name] * DAYS_PER_MONTH).round(6) for name in ("free_months", "time_months"))
    return dict(zip(found["patient_id"], zip(*columns, strict=True), strict=True))


def test_a_cdai_relapse_lies_after_the_visit_before_and_a_dated_event_does_not() -> None:
    assert free_days() == {"A": (82, 232), "B": (0, 100), "C": (62, 62), "D": (200, 200), "E": (832, 832)}
    assert free_days(clock="naive")["B"] == (168, 268)
    by_cdai = free_days(relapse_definition="cdai")
    assert by_cdai["D"] == (0, 200)
    assert by_cdai["C"] == (832, 832)


def test_the_dates_move_only_what_lies_between() -> None:
    found = analyses.between_visits(draw_cohort(COURSES), Settings())
    assert (found.n_events, found.n_between) == (4, 2)
    times = {
        one.code: (one.curve.time[one.curve.n_events > 0] * DAYS_PER_MONTH).round(6).tolist() for one in found.dated
    }
    assert times == {"found": [62, 100, 200, 232], "midway": [50, 62, 157, 200], "earliest": [0, 62, 82, 200]}
    assert "2 of 4 relapses lie between two visits, a median of 4.1 months apart" in between_visits_sentence(found)
