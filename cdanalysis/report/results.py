"""The results that a report tells, asked for as the sections ask for them, so that nothing is computed twice."""

from collections.abc import Callable
from typing import Any

from cdanalysis.cohort import Cohort
from cdanalysis.results import NotEstimable
from cdanalysis.sections.baseline.analysis import baseline
from cdanalysis.sections.cutoffs.analysis import searched
from cdanalysis.sections.endoscopy.analysis import endoscopy
from cdanalysis.sections.flow.analysis import flow
from cdanalysis.sections.predictors.analysis import predictors
from cdanalysis.sections.predictors.few_events.analysis import sparse_data
from cdanalysis.sections.predictors.proportional_hazards.analysis import proportionality
from cdanalysis.sections.recall import Recall
from cdanalysis.sections.response.analysis import induction
from cdanalysis.sections.safety.analysis import safety
from cdanalysis.sections.survival.analysis import survival
from cdanalysis.settings import Settings

PIPELINES: dict[str, Callable[[Cohort, Settings], Any]] = {
    "flow": flow,
    "baseline": baseline,
    "induction": induction,
    "survival": survival,
    "endoscopy": endoscopy,
    "safety": safety,
}


def results_of(cohort: Cohort, settings: Settings, recall: Recall) -> dict[str, Any]:
    """Every result by the name that `Run.results` gives it, NotEstimable where it could not be computed."""
    results = {name: recall(pipeline, cohort, settings) for name, pipeline in PIPELINES.items()}
    found = recall(predictors, cohort, settings)
    checks = found, found
    if not isinstance(found, NotEstimable):
        checks = recall(proportionality, found, settings, "km"), recall(sparse_data, found, settings)
    return {
        **results,
        "cutoffs": searched(cohort, settings, recall),
        "predictors": found,
        "proportionality": checks[0],
        "sparse_data": checks[1],
    }
