"""Every page in both themes has no serious fault that axe-core knows and its headings in order; keys reach every control."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser.app_page import settled
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
# Every page by the last thing it draws.
PAGES = {
    "": "[data-name=relapse-by-crp] .main-svg",
    "reading": "button:has-text('Template workbook')",
    "baseline": "[data-name=baseline] caption",
    "induction": "[data-name=crp-by-visit] .main-svg",
    "survival": "[data-name=survival-relapse] .main-svg",
    "predictors": "[data-name=forest] .main-svg",
    "prognosis": "text=A model as a file",
    "cutoffs": "[data-name=relapse-by-crp] .main-svg",
    "multiverse": "text=Fit every specification",
    "endoscopy": "[data-name=cdeis-by-year] .main-svg",
    "safety": "[data-name=ae-forest] .main-svg",
    "reproduction": "text=Check printed statistics",
    "report": ".cd-link-text",
}
RUN = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
  .filter(found => ["serious", "critical"].includes(found.impact) || found.id === "heading-order")
  .map(found => `${found.id}: ${found.nodes.map(node => node.html.slice(0, 120)).join(" | ")}`)"""
# Not stops of their own: the steppers of a number box and the arrow of a select box (arrow keys do the same), the tabs of
# one list, the parts of one row (a test of their own below), the inner input of a dropzone (it has a button).
CONTROLS = """() => [...document.querySelectorAll("button, input, textarea, a[href], [role=combobox], [tabindex='0']")]
  .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.disabled && !one.closest("[inert], [aria-hidden=true]"))
  .filter(one => !one.matches(
    "[data-testid*=stNumberInputStep], [aria-label=Open][tabindex='-1'], [role=tab], [role=radio], [type=file], "
    + "[type=radio][tabindex='-1']"))
  .filter(one => !one.matches(".modebar *, canvas *"))
  .filter(one => !one.closest("[data-testid=stHeader], [data-testid=stDataFrame], [data-testid=stElementToolbar]"))"""


@pytest.fixture(params=["light", pytest.param("dark", marks=pytest.mark.thorough)])
def themed(request: pytest.FixtureRequest, server: str, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        base_url=server, color_scheme=request.param, viewport={"width": 1440, "height": 900}, reduced_motion="reduce"
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    yield page
    context.close()


def opened(page: Page, name: str) -> None:
    page.goto(f"/{name}")
    drawn(page, name)


def drawn(page: Page, name: str) -> None:
    expect(page.locator(PAGES[name]).first).to_be_attached()
    settled(page)
    expect(page.locator(".cd-figure .cd-plot:not([data-drawn])")).to_have_count(0)


def test_no_page_has_a_serious_fault(themed: Page) -> None:
    found = {}
    opened(themed, "")
    themed.evaluate(AXE)
    for name in PAGES:
        if name:
            themed.locator(f"[data-testid=stPageLink-NavLink][href$='{name}']").click()
            expect(themed).to_have_url(re.compile(f"/{name}$"))
            drawn(themed, name)
        found[name] = themed.evaluate(RUN)
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("name", ["predictors", "report"])
def test_the_keyboard_reaches_every_control(page: Page, name: str) -> None:
    opened(page, name)
    page.wait_for_function(f"() => ({CONTROLS})().length > 20")
    n = page.evaluate(f"() => {{ window.controls = ({CONTROLS})(); return window.controls.length; }}")
    page.evaluate("() => { window.reached = new Set(); }")
    for _ in range(3 * n):  # a table's cells are stops too
        page.keyboard.press("Tab")
        page.evaluate("() => window.reached.add(document.activeElement)")
    missed = page.evaluate(
        "() => window.controls.filter(one => one.isConnected && !window.reached.has(one)).map(one => one.outerHTML.slice(0, 200))"
    )
    assert missed == []


def test_tab_reaches_the_row_of_parts_and_arrows_every_part_of_it(page: Page) -> None:
    opened(page, "predictors")
    parts = page.locator(".st-key-check-section [role=radio]")
    expect(parts.nth(5)).to_be_visible()
    parts.first.focus()
    page.keyboard.press("Shift+Tab")
    expect(parts.first).not_to_be_focused()
    page.keyboard.press("Tab")
    for place in range(parts.count()):
        expect(parts.nth(place)).to_be_focused()
        page.keyboard.press("ArrowRight")


def test_the_dialogue_that_saves_a_figure_has_no_serious_fault_and_keys_close_it(themed: Page) -> None:
    opened(themed, "survival")
    edit = themed.locator("[data-name=survival-relapse] .cd-edit")
    edit.focus()
    themed.keyboard.press("Enter")
    dialog = themed.locator("dialog.cd-saving")
    expect(dialog.locator(".cd-preview p")).to_contain_text("mm")
    themed.evaluate(AXE)
    assert themed.evaluate(RUN) == []
    themed.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(edit).to_be_focused()
