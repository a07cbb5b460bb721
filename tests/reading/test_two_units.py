"""A part of a column in another unit: asked once, and converted as answered; a column of one unit asks nothing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from corpus.builders import table

from cdanalysis.reading import open_cohort
from cdanalysis.reading.opening import Opened

N = 24


def opened(header: str, cells: Sequence[object], answer: str = "") -> Opened:
    rows = [["id", header, "relapse", "relapse_months"]]
    rows += [[f"P{n}", str(cell), str(n % 2), str(6 + n)] for n, cell in enumerate(cells)]
    found = open_cohort(table(rows), "x.csv")
    if not answer:
        return found
    (asked,) = found.questions
    return open_cohort(table(rows), "x.csv", study=found.study.answered({asked.id: answer}))


def values(found: Opened, column: str) -> list[float | None]:
    assert found.cohort is not None
    return [None if np.isnan(one) else round(float(one), 6) for one in found.cohort.patients[column]]


CRP = [30 + 3 * n for n in range(N)]
PART = [one if n % 2 else one / 10 for n, one in enumerate(CRP)]


def test_two_heaps_of_a_marker_ten_times_apart() -> None:
    asked = opened("CRP (mg/L)", PART)
    assert [one.id for one in asked.questions] == ["two units:patients:CRP (mg/L)"]
    assert values(asked, "crp_mg_per_l") == [None] * N
    assert values(opened("CRP (mg/L)", PART, "the lower ones are: multiply them"), "crp_mg_per_l") == CRP
    divided = opened("CRP (mg/L)", PART, "the higher ones are: divide them")
    assert values(divided, "crp_mg_per_l") == [round(one / 10, 6) for one in CRP]
    assert values(opened("CRP (mg/L)", PART, "all are in one unit"), "crp_mg_per_l") == PART


def test_values_that_another_unit_alone_allows() -> None:
    albumin = [30 + n % 15 for n in range(N)]
    grams = [one if n % 2 else one / 10 for n, one in enumerate(albumin)]
    for header, scale in (("albumin (g/L)", 1), ("albumin (g/dL)", 1)):
        found = opened(header, grams)
        left = values(found, "albumin_g_per_l")
        assert left[0 if header == "albumin (g/L)" else 1] is None
        assert values(opened(header, grams, "convert them"), "albumin_g_per_l") == [one * scale for one in albumin]


def test_a_further_column_by_its_name() -> None:
    creatinine = [one if n % 3 else round(one / 88.4, 3) for n, one in enumerate(range(60, 60 + N))]
    found = opened("Serum creatinine", creatinine, "the lower ones are: multiply them")
    assert [None if one is None else round(one) for one in values(found, "Serum creatinine")] == list(range(60, 60 + N))


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("CRP (mg/L)", [round(1.35**n, 1) for n in range(N)]),
        ("CRP (mg/L)", ["<5" if n % 2 else 20 + n for n in range(N)]),  # ill and well
        ("CRP (mg/L)", [1 + n % 4 if n % 2 else 25 + n for n in range(N)]),
        ("ferritin", [20 + n if n % 3 else 400 + 9 * n for n in range(N)]),
        ("creatinine", [60 + n if n else 700 for n in range(N)]),
        ("albumin (g/L)", [3.4, *(30 + n % 12 for n in range(N))]),
    ],
)
def test_one_unit_asks_nothing(header: str, cells: list[object]) -> None:
    assert opened(header, cells).questions == ()


A1C = [6.1 + 0.2 * n for n in range(N)]  # percent, from 6.1 to 10.7


def test_haemoglobin_a1c_in_percent_and_in_mmol_per_mol() -> None:
    mixed = [round(one, 1) if n % 3 else round(10.93 * (one - 2.15)) for n, one in enumerate(A1C)]
    asked = opened("HbA1c", mixed)
    assert [one.id for one in asked.questions] == ["two units:patients:HbA1c"]
    assert values(asked, "HbA1c") == [None] * N
    percent = values(opened("HbA1c", mixed, "the higher ones are: divide them"), "HbA1c")
    assert [one for one in percent if one] == pytest.approx(A1C, abs=0.06)
    moles = values(opened("HbA1c", mixed, "the lower ones are: multiply them"), "HbA1c")
    assert [one for one in moles if one] == pytest.approx([10.93 * (one - 2.15) for one in A1C], abs=0.7)


def test_haemoglobin_a1c_in_one_unit_asks_nothing() -> None:
    for cells in (A1C, [round(10.93 * (one - 2.15)) for one in A1C]):
        assert opened("HbA1c", cells).questions == ()


EJECTED = [31 + n for n in range(N)]


def test_percents_that_a_spreadsheet_kept_as_parts_of_one() -> None:
    cells = [one / 100 for one in EJECTED]
    asked = opened("LVEF (%)", cells)
    assert [one.id for one in asked.questions] == ["percent:patients:LVEF (%)"]
    assert values(opened("LVEF (%)", cells, "parts of 1: 0.4 is 40 %"), "LVEF (%)") == EJECTED
    assert values(opened("LVEF (%)", cells, "percent, as they stand"), "LVEF (%)") == cells


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("LVEF (%)", EJECTED),
        ("basophils (%)", [0.1 * (1 + n % 9) for n in range(N)]),
        ("LVEF", [one / 100 for one in EJECTED]),
        ("diabetes (%)", [n % 2 for n in range(N)]),
    ],
)
def test_other_numbers_under_such_a_header_ask_nothing(header: str, cells: list) -> None:
    assert opened(header, cells).questions == ()
