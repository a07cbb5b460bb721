"""The forest plot of subgroups, and the adjusted survival curves beside the Kaplan-Meier curves of the same patients."""

from typing import Any

from cdanalysis.drawing import theme
from cdanalysis.drawing.forest import LABEL_CHARACTERS, drawn_lines, text_at
from cdanalysis.drawing.kaplan_meier import fill_groups, note_result, survival_figure, thin_line
from cdanalysis.drawing.ratio_axis import Line
from cdanalysis.results import NotEstimable
from cdanalysis.sections.predictors.subgroups.adjusted import AdjustedSurvival
from cdanalysis.sections.predictors.subgroups.analysis import Subgroups
from cdanalysis.statistics.checks.subgroups import Subgroup
from cdanalysis.writing.escapes import one_line, shorten_group
from cdanalysis.writing.figure_text import curves_axis, months_since
from cdanalysis.writing.nouns import free_survival
from cdanalysis.writing.numbers import count, p_phrase
from cdanalysis.writing.within import within

MODEL = "multivariable"  # of the forest plot's two looks: filled squares


def subgroup_forest(found: Subgroups, *, footer: str = "", conf_level: float = 0.95) -> dict[str, Any]:
    """Everybody first, then each covariate with its interaction P over its levels; `footer` is plotly text."""
    lines, headings, height = [*_subgroup(found.overall, 0.0)], [_label(found.overall, 0.0, found.noun)], 2.5
    for factor in found.factors:
        test = factor.comparison.interaction
        said = "no interaction test" if isinstance(test, NotEstimable) else f"interaction {p_phrase(test.p_value)}"
        said += f", {factor.comparison.n_missing} not known" if factor.comparison.n_missing else ""
        name = theme.escape_figure_text(shorten_group(factor.label, LABEL_CHARACTERS - 4))
        fits = len(factor.label) + len(said) + 2 <= LABEL_CHARACTERS - 2
        for text in [f"<b>{name}</b>, {said}"] if fits else [f"<b>{name}</b>", said]:
            headings.append(text_at(height + 0.5, text, size=12))
            height += 1
        for one in factor.comparison.subgroups:
            lines += _subgroup(one, height)
            headings.append(_label(one, height, found.noun, factor.label))
            height += 2
        height += 0.5
    title = theme.escape_figure_text(f"{found.labels[1]}: {found.noun} within subgroups")
    return drawn_lines(lines, headings, height, title=title, footer=footer, conf_level=conf_level)


def _label(one: Subgroup, height: float, noun: str, factor: str = "") -> dict[str, Any]:
    """A level with its sizes; the factor stands over it already."""
    sizes = f": n = {one.n}, {count(one.n_events, noun)}"
    level = one.level.removeprefix(factor).lstrip(": ") or one.level
    return text_at(
        height + 0.5, theme.escape_figure_text(shorten_group(level, LABEL_CHARACTERS - len(sizes)) + sizes), size=11
    )


def _subgroup(one: Subgroup, height: float) -> list[Line]:
    return [Line(height + 1.5, MODEL, one_line(one.level), one.hazard_ratio, one.p_value)]


def adjusted_figure(found: AdjustedSurvival, *, show_interval: bool, footer: str) -> dict[str, Any]:
    """Adjusted curves with their bootstrap band and number at risk; Kaplan-Meier thin behind; `footer` is plotly text."""
    title = theme.escape_figure_text(f"Adjusted {free_survival(found.noun)} by {within(found.marker.label)}")
    titles = title, curves_axis(outcome=found.noun), months_since(found.origin)
    figure = survival_figure(*titles, found.risk_times, show_interval=show_interval, footer=footer)
    fill_groups(figure, found.steps, [f"{label}, adjusted" for label in found.labels], found.risk_times, found.noun)
    figure["data"] += [thin_line(steps, place, "Kaplan-Meier") for place, steps in enumerate(found.plain_steps)]
    note_result(figure, "Thin: Kaplan-Meier")
    return figure
