"""What else the Predictors page's numbers depend on: the time zero and the way to treat ties; computed when asked for."""

from __future__ import annotations

from cdanalysis.reading.cohort import Cohort
from cdanalysis.ui import clocks, conventions


def offer(cohort: Cohort) -> None:
    """A switch each."""
    clocks.offer(cohort)
    conventions.offer_ties(cohort)
