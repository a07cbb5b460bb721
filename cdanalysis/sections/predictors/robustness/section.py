"""What a hazard ratio leans on: patients left out, the tipping point, the E-value, the bootstrap."""

from collections.abc import Iterator

from cdanalysis.cohort import Cohort
from cdanalysis.results import NotEstimable
from cdanalysis.sections.blocks import OF_PATIENTS, Figure, Note, Quote, Sentence, Table
from cdanalysis.sections.cutoffs.stamp_section import stamped_footer
from cdanalysis.sections.parts import Block, Choose, LongRun, as_part, lazily
from cdanalysis.sections.predictors.analysis import predictors
from cdanalysis.sections.predictors.robustness import words
from cdanalysis.sections.predictors.robustness.analysis import bootstrap_ratio, robustness
from cdanalysis.sections.predictors.robustness.figures import left_out_figure
from cdanalysis.sections.predictors.robustness.tables import bootstrap_table, left_out_table
from cdanalysis.sections.recall import Recall, estimable, or_why
from cdanalysis.settings import Settings
from cdanalysis.statistics.cox.cox_result import CoxTerm
from cdanalysis.writing.choices.conventions import convention_note, refitted
from cdanalysis.writing.escapes import escape_markdown


@as_part("Robustness", "What a hazard ratio leans on: single patients, patients lost, what was not measured.")
@or_why
def view(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    """What each term of the multivariable model leans on."""
    model = estimable(estimable(recall(predictors, cohort, settings)).multivariable)

    def on_term(name: str) -> Iterator[Block]:
        return _influence_on(cohort, settings, name, recall)

    options = {term.name: term.name for term in model.terms}
    yield Choose("check-influence", "Term", words.TERM_HELP, options, on_term, waiting="Leaving out each patient…")


@or_why
def _influence_on(cohort: Cohort, settings: Settings, label: str, recall: Recall) -> Iterator[Block]:
    found = estimable(recall(robustness, recall(predictors, cohort, settings), settings, label))
    told = words.left_out_sentence(found)
    yield Quote(escape_markdown(told))
    if not isinstance(found.left_out, NotEstimable) and found.left_out:
        figure = left_out_figure(found, stamped_footer(cohort, settings, recall))
        yield Figure("left-out", figure, told, private=OF_PATIENTS)
        title, rules = "Hazard ratio without single patients", convention_note(settings, refitted)
        yield Table("left-out", left_out_table(found), title, convention=rules, private=OF_PATIENTS)
        yield Note(words.ABOUT_LEFT_OUT)
    for sentence in (*words.tipping_sentences(found), words.e_value_sentence(found)):
        yield Sentence(f"- {escape_markdown(sentence)}")
    yield Note(f"{words.ABOUT_TIPPING} {words.ABOUT_E_VALUE}")
    drawn, given = lazily(_bootstrap, cohort, settings, found.term, recall), (cohort, settings, found.term.name)
    yield LongRun(words.BOOTSTRAP_LABEL, words.BOOTSTRAP_HELP, drawn, bootstrap_ratio, given)


@or_why
def _bootstrap(cohort: Cohort, settings: Settings, term: CoxTerm, recall: Recall) -> Iterator[Block]:
    found = estimable(recall(bootstrap_ratio, cohort, settings, term.name, waiting="Drawing patients…"))
    shown = bootstrap_table(found, term, settings.conf_level)
    rules = convention_note(settings, refitted)
    yield Table("bootstrap", shown, "Hazard ratio over bootstrap resamples", convention=rules)
    yield Note(escape_markdown(words.bootstrap_sentence(found, term.name)))
