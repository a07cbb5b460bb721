"""Results as frames: text for the screen, numbers for a file, and the file itself."""

from __future__ import annotations

from cdanalysis.sections.baseline.tables import baseline_table
from cdanalysis.sections.cutoffs.tables import scan_table
from cdanalysis.sections.multiverse.tables import explained_table, specifications_numbers, specifications_table
from cdanalysis.sections.predictors.cross_check.tables import check_table
from cdanalysis.sections.predictors.missing_values.tables import accounting_table, pooled_table
from cdanalysis.sections.predictors.subgroups.tables import adjusted_table, subgroups_table
from cdanalysis.sections.predictors.tables import predictors_numbers, predictors_table
from cdanalysis.sections.survival.between_visits.tables import between_visits_table
from cdanalysis.sections.survival.clocks.tables import clocks_numbers, clocks_table
from cdanalysis.sections.survival.competing.tables import gray_table, incidence_numbers, incidence_table
from cdanalysis.sections.survival.curves_tables import course_of_follow_up, medians, survival_at, survival_numbers
from cdanalysis.sections.survival.group_comparison_tables import (
    differences_table,
    means_table,
    pairs_table,
    tests_table,
)
from cdanalysis.writing.tables.compared import compared_ratios, compared_settings
from cdanalysis.writing.tables.conventions import conventions_table, ties_table
from cdanalysis.writing.tables.csv_file import to_csv_bytes
from cdanalysis.writing.tables.fault_groups import grouped
from cdanalysis.writing.tables.file_contents import cohort_contents, exclusions, faults_table, matching_table
from cdanalysis.writing.tables.study_pages import (
    activity,
    adverse_events,
    endoscopy_scores,
    endoscopy_shares,
    quantile_table,
    reclassified,
    reproduction_table,
    responses,
    times_to,
)
from cdanalysis.writing.tables.text_preview import preview_table
