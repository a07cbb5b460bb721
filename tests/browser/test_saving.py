"""A figure as it is printed: worded by the reader, at her size, as PNG, TIFF, SVG or PDF; her words never outlive their cut-off."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from browser.app_page import figure, open_predictors, settled
from PIL import Image
from playwright.sync_api import Locator, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.thorough]

CRP, OURS, HERS = "relapse-by-crp", "CRP > 10 mg/L", "High CRP & <fever>"


def opened(page: Page) -> Locator:
    """The dialogue of the CRP figure, its preview drawn."""
    figure(page, CRP).locator(".cd-edit").click()
    dialog = page.locator("dialog.cd-saving")
    expect(dialog.locator(".cd-preview p")).to_contain_text("mm")
    return dialog


def kept(page: Page, dialog: Locator, kind: str, folder: Path) -> Path:
    dialog.get_by_label("Format").select_option(kind)
    with page.expect_download() as download:
        dialog.get_by_role("button", name=f"Save {kind.upper()}").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    settled(page)
    return path


def words(svg: Path) -> str:
    return " ".join(ElementTree.parse(svg).getroot().itertext())


def lines_of(svg: Path) -> list[str]:
    """Each line of text of a picture: plotly's lines, and what has one alone."""
    return [
        "".join(one.itertext())
        for one in ElementTree.parse(svg).getroot().iter()
        if one.tag.endswith(("}tspan", "}text"))
    ]


def footer_lines(svg: Path) -> int:
    """The lines from what the adjusted ratio is adjusted for to the last."""
    lines = [line for line in lines_of(svg) if "\n" not in line]
    first = next(
        place for place, line in enumerate(lines) if line.startswith("HR adjusted for") and "version" not in line
    )
    return next(place for place, line in enumerate(lines) if place > first and "results version" in line) - first


def test_a_figure_is_worded_sized_and_saved_in_every_format(page: Page, tmp_path: Path) -> None:
    open_predictors(page)
    dialog = opened(page)
    dialog.locator(f"[data-of='{OURS}']").fill(HERS)
    dialog.get_by_label("Width").select_option("85")
    dialog.get_by_label("Resolution").select_option("600")
    dialog.get_by_label("P and hazard ratio").uncheck()
    expect(dialog.locator(".cd-preview p")).to_contain_text("Smallest letters 6.0 pt")
    narrow = kept(page, dialog, "svg", tmp_path)
    said = words(narrow)
    assert HERS in said
    assert OURS not in said
    assert "Log-rank" not in said
    assert "HR adjusted for 6-TGN" in said
    for kind in ("png", "tiff"):
        with Image.open(kept(page, opened(page), kind, tmp_path)) as saved:
            assert saved.width == round(85 / 25.4 * 600)
            assert saved.info["dpi"] == pytest.approx((600, 600), abs=0.05)
            assert len(saved.convert("L").getcolors()) > 5
    content = kept(page, opened(page), "pdf", tmp_path).read_bytes()
    n_narrow, dialog = footer_lines(narrow), opened(page)
    dialog.get_by_label("Width").select_option("174")
    wide = kept(page, dialog, "svg", tmp_path)
    assert footer_lines(wide) < n_narrow
    assert "previous GI surgery." in next(line for line in lines_of(wide) if line.startswith("HR adjusted for 6-TGN"))
    found = re.search(rb"/MediaBox ?\[0 0 ([\d.]+) ", content)
    assert found is not None
    assert float(found[1]) == pytest.approx(85 / 25.4 * 72, abs=0.01)
    assert b"/FontFile" in content
    assert "figure_texts=" in page.url


def test_a_word_of_hers_stands_for_one_label_and_not_for_that_of_another_cut_off(page: Page, tmp_path: Path) -> None:
    open_predictors(page, "?crp_cutoff=14&figure_texts=CRP > 10 mg/L%3DHigh CRP&figure_footer=0&figure_format=svg")
    with page.expect_event("download", lambda one: one.suggested_filename.endswith(".svg")) as download:
        figure(page, CRP).locator(".cd-save").click()
    path = tmp_path / "other.svg"
    download.value.save_as(path)
    assert "CRP > 14 mg/L" in words(path)
    assert "High CRP" not in words(path)
    assert "results version" not in words(path)
