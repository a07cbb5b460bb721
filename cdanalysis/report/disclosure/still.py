"""A figure with a handle as it stands at the cut-off in use: what assets/compose.js draws of it, once."""

from collections.abc import Mapping
from typing import Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.kaplan_meier import LABELS_AT, NOTE_AT, TRACES_PER_GROUP
from cdanalysis.sections.blocks import Handle


def still(spec: Mapping[str, Any], handle: Handle) -> dict[str, Any]:
    """The figure with the numbers of both groups in it."""
    of, current = handle.curves.of, handle.now["current"]
    answer = of["answers"][of["answer_of"][current]]
    data = [dict(trace) for trace in spec["data"]]
    annotations = [dict(one) for one in spec["layout"]["annotations"]]
    annotations[NOTE_AT]["text"] = _note(handle, current)
    for g, group in enumerate(answer["groups"]):
        label = of["labels"][current][g]
        annotations[LABELS_AT + g]["text"] = label
        _fill(data[TRACES_PER_GROUP * g : TRACES_PER_GROUP * (g + 1)], group, g, label, of)
    return {**spec, "data": data, "layout": _with_beside({**spec["layout"], "annotations": annotations}, handle)}


def _note(handle: Handle, current: int) -> str:
    """The test and both hazard ratios, which side is against which, where the cut-off comes from; plotly text."""
    of, now = handle.curves.of, handle.now
    answer = of["answer_of"][current]
    adjusted = theme.escape_figure_text(now["adjusted"][answer])
    beside = [f"HR {adjusted}, adjusted"] if adjusted[:1].isdigit() else []
    stamp = f"Cut-off: {now['stamps'].get(str(current), now['unstamped'])}"
    return "<br>".join([of["answers"][answer]["note"], *beside, of["against"][current], stamp])


def _with_beside(layout: dict[str, Any], handle: Handle) -> dict[str, Any]:
    """For over the footer, what the adjusted hazard ratio is adjusted for; assets/narrow.js sets both in the figure's width."""
    beside = handle.now["beside"]
    return {**layout, "meta": {**layout["meta"], "beside": f"HR adjusted for {beside}."}} if beside else layout


def _fill(traces: list[dict[str, Any]], group: Mapping[str, Any], g: int, label: str, of: Mapping[str, Any]) -> None:
    """Put a group's numbers into its traces; times are places among those that are sent once."""
    lower, upper, curve, censored, risk = traces
    time = [of["times"][place] for place in group["t"]]
    lower.update(x=time, y=group["l"])
    upper.update(x=time, y=group["u"])
    curve.update(x=time, y=group["s"], name=f"{label} ({group['n']})")
    censored.update(x=[of["times"][place] for place in group["ct"]], y=group["cs"])
    risk.update(x=list(of["risk_times"]), y=[-2 * g - 1] * len(of["risk_times"]), text=group["r"])
