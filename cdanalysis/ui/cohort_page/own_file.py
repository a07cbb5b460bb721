"""A reload starts a new session without the file: a mark in the link, and nothing of the file, lets the page say so."""

from collections.abc import Mapping

import streamlit as st

from cdanalysis.cohort import Cohort

MARK, YES = "cohort", "own"
GONE = "file-gone"


def arrive() -> None:
    """A new session: remember whether the link was made with a file of the reader's own."""
    st.session_state[GONE] = st.query_params.get(MARK) == YES


def found_again() -> None:
    """A file was uploaded, or the bundled cohort chosen."""
    st.session_state[GONE] = False


def with_mark(query: Mapping[str, str], cohort: Cohort | None) -> dict[str, str]:
    """The link of a session: marked while its cohort is a file of the reader's own, or was one before the reload."""
    own = st.session_state.get(GONE, False) if cohort is None or cohort.synthetic else True
    return {**query, MARK: YES} if own else dict(query)


def without_mark(query: Mapping[str, str]) -> dict[str, str]:
    """The settings of a link."""
    return {name: value for name, value in query.items() if name != MARK}


def say_if_gone() -> None:
    """That the file is gone and what is shown instead."""
    if st.session_state.get(GONE):
        st.warning(
            "**Your file is no longer here.** It was only in the memory of the session before this page was reloaded, its "
            "link opened or the program started again; its results, the ledger and a bundle went with it, the settings are "
            "kept. What you see is the bundled synthetic cohort: upload the file again on the Cohort page.",
            icon=":material/upload_file:",
        )
