"""Dates by another calendar, as months without a mark, and as quarters: asked once a column, and read as answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from corpus.builders import table

from cdanalysis.dictionary.column_spec import ColumnSpec
from cdanalysis.reading import open_cohort
from cdanalysis.reading.cells.values import read_column
from cdanalysis.reading.dates.forms import EPOCH
from cdanalysis.reading.questions import Asking

START = ColumnSpec("start_date", "patients", "date", "Start")


def days(cells: Sequence[object], **answers: str) -> tuple[list[str | None], list[str], list[str]]:
    """The dates, the kinds of the open questions, and what is said of the cells."""
    asking = Asking({f"{kind}:patients:start": answer for kind, answer in answers.items()})
    values, faults = read_column(START, cells, range(len(cells)), about=asking.about("patients", "start"))  # type: ignore[arg-type]
    read = [None if day is None else date.fromordinal(EPOCH.toordinal() + int(day)).isoformat() for day in values]  # type: ignore[arg-type, call-overload]
    return read, [one.split(":")[0] for one in asking.asked], [fault.found for fault in faults]


@pytest.mark.parametrize(
    ("cells", "answer", "read"),
    [
        (["13/01/2560", "29/02/2559", "30/12/2561"], "the Buddhist calendar", ["2017-01-13", "2016-02-29", "2018-12-30"]),
        (["1397/01/01", "1399/12/30", "1396/02/31"], "the Persian calendar", ["2018-03-21", "2021-03-20", "2017-05-21"]),
        (["30/12/1399", "01/01/1400", "22/11/1357"], "the Persian calendar", ["2021-03-20", "2021-03-21", "1979-02-11"]),
        (["1438-09-01", "1438-08-29", "1400-01-01"], "the Islamic calendar", ["2017-05-27", "2017-05-26", "1979-11-21"]),
        ([date(2560, 5, 1), date(2561, 5, 1), date(2562, 5, 1)], "the Buddhist calendar",
         ["2017-05-01", "2018-05-01", "2019-05-01"]),
    ],
)  # fmt: skip
def test_years_of_another_calendar_are_asked_once(cells: list[object], answer: str, read: list[str]) -> None:
    assert days(cells) == ([None] * 3, ["calendar"], [])
    assert days(cells, calendar=answer)[:2] == (read, [])


def test_one_such_year_is_a_slip_and_named() -> None:
    read, asked, said = days(["2017-01-13", "2560-02-14", "2018-03-15"])
    assert (read, asked) == (["2017-01-13", None, "2018-03-15"], [])
    assert said == ["1 × 2560-02-14, in the future"]


def test_six_digits_are_months_where_one_can_be_nothing_else() -> None:
    assert days(["201503", 201211, "201807"])[1] == ["days"]
    assert days(["201503", 201211, "201807"], days="the 1st")[0] == ["2015-03-01", "2012-11-01", "2018-07-01"]
    assert days(["201203", "311218"])[0][1] == "2018-12-31"


def test_quarters_are_asked_once() -> None:
    cells = ["Q1 2018", "2018-Q3", "4. Quartal 2019", "2Q2017"]
    assert days(cells) == ([None] * 4, ["quarters"], [])
    assert days(cells, quarters="its middle")[0] == ["2018-02-15", "2018-08-15", "2019-11-15", "2017-05-15"]


def test_dates_of_an_outcome_by_another_calendar() -> None:
    rows = [["id", "start date", "relapse date", "last follow-up date"]]
    rows += [[f"P{n}", f"13/01/25{60 + n % 2}", "" if n % 2 else "13/07/2561", "13/01/2563"] for n in range(8)]
    opened = open_cohort(table(rows), "x.csv")
    kinds = [one.id.split(":")[0] for one in opened.questions]
    assert kinds == ["calendar"] * 3
    study = opened.study
    for one in opened.questions:
        study = study.answered({one.id: "the Buddhist calendar"})
    cohort = open_cohort(table(rows), "x.csv", study=study).cohort
    assert cohort is not None
    assert cohort.outcomes["relapse"].n_events == 4
    assert cohort.patients["relapse_months"].round(1).tolist()[:2] == [17.9, 24.0]
