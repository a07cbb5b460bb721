"""How a frame is printed: heads over columns, numbers that align, rows that are set in."""

from __future__ import annotations

from math import nan

import pandas as pd
import pytest

from cdanalysis.writing.tables.printed import printed


def column(*cells: object) -> list[int | None]:
    """The pads of the second column of a table."""
    return [row["pads"][1] for row in printed(pd.DataFrame({"a": ["x"] * len(cells), "b": list(cells)}))["rows"]]


def test_columns_that_share_their_first_word_share_a_head() -> None:
    names = ["Factor", "Log-rank P", "Univariable HR (95% CI)", "Univariable P", "Multivariable P", "P"]
    heads = printed(pd.DataFrame([["x"] * 6], columns=names))["heads"]
    assert heads == [
        {"text": "", "below": ["Factor"]},
        {"text": "", "below": ["Log-rank P"]},
        {"text": "Univariable", "below": ["HR (95% CI)", "P"]},
        {"text": "", "below": ["Multivariable P"]},
        {"text": "", "below": ["P"]},
    ]


@pytest.mark.parametrize("names", [["P", "P"], ["25% by", "25% of"], ["n", "n events"]])
def test_a_word_that_is_a_name_by_itself_is_no_head(names: list[str]) -> None:
    assert [head["text"] for head in printed(pd.DataFrame([["x", "y"]], columns=names))["heads"]] == ["", ""]


@pytest.mark.parametrize(
    ("cells", "pads"),
    [
        (("5.49 (1.62-18.62)", "14.2 (2-90)"), [1, 0]),
        (("<0.001", "0.027", "–"), [0, 1, None]),
        (("2,184", "9"), [0, 4]),
        (("-1.5", "0.5", "12.5"), [0, 1, 0]),
        (("0.5", "not entered", "not entered"), [0, None, None]),
        (("0.5", "no", "no", "no"), [None] * 4),
        (("none", "female"), [None, None]),
        ((), []),
    ],
)
def test_numbers_lack_in_front_what_the_longest_has(cells: tuple[str, ...], pads: list[int | None]) -> None:
    assert column(*cells) == pads


def test_cells_are_texts_and_rows_are_set_in_by_their_blanks() -> None:
    frame = pd.DataFrame(
        {
            "Sex, n (%)": ["All", "    male", "Only a name"],
            "n": pd.Series([2184, 12.5, nan], dtype=object),
            "seen": [True, None, ""],
        }
    )
    rows = printed(frame)["rows"]
    assert [row["cells"] for row in rows] == [["All", "2,184", "yes"], ["male", "12.5", ""], ["Only a name", "", ""]]
    assert [row["in"] for row in rows] == [0, 1, 0]
    assert [row["heading"] for row in rows] == [False, False, True]


def test_what_a_spreadsheet_would_run_is_named_with_what_does_not_run() -> None:
    frame = pd.DataFrame({"=A1": ["x", "@SUM(A1)"], "n": ["-1.5", "-5 (1)"]})
    assert printed(frame)["harmful"] == [[-1, 0, "'=A1"], [1, 0, "'@SUM(A1)"], [1, 1, "'-5 (1)"]]


def test_a_page_is_sent_no_more_rows_than_it_can_draw() -> None:
    shown = printed(pd.DataFrame({"a": range(50)}), 20)
    assert len(shown["rows"]) == 20
    assert shown["n_rows"] == 50


def test_a_sentence_that_begins_with_a_number_is_words_and_may_be_broken() -> None:
    long = "155, and 63 further down on the same day, which is used, 353 and 171 further down"
    shown = printed(
        pd.DataFrame({"Name": ["a", "b"], "Found": [long, "3 of 4"], "Share": ["16.4% (10.9-24.0), 20/122", "5"]}), 9
    )
    assert [row["pads"] for row in shown["rows"]] == [[None, None, 0], [None, 0, 1]]
