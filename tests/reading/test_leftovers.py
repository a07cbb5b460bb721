"""Slips of many files, each at the function that decides it: ids, nouns, codes, times."""

from __future__ import annotations

import pytest

import cdanalysis as cd
from cdanalysis.reading.bytes.text.text_table import _of_lines
from cdanalysis.reading.headers.matching import match_headers
from cdanalysis.reading.outcomes.codes.code_questions import ask_codes
from cdanalysis.reading.outcomes.codes.event_column import EventColumn
from cdanalysis.reading.outcomes.codes.meanings import HAPPENED, meaning_of
from cdanalysis.reading.outcomes.headers.headers import said_by
from cdanalysis.reading.questions import Asking


def opened(columns: dict[str, list[object]]) -> cd.Opened:
    """A table of text, a column each, as it is opened."""
    lines = [",".join(columns), *(",".join(map(str, row)) for row in zip(*columns.values(), strict=True))]
    return cd.open_cohort("\n".join(lines).encode(), "a.csv")


@pytest.mark.parametrize(
    "header",
    ["Recipient number", "Case no", "Subject", "Probandennummer", "numéro de dossier", "N° d'inclusion", "Número de caso",
     "numero paziente", "Patientnummer", "Randomisation number", "Chart No.", "Fall-Nr."],
)  # fmt: skip
def test_what_clinics_call_the_number_of_a_patient(header: str) -> None:
    (row,) = match_headers("patients", [header])
    assert row.column == "patient_id"


def test_a_number_that_tells_the_rows_apart_is_no_marker() -> None:
    n, ev = range(12), [0, 1] * 6
    crp, months = [3, 14, 15, 9, 26, 5, 35, 8, 97, 93, 23, 84], [12.5, 9.1] * 6
    further = {"age": [41 + one for one in n], "crp (mg/L)": crp, "relapse": ev, "time (months)": months}
    one = opened({"rownames": [*range(1, 13)], "id": [f"P{at}" for at in n], **further}).cohort
    other = opened({"Registry key": [700 + 3 * at for at in n], **further}).cohort
    assert one is not None
    assert other is not None
    assert [*one.markers] == [*other.markers] == ["crp", "age"]
    assert one.patients["rownames"].tolist()[:2] == ["1", "2"]
    assert other.patients["patient_id"].tolist()[:2] == ["700", "703"]


@pytest.mark.parametrize(
    ("header", "label"),
    [("Graft failure", "graft failure"), ("treatment_failure", "treatment failure"), ("Device failure", "device failure"),
     ("Graft loss", "graft loss"), ("Échec du traitement", "échec du traitement"), ("failure", "failure"), ("failed", "failure")],
)  # fmt: skip
def test_a_failure_keeps_the_word_of_what_failed(header: str, label: str) -> None:
    said = said_by(header)
    assert (said.role, said.label) == ("event", label)
    assert meaning_of("failed", said, said.noun) == meaning_of("graft failure", said, said.noun) == HAPPENED


def test_a_code_beside_a_known_event_is_asked_about_by_itself() -> None:
    def options(known: dict[str, str]) -> list[int]:
        counts = dict.fromkeys(known, 4)
        column = EventColumn("status", said_by("status"), "status", "event", [], [])
        asking = Asking()
        ask_codes(column, known, [text for text, meaning in known.items() if not meaning], counts, asking)
        return [len(one.options) for one in asking.questions]

    assert options({"0": "censored", "1": HAPPENED, "3": "", "4": ""}) == [4, 4]
    assert options({"0": "censored", "1": "", "2": ""}) == [7]


def test_how_many_lines_a_mark_divides() -> None:
    assert [_of_lines(*one) for one in ((1, 1), (11, 11), (9, 11))] == [
        "the only line",
        "all 11 lines looked at",
        "9 of the first 11 lines",
    ]
