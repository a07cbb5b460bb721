"""The table under survival curves with three lines per group: at risk, censored so far, events so far.

Morris and others, "Proposals on Kaplan-Meier plots in medical research", BMJ Open 2019;9:e030215 (KMunicate).
"""

from collections.abc import Sequence
from typing import Any

from cdanalysis.drawing.kaplan_meier import AXIS_PX, CURVES_PX, HEADING_PX, LABELS_AT, LINE_PX, TRACES_PER_GROUP

LINES = ("At risk", "Censored", "Events")
HEADING_AT = 1  # the place of the table's heading among the annotations
NAME_SIZE_PX = 10


def with_censored_and_events(figure: dict[str, Any], counts: Sequence[tuple[Sequence[int], Sequence[int]]]) -> None:
    """Set the lines under the curves of a filled figure; counts: by group, censored and events up to each time of its table."""
    layout, n_groups = figure["layout"], len(counts)
    lines = 1 + len(LINES)  # a group's label and its numbers
    rows_px = lines * LINE_PX * n_groups
    table_px = AXIS_PX + HEADING_PX + rows_px
    layout["height"] += table_px - layout["meta"]["table_px"]
    layout["meta"].update(rows_px=rows_px, table_px=table_px)
    layout["yaxis"]["domain"] = [table_px / (CURVES_PX + table_px), 1]
    layout["yaxis2"].update(domain=[0, rows_px / (CURVES_PX + table_px)], range=[0.5 - lines * n_groups, 0.5])
    layout["annotations"][HEADING_AT]["text"] = "At risk, and censored and with the event so far"
    for g, (censored, events) in enumerate(counts):
        at_risk = figure["data"][TRACES_PER_GROUP * g + TRACES_PER_GROUP - 1]
        layout["annotations"][LABELS_AT + g]["y"] = -lines * g
        for line, text in enumerate((at_risk["text"], censored, events)):
            y = -lines * g - 1 - line
            own = at_risk if line == 0 else {**at_risk, "text": list(map(str, text))}
            own["y"] = [y] * len(at_risk["x"])
            layout["annotations"].append(_name(LINES[line], y, at_risk["textfont"]["color"]))
            if line:
                figure["data"].append(own)


def _name(text: str, y: int, colour: str) -> dict[str, Any]:
    """A line's name in the margin on its left."""
    return {"text": text, "showarrow": False, "xref": "paper", "yref": "y2", "x": 0, "y": y, "xanchor": "right", "xshift": -4,
            "yanchor": "middle", "font": {"size": NAME_SIZE_PX, "color": colour}}  # fmt: skip
