"""Dates: every usual form; what a column can be read as in two ways is asked; what can be no date of a patient is missing."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta

import pandas as pd
import pytest
import xlsxwriter
from reading.test_read_cohort import workbook

import cdanalysis as cd
from cdanalysis.reading.dates.order import EPOCH, day_of, is_written_as_date, order_of

D = date(2018, 3, 1)
ORDERS = ("day/month/year", "month/day/year", "year/month/day")


def read(*texts: object) -> list[date | None]:
    """The dates of a column, None where none could be read."""
    order = order_of(texts)
    days = [day_of(text, order)[0] for text in texts]
    return [None if day is None else EPOCH + timedelta(day) for day in days]


def two_columns(start: list[object], end: list[object]) -> bytes:
    rows = [[f"P{i}", one, other] for i, (one, other) in enumerate(zip(start, end, strict=True))]
    return workbook(patients=[["patient_id", "start_date", "last_follow_up_date"], *rows])


def errors(cohort: cd.Cohort) -> list[str]:
    return [fault.found for fault in cohort.faults if fault.severity == "error"]


@pytest.mark.parametrize(
    "text",
    [
        "2018-03-01", "2018/3/1", "2018.03.01", "20180301", "01.03.2018", "1 Mar 2018", "01-Mar-18", "01MAR2018",
        "2018-Mar-01", "1-MAR-2018", "March 1, 2018", "Mar 1 2018", "1st March 2018", "Thu Mar 1 2018",
        "Thursday, 1 March 2018", "1. März 2018", "01-Mrz-2018", "1 mars 2018", "1er mars 2018",
        "1 de marzo de 2018", "1 marzo 2018", "1 mrt 2018", "2018年3月1日", "2018年3月1号", "2018 年 3 月 1 日",
        "２０１８年３月１日", "2018-03-01T00:00:00Z", "2018-03-01T10:00:00+01:00", "2018-03-01T10:00:00.123",
        "2018-03-01 10:30", "01.03.2018 10:30", "01-MAR-2018 00:00:00", "2018年3月1日 10:30",
        "2018年3月1日上午10:30", "2018-03-01 10:30:00 PM", D, datetime(2018, 3, 1, 23, 59), 43160, "43160",
        "43160.5", "平成30年3月1日", "H30.3.1", "h30/03/01", "民國107年3月1日", "民国107年3月1号", 1519862400, "1519862400",
        "1519862400123", 1519862400.0, "13739242000",
    ],
)  # fmt: skip
def test_a_date_in_any_usual_form(text: object) -> None:
    assert read(text) == [D]
    if isinstance(text, str) and not text.replace(".", "").isdecimal():
        assert is_written_as_date(text)


@pytest.mark.parametrize(
    ("month", "number"),
    [("Mai", 5), ("Mär", 3), ("Okt", 10), ("Dez", 12), ("janv.", 1), ("févr", 2), ("août", 8), ("déc", 12), ("ene", 1),
    ("dic", 12), ("ott", 10), ("lug", 7)],
)  # fmt: skip
def test_months_of_other_languages(month: str, number: int) -> None:
    assert read(f"5 {month} 2019") == [date(2019, number, 5)]


@pytest.mark.parametrize("text", ["12 week 18", "5 mg 20", "2018-W10", "L1 2018", "P03", "12 5", "3-4", "B2 (2018)"])
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert read(text) == [None]
    assert not is_written_as_date(text)


@pytest.mark.parametrize(
    ("texts", "dates"),
    [
        (["18-03-25", "18-03-31", "99-01-02"], [date(2018, 3, 25), date(2018, 3, 31), date(1999, 1, 2)]),
        (["25-03-18", "31-03-18", "02-01-99"], [date(2018, 3, 25), date(2018, 3, 31), date(1999, 1, 2)]),
        (["03-25-18", "03-31-18"], [date(2018, 3, 25), date(2018, 3, 31)]),
        (["31.03.24", "01.02.23"], [date(2024, 3, 31), date(2023, 2, 1)]),
        (["990102", "180325"], [date(1999, 1, 2), date(2018, 3, 25)]),
        (["31/12/2019", "31/02/2020", "03/04/2020"], [date(2019, 12, 31), None, date(2020, 4, 3)]),  # one typing error
    ],
)
def test_a_column_of_which_only_one_order_is_possible_is_read_so(texts: list[str], dates: list[date | None]) -> None:
    assert read(*texts) == dates


@pytest.mark.parametrize(
    ("texts", "possible"),
    [
        (["18-03-25", "18-02-04"], (ORDERS[0], ORDERS[2])),
        (["18/03/05", "18/02/04"], (ORDERS[0], ORDERS[2])),
        (["03/04/18", "05/06/18"], ORDERS),
        (["03/04/2018", "05/06/2018"], ORDERS[:2]),
        (["18.03.25", "19.02.04"], (ORDERS[0], ORDERS[2])),
        (["25/03/2018", "03/25/2018"], ORDERS[:2]),
    ],
)
def test_a_column_that_may_be_read_in_two_ways_is_asked_about_once(texts: list[str], possible: tuple[str, ...]) -> None:
    assert read(*texts) == [None, None]
    content = ("id,start_date\n" + "\n".join(f"A{i},{text}" for i, text in enumerate(texts))).encode()
    cohort = cd.read_cohort(content)
    (asked,) = cohort.questions
    assert (asked.id, asked.options) == ("dates:patients:start_date", possible)
    assert ("year" in asked.text) is (ORDERS[2] in possible)
    told = cd.read_cohort(content, study=cohort.study.answered({asked.id: possible[-1]}))
    assert told.questions == ()
    assert told.patients["start_date"].notna().any()


SWAPPED = [date(2018, 8, 2), "30/07/2021", date(2019, 1, 12), "25/12/2020", date(2018, 5, 5), date(2020, 3, 11)]


@pytest.mark.parametrize(
    "text", ["2018-03", "03/2018", "3/2018", "03.2018", "Mar 2018", "March-2018", "2018年3月", "März 2018"]
)
def test_a_month_without_a_day_is_asked_about(text: str) -> None:
    content = f"id,start_date\nA,{text}\nB,2018-05-06\n".encode()
    cohort = cd.read_cohort(content)
    (asked,) = cohort.questions
    assert (asked.id, asked.options) == ("days:patients:start_date", ("the 15th", "the 1st"))
    assert cohort.patients["start_date"].notna().tolist() == [False, True]
    told = cd.read_cohort(content, study=cohort.study.answered({asked.id: "the 15th"}))
    assert EPOCH + timedelta(told.patients["start_date"][0]) == date(2018, 3, 15)


@pytest.mark.parametrize("text", ["Mar-18", "18-Mar", "Mar 18", "Mrz. 18"])
def test_a_month_beside_two_digits_is_asked_about_and_read_as_neither_before(text: str) -> None:
    """`Mar-18` is March 2018 in one spreadsheet, and 18 March in another."""
    content = two_columns([text] * 3, ["2019-04-01"] * 3)
    cohort = cd.read_cohort(content)
    (asked,) = cohort.questions
    assert asked.id == "short month:patients:start_date"
    assert cohort.patients["follow_up_days"].isna().all()
    as_year = cd.read_cohort(content, study=cohort.study.answered({asked.id: asked.options[0]}))
    assert (as_year.patients["follow_up_days"] == (date(2019, 4, 1) - date(2018, 3, 15)).days).all()
    as_day = cd.read_cohort(content, study=cohort.study.answered({asked.id: asked.options[-1]}))
    assert as_day.patients["follow_up_days"].isna().all()
    assert errors(as_day)


def test_a_month_beside_two_digits_that_are_no_day_is_of_a_year() -> None:
    (asked,) = cd.read_cohort(two_columns(["Mar-99"], ["2019-04-01"])).questions
    assert asked.id == "days:patients:start_date"


def test_a_year_of_three_digits_is_asked_about() -> None:
    content = two_columns(["107/03/01", "99/12/31"], ["2019-04-01", "2012-04-01"])
    cohort = cd.read_cohort(content)
    (asked,) = cohort.questions
    assert "107/03/01" in asked.text
    assert "2018-03-01" in asked.text
    assert cohort.patients["follow_up_days"].isna().all()
    read_so = cd.read_cohort(content, study=cohort.study.answered({asked.id: asked.options[0]}))
    assert read_so.patients["follow_up_days"].tolist() == [396, (date(2012, 4, 1) - date(2010, 12, 31)).days]


@pytest.mark.parametrize("relapse", [43524, "43524", 1551312000, "民國108年2月28日"])
def test_a_date_of_an_outcome_that_is_counted_is_a_date(relapse: object) -> None:
    """A column headed as a date whose cells are numbers is no time in an unknown unit."""
    rows = [["A", D, relapse, "2019-06-01"], ["B", D, None, "2019-06-01"]]
    cohort = cd.read_cohort(
        workbook(patients=[["patient_id", "start_date", "relapse_date", "last_follow_up_date"], *rows])
    )
    assert cohort.questions == ()
    assert cohort.patients["relapse_months"].tolist() == pytest.approx([364 / 30.4375, 457 / 30.4375])
    assert cohort.patients["relapse_event"].tolist() == [True, False]


def test_where_no_event_has_a_time_nobody_has_the_outcome() -> None:
    """The others alone would be a curve without an event."""
    rows = [["A", D, "some day", "2019-06-01"], ["C", D, "later", "2019-06-01"], ["B", D, None, "2019-06-01"]]
    cohort = cd.read_cohort(
        workbook(patients=[["patient_id", "start_date", "relapse_date", "last_follow_up_date"], *rows])
    )
    assert "relapse_event" not in cohort.patients or cohort.patients["relapse_event"].isna().all()


def test_date_cells_whose_day_and_month_a_spreadsheet_exchanged_are_asked_about() -> None:
    """Typed day first: 2 August became 8 February only where it could."""
    content = two_columns([date(2017, 1, 31)] * 6, SWAPPED)
    cohort = cd.read_cohort(content)
    (asked,) = cohort.questions
    assert asked.id == "swapped:patients:last_follow_up_date"
    assert "swapped day and month" in asked.text
    assert cohort.patients["last_follow_up_date"].notna().tolist() == [False, True, False, True, True, False]
    right = [
        date(2018, 2, 8),
        date(2021, 7, 30),
        date(2019, 12, 1),
        date(2020, 12, 25),
        date(2018, 5, 5),
        date(2020, 11, 3),
    ]
    told = cd.read_cohort(content, study=cohort.study.answered({asked.id: asked.options[0]}))
    assert [EPOCH + timedelta(day) for day in told.patients["last_follow_up_date"]] == right
    kept = cd.read_cohort(content, study=cohort.study.answered({asked.id: asked.options[1]}))
    assert EPOCH + timedelta(kept.patients["last_follow_up_date"][0]) == date(2018, 8, 2)


def test_such_cells_are_known_in_an_export_too() -> None:
    rows = "\n".join(f"P{i},2017-01-31,{cell}" for i, cell in enumerate(SWAPPED))
    content = f"id,start_date,last_follow_up_date\n{rows}".encode()
    cohort = cd.read_cohort(content)
    (asked,) = cohort.questions
    assert cohort.patients["last_follow_up_date"].notna().tolist() == [False, True, False, True, True, False]
    told = cd.read_cohort(content, study=cohort.study.answered({asked.id: asked.options[0]}))
    assert EPOCH + timedelta(told.patients["last_follow_up_date"][0]) == date(2018, 2, 8)


@pytest.mark.parametrize(
    "cells",
    [
        [date(2018, 8, 13), "30/07/2021", date(2019, 1, 12)],  # a date cell beyond the 12th
        [date(2018, 8, 2), "03/07/2021", "25/07/2021", date(2019, 1, 12)],  # a text that could have become a date cell
        [date(2018, 8, 2), date(2019, 1, 12), date(2020, 3, 11)],  # no text
        [date(2018, 8, 2), "2021-07-30", date(2019, 1, 12)],
    ],
)
def test_date_cells_beside_others_that_tell_are_read_as_they_stand(cells: list[object]) -> None:
    cohort = cd.read_cohort(two_columns([date(2017, 1, 31)] * len(cells), cells))
    assert cohort.questions == ()
    assert cohort.patients["last_follow_up_date"].notna().all()


@pytest.mark.parametrize(
    ("placeholder", "why"),
    [
        (date(1900, 1, 1), "stands for a date that is not known"),
        (date(9999, 12, 31), "stands for a date that is not known"),
        ("1899-12-30", "stands for a date that is not known"),
        ("01.01.1970", "stands for a date that is not known"),
        ("31.12.2999", "stands for a date that is not known"),
        (date.today() + timedelta(40), "in the future"),
        ("2098-05-06", "in the future"),
        ("1850-03-04", "before 1900"),
    ],
)
def test_what_can_be_no_date_of_a_patient_is_missing_and_said_once(placeholder: object, why: str) -> None:
    start = [D + timedelta(40 * i) for i in range(8)]
    cohort = cd.read_cohort(two_columns(start, [placeholder, *[date(2022, 5, 20 + i) for i in range(6)], placeholder]))
    assert cohort.patients["follow_up_days"].isna().tolist() == [True, *[False] * 6, True]
    (said,) = errors(cohort)
    assert said.startswith("2 × ")
    assert why in said


def test_a_date_before_birth_is_missing_and_the_birth_itself_is_not_kept() -> None:
    header = "patient_id,Geburtsdatum,start_date\n"
    rows = "A,1980-05-06,2018-03-01\nB,1991-02-03,1989-03-01\nC,1975-01-30,2019-03-01\n"
    cohort = cd.read_cohort((header + rows).encode())
    assert cohort.patients["start_date"].isna().tolist() == [False, True, False]
    assert "1 × a date before the patient's birth" in errors(cohort)
    assert not {"Geburtsdatum"} & set(cohort.patients)
    assert "1991" not in repr(cohort.faults) + repr(cohort.questions) + cohort.patients.to_csv()


def test_a_birth_date_that_can_be_read_in_two_ways_is_not_asked_about() -> None:
    rows = "A,05/06/1980,2018-03-01\nB,02/03/1991,2019-03-01\n"
    cohort = cd.read_cohort(("patient_id,dob,start_date\n" + rows).encode())
    assert cohort.questions == ()
    assert cohort.patients["start_date"].notna().all()


def test_start_and_end_that_are_exchanged_are_asked_about() -> None:
    early, late = [date(2018, 3, 1 + i) for i in range(5)], [date(2020, 3, 20 + i) for i in range(5)]
    content = two_columns([*late, D], [*early, date(2019, 1, 31)])
    cohort = cd.read_cohort(content)
    (asked,) = cohort.questions
    assert asked.id == "exchanged:patients:last_follow_up_date"
    assert "5 of 6 patients" in asked.text
    assert cohort.patients["follow_up_days"].isna().tolist() == [True] * 5 + [False]
    told = cd.read_cohort(content, study=cohort.study.answered({asked.id: asked.options[0]}))
    assert (told.patients["follow_up_days"][:5] > 700).all()
    kept = cd.read_cohort(content, study=cohort.study.answered({asked.id: asked.options[1]}))
    assert kept.questions == ()
    assert sum("before the start" in found for found in errors(kept)) == 5


@pytest.mark.parametrize("since_1904", [False, True])
def test_a_workbook_of_either_date_system_holds_the_same_dates(since_1904: bool) -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "date_1904": since_1904}) as book:
        sheet, day = book.add_worksheet("patients"), book.add_format({"num_format": "yyyy-mm-dd"})
        for place, title in enumerate(("patient_id", "start_date")):
            sheet.write(0, place, title)
        sheet.write(1, 0, "A")
        sheet.write_datetime(1, 1, datetime(2018, 3, 1), day)
    cohort = cd.read_cohort(content.getvalue())
    assert EPOCH + timedelta(cohort.patients["start_date"][0]) == D


def test_the_time_of_day_is_left_out_so_that_day_168_is_day_168() -> None:
    content = two_columns([datetime(2018, 3, 1, 23, 0)], [datetime(2018, 8, 16, 1, 0)])
    cohort = cd.read_cohort(content)
    pd.testing.assert_series_equal(cohort.patients["follow_up_days"], pd.Series([168.0]), check_names=False)


@pytest.mark.parametrize(("answer", "month", "day"), [("1 July", 7, 1), ("1 January", 1, 1), ("31 December", 12, 31)])
def test_years_alone_are_read_as_the_day_that_the_reader_says(answer: str, month: int, day: int) -> None:
    rows = [f"P{n},2018-01-01,{year},2023-01-01" for n, year in enumerate((2019, 2020, ""))]
    lines = ["id,start_date,relapse_year,last follow up", *rows]
    content = "\n".join(lines).encode()
    opened = cd.open_cohort(content, "x.csv")
    (question,) = opened.questions
    assert question.id == "years:patients:relapse_year"
    assert opened.cohort is not None
    assert [one.n for one in opened.cohort.outcomes.values()] in ([], [0])
    whole = cd.open_cohort(content, "x.csv", opened.study.answered({question.id: answer})).cohort
    assert whole is not None
    days = [(date(year, month, day) - date(2018, 1, 1)).days for year in (2019, 2020)]
    assert whole.patients["relapse_months"].tolist()[:2] == pytest.approx([one / 30.4375 for one in days])
    assert whole.patients["relapse_event"].tolist() == [True, True, False]
