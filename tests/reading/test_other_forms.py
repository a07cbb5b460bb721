"""Dates and numbers in forms that a clinic writes and others do not: months in digits, quarters, the Buddhist calendar, `~5`;
a yes with its date; a table whose rows are numbered and no more."""

from __future__ import annotations

from dataclasses import replace

import pytest

import cdanalysis as cd
from cdanalysis.cohort import Cohort
from cdanalysis.reading.cells.numbers.number_texts import ABOUT, plain_number
from cdanalysis.reading.dates.none import is_placeholder
from cdanalysis.reading.dates.rewritten import is_of_other_form

N = 12
HAD = [place % 3 == 0 for place in range(N)]


def read(header: str, *columns: list[object], answers: tuple[str, ...] = ()) -> Cohort:
    """N patients with these columns behind their id; answers: to whatever is asked, those of them that are offered."""
    lines = [",".join([f"P{place}", *(str(column[place]) for column in columns)]) for place in range(N)]
    content = "\n".join([f"patient_id,{header}", *lines]).encode()
    found = cd.read_cohort(content, file_name="own.csv")
    while given := {
        one.id: next(a for a in answers if a in one.options)
        for one in found.questions
        if set(answers) & set(one.options)
    }:
        study = replace(found.study, answers=tuple({**dict(found.study.answers), **given}.items()))
        found = cd.read_cohort(content, file_name="own.csv", study=study)
    return found


def months(found: Cohort) -> list[float]:
    """Months to relapse of those who had one."""
    return found.patients.loc[found.patients["relapse_event"] == True, "relapse_months"].tolist()  # noqa: E712


def dated(start: str, had: str, last: str, **more: object) -> Cohort:
    columns = [start] * N, [had if one else "" for one in HAD], [last] * N
    return read("Start date,Relapse date,Last follow-up date", *map(list, columns), **more)  # type: ignore[arg-type]


DAYS = 30.4375


def test_months_in_digits_are_dates_without_a_day() -> None:
    found = dated("201401", "201602", "201812", answers=("the 15th",))
    assert found.outcomes["relapse"].n_events == sum(HAD)
    assert months(found) == pytest.approx([761 / DAYS] * sum(HAD))  # 15 January 2014 to 15 February 2016
    assert dated("201401", "201602", "201812").outcomes["relapse"].n_events == 0
    assert {one.column for one in dated("201401", "201602", "201812").questions} >= {"Start date", "Relapse date"}


def test_six_digits_that_are_days_stay_days() -> None:
    starts = [f"{2 * place + 3:02d}0114" for place in range(N)]
    had = ["200216" if one else "" for one in HAD]
    found = read(
        "Start date,Relapse date,Last follow-up date", starts, had, ["311218"] * N, answers=("day/month/year",)
    )
    wanted = [
        778 - 2 * place for place, one in enumerate(HAD) if one
    ]  # from 3, 5, 7 ... January 2014 to 20 February 2016
    assert months(found) == pytest.approx([days / DAYS for days in wanted])


@pytest.mark.parametrize(("start", "had", "last"), [
    ("Q1 2014", "Q2 2016", "Q4 2018"), ("2014Q1", "2016Q2", "2018Q4"), ("2014-Q1", "2016-Q2", "2018-Q4"),
    ("1. Quartal 2014", "2. Quartal 2016", "4. Quartal 2018"), ("2014年第1季度", "2016年第2季度", "2018年第4季度"),
])  # fmt: skip
def test_quarters_are_read_as_their_middle_month_and_that_is_said(start: str, had: str, last: str) -> None:
    found = dated(start, had, last, answers=("the 15th",))
    assert months(found) == pytest.approx([820 / DAYS] * sum(HAD))  # 15 February 2014 to 15 May 2016
    assert f"{N} × a quarter, read as its middle month" in {fault.found for fault in found.faults}


def test_years_of_the_buddhist_calendar_are_asked_about_once_a_column() -> None:
    given = "15/01/2557", "20/02/2559", "31/12/2561"
    found = dated(*given, answers=("years of the Buddhist calendar",))
    assert months(found) == pytest.approx([766 / DAYS] * sum(HAD))
    assert [one.column for one in dated(*given).questions] == ["Start date", "Last follow-up date", "Relapse date"]
    assert not is_placeholder("20/02/2559")
    assert is_placeholder("31/12/2999")


@pytest.mark.parametrize(("cell", "is_one"), [
    ("201413", False), ("201400", False), ("189912", False), ("201412", True), (201412, True), (201412.0, True), ("Q5 2014", False),
    ("Q4 2014", True), ("2500-01-01", False), ("2510-01-01", True), ("2590-01-01", True), ("2591-01-01", False), (None, False),
])  # fmt: skip
def test_the_edges_of_these_forms(cell: object, is_one: bool) -> None:
    assert is_of_other_form(cell) is is_one  # type: ignore[arg-type]


def test_a_form_that_not_every_cell_has_is_none_of_the_column() -> None:
    columns = [["201401"] * (N - 1) + ["2014-01-20"], ["2018-12-15"] * N]
    found = read("Start date,Last follow-up date", *columns)
    assert found.patients["start_date"].notna().sum() == 1


@pytest.mark.parametrize(
    "text", ["~5", "≈ 5", "ca. 5", "ca 5", "circa 5", "approx. 5", "about 5", "etwa 5", "约5", "5 (approx)", "5左右"]
)
def test_a_number_that_is_said_to_be_about_that(text: str) -> None:
    assert plain_number(text) == (5.0, ABOUT)


@pytest.mark.parametrize("text", ["approx", "cat 5", "around", "carried 5", "~"])
def test_a_word_that_is_none(text: str) -> None:
    assert plain_number(text) == (None, "")


def test_the_date_behind_a_yes_is_the_date_of_the_event() -> None:
    cells = [f"yes (2016-02-{10 + place})" if had else "no" for place, had in enumerate(HAD)]
    found = read("Start date,Relapse,Last follow-up date", ["2014-01-15"] * N, cells, ["2018-12-31"] * N)
    assert found.outcomes["relapse"].n_events == sum(HAD)
    assert months(found) == pytest.approx([(756 + place) / DAYS for place, had in enumerate(HAD) if had])
    assert any("the rest in a column Relapse date" in fault.found for fault in found.faults)


@pytest.mark.parametrize("odd", ["no (2017-03-01)", "yes (flare)", "yes (2016)"])
def test_a_remark_that_is_not_the_date_of_a_yes_stays_a_remark(odd: str) -> None:
    cells = [odd if place == 0 else "yes (flare)" if had else "no" for place, had in enumerate(HAD)]
    found = read("relapse_months,Relapse", [5] * N, cells)
    assert "Relapse date" not in found.patients
    assert "Relapse, remark" in found.patients


def numbered(header: str, numbers: list[object]) -> Cohort:
    lines = [
        f"{number},{3 + place},{5 + place},{int(had)}"
        for place, (number, had) in enumerate(zip(numbers, HAD, strict=True))
    ]
    return cd.read_cohort("\n".join([f"{header},crp,relapse_months,relapse", *lines]).encode(), file_name="own.csv")


@pytest.mark.parametrize("header", ["No", "No.", "Nr.", "#", "S.No", "Sr. No.", "№", "Pacjent"])
def test_numbers_of_the_rows_are_the_patients_where_nothing_else_is(header: str) -> None:
    found = numbered(header, list(range(1, N + 1)))
    assert found.patients["patient_id"].tolist() == [str(number) for number in range(1, N + 1)]
    assert found.outcomes["relapse"].n_events == sum(HAD)
    assert not found.questions
    assert any("numbers the rows, and each is read as one patient" in fault.found for fault in found.faults)


@pytest.mark.parametrize("numbers", [[*range(2, N + 2)], [*range(1, N), 1], [*range(1, N), 40]])
def test_other_numbers_are_asked_about(numbers: list[object]) -> None:
    with pytest.raises(cd.CohortError, match="what tells the patients apart"):
        numbered("No", numbers)
