"""What the values of a column of numbers say of its unit: what fits its range, and what another unit would make of them."""

from collections.abc import Sequence

import numpy as np

from cdanalysis.dictionary.column_spec import ColumnSpec
from cdanalysis.reading.cells.numbers.missing_numbers import MISSING_NUMBERS, suspected_codes
from cdanalysis.reading.cells.numbers.number_texts import Cell, plain_number, writes_comma
from cdanalysis.reading.cells.numbers.odd_times import are_years, is_from_empty
from cdanalysis.reading.headers.units.unit_words import LASTING, USUAL, factors_of

LEAST_VALUES = 20
LEAST_BEYOND, SHARE_BEYOND = 2.5, 0.02  # values beyond the range, as ages in months are; fewer are typed wrong
# CRP in mg/dL: the whole distribution lies where that of an active cohort in mg/L hardly reaches.
CRP, CRP_MEDIAN_BELOW, CRP_HIGHEST_BELOW = "crp_mg_per_l", 2.0, 30.0


def numbers_in(held: Sequence[Cell], decimal_comma: bool) -> np.ndarray:
    """The numbers among the cells that hold something."""
    comma = writes_comma(held, decimal_comma)
    read = (plain_number(cell, comma)[0] for cell in held)
    return np.array([number for number in read if number is not None], dtype=float)


def looks_like(spec: ColumnSpec, values: np.ndarray) -> str:
    """The unit that values read in the column's own unit look as if they were in; empty where nothing speaks against it."""
    values = values[~np.isin(values, list(MISSING_NUMBERS)) | (values >= spec.lowest) & (values <= spec.highest)]
    values = values[~np.isin(values, suspected_codes(values))]
    if spec.unit in LASTING:
        values = values[~is_from_empty(values, spec.unit)]
        if are_years(values):
            return ""
    if spec.name == CRP and len(values) >= LEAST_VALUES and len(np.unique(values)) >= LEAST_VALUES / 2:
        return "mg/dL" if np.median(values) < CRP_MEDIAN_BELOW and values.max() < CRP_HIGHEST_BELOW else ""
    n_beyond = len(values) * (1 - share_within(spec, values))
    if n_beyond < max(LEAST_BEYOND, SHARE_BEYOND * len(values)):
        return ""
    least = 0.9 if n_beyond >= 0.5 * len(values) else 1.0
    fitting = (unit for unit, factor in factors_of(spec).items() if share_within(spec, values * factor) >= least)
    return next(fitting, "")


def share_within(spec: ColumnSpec, values: np.ndarray) -> float:
    """The share of values that lie in the column's range."""
    return float(np.mean((values >= spec.lowest) & (values <= spec.highest))) if len(values) else 0.0


def evidence_of(spec: ColumnSpec, values: np.ndarray) -> str:
    """What the values suggest: `686 values, longest 2,039: 170 years as months, 67 months as days`."""
    if not len(values):
        return "no number"
    n = f"{len(values):,} values"
    if spec.unit not in LASTING:
        return f"{n}, median {np.median(values):.4g}, highest {values.max():.4g}"
    return f"{n}, longest {values.max():.4g}: {', '.join(_as(values.max(), unit) for unit in USUAL)}"


def _as(longest: float, unit: str) -> str:
    """A duration in the unit in which a reader thinks of it."""
    months = longest * LASTING[unit] / LASTING["months"]
    lasting, of = (months / 12, "years") if months >= 24 else (months, "months")
    return f"{lasting:,.0f} {of} as {unit}" if lasting >= 10 else f"{lasting:.1f} {of} as {unit}"
