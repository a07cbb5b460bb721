"""The table of contents of the science: one pipeline a page, (Cohort, Settings) -> result.

A pipeline holds no arithmetic of its own: endpoint, groups, covariates and statistics do the work.
"""

from cdanalysis.sections.baseline.analysis import Baseline, baseline
from cdanalysis.sections.cutoffs.analysis import Cutoffs, cutoffs, scan
from cdanalysis.sections.cutoffs.landscape.analysis import (
    Stability,
    Surface,
    ThreeGroups,
    stability,
    surface,
    three_groups,
)
from cdanalysis.sections.endoscopy.analysis import Endoscopy, endoscopy
from cdanalysis.sections.flow.analysis import Flow, flow
from cdanalysis.sections.models.candidate_models import CandidateModels
from cdanalysis.sections.multiverse.multiverse import Multiverse, multiverse, multiverse_test
from cdanalysis.sections.multiverse.specifications import handles_in, n_specifications
from cdanalysis.sections.predictors.continuous.analysis import marker_form
from cdanalysis.sections.predictors.cross_check.analysis import lifelines_check
from cdanalysis.sections.predictors.few_events.analysis import sparse_data
from cdanalysis.sections.predictors.missing_values.imputed_model import (
    PooledModel,
    imputations,
    imputed_columns,
    multiple_imputation,
    not_imputable,
    pooled_model,
)
from cdanalysis.sections.predictors.missing_values.missing_values import MissingValues, missing_values
from cdanalysis.sections.predictors.moving_adjusted import moving_cutoff, with_adjusted
from cdanalysis.sections.predictors.moving_cutoff import MovingCutoff, candidate_cutoffs, moving_curves
from cdanalysis.sections.predictors.proportional_hazards.analysis import (
    changing_hazard,
    log_log_curves,
    proportionality,
)
from cdanalysis.sections.predictors.relapse_predictors import MarkerAnalysis, Predictors, predictors, relapse
from cdanalysis.sections.predictors.robustness.analysis import bootstrap_ratio, robustness
from cdanalysis.sections.predictors.subgroups.adjusted import AdjustedSurvival, adjusted
from cdanalysis.sections.predictors.subgroups.analysis import Subgroups, subgroups
from cdanalysis.sections.reproduction.reproduction import Reproduction, reproduction
from cdanalysis.sections.response.analysis import Induction, induction
from cdanalysis.sections.safety.analysis import Safety, safety
from cdanalysis.sections.survival.between_visits.analysis import BetweenVisits, between_visits
from cdanalysis.sections.survival.clocks.analysis import Clocks, clocks
from cdanalysis.sections.survival.competing.analysis import Competing, competing
from cdanalysis.sections.survival.grouping import offered_groups
from cdanalysis.sections.survival.survival import Survival, survival
