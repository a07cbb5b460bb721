"""Number formats, at the numbers where they change."""

from __future__ import annotations

from math import inf, nan

import pytest

from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.writing.nouns import free_survival, plural
from cdanalysis.writing.numbers import (
    adjusted,
    confidence,
    count,
    hazard_ratio,
    hazard_ratio_with_p,
    listed,
    months,
    not_entered,
    p_phrase,
    p_value,
    patients_and_events,
    percent,
    percentage_with_interval,
    ratio,
    sentence,
)


@pytest.mark.parametrize(
    ("p", "text", "phrase"),
    [
        (0.0, "<0.001", "P < 0.001"),
        (0.00099999, "<0.001", "P < 0.001"),
        (0.001, "0.001", "P = 0.001"),
        (0.0014, "0.001", "P = 0.001"),
        (0.027, "0.027", "P = 0.027"),
        (0.04996, "0.050", "P = 0.050"),
        (0.2, "0.200", "P = 0.200"),
        (0.999, "0.999", "P = 0.999"),
        (0.9990001, ">0.999", "P > 0.999"),
        (1.0, ">0.999", "P > 0.999"),
        (nan, "not defined", "P not defined"),
        (NotEstimable("one group only"), "not estimable: one group only", "P not estimable: one group only"),
    ],
)
def test_p_values(p: float | NotEstimable, text: str, phrase: str) -> None:
    assert p_value(p) == text
    assert p_phrase(p) == phrase
    assert "= <" not in phrase


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (4.724, "4.72"),
        (0.0, "0.00"),
        (1.0, "1.00"),
        (0.01, "0.01"),
        (0.0099, "0.010"),
        (0.001, "0.001"),
        (0.00099, "9.9×10⁻⁴"),
        (3.2e-5, "3.2×10⁻⁵"),
        (999.99, "999.99"),
        (999.996, "1,000"),
        (23456.4, "23,456"),
        (999_999.4, "999,999"),
        (1_000_000.0, "1.0×10⁶"),
        (9.96e8, "1.0×10⁹"),
        (5e-324, "4.9×10⁻³²⁴"),
        (inf, "∞"),
        (nan, "not defined"),
    ],
)
def test_ratios_stay_readable(value: float, text: str) -> None:
    assert ratio(value) == text


@pytest.mark.parametrize(
    ("estimate", "text"),
    [
        (Estimate(4.72, 1.19, 18.75), "4.72 (1.19-18.75)"),
        (Estimate(0.41, 0.2, 0.84), "0.41 (0.20-0.84)"),
        (Estimate(2.0, 0.005, 1234.5), "2.00 (0.005-1,234)"),
        (Estimate(2.3e7, 3.2e-5, 1.4e19), "2.3×10⁷ (3.2×10⁻⁵ to 1.4×10¹⁹)"),
        (Estimate(2.0, 0.5, nan), "2.00 (0.50 to not defined)"),
        (NotEstimable("no relapse in one group."), "not estimable: no relapse in one group"),
    ],
)
def test_hazard_ratios(estimate: Estimate | NotEstimable, text: str) -> None:
    assert hazard_ratio(estimate) == text


def test_a_hazard_ratio_with_its_p() -> None:
    assert hazard_ratio_with_p(Estimate(4.72, 1.19, 18.75), 0.027) == "4.72 (1.19-18.75), P = 0.027"
    assert hazard_ratio_with_p(NotEstimable("no event"), nan) == "not estimable: no event"


def test_the_adjusted_hazard_ratio_says_when_it_was_screened_out() -> None:
    assert adjusted(None, nan, 0.2) == "not entered (log-rank P ≥ 0.2)"
    assert adjusted(None, nan, 0.05) == "not entered (log-rank P ≥ 0.05)"
    assert adjusted(Estimate(5.32, 1.4, 20.14), 0.014, 0.2) == "5.32 (1.40-20.14), P = 0.014"
    assert adjusted(NotEstimable("no event"), nan, 0.2) == "not estimable: no event"
    assert not_entered(0.2, NotEstimable("one group")) == "not entered (log-rank P not estimable)"


@pytest.mark.parametrize(
    ("n", "total", "text"),
    [
        (43, 61, "70.5% (43/61)"),
        (0, 5, "0.0% (0/5)"),
        (5, 5, "100.0% (5/5)"),
        (0, 0, "not estimable: no patients"),
    ],
)
def test_percent_comes_with_its_count(n: int, total: int, text: str) -> None:
    assert percent(n, total) == text


def test_a_survival_with_its_interval() -> None:
    assert percentage_with_interval(Estimate(0.851, 0.7535, 0.9128)) == "85.1% (75.3-91.3)"
    assert percentage_with_interval(Estimate(1.0, 1.0, 1.0)) == "100.0% (100.0-100.0)"
    assert percentage_with_interval(Estimate(0.5, nan, nan)) == "50.0%"
    assert percentage_with_interval(NotEstimable("nobody")) == "not estimable: nobody"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (33.44, "33.4 months"),
        (1.0, "1.0 months"),
        (nan, "not reached"),
        (Estimate(74.7, 39.6, 109.9), "74.7 months (39.6-109.9)"),
        (Estimate(74.7, 50.6, nan), "74.7 months (50.6-not reached)"),
        (Estimate(nan, 50.6, nan), "not reached (50.6-not reached)"),
        (Estimate(nan, nan, nan), "not reached"),
        (NotEstimable("no patients"), "not estimable: no patients"),
    ],
)
def test_months(value: float | Estimate | NotEstimable, text: str) -> None:
    assert months(value) == text


@pytest.mark.parametrize(
    ("n", "noun", "text"),
    [
        (0, "patient", "0 patients"),
        (1, "patient", "1 patient"),
        (2, "patient", "2 patients"),
        (1204, "patient", "1,204 patients"),
        (1, "surgery", "1 surgery"),
        (2, "surgery", "2 surgeries"),
        (2, "day", "2 days"),
        (2, "abscess", "2 abscesses"),
        (3, "relapse", "3 relapses"),
    ],
)
def test_counts(n: int, noun: str, text: str) -> None:
    assert count(n, noun) == text


def test_small_parts() -> None:
    assert patients_and_events(1, 1, "relapse") == "1 patient, 1 relapse"
    assert patients_and_events(52, 0, "hospitalization") == "52 patients, 0 hospitalizations"
    assert [confidence(level) for level in (0.95, 0.9, 0.999)] == ["95% CI", "90% CI", "99.9% CI"]
    assert [listed(list(letters)) for letters in ("", "a", "ab", "abc")] == ["", "a", "a and b", "a, b and c"]
    assert sentence("no event below the cut-off") == "No event below the cut-off."
    assert sentence("Said already.") == "Said already."
    assert sentence("") == ""


@pytest.mark.parametrize(
    ("noun", "several"),
    [
        ("surgery", "surgeries"),
        ("abscess", "abscesses"),
        ("loss of response", "losses of response"),
        ("death from any cause", "deaths from any cause"),
        ("return to work", "returns to work"),
        ("recurrence or death", "recurrences or deaths"),
        ("often relapse", "often relapses"),
    ],
)
def test_the_plural_of_a_noun_is_that_of_what_it_is_and_not_of_its_last_word(noun: str, several: str) -> None:
    assert plural(noun) == several
    assert count(2, noun) == f"2 {several}"
    assert count(1, noun) == f"1 {noun}"


def test_a_phrase_is_not_what_one_is_so_free_of() -> None:
    assert free_survival("relapse") == "relapse-free survival"
    assert free_survival("adverse event") == "adverse event-free survival"
    assert free_survival("loss of response") == "survival free of loss of response"
    assert free_survival("recurrence or death") == "survival free of recurrence or death"
