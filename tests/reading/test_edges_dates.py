"""Numbers that count dates, ranges and bounds of dates, each at its edge."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cdanalysis.reading.dates.origins import FIRST, NO_DATES, ORIGINS, with_counted_dates
from cdanalysis.reading.questions import Asking
from cdanalysis.reading.rows.shape import RawSheet

# --- Numbers that count dates -----------------------------------------------------------------------------------------

DAY = 86_400
# 1 January 2020 as each program counts it: R's as.numeric(as.Date()), SAS's mdy(), Excel's, SPSS's date.mdy() / 86400.
NEW_YEAR = {
    "days since 1970-01-01": 18_262, "days since 1960-01-01": 21_915, "days since 1899-12-30": 43_831,
    "days since 1904-01-01": 42_369, "days since 1582-10-14": 159_690,
    "seconds since 1960-01-01": 1_893_456_000, "seconds since 1970-01-01": 1_577_836_800,
    "milliseconds since 1960-01-01": 1_893_456_000_000, "milliseconds since 1970-01-01": 1_577_836_800_000,
}  # fmt: skip


def counted(numbers: list[object], answer: str = "", header: str = "relapse date") -> tuple[list[object], list[str]]:
    """The cells of a column of dates, and the options of the question that it asks."""
    table = RawSheet("patients", ("id", header), tuple((n, (f"P{n}", one)) for n, one in enumerate(numbers, 2)))
    asking = Asking({"counted:patients": answer} if answer else {})
    found = with_counted_dates("patients", table, asking)
    options = [option for one in asking.asked.values() for option in one.options]
    return [row[1] for _, row in found.rows], options


@pytest.mark.parametrize("name", ORIGINS)
def test_the_same_day_by_every_program(name: str) -> None:
    number = NEW_YEAR[name.split(",")[0]]
    step = DAY * (1000 if name.startswith("m") else 1) if "seconds" in name else 1
    numbers = [number + n * step for n in range(5)]
    assert counted([*numbers], name, "relapse") == ([date(2020, 1, 1 + n) for n in range(5)], [])


def test_what_counts_dates_is_asked_and_left_out_until_then() -> None:
    numbers: list[object] = [17_000, 17_100, 17_200, 17_300, 17_400]
    read, options = counted(numbers)
    assert read == [None] * 5
    assert options == [
        "days since 1970-01-01, as R and Unix count", "days since 1960-01-01, as SAS and Stata count", NO_DATES,
    ]  # fmt: skip
    assert counted(numbers, NO_DATES) == (numbers, [])
    assert counted(numbers[:4]) == (numbers[:4], [])  # too few
    assert counted([*numbers, None], options[0])[0][-1] is None
    assert counted([*numbers, "x"]) == ([*numbers, "x"], [])
    assert counted([*numbers, 3_652])[1] == []  # below ten years a number of days is a duration
    assert counted([3_652, *numbers])[1] == []
    assert counted(numbers, header="birth date")[1] == []
    assert counted(numbers, header="relapse (days)")[1] == []


def test_dates_that_are_counted_are_of_1975_to_tomorrow() -> None:
    def options(first: int, last: int) -> list[str]:
        return counted([first, *range(10_000, 10_003), last], header="relapse")[1]

    r, sas = "days since 1970-01-01, as R and Unix count", "days since 1960-01-01, as SAS and Stata count"
    earliest = (FIRST - date(1970, 1, 1)).days
    assert date(1975, 1, 1) == FIRST
    assert earliest == 1_826
    tomorrow = (date.today() + timedelta(days=1) - date(1970, 1, 1)).days
    assert r in options(10_000, tomorrow)
    assert r not in options(10_000, tomorrow + 1)
    assert sas in options((FIRST - date(1960, 1, 1)).days, 10_005)
    assert sas not in options((FIRST - date(1960, 1, 1)).days - 1, 10_005)


def test_serial_numbers_below_a_header_of_dates_need_no_question_where_all_are_possible_days() -> None:
    first = (FIRST - date(1899, 12, 30)).days
    held: list[object] = [first, 40_000, 40_001, 40_002, 40_003]
    assert counted(held) == (held, [])
    assert counted([first - 1, *held[1:]])[1][-1:] == [NO_DATES]
    assert counted(held, header="relapse")[1][-1:] == [NO_DATES]  # no header of dates
    tomorrow = (date.today() - date(1899, 12, 30)).days + 1
    assert counted([*held, tomorrow])[1] == []
