"""The markers of a cohort: the dictionary's rows fitted to its data, what its further columns make, the summaries in use."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf, isnan, nan

import pandas as pd

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary import measured
from cdanalysis.dictionary.baseline import BASELINE_NUMBERS, LISTED, SHORT_NAMES
from cdanalysis.dictionary.indices.index_columns import COMPONENTS
from cdanalysis.dictionary.markers import HANDLES, MARKERS, MOST_HANDLES, Marker
from cdanalysis.dictionary.measured import Spread
from cdanalysis.dictionary.summaries import AT_BASELINE, SUMMARIES, base_of, parted
from cdanalysis.results import Limit

LEAST_VALUES = 2  # different ones: a column with fewer cannot be cut
TAKEN_CODES = {*MARKERS, *LISTED, "relapse", "endoscopy", "model"}  # the last three: groups and models, not columns


def by_code(cohort: Cohort) -> dict[str, Marker]:
    """Every marker of a cohort by its code: the dictionary's first, then the file's columns, then the summaries in use."""
    rows = {marker.column: marker for marker in MARKERS.values() if marker.column in cohort.measured}
    others = {
        column: (label, unit, background)
        for column, label, unit, background in _without_row(cohort)
        if column in cohort.measured and column not in rows
    }
    spreads = _spreads(cohort, [*rows, *others])
    found = {
        marker.code: measured.fitted(marker, spreads[column])
        for column, marker in rows.items()
        if spreads[column].n_distinct >= LEAST_VALUES or not isnan(marker.cutoff)
    }
    for column, (label, unit, background) in others.items():
        if spreads[column].n_distinct >= LEAST_VALUES:
            code = free_code(column)
            found[code] = measured.of_data(code, column, label, unit, spreads[column], background)
    return found | _summaries(cohort, found)


def _summaries(cohort: Cohort, found: dict[str, Marker]) -> dict[str, Marker]:
    """The summaries in use; their markers' own names say then that they are of baseline."""
    at_baseline = [found[code] for code in map(base_of, cohort.derived_codes) if code in found]
    told = {one.code: replace(one, label=f"{one.label.removesuffix(AT_BASELINE)}{AT_BASELINE}") for one in at_baseline}
    return told | {one.marker.code: one.marker for one in cohort.derived}


def handles_among(cohort: Cohort, chosen: Sequence[str]) -> tuple[str, ...]:
    """`Cohort.handles`: before all others those that are candidates and cut unasked, so that no model changes by it.

    Where none of the chosen is there, what was measured comes before what describes a patient.
    """
    known = (code if cohort.is_marker(code) else base_of(code) for code in chosen)
    held = tuple(dict.fromkeys(code for code in known if cohort.is_marker(code)))
    if not held:
        return tuple(sorted(cohort.markers, key=lambda code: cohort.marker(code).background))[:MOST_HANDLES]
    if tuple(chosen) != HANDLES or len(held) == MOST_HANDLES:
        return held
    others = (code for code in cohort.markers if code not in held)
    return (*held, *sorted(others, key=lambda code: not _is_cut_unasked(cohort.marker(code))))[:MOST_HANDLES]


def _is_cut_unasked(marker: Marker) -> bool:
    return marker.is_cut and marker.standard


def _without_row(cohort: Cohort) -> Iterator[tuple[str, str, str, bool]]:
    """Name, label, unit of every numeric column that has no row among the markers, as far as the names tell; if a background."""
    yield from (
        (spec.name, SHORT_NAMES.get(spec.name, spec.meaning), spec.unit, True)
        for spec in (*BASELINE_NUMBERS.values(), *COMPONENTS)
        if spec.kind == "number"
    )
    kinds = ((column, cohort.patients[column]) for column in cohort.extra_columns)
    yield from (
        (column, *measured.label_and_unit(column), False)
        for column, values in kinds
        if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
    )
    yield from ((column, *measured.label_and_unit(column), False) for column in cohort.visit_columns)


def _spreads(cohort: Cohort, columns: Sequence[str]) -> dict[str, Spread]:
    """Where the baseline values of each column lie; all at once, for a file may have thousands."""
    values = pd.DataFrame({column: cohort.baseline(column).to_numpy() for column in columns}).replace([inf, -inf], nan)
    return measured.spreads(values)


def free_code(header: str) -> str:
    """The code of a further column: its header, or where that is the code of another variable a text that none has."""
    return f"{header} (as in the file)" if header in TAKEN_CODES else header


def limits(cohort: Cohort, marker: Marker) -> tuple[Limit, ...]:
    """The limits of detection among the values that a marker is made of; none of a change, which no limit bounds."""
    found = parted(marker.code)
    of = cohort.marker(found[0]) if found and cohort.is_marker(found[0]) else marker
    if found and found[1] is SUMMARIES["change"]:
        return ()
    return tuple(limit for fault in cohort.faults if fault.column == of.column for limit in fault.limits)
