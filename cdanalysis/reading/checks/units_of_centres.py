"""A marker whose values in one centre, or sheet, lie apart from another's as two of its units do: asked, left out until then."""

from collections.abc import Sequence

import pandas as pd

from cdanalysis.dictionary.column_spec import ColumnSpec, accepted
from cdanalysis.dictionary.columns import COLUMNS
from cdanalysis.reading.cells.numbers.two_units import HIGHER, LOWER, ONE
from cdanalysis.reading.checks.suspicions import Apart, apart, centres_among, factors_between
from cdanalysis.reading.headers.rows import MatchRow
from cdanalysis.reading.headers.units.unit_words import LASTING
from cdanalysis.reading.questions import Asking, ColumnAsking
from cdanalysis.reading.warned import warned
from cdanalysis.results import Fault


def in_one_unit(
    patients: pd.DataFrame, matched: Sequence[MatchRow], asking: Asking
) -> tuple[pd.DataFrame, list[Fault]]:
    """The patients with such columns converted as the reader says; said of each."""
    specs = {spec.name: spec for spec in COLUMNS["patients"] if spec.kind == "number" and spec.unit not in LASTING}
    faults = []
    for by in centres_among({str(name): patients[name] for name in patients}):
        for row in matched:
            spec = specs.get(row.column)
            if spec is None or row.sheet != "patients" or row.week is not None or row.column not in patients:
                continue
            found = apart(patients[row.column], patients[by], factors_between(spec))
            if found and found.alike:
                values, said = _answered(
                    patients[row.column], patients[by], found, spec, asking.about(row.sheet, row.header)
                )
                patients = patients.assign(**{row.column: values})
                faults += said
    return patients, faults


def _answered(
    values: pd.Series, centres: pd.Series, found: Apart, spec: ColumnSpec, about: ColumnAsking
) -> tuple[pd.Series, list[Fault]]:
    text = f"{found.told} of {centres.name}, about {found.factor:g} times apart, as two of its units are. Are some in another unit?"
    answer = about.ask("two units", text, (LOWER, HIGHER, ONE), "left out until then")
    if answer is None:
        return values.mask(values.notna()), []
    if answer == ONE:
        return values, []
    chosen = centres.isin(found.lower) if answer == LOWER else centres.notna() & ~centres.isin(found.lower)
    factor = found.factor if answer == LOWER else 1 / found.factor
    beyond = chosen & values.notna() & ~(values * factor).between(spec.lowest, spec.highest)
    what = f"{int((chosen & values.notna()).sum())} × converted, × {factor:g}, as answered"
    faults = [warned("patients", what, "one unit in the whole column", column=spec.name)]
    if beyond.any():
        faults.append(
            Fault("patients", None, spec.name, f"{int(beyond.sum())} × beyond its range after that", accepted(spec))
        )
    return values.mask(chosen, values * factor).mask(beyond), faults
