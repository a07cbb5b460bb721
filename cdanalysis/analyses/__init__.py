"""The table of contents of the science: one pipeline a page, (Cohort, Settings) -> result.

A pipeline holds no arithmetic of its own: endpoint, groups, covariates and statistics do the work.
"""

from cdanalysis.analyses.baseline import Baseline, baseline
from cdanalysis.analyses.candidate_models import CandidateModels
from cdanalysis.analyses.cross_check import lifelines_check
from cdanalysis.analyses.cutoffs import Cutoffs, cutoffs
from cdanalysis.analyses.endoscopy import Endoscopy, endoscopy
from cdanalysis.analyses.flow import Flow, flow
from cdanalysis.analyses.grouping import offered_groups
from cdanalysis.analyses.induction import Induction, induction
from cdanalysis.analyses.moving_cutoff import MovingCutoff, moving_cutoff
from cdanalysis.analyses.multiverse import Multiverse, multiverse, n_specifications
from cdanalysis.analyses.proportionality import changing_hazard, log_log_curves, proportionality
from cdanalysis.analyses.relapse_predictors import MarkerAnalysis, Predictors, predictors, relapse
from cdanalysis.analyses.reproduction import Reproduction, reproduction
from cdanalysis.analyses.safety import Safety, safety
from cdanalysis.analyses.sparse_data import sparse_data
from cdanalysis.analyses.survival import Survival, survival

__all__ = [
    "Baseline",
    "CandidateModels",
    "Cutoffs",
    "Endoscopy",
    "Flow",
    "Induction",
    "MarkerAnalysis",
    "MovingCutoff",
    "Multiverse",
    "Predictors",
    "Reproduction",
    "Safety",
    "Survival",
    "baseline",
    "changing_hazard",
    "cutoffs",
    "endoscopy",
    "flow",
    "induction",
    "lifelines_check",
    "log_log_curves",
    "moving_cutoff",
    "multiverse",
    "n_specifications",
    "offered_groups",
    "predictors",
    "proportionality",
    "relapse",
    "reproduction",
    "safety",
    "sparse_data",
    "survival",
]
