"""Usual codes for missing, times in names, and cells that cannot be read, each at its edge."""

from __future__ import annotations

import numpy as np
import pytest

from cdanalysis.dictionary.columns import COLUMNS
from cdanalysis.errors import CohortError
from cdanalysis.reading.bytes import budget
from cdanalysis.reading.bytes.repetition import _times
from cdanalysis.reading.cells.numbers import missing_numbers as codes
from cdanalysis.reading.cells.values import read_column
from cdanalysis.reading.questions import Asking
from cdanalysis.reading.rows.visit_names import arm_of, timed, visit_note, week_of, without_baseline

SPEC = {spec.name: spec for spec in COLUMNS["patients"]}
MONTH = 365.25 / 12


@pytest.mark.parametrize(
    ("code", "lowest"),
    [
        (88, 20), (99, 20), (777, 200), (888, 200), (997, 200), (998, 200), (999, 200), (8888, 2000), (9997, 2000), (9998, 2000),
        (9999, 2000), (9.99, 2), (99.9, 20), (99.99, 20), (999.9, 200), (999.99, 200), (99_999, 20_000), (999_999, 200_000),
    ],
)  # fmt: skip
def test_the_usual_codes_lie_apart_from_values_of_their_size(code: float, lowest: float) -> None:
    values = [lowest * (1 + n / 20) for n in range(9)]
    assert codes.suspected_codes(np.array([*values, code, code])) == [code]
    assert codes.suspected_codes(np.array([*values, code + 3, code + 3])) == []  # no usual code


@pytest.mark.parametrize("code", [-1, -9, -99, -999, -9999])
def test_negative_codes_beside_values_that_are_not(code: float) -> None:
    assert codes.suspected_codes(np.array([5.5, 6.25, 7.5, 8.5, code])) == [code]


# --- Times in names ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rest", "week"),
    [
        ("CRP week 8", "CRP", 8), ("CRP day 14", "CRP", 2), ("CRP 3 months", "CRP", 3 * MONTH / 7),
        ("CRP year 1", "CRP", 365.25 / 7),
        ("CRP 2 weeks before start", "CRP before start", -2), ("IL-6 week 12", "IL-6", 12), ("CRP at baseline", "CRP", 0),
        ("d -7", "", -1), ("第8周", "", 8),
    ],
)  # fmt: skip
def test_the_one_time_in_a_text(text: str, rest: str, week: float) -> None:
    found = timed(text)
    assert found is not None
    assert (found.rest, found.week) == (rest, pytest.approx(week))


def test_a_text_of_two_times_or_of_none() -> None:
    assert timed("2 weeks 3 days") is None
    assert timed("CRP") is None
    assert timed("CRP at baseline", baseline=False) is None
    assert week_of("day 1") == 0.0  # as trials count
    assert week_of("day 2") == pytest.approx(2 / 7)
    assert week_of("CRP week 8") is None  # it names something else
    assert week_of("follow-up visit week 8") == 8
    assert week_of("Week 8 (Arm 1: Drug)") == 8
    assert arm_of("week_8_arm_2") == ("week 8", "2")
    assert arm_of("week 8") == ("week 8", "")
    assert [visit_note(found) for text in ("week 8", "12 mo") if (found := timed(text))] == [
        "week 8",
        "12 mo: week 52.18",
    ]
    assert [without_baseline(one) for one in ("CRP at baseline", "baselineCRP", "CRP")] == ["CRP", "CRP", ""]


# --- Cells that cannot be read ----------------------------------------------------------------------------------------


def faults(n_words: int, column: str = "crp_mg_per_l") -> list[tuple[int | None, str]]:
    cells = [*(f"word{n}" for n in range(n_words)), 5, 6]
    asking = Asking().about("patients", "x")
    _, found = read_column(
        SPEC[column], cells, list(range(2, 2 + len(cells))), factor=1.0, decimal_comma=False, about=asking
    )
    return [(one.row, one.found) for one in found if one.severity == "error"]


def test_cells_that_cannot_be_read_are_each_named_up_to_twelve() -> None:
    assert faults(12) == [(n + 2, f"word{n}") for n in range(12)]
    assert faults(13) == [(None, "13 × word0, word1, word2 …")]


def test_an_upload_of_twenty_million_bytes_and_of_one_more() -> None:
    budget.check_upload(b"x" * 20_000_000)
    with pytest.raises(CohortError, match="at most 20 MB"):
        budget.check_upload(b"x" * 20_000_001)
    with pytest.raises(CohortError, match="empty"):
        budget.check_upload(b" \n")


def test_how_often_a_cell_of_a_text_document_stands_there() -> None:
    assert _times(b' table:number-rows-repeated="3"') == 3
    assert _times(b' table:style-name="x"') == 1
