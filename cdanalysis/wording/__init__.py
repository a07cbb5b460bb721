"""Results in words: number formats, the labels of the settings, sentences, figure texts, and their escaping."""

from __future__ import annotations

from cdanalysis.sections.cutoffs.landscape.words import (
    PAIRS_ALT,
    stability_alt,
    stability_sentence,
    surface_alt,
    surface_labels,
    surface_sentence,
    three_groups_sentence,
)
from cdanalysis.sections.cutoffs.words import continuous_sentence, current_sentence, cutoffs_sentence
from cdanalysis.sections.multiverse.words import (
    ABOUT_CURVE,
    ABOUT_CURVE_TEST,
    curve_test_sentence,
    multiverse_sentence,
    multiverse_size,
)
from cdanalysis.sections.predictors.missing_values.words import (
    ABOUT_IMPUTATION,
    missing_sentence,
    missingness_alt,
    pooled_sentence,
)
from cdanalysis.sections.predictors.subgroups.words import (
    ABOUT_SUBGROUPS,
    adjusted_alt,
    adjusted_sentence,
    subgroups_alt,
    subgroups_sentence,
)
from cdanalysis.sections.survival.words import key_figures
from cdanalysis.writing.alt_texts import (
    activity_alt,
    before_after_alt,
    cumulative_alt,
    multiverse_alt,
    scan_alt,
    yearly_alt,
)
from cdanalysis.writing.cutoff_origin import cutoff_origin, cutoff_stamp
from cdanalysis.writing.differences import marker_label
from cdanalysis.writing.escapes import escape_figure_text, escape_markdown, file_word, one_line, plain_text, shorten
from cdanalysis.writing.figure_text import (
    curve_note,
    curves_alt,
    curves_axis,
    curves_title,
    forest_alt,
    settings_in_use,
    survival_alt,
    survival_title,
)
from cdanalysis.writing.footers import figure_footer, footer
from cdanalysis.writing.help import HOW_TO_READ
from cdanalysis.writing.labels import (
    ADVERSE_EVENT_END_LABELS,
    AXIS_LABELS,
    BASELINE_FOOTNOTE,
    BOUNDARY_LABELS,
    CLOCK_LABELS,
    CONVENTION_LABELS,
    CONVENTION_PRESETS,
    CURVE_LABELS,
    ENDOSCOPY_FOOTNOTE,
    GROUND_LABELS,
    INTERVAL_LABELS,
    MARKER_LABELS,
    MISSING_VISIT_LABELS,
    MULTIVERSE_CUTOFF_LABELS,
    OUTCOME_LABELS,
    OUTCOME_NOUNS,
    REFERENCE_LABELS,
    RELAPSE_LABELS,
    REPRODUCTION_LABELS,
    RESPONSE_LABELS,
    SIDE_LABELS,
    TIES_LABELS,
    axis_labels,
    group_above,
    relapse_rule,
    side_sign,
)
from cdanalysis.writing.manuscript import predictors_sentence
from cdanalysis.writing.numbers import (
    adjusted,
    confidence,
    count,
    hazard_ratio,
    hazard_ratio_with_p,
    interval,
    listed,
    months,
    not_entered,
    not_estimable,
    p_phrase,
    p_value,
    patients_and_events,
    percent,
    percentage,
    percentage_with_interval,
    ratio,
    sentence,
)
from cdanalysis.writing.sentences import (
    cohort_summary,
    definition_in_use,
    events_per_covariate,
    excluded_sentence,
    faults_sentence,
    handles_note,
    model_cautions,
    predictors_question,
    question,
    sentence_without_faults,
)
from cdanalysis.writing.study_sentences import (
    baseline_sentence,
    endoscopy_sentence,
    flow_alt,
    follow_up_sentence,
    induction_sentence,
    reproduction_sentence,
    safety_sentence,
    shares_alt,
    survival_sentence,
)
from cdanalysis.writing.text_form import form_sentence, how_known, part_label
from cdanalysis.writing.titles import plain_figure_text, table_footnote, table_title
