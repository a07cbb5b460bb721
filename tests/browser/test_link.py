"""The link of the Report page: copied there, opened by somebody else with the same file, it gives the same numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser.app_page import figure, open_predictors, readout, settled
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

COHORT = Path(__file__).parents[2] / "assets" / "demo_cohort.xlsx"


def test_a_copied_link_restores_every_setting_elsewhere(page: Page, server: str, browser: Browser) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_predictors(page, "?crp_cutoff=14&ties=breslow&relapse_definition=rise-100")
    seen = readout(page, "relapse-by-crp")
    page.get_by_role("link", name="Report", exact=True).click()
    page.get_by_role("tab", name="Link and settings file").click()
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    context = browser.new_context(base_url=server, viewport={"width": 1440, "height": 900})
    elsewhere = context.new_page()
    elsewhere.set_default_timeout(60_000)
    elsewhere.goto(link)
    upload = {"name": "same.xlsx", "mimeType": "application/octet-stream", "buffer": COHORT.read_bytes()}
    elsewhere.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files(upload)
    expect(elsewhere.get_by_role("heading", name="Is this what your file says?", level=1)).to_be_visible()
    settled(elsewhere)
    elsewhere.get_by_role("link", name="Predictors of relapse", exact=True).click()
    expect(figure(elsewhere, "relapse-by-crp").locator(".main-svg").first).to_be_visible()
    settled(elsewhere)
    assert readout(elsewhere, "relapse-by-crp") == seen
    context.close()
