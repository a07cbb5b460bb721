"""Each choice of `Settings` in the words of a methods section; the keys are those of `settings.CHOICES`."""

from __future__ import annotations

from collections.abc import Sequence

from cdanalysis.dictionary.markers import MARKERS, SIGNS, Marker
from cdanalysis.settings import Settings

# What a select box has room for; the rule in full is said under it.
RELAPSE_LABELS = {
    "study": "Study rule",
    "rise-100": "Rise of more than 100",
    "above-220": "CDAI above 220",
    "objective": "Objective only",
    "cdai": "CDAI only",
    "custom": "Own rule",
}

REFERENCE_LABELS = {"landmark": "Landmark visit", "lowest": "Lowest since response", "previous": "Previous visit"}

_REFERENCES = {"lowest": "the lowest CDAI since response", "previous": "the previous visit"}

RESPONSE_LABELS = {
    "fall": "Fall, with remission",
    "fall-100": "Fall above 100",
    "without-remission": "Without remission",
}

BOUNDARY_LABELS = {"strict": "Strict: > and <", "inclusive": "Inclusive: ≥ and ≤"}

CLOCK_LABELS = {"landmark": "Landmark visit", "late-entry": "Start, late entry", "naive": "Start, naive"}

_CLOCKS = {
    "landmark": "week 24, responders only (landmark)",
    "late-entry": "start of therapy, entering at week 24 (late entry)",
    "naive": "start of therapy, ignoring the wait until week 24",
}

SIDE_LABELS = {">": "Above it (>)", ">=": "At or above it (≥)"}

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
ADVERSE_EVENT_END_LABELS = {"combination-end": "End of combination therapy", "last-follow-up": "Last follow-up"}
MISSING_VISIT_LABELS = {
    "non-response": "No response",
    "last-observation": "Last visit carried forward",
    "observed": "Left out",
}

AXIS_LABELS = {
    "relapse": "Relapse definition",
    "reference": "Reference of the rise",
    "clock": "Time zero",
    "missing": "Missing covariates",
    "response": "Response definition",
    "cutoff_1": "First cut-off",
    "cutoff_2": "Second cut-off",
    "model": "Covariates",
    "ties": "Tied times",
}
MULTIVERSE_CUTOFF_LABELS = {"published": "Published and in use", "deciles": "Deciles too"}
MARKER_LABELS = {code: marker.label for code, marker in MARKERS.items()}


def axis_labels(handles: Sequence[Marker]) -> dict[str, str]:
    """The choices that may vary, a cut-off under its marker's name; one of a handle that has no marker is left out."""
    cutoffs = {f"cutoff_{place}": f"{marker.label} cut-off" for place, marker in enumerate(handles, 1)}
    return {
        axis: cutoffs.get(axis, label) for axis, label in AXIS_LABELS.items() if axis in cutoffs or axis[:6] != "cutoff"
    }


INTERVAL_LABELS = {"log-log": "log-log", "log": "log", "plain": "plain"}

CURVE_LABELS = {"survival": "Event-free", "cumulative": "Cumulative"}

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
    return _REFERENCES[settings.relapse_reference]


def side_sign(side: str) -> str:
    """The sign of the group above: `>` or `≥`."""
    return SIGNS[side][1]


def group_above(marker: Marker, cutoff: float, side: str) -> str:
    """`CRP > 10 mg/L`."""
    return marker.above(cutoff, side)


def clock_in_use(settings: Settings) -> str:
    """Where the clock starts, as it goes into a sentence."""
    return _CLOCKS[settings.clock].replace("24", str(settings.landmark_week))


def _custom_rule(settings: Settings) -> str:
    level = f"CDAI above {settings.relapse_above_points:g} points"
    # As in definitions.py, 0 asks for no rise at all.
    rise = settings.relapse_rise_points
    return f"{level} and a rise of more than {rise:g}" if rise else level
