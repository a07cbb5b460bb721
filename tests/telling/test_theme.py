"""Colours that can be told apart on paper, on a dark page and in grey; what every layout begins with."""

from __future__ import annotations

import plotly.graph_objects as go
import pytest

from cdanalysis.drawing import theme
from cdanalysis.drawing.kaplan_meier import survival_figure

DARK_PAGE = "#0e1117"


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("colour", theme.GROUP_COLOURS)
def test_groups_stand_out_on_paper_and_on_a_dark_page(colour: str) -> None:
    assert contrast(colour, "#ffffff") >= 3
    assert contrast(theme.DARK[colour], DARK_PAGE) >= 4.5


def test_text_is_readable_on_both() -> None:
    assert contrast(theme.INK, "#ffffff") >= 7
    assert contrast(theme.DARK[theme.INK], DARK_PAGE) >= 7
    assert contrast(theme.MUTED, "#ffffff") >= 4.5
    assert contrast(theme.DARK[theme.MUTED], DARK_PAGE) >= 4.5


def test_below_is_okabe_itos_blue_and_above_vermillion() -> None:
    assert theme.GROUP_COLOURS[:2] == ["#0072B2", "#D55E00"]
    assert theme.GROUP_DASHES[:2] == ["solid", "dash"]


def test_every_group_has_its_own_colour_band_and_line_style() -> None:
    sizes = [len(set(part)) for part in (theme.GROUP_COLOURS, theme.GROUP_BANDS, theme.GROUP_DASHES)]
    assert sizes == [6, 6, 6]
    assert theme.GROUP_BANDS[0] == "rgba(0,114,178,0.15)"


def test_the_exchange_for_a_dark_page_can_be_undone() -> None:
    assert len(set(theme.DARK.values())) == len(theme.DARK)
    assert not set(theme.DARK) & set(theme.DARK.values())


def test_a_layout_begins_with_font_height_and_the_pages_own_ground() -> None:
    layout = theme.base_layout("Title", height=300)
    assert layout["font"]["family"] == "Arial, Helvetica, sans-serif"
    assert layout["height"] == 300
    assert layout["paper_bgcolor"] == layout["plot_bgcolor"] == "rgba(0,0,0,0)"
    annotated = {**layout, "annotations": [theme.footer_annotation("a", below_px=40)]}
    assert go.Figure(theme.figure([], annotated)).layout.annotations[0].yshift == -40


def test_a_figure_is_a_plain_dict_of_its_own() -> None:
    trace, layout = {"x": [1]}, {"height": 3}
    figure = theme.figure([trace], layout)
    figure["data"][0]["x"] = [2]
    figure["layout"]["height"] = 4
    assert (trace, layout) == ({"x": [1]}, {"height": 3})


def test_a_footer_of_more_lines_has_more_room_under_the_curves() -> None:
    two, four = (survival_figure("", "", "", (0.0, 12.0), footer="<br>".join("abcd"[:n]))["layout"] for n in (2, 4))
    assert four["margin"]["b"] - two["margin"]["b"] == four["height"] - two["height"] == 24
