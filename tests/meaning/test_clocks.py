"""The clock at any landmark week, and the three clocks beside each other, on courses drawn as tables."""

from __future__ import annotations

import pytest
from meaning.ascii_cohort import draw_cohort

from cdanalysis import analyses
from cdanalysis.demo import demo_cohort
from cdanalysis.outcomes import endpoints
from cdanalysis.results import NotEstimable
from cdanalysis.sections.survival.clocks.words import clocks_sentence, selection_sentence
from cdanalysis.settings import Settings
from cdanalysis.units import DAYS_PER_MONTH, days_to_months, weeks_to_days

# A responds at every visit and relapses on day 400; B responds from week 24 on; C relapsed before week 52, and responds
# again at it; D is seen for the last time at the week-24 visit.
COURSES = """
    patient | day | cdai | event
    --------+-----+------+------
    A       |   0 |  300 |
    A       |  80 |  100 |
    A       | 170 |  100 |
    A       | 364 |  100 |
    A       | 400 |  300 |
    B       |   0 |  300 |
    B       |  84 |  290 |
    B       | 160 |  100 |
    B       | 370 |  100 |
    B       | 900 |      | end
    C       |   0 |  300 |
    C       |  84 |  100 |
    C       | 168 |  100 |
    C       | 250 |  280 |
    C       | 360 |   90 |
    C       | 800 |      | end
    D       |   0 |  300 |
    D       | 168 |  100 |
    D       | 168 |      | end
"""


@pytest.mark.parametrize(
    ("week", "expected"),
    [
        (12, {"A": (320, True), "C": (166, True)}),
        (24, {"A": (230, True), "B": (740, False), "C": (82, True), "D": (0, False)}),
        (52, {"A": (36, True), "B": (530, False), "C": (440, False)}),
    ],
)
def test_at_any_landmark_week_the_clock_restarts_at_each_patients_own_visit(week: int, expected: dict) -> None:
    found = endpoints.relapse(draw_cohort(COURSES), Settings(landmark_week=week)).patients
    days = (found["time_months"] * DAYS_PER_MONTH).round(6)
    assert dict(zip(found["patient_id"], zip(days, found["event"], strict=True), strict=True)) == expected
    from_therapy = endpoints.relapse(draw_cohort(COURSES), Settings(landmark_week=week, clock="naive")).patients
    assert (from_therapy["origin_days"] == 0).all()
    gap = (from_therapy["time_months"] - found["time_months"]) * DAYS_PER_MONTH
    assert gap.tolist() == pytest.approx(found["origin_days"].tolist())


def test_who_enters_late_and_ends_at_once_was_never_at_risk() -> None:
    late = endpoints.relapse(draw_cohort(COURSES), Settings(clock="late-entry"))
    assert late.patients["patient_id"].tolist() == ["A", "B", "C"]
    assert [(one.reason, one.n) for one in late.excluded] == [("not observed beyond week 24", 1)]
    nobody = endpoints.relapse(draw_cohort(COURSES), Settings(clock="late-entry", horizon_months=1))
    assert isinstance(nobody, NotEstimable)
    assert "not observed beyond week 24 (4)" in nobody.reason


def test_the_clocks_by_hand() -> None:
    found = analyses.clocks(draw_cohort(COURSES), Settings(at_months="9"))  # 9 months = 274 days
    landmark, late, naive = found.clocks
    # Landmark: C at day 82 with 3 at risk (D has left), A at day 230 with 2. From therapy: C at day 250 only.
    assert [one.kaplan_meier.at[0].survival.value for one in found.clocks] == pytest.approx([1 / 3, 2 / 3, 2 / 3])
    assert [one.kaplan_meier.at[0].n_at_risk for one in found.clocks] == [1, 2, 2]
    assert (landmark.curve.n, late.curve.n, naive.curve.n) == (4, 3, 4)
    assert not landmark.ratios
    assert found.selection.follow_up_was_required
    assert "66.7% instead of 33.3% at 9 months" in clocks_sentence(found)


def test_shorter_follow_up_in_the_file_is_not_called_an_exclusion() -> None:
    short = COURSES + "    E | 0 | 300 |\n    E | 100 | | end\n"
    said = selection_sentence(analyses.clocks(draw_cohort(short), Settings()))
    assert "4 of 5 patients are analysed: the responders at week 24" in said
    assert "Nobody in the file" not in said


def test_the_naive_curve_is_the_landmark_curve_moved_by_the_wait() -> None:
    cohort, wait = demo_cohort(), days_to_months(weeks_to_days(24))
    shifted = analyses.clocks(cohort, Settings(at_months=f"{12 - wait!r},{24 - wait!r}")).clocks[0]
    naive = analyses.clocks(cohort, Settings(at_months="12,24")).clocks[2]
    assert [one.survival.value for one in naive.kaplan_meier.at] == pytest.approx(
        [one.survival.value for one in shifted.kaplan_meier.at]
    )
    assert [one.ratio.value for one in naive.ratios] == pytest.approx([one.ratio.value for one in shifted.ratios])


def test_the_median_follow_up_counts_who_had_entered() -> None:
    """P leaves before Q and R enter: of those observed then everybody is censored, so the reverse curve falls to 0 there."""
    courses = """
        patient | day | cdai | event
        --------+-----+------+------
        P       |   0 |  300 |
        P       | 168 |  100 |
        P       | 180 |      | end
        Q       |   0 |  300 |
        Q       | 190 |  100 |
        Q       | 700 |      | end
        R       |   0 |  300 |
        R       | 185 |  100 |
        R       | 600 |      | end
    """
    late, naive = (analyses.survival(draw_cohort(courses), Settings(clock=clock)) for clock in ("late-entry", "naive"))
    assert late.follow_up.value * DAYS_PER_MONTH == pytest.approx(180)
    assert naive.follow_up.value * DAYS_PER_MONTH == pytest.approx(600)
