"""Maximum likelihood beside Firth's penalty, term by term."""

import pandas as pd

from cdanalysis.results import NotEstimable
from cdanalysis.sections.predictors.few_events.analysis import SparseData
from cdanalysis.statistics.cox.cox_result import CoxResult, CoxTerm
from cdanalysis.writing.numbers import confidence, hazard_ratio, p_value

TOGETHER, ALONE = "Together", "Alone"


def firth_table(found: SparseData, conf_level: float) -> pd.DataFrame:
    """The terms of the model, then each candidate that has no estimate alone."""
    lines = []
    if not isinstance(found.model, NotEstimable) and found.firth is not None:
        penalised = _by_name(found.firth)
        lines += [_line(TOGETHER, term.name, term, penalised.get(term.name)) for term in found.model.terms]
    for one in found.separated:
        lines += [_line(ALONE, name, None, term) for name, term in _by_name(one.firth).items()]
    level = confidence(conf_level)
    return pd.DataFrame(lines, columns=["Model", "Term", f"HR ({level})", "P", f"Firth HR ({level})", "Firth P"])


def _by_name(fit: CoxResult | NotEstimable) -> dict[str, CoxTerm]:
    return {} if isinstance(fit, NotEstimable) else {term.name: term for term in fit.terms}


def _line(model: str, name: str, plain: CoxTerm | None, penalised: CoxTerm | None) -> tuple[str, ...]:
    return (model, name, *_shown(plain), *_shown(penalised))


def _shown(term: CoxTerm | None) -> tuple[str, str]:
    if term is None or isinstance(term.hazard_ratio, NotEstimable):
        return "not estimable", "–"
    return hazard_ratio(term.hazard_ratio), "not found" if term.p_value != term.p_value else p_value(term.p_value)
