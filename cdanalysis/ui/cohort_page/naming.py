"""What figures, reports and the bundle call the reader's cohort; a file's own name may be a patient's."""

import streamlit as st

from cdanalysis.cohort import Cohort
from cdanalysis.ui.shell import frame

LONGEST = 60


def section(cohort: Cohort) -> None:
    """A box for the label, beside the cohort of the reader's own."""
    if cohort.synthetic:
        return
    content = cohort.content_sha256
    key = f"label-{content}"
    st.text_input(
        "Its name in figures, reports and the bundle",
        cohort.label,
        key=key,
        max_chars=LONGEST,
        on_change=lambda: frame.name_cohort(st.session_state[key], content),
        help=(
            "Printed under every figure. The name of your file is printed only where each of its words is a common one, "
            "because files are often called after a patient."
        ),
    )
