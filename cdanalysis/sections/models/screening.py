"""Which candidates enter the multivariable model: those whose log-rank P is below `screening_p`."""

from collections.abc import Sequence

import numpy as np

from cdanalysis.cohort import Memory
from cdanalysis.outcomes.covariates import Covariate
from cdanalysis.results import NotEstimable, p_of
from cdanalysis.sections.models.per_candidate import per_candidate
from cdanalysis.settings import Settings
from cdanalysis.statistics.cox.cox_result import CoxResult
from cdanalysis.statistics.curves.logrank import logrank_by_place, logrank_columns
from cdanalysis.statistics.time_axis import Observed, labels_in_order


def screening_p(
    data: Observed,
    candidates: Sequence[Covariate],
    univariable: Sequence[CoxResult | NotEstimable],
    memory: Memory | None = None,
) -> tuple[float | NotEstimable, ...]:
    """Log-rank P between each candidate's groups; for one kept continuous, the score test of its model."""
    pairs = [index for index, one in enumerate(candidates) if one.kind in ("cut", "binary")]

    def tested(new: Sequence[Covariate]) -> list[float]:
        return logrank_columns(data, np.column_stack([one.columns for one in new])).tolist()

    p_values = per_candidate(memory, "tested", data, (), [candidates[index] for index in pairs], tested)
    found: dict[int, float | NotEstimable] = {
        index: p for index, p in zip(pairs, p_values, strict=True) if not np.isnan(p)
    }
    for index, (one, fit) in enumerate(zip(candidates, univariable, strict=True)):
        if index in found:
            continue
        if one.groups is None:
            found[index] = fit if isinstance(fit, NotEstimable) else fit.score.p_value
        else:
            test = logrank_by_place(data, *labels_in_order("groups", one.groups, len(data)))
            found[index] = p_of(test)
    return tuple(found[index] for index in range(len(candidates)))


def screen(
    candidates: Sequence[Covariate], logrank_p: Sequence[float | NotEstimable], settings: Settings
) -> tuple[Covariate, ...]:
    """The candidates that enter the multivariable model."""
    return tuple(
        candidate
        for candidate, p in zip(candidates, logrank_p, strict=True)
        if not isinstance(p, NotEstimable) and p < settings.screening_p
    )
