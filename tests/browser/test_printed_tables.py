"""A table on the page: whole at every width, copied as a table, saved, read; nothing of a file is markup or a formula."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from browser.app_page import open_predictors, save_table, settled, table
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

INSIDE = """root => { const limit = root.closest("[data-testid=stMain]").getBoundingClientRect().right;
  return [...root.querySelectorAll("th, td")].filter(one => one.checkVisibility()
    && !(root.classList.contains("cd-folded") && one.closest("thead"))).every(one => {
    const range = document.createRange();
    range.selectNodeContents(one);
    return range.getBoundingClientRect().right <= limit; }); }"""
NUMBERS_LEFT = """(root, column) => [...root.querySelectorAll(`tbody td:nth-child(${column}).cd-numeric`)].map(one => {
  const range = document.createRange(), text = one.querySelector(".cd-word").firstChild;
  range.setStart(text, text.data.search(/[.]/));
  range.setEnd(text, text.data.search(/[.]/) + 1);
  return range.getBoundingClientRect().left; })"""
HOSTILE = "patient_id,crp,relapse_months,relapse_event,=1+1\n" + "\n".join(
    f"P{i},{3 + i % 17},{5 + i},{int(i % 3 != 0)},{i % 2}" for i in range(60)
)


@pytest.mark.parametrize(
    ("width", "form"),
    [(390, "cd-folded"), pytest.param(768, "cd-close", marks=pytest.mark.thorough), (1024, "cd-close"), (1440, "")],
)
def test_nothing_of_a_table_is_cut_off_at_any_width(page: Page, width: int, form: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    open_predictors(page)
    shown = table(page, "predictors")
    assert shown.evaluate(INSIDE)
    assert set((shown.get_attribute("class") or "").split()) == {"cd-table", form} - {""}
    if form == "cd-folded":  # the first six, and the two of the head, which are there to be read aloud
        assert shown.get_by_role("row").count() == 8
        shown.get_by_role("button", name="Show all 15 rows").click()
        assert shown.evaluate(INSIDE)
    assert shown.get_by_role("row").count() == 17
    expect(shown.get_by_role("button", name="Show all")).to_have_count(0)
    assert shown.get_by_role("rowheader").first.text_content() == "CRP > 10 mg/L"
    numbers = shown.locator("td.cd-numeric .cd-word")
    assert (
        numbers.evaluate_all("all => all.filter(one => one.getClientRects().length > 1).map(one => one.textContent)")
        == []
    )
    if form == "cd-folded":
        label = shown.locator("td").first.evaluate("one => getComputedStyle(one, '::before').content")
        assert label == '"Reference"'


def test_a_folded_row_that_is_called_by_a_number_says_of_what(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 844})
    page.goto("/endoscopy")
    heads = table(page, "cdeis-years").get_by_role("rowheader")
    expect(heads.first).to_be_visible()
    shown = heads.evaluate_all("all => all.map(one => getComputedStyle(one, '::before').content + one.textContent)")
    assert shown[:2] == ['"Year "0', '"Year "1']
    plain = table(page, "endoscopy-scores").get_by_role("rowheader").first
    assert plain.evaluate("one => getComputedStyle(one, '::before').content") == "none"


def test_a_folded_row_is_told_from_its_neighbours_of_the_same_name(page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 844})
    page.goto("/survival")
    page.get_by_role("radio", name="Competing risks").click()
    heads = table(page, "incidence").get_by_role("rowheader")
    expect(heads.first).to_be_visible()
    also = heads.evaluate_all(
        "all => all.slice(0, 3).map(one => [one.textContent, getComputedStyle(one, '::after').content])"
    )
    assert also == [["All patients", f'" · Months {month}"'] for month in (12, 24, 36)]
    page.set_viewport_size({"width": 1440, "height": 900})
    expect(table(page, "incidence")).not_to_have_class(re.compile("cd-folded"))
    assert heads.first.evaluate("one => getComputedStyle(one, '::after').content") == "none"


def test_numbers_align_at_their_point(page: Page) -> None:
    open_predictors(page)
    for column in (5, 6, 7, 8):
        places = table(page, "predictors").evaluate(NUMBERS_LEFT, column)
        assert len(places) > 5
        assert max(places) - min(places) < 1.5, column


def test_a_table_is_copied_as_a_table_and_saved_as_numbers(server: str, browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(base_url=server, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.set_default_timeout(60_000)
    open_predictors(page)
    shown = table(page, "predictors")
    shown.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the first of the menu: copy
    expect(shown.get_by_role("status")).to_have_text("Copied.")
    html, text = page.evaluate("""async () => { const [one] = await navigator.clipboard.read();
      return Promise.all(["text/html", "text/plain"].map(async type => (await one.getType(type)).text())); }""")
    copied = pd.read_html(StringIO(html))[0]
    assert copied.iloc[0, 0] == "CRP > 10 mg/L"
    assert text.splitlines()[1].split("\t")[5] == "5.49 (1.62-18.62)"
    assert "Cox regression with Efron ties" in html
    book = pd.read_excel(save_table(page, "predictors", "Save XLSX", tmp_path), engine="calamine")
    file = pd.read_csv(save_table(page, "predictors", "Save CSV", tmp_path), encoding="utf-8-sig")
    for numbers in (book, file):
        assert numbers.loc[0, "univariable_hazard_ratio"] == pytest.approx(5.4883, abs=1e-3)
    expect(shown.get_by_role("status")).to_have_text(re.compile("^Saved predictors-[0-9a-f]{8}.csv$"))
    context.close()


def test_words_of_a_file_are_shown_letter_by_letter_and_copied_as_no_formula(server: str, browser: Browser) -> None:
    context = browser.new_context(base_url=server, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto("/")
    settled(page)
    page.get_by_test_id("stFileUploaderDropzoneInput").first.set_input_files(
        {"name": "own.csv", "mimeType": "text/csv", "buffer": HOSTILE.replace("P1,", "<b>P1</b>,").encode()}
    )
    expect(page.get_by_text("60 patients").first).to_be_visible()
    settled(page)
    page.get_by_role("link", name="Baseline").click()
    shown = table(page, "baseline")
    expect(shown.get_by_role("rowheader").filter(has_text="=1+1").first).to_be_visible()
    shown.locator("summary").click()
    shown.get_by_role("button", name="Copy for Word or Excel").click()
    expect(shown.get_by_role("status")).to_have_text("Copied.")
    text = page.evaluate("navigator.clipboard.readText()")
    assert any(line.startswith("'=1+1") for line in text.splitlines())
    assert shown.locator("b").count() == 0
    context.close()


def test_a_table_is_measured_again_when_its_letters_have_come(page: Page) -> None:
    """Wider letters stood in for them on a slow line: a table that has room stayed folded until the page was turned."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/prognosis")
    shown = page.locator(".cd-table[data-name=riley]")
    expect(shown).not_to_have_class(re.compile("cd-folded"))
    shown.evaluate("table => table.style.letterSpacing = '1em'")
    expect(shown).to_have_class(re.compile("cd-folded"))
    shown.evaluate("table => table.style.letterSpacing = ''")
    page.evaluate("() => document.fonts.dispatchEvent(new Event('loadingdone'))")
    expect(shown).not_to_have_class(re.compile("cd-folded"))
