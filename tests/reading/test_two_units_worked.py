"""Two heaps of values a conversion apart, each bound at its very value; conversions from molar masses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from cdanalysis.reading.cells.cells import OtherUnitError
from cdanalysis.reading.cells.numbers.two_units import (
    CONVERT,
    HIGHER,
    LEFT_OUT,
    LOWER,
    ONE,
    _decimals,
    _heaps,
    convert,
    of_header,
    with_one_unit,
)
from cdanalysis.reading.questions import Asking, question_id

LOW = [10.0, 11.0, 12.0, 13.0, 14.0]
HIGH = [1000.0, 1100.0, 1200.0, 1300.0, 1400.0]
FOUND = (14.0, 100.0, (5, 12.0), (5, 1200.0))


def heaps(*values: float, factor: float = 100.0) -> object:
    return _heaps(np.array(values), (factor,))


def answered(answer: str) -> Asking:
    return Asking({question_id("two units", "patients", "X"): answer})


def test_the_border_is_the_largest_of_the_lower_heap_and_each_has_its_middle() -> None:
    assert heaps(*LOW, *HIGH) == FOUND
    assert heaps(*HIGH, 0.0, np.nan, *LOW, -3.0) == FOUND  # the unknown and the impossible are of no heap
    assert _heaps(np.array([*LOW, *HIGH]), (5.0, 100.0)) == FOUND  # the factor that fits, not the first
    assert heaps(*LOW, *HIGH[:4]) is None  # nine values
    assert heaps(*LOW, *HIGH[:4], 0.0) is None


@pytest.mark.parametrize(("times", "is_near"), [(1.6, True), (1.61, False), (0.625, True), (0.62, False), (1.0, True)])
def test_the_middles_lie_within_1_6_times_of_the_factor(times: float, *, is_near: bool) -> None:
    assert (heaps(*LOW, *(one * times for one in HIGH)) is not None) is is_near


def test_the_gap_is_at_least_the_root_of_the_factor() -> None:
    low = (10.0, 20.0, 30.0, 40.0, 50.0)
    assert heaps(*low, 500.0, 1000.0, 2000.0, 2500.0, 3000.0) == (50.0, 100.0, (5, 30.0), (5, 2000.0))
    assert heaps(*low, 499.0, 1000.0, 2000.0, 2500.0, 3000.0) is None  # 9.98 times


@pytest.mark.parametrize(("n", "are_two"), [(27, True), (28, False)])
def test_each_heap_holds_a_tenth(n: int, *, are_two: bool) -> None:
    many = np.linspace(10, 14, n)
    assert (heaps(*many, 1100.0, 1200.0, 1300.0) is not None) is are_two
    assert (heaps(11.0, 12.0, 13.0, *(100 * many)) is not None) is are_two


def test_each_heap_is_of_three_different_values() -> None:
    assert heaps(*LOW, 1000.0, 1200.0, 1300.0, 1300.0, 1200.0) is not None
    assert heaps(*LOW, 1000.0, 1200.0, 1200.0, 1200.0, 1000.0) is None
    assert heaps(10.0, 12.0, 12.0, 12.0, 10.0, *HIGH) is None


def test_ten_times_apart_the_lower_ones_have_more_decimals() -> None:
    low, high = (3.1, 3.2, 3.3, 3.4, 3.5), (31.0, 32.0, 33.0, 34.0, 35.0)
    assert heaps(*low, *high, factor=10.0) == (3.5, 10.0, (5, 3.3), (5, 33.0))
    assert heaps(3.0, 4.0, 5.0, 6.0, 7.0, 30.0, 40.0, 50.0, 60.0, 70.0, factor=10.0) is None  # ill and well
    assert heaps(*low, *(one + 0.5 for one in high), factor=10.0) is None  # a decimal in both
    assert [_decimals(one) for one in (12.0, 12.5, 0.25, 0.125, 100.0, 1 / 3)] == [0, 1, 2, 3, 0, 4]


@pytest.mark.parametrize(
    ("answer", "low", "high"),
    [(LOWER, 100.0, 1.0), (HIGHER, 1.0, 0.01), (ONE, 1.0, 1.0)],
)
def test_the_answer_says_which_heap_is_converted(answer: str, low: float, high: float) -> None:
    values = [None, *LOW, *HIGH, 0.0]
    found = with_one_unit(values, (100.0,), answered(answer).about("patients", "X"))
    assert list(found) == [None, *(low * one for one in LOW), *(one * high for one in HIGH), 0.0]


def test_nothing_is_used_until_it_is_answered_and_nothing_asked_without_a_factor() -> None:
    asking = Asking()
    values = [None, *LOW, *HIGH]
    assert with_one_unit(values, (), asking.about("patients", "X")) is values
    assert with_one_unit(values, (7.0,), asking.about("patients", "X")) is values
    assert not asking.questions
    assert with_one_unit(values, (100.0,), asking.about("patients", "X")) == [None] * 11
    (asked,) = asking.questions
    assert asked.text == (
        "X: 5 × around 12 and 5 × around 1.2e+03, about 100 times apart, as two of its units are. Are some in another unit?"
    )
    assert asked.options == (LOWER, HIGHER, ONE)


def other(written: float) -> OtherUnitError:
    return OtherUnitError("impossible", "g/dL", written, 10 * written)


def cells(n_read: int, *written: float) -> tuple[dict[Any, object], dict[Any, Any], Mapping[Any, int]]:
    """One different value that stands n_read times, and others that only g/dL allows, each once."""
    known: dict[Any, object] = {"read": 40.0, **dict.fromkeys(written)}
    return known, {one: other(one) for one in written}, {"read": n_read} | dict.fromkeys(written, 1)


@pytest.mark.parametrize(
    ("n_read", "written", "is_asked"),
    [
        (27, (3.1, 3.2, 3.3), True),  # a tenth of thirty
        (28, (3.1, 3.2, 3.3), False),
        (5, (3.1, 3.2), False),  # two are slips
        (1, (3.1, 3.2, 3.3), True),
        (5, (3.1, 3.2, 999.0), False),  # a code of what is missing is in no unit
        (5, (), False),
    ],
)
def test_asked_of_three_values_and_a_tenth(n_read: int, written: tuple[float, ...], *, is_asked: bool) -> None:
    asking = Asking()
    known, refused, counted = cells(n_read, *written)
    convert(known, refused, counted, asking.about("patients", "X"))
    assert bool(asking.questions) is is_asked
    assert len(refused) == len(written)
    assert not any(known[one] for one in written)


def test_a_column_of_nothing_else_is_in_that_unit_altogether() -> None:
    asking = Asking()
    known, refused, counted = cells(0, 3.1, 3.2, 3.3)
    known["read"] = None
    convert(known, refused, counted, asking.about("patients", "X"))
    assert not asking.questions


def test_what_is_answered_becomes_known() -> None:
    known, refused, counted = cells(9, 3.1, 3.2, 3.3, 999.0)
    refused["text"], known["text"] = ValueError("text"), None
    convert(known, refused, {**counted, "text": 1}, answered(CONVERT).about("patients", "X"))
    assert known == {"read": 40.0, 3.1: 31.0, 3.2: 32.0, 3.3: 33.0, 999.0: None, "text": None}
    assert list(refused) == [999.0, "text"]
    known, refused, counted = cells(9, 3.1, 3.2, 3.3)
    convert(known, refused, counted, answered(LEFT_OUT).about("patients", "X"))
    assert list(refused) == [3.1, 3.2, 3.3]


def test_the_question_counts_cells_and_shows_the_first() -> None:
    asking = Asking()
    known, refused, counted = cells(9, 3.1, 3.2)
    convert(known, refused, {**counted, 3.2: 4}, asking.about("patients", "X"))
    (asked,) = asking.questions
    assert asked.text == "X: 5 × a value such as 3.1, beside others too far off for that. Are these in g/dL?"


@pytest.mark.parametrize(
    ("header", "factor"),
    [
        ("Serum creatinine", 10_000 / 113.12),  # mg/dL to µmol/L by the molar mass
        ("fasting glucose", 180.16 / 10),  # mmol/L to mg/dL
        ("bilirubin", 10_000 / 584.66),
        ("LDL", 386.65 / 10),
        ("triglycerides", 885.7 / 10),
        ("calcium", 40.08 / 10),
        ("urate", 10_000 / 168.11),
        ("phosphate", 30.97 / 10),
        ("iron", 55.85 / 10),  # µmol/L to µg/dL
        ("albumin", 10.0),
        ("PLT", 1000.0),
        ("height", 100.0),
    ],
)
def test_units_of_a_substance_lie_apart_by_its_molar_mass(header: str, factor: float) -> None:
    assert of_header(header) == pytest.approx((factor,), rel=5e-4)


def test_of_urea_its_nitrogen_may_be_meant_and_of_another_word_nothing() -> None:
    assert of_header("BUN") == pytest.approx((60.06 / 10, 28.014 / 10), rel=5e-4)
    assert of_header("age") == ()
