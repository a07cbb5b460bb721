"""Columns of cells as clinics write them: what each becomes, what is said of it, and what is asked instead of guessed."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdanalysis.dictionary.columns import COLUMNS
from cdanalysis.reading.cells.further import read_further
from cdanalysis.reading.cells.values import plain_number, read_column
from cdanalysis.reading.dates.order import EPOCH
from cdanalysis.reading.questions import Asking
from cdanalysis.results import Fault

SPECS = {spec.name: spec for spec in COLUMNS["patients"]}
TGN, CRP = "tgn_pmol_per_8e8_rbc", "crp_mg_per_l"


def column(
    name: str, *cells: object, decimal_comma: bool = False, asking: Asking | None = None
) -> tuple[list[object], list[Fault]]:
    """A column of the patients sheet, its rows numbered from 2."""
    about = (asking or Asking()).about("patients", name)
    return read_column(SPECS[name], cells, range(2, len(cells) + 2), decimal_comma=decimal_comma, about=about)


def found(faults: list[Fault], severity: str) -> list[str]:
    return [fault.found for fault in faults if fault.severity == severity]


@pytest.mark.parametrize(
    ("cells", "values", "said"),
    [
        (["12.5", "12"], [12.5, 12], []),
        (["<5", "＜ 5", "≤5", ">450", "≥ 450"], [2.5, 2.5, 2.5, 450, 450],
         ["3 × below the limit of detection, read as half the limit", "2 × above the limit of detection, read as the limit"]),
        (["1,234.5", "3"], [1234.5, 3], ["1 × with a mark between thousands"]),
        (["1.234,5", "12,5"], [1234.5, 12.5], ["1 × with a mark between thousands", "1 × with a decimal comma"]),
        (["1 234,5", "1'234.5"], [1234.5, 1234.5], ["2 × with a mark between thousands"]),
        (["1,234", "12.5"], [1234, 12.5], ["1 × with a mark between thousands"]),
        (["1,234", "12,5"], [1.234, 12.5], ["2 × with a decimal comma"]),
        (["1.234", "12,5"], [1234, 12.5], ["1 × with a mark between thousands", "1 × with a decimal comma"]),
        (["12%", "5 %"], [12, 5], ["2 × with a percent sign, which was left out"]),
        (["１２．５", "３００"], [12.5, 300], []),
        (["−5", "12 5", "5-10", "ca. five", "1e999", "1.2.3", True, "5 5"], [None] * 8, []),
        (["~5", "ca. 5", "c. 5", "5 (approx)", "circa 12,5", "约7", "about 9 pmol/8x10^8 RBC"], [5, 5, 5, 5, 12.5, 7, 9],
         ["5 × about that much (such as ~5 or ca. 5), read as that",
          "1 × with a decimal comma, about that much (such as ~5 or ca. 5), read as that",
          "1 × with its unit in the cell, about that much (such as ~5 or ca. 5), read as that"]),
        (["carl 5", "cat 5", "~5-6", "n about 5"], [None] * 4, []),
        (["235 pmol/8x10^8 RBC", "12.5"], [235, 12.5], ["1 × with its unit in the cell"]),
        (["NA", "未测", "N/A", " - ", "", None, "7"], [None] * 6 + [7],
         ["1 × the missing code NA", "1 × the missing code 未测", "1 × the missing code N/A", "1 × the missing code -"]),
        ([-999, 7], [None, 7], ["1 × the missing code -999"]),
    ],
)  # fmt: skip
def test_numbers_as_they_are_written(cells: list[object], values: list[object], said: list[str]) -> None:
    read, faults = column(TGN, *cells)
    assert read == values
    assert found(faults, "warning") == said
    assert len(found(faults, "error")) == sum(value is None for value, cell in zip(read, cells, strict=True)) - sum(
        int(text.split()[0]) for text in said if "missing" in text
    ) - sum(cell in ("", None) for cell in cells)


@pytest.mark.parametrize(("cells", "point", "comma"), [
    (["12,345", "152,000"], [12345, 152000], [12.345, 152]), (["12.345", "152.000"], [12.345, 152], [12345, 152000]),
    (["1.152,5", "12,345"], [1152.5, 12.345], [1152.5, 12.345]), (["1,152.5", "12,345"], [1152.5, 12345], [1152.5, 12345]),
])  # fmt: skip
def test_one_mark_before_three_digits_is_as_the_file_writes_numbers(cells: list, point: list, comma: list) -> None:
    assert read_further("patients", "plt", cells, range(2, 4))[0] == point
    assert read_further("patients", "plt", cells, range(2, 4), decimal_comma=True)[0] == comma


def test_a_number_that_can_be_two_is_decided_by_the_columns_range_and_said() -> None:
    assert column("age_years", "41,000")[0] == [41]
    read, faults = column(TGN, "1,234")
    assert read == [1234]
    assert found(faults, "warning") == ["1 × a number such as 1,234, read as 1234", "1 × with a mark between thousands"]
    assert column(TGN, "1,234", decimal_comma=True)[0] == [1.234]


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["yes", "No", "Y", "n"], [True, False, True, False]),
        ([True, False, 1, 0.0, "TRUE"], [True, False, True, False, True]),
        (["是", "否", "有", "无", "√"], [True, False, True, False, True]),
        (["１", "０", "ＹＥＳ"], [True, False, True]),
        ([1.0, "0.0", "1,0"], [True, False, True]),
        (["1", "perhaps", "0"], [True, None, False]),
    ],
)
def test_yes_and_no(cells: list[object], values: list[object]) -> None:
    read, faults = column("perianal", *cells)
    assert read == values
    assert bool(found(faults, "error")) is (None in values)


D = date(2024, 3, 31)


@pytest.mark.parametrize(
    ("cells", "days", "said"),
    [
        (["2024-03-31", "2024/3/31", "2024.03.31", "2024-03-31 10:30", "2024年3月31日", "20240331"], [D] * 6, []),
        ([D, datetime(2024, 3, 31, 23, 59), "31.03.2024", "31 Mar 2024", "March 31, 2024"], [D] * 5, []),
        ([45382, 45382.75, "45382"], [D] * 3, ["3 × Excel's serial numbers, read as dates"]),
        (["31/03/2024", "04/03/2024"], [D, date(2024, 3, 4)], ["dates read as day/month/year: in 1 of them only that is possible"]),
        (["03/31/2024", "03/04/2024"], [D, date(2024, 3, 4)], ["dates read as month/day/year: in 1 of them only that is possible"]),
        (["31.03.24", "31.03.99"], [D, date(1999, 3, 31)],
         ["2 × dates with a year of two digits, read as 19.. if later than next year, else 20.."]),
        (["２０２４-０３-３１"], [D], []),
    ],
)  # fmt: skip
def test_dates_as_they_are_written(cells: list[object], days: list[date], said: list[str]) -> None:
    read, faults = column("start_date", *cells)
    assert read == [float((day - EPOCH).days) for day in days]
    assert found(faults, "warning") == said
    assert not found(faults, "error")


@pytest.mark.parametrize("cells", [["03/04/2024", "05/06/2024", "2024-03-31"], ["03-04-2024", "05-06-2024", D]])
def test_a_column_in_which_nothing_tells_day_from_month_is_asked_about_once(cells: list[object]) -> None:
    asking = Asking()
    read, faults = column("start_date", *cells, asking=asking)
    assert read == [None, None, float((D - EPOCH).days)]
    assert faults == []
    assert [one.text for one in asking.questions] == [f"start_date: 2 × a date such as {cells[0]}: day or month first?"]


def test_a_column_that_writes_both_orders_is_asked_about_too() -> None:
    asking = Asking()
    read, faults = column("start_date", "31/03/2024", "03/31/2024", "05/05/2024", asking=asking)
    assert read == [None, None, float((date(2024, 5, 5) - EPOCH).days)]
    assert [one.id for one in asking.questions] == ["dates:patients:start_date"]


@pytest.mark.parametrize("cell", ["2024-02-30", "31.02.2024", "yesterday", "2024", 3, True, "2024-13-01"])
def test_what_is_no_date_is_a_fault(cell: object) -> None:
    read, faults = column("start_date", cell)
    assert read == [None]
    assert found(faults, "error") == [str(cell)]


def test_a_further_column_is_numbers_or_texts_and_says_what_it_did() -> None:
    read, faults = read_further("patients", "IL-6", ["<5", "7.5", "NA", None], range(2, 6))
    assert read == [2.5, 7.5, None, None]
    assert found(faults, "warning") == [
        "1 × the missing code NA",
        "1 × below the limit of detection, read as half the limit",
    ]
    read, faults = read_further("patients", "IL-6", [1, 2, 3, "lost"], range(2, 6))
    assert read == ["1", "2", "3", "lost"]
    assert [(fault.row, fault.found) for fault in faults] == [(5, "lost")]
    assert read_further("patients", "ward", ["007", "008"], range(2, 4)) == (["007", "008"], [])


@given(st.lists(st.one_of(st.text(max_size=12), st.floats(), st.integers(), st.booleans(), st.none(), st.dates()), max_size=6),
       st.sampled_from([CRP, "start_date", "sex", "perianal", "patient_id"]), st.booleans())  # fmt: skip
def test_no_cell_is_lost_and_none_raises(cells: list[object], name: str, decimal_comma: bool) -> None:
    """Every cell becomes a value, or is nothing, or is counted in a fault, or is asked about."""
    asking = Asking()
    read, faults = column(name, *cells, decimal_comma=decimal_comma, asking=asking)
    assert len(read) == len(cells)
    if any(
        value is None and str(cell).strip() not in ("", "None", "nan") for value, cell in zip(read, cells, strict=True)
    ):
        assert faults or asking.questions


@given(st.floats(0, 1e6), st.booleans())
def test_a_number_written_in_any_form_is_the_same_number(value: float, decimal_comma: bool) -> None:
    value = round(value, 2)
    grouped = f"{value:,.2f}"
    text = grouped.translate(str.maketrans(",.", ".,")) if decimal_comma else grouped
    assert plain_number(text, decimal_comma)[0] == pytest.approx(value)


def test_many_unreadable_cells_are_one_fault() -> None:
    read, faults = column(TGN, *[f"tube {n}" for n in range(12)])
    assert read == [None] * 12
    assert found(faults, "error") == ["12 × tube 0, tube 1, tube 2 …"]
