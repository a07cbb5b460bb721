"""The ledger of this session: what was looked at, kept in the session only, and the lock of the primary specification."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd
import streamlit as st

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.markers import Marker
from cdanalysis.outcomes.markers import resolved
from cdanalysis.report import ledger
from cdanalysis.report.content import LedgerLine
from cdanalysis.sections.blocks import Looked
from cdanalysis.sections.predictors.relapse_predictors import Predictors
from cdanalysis.settings import Settings
from cdanalysis.ui.shell import frame


def note(shown: Looked) -> None:
    """Write down that results were shown; a second look at the same adds nothing."""
    chosen = ledger.specification(resolved(shown.cohort, shown.settings))
    seen = ledger.effects(shown.found) if isinstance(shown.found, Predictors) else ()
    entry = ledger.Looked(datetime.now(UTC), chosen, seen, shown.search, shown.n)
    _entries(shown.cohort).setdefault((shown.search, shown.n, chosen), entry)


def looked(cohort: Cohort) -> tuple[ledger.Looked, ...]:
    """What was looked at of a cohort, in the order of time."""
    return tuple(_entries(cohort).values())


def lines(cohort: Cohort) -> tuple[LedgerLine, ...]:
    """The ledger's lines, in the reader's own time."""
    return ledger.lines(looked(cohort), locked(), _zone(), resolved(cohort, Settings()))


def locked() -> ledger.Locked | None:
    """The primary specification, if one was locked."""
    return st.session_state.get("locked")


def locked_cutoff(marker: Marker) -> tuple[float, str] | None:
    """The cut-off and side of a marker that were locked."""
    primary = locked()
    if primary is None or (marker.from_data and primary.specification.chosen_cutoff(marker.code) is None):
        return None
    return primary.specification.cutoff_of(marker)


def locked_cutoffs(cohort: Cohort) -> dict[str, tuple[float, str]]:
    """The cut-offs and sides that were locked, by the marker's code; empty where nothing was."""
    primary = locked()
    codes = primary.specification.handle_codes if primary else ()
    found = {code: locked_cutoff(cohort.marker(code)) for code in codes if code in cohort.markers}
    return {code: cutoff for code, cutoff in found.items() if cutoff is not None}


def lock_button(cohort: Cohort) -> None:
    """Lock the settings in use as the primary specification, or say that it was done."""
    primary = locked()
    if primary is None:
        st.button(
            "Lock the primary specification", on_click=_lock, args=(cohort,), icon=":material/lock:", width="stretch", key="lock",
            help="Do it before exploring: what is locked counts as pre-specified, everything else is stamped.",
        )  # fmt: skip
    else:
        st.button(
            "Unlock the primary specification", on_click=_unlock, icon=":material/lock_open:", width="stretch",
            key="unlock", help="Forgets which specification was locked; the ledger keeps what was looked at.",
        )  # fmt: skip


def table(cohort: Cohort) -> pd.DataFrame:
    """The ledger to read."""
    columns = ["Time", "Differs from the primary specification in", "Hazard ratio", "P", "Origin"]
    rows = [(one.time_text, one.changed, one.hazard_ratio_text, one.p_text, one.origin) for one in lines(cohort)]
    return pd.DataFrame(rows, columns=columns)


def _lock(cohort: Cohort) -> None:
    chosen = ledger.specification(resolved(cohort, frame.settings()))
    st.session_state["locked"] = ledger.Locked(datetime.now(UTC), chosen)


def _unlock() -> None:
    st.session_state.pop("locked", None)


def _entries(cohort: Cohort) -> dict[Any, ledger.Looked]:
    return st.session_state.setdefault("ledger", {}).setdefault(cohort.fingerprint, {})


def _zone() -> tzinfo:
    """The reader's time zone, as the browser gives it."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
