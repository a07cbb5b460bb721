"""A marker that lies ten times apart between two centres, or two sheets, without decimals to tell: asked, once."""

from __future__ import annotations

import pytest
from corpus.builders import table, workbook

from cdanalysis.reading import open_cohort, read_cohort
from cdanalysis.reading.cells.numbers.two_units import HIGHER, LOWER, ONE

LOW = [3, 5, 8, 12, 4, 6, 9, 15, 7, 10]
HIGH = [40, 60, 80, 110, 50, 70, 90, 130, 75, 95]
ID = "two units:patients:CRP"


def of_centres() -> bytes:
    rows = [[f"A{n}", "Ulm", value] for n, value in enumerate(LOW)] + [
        [f"B{n}", "Bern", value] for n, value in enumerate(HIGH)
    ]
    return table([["id", "centre", "CRP"], *rows])


def of_sheets() -> bytes:
    sheets = {
        name: [["id", "CRP"], *([f"{name[:1]}{n}", value] for n, value in enumerate(values))]
        for name, values in (("Ulm", LOW), ("Bern", HIGH))
    }
    return workbook(sheets)


@pytest.mark.parametrize(("content", "name"), [(of_centres(), "x.csv"), (of_sheets(), "x.xlsx")])
def test_which_are_in_another_unit_is_asked(content: bytes, name: str) -> None:
    opened = open_cohort(content, name)
    assert [one.id for one in opened.questions] == [ID]
    assert "values around 7.5 in Ulm and around 77.5 in Bern" in opened.questions[0].text
    assert opened.cohort is not None
    assert opened.cohort.patients["crp_mg_per_l"].isna().all()
    for answer, low, high in ((LOWER, 10, 1), (HIGHER, 1, 0.1), (ONE, 1, 1)):
        cohort = read_cohort(content, file_name=name, study=opened.study.answered({ID: answer}))
        expected = [value * low for value in LOW] + [value * high for value in HIGH]
        assert cohort.patients["crp_mg_per_l"].tolist() == pytest.approx(expected)
        assert not cohort.questions
        assert any("values around" in fault.found or "as answered" in fault.found for fault in cohort.faults)


@pytest.mark.parametrize("high", [[value // 2 for value in HIGH], [3, 5, 8, 12, 4, 60, 90, 150, 70, 100],
                                  [value + 70 for value in LOW]])  # fmt: skip
def test_centres_that_are_not_ten_times_apart_or_overlap_or_spread_otherwise_are_not_asked_about(
    high: list[int],
) -> None:
    rows = [[f"A{n}", "Ulm", value] for n, value in enumerate(LOW)] + [
        [f"B{n}", "Bern", value] for n, value in enumerate(high)
    ]
    cohort = read_cohort(table([["id", "centre", "CRP"], *rows]), file_name="x.csv")
    assert not cohort.questions
    assert cohort.patients["crp_mg_per_l"].notna().all()


def test_a_marker_whose_units_are_not_known_is_only_said() -> None:
    content = of_centres().replace(b"CRP", b"zonulin")
    cohort = read_cohort(content, file_name="x.csv")
    assert not cohort.questions
    assert any("values around 7.5 in Ulm" in fault.found for fault in cohort.faults)
