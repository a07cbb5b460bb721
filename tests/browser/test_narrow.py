"""A figure in a narrow column: no word of it leaves it, on the screen and saved, and what is longer goes on in a further line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browser.app_page import figure, settled
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

LEAVING = """box => { const {left, right, top} = box.querySelector("svg").getBoundingClientRect();
  return [...box.querySelectorAll("svg text")].filter(one => one.textContent.trim()).filter(one => {
    const its = one.getBoundingClientRect();
    return its.width && (its.left < left - 1 || its.right > right + 1 || its.top < top); }).map(one => one.textContent); }"""
DRAWN = """(box, svg) => { const held = document.createElement("div");
  held.style.cssText = "position: fixed; top: 0; left: 0";
  held.innerHTML = svg;
  document.body.append(held);
  held.style.width = `${held.firstChild.getBoundingClientRect().width}px`;
  return held; }"""
NAME = "mean-number-2-adverse-event"


def test_no_word_leaves_a_narrow_figure_on_the_screen_or_saved(page: Page, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/safety?png_width_mm=85&figure_format=svg")
    page.get_by_role("radio", name="Events that come again").click()
    shown = figure(page, NAME)
    expect(shown.locator(".main-svg").first).to_be_visible()
    settled(page)
    assert shown.evaluate(LEAVING) == []
    assert shown.locator(".gtitle tspan").all_text_contents() == [
        "Mean number of adverse events per patient by",
        "6-TGN",
    ]
    with page.expect_download() as download:
        shown.locator(".cd-save").click()
    path = tmp_path / "saved.svg"
    download.value.save_as(path)
    drawn = shown.evaluate_handle(DRAWN, path.read_text(encoding="utf-8"))
    assert len(drawn.evaluate("held => [...held.querySelectorAll('text')]")) > 10
    assert drawn.evaluate(LEAVING) == []
    page.set_viewport_size({"width": 1440, "height": 900})
    expect(shown.locator(".gtitle tspan")).to_have_count(0)


def test_a_figure_that_is_saved_in_another_form_than_the_screens_holds_every_row(page: Page, tmp_path: Path) -> None:
    """The rows of the wide forest put their axis on the narrow one: 4 of 15 factors were left in the file."""
    page.goto("/predictors?png_width_mm=85&figure_format=svg")
    shown = figure(page, "forest")
    expect(shown.locator(".main-svg").first).to_be_visible()
    settled(page)
    ratio = re.compile(r"\d\.\d\d \(\d")
    on_screen = [one for one in shown.locator("svg text").all_text_contents() if ratio.search(one)]
    with page.expect_download() as download:
        shown.locator(".cd-save").click()
    path = tmp_path / "saved.svg"
    download.value.save_as(path)
    drawn = shown.evaluate_handle(DRAWN, path.read_text(encoding="utf-8"))
    saved = drawn.evaluate("""held => { const {bottom} = held.querySelector("svg").getBoundingClientRect();
      return [...held.querySelectorAll("text")].filter(one => one.getBoundingClientRect().bottom <= bottom)
        .map(one => one.textContent); }""")
    assert len(on_screen) > 15
    assert len([one for one in saved if ratio.search(one)]) == len(on_screen)
