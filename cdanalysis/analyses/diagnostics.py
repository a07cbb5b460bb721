"""Can the multivariable model be believed: proportional hazards term by term, and Firth's estimates beside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cdanalysis.analyses.candidate_models import CandidateModels
from cdanalysis.analyses.screening import observations
from cdanalysis.endpoints import TimeToEvent
from cdanalysis.results import NotEstimable
from cdanalysis.settings import Settings
from cdanalysis.statistics.cox_result import CoxResult
from cdanalysis.statistics.firth import firth_cox
from cdanalysis.statistics.proportional_hazards import ProportionalHazards, proportional_hazards

LATE = "Firth's penalty is not available with late entry"


@dataclass(frozen=True, eq=False)
class Diagnostics:
    """The multivariable model as it stands, its test of proportional hazards, and the model with Firth's penalty."""

    model: CoxResult
    proportional: ProportionalHazards | NotEstimable
    firth: CoxResult | NotEstimable


def diagnostics(found: CandidateModels, endpoint: TimeToEvent, settings: Settings) -> Diagnostics | NotEstimable:
    """The checks of the multivariable model of a page."""
    if isinstance(found.multivariable, NotEstimable):
        return found.multivariable
    data = observations(endpoint)
    chosen = [one for one in found.candidates if one.code in found.screened_in]
    labels = [term.label for one in chosen for term in one.terms]
    design = pd.DataFrame(np.column_stack([one.columns for one in chosen]), columns=labels)
    tested = proportional_hazards(data.time, data.event, design, ties=settings.ties, entry=_entry(data.entry))
    late = data.entry is not None
    penalised = NotEstimable(LATE) if late else firth_cox(data.time, data.event, design, conf_level=settings.conf_level)
    return Diagnostics(found.multivariable, tested, penalised)


def _entry(entry: np.ndarray | None) -> np.ndarray | None:
    return None if entry is None else np.maximum(entry, 0.0)
