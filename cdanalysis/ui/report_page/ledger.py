"""The ledger of this session: what was looked at, kept in the session only, and the lock of the primary specification."""

from datetime import UTC, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd
import streamlit as st

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes.markers import resolved
from cdanalysis.report import ledger
from cdanalysis.report.content import LedgerLine
from cdanalysis.sections.blocks import Looked
from cdanalysis.sections.models.candidate_models import CandidateModels
from cdanalysis.settings import Settings
from cdanalysis.settings.as_text.cutoffs import Lock
from cdanalysis.ui.shell import frame
from cdanalysis.writing.numbers import p_value


def note(shown: Looked) -> None:
    """Write down that results were shown; a second look at the same adds nothing."""
    names, now = shown.names or ledger.MODEL_FIELDS, resolved(shown.cohort, shown.settings)
    chosen = ledger.narrowed(now, names, shown.cut)
    seen: list[ledger.Effect] = []
    if isinstance(shown.candidates, CandidateModels):
        seen += ledger.effects(shown.candidates, [shown.cohort.marker(code) for code in now.handle_codes])
    seen += [ledger.Effect(label, "", p_value(p)) for label, p in shown.tested]
    entry = ledger.Looked(datetime.now(UTC), chosen, tuple(seen), shown.search, shown.n, shown.page, names, shown.cut)
    _entries(shown.cohort).setdefault((shown.page, shown.search, shown.n, chosen), entry)


def looked(cohort: Cohort) -> tuple[ledger.Looked, ...]:
    """What was looked at of a cohort, in the order of time."""
    return tuple(_entries(cohort).values())


def lines(cohort: Cohort) -> tuple[LedgerLine, ...]:
    """The ledger's lines, in the reader's own time."""
    return ledger.lines(looked(cohort), locked(), _zone(), resolved(cohort, Settings()))


def locked() -> ledger.Locked | None:
    """The primary specification, if one was locked."""
    return st.session_state.get("locked")


def lock_sentence(cohort: Cohort) -> str:
    """Whether the primary specification was locked, and after how many looks at this cohort."""
    return ledger.locked_sentence(looked(cohort), locked())


def sentence(cohort: Cohort) -> str:
    """How many specifications were looked at, and when the primary one was locked."""
    return ledger.inspected_sentence(looked(cohort), locked(), resolved(cohort, Settings()))


def locked_cutoffs() -> dict[str, Lock]:
    """The locked cut-offs by their markers' codes; empty where nothing was locked, without a median that nobody chose."""
    primary, cohort = locked(), frame.cohort()
    if primary is None:
        return {}
    before, markers = ledger.n_before(looked(cohort), primary), map(cohort.marker, cohort.markers)
    return {
        marker.code: Lock(*primary.specification.cutoff_of(marker), before)
        for marker in markers
        if not marker.from_data or primary.specification.chosen_cutoff(marker.code)
    }


def lock_button(cohort: Cohort) -> None:
    """Lock the settings in use as the primary specification, or say that it was done."""
    primary = locked()
    if primary is None:
        st.button(
            "Lock the primary specification", on_click=_lock, args=(cohort,), icon=":material/lock:", width="stretch", key="lock",
            help="Do it before looking at anything: only then does what is locked count as pre-specified. A later lock says "
            "after how many looks it came.",
        )  # fmt: skip
    else:
        st.button(
            "Unlock the primary specification",
            on_click=_unlock,
            icon=":material/lock_open:",
            width="stretch",
            key="unlock",
            help="Forgets which specification was locked; the ledger keeps what was looked at.",
        )


def table(cohort: Cohort) -> pd.DataFrame:
    """The ledger to read."""
    columns = ["Time", "Page", "Differs from the primary specification in", "Hazard ratio", "P", "Origin"]
    rows = [
        (one.time_text, one.page, one.changed, one.hazard_ratio_text, one.p_text, one.origin) for one in lines(cohort)
    ]
    return pd.DataFrame(rows, columns=columns)


def _lock(cohort: Cohort) -> None:
    st.session_state["locked"] = ledger.Locked(datetime.now(UTC), resolved(cohort, frame.settings()))


def _unlock() -> None:
    st.session_state.pop("locked", None)


def _entries(cohort: Cohort) -> dict[Any, ledger.Looked]:
    return st.session_state.setdefault("ledger", {}).setdefault(cohort.fingerprint_as_read, {})


def _zone() -> tzinfo:
    """The reader's time zone, as the browser gives it."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return UTC
