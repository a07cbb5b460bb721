"""Rows under the header and files by their first bytes, each rule at its edge."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from cdanalysis.dictionary.columns import COLUMNS
from cdanalysis.reading.bytes.formats import STATA_RELEASES, kind_of, utf_16
from cdanalysis.reading.bytes.statistical import _are_codes, _beside, _cells, _within
from cdanalysis.reading.rows.header.below_header import (
    first_of,
    names_row,
    numbers_row,
    types_row,
    units_row,
)
from cdanalysis.reading.rows.shape import shaped

MAIL, NAMES = "a{}@example.org", ["王小明", "李雷", "张三丰", "刘备", "陈平", "杨过", "黄蓉", "赵云", "吴用", "周瑜"]
LATIN = [
    f"{first} {last}"
    for first in ("Maria", "Anna", "John", "Li", "Eva")
    for last in ("Rossi", "Brown", "Meyer", "Silva")
]
SPEC = {spec.name: spec for spec in COLUMNS["patients"]}


def mails(n: int) -> list[str]:
    return [MAIL.format(place) for place in range(n)]


# --- Rows under the header --------------------------------------------------------------------------------------------


def rows(*columns: Sequence[object]) -> list[tuple[int, tuple[Any, ...]]]:
    return list(enumerate(zip(*columns, strict=True), 3))


def test_a_row_of_units() -> None:
    headers, below = ["id", "crp", "alb"], rows("abcde", [1, 2, 3, 4, 5], [1, 2, 3, 4, 5])
    assert units_row(["", "mg/L", "g/L"], headers, below)
    assert not units_row(["", "mg/L", ""], headers, below)
    assert not units_row(["P1", "mg/L", "g/L", "x"][:3], ["id", "crp"], below)
    assert units_row(["P1", "mg/L", "g/L"], headers, below)
    assert not units_row(["P 1", "of them", "g/L"], headers, below)
    assert not units_row(["P 1", "g/L"], headers[:2], below)
    assert units_row(["code", "g/L"], headers[:2], below)
    assert not units_row([7, "mg/L", "g/L"], headers, below)
    assert not units_row(["mg/L", "", "code"], headers, rows("abcde", "abcde", "abcde"))


def test_a_unit_stands_over_numbers_with_few_other_cells_among_them() -> None:
    headers = ["crp", "alb"]
    four_of_five, five_of_six = rows([1, 2, 3, 4, "x"], "abcde"), rows([1, 2, 3, 4, 5, "x"], "abcdef")
    assert not units_row(["mg/L", "g/L"], headers, four_of_five)
    assert units_row(["mg/L", "g/L"], headers, five_of_six)
    assert not units_row(["mg/L", "g/L"], headers, rows([None, ""], [None, ""]))


def test_a_row_of_longer_names() -> None:
    headers, two = ["id", "v1", "v2"], rows("ab", [1, 2], [3, 4])
    assert names_row(["", "C-reactive protein", "Serum albumin"], headers, two)
    assert not names_row(["", "Serum albumin", "Serum albumin"], headers, two)
    assert not names_row(["", "Serum albumin", ""], headers, two)
    assert not names_row(["", "hot", "dry"], headers, two)
    assert names_row(["", "cold", "dry"], headers, two)
    assert not names_row(["", "Serum albumin", 7], headers, two)
    four = rows([1, 2], [1, 2], [1, 2], [3, 4])
    assert names_row(["Age then", "Weight", "", ""], ["a", "b", "c", "d"], four)
    five = rows([1, 2], [1, 2], [1, 2], [3, 4], [1, 2])
    assert not names_row(["Age then", "Weight", "", "", ""], ["a", "b", "c", "d", "e"], five)
    assert not names_row(["", "mg/L", "g/L"], headers, two)


def test_a_row_of_types_and_a_row_of_numbers() -> None:
    assert types_row(["<chr>", "int", "", "dbl"], ["a", "b", "c", "d"], ())
    assert not types_row(["chr", "int"], ["a", "b"], ())
    assert not types_row(["chr", "int", "P1"], ["a", "b", "c"], ())
    assert numbers_row([1, 2.0, "3", "(4)"], ["a", "b", "c", "d"], ())
    assert not numbers_row([1, 2, 3], ["a", "b", "c"], ())
    assert not numbers_row([1, 2, 3, 5], ["a", "b", "c", "d"], ())
    assert not numbers_row([0, 1, 2, 3], ["a", "b", "c", "d"], ())
    assert not numbers_row([1, 2, 3, 4], ["a", "b", "c", "d", "e"], ())


def test_what_a_row_begins_with() -> None:
    assert first_of([None, "mg  per\nL", "x"]) == "mg per L"
    assert first_of(["x" * 40]) == "x" * 40
    assert first_of(["x" * 41]) == "x" * 39 + "…"
    assert first_of([None]) == ""


# --- Files ------------------------------------------------------------------------------------------------------------


def test_a_file_of_stata_before_release_117_by_its_first_bytes() -> None:
    for order in (b"\x01", b"\x02"):
        assert kind_of(bytes([STATA_RELEASES[0]]) + order + b"\x01\x00rest") == "dta"
        assert kind_of(bytes([STATA_RELEASES[-1]]) + order + b"\x01\x00rest") == "dta"
    assert (STATA_RELEASES[0], STATA_RELEASES[-1]) == (102, 115)
    assert kind_of(b"rest") == "text"


def test_text_of_two_bytes_a_character() -> None:
    assert utf_16("\ufeffid".encode("utf-16-le")) == "utf-16"
    assert utf_16(b"\xfe\xff\x00i") == "utf-16"
    assert utf_16("id".encode("utf-16-le")) == "utf-16-le"
    assert utf_16("id".encode("utf-16-be")) == "utf-16-be"
    assert utf_16("i".encode("utf-16-le")) is None
    assert utf_16(b"id") is None
    assert utf_16(("x" * 8 + "岁" * 2).encode("utf-16-le")) == "utf-16-le"
    assert utf_16(("x" * 7 + "岁" * 3).encode("utf-16-le")) is None


def test_values_are_codes_where_nearly_all_of_them_have_a_label() -> None:
    labels: dict[object, str] = {1: "no", 2: "yes"}
    assert _are_codes([1, 2, 1], labels)
    assert _are_codes([*[1] * 9, 5], labels)
    assert not _are_codes([*[1] * 8, 5], labels)
    assert not _are_codes([*[1] * 98, 5, 6], labels)
    assert _are_codes([*[1] * 97, 2, 5, 6], labels)
    assert _are_codes([1, 2, None, "", float("nan")], labels)


def test_labels_beside_numbers_are_said() -> None:
    assert _beside([1, 7.5, 1, "text", None], {1: "detection limit", "text": "x"}) == [(2, 1, "detection limit")]


def test_user_missing_values() -> None:
    meta = SimpleNamespace(
        variable_value_labels={"x": {1: "no", 2: "yes"}},
        missing_ranges={"x": [{"lo": 90, "hi": 99}]},
        missing_user_values={"x": ["a"]},
    )
    cells, n = _cells("x", [1, 2, None, "", float("nan"), 90, 95, 99, "a"], meta)
    assert (cells, n) == ([1, 2, *[None] * 7], 4)  # two labelled of six: the labels stand beside the numbers
    assert _cells("x", [1, 2, 1, 2], meta) == (["no", "yes", "no", "yes"], 0)
    assert _within(90, {"lo": 90, "hi": 99})
    assert _within(99, {"lo": 90, "hi": 99})
    assert not _within(89.9, {"lo": 90, "hi": 99})
    assert not _within(99.1, {"lo": 90, "hi": 99})
    assert _within("a", {"lo": "a", "hi": "a"})
    assert not _within("b", {"lo": "a", "hi": "z"})
    assert not _within(None, {"lo": 90, "hi": 99})
    assert not _within("95", {"lo": 90, "hi": 99})


# --- Where the header is ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("n_titles", "found"), [(0, "id"), (3, "id"), (25, "id"), (26, "a title")])
def test_titles_are_narrower_than_most_of_the_fifty_rows_that_are_looked_at(n_titles: int, found: str) -> None:
    titles = [(n, ("a title", None, None)) for n in range(1, n_titles + 1)]
    table = [("id", "crp", "sex"), *((f"P{n}", n, "male") for n in range(40))]
    told = shaped("sheet", [*titles, *enumerate(table, n_titles + 1)])
    assert told.headers[0] == found
    assert len(told.rows) == (40 if found == "id" else n_titles + 40)
