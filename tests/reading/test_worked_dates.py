"""Dates at their edges, in every form: a day more, another order, and the answer is another."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from cdanalysis.dictionary.columns import COLUMNS
from cdanalysis.reading.dates.counted import counted_day, long_year, of_era, of_minguo
from cdanalysis.reading.dates.forms import (
    EPOCH,
    in_order,
    is_short,
    may_be_day,
    month_of,
    numbers_of,
    plain,
    said_date,
    whole_year,
)
from cdanalysis.reading.dates.order import (
    DateOrder,
    day_of,
    is_dated_otherwise,
    is_open,
    is_written_as_date,
    order_of,
)
from cdanalysis.reading.dates.questions import AS_THEY_STAND, EXCHANGED, asked_order
from cdanalysis.reading.questions import Asking, ColumnAsking

SPEC = {spec.name: spec for sheet in COLUMNS.values() for spec in sheet}
DMY, MDY, YMD = "day/month/year", "month/day/year", "year/month/day"


def column(header: str = "x", **answers: str) -> ColumnAsking:
    """Asks about a column, with these answers by the kind of question."""
    known = {f"{kind.replace('_', ' ')}:patients:{header}": answer for kind, answer in answers.items()}
    return Asking(known).about("patients", header)


def days(day: date) -> float:
    return float((day - EPOCH).days)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020-03-01", date(2020, 3, 1)),
        ("20200301", date(2020, 3, 1)),
        ("2020年3月1日", date(2020, 3, 1)),
        ("1 March 2020", date(2020, 3, 1)),
        ("31-Mar-20", date(2020, 3, 31)),
        ("March 1, 2020", date(2020, 3, 1)),
        ("2020-Mar-01", date(2020, 3, 1)),
        ("32-Mar-01", date(2032, 3, 1) if date.today().year >= 2031 else date(1932, 3, 1)),
        ("2020-02-30", None),
        ("1 Foo 2020", None),
        ("soon", None),
    ],
)
def test_a_date_that_says_what_is_what(text: str, day: date | None) -> None:
    assert said_date(text) == day


def test_a_month_alone() -> None:
    assert [
        month_of(text) for text in ("2018-03", "03/2018", "3/2018", "Mar 2018", "2018年3月", "18-Mar", "Mar-18")
    ] == [(2018, 3)] * 7
    assert [month_of(text) for text in ("2018-13", "2018-00", "1899-12", "2101-01", "Foo 2018", "x")] == [None] * 6
    assert [month_of(text) for text in ("1900-12", "2100-01")] == [(1900, 12), (2100, 1)]
    assert [may_be_day(text) for text in ("Mar-18", "18-Mar", "Mar-31", "Mar-32", "Mar-01", "Mar-00", "Mar 2018", "x")] == [
        True, True, True, False, True, False, False, False,
    ]  # fmt: skip


def test_three_numbers_in_an_order() -> None:
    assert numbers_of("03/04/2024") == (("03", "04", "2024"), "/")
    assert numbers_of("030424") == (("03", "04", "24"), "")
    assert numbers_of("3042024") == (("3", "04", "2024"), "")
    assert numbers_of("03/04-2024") is None
    assert in_order(("03", "04", "2024"), DMY) == date(2024, 4, 3)
    assert in_order(("03", "04", "2024"), MDY) == date(2024, 3, 4)
    assert in_order(("03", "04", "2024"), YMD) is None
    assert in_order(("18", "04", "03"), YMD) == date(2018, 4, 3)
    assert is_short("03/04/24")
    assert not is_short("03/04/2024")
    assert is_short("3 Mar 24")
    assert not is_short("3 Mar 2024")
    this = date.today().year % 100
    assert whole_year(f"{this + 1:02d}") == 2000 + this + 1
    assert whole_year(f"{this + 2:02d}") == 1900 + this + 2
    assert whole_year("1950") == 1950
    assert plain("2024-03-01 10:30") == "2024-03-01"
    assert plain("03 04 2024") == "03/04/2024"


def test_days_and_seconds_that_are_counted() -> None:
    assert counted_day("18264") == (18264.0, "Excel's serial numbers, read as dates")
    assert counted_day("80000") == (80000.0, "Excel's serial numbers, read as dates")
    assert counted_day("18263") is counted_day("80001") is counted_day("x") is None
    unix = int((datetime(2020, 1, 1) - datetime(1970, 1, 1)).total_seconds())
    for text in (str(unix), str(unix + 86399), f"{unix * 1000}", f"{unix}.0"):
        found = counted_day(text)
        assert found is not None
        assert found[0] == days(date(2020, 1, 1))
    assert counted_day("315532800") == (days(date(1980, 1, 1)), "seconds since 1970, read as dates")
    assert counted_day("315532799") is None
    spss = (date(2020, 1, 1) - date(1582, 10, 14)).days * 86400
    assert counted_day(str(spss)) == (days(date(2020, 1, 1)), "seconds since 1582, as SPSS counts, read as dates")


def test_years_of_an_era() -> None:
    assert of_era("令和3年5月1日") == date(2021, 5, 1)
    assert of_era("令和元年5月1日") == date(2019, 5, 1)
    assert of_era("H30.1.9") == date(2018, 1, 9)
    assert of_era("昭和64年1月7日") == date(1989, 1, 7)
    assert of_era("民國107年1月9日") == of_minguo("107/01/09") == date(2018, 1, 9)
    assert of_era("X3.5.1") is None
    assert long_year("107/01/09")
    assert not long_year("99/12/31")
    assert not long_year("107/13/09")
    assert of_minguo("99/12/31") == date(2010, 12, 31)


def test_the_order_of_a_column() -> None:
    assert order_of(["13/02/2020", "01/02/2020"]).order == DMY
    assert order_of(["02/13/2020", "01/02/2020"]).order == MDY
    open_one = order_of(["01/02/2020", "03/03/2020"])
    assert (open_one.order, open_one.undecided, open_one.possible) == ("", {"01/02/2020"}, (DMY, MDY))
    alike = order_of(["03/03/2020"])
    assert (alike.order, alike.undecided) == (DMY, frozenset())
    assert order_of(["31.03.2024"]).undecided == frozenset()
    assert order_of(["18-03-04", "18-03-14", "17-03-04"]).possible
    told = order_of(["13/02/2020", "13/02/2020", "14/02/2020", "01/02/2020"]).said
    assert told == "dates read as day/month/year: in 3 of them only that is possible"
    both = order_of(["13/02/2020", "02/13/2020", "01/02/2020"])
    assert (both.order, both.possible) == ("", (DMY, MDY))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2024-03-31", True),
        ("31/3/2024", True),
        ("20240331", False),
        ("310324", False),
        ("31 March 2024", True),
        ("March 2024", True),
        ("03/2024", False),
        ("令和3年5月1日", True),
        ("99/99/2024", False),
        ("31 March 2024" + " " * 27, True),
        ("31 March 2024" + " " * 28, False),
        ("45000.0", False),
        ("x", False),
    ],
)
def test_a_text_that_is_written_as_a_date(text: str, written: bool) -> None:
    assert is_written_as_date(text) is written


def test_dates_in_a_form_that_numbers_have_too() -> None:
    for cell in (45000, "45000", "2018-03", "107/01/09", "20180314", "14032018", "140318", "201403"):
        assert is_dated_otherwise(cell), cell
    for cell in ("143218", "14031", True, None, "12", date(2020, 1, 1)):
        assert not is_dated_otherwise(cell), cell


def test_the_day_of_a_cell() -> None:
    order = DateOrder(MDY)
    assert day_of("03/04/2024", order)[0] == days(date(2024, 3, 4))
    assert day_of("31.03.2024", order)[0] == days(date(2024, 3, 31))
    assert day_of("03.04.24", order)[0] == days(date(2024, 4, 3))
    assert day_of("03/04/24", DateOrder(DMY)) == (
        days(date(2024, 4, 3)),
        "dates with a year of two digits, read as 19.. if later than next year, else 20..",
    )
    assert day_of("03/04/2024", DateOrder(undecided=frozenset(["03/04/2024"]))) == (None, "")
    assert day_of("13/04/2024", DateOrder(undecided=frozenset(["03/04/2024"])))[0] == days(date(2024, 4, 13))
    assert day_of(date(2024, 3, 4), DateOrder(exchanged=True))[0] == days(date(2024, 4, 3))
    assert day_of(datetime(2024, 3, 4, 5), DateOrder())[0] == days(date(2024, 3, 4))
    assert day_of(date(2024, 3, 4), DateOrder(exchanged=None))[0] is None
    assert day_of(date(2024, 3, 3), DateOrder(exchanged=None))[0] == days(date(2024, 3, 3))
    assert day_of("2024-03-04", DateOrder(exchanged=True))[0] == days(date(2024, 4, 3))
    assert day_of("2018-03", DateOrder(day_of_month=15))[0] == days(date(2018, 3, 15))
    assert day_of("2018-03", DateOrder())[0] is day_of("2018-03", DateOrder(day_of_month=-1))[0] is None
    assert day_of("107/01/09", DateOrder(minguo=True))[0] == days(date(2018, 1, 9))
    assert day_of("107/01/09", DateOrder())[0] is None
    assert day_of(45000, order) == (45000.0, "Excel's serial numbers, read as dates")
    assert day_of(True, order) == day_of(None, order) == (None, "")


def test_which_cells_a_question_of_dates_is_about() -> None:
    assert is_open(date(2024, 3, 4), DateOrder(exchanged=None))
    assert not is_open(date(2024, 3, 3), DateOrder(exchanged=None))
    assert not is_open(date(2024, 3, 4), DateOrder(exchanged=True))
    assert is_open("2018-03", DateOrder())
    assert not is_open("2018-03", DateOrder(day_of_month=15))
    assert is_open("107/01/09", DateOrder(minguo=None, day_of_month=1))
    assert not is_open("107/01/09", DateOrder(minguo=True, day_of_month=1))
    assert is_open("2024-03-04", DateOrder(exchanged=None, day_of_month=1))
    assert not is_open("2024-03-04", DateOrder(exchanged=False, day_of_month=1))
    assert not is_open(7, DateOrder(exchanged=None))


def test_day_and_month_that_a_spreadsheet_may_have_exchanged() -> None:
    cells: list[object] = [date(2024, 3, 4), date(2024, 12, 12), "13/02/2024"]
    about = column()
    assert asked_order(cells, about).exchanged is None
    assert about.is_open("swapped")
    assert asked_order(cells, column(swapped=EXCHANGED)).exchanged is True
    assert asked_order(cells, column(swapped=AS_THEY_STAND)).exchanged is False
    for others in ([date(2024, 3, 4), date(2024, 12, 13), "13/02/2024"], [date(2024, 3, 4), "13/02/2024"],
                   [date(2024, 3, 4), date(2024, 3, 4), "12/02/2024"], [date(2024, 3, 4), date(2024, 3, 4)]):  # fmt: skip
        quiet = column()
        assert asked_order(others, quiet).exchanged is False
        assert not quiet.is_open("swapped")
    written = column()
    asked_order(["2024-03-04", "2024-03-04", "13/02/2024"], written)
    assert written.is_open("swapped")


def test_what_a_column_of_dates_asks() -> None:
    cells = ["01/02/2024", "01/02/2024", "03/03/2024"]
    assert asked_order(cells, column(dates=MDY)).order == MDY
    open_one = column()
    assert asked_order(cells, open_one).order == ""
    assert open_one.asking.questions[0].text == "x: 2 × a date such as 01/02/2024: day or month first?"
    assert asked_order(cells, column(), DMY).order == DMY
    assert asked_order(["2018-03"], column(days="the 15th")).day_of_month == 15
    assert asked_order(["2018-03"], column()).day_of_month == 0
    short = column(short_month="a month and a year, read as the 1st")
    assert asked_order(["Mar-18"], short).day_of_month == 1
    mixed = column(days="the 1st")
    assert asked_order(["Mar-18", "Mar 2018"], mixed).day_of_month == 1
    era = column()
    assert asked_order(["107/01/09"], era).minguo is None
    assert era.is_open("era")
    assert asked_order(["107/01/09"], column(era="years of the Republic of China")).minguo is True
    assert asked_order(["107/01/09"], column(era="no dates")).minguo is False
