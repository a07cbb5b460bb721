"""Usual codes for missing among numbers, and outcomes that parameters and visits state, each rule at its edge."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from cdanalysis.reading.cells.further import _are_categories
from cdanalysis.reading.cells.numbers import missing_numbers as codes
from cdanalysis.reading.questions import Asking
from cdanalysis.reading.rows.shape import RawSheet
from cdanalysis.reading.sheets.stating import parameters, wide_states
from cdanalysis.units import DAYS_PER_MONTH

ONES = [float(n) for n in range(1, 21)]


def counted(**times: int) -> tuple[np.ndarray, np.ndarray]:
    """Different values and how often each stands there: n9=2, m1 of -1, h05 of 0.5."""
    signs = {"n": 1.0, "m": -1.0, "h": 0.1}
    held = sorted((signs[name[0]] * float(name[1:]), n) for name, n in times.items())
    return np.array([value for value, _ in held]), np.array([n for _, n in held])


@pytest.mark.parametrize(
    ("times", "found"),
    [
        ({"m9": 2, "n1": 3, "n2": 3, "n3": 2}, [-9]), ({"m9": 3, "n1": 3, "n2": 4}, [-9]), ({"m9": 4, "n1": 3, "n2": 3}, []),
        ({"m9": 1, "n1": 9}, [-9]), ({"m3": 1, "m2": 1, "m1": 1, "n1": 20}, [-3, -2, -1]),
        ({"m4": 1, "m3": 1, "m2": 1, "m1": 1, "n1": 20}, []),
    ],
)  # fmt: skip
def test_negative_values_where_nearly_all_are_not(times: dict[str, int], found: list[float]) -> None:
    distinct, n = counted(**times)
    assert distinct[codes._are_negative_codes(distinct, n)].tolist() == found


def test_a_negative_value_with_decimals_is_a_code_where_it_is_repeated() -> None:
    distinct = np.array([-1.5, 1.0])
    assert codes._are_negative_codes(distinct, np.array([1, 9])).tolist() == [False, False]
    assert codes._are_negative_codes(distinct, np.array([2, 9])).tolist() == [True, False]


@pytest.mark.parametrize(
    ("value", "n", "most", "n_all", "is_one"),
    [
        (99, 3, 2, 20, True), (99, 2, 1, 20, False), (99, 3, 3, 20, False), (5, 3, 2, 20, False), (3, 7, 2, 35, True),
        (3, 7, 2, 36, False), (3, 6, 2, 30, False),
    ],
)  # fmt: skip
def test_the_commonest_value(value: float, n: int, most: int, n_all: int, is_one: bool) -> None:
    assert codes._is_commonest(value, n, most, np.array(ONES[:5]), n_all) == is_one


@pytest.mark.parametrize(
    ("value", "others", "apart"),
    [(99, [66], True), (99, [66.1], False), (9, [5, 6], True), (9, [5, 6.1], False), (9, [6], False), (9, [5.5, 6], False),
     (10, [5.5, 6], True)],
)  # fmt: skip
def test_a_value_far_above_everything_else(value: float, others: list[float], apart: bool) -> None:
    assert codes._lies_apart(value, np.array(others, float)) == apart


@pytest.mark.parametrize(
    ("value", "others", "above"),
    [
        (100, [50, 90], True),
        (100, [50, 90.5], False),
        (100, [49, 90], False),
        (99, [0, 80], False),
        (100, [89, 90], True),
    ],
)
def test_a_value_by_a_part_of_the_range_above_the_others(value: float, others: list[float], above: bool) -> None:
    assert codes._is_above(value, np.array(others, float)) == above


@pytest.mark.parametrize(
    ("others", "last", "n", "beyond"),
    [(10, 100, 2, True), (10, 99, 2, False), (10, 100, 1, False), (9, 100, 2, False)],
)
def test_the_highest_value_far_beyond_every_other(others: int, last: float, n: int, beyond: bool) -> None:
    found = codes._lie_beyond(np.array([*ONES[:others], last]), np.array([*[1] * others, n]))
    assert found.tolist() == [*[False] * others, beyond]


@pytest.mark.parametrize(
    ("times", "found"),
    [
        ({"n0": 10, "n1": 7, "n9": 3}, [9]), ({"n0": 10, "n1": 6, "n9": 3}, []), ({"n0": 10, "n9": 1}, []),
        ({"n0": 10, "n1": 10, "n9": 1, "n99": 1}, [9, 99]), ({"n0": 10, "n1": 10}, []), ({"n0": 10, "n1": 10, "n2": 1}, []),
        ({"n0": 20, "n1": 10, "n7": 1, "n8": 1, "n9": 1}, []), ({"n0": 10, "n1": 10, "h5": 1}, [0.5]),
        ({"n0": 10, "n1": 10, "h5": 2}, []), ({"n0": 10, "n1": 10, "n9": 2}, [9]),
    ],
)  # fmt: skip
def test_what_stands_beside_yes_and_no(times: dict[str, int], found: list[float]) -> None:
    assert codes._beside_yes_and_no(*counted(**times)) == found


@pytest.mark.parametrize(
    ("value", "n", "most", "others", "n_all", "out"),
    [
        (5, 4, 9, range(10, 20), 20, True),  # a laboratory's lower limit
        (5, 3, 9, range(10, 20), 20, False), (5, 5, 9, range(10, 20), 24, False), (5.5, 4, 9, range(10, 20), 20, False),
        (5, 4, 9, range(10, 19), 20, False), (0, 4, 9, range(10, 20), 20, False),
        (9, 4, 1, range(1, 21), 24, True), (9, 4, 2, range(1, 21), 24, False), (9, 3, 0, range(1, 21), 24, False),
        (9, 4, 1, range(1, 20), 24, False), (1.9, 4, 1, range(1, 21), 24, False), (9, 4, 1, range(1, 21), 81, False),
        (9, 4, 1, range(1, 21), 80, True),
    ],
)  # fmt: skip
def test_a_code_among_many_measurements(
    value: float, n: int, most: int, others: Sequence[float], n_all: int, out: bool
) -> None:
    assert codes._stands_out(value, n, most, np.array(others, float), np.array([n_all])) == out


@pytest.mark.parametrize(
    ("times", "found"),
    [
        ({"n1": 5, "n2": 5, "n3": 5, "n8": 2}, [8]), ({"n1": 5, "n2": 5, "n3": 5, "n8": 1}, []),
        ({"n1": 5, "n2": 5, "n4": 5, "n8": 2}, []),
        ({"n1": 5, "n2": 5, "n3": 5, "n7": 2}, [7]), ({"n1": 5, "n2": 5, "n3": 5, "n4": 5, "n7": 2}, []),
        ({"n1": 5, "n2": 5, "n3": 5, "n4": 5, "n8": 2}, [8]), ({"n1": 5, "n8": 2}, []), ({"n7": 5, "n8": 2}, []),
    ],
)  # fmt: skip
def test_small_codes_lie_far_above_whole_numbers_in_a_row(times: dict[str, int], found: list[float]) -> None:
    distinct, n = counted(**times)
    rest = ~np.isin(distinct, list(codes.SMALL))
    assert distinct[codes._are_small_codes(distinct, n, rest)].tolist() == found


def test_zeros_where_no_other_value_lies_near() -> None:
    ten = [float(n) for n in range(50, 60)]
    assert codes.suspected_codes(np.array([*ten, 0, 0])) == [0.0]
    assert codes.suspected_codes(np.array([*ten, 0])) == []
    assert codes.suspected_codes(np.array([*ten, 0, 0, 0])) == []  # more than a fifth of all
    assert codes.suspected_codes(np.array([*ten[:9], 0, 0])) == []
    assert codes._is_none_0(np.array([2.5, *[10.0] * 9]))
    assert not codes._is_none_0(np.array([2.4, *[10.0] * 9]))
    assert not codes._is_none_0(np.array([2.5, *[10.0] * 8]))


@pytest.mark.parametrize(
    ("values", "known", "left_out"),
    [
        ([1, 2, 3, 4, 999], True, {999}), ([1, 2, 3, 4, 99], False, {99}), ([1, 2, 3, 4, 99], True, set()),
        ([1, 2, 3, 4, 99, 99], True, {99}), ([1, 2, 3, 4, 4, 9, 9, 9], True, set()), ([1, 2, 3, 4, 9, 9, 9, 9], True, {9}),
        ([1, 2, 3, 4], False, set()),
    ],
)  # fmt: skip
def test_codes_that_are_asked_about_in_a_column_that_is_known(
    values: list[float], known: bool, left_out: set[float]
) -> None:
    asking = Asking()
    found = codes.missing_codes(np.array([*values, np.nan], float), asking.about("patients", "x"), known=known)
    assert found == left_out
    assert bool(asking.asked) == bool(left_out)
    answered = Asking({"missing:patients:x": codes.A_VALUE}).about("patients", "x")
    assert codes.missing_codes(np.array(values, float), answered, known=known) == set()


@pytest.mark.parametrize(
    ("header", "values", "asked", "usual"),
    [
        ("x", [1, 2, 3], True, False), ("x", [0, 1, 2], True, False), ("x", [2, 3, 4], False, False),
        ("x", [1, 2, 4], False, False),
        ("x", [1, 2, 3, 4.5], False, False), ("ward", [2, 4, 7], True, True), ("ward", [1, 2, 3], True, True),
        ("ward", [2, 4, 7.5], False, False),
    ],
)  # fmt: skip
def test_whole_numbers_that_may_be_categories(header: str, values: list[float], asked: bool, usual: bool) -> None:
    asking = Asking()
    assert _are_categories(np.array(values, float), asking.about("patients", header)) == usual
    assert bool(asking.asked) == asked


# --- Parameters, and visits in columns of their own -------------------------------------------------------------------


def test_the_headers_of_a_parameter() -> None:
    def headers(noun: str, unit: str = "") -> tuple[str, str]:
        return parameters._headers(parameters.Parameter(noun, unit, {}))

    assert headers("os", "days") == ("OS time (days)", "OS event")
    assert headers("rfs1") == ("RFS1 time", "RFS1 event")
    assert headers("death") == ("death time", "death event")


@pytest.mark.parametrize(
    ("cells", "are"), [([0, 1, 2], True), ([0, None, 1], True), ([0, -1], False), ([0.5, 1], False), ([], False), ([0, "x"], False)]
)  # fmt: skip
def test_codes_of_a_censoring_are_whole_numbers_from_0(cells: list[object], are: bool) -> None:
    rows = tuple((n, (cell,)) for n, cell in enumerate(cells, 2))
    assert parameters._are_codes(RawSheet("s", ("CNSR",), rows), 0) == are  # type: ignore[arg-type]


def test_the_state_by_visits_is_that_of_the_first_yes_or_of_the_last_answer() -> None:
    meant = {"yes": True, "no": False}
    week = 7 / DAYS_PER_MONTH

    def state(*cells: object) -> tuple[object, object]:
        return wide_states._state(list(zip(cells, (4.0, 12.0, 24.0), strict=True)), meant)  # type: ignore[arg-type]

    assert state("no", "yes", "yes") == (1, pytest.approx(12 * week, abs=1e-6))
    assert state("No", None, "no") == (0, pytest.approx(24 * week, abs=1e-6))
    assert state("no", "no", None) == (0, pytest.approx(12 * week, abs=1e-6))
    assert state(None, None, None) == (None, None)
