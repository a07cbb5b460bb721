"""Dates such as 03/04/2024: decided by the whole column and said, or asked; the reader's answer is read, kept and restored."""

from __future__ import annotations

import pytest

import cdanalysis as cd
from cdanalysis.reading import Cohort, open_file
from cdanalysis.reading.headers.corrections import corrected, from_json, to_json

UNCLEAR = b"id,start_date,last_follow_up_date\nA,03/04/2020,05/06/2020\nB,01/02/2020,01/02/2021\n"
CLEAR = b"id,start_date,last_follow_up_date\nA,03/04/2020,25/06/2020\nB,01/02/2020,13/02/2021\n"
ORDERS = ("day/month/year", "month/day/year")


def answered(content: bytes, **orders: str) -> Cohort:
    """The cohort with the order of each column answered."""
    told = {f"dates:patients:{header}": order for header, order in orders.items()}
    return cd.read_cohort(content, study=cd.Study().answered(told))


def chosen(content: bytes, **orders: str) -> Cohort:
    """The cohort with the order of each column chosen in its matching."""
    matching = open_file(content, file_name="x.csv").look.matching
    places = {row.header: place for place, row in enumerate(matching.rows)}
    choices = {places[header]: (matching.rows[places[header]].column, order, None) for header, order in orders.items()}
    return cd.read_cohort(content, matching=corrected(matching, choices, {}))


def test_a_column_that_does_not_tell_is_asked_about_once_and_stays_unread() -> None:
    cohort = cd.read_cohort(UNCLEAR)
    assert {one.column: one.text for one in cohort.questions} == {
        "start_date": "start_date: 2 × a date such as 03/04/2020: day or month first?",
        "last_follow_up_date": "last_follow_up_date: 2 × a date such as 05/06/2020: day or month first?",
    }
    assert cohort.patients["follow_up_days"].isna().all()
    assert not [fault.found for fault in cohort.faults if fault.severity == "error"]


@pytest.mark.parametrize(("order", "days"), [(ORDERS[0], [63, 366]), (ORDERS[1], [63, 366])])
def test_an_answer_is_read(order: str, days: list[int]) -> None:
    cohort = answered(UNCLEAR, start_date=order, last_follow_up_date=order)
    assert cohort.patients["follow_up_days"].tolist() == days
    assert not [fault for fault in cohort.faults if fault.severity == "error"]
    assert cohort.questions == ()
    assert f"dates read as {order}, as answered" in [fault.found for fault in cohort.faults]


def test_each_column_has_its_own_order_and_the_study_and_a_matching_keep_it() -> None:
    """4 March to 5 June; 2 January 2020 to 1 February 2021."""
    cohort = answered(UNCLEAR, start_date="month/day/year", last_follow_up_date="day/month/year")
    assert cohort.patients["follow_up_days"].tolist() == [93, 396]
    again = cd.read_cohort(UNCLEAR, study=cd.Study.from_json(cohort.study.to_json()))
    assert again.patients["follow_up_days"].tolist() == [93, 396]
    cohort = chosen(UNCLEAR, start_date="month/day/year", last_follow_up_date="day/month/year")
    again = cd.read_cohort(UNCLEAR, matching=from_json(to_json(cohort.matching)))
    assert again.patients["follow_up_days"].tolist() == [93, 396]


def test_a_column_that_tells_is_said_and_can_be_corrected() -> None:
    cohort = cd.read_cohort(CLEAR)
    said = [fault.found for fault in cohort.faults if fault.column == "last_follow_up_date"]
    assert said == ["dates read as day/month/year: in 2 of them only that is possible"]
    wrong = chosen(CLEAR, start_date="day/month/year", last_follow_up_date="month/day/year")
    unread = [(fault.row, fault.found) for fault in wrong.faults if fault.severity == "error"]
    assert unread == [(2, "25/06/2020"), (3, "13/02/2021")]


def test_a_duration_written_as_dates_is_counted_in_the_order_of_its_column() -> None:
    content = b"id,start_date,Time to relapse,relapse_event\nA,2020-03-01,05/04/2020,1\nB,2020-03-01,06/05/2020,0\n"
    (asked,) = cd.read_cohort(content).questions
    assert asked.id == "dates:patients:Time to relapse"
    cohort = answered(content, **{"Time to relapse": "day/month/year"})
    assert (cohort.patients["relapse_months"] * 30.4375).tolist() == pytest.approx([35, 66])
    cohort = chosen(content, **{"Time to relapse": "day/month/year"})
    assert (cohort.patients["relapse_months"] * 30.4375).tolist() == pytest.approx([35, 66])
    note = next(row.note for row in cohort.matching if row.column == "relapse_months")
    assert note == "dates read as day/month/year, converted to months from start_date"


@pytest.mark.parametrize(("header", "unit"), [("start_date", "mg/l"), ("id", "day/month/year")])
def test_an_order_is_for_dates_alone(header: str, unit: str) -> None:
    with pytest.raises(cd.CohortError, match="cannot be converted"):
        chosen(UNCLEAR, **{header: unit})
