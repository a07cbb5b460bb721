"""Models as tables: every candidate alone and together, by each way to treat ties, and beside a second library's numbers."""

from collections.abc import Mapping, Sequence

import pandas as pd

from cdanalysis.results import Estimate, NotEstimable, PredictorRow
from cdanalysis.settings import Settings
from cdanalysis.statistics.checks.lifelines_check import Comparison
from cdanalysis.writing.choices.labels import TIES_LABELS
from cdanalysis.writing.numbers import (
    NOTHING,
    confidence,
    hazard_ratio,
    hazard_ratio_with_p,
    not_entered,
    not_estimable,
    p_beside,
    p_value,
)

NOT_ENTERED = "not entered"
FIRST_COLUMNS = ("Factor", "Reference", "n (events)", "Reference n (events)", "Log-rank P")


def predictors_table(rows: Sequence[PredictorRow], settings: Settings) -> pd.DataFrame:
    """The table to read; text only, and why a candidate is not in the model in its cell."""
    lines = [_line(row, _left_out(row.logrank_p, settings.screening_p)) for row in rows]
    return pd.DataFrame(lines, columns=_columns(confidence(settings.conf_level)), dtype=object)


def paper_table(rows: Sequence[PredictorRow], settings: Settings) -> pd.DataFrame:
    """The table as a paper prints it: short cells, and a P that belongs to the ratio on its left."""
    level = confidence(settings.conf_level)
    columns = [*FIRST_COLUMNS, f"Univariable HR ({level})", "P", f"Multivariable HR ({level})", "P"]
    return pd.DataFrame([_line(row, NOT_ENTERED) for row in rows], columns=columns, dtype=object)


def predictors_numbers(rows: Sequence[PredictorRow]) -> pd.DataFrame:
    """The same rows with a column a number, unrounded; what has no number has its reason in a column of its own."""
    columns = zip(*map(_numbers, rows), strict=True) if rows else [()] * len(NUMBER_COLUMNS)
    # Each column of its kind at once: pandas takes three times as long to turn a frame of mixed rows into these.
    return pd.DataFrame(
        {
            name: pd.array(values, dtype=kind) if kind == "Int64" else pd.Index(values, dtype=kind)
            for (name, kind), values in zip(NUMBER_COLUMNS.items(), columns, strict=True)
        }
    )


NUMBER_COLUMNS = {
    **dict.fromkeys(("factor", "reference"), "object"),
    **dict.fromkeys(("n", "n_events", "n_reference", "n_events_reference"), "Int64"),
    "logrank_p": "float64",
    "logrank_note": "object",
    **{
        f"{model}_{what}": "object" if what == "note" else "float64"
        for model in ("univariable", "multivariable")
        for what in ("hazard_ratio", "lower", "upper", "p", "note")
    },
}


def _columns(interval: str) -> list[str]:
    ratios = [f"{model} {what}" for model in ("Univariable", "Multivariable") for what in (f"HR ({interval})", "P")]
    return [*FIRST_COLUMNS, *ratios]


def _line(row: PredictorRow, where_not_entered: str) -> list[str]:
    return [
        row.label,
        row.reference or NOTHING,
        f"{row.n} ({row.n_events})",
        NOTHING if row.n_reference is None else f"{row.n_reference} ({row.n_events_reference})",
        p_value(row.logrank_p),
        hazard_ratio(row.univariable),
        p_beside(row.univariable, row.univariable_p),
        where_not_entered if row.multivariable is None else hazard_ratio(row.multivariable),
        p_beside(row.multivariable, row.multivariable_p),
    ]


def _left_out(logrank_p: float | NotEstimable, screening_p: float) -> str:
    """Why a candidate is not in the model; that its P is too large is said once, under the table."""
    screened = not isinstance(logrank_p, NotEstimable) and logrank_p >= screening_p
    return NOT_ENTERED if screened else not_entered(screening_p, logrank_p)


def _numbers(row: PredictorRow) -> list[object]:
    sizes = [row.n, row.n_events, row.n_reference, row.n_events_reference]
    tested = row.logrank_p
    logrank = [float("nan"), not_estimable(tested)] if isinstance(tested, NotEstimable) else [tested, ""]
    alone = _effect(row.univariable, row.univariable_p)
    together = _effect(row.multivariable, row.multivariable_p)
    return [row.label, row.reference, *sizes, *logrank, *alone, *together]


def _effect(estimate: Estimate | NotEstimable | None, p: float) -> list[object]:
    if isinstance(estimate, Estimate):
        return [*estimate.numbers, p, ""]
    return [*[float("nan")] * 4, "not entered" if estimate is None else not_estimable(estimate)]


def check_table(comparisons: Sequence[Comparison]) -> pd.DataFrame:
    """One line per quantity: how many numbers agree within what."""
    lines = [
        (one.quantity, one.n_compared, f"{one.largest_difference:.1e}" if one.n_compared else "–", one.note)
        for one in comparisons
    ]
    return pd.DataFrame(lines, columns=["Quantity", "Numbers compared", "Largest difference", "Note"])


def ties_table(by_ties: Mapping[str, Sequence[PredictorRow]], conf_level: float) -> pd.DataFrame:
    """One line per term, two columns per way to treat ties: alone and in the model."""
    level = confidence(conf_level)
    first = next(iter(by_ties.values()))
    columns = {"Factor": [row.label for row in first]}
    for model in ("univariable", "multivariable"):
        for ties, rows in by_ties.items():
            name = f"{model.capitalize()} HR ({level}), P: {TIES_LABELS[ties]}"
            columns[name] = [_ratio(getattr(row, model), getattr(row, f"{model}_p")) for row in rows]
    return pd.DataFrame(columns)


def _ratio(estimate: Estimate | NotEstimable | None, p: float) -> str:
    return NOTHING if estimate is None else hazard_ratio_with_p(estimate, p)
