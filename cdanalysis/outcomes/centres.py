"""Which column says where a patient was treated: the one that is chosen, else one whose header says so.

A centre is a category of any number of values, so that most of them hold several patients; a code of whole numbers is one too.
"""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from cdanalysis.cohort import Cohort, remembered
from cdanalysis.dictionary.centres import CHINESE
from cdanalysis.dictionary.centres import WORDS as PLACES
from cdanalysis.outcomes.selection import values_of
from cdanalysis.settings import Settings

WORDS = PLACES | {"centres", "centers", "institution", "institute"}
# A header with one of these says where in the body, or what happened there.
OTHER_MEANINGS = {
    "disease",
    "lesion",
    "biopsy",
    "resection",
    "stricture",
    "fistula",
    "injection",
    "stay",
    "admission",
    "days",
    "date",
}
MOST_CENTRES = 60


def centre_columns(cohort: Cohort) -> tuple[str, ...]:
    """The file's further columns that can be centres, those whose header says so first."""
    return remembered(
        cohort.memory, "centres", lambda: tuple(sorted(_offered(cohort), key=lambda one: not says_so(one)))
    )


def centre_column(cohort: Cohort, settings: Settings) -> str:
    """The column in use: the chosen one, else the first whose header says so; "" for none."""
    offered = centre_columns(cohort)
    if settings.centre in offered:
        return settings.centre
    return next((one for one in offered if says_so(one)), "")


def centres_of(cohort: Cohort, column: str, patient_ids: Sequence[str]) -> np.ndarray:
    """Where each of the patients was treated, as text in their order; None where it is not known."""
    values = pd.Series(_texts(cohort, column).to_numpy(), cohort.patients["patient_id"]).reindex(list(patient_ids))
    return np.array([None if pd.isna(value) else value for value in values], dtype=object)


def says_so(header: str) -> bool:
    """Whether a header is that of a centre."""
    words = set(re.sub(r"[\W_]+", " ", header.casefold()).split())
    named = words & WORDS or any(word in header for word in CHINESE)
    return bool(named) and not words & OTHER_MEANINGS


def _offered(cohort: Cohort) -> list[str]:
    return [column for column in cohort.extra_columns if _is_category(cohort, column)]


def _is_category(cohort: Cohort, column: str) -> bool:
    values = _texts(cohort, column)
    n = values.nunique()
    whole = not pd.api.types.is_float_dtype(cohort.patients[column]) or bool(
        (cohort.patients[column].dropna() % 1 == 0).all()
    )
    return whole and 2 <= n <= MOST_CENTRES and 2 * n <= values.notna().sum()


def _texts(cohort: Cohort, column: str) -> pd.Series:
    """The column's values as texts; a code without its decimal point."""
    values = values_of(cohort, column)
    assert values is not None
    return values.astype(object).map(_text)


def _text(value: object) -> str | None:
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return None
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
