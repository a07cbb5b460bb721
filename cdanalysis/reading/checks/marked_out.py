"""Patients whom a column of the file marks as excluded, or not as included: asked about, and left out until it is answered."""

import pandas as pd

from cdanalysis.dictionary.outcomes import words_of
from cdanalysis.reading.cells.cells import folded, is_missing
from cdanalysis.reading.cells.words import NO, YES
from cdanalysis.reading.headers.units.unit_words import normalised
from cdanalysis.reading.questions import Asking
from cdanalysis.reading.warned import counted
from cdanalysis.results import Exclusion

LEFT_OUT, KEPT = "not of the cohort: left out", "of the cohort: kept"
OUT = words_of(
    "excluded|exclude|excluded from analysis|exclude from analysis|excluded from the analysis|ausgeschlossen|exclu|excluido|"
    "escluso|excluído|uitgesloten|已排除|剔除"
)
IN = words_of(
    "included|include|included in analysis|include in analysis|eingeschlossen|inclus|incluido|incluído|geincludeerd|纳入"
)


def without_marked(frames: dict[str, pd.DataFrame], asking: Asking) -> tuple[dict[str, pd.DataFrame], list[Exclusion]]:
    """The frames without the patients who are marked, unless the reader keeps them, and how many these are."""
    patients, left_out = frames["patients"], []
    for name in [column for column in patients.columns if isinstance(column, str) and normalised(column) in OUT | IN]:
        marked = _marked(patients[name], out=normalised(name) in OUT)
        n = int(marked.sum())
        if not 0 < n < len(marked):
            continue
        text = f"{name}: by it {counted(n, 'patient')} of {len(marked)} are excluded. Are they of the cohort?"
        if asking.ask("marked", "patients", name, text, (LEFT_OUT, KEPT), "left out until then") == KEPT:
            continue
        ids = set(patients.loc[marked, "patient_id"].dropna())
        frames = {
            sheet: frame[~frame["patient_id"].isin(ids)] if "patient_id" in frame else frame
            for sheet, frame in frames.items()
        }
        patients = frames["patients"]
        left_out.append(Exclusion(f"excluded by {name}", n))
    return frames, left_out


def _marked(values: pd.Series, *, out: bool) -> pd.Series:
    """Which rows are marked; none of a column that holds anything but yes and no."""
    held = [None if value is None or is_missing(value) or value is pd.NA else folded(value) for value in values]
    if not {text for text in held if text is not None} <= YES | NO:
        return pd.Series(False, values.index)
    return pd.Series([text is not None and (text in YES) == out for text in held], values.index)
