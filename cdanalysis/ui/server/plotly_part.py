"""The part of plotly.js that draws every figure here: the one script of somebody else's that the program brings along.

What Streamlit ships has maps and three dimensions too: three times as long, and a second of the browser's before the first figure.
"""

from functools import cache
from pathlib import Path
from typing import Any

from starlette.responses import Response

VERSION = "4.1.1"  # that of the plotly of requirements.txt; a browser keeps the script under it for good
FILE = Path(__file__).parents[3] / "assets" / "plotly-cartesian.min.js.gz"
SCRIPT = f"static/cdanalysis/plotly-cartesian-{VERSION}.min.js"  # loading it sets window.Plotly
_HEADERS = {
    "content-encoding": "gzip",
    "cache-control": "public, max-age=31536000, immutable",
    "vary": "accept-encoding",
}


def is_asked_for(scope: Any) -> bool:
    """Whether a request is for the script, behind whatever base path."""
    return scope["method"] in ("GET", "HEAD") and scope["path"].endswith(f"/{SCRIPT}")


@cache
def answer() -> Response:
    """The script as it is kept, compressed: every browser takes it so."""
    return Response(FILE.read_bytes(), media_type="text/javascript", headers=_HEADERS)
