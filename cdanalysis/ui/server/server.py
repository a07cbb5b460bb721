"""The app as the server runs it: every answer guarded, every exception quiet, every reader who left forgotten.

`streamlit run app.py` finds it there. Streamlit listens to every network by default and asks nobody for a name; here a
server that others can reach does not start unless they have to sign in, or whoever starts it says that a proxy sees to that.
"""

import os
import sys
from ipaddress import ip_address
from typing import Any

import streamlit as st
from starlette.formparsers import MultiPartParser
from starlette.middleware import Middleware

from cdanalysis.ui.server import inside, quiet, reader, sign_in
from cdanalysis.ui.server.guard import Guard
from cdanalysis.ui.server.sweep import sweeping
from cdanalysis.ui.server.turns import Turns

BEHIND_PROXY = "CDANALYSIS_BEHIND_PROXY"
SERVED_AT = "CDANALYSIS_SERVED_AT"  # where our own nginx listens for this process, as .ci/serve/processes.py says
OPEN = (
    "Not started: the address is {address}, so others on the network could open the program without signing in. "
    "Name an identity provider in .streamlit/secrets.toml (README, What is private), or set {variable}=1 where a proxy "
    "in front of it asks for a sign-in, or leave the address at 127.0.0.1."
)


def options() -> dict[str, Any]:
    """What st.App is given beside the script; installs the quiet log on the way. Ends the process where it must not start."""
    quiet.install()
    refusal = refusal_of(os.environ.get(SERVED_AT) or st.get_option("server.address"))
    if refusal:
        print(refusal, file=sys.stderr)
        raise SystemExit(2)
    keep_uploads_in_memory()
    reader.install()
    inside.run_within(Turns().taken)
    return {"middleware": [Middleware(Guard)], "on_script_error": quiet.on_script_error, "lifespan": sweeping}


def keep_uploads_in_memory() -> None:
    """Of an upload of more than 1 MB the server's framework makes a temporary file; here nothing of one is on the disk."""
    MultiPartParser.spool_max_size = (st.get_option("server.maxUploadSize") + 1) << 20


def refusal_of(address: str | None) -> str:
    """Why a server at this address (None: all of them) must not start; empty where it may."""
    if _is_own_computer(address) or sign_in.is_configured() or os.environ.get(BEHIND_PROXY) == "1":
        return ""
    return OPEN.format(address=address or "every address", variable=BEHIND_PROXY)


def _is_own_computer(address: str | None) -> bool:
    try:
        return address == "localhost" or ip_address(str(address).strip("[]")).is_loopback
    except ValueError:
        return False
