"""The bundle as a reader gets it: made in the browser, saved, unpacked; its figures and numbers are those of the pages."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from browser.app_page import open_predictors, readout, settled
from PIL import Image
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

pytestmark = pytest.mark.browser

SIZE = "png_dpi=150&png_width_mm=85"


def made(page: Page, folder: Path) -> tuple[str, dict[str, bytes]]:
    """The name of the bundle that the page makes, and its files."""
    page.get_by_role("button", name="Make the bundle").click()
    save = page.get_by_role("button", name="Save the bundle")
    expect(save).to_be_visible(timeout=300_000)
    settled(page)
    with page.expect_download() as download:
        save.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    with ZipFile(path) as archive:
        assert archive.testzip() is None
        return path.name, {name: archive.read(name) for name in archive.namelist()}


def test_the_bundle_holds_every_figure_and_the_numbers_of_the_pages(page: Page, tmp_path: Path) -> None:
    open_predictors(page, f"?crp_cutoff=14&{SIZE}")
    seen = readout(page, "relapse-by-crp")
    page.get_by_role("link", name="Report", exact=True).click()
    page.get_by_text("For me and the paper: everything, exact").click()
    expect(page.get_by_text("With one line per patient")).to_be_visible()
    _, files = made(page, tmp_path)
    pngs = {name.split("/")[-1][3:-4]: files[name] for name in files if name.endswith(".png")}
    svgs = {name.split("/")[-1][3:-4]: files[name] for name in files if name.endswith(".svg")}
    assert pngs.keys() == svgs.keys() >= {
        "patient-flow", "relapse-by-crp", "relapse-by-tgn", "forest", "survival-surgery", "cutoffs-tgn", "adverse-event-free",
        "competing-risks-relapse", "competing-risks-surgery",
        "clocks-surgery", "log-log-crp-14-mg-l", "subgroups-crp", "stability-tgn", "surface-fit",
    }  # fmt: skip
    for name, content in pngs.items():
        with Image.open(BytesIO(content)) as drawn:
            assert drawn.width == round(85 / 25.4 * 150), name
            assert drawn.info["dpi"] == pytest.approx((150, 150), abs=0.05)
            assert len(drawn.convert("L").getcolors()) > 5, name
    for content in svgs.values():
        root = ElementTree.fromstring(content)
        assert root.get("width") == "85mm"
    assert "CRP > 14 mg/L" in "".join(ElementTree.fromstring(svgs["relapse-by-crp"]).itertext())

    sheet = CalamineWorkbook.from_filelike(BytesIO(files["tables/tables.xlsx"])).get_sheet_by_name("predictors")
    header, *rows = sheet.to_python()
    crp = dict(zip(header, next(row for row in rows if row[0] == "CRP > 14 mg/L"), strict=True))
    assert seen["Hazard ratio, unadjusted"].startswith(crp["Univariable HR (95% CI)"])
    assert seen["Hazard ratio, unadjusted"].endswith(crp["Univariable P"])
    assert json.loads(files["settings.json"])["settings"]["cutoffs"] == "crp>14"
    assert "cutoffs=crp%3E14" in files["README.txt"].decode()
    assert "Multiverse: CRP, Fit every specification: takes long and was not asked for." in files["README.txt"].decode()
    assert page.get_by_test_id("stException").count() == 0


@pytest.mark.thorough
def test_the_bundle_for_others_is_drawn_without_small_counts(page: Page, tmp_path: Path) -> None:
    page.goto(f"/report?{SIZE}")
    settled(page)
    page.get_by_text("For others: small counts masked").click()
    expect(page.get_by_text("Smallest count shown")).to_be_visible()
    name, files = made(page, tmp_path)
    assert name.startswith("cdanalysis-for-others-")
    assert "report.docx" not in files
    svgs = {name.split("/")[-1][3:-4]: files[name] for name in files if name.endswith(".svg")}
    assert {"relapse-by-crp", "survival-relapse", "forest", "patient-flow", "response-by-week"} <= svgs.keys()
    drawn = "".join(ElementTree.fromstring(svgs["relapse-by-crp"]).itertext())
    assert "CRP ≤ 10 mg/L (n = 40, <5 relapses)" in drawn
    assert "counts below 5 masked" in drawn
    assert not [name for name, content in files.items() if b"SYN-0" in content]
    assert page.get_by_test_id("stException").count() == 0


def test_a_bundle_in_the_making_can_be_cancelled(page: Page) -> None:
    page.goto("/report")
    settled(page)
    page.get_by_role("button", name="Make the bundle").click()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("button", name="Make the bundle")).to_be_visible()
    settled(page)
    expect(page.get_by_text("The bundle is ready")).to_have_count(0)
