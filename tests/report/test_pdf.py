"""A PDF has the size on paper and the letters of its drawing, and no drawing reaches for anything outside itself."""

from __future__ import annotations

import re

import pytest

from cdanalysis.report.files.pdf import pdf_of

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="85mm" height="40mm" viewBox="0 0 400 188">'
    '<defs><clipPath id="a"><rect width="9" height="9"/></clipPath></defs><g clip-path="url(#a)"><path d="M0,0L9,9"/></g>'
    "{}</svg>"
)


def test_a_pdf_is_as_wide_on_paper_as_its_drawing() -> None:
    content = pdf_of(
        DRAWING.format(
            '<text x="9" y="30" style="font-family: Arial, Helvetica, sans-serif; font-size: 12px">CRP ≥ 10</text>'
        )
    )
    assert content.startswith(b"%PDF-")
    found = re.search(rb"/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]", content)
    assert found is not None
    assert [float(size) for size in found.groups()] == pytest.approx([85 / 25.4 * 72, 40 / 25.4 * 72], abs=0.01)
    assert b"/FontFile" in content


@pytest.mark.parametrize(
    "inside",
    ['<image href="/etc/passwd"/>', '<use xlink:href="file:///a#b"/>', "<style>@import 'http://a'</style>", "<script/>",
     '<path fill="url(http://127.0.0.1:9/a)"/>', '<foreignObject/>', '<!ENTITY a SYSTEM "/etc/passwd">'],
)  # fmt: skip
def test_a_drawing_that_names_something_outside_is_refused(inside: str) -> None:
    with pytest.raises(ValueError, match="none of this program's"):
        pdf_of(DRAWING.format(inside))


def test_what_is_no_drawing_is_refused() -> None:
    for text in ("", "%PDF-1.7", "<html></html>"):
        with pytest.raises(ValueError, match="none of this program's"):
            pdf_of(text)
