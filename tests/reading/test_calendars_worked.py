"""Dates of other calendars, months without a mark, quarters and ranges: known days of both, and each bound."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.dates import ranges
from cdanalysis.reading.dates.calendars import (
    BUDDHIST,
    DAYS_OF_QUARTER,
    ISLAMIC,
    NO_DATE,
    PERSIAN,
    TO_COMMON,
    in_common_form,
    otherwise,
)
from cdanalysis.reading.questions import Asking, question_id
from cdanalysis.reading.rows.shape import RawSheet


@pytest.mark.parametrize(
    ("persian", "common"),
    [
        ((1357, 11, 22), date(1979, 2, 11)),
        ((1368, 3, 14), date(1989, 6, 4)),
        ((1375, 1, 1), date(1996, 3, 20)),
        ((1376, 1, 1), date(1997, 3, 21)),  # 1375 has 366 days
        ((1398, 1, 1), date(2019, 3, 21)),
        ((1399, 1, 1), date(2020, 3, 20)),
        ((1399, 12, 30), date(2021, 3, 20)),
        ((1400, 1, 1), date(2021, 3, 21)),
        ((1400, 6, 31), date(2021, 9, 22)),
        ((1400, 7, 1), date(2021, 9, 23)),
        ((1400, 8, 1), date(2021, 10, 23)),
        ((1403, 1, 1), date(2024, 3, 20)),
        ((1404, 1, 1), date(2025, 3, 21)),
    ],
)
def test_days_of_the_persian_calendar(persian: tuple[int, int, int], common: date) -> None:
    assert TO_COMMON[PERSIAN](*persian) == common


def by_julian_day(year: int, month: int, day: int) -> date:
    """The civil Islamic day by the Julian day of the usual formula (Fliegel and Van Flandern's kind)."""
    return date.fromordinal(
        (11 * year + 3) // 30 + 354 * year + 30 * month - (month - 1) // 2 + day + 1_948_055 - 1_721_425
    )


@pytest.mark.parametrize("year", [1400, 1416, 1439, 1440, 1445])
def test_days_of_the_islamic_calendar(year: int) -> None:
    assert by_julian_day(1400, 1, 1) == date(1979, 11, 21)
    for month in range(1, 13):
        assert TO_COMMON[ISLAMIC](year, month, 5) == by_julian_day(year, month, 5)


def about(kind: str = "", answer: str = "") -> Asking:
    return Asking({question_id(kind, "patients", "x"): answer})


def read(cells: Sequence[Cell], asking: Asking) -> list[Cell]:
    return list(in_common_form(cells, asking.about("patients", "x")))


@pytest.mark.parametrize(
    ("year", "calendar"),
    [
        (2439, ""),
        (2440, BUDDHIST),
        (2600, BUDDHIST),
        (2601, ""),
        (1289, ""),
        (1290, PERSIAN),
        (1480, PERSIAN),
        (1481, ""),
    ],
)
def test_years_that_only_another_calendar_has(year: int, calendar: str) -> None:
    assert otherwise(f"{year}-05-01") == calendar
    assert otherwise(date(year, 5, 1)) == calendar
    assert otherwise(f"1.2.{year}") == calendar  # as short as a date may be
    assert otherwise(f"{year}-05") == otherwise(f"{year}") == ""  # no date
    assert otherwise(f"{year}-05-01 to {year}-06-01") == ""


THAI = ["2560-05-01", "03/05/2561", date(2562, 5, 4)]


def test_years_of_the_buddhist_calendar_are_543_ahead() -> None:
    assert read(THAI, about("calendar", BUDDHIST)) == ["2017-05-01", "03/05/2018", date(2019, 5, 4)]
    assert read(THAI, about("calendar", NO_DATE)) == THAI
    asking = Asking()
    assert read([*THAI, None, "none"], asking) == [None, None, None, None, "none"]
    (asked,) = asking.questions
    assert asked.text == "x: 3 × a date with a year such as 2560. By which calendar is it?"
    assert asked.evidence.startswith("2560 begins in 2017 by the Buddhist calendar, ")
    assert asked.options == (BUDDHIST, NO_DATE)


@pytest.mark.parametrize(
    ("n", "others", "is_asked"), [(2, 0, False), (3, 0, True), (4, 1, True), (3, 1, False), (8, 2, True), (7, 2, False)]
)
def test_three_such_years_and_four_of_five_are_asked_about(n: int, others: int, *, is_asked: bool) -> None:
    asking = Asking()
    cells = [*("2560-05-01" for _ in range(n)), *("2017-05-01" for _ in range(others))]
    found = read(cells, asking)
    assert bool(asking.questions) is is_asked
    assert found == ([*([None] * n), *cells[n:]] if is_asked else cells)


def test_a_year_of_1397_is_persian_or_islamic() -> None:
    cells: list[Cell] = ["1397/02/31", "31.02.1397", date(1397, 2, 5), "1397/13/01", "1397/12/32"]
    asking = Asking()
    read(cells, asking)
    assert asking.questions[0].options == (PERSIAN, ISLAMIC, NO_DATE)
    assert asking.questions[0].evidence.startswith(
        "1397 begins in 2018 by the Persian calendar; 1397 begins in 1976 by the Islamic calendar, "
    )
    day = date(2018, 5, 21)  # 1 Farvardin 1397 was 21 March 2018
    found = [day, day, date(2018, 4, 25), "1397/13/01", "1397/12/32"]
    assert read(cells, about("calendar", PERSIAN)) == found
    assert read(cells, about("calendar", ISLAMIC))[2] == by_julian_day(1397, 2, 5)


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (["201503", "201801"], ["2015-03", "2018-01"]),
        ([201503, 201801.0, None], ["2015-03", "2018-01", None]),
        (["200103", "201112"], ["200103", "201112"]),  # 20 January 2003, 20 November 2012 too
        (["201303"], ["2013-03"]),  # no month 13
        (["201203"], ["201203"]),
        (["201503", "201513"], ["201503", "201513"]),
        (["201503", "5"], ["201503", "5"]),
        (["201503", "lost"], ["2015-03", "lost"]),
        (["189912"], ["189912"]),
    ],
)
def test_six_digits_are_a_year_and_a_month_where_none_can_be_a_day(cells: list[Cell], found: list[Cell]) -> None:
    assert read(cells, Asking()) == found


@pytest.mark.parametrize(
    "text", ["Q3 2018", "2018-Q3", "2018Q3", "3. Quartal 2018", "T3 2018", "3Q2018", "quarter 3, 2018"]
)
def test_a_quarter_is_the_day_that_the_reader_says(text: str) -> None:
    for answer, day in zip(DAYS_OF_QUARTER, (date(2018, 8, 15), date(2018, 7, 1), date(2018, 9, 1)), strict=True):
        assert read([text, "lost"], about("quarters", answer)) == [day, "lost"]
    asking = Asking()
    assert read([text, text, "lost"], asking) == [None, None, "lost"]
    assert asking.questions[0].text == f"x: 2 × a quarter of a year, such as {text}. As which day is it read?"


def table(*cells: Cell, header: str = "follow-up", further: tuple[str, ...] = ()) -> RawSheet:
    rows = tuple((n, ("A", cell, *further)) for n, cell in enumerate(cells, 2))
    return ranges.apart(RawSheet("patients", ("id", header, *further), rows))


YEARS = ("2016-2019", "2016/18", "2017 - 2017")
HEADERS = ("id", ranges.START, ranges.END)


def test_a_range_becomes_a_start_and_an_end() -> None:
    found = table(*YEARS)
    assert found.headers == HEADERS
    assert [row[1:] for _, row in found.rows] == [("2016", "2019"), ("2016", "2018"), ("2017", "2017")]
    assert [one.found for one in found.faults] == [
        "3 × a range such as 2016-2019: read as the start and the last follow-up"
    ]
    dated = table("03.05.2016 - 12.08.2019", "05.03.2016 to 2018", "2016-05-03 – 2019-08-12")
    assert [row[1:] for _, row in dated.rows] == [
        ("03.05.2016", "12.08.2019"),
        ("05.03.2016", "2018"),
        ("2016-05-03", "2019-08-12"),
    ]


@pytest.mark.parametrize(
    ("cells", "are_ranges"),
    [
        (YEARS[:2], False),  # three at least
        ((*YEARS, None, ""), True),
        ((*YEARS, "2018-2019", "lost"), True),  # four of five
        ((*YEARS, "lost"), False),
        (("2005-11", "2006-12", "2007-01"), False),  # years and months
        (("2005-11", "2006-13", "2007-09"), True),
        (("2005-11", "2006-10", "2007-2009"), True),
        (("2019-2016", "2018-2016", "2017-2016"), False),
        (("a long text - another", "b long text - another", "c long text - another"), False),
    ],
)
def test_three_ranges_and_four_of_five_cells(cells: tuple[Cell, ...], *, are_ranges: bool) -> None:
    assert (table(*cells).headers == HEADERS) is are_ranges


def test_what_is_no_range_beside_others_is_left_out_by_its_row() -> None:
    found = table("2016-2019", "lost", *YEARS)
    assert found.rows[1][1] == ("A", None, None)
    assert (found.faults[1].found, found.faults[1].row) == ("1 × no range of dates, left out", 3)


def test_another_header_or_a_start_of_its_own_leaves_it() -> None:
    assert table(*YEARS, header="school").headers == ("id", "school")
    rows = tuple((n, ("A", cell, 1)) for n, cell in enumerate(YEARS))
    held = RawSheet("patients", ("id", "follow-up", "Start date"), rows)
    assert ranges.apart(held) is held


def test_labels_and_what_lies_beyond_the_headers_keep_their_places() -> None:
    rows = tuple((n, ("A", cell, 7, "beyond")) for n, cell in enumerate(YEARS))
    found = ranges.apart(RawSheet("patients", ("id", "FU", "CRP"), rows, labels=("who", "when", "what")))
    assert found.headers == ("id", ranges.START, "CRP", ranges.END)
    assert found.labels == ("who", "", "what", "")
    assert found.rows[0] == (0, ("A", "2016", 7, "2019", "beyond"))
