"""The checker of printed statistics: the study's own rows, and no false alarm on results that were merely rounded."""

from __future__ import annotations

from math import exp
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdanalysis.sections.reproduction.printed_text import parse_line, parse_lines
from cdanalysis.statistics.describe.printed import (
    CONSISTENT,
    INCONSISTENT,
    UNKNOWN,
    check_median,
    check_percentage,
    check_ratio,
)


@pytest.mark.parametrize(
    ("ratio", "lower", "upper", "p"),
    [("4.72", "1.19", "18.75", "0.027"), ("5.32", "1.40", "20.14", "0.014"), ("0.41", "0.20", "0.83", "0.014"),
     ("5.32", "1.40", "20.14", "<0.05"), ("1.00", "0.50", "2.00", ">0.999"), ("5.32", "1.40", "20.14", "")],
)  # fmt: skip
def test_what_fits(ratio: str, lower: str, upper: str, p: str) -> None:
    assert check_ratio(ratio, lower, upper, p).verdict == CONSISTENT


def test_the_studys_own_contradiction_is_found_and_explained() -> None:
    found = check_ratio("5.58", "1.02", "65.9", "0.048")
    assert found.verdict == INCONSISTENT
    told = " ".join(found.sentences)
    assert "8.20" in told
    assert "the ratio would be the odd one out" in told
    assert "1.02-30." in told


@pytest.mark.parametrize(
    ("ratio", "lower", "upper", "p", "verdict"),
    [("4.72", "1.19", "18.75", "0.27", INCONSISTENT), ("0.9", "1.19", "18.75", "0.027", INCONSISTENT),
     ("2", "3", "1", "0.5", INCONSISTENT), ("0.0", "0.0", "0.2", "0.001", UNKNOWN), ("0.1", "0.04", "0.2", "", CONSISTENT),
     ("3.00", "1.10", "3.50", "", INCONSISTENT), ("0.1", "0", "0.3", "0.01", UNKNOWN),
     ("2.0", "1.2", "3.4", "0.2", INCONSISTENT)],
)  # fmt: skip
def test_what_does_not(ratio: str, lower: str, upper: str, p: str, verdict: str) -> None:
    assert check_ratio(ratio, lower, upper, p).verdict == verdict


@given(st.floats(-2, 2), st.floats(0.05, 1.2))
def test_a_true_result_that_was_rounded_is_never_called_inconsistent(coef: float, se: float) -> None:
    z = NormalDist().inv_cdf(0.975)
    p = 2 * NormalDist().cdf(-abs(coef) / se)
    texts = [f"{exp(value):.2f}" for value in (coef, coef - z * se, coef + z * se)]
    if float(texts[1]) > 0.02:
        assert check_ratio(*texts, "<0.001" if p < 0.001 else f"{p:.3f}").verdict == CONSISTENT


def test_counts_and_percentages() -> None:
    assert check_percentage("22", "98", "22.4").verdict == CONSISTENT
    assert check_percentage("22", "98", "22.5").verdict == INCONSISTENT
    assert check_percentage("", "98", "22.4").verdict == CONSISTENT
    assert check_percentage("", "7", "22.4").verdict == INCONSISTENT
    assert check_percentage("1", "0", "10").verdict == UNKNOWN


def test_medians() -> None:
    spss = check_median("74.7", "39.6", "109.9")
    assert spss.verdict == CONSISTENT
    assert "SE = 17.9" in spss.sentences[0]
    assert "inverting" in check_median("13.1", "10.3", "24.8").sentences[0]
    assert check_median("13.1", "14", "24.8").verdict == INCONSISTENT
    assert check_median("13.1", "-20", "24.8").verdict == INCONSISTENT


@pytest.mark.parametrize(
    ("line", "kind", "parts"),
    [
        ("HR 4.72 (95% CI 1.19-18.75), P = 0.027", "ratio", ("4.72", "1.19", "18.75", "0.027")),
        ("HR=4.72, 95% CI: 1.19–18.75; p=.027", "ratio", ("4.72", "1.19", "18.75", "0.027")),  # noqa: RUF001
        ("OR 4,72 (1,19-18,75); P<0,05", "ratio", ("4.72", "1.19", "18.75", "<0.05")),
        ("4.72 [1.19, 18.75]", "ratio", ("4.72", "1.19", "18.75", "")),
        ("aHR 0.41 (0.20 to 0.83) p-value 0.014", "ratio", ("0.41", "0.20", "0.83", "0.014")),
        ("22/98 (22.4%)", "percentage", ("22", "98", "22.4")),
        ("22.4 % of 98", "percentage", ("", "98", "22.4")),
        ("median 74.7 (39.6-109.9) months", "median", ("74.7", "39.6", "109.9")),
        ("HR 4.72 (1.19-18.75), P<.001", "ratio", ("4.72", "1.19", "18.75", "<0.001")),  # noqa: RUF001
        ("hello", "unreadable", ()),
        ("5.58", "unreadable", ()),
    ],
)
def test_pasted_lines(line: str, kind: str, parts: tuple[str, ...]) -> None:
    found = parse_line(line)
    assert (found.kind, found.parts) == (kind, parts)
    assert bool(found.fault) == (kind == "unreadable")


@given(st.text(max_size=200))
def test_no_text_breaks_the_parser(text: str) -> None:
    for found in parse_lines(text):
        assert found.kind in ("ratio", "percentage", "median", "unreadable")
