"""What stands beside what: five digits beside six, marks of exclusion, hidden rows, numbers among their neighbours."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import poisson

from cdanalysis.reading.bytes.child import ParsedSheet
from cdanalysis.reading.bytes.files import _hidden_rows, _without_nothing
from cdanalysis.reading.cells.cells import Notes
from cdanalysis.reading.cells.numbers.chance import is_beyond_chance
from cdanalysis.reading.checks import marked_out, rounded_ends
from cdanalysis.reading.dates.leading_zero import WITHOUT_0, with_leading_0
from cdanalysis.reading.headers.layouts import _with_start
from cdanalysis.reading.outcomes.headers.vocabulary import parted, without_bounds
from cdanalysis.reading.questions import Asking
from cdanalysis.units import DAYS_PER_MONTH

# --- Five digits beside six -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "n"),
    [
        (["30114", "121114", "150214"], 1),
        (["30114", "30114", "121114", "150214"], 2),
        (["121114", "150214"], 0),  # none has five
        (["30114", "121114"], 0),  # one day of six digits alone
        (["30114", "121114", "121114"], 0),
        (["39914", "121114", "150214"], 0),  # no day
        (["30114", "121114", "150214", "1234567"], 0),  # another number
        (["30114", "121114", "150214", None, "unknown"], 1),
        ([30114.0, 121114.0, 150214.0], 1),
    ],
)
def test_dates_that_lost_their_leading_0(cells: list[object], n: int) -> None:
    notes = Notes()
    found = with_leading_0(cells, notes)  # type: ignore[arg-type]
    assert notes.counts[WITHOUT_0] == n
    assert list(found) == (
        [f"{int(float(one)):06}" if str(one)[:1].isdecimal() else one for one in cells] if n else cells
    )  # type: ignore[arg-type]


# --- Patients whom a column marks as excluded -------------------------------------------------------------------------


def excluded(column: str, cells: list[object], answer: str = "") -> tuple[list[str], list[str], list[tuple[str, int]]]:
    """Who stays among the patients and the visits, and what is left out."""
    patients = pd.DataFrame({"patient_id": list("ABCD"), column: cells})
    frames = {
        "patients": patients,
        "visits": pd.DataFrame({"patient_id": list("AABD")}),
        "flow": pd.DataFrame({"n": [1]}),
    }
    asking = Asking({f"marked:patients:{column}": answer} if answer else {})
    found, left_out = marked_out.without_marked(frames, asking)
    assert found["flow"] is frames["flow"]
    people = [found[sheet]["patient_id"].tolist() for sheet in ("patients", "visits")]
    return people[0], people[1], [(one.reason, one.n) for one in left_out]


def test_patients_whom_a_column_marks_are_left_out_until_the_reader_keeps_them() -> None:
    assert excluded("excluded", ["no", "yes", None, "no"]) == (list("ACD"), list("AAD"), [("excluded by excluded", 1)])
    assert excluded("included", ["yes", "no", None, "yes"]) == (list("ACD"), list("AAD"), [("excluded by included", 1)])
    assert excluded("excluded", ["no", "yes", None, "no"], marked_out.KEPT)[0] == list("ABCD")
    assert excluded("excluded", ["no", "no", None, "no"])[0] == list("ABCD")
    assert excluded("excluded", ["yes"] * 4)[0] == list("ABCD")  # everybody is none of whom a cohort is left
    assert excluded("excluded", ["no", "yes", "maybe", "no"])[0] == list("ABCD")
    assert excluded("ward", ["no", "yes", "no", "no"])[0] == list("ABCD")


# --- How precisely ends are known -------------------------------------------------------------------------------------


def test_half_a_unit_of_the_usual_last_digit_of_a_sheet() -> None:
    def half(**columns: list[float]) -> float:
        return rounded_ends._half_unit(pd.DataFrame(columns))

    assert half(months=[1.5, 2.5, 3.0]) == pytest.approx(DAYS_PER_MONTH / 20)
    assert half(months=[1.0, 2.0, 3.5]) == pytest.approx(DAYS_PER_MONTH / 2)
    assert half(week=[1.0, 2.0]) == 3.5
    assert half(months=[np.nan, np.nan], week=[1.0, 2.0]) == 3.5
    assert half(days=[1.0, 2.0]) == 0.0


def test_the_last_day_of_each_patient_in_a_sheet() -> None:
    patients = pd.DataFrame({"patient_id": ["A", "B"]})
    frame = pd.DataFrame({"patient_id": ["A", "A", "B"], "days": [10.0, 20.0, 30.0]})
    assert rounded_ends._days(frame, "follow_up", patients).tolist() == [20, 30]
    assert (
        rounded_ends._days(frame, "combination_end", patients).isna().all()
    )  # no event says that it ended the therapy
    acted = frame.assign(action=["stopped_aza", "none", "dose_reduced"])
    assert rounded_ends._days(acted, "combination_end", patients).fillna(-1).tolist() == [10, -1]


def test_time_is_counted_from_each_patient_s_first_visit_where_nothing_says_the_start() -> None:
    rows = pd.DataFrame({"patient_id": ["A", "A", "B"], "visit_date": [20.0, 10.0, 5.0]})
    found, said = _with_start(rows)
    assert (found["start_date"].tolist(), len(said)) == ([10, 10, 5], 1)
    assert _with_start(rows.assign(start_date=1.0))[1] == []
    assert _with_start(rows.assign(visit_date=np.nan))[1] == []


# --- Rows and labels of a file ----------------------------------------------------------------------------------------


def hidden(n: int) -> list[str]:
    sheet = ParsedSheet("s", {"hidden": [*range(3, 3 + n), 99]}, [(k, ["x"]) for k in range(2, 30)])
    return [one.found for one in _hidden_rows(sheet)]


def test_hidden_rows_are_read_and_named_as_far_as_there_is_room() -> None:
    assert hidden(0) == []
    assert hidden(1) == ["1 hidden row, read like the others: 3"]
    assert hidden(2) == ["2 hidden rows, read like the others: 3, 4"]
    assert hidden(5)[0].endswith(": 3, 4, 5, 6, 7")
    assert hidden(6)[0].endswith(": 3, 4, 5, 6, 7 …")


def test_a_number_whose_label_says_that_there_is_none() -> None:
    notes = {"x": [(1, 99.0, "unknown"), (1, 5.0, "severe")]}
    sheet = ParsedSheet("s", {"notes": notes}, [(1, ["id", "x"]), (2, [99.0, 99.0]), (3, [1, 5.0])])
    assert _without_nothing(sheet).rows == [(1, ["id", "x"]), (2, [99.0, "unknown"]), (3, [1, 5.0])]
    severe = ParsedSheet("s", {"notes": {"x": [(1, 5.0, "severe")]}}, sheet.rows)
    assert _without_nothing(severe) is severe


# --- Numbers among their neighbours -----------------------------------------------------------------------------------


def test_a_number_stands_there_more_often_than_chance_lets_it() -> None:
    others = np.array([float(n) for n in (*range(40, 50), *range(51, 61))])
    for n in range(2, 9):  # 10 of the 10 whole numbers from 45 to 55, and one more
        assert is_beyond_chance(50, n, others, np.ones(20)) == (poisson.sf(n - 1, 1.1) < 0.001)
    tenths = others / 10  # in steps of 0.1 as dense
    assert [is_beyond_chance(5, n, tenths, np.ones(20)) for n in (5, 7)] == [False, True]
    assert not is_beyond_chance(50, 9, others[6:15], np.ones(9))
    assert is_beyond_chance(50, 9, others[5:15], np.ones(10))
    assert not is_beyond_chance(50, 9, others, np.full(20, 9))  # as often as another
    assert not is_beyond_chance(60, 9, np.append(others[:-1], 60), np.ones(20))  # the highest
    assert not is_beyond_chance(40, 9, others, np.ones(20))


# --- Words of headers -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "parts"),
    [("ostime", ["os", "time"]), ("futime", ["fu", "time"]), ("ptime", ["p", "time"]), ("overtime", ["overtime"]),
     ("relapsetime", ["relapse", "time"]), ("time", ["time"])],
)  # fmt: skip
def test_a_word_in_two(word: str, parts: list[str]) -> None:
    assert parted(word) == parts


def test_a_header_without_its_bounds() -> None:
    assert without_bounds("OS (m)") == "OS (months)"
    assert without_bounds("Height (m)") == "Height (m)"
    assert without_bounds("time from diagnosis to relapse").split() == ["time", "to", "relapse"]
    assert without_bounds("relapse_time") == "relapse_time"
