"""What a file is read as, at the count and the share where it turns: visits without a name, two rows, like names, like values."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from cdanalysis.reading.bytes.text.encodings import _is_chinese, _is_frequent
from cdanalysis.reading.cells.numbers.missing_numbers import missing_codes
from cdanalysis.reading.cells.words import rare_among
from cdanalysis.reading.checks.checks import _ends
from cdanalysis.reading.checks.suspicions import apart
from cdanalysis.reading.dates.origins import ORIGINS
from cdanalysis.reading.headers.sheet_names import _similar
from cdanalysis.reading.outcomes.contents import MOST_CODES, by_content
from cdanalysis.reading.outcomes.headers.headers import Said
from cdanalysis.reading.outcomes.looked import Looked
from cdanalysis.reading.outcomes.pairs import Pair, _told_apart
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


def test_a_code_of_two_digits_is_asked_of_a_known_column_where_it_stands_twice() -> None:
    def codes(*values: float, known: bool) -> set[float]:
        return missing_codes(np.array(values), SimpleNamespace(ask=lambda *_: None), known=known)  # type: ignore[arg-type]

    others = (5.0, 8.0, 12.0, 20.0, 31.0)
    assert codes(*others, 99.0, known=False) == {99}
    assert codes(*others, 99.0, known=True) == set()
    assert codes(*others, 99.0, 99.0, known=True) == {99}
    assert codes(*others, 999.0, known=True) == {999}
    assert codes(*others, 9.0, 9.0, 9.0, known=True) == set()  # among the others: a value


def test_an_end_on_the_day_of_the_start_is_one_and_one_before_is_a_fault() -> None:
    frame = pd.DataFrame({"patient_id": list("ABCD"), "row": [2, 3, 4, 5], "follow_up_days": [0.0, 0.5, -0.5, np.nan],
                          "follow_up_months": [9.0, np.nan, np.nan, 1.0]})  # fmt: skip
    found, faults = _ends(frame)
    assert found["follow_up_days"].tolist() == pytest.approx([0, 0.5, np.nan, 30.4375], nan_ok=True)
    assert [(one.row, one.found) for one in faults] == [(4, "0.5 days before the start")]


def test_the_29th_of_february_2020_as_each_program_counts_its_days() -> None:
    # R: as.Date; SAS and Stata: mdy(2, 29, 2020); Excel's DATE, and less 1,462 on a Mac; SPSS: its 13,802,313,600 seconds.
    days = {"R and Unix": 18321, "SAS and Stata": 21974, "Excel counts": 43890, "Excel on a Mac": 42428, "SPSS": 159749}
    told = {program: [text for text in ORIGINS if program in text and text.startswith("days")] for program in days}
    for program, number in days.items():
        (text,) = told[program]
        first, unit = ORIGINS[text]
        assert ((date(2020, 2, 29) - first).days, unit) == (number, 86400)
    seconds = {text: (one.isoformat(), unit) for text, (one, unit) in ORIGINS.items() if not text.startswith("days")}
    assert list(seconds.values()) == [
        ("1960-01-01", 1.0), ("1970-01-01", 1.0), ("1960-01-01", 0.001), ("1970-01-01", 0.001),
    ]  # fmt: skip


def test_the_first_level_of_gb_2312_is_frequent() -> None:
    """From B0A1 to D7F9, its second byte from A1 on; GBK puts rarer characters before, the second level begins at D8A1."""
    told = {
        code: _is_frequent(bytes.fromhex(code).decode("gb18030"))
        for code in ("b0a1", "d7f9", "b0a0", "d8a1", "b1a0", "b1a1")
    }
    assert told == {"b0a1": True, "d7f9": True, "b0a0": False, "d8a1": False, "b1a0": False, "b1a1": True}


def test_outcomes_of_one_noun_are_numbered() -> None:
    found = _told_apart(
        [Pair("flare", "flare"), Pair("flare", "flare"), Pair("flare", "flare"), Pair("death", "death")]
    )
    assert [(one.code, one.label) for one in found] == [
        ("flare", "flare"), ("flare_2", "flare (2)"), ("flare_3", "flare (3)"), ("death", "death"),
    ]  # fmt: skip


def test_a_text_is_chinese_where_half_of_its_characters_are_frequent() -> None:
    frequent, rare = (bytes.fromhex(code).decode("gb18030") for code in ("b0a1", "d8a1"))
    assert _is_chinese(frequent + rare)
    assert _is_chinese(f"CRP {frequent}")
    assert not _is_chinese(frequent + rare + rare)
    assert not _is_chinese(rare)
    assert not _is_chinese("CRP")


@pytest.mark.parametrize(("times", "alike"), [(1.0, True), (2.9, True), (3.1, False), (3.9, False)])
def test_two_units_of_one_measurement_spread_alike_up_to_three_times(times: float, *, alike: bool) -> None:
    """Eight values a centre, evenly apart on the logarithmic scale: of the second a tenth of the first's unit, further apart."""
    steps = np.linspace(-0.2, 0.2, 8)
    values = pd.Series(np.exp(np.r_[np.log(5.0) + steps, np.log(50.0) + times * steps]))
    centres = pd.Series(list("xy")).repeat(8).reset_index(drop=True)
    found = apart(values, centres, (10.0, 1000.0))
    assert found is not None
    assert (found.factor, found.alike, found.lower) == (10, alike, ["x"])
    assert apart(values[1:], centres[1:], (10.0,)) is None  # seven of a centre say little


@pytest.mark.parametrize(("cells", "codes"), [
    ("a b", True), ("a b c", False), ("a b c a", True), ("a", True), (" ".join(map(str, range(MOST_CODES + 1))) + " 0", False),
])  # fmt: skip
def test_three_different_words_are_codes_where_one_comes_again(cells: str, *, codes: bool) -> None:
    column = Looked(0, "group", Said(stem="group"), codes=False, dates=False, filled=0.0)
    found = by_content(column, cells.split())
    assert (found.codes, found.filled) == (codes, 1.0)
    assert by_content(column, ["a", None, "b", ""]).filled == 0.5


def test_a_text_beside_yes_and_no_is_rare_up_to_once_or_a_twentieth() -> None:
    assert rare_among({"yes": 20, "no": 18, "x": 2}) == {"x"}
    assert rare_among({"yes": 20, "no": 17, "x": 3}) == set()
    assert rare_among({"yes": 4, "no": 3, "x": 1}) == {"x"}
    assert rare_among({"yes": 4, "no": 2, "x": 2}) == set()
    assert rare_among({"yes": 38, "x": 2}) == set()
