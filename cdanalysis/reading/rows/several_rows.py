"""Several rows of most patients, and no time of a visit: an eye each, an episode each, an event each; asked what a row is.

Until it is answered what differs between the rows of a patient is left out.
"""

from collections.abc import Callable, Mapping

import pandas as pd

from cdanalysis.reading.headers.evidence.kinds import are_dates, held_cells
from cdanalysis.reading.headers.over_time.repeated import MANY, MOST_TWICE
from cdanalysis.reading.questions import Asking
from cdanalysis.reading.warned import warned
from cdanalysis.results import Fault

ID = "patient_id"
LEAST = 3  # patients: fewer are typed twice
MOST_VALUES, MOST_OPTIONS = 8, 12
FIRST, LAST, EACH = (
    "the first row of each patient counts",
    "the last row of each patient counts",
    "each row is a patient of its own",
)
Chosen = Callable[[pd.DataFrame], pd.DataFrame]


def one_row(table: pd.DataFrame, asking: Asking) -> tuple[pd.DataFrame, list[Fault]]:
    """One row per patient as the reader says; a table in which few patients have several rows as it is."""
    named = table[table[ID].notna()]
    differing = named.drop_duplicates([name for name in named.columns if name != "row"])
    several = differing.groupby(ID).size() > 1
    are_few = several.mean() <= MOST_TWICE and several.sum() < MANY
    if several.sum() < LEAST or (are_few and not _on_other_days(named[named[ID].map(several).to_numpy(bool)])):
        return table, []
    ways, n, n_patients = _ways(named), len(named), len(several)
    answer = _answer(ways, n, several, asking)
    if answer is not None:
        chosen = ways[answer](named)
        said = warned("patients", f"{n:,} rows of {n_patients:,} patients: {answer}", "one row per patient", column=ID)
        return chosen.reset_index(drop=True), [said]
    found = f"{n:,} rows of {n_patients:,} patients: what differs between a patient's rows is left out"
    first = named.drop_duplicates(ID)
    for name in _others(table):
        differs = named.groupby(ID)[name].nunique() > 1
        first = first.assign(**{name: first[name].mask(first[ID].map(differs).to_numpy(bool))})
    return first.reset_index(drop=True), [Fault("patients", None, ID, found, "an answer to what a row is")]


def _on_other_days(rows: pd.DataFrame) -> bool:
    """Whether a date tells the rows of each patient apart: they are of several days, and nothing was typed twice."""
    dated = (name for name in _others(rows) if are_dates(held_cells(rows[name].tolist())))
    return any(rows[name].notna().all() and not rows.duplicated([ID, name]).any() for name in dated)


def _answer(ways: Mapping[str, Chosen], n: int, several: pd.Series, asking: Asking) -> str | None:
    """What a row is; not asked while the visits that the rows are wait for their weeks."""
    if asking.waits_for("visits"):
        return None
    return asking.ask(
        "repeated",
        "patients",
        "",
        f"{n:,} rows of {len(several):,} patients, and they differ. What is a row?",
        tuple(ways),
        f"{int(several.sum()):,} patients have several rows; what differs in them is left out until then",
    )


def _ways(named: pd.DataFrame) -> dict[str, Chosen]:
    """What a row may be, and the table that follows."""
    ways: dict[str, Chosen] = {
        FIRST: lambda table: table.drop_duplicates(ID),
        LAST: lambda table: table.drop_duplicates(ID, keep="last"),
    }
    for name in _others(named):
        values = named[name].dropna()
        distinct = sorted(values.unique(), key=str) if values.nunique() <= MOST_VALUES else []
        if len(distinct) < 2 or named.duplicated([ID, name]).any():
            continue
        for value in distinct:
            shown = f"{value:g}" if isinstance(value, float) else str(value)
            ways[f"only the rows with {name} = {shown}"] = lambda table, name=name, value=value: table[
                table[name] == value
            ]
    offered = dict(list(ways.items())[: MOST_OPTIONS - 1])
    return offered | {EACH: _each}


def _others(table: pd.DataFrame) -> list[str]:
    return [name for name in table.columns if isinstance(name, str) and name not in ("row", ID)]


def _each(table: pd.DataFrame) -> pd.DataFrame:
    """The table with a number behind each identifier."""
    again = table.groupby(ID).cumcount() + 1
    return table.assign(**{ID: [f"{one} ({n})" for one, n in zip(table[ID], again, strict=True)]})
