"""Times whose unit is one letter, before or behind the number, and what says that a time was not reached."""

from __future__ import annotations

import pytest
from corpus.builders import table
from corpus.right_numbers import DAYS, EVENTS, FOLLOWED, IDS, MONTHS, TIMED

import cdanalysis as cd
from cdanalysis.dictionary.outcomes import outcome_spec
from cdanalysis.reading.cells.numbers.quantities import half_a_unit, is_lasting, unit_behind, with_unit

MONTH = 30.4375
SPEC = outcome_spec("relapse_months")


def opened(*columns: tuple[str, list]) -> cd.Opened:
    return cd.open_cohort(
        table([[name for name, _ in columns], *map(list, zip(*(cells for _, cells in columns), strict=True))]), "x.csv"
    )


def sums(cohort: cd.Cohort | None) -> tuple[int, int, float]:
    assert cohort is not None
    found = cd.analyses.survival(cohort, cd.Settings()).endpoint.patients
    return len(found), int(found["event"].sum()), float(found["time_months"].sum())


@pytest.mark.parametrize(
    ("cell", "months"),
    [
        ("w33", 33 * 7 / MONTH),
        ("W 33", 33 * 7 / MONTH),
        ("wk12", 12 * 7 / MONTH),
        ("m8", 8.0),
        ("D952", 952 / MONTH),
        ("day 30", 30 / MONTH),
        ("y2", 24.0),
        ("162w", 162 * 7 / MONTH),
        ("2,5m", 2.5),
        ("3y", 36.0),
    ],
)
def test_a_unit_of_one_letter(cell: str, months: float) -> None:
    assert SPEC is not None
    value, how = with_unit(cell, SPEC, decimal_comma=True)
    assert value == pytest.approx(months)
    assert "with its unit in the cell" in how


@pytest.mark.parametrize("cell", ["p33", "33", "v3", "w", "w3x", "stage 3"])
def test_another_letter_is_no_unit(cell: str) -> None:
    assert unit_behind(cell) == ""


def test_the_sex_behind_an_age_is_no_unit() -> None:
    cohort = opened(
        ("id", IDS), ("age", [f"{30 + n} w" for n in range(12)]), ("time_months", MONTHS), ("relapse", EVENTS)
    ).cohort
    assert cohort is not None
    assert cohort.patients["age_years"].isna().all()


def test_half_a_unit_of_such_a_time() -> None:
    assert half_a_unit("w33") == 3.5
    assert half_a_unit("m8") == pytest.approx(MONTH / 2)
    assert is_lasting("33w")
    assert not is_lasting("33p")


def test_weeks_and_months_by_their_letter() -> None:
    cells = [f"w{days // 7}" if n % 2 else f"m{round(days / MONTH)}" for n, days in enumerate(DAYS)]
    months = sum(days // 7 * 7 / MONTH if n % 2 else round(days / MONTH) for n, days in enumerate(DAYS))
    found = opened(("id", IDS), ("Relapse", EVENTS), ("Time to relapse", cells))
    assert found.questions == ()
    assert sums(found.cohort) == (12, 5, pytest.approx(months))


@pytest.mark.parametrize("word", ["NR", "not reached", "Not yet", "N.R."])
def test_a_time_that_was_not_reached_is_the_follow_up(word: str) -> None:
    times = [word if one is None else one for one in TIMED]
    found = opened(("id", IDS), ("progression", EVENTS), ("TTP (months)", times), ("FU (months)", FOLLOWED))
    assert found.questions == ()
    assert sums(found.cohort) == (12, 5, pytest.approx(sum(one if one else 900 / MONTH for one in TIMED)))
