"""A text file taken for another: its form is chosen in the browser, previewed, read, and the numbers change."""

from __future__ import annotations

import pytest
from browser.app_page import settled
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

# A semicolon table whose columns could be thousands or decimals, and whose writer cut a Chinese character in two.
CONTENT = ("编号;性别;IL-6;随访月数\n" + "".join(f"P{i};男;{i + 1},250;{i + 20}\n" for i in range(40))).encode(
    "gb18030"
)
CONTENT += b"P40;\xc4;3,500;9\n"


def choose(page: Page, label: str, option: str) -> None:
    box = page.get_by_test_id("stSelectbox").filter(has_text=label).get_by_role("combobox")
    box.scroll_into_view_if_needed()  # a list that is open while the page scrolls closes
    box.click()
    page.get_by_role("option").filter(has_text=option).click()
    settled(page)


def test_an_encoding_and_a_decimal_mark_are_chosen_and_the_numbers_change(page: Page) -> None:
    page.goto("/")
    settled(page)
    upload = {"name": "klinik.csv", "mimeType": "text/csv", "buffer": CONTENT}
    page.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files(upload)
    expect(page.get_by_text("Columns are missing")).to_be_visible()
    settled(page)
    # Its cells are in the page for a screen reader, hidden under the drawn grid.
    grid = page.get_by_test_id("stDataFrame").first
    cell = grid.locator("[data-testid='glide-cell-2-0']")
    expect(cell).to_have_text("1.25")
    expect(grid.get_by_text("编号")).to_have_count(0)
    choose(page, "Encoding of the text", "GB18030")
    expect(grid.get_by_text("编号")).to_have_count(1)
    choose(page, "Decimal mark", "point")
    expect(cell).to_have_text("1250")
    expect(page.get_by_text("Columns are missing")).to_be_visible()  # nothing is read before it is asked for
    page.get_by_role("button", name="Read the file in this form").click()
    expect(page.get_by_text("41 patients").first).to_be_visible()
    settled(page)
    said = (
        "Text file read as GB18030 simplified Chinese (chosen), semicolon between cells (found), decimal point (chosen)"
    )
    expect(page.get_by_text(said)).to_be_visible()
    expect(page.get_by_role("button", name="Read the file in this form")).to_be_hidden()  # calm again
    assert "P40" not in page.url
