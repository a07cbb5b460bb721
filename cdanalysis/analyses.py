"""The table of contents of the science: every pipeline and result by its name, from the section it is at home in.

A pipeline is (Cohort, Settings) -> result and holds no arithmetic of its own: endpoint, groups, covariates and statistics
do the work. A name is imported when it is first asked for.
"""

from collections.abc import Callable
from functools import wraps
from importlib import import_module
from typing import Any

_OFFERED = {
    "baseline.analysis": "Baseline baseline",
    "cutoffs.analysis": "Cutoffs cutoffs scan",
    "cutoffs.landscape.analysis": "Stability Surface ThreeGroups stability surface three_groups",
    "endoscopy.analysis": "Endoscopy endoscopy",
    "flow.analysis": "Flow flow",
    "models.candidate_models": "CandidateModels",
    "multiverse.analysis": "Multiverse multiverse multiverse_test",
    "multiverse.specifications": "handles_in n_specifications",
    "predictors.centres.analysis": "Centres centres",
    "predictors.continuous.analysis": "marker_form",
    "predictors.cross_check.analysis": "lifelines_check",
    "predictors.current_level.analysis": "CurrentLevel current_level",
    "predictors.few_events.analysis": "sparse_data",
    "predictors.missing_values.imputed_model": "PooledModel imputations imputed_columns multiple_imputation "
    "not_imputable pooled_model",
    "predictors.missing_values.analysis": "MissingValues missing_values",
    "predictors.moving_cutoff": "moving_cutoff with_adjusted",
    "predictors.moving_curves": "MovingCutoff candidate_cutoffs moving_curves",
    "predictors.power.analysis": "Power power",
    "predictors.proportional_hazards.analysis": "changing_hazard log_log_curves proportionality",
    "predictors.analysis": "MarkerAnalysis Predictors predictors relapse",
    "predictors.robustness.analysis": "bootstrap_ratio robustness",
    "predictors.subgroups.adjusted": "AdjustedSurvival adjusted",
    "predictors.subgroups.analysis": "Subgroups subgroups",
    "predictors.weighted.analysis": "WeightedGroups weighted",
    "prognosis.analysis": "PrognosticModel in_other_patients prognostic_model",
    "prognosis.elsewhere.analysis": "Elsewhere from_elsewhere",
    "prognosis.to_use.analysis": "RiskGroup ToUse to_use",
    "reproduction.beside.analysis": "Beside published_beside",
    "reproduction.analysis": "Reproduction reproduction",
    "response.analysis": "Induction induction",
    "response.over_time.analysis": "OverTime over_time",
    "response.states.analysis": "States states",
    "response.timeline.analysis": "Timeline timeline",
    "safety.analysis": "Safety safety",
    "survival.between_visits.analysis": "BetweenVisits between_visits",
    "survival.between_visits.interval_models": "IntervalModels interval_models",
    "survival.clocks.analysis": "Clocks clocks",
    "survival.competing.analysis": "Competing competing",
    "survival.competing.ratios": "CompetingRatios competing_ratios",
    "survival.each_patient.analysis": "EachPatient each_patient",
    "survival.grouping": "offered_groups",
    "survival.rules.analysis": "RelapseRules relapse_rules",
    "survival.recurrent.analysis": "RecurrentEvents recurrent",
    "survival.analysis": "Survival survival",
}
_HOMES = {name: home for home, names in _OFFERED.items() for name in names.split()}
__all__ = [*_HOMES]  # pyright: ignore[reportUnsupportedDunderAll] (lazy)


def __getattr__(name: str) -> Any:
    """A pipeline or a result by its name."""
    if name not in _HOMES:
        raise AttributeError(f"module 'cdanalysis.analyses' has no attribute {name!r}")
    found = getattr(import_module(f"cdanalysis.sections.{_HOMES[name]}"), name)
    return found if isinstance(found, type) else _of_cohort(found)


def _of_cohort(pipeline: Callable[..., Any]) -> Callable[..., Any]:
    """A pipeline that is given the cohort with the summaries of repeated measurements that its settings name."""

    @wraps(pipeline)
    def with_summaries(*given: Any, **named: Any) -> Any:
        if len(given) > 1 and hasattr(given[0], "summarised") and hasattr(given[1], "handles"):
            given = (given[0].summarised(given[1]).with_memory(), *given[1:])
        return pipeline(*given, **named)

    return with_summaries


def __dir__() -> list[str]:
    return sorted(_HOMES)
