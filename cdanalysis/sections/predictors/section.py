"""The parts of the Predictors page beyond its first view: can its hazard ratios be believed, and what do they depend on?"""

from __future__ import annotations

from cdanalysis.sections.cutoffs import section as cutoffs
from cdanalysis.sections.predictors.continuous.section import continuous_or_cut
from cdanalysis.sections.predictors.few_events.section import few_events
from cdanalysis.sections.predictors.missing_values import section as missing_values
from cdanalysis.sections.predictors.proportional_hazards.section import proportional_hazards
from cdanalysis.sections.predictors.robustness.section import influence
from cdanalysis.sections.predictors.subgroups import section as subgroups
from cdanalysis.sections.survival.clocks import section as clocks
from cdanalysis.ui.report_page import conventions
from cdanalysis.ui.widgets.look_closer import Part

PARTS = (
    Part("Few events", "Whether there are enough relapses for so many covariates.", few_events),
    Part("Proportional hazards", "Whether each hazard ratio is the same early and late.", proportional_hazards),
    Part("Continuous or cut", "What the cut-off loses: the marker as it was measured beside it.", continuous_or_cut),
    Part(
        "Robustness", "What a hazard ratio leans on: single patients, patients lost, what was not measured.", influence
    ),
    Part("Subgroups", "Whether the hazard ratio differs between kinds of patients.", subgroups.within),
    Part("Adjusted curves", "The curves as if both groups were alike in the other covariates.", subgroups.adjusted),
    Part(
        "Time zero",
        "The same patients counted from week 24, from the start of therapy, and naively.",
        clocks.of_relapse,
    ),
    Part("Tied times", "Efron's way (R) and Breslow's (SPSS) side by side.", conventions.both_ties),
    Part(
        "Missing values",
        "Who is left out for want of a value, and the model with it filled in.",
        missing_values.missing_values,
    ),
    Part(
        "Check with lifelines",
        "The same curves, tests and models computed by another library.",
        cutoffs.lifelines_check,
    ),
)
