"""A first use, from the empty page to a saved PNG of an own file: what it asks of a hand and a head is counted.

Card, Moran and Newell's keystroke-level model takes 1.3 s for pointing and clicking and 1.35 s for a decision; the limits
below are 30 s of it for a file whose headers nobody knows, which leaves a minute and a half of two for reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from browser.app_page import readout, settled
from PIL import Image
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

FOREIGN = "Kennung;Entzündung (mg/dl);Metabolit;Monate bis Rückfall;Rückfall;Station\n"
KNOWN = "patient_id;CRP (mg/dl);6-TGN;relapse_months;relapse_event;Station\n"
ROWS = "".join(
    f"K{i:03};{0.3 + i * 7 % 40 / 10:.1f};{120 + i * 13 % 300};{4 + i % 50},5;{int(i % 3 == 0)};{'AB'[i % 2]}\n".replace(
        ".", ","
    )
    for i in range(60)
)
ADD = "[data-testid=stFileUploader] :is(button[kind=secondary], button[aria-label='Add files'])"
ASKED = "tell the patients apart"


@dataclass
class Hand:
    """Every click is made by it and counted; a decision is a choice between things that the page offers."""

    page: Page
    clicks: int = 0
    decisions: int = 0

    def click(self, place: Locator, *, decides: bool = False) -> None:
        place.click()
        self.clicks += 1
        self.decisions += decides

    def upload(self, name: str, content: bytes) -> None:
        """One click, and the decision which file; the system's own dialogue is not the program's."""
        with self.page.expect_file_chooser() as chooser:
            self.click(self.page.locator(ADD).first, decides=True)
        chooser.value.set_files({"name": name, "mimeType": "text/csv", "buffer": content})

    def answer(self, question: str, option: str) -> None:
        """Two clicks and one decision: open the list, choose."""
        box = self.page.get_by_test_id("stSelectbox").filter(has_text=question)
        box.scroll_into_view_if_needed()  # an open list closes when the page scrolls
        self.click(box.get_by_role("combobox"))
        self.click(self.page.get_by_role("option", name=option, exact=True), decides=True)
        expect(box.get_by_role("combobox")).to_have_value(option)

    def save(self, folder: Path) -> Path:
        """From the Cohort page to the file: the page's link (a decision) and the button under its first figure."""
        self.click(self.page.get_by_role("link", name="Predictors of relapse"), decides=True)
        shown = self.page.locator(".cd-figure").first
        expect(shown.locator(".main-svg").first).to_be_visible()
        settled(self.page)
        with self.page.expect_download() as download:
            self.click(shown.locator(".cd-save"))
        path = folder / download.value.suggested_filename
        download.value.save_as(path)
        return path


@pytest.fixture
def hand(page: Page) -> Hand:
    page.goto("/")
    settled(page)
    return Hand(page)


def test_a_file_with_known_headers_is_a_figure_after_three_clicks(hand: Hand, tmp_path: Path) -> None:
    """The file, the page, the button: no question is asked of a file that leaves none open."""
    hand.upload("clinic.csv", (KNOWN + ROWS).encode())
    expect(hand.page.get_by_text("60 patients").first).to_be_visible()
    expect(hand.page.get_by_text("Not clear from the file")).to_have_count(0)
    is_a_figure(hand.save(tmp_path))
    assert (hand.clicks, hand.decisions) == (3, 2)
    assert readout(hand.page, "relapse-by-crp")["above"].endswith("relapses")


def test_a_file_in_another_language_asks_one_question_and_nothing_else(hand: Hand, tmp_path: Path) -> None:
    """Six clicks: the file, the list and its answer, read, the page, save; three of them decide something."""
    hand.upload("klinik.csv", (FOREIGN + ROWS).encode("cp1252"))
    expect(hand.page.get_by_text("Not clear from the file")).to_be_in_viewport()  # where the eye is, without a scroll
    settled(hand.page)
    hand.answer(ASKED, "Kennung")
    hand.click(hand.page.get_by_role("button", name="Read the file with these answers"))
    expect(hand.page.get_by_text("60 patients").first).to_be_visible()
    settled(hand.page)
    expect(hand.page.get_by_text("Not clear from the file")).to_have_count(0)
    is_a_figure(hand.save(tmp_path))
    assert (hand.clicks, hand.decisions) == (6, 3)
    assert 1.3 * hand.clicks + 1.35 * hand.decisions < 15
    name = hand.page.locator(".cd-figure").first.get_attribute("data-name")
    assert name is not None
    assert name.startswith("relapse-by-entz")
    told = readout(hand.page, name)
    counted = [int(told[side].split()[-2]) for side in ("below", "above")]
    assert sum(counted) == 20


def is_a_figure(path: Path) -> None:
    with Image.open(path) as saved:
        assert saved.width == round(174 / 25.4 * 300)
        assert len(saved.convert("L").getcolors()) > 2
