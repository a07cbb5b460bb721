"""Who each model loses to a missing value, and the model with imputed values beside that of the complete cases."""

import pandas as pd

from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.sections.predictors.missing_values.analysis import MissingValues
from cdanalysis.sections.predictors.missing_values.imputed_model import PooledModel
from cdanalysis.statistics.cox.cox_result import CoxTerm
from cdanalysis.writing.nouns import plural
from cdanalysis.writing.numbers import NOTHING, confidence, hazard_ratio, p_value


def accounting_table(found: MissingValues) -> pd.DataFrame:
    """A line a model."""
    lines = [
        [one.model, f"{one.n} ({one.n_events})", f"{one.n_used} ({one.n_events_used})", one.n - one.n_used,
         "; ".join(f"{lost.label} {lost.n_missing} ({lost.n_only} lack nothing else)" if len(one.lost) > 1
                   else f"{lost.label} {lost.n_missing}" for lost in one.lost) or NOTHING]
        for one in found.accounts
    ]  # fmt: skip
    events = plural(found.noun)
    columns = ["Model", f"Patients ({events})", f"Analysed ({events})", "Left out", "Not measured"]
    return pd.DataFrame(lines, columns=columns)


def pooled_table(found: PooledModel, conf_level: float) -> pd.DataFrame:
    """One line per term: complete cases beside all patients."""
    alone = {} if isinstance(found.complete_cases, NotEstimable) else {t.name: t for t in found.complete_cases.terms}
    lines = [
        [term.name, *_complete(alone.get(term.name)), hazard_ratio(term.hazard_ratio), p_value(term.p_value),
         f"{term.df:.1f}", f"{100 * term.missing_information:.0f}%"]
        if isinstance(term.hazard_ratio, Estimate)
        else [term.name, *_complete(alone.get(term.name)), hazard_ratio(term.hazard_ratio), *[NOTHING] * 3]
        for term in found.terms
    ]  # fmt: skip
    level = confidence(conf_level)
    columns = ["Term", f"Complete cases: HR ({level})", "Complete cases: P", f"Imputed: HR ({level})", "Imputed: P",
               "Degrees of freedom", "Missing information"]  # fmt: skip
    return pd.DataFrame(lines, columns=columns, dtype=object)


def _complete(term: CoxTerm | None) -> tuple[str, str]:
    if term is None:
        return NOTHING, NOTHING
    return hazard_ratio(term.hazard_ratio), p_value(term.p_value) if term.p_value == term.p_value else NOTHING
