"""Every page in a real browser: its figures are drawn, nothing is asked of the network, a figure is saved."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser.app_page import figure, save_png, settled
from PIL import Image
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

FIGURES = {
    "What was read": ["patient-flow"],
    "Baseline": [],
    "Response and remission": ["response-by-week", "time-to-response", "cdai-by-visit", "esr-by-visit", "crp-by-visit"],
    "Survival curves": ["survival-relapse"],
    "Predictors of relapse": ["relapse-by-crp", "relapse-by-tgn", "forest"],
    "Cut-offs": ["cutoffs-crp", "relapse-by-crp"],
    "Endoscopy": ["cdeis-before-after", "rutgeerts-before-after", "cdeis-by-year"],
    "Adverse events": ["adverse-event-free", "ae-forest"],
    "Published vs computed": [],
}


def test_every_page_draws_its_figures_and_saves_them(page: Page, tmp_path: Path) -> None:
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url.split("/")[2]))
    page.goto("/")
    for title, names in FIGURES.items():
        page.get_by_role("link", name=title, exact=True).click()
        expect(page.get_by_role("heading", name=title, exact=True, level=1)).to_be_visible()
        settled(page)
        for name in names:
            expect(figure(page, name).locator(".main-svg").first).to_be_visible()
        if names:
            with Image.open(save_png(page, names[0], tmp_path)) as saved:
                assert saved.width == round(174 / 25.4 * 300)
                assert len(saved.convert("L").getcolors()) > 2
    assert not broken
    assert len(asked) == 1, asked
