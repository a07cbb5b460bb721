"""The main job as a clinician does it: upload, drag, read a changed hazard ratio, save, open the PNG."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browser.app_page import (
    drawn,
    figure,
    handle_at,
    next_frame,
    open_predictors,
    readout,
    save_png,
    save_table,
    settled,
    share_of,
)
from PIL import Image
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
CRP, TGN = "relapse-by-crp", "relapse-by-tgn"


def drag(page: Page, name: str, to_share: float, *, steps: int = 25) -> None:
    """Press the handle where it stands and move it, one paint a step; the button stays down."""
    x, y = handle_at(page, name, share_of(page, name))
    end, _ = handle_at(page, name, to_share)
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, steps + 1):
        page.mouse.move(x + (end - x) * step / steps, y)
        next_frame(page)


def committed(page: Page, code: str) -> None:
    """Wait until the cut-off is in the link, which the server writes after it has answered."""
    page.wait_for_url(re.compile(f"cutoffs=.*{code}"))
    settled(page)


def test_upload_drag_read_and_save(page: Page, tmp_path: Path) -> None:
    page.goto("/")
    settled(page)
    content = (ROOT / "assets" / "demo_cohort.xlsx").read_bytes()
    upload = {"name": "my clinic.xlsx", "mimeType": "application/octet-stream", "buffer": content}
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(upload)
    expect(page.get_by_text("122 patients").first).to_be_visible()
    # The file's page, not the bundled cohort's.
    expect(page.get_by_role("heading", name="Is this what your file says?", level=1)).to_be_visible()
    settled(page)
    page.get_by_role("link", name="Predictors of relapse").click()
    expect(figure(page, CRP).locator(".main-svg").first).to_be_visible()
    settled(page)
    before = readout(page, CRP)
    assert before["Hazard ratio, adjusted"].startswith("4.72 (1.19-18.75)")

    drag(page, CRP, 0.4)
    during = readout(page, CRP)
    page.mouse.up()
    committed(page, "crp")

    assert during != before
    assert readout(page, CRP) == during
    saved = Image.open(save_png(page, CRP, tmp_path))
    assert saved.size[0] == round(174 / 25.4 * 300)
    assert saved.info["dpi"] == pytest.approx((300, 300), abs=0.01)
    assert len(saved.convert("RGB").getcolors(1_000_000)) > 20


def test_a_drag_runs_nothing_on_the_server_and_shows_a_picture_at_every_frame(page: Page) -> None:
    sent: list[int] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append(1)))
    open_predictors(page)
    assert sent
    page.evaluate(
        """() => { window.empty = 0; const look = () => {
             if (!document.querySelector("[data-name='relapse-by-crp'] .main-svg .scatterlayer")) window.empty++;
             requestAnimationFrame(look); }; look(); }"""
    )
    pictures = drawn(page, CRP)
    sent.clear()
    drag(page, CRP, 0.7)
    assert sent == []
    assert drawn(page, CRP) - pictures >= 5
    page.mouse.up()
    committed(page, "crp")
    assert page.evaluate("window.empty") == 0


def test_the_table_shows_the_numbers_seen_during_the_drag(page: Page, tmp_path: Path) -> None:
    open_predictors(page)
    drag(page, TGN, 0.45)
    during = readout(page, TGN)
    page.mouse.up()
    committed(page, "tgn")
    path = save_table(page, "predictors", "Save CSV", tmp_path)
    line = next(row for row in path.read_text(encoding="utf-8-sig").splitlines() if "6-TGN ≥" in row)
    ratio = float(during["Hazard ratio, unadjusted"].split(" ")[0])
    assert any(abs(float(cell) - ratio) < 0.0051 for cell in line.split(",") if re.fullmatch(r"\d+\.\d+", cell))


def test_arrow_keys_a_typed_value_and_a_literature_tick_commit(page: Page) -> None:
    open_predictors(page)
    handle = figure(page, CRP).locator(".cd-range")
    handle.press("ArrowRight")
    page.wait_for_url(re.compile(r"cutoffs=crp(>|%3E)10\.5"))
    number = figure(page, CRP).locator(".cd-number")
    number.fill("12.3")
    number.press("Enter")
    page.wait_for_url(re.compile(r"cutoffs=crp(>|%3E)12\.3"))
    expect(figure(page, CRP).locator(".cd-readout dt").first).to_have_text(re.compile(r"12\.3"))
    figure(page, CRP).locator(".cd-tick").get_by_text("5", exact=True).click()
    page.wait_for_url(re.compile(r"cutoffs=crp(>|%3E)5(&|$)"))
    assert handle.get_attribute("aria-valuetext").startswith("5 mg/L, hazard ratio ")


def test_a_finger_moves_the_handle(server: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, base_url=server)
    page = context.new_page()
    page.set_default_timeout(60_000)
    open_predictors(page)
    page.touchscreen.tap(*handle_at(page, CRP, 0.6))
    committed(page, "crp")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_zoom_and_hidden_groups_survive_a_commit(page: Page) -> None:
    open_predictors(page)
    plot = figure(page, CRP).locator(".cd-plot")
    box = plot.locator(".nsewdrag.drag").first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 180, box["y"] + 62, steps=4)
    page.mouse.up()
    plot.locator(".legendtoggle").first.click()
    page.wait_for_function("() => document.querySelector('.cd-plot')._fullData[2].visible === 'legendonly'")
    zoomed = plot.evaluate("gd => gd._fullLayout.xaxis.range")
    assert zoomed[1] - zoomed[0] < 60
    drag(page, CRP, 0.5)
    page.mouse.up()
    committed(page, "crp")
    assert plot.evaluate("gd => gd._fullLayout.xaxis.range") == zoomed
    assert plot.evaluate("gd => gd._fullData[2].visible") == "legendonly"


def test_settings_survive_reload_page_switch_and_a_copied_link(page: Page, server: str, browser: Browser) -> None:
    open_predictors(page, "?crp_cutoff=14&relapse_definition=above-220")
    seen = readout(page, CRP)
    page.reload()
    expect(figure(page, CRP).locator(".main-svg").first).to_be_visible()
    settled(page)
    assert readout(page, CRP) == seen
    page.get_by_role("link", name="Cohort", exact=True).click()
    expect(page.get_by_test_id("stFileUploaderDropzoneInput")).to_be_attached()
    page.get_by_role("link", name="Predictors of relapse").click()
    expect(figure(page, CRP).locator(".main-svg").first).to_be_visible()
    page.wait_for_url(re.compile(r"/predictors.*cutoffs=crp(>|%3E)14"))  # the first page shows the same figure
    expect(figure(page, "forest").locator(".main-svg").first).to_be_visible()
    settled(page)
    assert readout(page, CRP) == seen
    assert "SYN-" not in page.url
    context = browser.new_context(base_url=server, viewport={"width": 1440, "height": 900})
    elsewhere = context.new_page()
    elsewhere.set_default_timeout(60_000)
    elsewhere.goto(page.url)
    expect(figure(elsewhere, CRP).locator(".main-svg").first).to_be_visible()
    settled(elsewhere)
    assert readout(elsewhere, CRP) == seen
    assert elsewhere.evaluate("Object.keys(localStorage).concat(document.cookie).join(' ').includes('SYN-')") is False
    context.close()


@pytest.mark.parametrize(
    ("ground", "is_white"), [("white", True), pytest.param("theme", False, marks=pytest.mark.thorough)]
)
def test_a_dark_screen_saves_a_white_or_a_dark_figure(
    server: str, browser: Browser, tmp_path: Path, ground: str, is_white: bool
) -> None:
    context = browser.new_context(base_url=server, color_scheme="dark", viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(60_000)
    open_predictors(
        page,
        f"?png_ground={ground}&png_width_mm=85&png_dpi=600" if ground != "white" else "?png_width_mm=85&png_dpi=600",
    )
    saved = Image.open(save_png(page, TGN, tmp_path)).convert("RGB")
    assert saved.size[0] == round(85 / 25.4 * 600)
    corner = saved.getpixel((5, 5))
    assert (corner == (255, 255, 255)) is is_white
    assert (max(corner) < 80) is not is_white
    context.close()


def test_a_relapse_definition_recomputes_the_events(page: Page) -> None:
    open_predictors(page)
    assert readout(page, CRP)["above"] == "57 patients, 19 relapses"
    page.get_by_test_id("stSelectbox").filter(has_text="Relapse").first.get_by_role("combobox").click()
    page.get_by_role("option").filter(has_text="Objective only").click()
    page.wait_for_url(re.compile("relapse_definition=objective"))
    settled(page)
    assert readout(page, CRP)["above"] != "57 patients, 19 relapses"
