"""A table of patients in which no column is known to tell them apart: asked, and not read until it is answered.

Only where the rest of the table is one of patients: a column of the dictionary, or an outcome that it states.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from cdanalysis.reading.cells.cells import identity
from cdanalysis.reading.headers.rows import MatchRow
from cdanalysis.reading.headers.units.unit_words import normalised
from cdanalysis.reading.questions import Asking, question_id
from cdanalysis.reading.warned import warned
from cdanalysis.results import Fault

ID, EACH_ROW = "patient_id", "each row is one patient"
MOST_OFFERED = 12
NUMBERED = (
    "",
    "nr",
    "no",
    "n",
    "number",
    "nummer",
    "num",
    "numero",
    "número",
    "nº",
    "n o",
    "№",
)  # `#` is none of its words


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
    if further and further[0] in offered and normalised(further[0]) in NUMBERED:
        ids = [identity(value) for value in frame[further[0]]]
        said = warned(
            "patients", "numbers of rows, read as the patients' identifiers", "an identifier", column=further[0]
        )
        return {**frames, "patients": frame.assign(**{ID: ids}).drop(columns=further[0])}, [said]
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
    if answer == EACH_ROW:
        ids = [str(place) for place in range(1, len(frame) + 1)]
        said = [
            warned("patients", "no column of identifiers: each row is read as one patient", "a column of identifiers")
        ]
    else:
        ids, said = [identity(value) for value in frame[answer]], []
    return {**frames, "patients": frame.assign(**{ID: ids})}, said


def _tells_apart(values: pd.Series) -> bool:
    """Whether a column holds something else in every row, and something that can be an identifier."""
    whole = not pd.api.types.is_float_dtype(values) or bool((values.dropna() % 1 == 0).all())
    return whole and bool(values.notna().all()) and values.is_unique
