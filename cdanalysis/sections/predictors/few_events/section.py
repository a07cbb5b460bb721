"""Events per covariate and separation, with Firth's estimates beside where they matter."""

from collections.abc import Iterator

from cdanalysis.cohort import Cohort
from cdanalysis.results import Caution, NotEstimable
from cdanalysis.sections.blocks import Note, Table
from cdanalysis.sections.models.words import model_cautions
from cdanalysis.sections.parts import Block, as_part
from cdanalysis.sections.predictors.analysis import predictors
from cdanalysis.sections.predictors.few_events.analysis import SparseData, sparse_data
from cdanalysis.sections.predictors.few_events.tables import firth_table
from cdanalysis.sections.recall import Recall, estimable, or_why
from cdanalysis.settings import Settings
from cdanalysis.writing.numbers import ABBREVIATIONS, sentence

TITLE = "Hazard ratios with Firth's penalty beside maximum likelihood"
ABOUT_FIRTH = (
    "Firth's penalty pulls a hazard ratio slightly towards 1, which keeps it finite where a group has no event and removes the "
    "exaggeration that few events cause; its interval is by profile likelihood, its P by likelihood ratio, its ties are "
    "Breslow's (R's coxphf)."
)
NOT_NEEDED = (
    "Ten events or more stand behind each covariate and every term has an estimate: Firth's penalty is not needed."
)


@as_part(
    "Few events", "Whether there are enough events for so many covariates.", waiting="Fitting with Firth's penalty…"
)
@or_why
def view(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    """The sentences, and the table where Firth's estimates are of use."""
    found = estimable(recall(predictors, cohort, settings))
    checked = recall(sparse_data, found, settings)
    yield from sparse_cautions(checked)
    if not isinstance(checked.model, NotEstimable) and checked.firth is None and not checked.separated:
        yield Note(NOT_NEEDED)
        return
    beside = firth_table(checked, settings.conf_level)
    if len(beside):
        yield Table("firth", beside, TITLE)
        yield Note(ABOUT_FIRTH)


def paper(found: SparseData, settings: Settings) -> Iterator[Table]:
    """The table of a paper, where Firth's estimates are of use."""
    beside = firth_table(found, settings.conf_level)
    if len(beside):
        yield Table("firth", beside, TITLE, footnote=ABBREVIATIONS)


def sparse_cautions(found: SparseData) -> list[Caution]:
    """Events per covariate, what separates, and what Firth's fit could not do."""
    return [
        *model_cautions(found.model, found.noun),
        *(Caution(text, "separation") for text in separation_sentences(found)),
    ]


def separation_sentences(found: SparseData) -> list[str]:
    """What separates, and what Firth's fit could not do."""
    told = [sentence(f"{one.label} alone: {one.reason}") for one in found.separated]
    failed = [one.firth.reason for one in found.separated if isinstance(one.firth, NotEstimable)]
    if isinstance(found.firth, NotEstimable):
        failed.append(found.firth.reason)
    told += [sentence(f"No Firth estimate: {reason}") for reason in dict.fromkeys(failed)]
    if found.firth is not None and not isinstance(found.firth, NotEstimable):
        told += [sentence(f"With Firth's penalty, {caution}") for caution in found.firth.cautions]
    return told
