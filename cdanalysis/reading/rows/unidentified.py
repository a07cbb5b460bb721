"""A table of patients in which no column is known to tell them apart: asked, and not read until it is answered.

Only where the rest of the table is one of patients: a column of the dictionary, or an outcome that it states.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from cdanalysis.dictionary.outcomes import words_of
from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.cells.cells import identity
from cdanalysis.reading.headers.rows import MatchRow
from cdanalysis.reading.headers.units.unit_words import normalised
from cdanalysis.reading.questions import Asking, question_id
from cdanalysis.reading.warned import warned
from cdanalysis.results import Fault

ID, EACH_ROW = "patient_id", "each row is one patient"
MOST_OFFERED = 12
# How a column is headed that numbers the rows.
RUNNING = words_of(
    "#|no|nr|n|num|number|s no|sno|sl no|sr no|s n|lp|pt|pt nr|pat nr|patient nr|case nr|id no|pacjent|nº|n°"
)


def identified(
    frames: Mapping[str, pd.DataFrame], rows: Sequence[MatchRow], asking: Asking
) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
    """The frames with an identifier of the patients; rows: how the headers of their table are understood."""
    frame = frames.get("patients")
    if frame is None or len(frames) > 1 or ID in frame.columns or not any(row.column for row in rows):
        return dict(frames), []
    if question_id("header", "patients", ID) in asking.asked:  # which of two columns it is says the same
        return dict(frames), []
    known = {"row", *(row.column for row in rows)}
    further = [column for column in frame.columns if isinstance(column, str) and column not in known]
    offered = [column for column in further if _tells_apart(frame[column])]
    if number := next((column for column in offered if _numbers_rows(column, frame[column])), None):
        told = f"no column of identifiers: {number} numbers the rows, and each is read as one patient"
        return _with_ids(frames, frame[number]), [warned("patients", told, "a column of identifiers", column=number)]
    answer = asking.ask(
        "ids",
        "patients",
        "",
        "No column is known to tell the patients apart. What does?",
        (EACH_ROW, *offered[:MOST_OFFERED]),
        f"{len(frame)} rows; the file cannot be read until then",
    )
    if answer is None:
        return dict(frames), []
    if answer != EACH_ROW:
        return _with_ids(frames, frame[answer]), []
    told = "no column of identifiers: each row is read as one patient"
    return _with_ids(frames, range(1, len(frame) + 1)), [warned("patients", told, "a column of identifiers")]


def _with_ids(frames: Mapping[str, pd.DataFrame], ids: Iterable[Cell]) -> dict[str, pd.DataFrame]:
    return {**frames, "patients": frames["patients"].assign(**{ID: list(map(identity, ids))})}


def _numbers_rows(header: str, values: pd.Series) -> bool:
    """Whether a column that tells the rows apart is headed as their number and counts them from 1, in any order."""
    if header.strip() not in RUNNING and normalised(header) not in RUNNING:
        return False
    numbers = pd.to_numeric(values, errors="coerce")
    return sorted(numbers.tolist()) == list(range(1, len(numbers) + 1))


def _tells_apart(values: pd.Series) -> bool:
    """Whether a column holds something else in every row, and something that can be an identifier."""
    whole = not pd.api.types.is_float_dtype(values) or bool((values.dropna() % 1 == 0).all())
    return whole and bool(values.notna().all()) and values.is_unique
