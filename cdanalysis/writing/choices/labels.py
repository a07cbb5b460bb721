"""Each choice of `Settings` in the words of a methods section; a choice's own words stand in its row (settings/rows.py)."""

from collections.abc import Sequence

from cdanalysis.dictionary.indices.index import Index
from cdanalysis.dictionary.indices.presets import RelapseRule
from cdanalysis.dictionary.markers import SIGNS, Marker
from cdanalysis.settings import Settings
from cdanalysis.settings.settings import ROWS

REFERENCE_LABELS = ROWS["relapse_reference"].choices
CLOCK_LABELS = ROWS["clock"].choices
TIES_LABELS = ROWS["ties"].choices
CONVENTION_LABELS = ROWS["convention"].choices
INTERVAL_LABELS = ROWS["km_interval"].choices
ADVERSE_EVENT_END_LABELS = ROWS["adverse_event_end"].choices
SIDE_LABELS = {">": "Above it (>)", ">=": "At or above it (≥)"}
CONVENTION_PRESETS = {
    "r": {"ties": "efron", "km_interval": "log-log"},
    "spss": {"ties": "breslow", "km_interval": "plain"},
}
_OBJECTIVE = "fistula, abscess, obstruction or endoscopic activity"
_CLOCKS = {
    "landmark": "week 24, responders only (landmark)",
    "late-entry": "start of therapy, entering at week 24 (late entry)",
    "naive": "start of therapy, ignoring the wait until week 24",
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


def axis_labels(handles: Sequence[Marker]) -> dict[str, str]:
    """The choices that may vary, a cut-off under its marker's name; one of a handle that has no marker is left out."""
    cutoffs = {f"cutoff_{place}": f"{marker.label} cut-off" for place, marker in enumerate(handles, 1)}
    return {
        axis: cutoffs.get(axis, label) for axis, label in AXIS_LABELS.items() if axis in cutoffs or axis[:6] != "cutoff"
    }


def relapse_rule(settings: Settings) -> str:
    """The relapse definition in use, as it goes into a sentence."""
    rule = settings.relapse_rule
    if not rule.uses_index:
        return _OBJECTIVE
    level = by_level(settings.index_row, rule) + (f" over {reference(settings)}" if rule.rise else "")
    return f"{level}, or {_OBJECTIVE}" if rule.uses_objective else level


def by_level(index: Index, rule: RelapseRule) -> str:
    """`CDAI above 150 points and a rise of more than 70`; empty where no level counts."""
    level = f"{index.label} {index.level(rule.above)}" if rule.above else ""
    return f"{level} and a rise {rule.rise.as_change}" if rule.rise else level


def reference(settings: Settings) -> str:
    """What a rise of the index is measured from."""
    if settings.relapse_reference == "landmark":
        return f"the week-{settings.landmark_week} value"
    return (
        f"the lowest {settings.index_row.label} since response"
        if settings.relapse_reference == "lowest"
        else "the previous visit"
    )


def side_sign(side: str) -> str:
    """The sign of the group above: `>` or `≥`."""
    return SIGNS[side][1]


def clock_in_use(settings: Settings) -> str:
    """Where the clock starts, as it goes into a sentence."""
    return _CLOCKS[settings.clock].replace("24", str(settings.landmark_week))
