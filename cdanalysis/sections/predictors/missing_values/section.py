"""Missing values: who is left out, the map, and the model with imputed values."""

from collections.abc import Iterator

from cdanalysis.cohort import Cohort
from cdanalysis.results import Caution
from cdanalysis.sections.blocks import Note, Sentence, Table, drawn
from cdanalysis.sections.models.section import SCREENED
from cdanalysis.sections.models.words import is_screened
from cdanalysis.sections.parts import Block, Control, LongRun, SideBySide, as_part, lazily
from cdanalysis.sections.predictors.missing_values import tables, words
from cdanalysis.sections.predictors.missing_values.analysis import missing_values
from cdanalysis.sections.predictors.missing_values.figures import missingness_map
from cdanalysis.sections.predictors.missing_values.imputed_model import imputations, not_imputable, pooled_model
from cdanalysis.sections.recall import Recall, estimable, or_why
from cdanalysis.settings import Settings, only, that_decide
from cdanalysis.writing.choices.conventions import convention_note, imputed
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.footers import footer

IMPUTE = "Impute the missing covariates of the multivariable model"
IMPUTE_HELP = "Fills each missing value several times from the others, and pools the models."
# What was imputed stays while a cut-off moves: no cut-off plays a part in it.
IMPUTATION_FIELDS = that_decide("endpoint", "imputation")
CONTROLS = SideBySide(((Control("imputations"),), (Control("imputation_seed"),)))


@as_part("Missing values", "Who is left out for want of a value, and the model with it filled in.")
@or_why
def view(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    """Who lacks what, and the switch of the imputation."""
    found = estimable(recall(missing_values, cohort, settings))
    yield Sentence(escape_markdown(words.missing_sentence(found)))
    if not found.n_incomplete:
        return
    yield Table("missing-by-model", tables.accounting_table(found), "Who each model leaves out for want of a value")
    figure = missingness_map(found, footer=footer(cohort, settings, "predictors"))
    yield drawn("missing-values", figure, words.missingness_alt(found))
    given = cohort, only(settings, IMPUTATION_FIELDS)
    yield LongRun(IMPUTE, IMPUTE_HELP, lazily(_imputed, cohort, settings, recall), imputations, given)


@or_why
def _imputed(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    yield CONTROLS
    refused = not_imputable(cohort, settings)
    if refused is not None:
        yield refused
        return
    drawn = recall(imputations, cohort, only(settings, IMPUTATION_FIELDS), waiting="Imputing…")
    found = estimable(pooled_model(cohort, settings, drawn))
    yield Sentence(escape_markdown(words.pooled_sentence(found, settings)))
    rules = convention_note(settings, imputed)
    shown = tables.pooled_table(found, settings.conf_level)
    yield Table("imputed-model", shown, "Multivariable model with imputed covariates", convention=rules)
    if is_screened(settings):
        yield Caution(words.SCREENED_ONCE, SCREENED)
    yield Note(words.ABOUT_IMPUTATION)
