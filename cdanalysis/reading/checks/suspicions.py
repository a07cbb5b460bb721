"""Columns whose values fit another unit than the one they were read in: said, never changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cdanalysis.dictionary.centres import CHINESE, WORDS
from cdanalysis.dictionary.column_spec import ColumnSpec
from cdanalysis.reading.bytes.files import RawSheet
from cdanalysis.reading.headers.evidence.kinds import held_cells
from cdanalysis.reading.headers.evidence.suspects import looks_like, numbers_in
from cdanalysis.reading.headers.matching import specs_of
from cdanalysis.reading.headers.rows import BY_OUTCOME, BY_UNIT, CHOSEN, MatchRow
from cdanalysis.reading.headers.units.stated_units import stated_unit
from cdanalysis.reading.headers.units.unit_words import DATES, factors_of, known_unit, normalised
from cdanalysis.results import Fault

# Whoever measures may do so in a unit of its own.
CENTRES = WORDS | {*CHINESE, "laboratory", "lab", "labor", "sheet"}
MOST_CENTRES, LEAST_OF_A_CENTRE = 12, 8
NEAR = 1.6  # times a factor, or a part of it
MOST_UNLIKE = 3.0  # times the other spread
OTHER_FACTORS = (10.0, 1000.0)  # of a column whose units are not known


def suspicions(sheet: str, table: RawSheet, matched: Sequence[MatchRow], *, flat: bool) -> list[Fault]:
    """A warning for each column that looks as if it were in another unit."""
    specs = {spec.name: spec for spec in specs_of(sheet, flat=flat)}
    faults = []
    for place, match in enumerate(matched):
        spec = specs.get(match.column)
        if spec is None or spec.kind != "number" or match.factor != 1 or len(factors_of(spec)) == 1 or _settled(match):
            continue
        if match.how == BY_OUTCOME and known_unit(stated_unit(match.header, spec)[0]) not in ("", spec.unit):
            continue  # read in that unit
        values = numbers_in(held_cells(row[place] for _, row in table.rows), table.decimal_comma)
        other = looks_like(spec, values)
        if other:
            accepted = f"{spec.unit}; if it is {other}, choose that unit under How each column was understood"
            faults.append(Fault(sheet, None, match.column, f"values that look like {other}", accepted, "warning"))
    return faults


def mixed(columns: Mapping[str, pd.Series], specs: Mapping[str, ColumnSpec]) -> list[Fault]:
    """A warning for each column whose values differ between centres as two of its units do."""
    faults = []
    for by in centres_among(columns):
        for name, values in columns.items():
            factors = factors_between(specs[name]) if name in specs else OTHER_FACTORS
            found = apart(values, columns[by], factors) if name != by else None
            if found:
                told = f"{found.told} of {by}"
                faults.append(Fault("patients", None, name, told, "one unit in the whole column", "warning"))
    return faults


def centres_among(columns: Mapping[str, pd.Series]) -> list[str]:
    """The columns of centres, or of the sheets that were put together."""
    return [name for name, values in columns.items() if _parts(str(name), values)]


def factors_between(spec: ColumnSpec) -> tuple[float, ...]:
    """How far apart the units of a column lie."""
    return tuple(one for one in factors_of(spec).values() if one > 1)


def _parts(name: str, values: pd.Series) -> bool:
    """Whether a column is one of centres or their like, of a few of them."""
    return bool(set(normalised(name).split()) & CENTRES) and 2 <= values.nunique() <= MOST_CENTRES


@dataclass(frozen=True)
class Apart:
    """Centres whose values lie apart by about a factor between two units.

    medians: of each centre of enough patients. alike: whether the lowest and the highest spread alike, in proportion, as one
    measurement in two units does.
    """

    told: str
    factor: float
    medians: pd.Series
    alike: bool

    @property
    def lower(self) -> list[object]:
        """The centres whose values are nearer to the lowest than to the highest."""
        border = float(self.medians.min() * self.medians.max()) ** 0.5
        return self.medians.index[self.medians < border].tolist()


def apart(values: pd.Series, centres: pd.Series, factors: Sequence[float]) -> Apart | None:
    """How the values of one centre lie apart from another's, if by about a factor between units."""
    if not pd.api.types.is_float_dtype(values):
        return None
    quartiles = values.groupby(centres).quantile(np.array([0.25, 0.5, 0.75])).unstack()
    quartiles = quartiles[values.groupby(centres).count() >= LEAST_OF_A_CENTRE]
    if len(quartiles) < 2 or quartiles[0.5].min() <= 0:
        return None
    edges, places = quartiles.to_numpy(float), (int(quartiles[0.5].argmin()), int(quartiles[0.5].argmax()))
    (low_first, low, low_last), (high_first, high, high_last) = (edges[place].tolist() for place in places)
    factor = next((one for one in factors if one / NEAR <= high / low <= one * NEAR), None)
    if factor is None or low_last >= high_first:
        return None
    names = [quartiles.index[place] for place in places]
    told = f"values around {low:.3g} in {names[0]} and around {high:.3g} in {names[1]}"
    spreads = [
        float(np.log(last / first)) if first > 0 else 0.0
        for first, last in ((low_first, low_last), (high_first, high_last))
    ]
    return Apart(told, factor, quartiles[0.5], alike=0 < max(spreads) <= MOST_UNLIKE * min(spreads))


def _settled(match: MatchRow) -> bool:
    """Whether the reader has said the unit or is asked for it, or each cell has its own."""
    if match.unit in DATES or match.unit_column:
        return True
    return (match.how == CHOSEN and bool(match.unit)) or match.answered == BY_UNIT or match.open_unit
