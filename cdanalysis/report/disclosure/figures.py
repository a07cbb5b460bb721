"""A figure as it may be passed on: its curves thinned, its bars and its words by the rule, without a handle."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cdanalysis.drawing import theme
from cdanalysis.report.disclosure.curves import is_risk_row, masked_steps
from cdanalysis.report.disclosure.rule import Rule
from cdanalysis.report.disclosure.still import still
from cdanalysis.report.disclosure.words import masked_cell, masked_text, share_in, whole
from cdanalysis.sections.blocks import Figure
from cdanalysis.writing.escapes import plain_figure_text

KNOWN = ("scatter", "bar", "heatmap")  # kinds of traces; a box or a histogram carries every patient's value


def masked_figure(figure: Figure, rule: Rule) -> Figure | None:
    """The figure by the rule; None where a trace is of a kind that cannot be masked."""
    spec = figure.spec if figure.handle is None else still(figure.spec, figure.handle)
    if any(trace.get("type", "scatter") not in KNOWN for one in _forms(spec) for trace in one["data"]):
        return None
    masked = {**spec, **_masked(spec, rule)}
    if "narrow" in spec:
        masked["narrow"] = {**spec["narrow"], **_masked(spec["narrow"], rule)}
    title = plain_figure_text(masked["layout"].get("title", {}).get("text", ""))
    alt = f"{title or figure.id.replace('-', ' ').capitalize()}. {rule.sentence}"
    return replace(figure, spec=masked, alt=alt, handle=None, linked=None, pick=None)


def _forms(spec: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The figure, and the form it takes in a narrow column where it has one."""
    return [spec, *([spec["narrow"]] if "narrow" in spec else [])]


def _masked(spec: Mapping[str, Any], rule: Rule) -> dict[str, Any]:
    data = masked_steps([_bars(trace, rule) for trace in spec["data"]], rule)
    return {"data": [_worded(trace, rule) for trace in data], "layout": _layout(spec["layout"], rule)}


def _bars(trace: Mapping[str, Any], rule: Rule) -> Mapping[str, Any]:
    """Bars of shares and of counts; a share's interval goes, since the count could be computed from it."""
    if trace.get("type") != "bar":
        return trace
    shares = [share_in(str(text)) for text in trace.get("customdata", ())]
    if shares and all(shares):
        heights = [rule.share(*share) or 0.0 for share in shares if share]
        return {key: value for key, value in {**trace, "y": heights}.items() if key != "error_y"}
    return {**trace, "y": [0 if rule.hides(round(n)) else rule.rounded(round(n)) for n in trace["y"]]}


def _worded(trace: Mapping[str, Any], rule: Rule) -> dict[str, Any]:
    """A trace with its name and its texts by the rule; a line of the table under curves is so already."""
    worded = dict(trace)
    if "name" in trace:
        worded["name"] = masked_text(str(trace["name"]), rule)
    for key in ("text", "customdata"):
        texts = trace.get(key)
        if texts is not None and not is_risk_row(trace):
            worded[key] = _texts(texts, rule)
    return worded


def _texts(texts: Any, rule: Rule) -> Any:
    """A text or several; what is no text, such as the place of a point that was clicked, stays."""
    if isinstance(texts, str):
        return rule.count(whole(texts)) if texts.isdigit() else masked_cell(texts, rule)
    return [_texts(one, rule) for one in texts] if isinstance(texts, list | tuple) else texts


def _layout(layout: Mapping[str, Any], rule: Rule) -> dict[str, Any]:
    """Titles, notes and the labels of axes by the rule; the footer says that it was used."""
    masked = {key: _axis(value, rule) if "axis" in key else value for key, value in layout.items()}
    if "title" in layout:
        masked["title"] = {**layout["title"], "text": masked_text(layout["title"].get("text", ""), rule)}
    masked["annotations"] = [_annotation(one, rule) for one in layout.get("annotations", ())]
    return masked


def _axis(axis: Any, rule: Rule) -> Any:
    if not isinstance(axis, Mapping) or "ticktext" not in axis:
        return axis
    return {**axis, "ticktext": [masked_cell(str(text), rule) for text in axis["ticktext"]]}


def _annotation(annotation: Mapping[str, Any], rule: Rule) -> dict[str, Any]:
    text = masked_text(str(annotation.get("text", "")), rule)
    if annotation.get("name") == theme.FOOTER and text:
        text = f"{text} · counts below {rule.smallest} masked"
    return {**annotation, "text": text}
