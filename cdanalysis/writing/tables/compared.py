"""Two settings side by side: the choices that differ, and the hazard ratios of each with the differences marked."""

from collections.abc import Iterable, Sequence
from dataclasses import fields

import pandas as pd

from cdanalysis.results import PredictorRow
from cdanalysis.settings import Settings
from cdanalysis.writing.choices.differences import differences
from cdanalysis.writing.numbers import NOTHING, hazard_ratio_with_p

DIFFERS = "≠"


def compared_settings(first: Settings, second: Settings) -> pd.DataFrame:
    """One line per setting that differs."""
    names = [field.name for field in fields(Settings)]
    return pd.DataFrame(differences(first, second, names), columns=["Setting", "In use", "Compared with"])


def compared_ratios(first: Sequence[PredictorRow], second: Sequence[PredictorRow]) -> pd.DataFrame:
    """A line a factor of either; a factor of which any number differs as it is printed is marked."""
    ours, theirs = _by_place(first), _by_place(second)
    places = [*ours, *(place for place in theirs if place not in ours)]
    lines = []
    for place in places:
        one, other = ours.get(place), theirs.get(place)
        cells, other_cells = _cells(one), _cells(other)
        name = " / ".join(dict.fromkeys(row.label for row in (one, other) if row is not None))
        lines.append((name, DIFFERS if cells != other_cells else "", *cells, *other_cells))
    columns = [
        f"{whose}: {what}"
        for whose in ("In use", "Compared with")
        for what in ("n (events)", "HR alone", "HR adjusted")
    ]
    return pd.DataFrame(lines, columns=["Factor", "Differs", *columns])


def _by_place(rows: Iterable[PredictorRow]) -> dict[tuple[str, int], PredictorRow]:
    """Rows by their candidate and their place among its terms: a label changes with its cut-off."""
    placed: dict[tuple[str, int], PredictorRow] = {}
    for row in rows:
        placed[row.code, sum(code == row.code for code, _ in placed)] = row
    return placed


def _cells(row: PredictorRow | None) -> tuple[str, str, str]:
    if row is None:
        return NOTHING, NOTHING, NOTHING
    alone = hazard_ratio_with_p(row.univariable, row.univariable_p)
    together = NOTHING if row.multivariable is None else hazard_ratio_with_p(row.multivariable, row.multivariable_p)
    return f"{row.n} ({row.n_events})", alone, together
