"""Each choice of `Settings` in the words of a methods section; the keys are those of `settings.CHOICES`."""

from __future__ import annotations

from cdanalysis.markers import Marker
from cdanalysis.settings import Settings

RELAPSE_LABELS = {
    "study": "Study: CDAI above 150 and risen by more than 70, or objective activity",
    "rise-100": "CDAI above 150 and risen by more than 100, or objective activity",
    "above-220": "CDAI above 220, or objective activity",
    "objective": "Objective activity only (fistula, abscess, obstruction, endoscopy)",
    "cdai": "CDAI only: above 150 and risen by more than 70",
    "custom": "Own CDAI level and rise, or objective activity",
}

REFERENCE_LABELS = {
    "landmark": "the landmark visit (week 24)",
    "lowest": "the lowest CDAI since response",
    "previous": "the previous visit",
}

RESPONSE_LABELS = {
    "fall": "CDAI fallen by more than the points below, remission included",
    "fall-100": "CDAI fallen by more than 100 (CR-100)",
    "without-remission": "CDAI fallen, patients in remission not counted",
}

BOUNDARY_LABELS = {
    "strict": "strict: more than 150, less than 150, fall of more than 70",
    "inclusive": "inclusive: at least 150, at most 150, fall of at least 70",
}

CLOCK_LABELS = {
    "landmark": "Week 24, responders only (landmark)",
    "late-entry": "Start of therapy, entering at week 24 (late entry)",
    "naive": "Start of therapy, ignoring the wait until week 24",
}

SIDE_LABELS = {">": "above the cut-off (>)", ">=": "at or above the cut-off (≥)"}

TIES_LABELS = {"efron": "Efron", "breslow": "Breslow"}

CONVENTION_LABELS = {"r": "R", "spss": "SPSS 24"}
CONVENTION_PRESETS = {
    "r": {"ties": "efron", "km_interval": "log-log"},
    "spss": {"ties": "breslow", "km_interval": "plain"},
}
REPRODUCTION_LABELS = {"as-printed": "As the paper printed it", "r": "R's defaults", "spss": "SPSS 24"}
OUTCOME_LABELS = {
    "relapse": "Relapse",
    "hospitalization": "Hospitalization",
    "surgery": "Surgery",
    "adverse_event": "Adverse event",
}
OUTCOME_NOUNS = {
    "relapse": "relapse",
    "hospitalization": "hospitalization",
    "surgery": "surgery",
    "adverse_event": "adverse event",
}
BASELINE_FOOTNOTE = (
    "Numbers that no group contradicts as normal (Shapiro-Wilk P ≥ 0.05) are mean ± SD and compared by ANOVA, others are median "
    "(quartiles) and compared by Mann-Whitney or Kruskal-Wallis. Categories: chi-square without continuity correction, or "
    "Fisher's exact test where expected counts are small. SMD: standardised difference between two groups, 0.1 is small."
)
ENDOSCOPY_FOOTNOTE = (
    "Endoscopic remission: CDEIS below the level above, or Rutgeerts i0-i1 after i2 or more, at any follow-up endoscopy. Mucosal "
    "healing: no ulceration at any follow-up endoscopy. Before: the last endoscopy up to week 4; after: the last one later."
)
CUMULATIVE_ALT = "Cumulative incidence of the first response and of the first remission, by week."
ACTION_LABELS = {
    "none": "No action",
    "dose_reduced": "Dose reduced",
    "stopped_aza": "AZA stopped",
    "stopped_thalidomide": "Thalidomide stopped",
    "stopped_both": "Both stopped",
}
ADVERSE_EVENT_END_LABELS = {"combination-end": "End of combination therapy", "last-follow-up": "Last follow-up"}
MISSING_VISIT_LABELS = {
    "non-response": "No response",
    "last-observation": "Last visit carried forward",
    "observed": "Left out",
}

INTERVAL_LABELS = {"log-log": "log-log", "log": "log", "plain": "plain"}

CURVE_LABELS = {"survival": "Relapse-free", "cumulative": "Cumulative relapse"}

GROUND_LABELS = {"white": "White, for print", "theme": "As on screen"}

_RELAPSE_RULES = {
    "study": "CDAI above 150 points and a rise of more than 70",
    "rise-100": "CDAI above 150 points and a rise of more than 100",
    "above-220": "CDAI above 220 points",
    "cdai": "CDAI above 150 points and a rise of more than 70",
}

_OBJECTIVE = "fistula, abscess, obstruction or endoscopic activity"


def relapse_rule(settings: Settings) -> str:
    """The relapse definition in use, as it goes into a sentence."""
    if settings.relapse_definition == "objective":
        return _OBJECTIVE
    rule = _RELAPSE_RULES.get(settings.relapse_definition) or _custom_rule(settings)
    if settings.boundary == "inclusive":
        rule = rule.replace("above", "at or above").replace("of more than", "of at least")
    if " rise" in rule:
        rule += f" over {reference(settings)}"
    return rule if settings.relapse_definition == "cdai" else f"{rule}, or {_OBJECTIVE}"


def reference(settings: Settings) -> str:
    """What a rise in CDAI is measured from."""
    if settings.relapse_reference == "landmark":
        return f"the week-{settings.landmark_week} value"
    return REFERENCE_LABELS[settings.relapse_reference]


def side_sign(side: str) -> str:
    """The sign of the group above: `>` or `≥`."""
    return {">": ">", ">=": "≥"}[side]


def group_above(marker: Marker, cutoff: float, side: str) -> str:
    """`CRP > 10 mg/L`."""
    return f"{marker.label} {side_sign(side)} {cutoff:g} {marker.unit}"


def clock_in_use(settings: Settings) -> str:
    """Where the clock starts, as it goes into a sentence."""
    label = CLOCK_LABELS[settings.clock].replace("24", str(settings.landmark_week))
    return f"{label[0].lower()}{label[1:]}"


def _custom_rule(settings: Settings) -> str:
    level = f"CDAI above {settings.relapse_above_points:g} points"
    # As in definitions.py, 0 asks for no rise at all.
    rise = settings.relapse_rise_points
    return f"{level} and a rise of more than {rise:g}" if rise else level
