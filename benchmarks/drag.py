"""The moving picture of the README: the CRP cut-off of the bundled cohort dragged in a browser, as the program draws it.

`python benchmarks/drag.py` writes assets/drag.gif anew (with the browser that `make test` uses); so the picture stays true.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "benchmarks")]

from browser.app_page import handle_at, open_predictors, share_of  # noqa: E402
from browser.conftest import FLAGS, chromium  # noqa: E402
from slider import serving  # noqa: E402

WAY = (0.19, 0.10, 0.30, 0.55, 0.19)  # shares of the slider's way, from where it stands and back
STEPS, FRAME_MS, REST_MS = 9, 90, 900
COLOURS, WIDTH_PX = 160, 900
PATIENCE_MS = 300_000  # it may be run on a busy machine
CURSOR = """([x, y]) => {
  const dot = document.querySelector("#cursor") ?? document.body.appendChild(document.createElement("div"));
  dot.id = "cursor";
  dot.style.cssText = `position: fixed; left: ${x - 9}px; top: ${y - 9}px; width: 18px; height: 18px; border-radius: 50%;
    background: rgba(20, 30, 40, 0.35); z-index: 10000000; pointer-events: none`;
}"""


def places() -> Iterator[float]:
    """Where the hand is from picture to picture."""
    for start, end in zip(WAY, WAY[1:], strict=False):
        yield from (start + (end - start) * (step + 1) / STEPS for step in range(STEPS))


def pictures(page: Page) -> Iterator[Image.Image]:
    """The panel while the slider is dragged."""
    name = "relapse-by-crp"
    corner = page.get_by_test_id("stMainBlockContainer").bounding_box()
    assert corner is not None
    x, y = handle_at(page, name, share_of(page, name))
    page.mouse.move(x, y)
    page.mouse.down()
    for share in (share_of(page, name), *places()):
        x, _ = handle_at(page, name, share)
        page.mouse.move(x, y)
        page.evaluate(CURSOR, [x, y])
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        clip = {"x": corner["x"], "y": 150.0, "width": corner["width"], "height": 750.0}
        shot = Image.open(BytesIO(page.screenshot(clip=clip))).convert("RGB")  # pyright: ignore[reportArgumentType]
        yield shot.resize((WIDTH_PX, round(shot.height * WIDTH_PX / shot.width)), Image.Resampling.LANCZOS)
    page.mouse.up()


def main() -> None:
    """Write assets/drag.gif and say how large it is."""
    with serving("app.py") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_context(base_url=address, viewport={"width": 1440, "height": 900}).new_page()
        page.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        open_predictors(page)
        frames = list(pictures(page))
        browser.close()
    palette = frames[0].quantize(COLOURS, method=Image.Quantize.FASTOCTREE)
    drawn = [frame.quantize(palette=palette, dither=Image.Dither.NONE) for frame in frames]
    durations = [REST_MS, *[FRAME_MS] * (len(drawn) - 2), REST_MS]
    path = ROOT / "assets" / "drag.gif"
    drawn[0].save(path, save_all=True, append_images=drawn[1:], duration=durations, loop=0, optimize=True)
    print(f"{path}: {path.stat().st_size / 1e6:.2f} MB, {len(drawn)} pictures")


if __name__ == "__main__":
    main()
