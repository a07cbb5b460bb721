"""Results as frames: text for the screen, numbers for a file, and the file itself."""

from __future__ import annotations

from cdanalysis.tables.cross_check import check_table
from cdanalysis.tables.csv_file import to_csv_bytes
from cdanalysis.tables.curves import medians, number_at_risk, survival_at, survival_numbers
from cdanalysis.tables.file_contents import cohort_contents, exclusions, faults_table, matching_table
from cdanalysis.tables.predictors import predictors_numbers, predictors_table

__all__ = [
    "check_table",
    "cohort_contents",
    "exclusions",
    "faults_table",
    "matching_table",
    "medians",
    "number_at_risk",
    "predictors_numbers",
    "predictors_table",
    "survival_at",
    "survival_numbers",
    "to_csv_bytes",
]
