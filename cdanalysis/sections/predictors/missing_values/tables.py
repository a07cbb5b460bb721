"""Who each model loses to a missing value, and the model with imputed values beside that of the complete cases."""

from collections.abc import Iterator

import pandas as pd

from cdanalysis.results import NotEstimable
from cdanalysis.sections.predictors.missing_values.analysis import MissingValues, ModelAccount
from cdanalysis.sections.predictors.missing_values.imputed_model import PooledModel
from cdanalysis.statistics.cox.cox_result import CoxTerm
from cdanalysis.statistics.imputation.imputation import PooledTerm
from cdanalysis.writing.nouns import plural
from cdanalysis.writing.numbers import NOTHING, confidence, hazard_ratio, p_value


def accounting_table(found: MissingValues) -> pd.DataFrame:
    """A line a model."""
    lines = [[one.model, *_sizes(one), "; ".join(_lost(one)) or NOTHING] for one in found.accounts]
    events = plural(found.noun)
    columns = ["Model", f"Patients ({events})", f"Analysed ({events})", "Left out", "Not measured"]
    return pd.DataFrame(lines, columns=columns)


def _sizes(one: ModelAccount) -> tuple[str, str, int]:
    return f"{one.n} ({one.n_events})", f"{one.n_used} ({one.n_events_used})", one.n - one.n_used


def _lost(one: ModelAccount) -> Iterator[str]:
    """Each column with its missing values; of several, how many patients lack that one alone."""
    for lost in one.lost:
        only = f" ({lost.n_only} lack nothing else)" if len(one.lost) > 1 else ""
        yield f"{lost.label} {lost.n_missing}{only}"


def pooled_table(found: PooledModel, conf_level: float) -> pd.DataFrame:
    """One line per term: complete cases beside all patients."""
    alone = {} if isinstance(found.complete_cases, NotEstimable) else {t.name: t for t in found.complete_cases.terms}
    lines = [[term.name, *_complete(alone.get(term.name)), *_imputed(term)] for term in found.terms]
    level = confidence(conf_level)
    both = [f"{model}: {what}" for model in ("Complete cases", "Imputed") for what in (f"HR ({level})", "P")]
    return pd.DataFrame(lines, columns=["Term", *both, "Degrees of freedom", "Missing information"], dtype=object)


def _imputed(term: PooledTerm) -> list[str]:
    if isinstance(term.hazard_ratio, NotEstimable):
        return [hazard_ratio(term.hazard_ratio), *[NOTHING] * 3]
    known = f"{100 * term.missing_information:.0f}%"
    return [hazard_ratio(term.hazard_ratio), p_value(term.p_value), f"{term.df:.1f}", known]


def _complete(term: CoxTerm | None) -> tuple[str, str]:
    if term is None:
        return NOTHING, NOTHING
    return hazard_ratio(term.hazard_ratio), p_value(term.p_value) if term.p_value == term.p_value else NOTHING
