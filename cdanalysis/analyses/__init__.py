"""The table of contents of the science: one pipeline a page, (Cohort, Settings) -> result.

A pipeline holds no arithmetic of its own: endpoint, groups, covariates and statistics do the work.
"""

from cdanalysis.analyses.adjusted import AdjustedSurvival, adjusted
from cdanalysis.analyses.baseline import Baseline, baseline
from cdanalysis.analyses.between_visits import BetweenVisits, between_visits
from cdanalysis.analyses.candidate_models import CandidateModels
from cdanalysis.analyses.clocks import Clocks, clocks
from cdanalysis.analyses.competing import Competing, competing
from cdanalysis.analyses.cross_check import lifelines_check
from cdanalysis.analyses.cutoffs import Cutoffs, cutoffs, scan
from cdanalysis.analyses.endoscopy import Endoscopy, endoscopy
from cdanalysis.analyses.flow import Flow, flow
from cdanalysis.analyses.grouping import offered_groups
from cdanalysis.analyses.imputed_model import (
    PooledModel,
    imputations,
    imputed_columns,
    multiple_imputation,
    not_imputable,
    pooled_model,
)
from cdanalysis.analyses.induction import Induction, induction
from cdanalysis.analyses.landscape import Stability, Surface, ThreeGroups, stability, surface, three_groups
from cdanalysis.analyses.marker_form import marker_form
from cdanalysis.analyses.missing_values import MissingValues, missing_values
from cdanalysis.analyses.moving_adjusted import moving_cutoff, with_adjusted
from cdanalysis.analyses.moving_cutoff import MovingCutoff, candidate_cutoffs, moving_curves
from cdanalysis.analyses.multiverse import Multiverse, multiverse, multiverse_test
from cdanalysis.analyses.proportionality import changing_hazard, log_log_curves, proportionality
from cdanalysis.analyses.relapse_predictors import MarkerAnalysis, Predictors, predictors, relapse
from cdanalysis.analyses.reproduction import Reproduction, reproduction
from cdanalysis.analyses.robustness import bootstrap_ratio, robustness
from cdanalysis.analyses.safety import Safety, safety
from cdanalysis.analyses.sparse_data import sparse_data
from cdanalysis.analyses.specifications import n_specifications
from cdanalysis.analyses.subgroups import Subgroups, subgroups
from cdanalysis.analyses.survival import Survival, survival
