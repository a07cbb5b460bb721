"""Every page asks the server whether it is still the one that drew it: a restarted one has forgotten file and results.

Streamlit's page connects to a restarted server without a sign and keeps the numbers of the one before on the screen. Here
every answer of a server carries its mark (ui/guard.py); a page that meets another one opens itself again, and then says
what is gone (ui/own_file.py). While nobody answers, the page says that what it shows is from before.
"""

from cdanalysis.ui.server.guard import SERVER
from cdanalysis.ui.shell.components import component

ASK_EVERY_MS = 2_000
SILENT = (
    "The program does not answer. What you see is from before, and nothing that you change is computed. "
    "This page goes on by itself as soon as the program is back."
)


def watch() -> None:
    """Have the page ask; it takes no room."""
    component("cdanalysis_alive", ("alive.js",))(
        data={"server": SERVER, "silent": SILENT, "every": ASK_EVERY_MS}, key="alive", height=0
    )
