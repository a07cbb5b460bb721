"""Every interval of the study's pages is at the chosen confidence level."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cdanalysis import analyses
from cdanalysis.demo import demo_cohort
from cdanalysis.results import Estimate
from cdanalysis.settings import Settings

INTERVALS: dict[str, Callable[[Settings], Estimate]] = {
    "share of patients with an adverse event": lambda s: analyses.safety(demo_cohort(), s).any_event.share,
    "adverse events per 100 patient-years": lambda s: analyses.safety(demo_cohort(), s).any_event.per_100_years,
    "median follow-up": lambda s: analyses.survival(demo_cohort(), s).follow_up,
    "median time to the event": lambda s: analyses.survival(demo_cohort(), s).quantiles[0][0],
    "response at a week": lambda s: analyses.induction(demo_cohort(), s).weeks[0].response,
    "endoscopic remission": lambda s: analyses.endoscopy(demo_cohort(), s).shares[0].share,
}


@pytest.mark.parametrize("name", INTERVALS)
def test_an_interval_narrows_with_the_confidence_level(name: str) -> None:
    usual, narrow = (INTERVALS[name](Settings(conf_level=level)) for level in (0.95, 0.5))
    assert narrow.value == usual.value
    assert usual.lower < narrow.lower <= narrow.value <= narrow.upper < usual.upper


def test_the_curve_of_time_to_response_narrows_too() -> None:
    usual, narrow = (
        analyses.induction(demo_cohort(), Settings(conf_level=level)).response.curve for level in (0.95, 0.5)
    )
    assert (narrow.upper - narrow.lower).sum() < 0.6 * (usual.upper - usual.lower).sum()
