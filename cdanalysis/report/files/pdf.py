"""A figure as PDF: the browser's drawing with its letters embedded, at the size it has on paper."""

import re

POINTS_PER_MM = 72 / 25.4
SIZE = re.compile(r'(width|height)="([\d.]+)mm"')
MOST_CHARACTERS = 8_000_000
REFERS = re.compile(
    r"<(image|script|style|foreignObject|use)\b|<!|(?:href|src)\s*=|url\((?!['\"]?#|&quot;#)", re.IGNORECASE
)


def pdf_of(drawing: str) -> bytes:
    """The PDF of a drawing (SVG text, sizes in mm); raises ValueError for one that is none of ours.

    A drawing comes from the browser, and could name a file of the server: one that names anything outside itself is refused.
    """
    if len(drawing) > MOST_CHARACTERS or not drawing.lstrip().startswith("<svg") or REFERS.search(drawing):
        raise ValueError("the drawing is none of this program's")
    import vl_convert  # 30 MB that only this needs

    # The converter takes a unit of the drawing for a point, and a millimetre for 96/25.4 of them.
    in_points = SIZE.sub(lambda size: f'{size[1]}="{float(size[2]) * POINTS_PER_MM:.3f}"', drawing, count=2)
    return vl_convert.svg_to_pdf(in_points)
