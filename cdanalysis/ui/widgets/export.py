"""The analysed patients as a CSV, a line each, to carry on elsewhere."""

from __future__ import annotations

from hashlib import sha256

import streamlit as st

from cdanalysis.cohort import Cohort
from cdanalysis.results import NotEstimable
from cdanalysis.sections.predictors.per_patient import per_patient
from cdanalysis.ui.memory.cached import recall
from cdanalysis.ui.shell import frame
from cdanalysis.writing.escapes import file_word
from cdanalysis.writing.tables.csv_file import to_csv_bytes

ABOUT = (
    "Id, time, event, what ended it, value and group of each marker with a slider, any weight; of who is left out, why."
)


def patients(cohort: Cohort) -> None:
    """The button that saves them, of the outcome in use."""
    found = recall(per_patient, cohort, frame.settings())
    if isinstance(found, NotEstimable):
        return
    content = to_csv_bytes(found)
    # Streamlit hands out an older file under a name whose content differs in its middle.
    name = f"patients-{file_word(str(found['outcome'].iloc[0]))}-{sha256(content).hexdigest()[:8]}.csv"
    st.download_button("Save one line per patient (CSV)", content, name, "text/csv", key="save-patients", on_click="ignore",
                       icon=":material/table:", help=ABOUT)  # fmt: skip
