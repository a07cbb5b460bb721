"""The checks of a multivariable model as a table: both estimates and the test of proportional hazards, term by term."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from cdanalysis.results import NotEstimable
from cdanalysis.wording.numbers import confidence, hazard_ratio, p_value

if TYPE_CHECKING:
    from cdanalysis.analyses.diagnostics import Diagnostics

NOTHING = "–"


def diagnostics_table(found: Diagnostics) -> pd.DataFrame:
    """A line a term, and the overall test last."""
    tested = {} if isinstance(found.proportional, NotEstimable) else {one.name: one for one in found.proportional.terms}
    penalised = {} if isinstance(found.firth, NotEstimable) else {one.name: one for one in found.firth.terms}
    level = confidence(found.model.conf_level)
    lines = [
        [term.name, hazard_ratio(term.hazard_ratio), *_firth(penalised.get(term.name)), *_tested(tested.get(term.name))]
        for term in found.model.terms
    ]  # fmt: skip
    if tested:
        overall = found.proportional.overall
        lines.append(
            ["All terms together", "", "", "", f"{overall.statistic:.2f} ({overall.df})", p_value(overall.p_value)]
        )
    columns = ["Term", f"HR ({level})", f"Firth HR ({level})", "Firth P", "Proportional hazards, chi-square (df)", "P"]
    return pd.DataFrame(lines, columns=columns)


def _firth(term: object) -> tuple[str, str]:
    if term is None:
        return NOTHING, NOTHING
    return hazard_ratio(term.hazard_ratio), NOTHING if term.p_value != term.p_value else p_value(term.p_value)


def _tested(one: object) -> tuple[str, str]:
    return (NOTHING, NOTHING) if one is None else (f"{one.statistic:.2f} (1)", p_value(one.p_value))
