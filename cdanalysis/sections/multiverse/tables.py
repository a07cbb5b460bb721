"""The specification curve as tables: every specification, and what each choice explains."""

import pandas as pd

from cdanalysis.results import Estimate, NotEstimable, numbers_of
from cdanalysis.sections.multiverse.analysis import Multiverse
from cdanalysis.sections.multiverse.words import choice_words
from cdanalysis.writing.choices.labels import axis_labels
from cdanalysis.writing.numbers import hazard_ratio, p_beside


def specifications_table(found: Multiverse) -> pd.DataFrame:
    """One line per specification: its choices, hazard ratio, P, patients and events."""
    labels = axis_labels(found.handles)
    lines = []
    for one in found.specifications:
        ratio, p = hazard_ratio(one.hazard_ratio), p_beside(one.hazard_ratio, one.p_value)
        lines.append((*map(choice_words, found.axes, one.choices), ratio, p, one.n, one.n_events))
    return pd.DataFrame(
        lines, columns=[*(labels[axis] for axis in found.axes), "Hazard ratio", "P", "Patients", "Events"]
    )


def explained_table(found: Multiverse) -> pd.DataFrame:
    """One line per choice: the share of the variance of log HR between its values."""
    labels = axis_labels(found.handles)
    lines = [(labels[axis], f"{share:.1%}") for axis, share in zip(found.axes, found.explained, strict=True)]
    return pd.DataFrame(lines, columns=["Choice", "Variance of log HR explained"])


def specifications_numbers(found: Multiverse) -> pd.DataFrame:
    """The same unrounded; what has no hazard ratio has its reason in a column of its own."""
    lines = [
        (*one.choices, *numbers_of(one.hazard_ratio), one.p_value, one.n, one.n_events, _reason(one.hazard_ratio))
        for one in found.specifications
    ]
    cutoffs = {f"cutoff_{place}": f"{marker.code}_cutoff" for place, marker in enumerate(found.handles, 1)}
    axes = (cutoffs.get(axis, axis) for axis in found.axes)
    columns = [*axes, "hazard_ratio", "lower", "upper", "p_value", "n", "n_events", "note"]
    return pd.DataFrame(lines, columns=columns)


def _reason(ratio: Estimate | NotEstimable) -> str:
    return ratio.reason if isinstance(ratio, NotEstimable) else ""
