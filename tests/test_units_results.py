"""Units and the values that every analysis returns."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from cdanalysis.errors import CohortError
from cdanalysis.results import Estimate, Exclusion, Fault, NotEstimable, z_value
from cdanalysis.units import (
    DAYS_PER_MONTH,
    days_to_months,
    days_to_weeks,
    months_to_days,
    weeks_to_days,
)


def test_week_24_is_day_168_and_5_5195_months() -> None:
    assert weeks_to_days(24) == 168
    assert round(days_to_months(168), 4) == 5.5195


def test_twelve_months_are_a_year_of_365_25_days() -> None:
    assert DAYS_PER_MONTH == 30.4375
    assert months_to_days(12) == 365.25


@pytest.mark.parametrize("value", [0.0, 1.0, 8.0, 12.0, 60.0, 0.1])
def test_there_and_back(value: float) -> None:
    assert days_to_months(months_to_days(value)) == pytest.approx(value, abs=1e-12)
    assert days_to_weeks(weeks_to_days(value)) == pytest.approx(value, abs=1e-12)


@pytest.mark.parametrize(
    ("conf_level", "z"), [(0.95, 1.959963984540054), (0.90, 1.6448536269514722), (0.99, 2.5758293035489004)]
)
def test_z_is_the_exact_normal_quantile(conf_level: float, z: float) -> None:
    assert z_value(conf_level) == pytest.approx(z, abs=1e-12)


@pytest.mark.parametrize(
    ("value", "field"),
    [
        (Estimate(1.0, 0.5, 2.0), "value"),
        (NotEstimable("no event"), "reason"),
        (Fault("patients", 3, "crp", "low", "a number"), "found"),
        (Exclusion("CRP not measured", 3), "n"),
    ],
)
def test_results_are_frozen_and_equal_by_value(value: object, field: str) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(value, field, getattr(value, field))
    assert type(value)(**vars(value)) == value


def test_a_fault_is_an_error_unless_told() -> None:
    assert Fault("patients", None, "crp", "low", "a number").severity == "error"


def test_a_cohort_error_is_its_sentence() -> None:
    assert str(CohortError("The file is empty.")) == "The file is empty."
