"""The table of contents of the science: one pipeline a page, (Cohort, Settings) -> result.

A pipeline holds no arithmetic of its own: endpoint, groups, covariates and statistics do the work.
"""

from cdanalysis.analyses.baseline import Baseline, baseline
from cdanalysis.analyses.candidate_models import CandidateModels
from cdanalysis.analyses.cross_check import lifelines_check
from cdanalysis.analyses.cutoffs import Cutoffs, cutoffs, scan
from cdanalysis.analyses.diagnostics import Diagnostics, diagnostics
from cdanalysis.analyses.endoscopy import Endoscopy, endoscopy
from cdanalysis.analyses.flow import Flow, flow
from cdanalysis.analyses.grouping import offered_groups
from cdanalysis.analyses.induction import Induction, induction
from cdanalysis.analyses.landscape import Stability, Surface, ThreeGroups, stability, surface, three_groups
from cdanalysis.analyses.moving_cutoff import MovingCutoff, moving_cutoff
from cdanalysis.analyses.multiverse import Multiverse, multiverse, n_specifications
from cdanalysis.analyses.relapse_predictors import MarkerAnalysis, Predictors, predictors, relapse
from cdanalysis.analyses.reproduction import Reproduction, reproduction
from cdanalysis.analyses.safety import Safety, safety
from cdanalysis.analyses.survival import Survival, survival

__all__ = [
    "Baseline",
    "CandidateModels",
    "Cutoffs",
    "Diagnostics",
    "Endoscopy",
    "Flow",
    "Induction",
    "MarkerAnalysis",
    "MovingCutoff",
    "Multiverse",
    "Predictors",
    "Reproduction",
    "Safety",
    "Stability",
    "Surface",
    "Survival",
    "ThreeGroups",
    "baseline",
    "cutoffs",
    "diagnostics",
    "endoscopy",
    "flow",
    "induction",
    "lifelines_check",
    "moving_cutoff",
    "multiverse",
    "n_specifications",
    "offered_groups",
    "predictors",
    "relapse",
    "reproduction",
    "safety",
    "scan",
    "stability",
    "surface",
    "survival",
    "three_groups",
]
