"""Missing values in words; plain."""

from cdanalysis.results import NotEstimable
from cdanalysis.sections.predictors.missing_values.analysis import MissingValues, ModelAccount
from cdanalysis.sections.predictors.missing_values.imputed_model import PooledModel
from cdanalysis.settings import Settings
from cdanalysis.writing.escapes import one_line
from cdanalysis.writing.numbers import count, listed, patients_and_events, sentence
from cdanalysis.writing.within import within

ABOUT_IMPUTATION = (
    "Chained equations with predictive mean matching (as R's mice) on every candidate of this page, the event indicator and the "
    "Nelson-Aalen cumulative hazard. A marker is imputed as its logarithm and then cut; a category of several levels by how the "
    "other variables tell its levels apart, not by an order of its names. Estimates are pooled by Rubin's rules with Barnard and "
    "Rubin's degrees of freedom. This holds if a value's being missing depends on what was measured only."
)
SCREENED_ONCE = (
    "Which covariates are in this model was decided once, by the screening of the patients who have each value, and not again in "
    "each imputation: intervals and P values do not allow for that choice."
)


def missing_sentence(found: MissingValues) -> str:
    """How many patients lack a candidate, and what the multivariable model loses."""
    if not found.n_incomplete:
        return f"Every candidate was measured in all {count(found.n, 'patient')}: no model loses a patient."
    opening = f"{found.n_incomplete} of {count(found.n, 'patient')} lack at least one candidate"
    told = [_account(one, found.noun) for one in found.accounts[:1] if " alone" not in one.model]
    return " ".join(map(sentence, (opening, *told)))


def _account(one: ModelAccount, noun: str) -> str:
    analysed = f"the multivariable model analyses {patients_and_events(one.n_used, one.n_events_used, noun)}"
    gone = one.n - one.n_used
    if not gone:
        return f"{analysed}, all of them"
    reasons = listed([f"{within(lost.label)} is missing in {lost.n_missing}" for lost in one.lost])
    return f"{analysed}, and leaves out {patients_and_events(gone, one.n_events - one.n_events_used, noun)}: {reasons}"


def missingness_alt(found: MissingValues) -> str:
    """The alternative text of the map."""
    pairs = zip(found.labels, found.n_missing, strict=True)
    counts = ", ".join(f"{within(label)} {n}" for label, n in pairs if n)
    return one_line(f"Map of missing values in {count(found.n, 'patient')}: {counts or 'none'}.")


def pooled_sentence(found: PooledModel, settings: Settings) -> str:
    """How many patients the pooled model analyses, against the complete cases."""
    used = f"{count(found.n, 'patient')} ({count(found.n_events, found.noun)})"
    how = f"{count(found.n_imputations, 'imputation')}, seed {settings.imputation_seed}"
    whole = f"With imputed values all {used} are analysed ({found.n_incomplete} with an imputed covariate; {how})"
    if isinstance(found.complete_cases, NotEstimable):
        return f"{sentence(whole)} {sentence(f'Complete cases: {found.complete_cases.reason}')}"
    complete = count(found.complete_cases.n, "patient"), count(found.complete_cases.n_events, found.noun)
    return f"{sentence(whole)} Complete cases: {complete[0]} ({complete[1]})."
