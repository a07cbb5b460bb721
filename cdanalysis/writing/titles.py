"""Titles and footnotes of the tables a report holds, by the name their page shows them under."""

from __future__ import annotations

from html import unescape
from re import sub

from cdanalysis.settings import Settings
from cdanalysis.writing.conventions import convention_note
from cdanalysis.writing.labels import BASELINE_FOOTNOTE, ENDOSCOPY_FOOTNOTE, MARKER_LABELS, OUTCOME_NOUNS

TABLE_TITLES = {
    "contents": "What is in the file",
    "faults": "Faults found in the file",
    "matching": "How each column was understood",
    "baseline": "Baseline characteristics",
    "response": "Response and remission by week",
    "time-to-response-table": "Time to the first response and remission",
    "reclassified": "Who changes class with the definitions",
    "activity": "Disease activity over the visits",
    "survival-at": "Survival at chosen months",
    "survival-quantiles": "Quartiles of the time to the event",
    "group-tests": "Groups compared",
    "incidence": "Cumulative incidence of relapse and of the competing event",
    "gray": "Gray's tests",
    "clocks": "The landmark, late entry and naive clocks",
    "between-visits": "Relapse dated in three ways and in none",
    "both-conventions": "R beside SPSS 24",
    "both-ties": "Efron beside Breslow",
    "group-pairs": "Every pair of groups",
    "group-differences": "Survival of the groups at chosen months",
    "restricted-means": "Restricted mean event-free times",
    "course-of-follow-up": "At risk, events and censored by month",
    "predictors": "Predictors of relapse",
    "firth": "Hazard ratios with Firth's penalty beside maximum likelihood",
    "proportional-hazards": "Test of proportional hazards",
    "time-split": "Hazard ratio before and after a month",
    "stratified": "Model stratified by a factor",
    "forms": "A marker cut, straight and as a curve",
    "left-out": "Hazard ratio without single patients",
    "bootstrap": "Hazard ratio over bootstrap resamples",
    "subgroups": "Hazard ratio within subgroups",
    "adjusted-survival": "Adjusted survival at chosen months",
    "missing-by-model": "Who each model leaves out for want of a value",
    "imputed-model": "Multivariable model with imputed covariates",
    "lifelines-check": "The page's numbers refitted with lifelines",
    "cutoffs": "Every admissible cut-off",
    "explained": "What each choice explains of the hazard ratio",
    "specifications": "Every specification",
    "endoscopy-scores": "Endoscopic scores before and after",
    "endoscopy-outcomes": "Endoscopic remission and mucosal healing",
    "examined": "Patients with and without a follow-up endoscopy",
    "adverse-events": "Adverse events",
    "adverse-event-quantiles": "Quartiles of the time to the first adverse event",
    "ae-predictors": "Predictors of adverse events",
    "not-equal": "Printed results that are not equal",
    "reproduction": "Printed results beside the computed ones",
}
FOOTNOTES = {
    "baseline": BASELINE_FOOTNOTE,
    "examined": BASELINE_FOOTNOTE,
    "endoscopy-scores": ENDOSCOPY_FOOTNOTE,
    "endoscopy-outcomes": ENDOSCOPY_FOOTNOTE,
}


def table_title(name: str, of: str = "") -> str:
    """`Survival at chosen months: surgery` for `survival-at-surgery`; the name itself where none is kept. of: a choice in words."""
    if of:
        return f"{table_title(name)}: {of}"
    known = max((one for one in TABLE_TITLES if name == one or name.startswith(f"{one}-")), key=len, default="")
    if not known:
        return name.replace("-", " ").capitalize()
    ending = name[len(known) + 1 :]
    shown = {**OUTCOME_NOUNS, **MARKER_LABELS}.get(ending, ending)
    return f"{TABLE_TITLES[known]}: {shown}" if ending else TABLE_TITLES[known]


def table_footnote(name: str, settings: Settings) -> str:
    """What stands under a table: what its page says of it, and the convention behind its numbers."""
    return " ".join(filter(None, (FOOTNOTES.get(name, ""), convention_note(name, settings))))


def plain_figure_text(text: str) -> str:
    """Plotly text as plain text: no tags, no entities."""
    return unescape(sub(r"<[^>]*>", " ", text)).strip()
