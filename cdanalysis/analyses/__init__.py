"""The table of contents of the science: one pipeline a page, (Cohort, Settings) -> result.

A pipeline holds no arithmetic of its own: endpoint, groups, covariates and statistics do the work.
"""

from cdanalysis.analyses.cross_check import lifelines_check
from cdanalysis.analyses.moving_cutoff import MovingCutoff, moving_cutoff
from cdanalysis.analyses.relapse_predictors import MarkerAnalysis, Predictors, predictors, relapse

__all__ = ["MarkerAnalysis", "MovingCutoff", "Predictors", "lifelines_check", "moving_cutoff", "predictors", "relapse"]
