"""Curves as they may be passed on: a step after so many have left, whole times, no marks, an end while enough are at risk."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

from cdanalysis.report.disclosure.rule import Rule
from cdanalysis.report.disclosure.words import whole

_N = re.compile(r"\bn\s?=\s?(\d[\d,]*)")

Trace = Mapping[str, Any]


def is_step(trace: Trace) -> bool:
    """Whether it is a step curve or a limit of one."""
    return trace.get("line", {}).get("shape") == "hv" and "lines" in str(trace.get("mode", ""))


def is_risk_row(trace: Trace) -> bool:
    """Whether it is a line of the table under the curves."""
    return trace.get("mode") == "text" and trace.get("yaxis") == "y2"


def is_censoring(trace: Trace) -> bool:
    """Whether it is the marks where patients were censored."""
    return str(trace.get("marker", {}).get("symbol", "")).startswith("line-ns")


def masked_steps(data: Sequence[Trace], rule: Rule) -> list[dict[str, Any]]:
    """The traces of a figure of step curves; each curve is thinned with what its own group says of it."""
    end_of_all = min((end for end in map(lambda one: _end(one, rule), data) if end is not None), default=None)
    of_steps = any(map(is_step, data))
    masked = []
    for trace in data:
        own = [one for one in data if "legendgroup" in trace and one.get("legendgroup") == trace["legendgroup"]] or [
            trace
        ]
        if is_step(trace) or (of_steps and _is_line(trace)):
            masked.append(_thinned(trace, own, end_of_all, rule))
        elif is_censoring(trace):
            masked.append({**trace, "x": [], "y": []})
        elif is_risk_row(trace):
            masked.append({**trace, "text": [rule.count(whole(text)) for text in trace["text"]]})
        else:
            masked.append(dict(trace))
    return masked


def _is_line(trace: Trace) -> bool:
    """Whether it is a curve beside the steps, such as Turnbull's; two points are a line that guides the eye."""
    return trace.get("mode") == "lines" and len(trace["x"]) > 2


def _thinned(trace: Trace, own: Sequence[Trace], end_of_all: float | None, rule: Rule) -> dict[str, Any]:
    x, y = list(trace["x"]), list(trace["y"])
    ends = [end for one in own if (end := _end(one, rule)) is not None]
    end = ends[0] if ends else end_of_all
    marks = sorted(time for one in own if is_censoring(one) for time in one["x"])
    places = _kept(x, marks, _size(own), rule)
    kept = [(round(x[place]), y[place]) for place in places if end is None or x[place] <= end]
    last = int(min(x[-1], end)) if kept and end is not None else 0
    shown = [*kept, (max(last, kept[-1][0]), kept[-1][1])] if kept else []
    return {**trace, "x": [time for time, _ in shown], "y": [value for _, value in shown]}


def _kept(times: Sequence[float], marks: Sequence[float], size: int | None, rule: Rule) -> list[int]:
    """Places of the steps at which enough have left since the last one kept, and enough are left; the last is no step.

    A step is one patient at least, and so is a mark; where no size is told, only the steps are counted.
    """
    kept, last_left = [0], 0
    for place in range(1, len(times) - 1):
        left = place + bisect_right(marks, times[place])
        enough = size is None or not rule.hides(size - left)
        if enough and not rule.hides(left - last_left):
            kept.append(place)
            last_left = left
    return kept if times else []


def _size(own: Sequence[Trace]) -> int | None:
    found = next((one for trace in own if (one := _N.search(str(trace.get("name", ""))))), None)
    return whole(found[1]) if found else None


def _end(trace: Trace, rule: Rule) -> float | None:
    """The last time under the curves at which enough are at risk; None where no line of the table says it."""
    if not is_risk_row(trace) or not len(trace["x"]):
        return None
    return max(
        (time for time, n in zip(trace["x"], trace["text"], strict=True) if not rule.hides(whole(n))), default=0.0
    )
