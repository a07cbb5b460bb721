"""A cohort from frames that already hold canonical columns: fills what is absent, in the right types."""

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

LASTING = {"week": DAYS_PER_WEEK, "months": DAYS_PER_MONTH}  # days of a unit of the column


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
    numbers = {column: frame[column].astype(float) if column in frame else np.nan for column in NUMBERS[name]}
    texts = {column: None for column in TEXTS[name] if column not in frame}
    whole = frame.assign(patient_id=frame["patient_id"].astype(str), **_times(frame), **numbers, **texts)
    return whole.sort_values(["patient_id", "days"], kind="stable", ignore_index=True)


def _times(frame: pd.DataFrame) -> dict[str, pd.Series]:
    """The days, weeks and months of the rows, each filled from the first that is there."""
    given = {name: frame[name].astype(float) for name in ("days", *LASTING) if name in frame}
    source = next(iter(given), "days")
    days = given.get(source, pd.Series(np.nan, frame.index)) * LASTING.get(source, 1.0)
    filled = {name: days / scale for name, scale in LASTING.items()}
    lasting = {name: given[name].fillna(one) if name in given else one for name, one in filled.items()}
    return {"days": days, **lasting}


def dated(sheet: str, frame: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """A timed sheet with the days of each row: from the date where there is one, else from days, week or months; NaN of none."""
    day = DATE_OF[sheet]
    given = frame.get("days", pd.Series(np.nan, index=frame.index))
    if day in frame and "start_date" in known:
        given = (frame[day] - frame["patient_id"].map(by_patient(known, "start_date"))).fillna(given)
    for name, scale in LASTING.items():
        if name in frame:
            given = given.fillna(frame[name] * scale)
    return frame.assign(days=given.astype(float))


def by_patient(patients: pd.DataFrame, column: str) -> pd.Series:
    """A column of the patients under their identifiers."""
    return patients[column].set_axis(patients["patient_id"])


def content_hash(frames: list[pd.DataFrame]) -> str:
    """SHA-256 of the frames' content, types and headers."""
    digest = hashlib.sha256()
    for frame in frames:
        digest.update(frame.to_csv(index=False).encode())
    return digest.hexdigest()
