"""`30114` for 030114 beside `121114`: a 0 that a spreadsheet took away, put back where the column proves it, and said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from corpus.builders import table, workbook

from cdanalysis.reading import read_cohort
from cdanalysis.reading.dates.leading_zero import WITHOUT_0

STARTS = [date(2014, 1, 3) + timedelta(days=37 * n) for n in range(12)]
TIMES = [90 + 41 * n for n in range(12)]
FORMS = {"%d%m%y": "day/month/year", "%m%d%y": "month/day/year"}


def rows(form: str, *, as_number: bool) -> list[list[object]]:
    def written(day: date) -> object:
        return int(day.strftime(form)) if as_number else str(int(day.strftime(form)))

    head: list[object] = ["id", "CRP (mg/L)", "start date", "relapse", "date of relapse or last visit"]
    days = zip(STARTS, (start + timedelta(days=time) for start, time in zip(STARTS, TIMES, strict=True)), strict=True)
    return [head, *([f"P{n}", 3 + n, written(one), n % 2, written(end)] for n, (one, end) in enumerate(days))]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("as_number", [True, False])
def test_the_0_is_put_back(form: str, *, as_number: bool) -> None:
    made = rows(form, as_number=as_number)
    content = workbook({"patients": made}) if as_number else table(made)
    cohort = read_cohort(content, file_name="x.xlsx" if as_number else "x.csv")
    assert not cohort.questions
    assert [round(months * 30.4375) for months in cohort.patients["relapse_months"]] == TIMES
    n_short = sum(len(str(row[2])) == 5 for row in made)
    assert [fault.found for fault in cohort.faults if fault.column == "start_date" and WITHOUT_0 in fault.found] == [
        f"{n_short} × {WITHOUT_0}"
    ]
    assert any(f"read as {FORMS[form]}" in fault.found for fault in cohort.faults)


def test_what_excel_counts_stays_what_it_is() -> None:
    serials = [str(41642 + 37 * n) for n in range(12)]
    cells = [[f"P{n}", 3 + n, serial] for n, serial in enumerate(serials)]
    cohort = read_cohort(table([["id", "crp", "start_date"], *cells, ["P12", 4, "121114"], ["P13", 4, "311214"]]))
    assert not any(WITHOUT_0 in fault.found for fault in cohort.faults)
    assert any("Excel's serial numbers" in fault.found for fault in cohort.faults)


def test_the_order_that_several_allow_is_asked() -> None:
    days = ["30114", "121114", "050614", "70814", "101214"]
    cohort = read_cohort(table([["id", "crp", "start_date"], *([f"P{n}", 3 + n, day] for n, day in enumerate(days))]))
    assert [one.id.split(":")[0] for one in cohort.questions] == ["dates"]
