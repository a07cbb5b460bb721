"""The REMARK checklist for tumour marker prognostic studies, which serves those of other markers (McShane, JNCI 2005;97:1180)."""

from cdanalysis.report.statements import answers
from cdanalysis.report.statements.checklist import Row, in_tables, of_finding, several

ITEMS: tuple[Row, ...] = (
    ("1", "Marker and objectives", "the marker examined, the objectives, any hypothesis stated beforehand.", None),
    ("2", "Patients", "characteristics and source of the patients, inclusion and exclusion criteria.", None),
    ("3", "Treatment", "treatments received and how they were chosen.", None),
    ("4", "Specimens", "the biological material, controls, and how it was preserved and stored.", None),
    ("5", "Assay", "the assay, its reproducibility and limits, and whether it was done blinded to the outcome.", None),
    ("6", "Study design", "how patients were selected, prospective or retrospective, the period; beside it follow-up.", None),
    ("6a", "Follow-up", "the end of follow-up and its median.", answers.follow_up_of),
    ("7", "Endpoints", "define every clinical endpoint.", answers.variables_of),
    ("8", "Candidate variables", "every variable that was examined or considered.", answers.candidates_of),
    ("9", "Sample size", "the reason for the sample size; the effect it can find.",
     in_tables("Which hazard ratios these events could have found", "power", "next-study")),
    ("10", "Statistical methods", "all methods, with model building and missing values.",
     several(answers.statistics_of, answers.screened_of, answers.missing_of)),
    ("11", "Marker values", "how marker values entered the analyses and how a cut-off was found.", answers.quantitative_of),
    ("12", "Flow", "patients and events at each stage and in each subgroup.", several(of_finding("flow"), answers.events_of)),
    ("13", "Distributions", "characteristics, standard prognostic variables and marker, with missing values.",
     several(of_finding("baseline"), answers.measured_of)),
    ("14", "Marker and other variables", "the relation of the marker to standard prognostic variables.",
     in_tables("The groups of the marker and the other variables", "balance")),
    ("15", "Univariable", "the marker and the outcome, with effect and curves.",
     several(answers.estimates_of, of_finding("survival"))),
    ("16", "Multivariable", "effects with intervals of the marker and of every other variable in the final model.",
     of_finding("predictors")),
    ("17", "With standard variables", "effects in a model with the marker and all standard variables, significant or not.",
     answers.all_candidates_of),
    ("18", "Further analyses", "assumptions checked, sensitivity, internal validation.",
     several(of_finding("proportionality"), in_tables("Internal validation by bootstrap", "optimism"), answers.sensitivity_of)),
    ("19", "Interpretation", "the results beside hypotheses and other studies.", None),
    ("19a", "Limitations", "the limitations of the study.", answers.limits_of),
    ("20", "Implications", "what it means for research and practice.", None),
)  # fmt: skip
