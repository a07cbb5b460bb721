"""Ids that say who a patient is - national ids, phone numbers, e-mails, names - become running numbers, in every sheet."""

from collections.abc import Iterable, Mapping

import pandas as pd

from cdanalysis.reading.headers.evidence.identifiers import is_record_number, strong_identifier_in
from cdanalysis.reading.headers.rows import MatchRow
from cdanalysis.results import Fault

ID = "patient_id"


def pseudonymous(
    frames: Mapping[str, pd.DataFrame], rows: Iterable[MatchRow]
) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
    """The frames, ids replaced by P1, P2, ... in order of appearance if any sheet's ids identify a person; rows: of all headers."""
    identified = {sheet: frame for sheet, frame in frames.items() if ID in frame}
    told = next(filter(None, (strong_identifier_in(frame[ID].dropna().unique()) for frame in identified.values())), "")
    told = told or (
        "numbers of records" if any(row.column == ID and is_record_number(row.header) for row in rows) else ""
    )
    if not told:
        return dict(frames), []
    everyone = pd.concat([frame[ID] for frame in identified.values()]).dropna().unique()
    number = {identity: f"P{place}" for place, identity in enumerate(everyone, 1)}
    hidden = {sheet: frame.assign(**{ID: frame[ID].map(number)}) for sheet, frame in identified.items()}
    fault = Fault("patients", None, ID, f"ids that look like {told}", "a pseudonym: replaced by P1, P2, ...", "warning")
    return {**frames, **hidden}, [fault]
