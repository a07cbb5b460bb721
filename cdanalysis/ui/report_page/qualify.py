"""Qualify this installation: the bundled study on this server, as a report to save."""

from datetime import date

import streamlit as st

from cdanalysis.report.qualification import study_checks, written
from cdanalysis.ui.shell.components import save_button
from cdanalysis.writing.numbers import count

ABOUT = (
    "Computes every printed result of the bundled study on this server and compares it with the release: what a quality officer "
    "asks for after an installation. `make qualify` on the server adds the comparisons with R. Your data play no part."
)


def box() -> None:
    """A button, and once it was pressed the verdict and the report."""
    st.markdown(ABOUT)
    if st.button("Qualify this installation", key="qualify", icon=":material/verified:", help="Takes some seconds."):
        st.session_state["qualification"] = _made()
    made = st.session_state.get("qualification")
    if made is None:
        return
    n, failed, today, text = made
    if failed:
        st.error(
            f"{count(failed, 'requirement')} of {n} {'does' if failed == 1 else 'do'} not hold: the report says which."
        )
    else:
        st.success(f"Every one of {n} requirements holds.")
    about = "Versions, hashes, each requirement with its result."
    save_button("Save the qualification", text, f"qualification-{today}.md", key="save-qualification", help=about)


def _made() -> tuple[int, int, str, str]:
    """How many requirements, how many do not hold, the date, the report."""
    checks, today = list(study_checks()), date.today().isoformat()
    return len(checks), sum(not one.passed for one in checks), today, written(checks, today)
