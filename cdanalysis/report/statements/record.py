"""The RECORD statement for studies of routinely collected data, in addition to STROBE (Benchimol, PLoS Med 2015;12:e1001885)."""

from cdanalysis.report.statements import answers
from cdanalysis.report.statements.checklist import Row, of_finding, several

ITEMS: tuple[Row, ...] = (
    ("1.1", "Type of data", "the type of data and the names of the databases, in title or abstract.", None),
    ("1.2", "Place and time", "region and period, in title or abstract.", None),
    ("1.3", "Linkage", "whether databases were linked, in title or abstract.", None),
    ("6.1", "Selection", "the codes or algorithms that selected the patients in the database.", answers.selected_of),
    ("6.2", "Validation of codes", "studies that validated the codes or algorithms.", None),
    ("6.3", "Flow of linkage", "a diagram of the linkage with numbers at each stage.", None),
    ("7.1", "Codes", "every code and algorithm for exposures, outcomes and confounders.", answers.codes_of),
    ("12.1", "Access", "how far the investigators had access to the database.", None),
    ("12.2", "Cleaning", "how the data were cleaned.", answers.cleaned_of),
    ("12.3", "Methods of linkage", "level, methods and quality of the linkage.", None),
    ("13.1", "Persons selected", "who was left out for quality or availability of data, in numbers.",
     several(of_finding("flow"), answers.reasons_of)),
    ("19.1", "Limitations of the data", "what follows from data not collected for the question: misclassification, confounding "
     "that was not measured, changing eligibility.", None),
    ("19.1a", "Missing data", "what follows from values that are missing.", answers.missing_of),
    ("22.1", "Protocol, data, code", "how to reach protocol, raw data and code.", answers.code_of),
)  # fmt: skip
