"""Colours that can be told apart on paper, on a dark page and in grey; what every layout begins with."""

from __future__ import annotations

import plotly.graph_objects as go
import pytest
from pages.greyscale import alike_in_grey

from cdanalysis.drawing import dress, theme
from cdanalysis.drawing.kaplan_meier import survival_figure

DARK_PAGE = "#12171c"


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


def test_two_groups_are_solid_in_tones_that_a_grey_print_tells_apart() -> None:
    assert theme.GROUP_DASHES == ["solid", "solid", "dash", "dash", "dot", "dot"]
    for colours in (theme.GROUP_COLOURS, [theme.DARK[one] for one in theme.GROUP_COLOURS]):
        tones = [theme.lightness(one) for one in colours]
        assert all(abs(one - other) >= theme.LEAST_STEP for one, other in zip(tones[::2], tones[1::2], strict=True))


@pytest.mark.parametrize("look", dress.LOOKS)
@pytest.mark.parametrize("dashed", [False, True])
def test_groups_are_told_apart_in_grey_in_every_look(look: str, dashed: bool) -> None:
    colours = dress.LOOKS[look].colours
    figure = dress.dressed(survival_figure("", "", "", (0.0, 12.0), n_groups=6), look, dashed=dashed)
    lines = [figure["data"][5 * g + 2]["line"] for g in range(6)]
    assert [line["color"] for line in lines] == list(colours)
    assert alike_in_grey({"data": [{"mode": "lines", "line": line} for line in lines]}, {}) == []
    if dashed:
        assert len({line["dash"] for line in lines}) == 6
    assert figure["data"][1]["fillcolor"] == theme.band_of(colours[0])
    assert figure["layout"]["font"]["family"] == dress.LOOKS[look].font


def test_a_plain_figure_stays_the_one_it_is_and_a_dark_page_has_our_colours() -> None:
    figure = survival_figure("", "", "", (0.0, 12.0))
    assert dress.dressed(figure, "plain", dashed=False) is figure
    assert dress.dark("plain") == theme.DARK
    ours, theirs = theme.GROUP_COLOURS[1], dress.LOOKS["nejm"].colours[1]
    assert dress.dark("nejm")[theirs] == theme.DARK[ours]
    assert dress.dark("nejm")[theme.INK] == theme.DARK[theme.INK]


def test_every_group_has_its_own_colour_band_and_line_style() -> None:
    styles = list(zip(theme.GROUP_COLOURS, theme.GROUP_DASHES, strict=True))
    assert [len(set(part)) for part in (theme.GROUP_COLOURS, theme.GROUP_BANDS, styles)] == [6, 6, 6]
    assert theme.GROUP_BANDS[0] == "rgba(0,88,156,0.1)"


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
    assert four["margin"]["b"] - two["margin"]["b"] == four["height"] - two["height"] == 26
