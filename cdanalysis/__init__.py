"""Survival analysis of a Crohn's disease cohort: the names offered to notebooks."""

from importlib import import_module
from typing import Any

RESULTS_VERSION = "13"

_HOMES = {
    "CohortError": "cdanalysis.errors",
    "Settings": "cdanalysis.settings",
    "Matching": "cdanalysis.reading",
    "Study": "cdanalysis.reading",
    "open_cohort": "cdanalysis.reading",
    "read_cohort": "cdanalysis.reading",
    "demo_cohort": "cdanalysis.demo",
    "kaplan_meier": "cdanalysis.statistics.curves.kaplan_meier",
    "logrank": "cdanalysis.statistics.curves.logrank",
    "cox": "cdanalysis.statistics.cox.cox",
    "cox_batch": "cdanalysis.statistics.cox.cox_batch",
    "proportional_hazards": "cdanalysis.statistics.checks.proportional_hazards",
    "frailty_cox": "cdanalysis.statistics.cox.frailty",
    "meta_analysis": "cdanalysis.statistics.pooling.meta_analysis",
    "firth_cox": "cdanalysis.statistics.cox.firth",
    "cutoff_scan": "cdanalysis.statistics.cutoffs.cutoff_scan",
    "rmst": "cdanalysis.statistics.curves.rmst",
    "aalen_johansen": "cdanalysis.statistics.competing.competing_risks",
    "fine_gray": "cdanalysis.statistics.competing.fine_gray",
    "interval_cox": "cdanalysis.statistics.cox.interval_cox",
    "max_combo": "cdanalysis.statistics.curves.max_combo",
    "mean_cumulative": "cdanalysis.statistics.recurrent.mean_cumulative",
    "recurrent_cox": "cdanalysis.statistics.recurrent.recurrent_cox",
    "turnbull": "cdanalysis.statistics.curves.turnbull",
    "gray_test": "cdanalysis.statistics.competing.gray_test",
    "subgroups": "cdanalysis.statistics.checks.subgroups",
    "adjusted_curves": "cdanalysis.statistics.checks.adjusted_curves",
}
__all__ = ["RESULTS_VERSION", "analyses", "sections", *_HOMES]  # pyright: ignore[reportUnsupportedDunderAll] (lazy)


def __getattr__(name: str) -> Any:
    """Each name from its home when first asked for: `wording` may read RESULTS_VERSION without importing the readers."""
    if name in ("analyses", "sections"):
        return import_module(f"cdanalysis.{name}")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'cdanalysis' has no attribute {name!r}")
