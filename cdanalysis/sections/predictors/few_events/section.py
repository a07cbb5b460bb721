"""Events per covariate and separation, with Firth's estimates beside where they matter."""

from collections.abc import Iterator

from cdanalysis.cohort import Cohort
from cdanalysis.results import NotEstimable
from cdanalysis.sections.blocks import Note, Table
from cdanalysis.sections.parts import Block
from cdanalysis.sections.predictors.few_events import words
from cdanalysis.sections.predictors.few_events.analysis import SparseData, sparse_data
from cdanalysis.sections.predictors.few_events.tables import firth_table
from cdanalysis.sections.predictors.relapse_predictors import predictors
from cdanalysis.sections.recall import Recall
from cdanalysis.settings import Settings
from cdanalysis.writing.numbers import ABBREVIATIONS

TITLE = "Hazard ratios with Firth's penalty beside maximum likelihood"


def view(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    """The sentences, and the table where Firth's estimates are of use."""
    found = recall(predictors, cohort, settings)
    if isinstance(found, NotEstimable):
        yield found
        return
    checked = recall(sparse_data, found, settings)
    yield from words.sparse_cautions(checked)
    if not isinstance(checked.model, NotEstimable) and checked.firth is None and not checked.separated:
        yield Note(words.NOT_NEEDED)
        return
    beside = firth_table(checked, settings.conf_level)
    if len(beside):
        yield Table("firth", beside, TITLE)
        yield Note(words.ABOUT_FIRTH)


def paper(found: SparseData, settings: Settings) -> Iterator[Table]:
    """The table of a paper, where Firth's estimates are of use."""
    beside = firth_table(found, settings.conf_level)
    if len(beside):
        yield Table("firth", beside, TITLE, footnote=ABBREVIATIONS)
