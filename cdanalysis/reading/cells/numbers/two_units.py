"""A column of which a part is in another unit: values that lie in two heaps, a conversion apart; asked once.

Values that the column's range excludes and another unit allows are left out until then; of two heaps that both may be right
none is used.
"""

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

import numpy as np

from cdanalysis.dictionary.column_spec import ColumnSpec
from cdanalysis.reading.cells.cells import OtherUnitError
from cdanalysis.reading.cells.numbers.missing_numbers import SENTINELS
from cdanalysis.reading.headers.units.unit_words import LASTING, factors_of, normalised
from cdanalysis.reading.questions import ColumnAsking

LEAST, LEAST_OF_A_HEAP, LEAST_SHARE = 10, 3, 0.1  # values in all, and of each heap
TENFOLD = 10.0
# Percent and mmol/mol of haemoglobin A1c, which differ by a shift too: about so many times apart, and no percent is as high.
HBA1C, HIGHEST_PERCENT = 7.7, 20.0
PER_PERCENT, AT_ZERO = 10.93, 2.15
NEAR = 1.6  # times a factor, or a part of it, that the middles lie apart
CONVERT, LEFT_OUT = "convert them", "no such values: left out"
LOWER, HIGHER, ONE = "the lower ones are: multiply them", "the higher ones are: divide them", "all are in one unit"
# How far apart the usual units of a substance lie, by a word of a header.
APART = {
    word: factors
    for words, factors in (
        ("creatinine|kreatinin|créatinine|creatinina|scr|肌酐", (88.4,)),
        ("glucose|glukose|glucosa|glycaemia|glycemia|glycémie|血糖", (18.02,)),
        ("bilirubin|bilirubine|bilirrubina|胆红素", (17.1,)),
        ("cholesterol|cholesterin|ldl|hdl|colesterol|胆固醇", (38.67,)),
        ("triglycerides|triglyceride|triglyzeride|甘油三酯", (88.57,)),
        ("calcium|kalzium|calcio|血钙", (4.008,)),
        ("urea|bun|harnstoff|urée|尿素", (6.006, 2.801)),
        ("urate|harnsäure|尿酸", (59.48,)),
        ("phosphate|phosphat|phosphorus", (3.097,)),
        ("iron|eisen|fer", (5.585,)),
        ("fibrinogen", (100.0,)),
        ("albumin|albumine|albúmina|hb|hgb|haemoglobin|hemoglobin|hämoglobin|protein|crp", (10.0,)),
        ("platelets|platelet|plt|thrombozyten|leukocytes|leukozyten|lymphocytes|neutrophils|wbc", (1000.0,)),
        ("height|größe|groesse|taille|身高", (100.0,)),
        ("hba1c|a1c|hb1ac|glykohämoglobin|糖化血红蛋白", (HBA1C,)),
    )
    for word in words.split("|")
}


def convert(known: dict[Any, object], refused: dict[Any, Any], counted: Mapping[Any, int], about: ColumnAsking) -> None:
    """Values that only another unit allows out of `refused` into `known`, where the reader says that they are in that.

    Both by the keys of a column's different cells; counted: how often each stands.
    """
    units = {key: why for key, why in refused.items() if isinstance(why, OtherUnitError)}
    others = {key: why for key, why in units.items() if why.written not in SENTINELS}
    n = sum(counted[key] for key in others)
    n_read = sum(times for key, times in counted.items() if known[key] is not None) if others else 0
    if not others or not n_read or n < max(LEAST_OF_A_HEAP, LEAST_SHARE * (n + n_read)):
        return
    first = next(iter(others.values()))
    text = f"{n} × a value such as {first.written:g}, beside others too far off for that. Are these in {first.unit}?"
    if about.ask("two units", text, (CONVERT, LEFT_OUT), "left out until then") == CONVERT:
        for key, why in others.items():
            known[key] = why.value
            del refused[key]


def of_column(spec: ColumnSpec) -> tuple[float, ...]:
    """How far apart the units of a column of the dictionary lie; none of a time."""
    return () if spec.unit in LASTING else tuple(one for one in factors_of(spec).values() if one > 1)


def of_header(header: str) -> tuple[float, ...]:
    """How far apart the units of what a header names lie."""
    return next((APART[word] for word in normalised(header).split() if word in APART), ())


def with_one_unit(values: Sequence, factors: Sequence[float], about: ColumnAsking) -> Sequence:
    """The values with one of two heaps converted, as the reader says; None of them until then."""
    found = (
        _heaps(np.array([np.nan if value is None else value for value in values], float), factors) if factors else None
    )
    if found is None:
        return values
    border, factor, low, high = found
    text = (
        f"{low[0]} × around {low[1]:.3g} and {high[0]} × around {high[1]:.3g}, about {factor:g} times apart, as two of its "
        "units are. Are some in another unit?"
    )
    answer = about.ask("two units", text, (LOWER, HIGHER, ONE), "left out until then")
    if answer is None:
        return [None] * len(values)
    scale = {LOWER: (factor, 1.0), HIGHER: (1.0, 1 / factor), ONE: (1.0, 1.0)}[answer]
    if factor == HBA1C:
        return [None if value is None else _a1c(value, answer, high=value > border) for value in values]
    return [None if value is None else value * scale[value > border] for value in values]


def _a1c(value: float, answer: str, *, high: bool) -> float:
    """Haemoglobin A1c in the one unit that the answer makes of both."""
    if answer == LOWER and not high:
        return (value - AT_ZERO) * PER_PERCENT
    return value / PER_PERCENT + AT_ZERO if answer == HIGHER and high else value


Heap = tuple[int, float]  # how many, and their middle


def _heaps(values: np.ndarray, factors: Sequence[float]) -> tuple[float, float, Heap, Heap] | None:
    """The border between two heaps, the factor that they lie apart, and both; None where there are none."""
    held = np.sort(values[values > 0])
    if len(held) < LEAST:
        return None
    steps = held[1:] / held[:-1]
    of_a1c = HBA1C in factors and held[0] < HIGHEST_PERCENT < held[-1]
    widest = int(np.searchsorted(held, HIGHEST_PERCENT)) - 1 if of_a1c else int(np.argmax(steps))
    low, high = held[: widest + 1], held[widest + 1 :]
    ratio = float(np.median(high) / np.median(low))
    factor = next(
        (one for one in factors if one / NEAR <= ratio <= one * NEAR and (of_a1c or steps[widest] >= sqrt(one))), None
    )
    if factor is None or min(len(low), len(high)) < LEAST_SHARE * len(held) or not _are_told_apart(low, high, factor):
        return None
    return float(low[-1]), factor, (len(low), float(np.median(low))), (len(high), float(np.median(high)))


def _are_told_apart(low: np.ndarray, high: np.ndarray, factor: float) -> bool:
    """Whether both heaps are of several values; those ten times apart, as ill and well may be, by their decimals too."""
    if min(len(np.unique(low)), len(np.unique(high))) < LEAST_OF_A_HEAP:
        return False
    decimals = [np.median([_decimals(value) for value in heap]) for heap in (low, high)]
    return factor != TENFOLD or bool(decimals[0] > decimals[1])


def _decimals(value: float) -> int:
    return len(f"{value:.4f}".rstrip("0").partition(".")[2])
