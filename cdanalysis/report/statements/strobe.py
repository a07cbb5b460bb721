"""The STROBE checklist for cohort studies (von Elm, Lancet 2007;370:1453)."""

from cdanalysis.report.methods.findings import finding
from cdanalysis.report.statements import answers
from cdanalysis.report.statements.checklist import Row

ITEMS: tuple[Row, ...] = (
    ("1a", "Title", "name the design (cohort study) in the title or the abstract.", None),
    ("1b", "Abstract", "an informative and balanced summary of what was done and found.", None),
    ("2", "Background", "the scientific background and the reason for the study.", None),
    ("3", "Objectives", "the objectives and any hypothesis stated beforehand.", None),
    ("4", "Study design", "the key elements of the design, early in the paper.", None),
    ("5", "Setting", "setting, places and dates of recruitment, exposure, follow-up and data collection.", None),
    ("6a", "Participants", "eligibility criteria, sources and selection of the patients, methods of follow-up.", None),
    ("6b", "Matching", "matching criteria, where the study is matched.", None),
    ("7", "Variables", "define outcomes, predictors, confounders and effect modifiers.", answers.variables_of),
    ("8", "Measurement", "for each variable the source of its data and how it was measured.", None),
    ("9", "Bias", "what was done against sources of bias.", answers.bias_of),
    ("10", "Study size", "how the study size was arrived at.", None),
    ("11", "Quantitative variables", "how numbers were handled and why they were grouped so.", answers.quantitative_of),
    ("12a", "Statistical methods", "all statistical methods.", answers.statistics_of),
    ("12b", "Subgroups", "methods for subgroups and interactions.", answers.subgroups_of),
    ("12c", "Missing data", "how missing values were handled.", answers.missing_of),
    ("12d", "Loss to follow-up", "how loss to follow-up was handled.", answers.loss_of),
    ("12e", "Sensitivity", "sensitivity analyses.", answers.sensitivity_of),
    ("13a", "Numbers at each stage", "how many patients there were at each stage.", lambda run: finding(run, "flow")),
    ("13b", "Reasons", "the reasons for leaving at each stage.", answers.reasons_of),
    ("13c", "Flow diagram", "consider a flow diagram.", answers.diagram_of),
    ("14a", "Characteristics", "who the patients were.", lambda run: finding(run, "baseline")),
    ("14b", "Missing values", "how many patients lack each variable.", answers.measured_of),
    ("14c", "Follow-up time", "average and total follow-up.", answers.follow_up_of),
    ("15", "Outcome events", "numbers of outcome events.", answers.events_of),
    ("16a", "Estimates", "unadjusted and adjusted estimates with their intervals.", answers.estimates_of),
    ("16b", "Category boundaries", "boundaries of categories of continuous variables.", answers.quantitative_of),
    ("16c", "Absolute risk", "consider absolute risks beside relative ones.", lambda run: finding(run, "survival")),
    ("17", "Other analyses", "subgroups, interactions, sensitivity analyses.", answers.other_of),
    ("18", "Key results", "key results against the objectives.", None),
    ("19", "Limitations", "limitations, with direction and size of possible bias.", answers.limits_of),
    ("20", "Interpretation", "a cautious interpretation in the light of other evidence.", None),
    ("21", "Generalisability", "whether the results hold elsewhere.", None),
    ("22", "Funding", "funders and their role.", None),
)
