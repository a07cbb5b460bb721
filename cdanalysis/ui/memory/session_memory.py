"""Results of this session, kept as they are: what a moving handle asks for again is not copied on every change.

st.cache_data copies a result when it is kept and whenever it is asked for; of a register of 100,000 patients that takes
longer than to compute it. Results are frozen and never changed in place, and they end with the session.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from functools import wraps
from typing import Any, TypeVar

import streamlit as st

from cdanalysis.cohort import Cohort
from cdanalysis.sections.parts import REGISTER

KEY = "results"
# Parts of a cohort that a moving handle asks for again: columns, their models and tests; a register keeps fewer of them.
MOST_MADE, LEAST_MADE, MOST_CELLS = 1_024, 128, 10_000_000
MOST_RESULTS = 64
MOST_PATIENTS = 1_600_000  # of all results together: a register keeps few
Result = TypeVar("Result")


class Parts(dict[Any, Any]):
    """A cohort's memory: what is made of it again and again, all dropped at once when there is too much of it."""

    def __init__(self, n_patients: int) -> None:
        super().__init__()
        self.most = min(MOST_MADE, MOST_CELLS // (n_patients + 1) + LEAST_MADE)

    def __setitem__(self, key: Any, value: Any) -> None:
        if len(self) >= self.most:
            self.clear()
        super().__setitem__(key, value)


def with_parts(cohort: Cohort) -> Cohort:
    """The cohort with a memory of this session; it ends with the cohort."""
    return cohort if cohort.memory is not None else cohort.with_memory(Parts(len(cohort.patients)))


def in_session(function: Callable[..., Result]) -> Callable[..., Result]:
    """Remember a function of (Cohort, hashable ...)."""

    @wraps(function)
    def of_session(*given: Any) -> Result:
        return remembered(function, *given)

    return of_session


def remembered(function: Callable[..., Result], *given: Any) -> Result:
    """What a function gives, computed once for the same cohort and choices; the oldest results go first."""
    kept: OrderedDict[tuple, Any] = st.session_state.setdefault(KEY, OrderedDict())
    key = (function, *map(_key, given))
    if key in kept:
        kept.move_to_end(key)
        return kept[key]
    n_patients = _n_patients(given)
    with st.spinner("Computing…") if n_patients > REGISTER else nullcontext():
        result = kept[key] = function(*given)
    most = min(MOST_RESULTS, max(MOST_PATIENTS // max(n_patients, 1), 6))
    while len(kept) > most:
        kept.popitem(last=False)
    return result


def _key(one: Any) -> Any:
    """What tells one thing that is given from another: a cohort is its fingerprint, a result is itself."""
    return getattr(one, "fingerprint", one)


def _n_patients(given: Sequence[Any]) -> int:
    """How many patients a result is of, where it is made from the cohort itself."""
    return max((len(one.patients) for one in given if hasattr(one, "fingerprint")), default=0)


def forget() -> None:
    """Drop every result: the cohort they are of has left the session."""
    st.session_state.pop(KEY, None)
