"""A table of patients in which no column is known to tell them apart: asked, and not read until it is answered.

Only where the rest of the table is one of patients: a column of the dictionary, or an outcome that it states.
"""

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
_SHORTENED = r"\d(?:[.,]\d+)?[eE]\+?\d{1,2}"
MOSTLY = 0.5  # of the identifiers
FEWEST = 0.1  # of the rows, different identifiers where a patient has several
# How a column is headed that numbers the rows.
RUNNING = words_of(
    "#|no|nr|n|num|number|s no|sno|sl no|sr no|s n|lp|pt|pt nr|pat nr|patient nr|case nr|id no|pacjent|nº|n°"
)
# What is different in every row, and so headed, may be taken for whom the row is of.
NAMES = words_of(
    "id|ids|nr|no|num|number|numéro|numero|número|nummer|code|codes|kod|kód|codice|código|codigo|key|identifier|upn|upi|"
    "pseudonym|uid|guid|barcode|番号|编号|編號|n|nº|n°|lp"
)
NAMED_BY = (
    "nr",
    "nummer",
    "number",
    "code",
    *(f"{of}id" for of in ("pat", "pt", "rand", "subj", "subject", "study", "case", "rec", "record")),
)


def identified(
    frames: Mapping[str, pd.DataFrame], rows: Sequence[MatchRow], asking: Asking
) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
    """The frames with an identifier of the patients; rows: how the headers of their table are understood."""
    frame = frames.get("patients")
    lost = ""
    if frame is not None and len(frames) == 1 and ID in frame.columns and _are_shortened(frame[ID]):
        lost = str(frame[ID].dropna().iloc[0])
        frame = frame.drop(columns=ID)
        frames = {**frames, "patients": frame}
    if (
        frame is None
        or len(frames) > 1
        or ID in frame.columns
        or not (any(row.column for row in rows) or _is_asked(asking))
    ):
        return dict(frames), []
    if question_id("header", "patients", ID) in asking.asked:  # which of two columns it is says the same
        return dict(frames), []
    known = {"row", *(row.column for row in rows)}
    further = [column for column in frame.columns if isinstance(column, str) and column not in known]
    offered = [column for column in further if _tells_apart(frame[column])]
    if number := next((column for column in offered if _numbers_rows(column, frame[column])), None):
        told = f"no column of identifiers: {number} numbers the rows, and each is read as one patient"
        return _with_ids(frames, frame[number], number), [
            warned("patients", told, "a column of identifiers", column=number)
        ]
    if named := next((column for column in offered if not lost and _is_named_so(column, frame[column])), None):
        told = f"{named} is different in every row and read as the patients' identifier"
        return _with_ids(frames, frame[named], named), [
            warned("patients", told, "a column of identifiers", column=named)
        ]
    offered += [column for column in further if _is_named_so(column, frame[column]) and _names_several(frame[column])]
    answer = _answer(lost, offered, len(frame), asking)
    if answer is None:
        return dict(frames), []
    if answer != EACH_ROW:
        return _with_ids(frames, frame[answer], answer), []
    told = "no column of identifiers: each row is read as one patient"
    return _with_ids(frames, range(1, len(frame) + 1)), [warned("patients", told, "a column of identifiers")]


def _answer(lost: str, offered: Sequence[str], n_rows: int, asking: Asking) -> str | None:
    """Which column tells the patients apart, or that each row is one; lost: an identifier whose digits are gone."""
    why = (
        f"The identifiers are numbers that a spreadsheet cut off, such as {lost}, and alike in several rows."
        if lost
        else "No column is known to tell the patients apart."
    )
    options, until = (EACH_ROW, *offered[:MOST_OFFERED]), f"{n_rows} rows; the file cannot be read until then"
    return asking.ask("ids", "patients", "", f"{why} What does?", options, until)


def _is_asked(asking: Asking) -> bool:
    """Whether a header names an outcome whose time, or event, is asked for: a table without headers has none."""
    return any(asking.waits_for(kind) for kind in ("time", "event"))


def _with_ids(frames: Mapping[str, pd.DataFrame], ids: Iterable[Cell], of: str = "") -> dict[str, pd.DataFrame]:
    """The frames with the ids; of: the column that they stand in, which is then none to analyse."""
    others = frames["patients"].drop(columns=of) if of else frames["patients"]
    return {**frames, "patients": others.assign(**{ID: list(map(identity, ids))})}


def _are_shortened(ids: pd.Series) -> bool:
    """Whether a spreadsheet cut long numbers off, `1.23457E+11`, so that they tell patients apart no more."""
    held = ids.dropna().astype(str)
    return bool(held.duplicated().any()) and held.str.fullmatch(_SHORTENED).mean() > MOSTLY


def _is_running(header: str) -> bool:
    return header.strip() in RUNNING or normalised(header) in RUNNING


def _is_named_so(header: str, values: pd.Series) -> bool:
    """Whether a header says that its column numbers or names something: `UPN`, `Implant ID`, `code`, `Studienr`.

    `No` over whole numbers with gaps may be much else.
    """
    words = normalised(header).split()
    if _is_running(header) and pd.api.types.is_numeric_dtype(values):
        return False
    return not NAMES.isdisjoint(words) or any(word.endswith(NAMED_BY) and len(word) > len("nr") + 1 for word in words)


def _numbers_rows(header: str, values: pd.Series) -> bool:
    """Whether a column that tells the rows apart is headed as their number and counts them from 1, in any order."""
    if not _is_running(header):
        return False
    numbers = pd.to_numeric(values, errors="coerce")
    return sorted(numbers.tolist()) == list(range(1, len(numbers) + 1))


def _tells_apart(values: pd.Series) -> bool:
    """Whether a column holds something else in every row, and something that can be an identifier."""
    return _is_whole(values) and bool(values.notna().all()) and values.is_unique


def _names_several(values: pd.Series) -> bool:
    """Whether a column may name patients of whom some have several rows: `RANDID` of those who were examined three times."""
    return _is_whole(values) and bool(values.notna().all()) and FEWEST * len(values) <= values.nunique() < len(values)


def _is_whole(values: pd.Series) -> bool:
    return not pd.api.types.is_float_dtype(values) or bool((values.dropna() % 1 == 0).all())
