"""A cohort from frames that already hold canonical columns: fills what is absent, in the right types."""

from __future__ import annotations

import hashlib
from functools import cache

import numpy as np
import pandas as pd

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.columns import DATE_OF
from cdanalysis.dictionary.indices.endoscopic import SCORED
from cdanalysis.reading.naming import label_of
from cdanalysis.units import DAYS_PER_MONTH, DAYS_PER_WEEK

NUMBERS = {
    "visits": ("cdai_points", "crp_mg_per_l", "esr_mm_per_h", "tgn_pmol_per_8e8_rbc"),
    "events": (),
    "endoscopy": SCORED,
    "adverse_events": (),
    "screening": ("n",),
}
TEXTS = {
    "visits": (),
    "events": ("event",),
    "endoscopy": (),
    "adverse_events": ("term", "action"),
    "screening": ("step",),
}


def cohort_from_frames(
    patients: pd.DataFrame,
    visits: pd.DataFrame | None = None,
    events: pd.DataFrame | None = None,
    endoscopy: pd.DataFrame | None = None,
    adverse_events: pd.DataFrame | None = None,
    screening: pd.DataFrame | None = None,
    *,
    file_name: str = "frames",
    extra_columns: tuple[str, ...] = (),
) -> Cohort:
    """Build a cohort; each timed frame needs one of days, week, months. Fingerprint from the content."""
    given = {"visits": visits, "events": events, "endoscopy": endoscopy, "adverse_events": adverse_events,
             "screening": screening}  # fmt: skip
    sheets = {name: complete_sheet(name, frame) for name, frame in given.items()}
    whole = complete_patients(patients)
    return Cohort(
        patients=whole, visits=sheets["visits"], events=sheets["events"], endoscopy=sheets["endoscopy"],
        adverse_events=sheets["adverse_events"], screening=sheets["screening"],
        extra_columns=extra_columns, faults=(), excluded=(), matching=None,
        fingerprint=content_hash([whole, *sheets.values()]), file_name=file_name, label=label_of(file_name),
    )  # fmt: skip


def complete_patients(patients: pd.DataFrame) -> pd.DataFrame:
    """Ids as text, follow_up_days and combination_end_days always there."""
    whole = patients.reset_index(drop=True).assign(patient_id=patients["patient_id"].astype(str).to_numpy())
    for name in ("follow_up", "combination_end"):
        if f"{name}_days" not in whole:
            months = whole[f"{name}_months"].astype(float) if f"{name}_months" in whole else np.nan
            whole[f"{name}_days"] = months * DAYS_PER_MONTH
    return whole


def complete_sheet(name: str, frame: pd.DataFrame | None) -> pd.DataFrame:
    """A sheet with every column of the dictionary, sorted by patient and day; empty where it was not given."""
    if frame is None:
        return _absent(name).copy()
    return frame.reset_index(drop=True) if name == "screening" else _with_every_column(name, frame)


@cache
def _absent(name: str) -> pd.DataFrame:
    """A sheet without a row; kept, since making the four that most files lack took a third of the reading of a small one."""
    if name == "screening":
        return pd.DataFrame(columns=["step", "n"])
    return _with_every_column(name, pd.DataFrame({"patient_id": pd.Series(dtype=object)}))


def _with_every_column(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    whole = frame.assign(patient_id=frame["patient_id"].astype(str))
    for column in (*NUMBERS[name], *TEXTS[name]):
        if column not in whole:
            whole[column] = np.nan if column in NUMBERS[name] else None
    whole = timed(whole).astype({column: float for column in NUMBERS[name]})
    return whole.sort_values(["patient_id", "days"], kind="stable").reset_index(drop=True)


def timed(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with days, week and months, each filled from the first that is there."""
    whole = frame.copy()
    if "days" not in whole:
        scale = {"week": DAYS_PER_WEEK, "months": DAYS_PER_MONTH}
        source = next((name for name in scale if name in whole), None)
        whole["days"] = whole[source].astype(float) * scale[source] if source else np.nan
    whole["days"] = whole["days"].astype(float)
    for name, scale in (("week", DAYS_PER_WEEK), ("months", DAYS_PER_MONTH)):
        filled = whole["days"] / scale
        whole[name] = whole[name].astype(float).fillna(filled) if name in whole else filled
    return whole


def dated(sheet: str, frame: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Days from the date where there is one, else from days, week or months as given."""
    whole, day = frame.copy(), DATE_OF[sheet]
    given = whole.get("days", pd.Series(np.nan, index=whole.index))
    if day in whole and "start_date" in known:
        start = whole["patient_id"].map(known.set_index("patient_id")["start_date"])
        given = (whole[day] - start).fillna(given)
    for name, scale in (("week", 7.0), ("months", DAYS_PER_MONTH)):
        if name in whole:
            given = given.fillna(whole[name] * scale)
    return timed(whole.assign(days=given))


def content_hash(frames: list[pd.DataFrame]) -> str:
    """SHA-256 of the frames' content, types and headers."""
    digest = hashlib.sha256()
    for frame in frames:
        digest.update(frame.to_csv(index=False).encode())
    return digest.hexdigest()
