"""How to read each page, in a few sentences for a clinician who sees it for the first time; Markdown, by page title."""

from __future__ import annotations

HOW_TO_READ = {
    "Cohort": (
        "Upload your spreadsheet here; until then a made-up cohort is loaded. The flow diagram shows how many patients "
        "each step left, and why. *Faults* lists every cell that could not be used, with its row in your file; correct it "
        "there and upload again. Then open another page from the menu: under every figure *Save PNG* saves it as it is shown."
    ),
    "Baseline": (
        "Table 1: how the patients were before combination therapy. Counts come with their percentage, measurements as "
        "mean ± SD or median (quartiles). Choose *Groups* to compare two or more: P asks whether chance alone could "
        "explain the difference, SMD how large it is in standard deviations (below 0.1 is small) whatever the sample's size."
    ),
    "Response and remission": (
        "Each bar is the share of patients in response or remission at that week, with its confidence interval. The curves "
        "show when each was first reached. A patient without a visit counts as *A missing visit counts as* says, so compare "
        "its choices. The boxes show the middle half of the patients; every dot is one of them."
    ),
    "Survival curves": (
        "The curve is the share of patients still free of the outcome; it falls at every event. The band is its confidence "
        "interval, a tick a patient whose follow-up ended, and the row below how many were still followed: believe the "
        "curve less where few are left. The median is the time by which half had the event; *not reached* if fewer did."
    ),
    "Predictors of relapse": (
        "Move the handle above a figure: curves, P and hazard ratio follow. A hazard ratio above 1 means more relapses in "
        "the group above the cut-off; an interval that holds 1 leaves the direction open. *Alone* looks at one factor, "
        "*adjusted* at all that entered the model. Below the figure a stamp says where the cut-off comes from: one found by "
        "trying has too small a P value."
    ),
    "Cut-offs": (
        "What every cut-off that leaves enough patients on each side would have given: hazard ratio above, P below, the "
        "patients at the bottom. A finding that holds for a single cut-off only is fragile. The corrected P allows for "
        "having looked at all of them, and the continuous effect needs no cut-off at all."
    ),
    "Multiverse": (
        "One hazard ratio for every combination of choices that another analyst could have made, in order of size; the "
        "marks below show which choices gave it. If nearly all lie on one side of 1, the finding does not hang on a choice. "
        "The table says which choice moves it most."
    ),
    "Endoscopy": (
        "Every line is a patient examined before and after; the boxes show the middle half of them. Only examined patients "
        "are here, and they may differ from the others: see *Who was examined*. The yearly figure states how many patients "
        "stand behind each mean."
    ),
    "Adverse events": (
        "A patient with two events counts once under *Patients* and twice under *Events*. Rates are per 100 years under "
        "observation, so that patients followed longer do not count more. The curve shows the time to the first event; the "
        "table below it which factors went with one."
    ),
    "Published vs computed": (
        "Every number the study printed beside the one computed from the loaded cohort by the same rule. *Equal* means equal "
        "as printed; where it is not, the reason stands beside it. The box at the end checks anyone's printed numbers: "
        "whether P fits the interval and a percentage its counts."
    ),
    "Report": (
        "*Make the bundle* puts everything into one file to save: the figures and tables of every page with the settings in "
        "use, and the report to edit. *What was looked at* lists each analysis of this sitting, so that a paper can say how "
        "many there were. The link opens the program with these settings elsewhere; the data are never in it."
    ),
}  # fmt: skip
