"""The disease indices: one row each, with the presets for remission, response and relapse as they were published."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cdanalysis.dictionary.index import Bound, Index, Preset, RelapseRule

STUDY = "thalidomide + azathioprine cohort (the study)"
SENSITIVITY, OWN = "sensitivity analysis", "own rule"  # of nobody else
OBJECTIVE = RelapseRule("objective", "Objective only", None, None, True, SENSITIVITY)


def _cdai_rules() -> tuple[RelapseRule, ...]:
    active, risen = Bound(150, ">"), Bound(70, ">")
    return (
        RelapseRule("study", "Study rule", active, risen, True, STUDY),
        RelapseRule("rise-100", "Rise of more than 100", active, Bound(100, ">"), True,
                    "rise of 100 points: used in maintenance trials", verified=False),
        RelapseRule("above-220", "CDAI above 220", Bound(220, ">"), None, True,
                    "CDAI above 220: lower bound of moderate activity in trials", verified=False),
        OBJECTIVE,
        RelapseRule("cdai", "CDAI only", active, risen, False, SENSITIVITY),
    )  # fmt: skip


CDAI = Index(
    "cdai", "CDAI", "a", "Crohn's Disease Activity Index", "cdai_points", "points", 0, 900,
    "cdai|cdai score|crohn s disease activity index|baseline cdai|cdai baseline|cdai total|total cdai|"
    "cdai total score|cdai评分|cdai总分|cdai分值|基线cdai",
    Preset(Bound(150, "<"), (50.0, 300.0), STUDY, ("study",)), Preset(Bound(70, ">"), (20.0, 200.0), STUDY, ("study",)),
    _cdai_rules(), ((50.0, 450.0), (0.0, 200.0)),
    remission_needs_fall=True, further_fall=100, step=5.0, per=50.0, slider=(0.0, 600.0), sources=("cdai",),
)  # fmt: skip

INDICES = {index.code: index for index in (CDAI,)}
BY_COLUMN = {index.column: index for index in INDICES.values()}
NAMED = ", ".join(index.label for index in INDICES.values())
OF_AN_INDEX = f"visits with a disease index ({NAMED})"
FIRST = next(iter(INDICES))  # that a cohort without any is spoken to about


def followed(visits: Any, day: float) -> list[str]:
    """Codes of the indices that a visit after a day has; visits: a frame with days and the indices' columns."""
    later = visits.loc[visits["days"] > day]
    return [code for code, index in INDICES.items() if index.column in later and later[index.column].notna().any()]


def longest_followed(visits: Any, days: Iterable[float]) -> tuple[str, ...]:
    """Codes of the indices that the visits have, those with one after the first of some days before the others."""
    return tuple(dict.fromkeys(code for day in days for code in followed(visits, day)))
