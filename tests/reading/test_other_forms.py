"""Dates and numbers in forms that a clinic writes and others do not: months in digits, quarters, the Buddhist calendar, `~5`;
a yes with its date; a table whose rows are numbered and no more."""

from __future__ import annotations

from dataclasses import replace

import pytest

import cdanalysis as cd
from cdanalysis.cohort import Cohort
from cdanalysis.reading.cells.numbers.number_texts import plain_number

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


@pytest.mark.parametrize("text", ["approx", "cat 5", "around", "carried 5", "~"])
def test_a_word_that_is_none(text: str) -> None:
    assert plain_number(text) == (None, "")


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
