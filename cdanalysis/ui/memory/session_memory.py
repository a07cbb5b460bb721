"""Results of this session, kept as they are: what a moving handle asks for again is not copied on every change.

st.cache_data copies a result when it is kept and whenever it is asked for; of a register of 100,000 patients that takes
longer than to compute it. Results are frozen and never changed in place, and they end with the session.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Any, TypeVar

import streamlit as st

from cdanalysis.cohort import Cohort

KEY = "results"
# Parts of a cohort that a moving handle asks for again: columns, their models and tests; a register keeps fewer of them.
MOST_MADE, LEAST_MADE, MOST_CELLS = 1_024, 128, 10_000_000
REGISTER = 5_000  # patients: beyond it a first answer takes seconds, and the page says that it is being computed
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
    """Remember a function of (Cohort, hashable ...) by the cohort's fingerprint; the oldest results go first."""

    @wraps(function)
    def remembered(cohort: Cohort, *choices: Any) -> Result:
        kept: OrderedDict[tuple, Any] = st.session_state.setdefault(KEY, OrderedDict())
        key = (function.__name__, cohort.fingerprint, *choices)
        if key in kept:
            kept.move_to_end(key)
            return kept[key]
        with st.spinner("Computing…") if len(cohort.patients) > REGISTER else nullcontext():
            result = kept[key] = function(cohort, *choices)
        most = min(MOST_RESULTS, max(MOST_PATIENTS // max(len(cohort.patients), 1), 6))
        while len(kept) > most:
            kept.popitem(last=False)
        return result

    return remembered


def forget() -> None:
    """Drop every result: the cohort they are of has left the session."""
    st.session_state.pop(KEY, None)
