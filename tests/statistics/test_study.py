"""The bundled cohort, from its raw visits through reading and the pipeline, gives the study's printed results."""

from __future__ import annotations

import pytest

import cdanalysis as cd
from cdanalysis.writing.numbers import hazard_ratio, p_phrase


def test_relapse_free_survival_and_the_adjusted_hazard_ratios() -> None:
    cohort = cd.demo_cohort()
    assert cohort.synthetic
    assert cohort.faults == ()
    assert len(cohort.patients) == 122
    found = cd.analyses.predictors(cohort, cd.Settings())
    patients = found.endpoint.patients
    curve = cd.kaplan_meier(patients["time_months"], patients["event"], at=[12, 24, 36, 48, 60])
    assert [round(100 * at.survival.value, 1) for at in curve.at] == [85.1, 78.3, 70.1, 66.6, 55.8]
    assert round(curve.curves[0].median.value, 1) == 74.7
    assert (found.n, found.n_events) == (98, 22)
    assert found.screened_in == ("crp", "tgn", "esr", "wbc", "behaviour", "perianal", "gi_surgery")
    crp, tgn = found.multivariable.terms[:2]
    assert (hazard_ratio(crp.hazard_ratio), p_phrase(crp.p_value)) == ("4.72 (1.19-18.75)", "P = 0.027")
    assert (hazard_ratio(tgn.hazard_ratio), p_phrase(tgn.p_value)) == ("5.32 (1.40-20.14)", "P = 0.014")


@pytest.mark.parametrize("marker", ["crp", "tgn"])
def test_the_moving_cut_off_gives_the_numbers_of_the_page(marker: str) -> None:
    cohort = cd.demo_cohort()
    settings = cd.Settings(cutoffs="crp>12,tgn>=260")
    found = cd.analyses.predictors(cohort, settings)
    moving = cd.analyses.moving_cutoff(cohort, settings, marker, found)
    answer = moving.answers[moving.answer_of[moving.current]]
    shown = next(row for row in found.rows if row.code == marker)
    assert answer.logrank_p == pytest.approx(shown.logrank_p, rel=1e-9)
    assert (answer.below.n_events, answer.above.n_events) == (shown.n_events_reference, shown.n_events)
    for ours, row in ((answer.univariable, shown.univariable), (answer.adjusted, shown.multivariable)):
        assert (ours.value, ours.lower, ours.upper) == pytest.approx((row.value, row.lower, row.upper), rel=1e-8)


def test_lifelines_agrees_with_what_is_shown() -> None:
    found = cd.analyses.predictors(cd.demo_cohort(), cd.Settings())
    compared = cd.analyses.lifelines_check(found)
    assert sum(one.n_compared for one in compared) > 500
    assert max(one.largest_difference for one in compared if one.n_compared) < 2e-6
