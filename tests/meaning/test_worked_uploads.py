"""What a file is read as, at the count and the share where it turns: visits without a name, two rows, like names, like values."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from cdanalysis.reading.headers.sheet_names import _similar
from cdanalysis.reading.questions import Asking
from cdanalysis.reading.rows.header.below_header import below_header
from cdanalysis.reading.rows.shape import RawSheet
from cdanalysis.reading.rows.visit_rows import with_weeks
from cdanalysis.reading.sheets import patients


def sheet(headers: str, *rows: str) -> RawSheet:
    """Words are cells; `_` an empty one."""
    cells = [
        tuple(None if word == "_" else float(word) if word.isdigit() else word for word in row.split()) for row in rows
    ]
    return RawSheet("s", tuple(headers.split()), tuple(enumerate(cells, 2)))  # type: ignore[arg-type]


def test_rows_without_a_visit_s_name_are_no_visit_twice() -> None:
    asking = Asking()
    with_weeks(sheet("id visit CRP", "A first 1", "A second 2", "A _ 3", "A _ 4", "B first 5"), asking)
    assert len(asking.questions) == 1


def test_a_row_of_units_over_one_patient_is_one() -> None:
    found = below_header(sheet("id crp alb", "_ mg/L g/L", "A 1 2"))
    assert [row for _, row in found.rows] == [("A", 1, 2)]
    alone = sheet("id crp alb", "_ mg/L g/L")
    assert below_header(alone) == alone


def test_a_sheet_s_name_is_like_another_from_85_of_100_on() -> None:
    assert _similar("x", "partial mayo scorzzzzz").sheet == "visits"  # 17 letters of 18 and of 22: 34/40
    assert _similar("x", "partial mayo scorzzzzzz").sheet == ""
    assert _similar("x", "visi").sheet == ""


@pytest.mark.parametrize(("share", "differ"), [(0.79, True), (0.8, False), (1.0, False)])
def test_sheets_of_the_same_ids_differ_below_four_equal_values_of_five(
    share: float, *, differ: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patients, "agreement", lambda *_: share)
    unread = SimpleNamespace()
    assert patients.Patients._differs(unread, unread, unread) is differ  # type: ignore[arg-type]
