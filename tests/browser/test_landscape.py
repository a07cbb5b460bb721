"""Cut-offs and specifications by hand: a drag along the scan moves the curves beside it, a click adopts what it points at."""

from __future__ import annotations

import re

import pytest
from browser.app_page import figure, next_frame, readout, settled
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.thorough]


def opened(page: Page, path: str, name: str) -> None:
    page.goto(path)
    expect(figure(page, name).locator(".main-svg").first).to_be_visible()
    settled(page)


def inside(page: Page, name: str, across: float, down: float) -> tuple[float, float]:
    """A place in a figure's first panel, as shares of its width and height."""
    plot = figure(page, name).locator(".cd-plot")
    plot.scroll_into_view_if_needed()
    box = plot.locator(".nsewdrag").first.bounding_box()
    assert box is not None
    return box["x"] + across * box["width"], box["y"] + down * box["height"]


def test_a_drag_along_the_scan_moves_the_curves_and_letting_go_adopts(page: Page) -> None:
    opened(page, "/cutoffs", "cutoffs-crp")
    expect(figure(page, "relapse-by-crp").locator(".main-svg").first).to_be_visible()
    before = readout(page, "relapse-by-crp")
    page.mouse.move(*inside(page, "cutoffs-crp", 0.3, 0.5))
    page.mouse.down()
    for step in range(1, 9):
        page.mouse.move(*inside(page, "cutoffs-crp", 0.3 + 0.01 * step, 0.5))  # ends left of the cut-off in use
        next_frame(page)
    during = readout(page, "relapse-by-crp")
    line = "name => Number(document.querySelector(`[data-name='${name}'] .cd-plot`).dataset.linkedAt)"
    stands = page.evaluate(line, "cutoffs-crp")
    page.mouse.up()
    page.wait_for_url(re.compile(r"cutoffs=crp"))
    settled(page)
    assert during != before
    assert readout(page, "relapse-by-crp") == during
    assert float(re.search(r"cutoffs=crp(?:>|%3E)([\d.]+)", page.url).group(1)) == pytest.approx(stands)
    assert page.evaluate(line, "cutoffs-crp") == pytest.approx(stands)


def test_a_click_on_the_surface_adopts_both_cutoffs(page: Page) -> None:
    opened(page, "/cutoffs", "cutoffs-crp")
    page.get_by_test_id("stButtonGroup").get_by_text("Both markers together").click()
    expect(figure(page, "surface-crp").locator(".main-svg").first).to_be_visible()
    settled(page)
    page.mouse.click(*inside(page, "surface-crp", 0.5, 0.5))
    page.wait_for_url(re.compile(r"cutoffs=crp.*tgn"))


def test_a_click_on_a_specification_opens_it_among_the_predictors(page: Page) -> None:
    page.goto("/multiverse?multiverse_axes=model,tgn_cutoff")
    settled(page)
    page.get_by_text("Fit every specification").click()
    name = "specification-curve-crp"
    expect(figure(page, name).locator(".main-svg").first).to_be_visible()
    settled(page)
    place = """name => { const plot = document.querySelector(`[data-name='${name}'] .cd-plot`);
      plot.scrollIntoView({block: "center"});
      const {left, top} = plot.getBoundingClientRect(), {xaxis, yaxis} = plot._fullLayout;
      const trace = plot.data.find((one) => one.x.length);
      return [left + xaxis._offset + xaxis.d2p(trace.x[0]), top + yaxis._offset + yaxis.d2p(trace.y[0])]; }"""
    page.mouse.click(*page.evaluate(place, name))
    page.wait_for_url(re.compile(r"/predictors"))
    expect(figure(page, "relapse-by-crp").locator(".main-svg").first).to_be_visible()


def test_a_click_on_a_lane_opens_that_patient_below_and_changes_no_link(page: Page) -> None:
    page.goto("/survival")
    page.get_by_test_id("stButtonGroup").get_by_text("Each patient", exact=True).click()
    said = page.get_by_test_id("stMarkdownContainer")
    expect(said.get_by_text(re.compile("^Patient 1: ")).first).to_be_visible()
    settled(page)
    address = page.url
    page.mouse.click(*inside(page, "each-patient-relapse", 0.02, 0.5))  # no mark stands there, only the lane
    expect(said.get_by_text(re.compile(r"^Patient (?:4[89]|5[01]): ")).first).to_be_visible()
    expect(page.get_by_role("combobox", name=re.compile("Timeline of"))).to_be_visible()
    assert page.url == address
