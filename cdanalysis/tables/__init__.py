"""Results as frames: text for the screen, numbers for a file, and the file itself."""

from __future__ import annotations

from cdanalysis.tables.baseline import baseline_table
from cdanalysis.tables.between_visits import between_visits_table
from cdanalysis.tables.clocks import clocks_numbers, clocks_table
from cdanalysis.tables.compared import compared_ratios, compared_settings
from cdanalysis.tables.competing import gray_table, incidence_numbers, incidence_table
from cdanalysis.tables.conventions import conventions_table, ties_table
from cdanalysis.tables.cross_check import check_table
from cdanalysis.tables.csv_file import to_csv_bytes
from cdanalysis.tables.curves import course_of_follow_up, medians, survival_at, survival_numbers
from cdanalysis.tables.cutoff_scan import scan_table
from cdanalysis.tables.file_contents import cohort_contents, exclusions, faults_table, matching_table
from cdanalysis.tables.group_comparison import differences_table, means_table, pairs_table, tests_table
from cdanalysis.tables.missing_values import accounting_table, pooled_table
from cdanalysis.tables.multiverse import explained_table, specifications_numbers, specifications_table
from cdanalysis.tables.predictors import predictors_numbers, predictors_table
from cdanalysis.tables.study_pages import (
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
from cdanalysis.tables.subgroups import adjusted_table, subgroups_table
from cdanalysis.tables.text_preview import preview_table
