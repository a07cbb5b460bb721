"""A usual code for missing that others lie around and above, as often as chance never lets a value stand there: asked."""

from __future__ import annotations

import numpy as np
import pytest
from corpus.builders import table

from cdanalysis.reading import open_cohort
from cdanalysis.reading.cells.numbers.chance import is_beyond_chance

WIDE = [float(150 + 27 * n) for n in range(40)]  # 150 to 1203
PARTED = [round(2.5 + 3.7 * n, 1) for n in range(40)]  # 2.5 to 146.8
DENSE = [float(value) for value in range(80, 120) if value != 99] * 2


def asked(header: str, values: list[float]) -> list[str]:
    rows = [[f"P{n}", f"{value:g}"] for n, value in enumerate(values)]
    opened = open_cohort(table([["id", header], *rows]), "x.csv")
    return [one.id for one in opened.questions if one.id.startswith("missing")]


@pytest.mark.parametrize("header", ["6-TGN", "zonulin"])
@pytest.mark.parametrize(("values", "code", "times"), [(WIDE, 999, 2), (WIDE, 999, 5), (PARTED, 99, 3)])
def test_a_code_among_the_values_is_asked_about(header: str, values: list[float], code: float, times: int) -> None:
    assert asked(header, [*values, *[code] * times]) == [f"missing:patients:{header}"]


@pytest.mark.parametrize(
    ("values", "code", "times"),
    [
        (WIDE, 999, 1),  # once is no code
        (DENSE, 99, 3),  # one more than each of those close by
        ([*WIDE, 500, 500, 500], 999, 3),  # another stands there as often
        (WIDE, 800, 4),  # no usual code
    ],
)
def test_a_value_among_its_like_is_not(values: list[float], code: float, times: int) -> None:
    assert not asked("zonulin", [*values, *[code] * times])


def test_the_chance_is_that_of_poisson() -> None:
    # Neighbours a step apart, 49 in 49.5 steps: 0.99 of each. P(5 or more) is 0.0035, P(7 or more) 0.00008, as R's ppois has it.
    others, counts = np.concatenate([np.arange(70, 99), np.arange(100, 131)]).astype(float), np.ones(60, int)
    assert not is_beyond_chance(99.0, 5, others, counts)
    assert is_beyond_chance(99.0, 7, others, counts)
