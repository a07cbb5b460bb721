"""The app as the server runs it: every answer guarded, every exception quiet. `streamlit run app.py` finds it there."""

from __future__ import annotations

from typing import Any

from starlette.middleware import Middleware

from cdanalysis.ui import quiet
from cdanalysis.ui.guard import Guard


def options() -> dict[str, Any]:
    """What st.App is given beside the script; installs the quiet log on the way."""
    quiet.install()
    return {"middleware": [Middleware(Guard)], "on_script_error": quiet.on_script_error}
