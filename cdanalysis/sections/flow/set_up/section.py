"""What was understood of a file, and the curve it gives: the blocks of the set-up step."""

from collections.abc import Iterator

from cdanalysis.cohort import Cohort
from cdanalysis.results import Caution, NotEstimable
from cdanalysis.sections.blocks import Sentence
from cdanalysis.sections.flow.set_up import words
from cdanalysis.sections.flow.set_up.analysis import offered
from cdanalysis.sections.parts import Block
from cdanalysis.sections.recall import Recall, direct
from cdanalysis.settings import Settings


def view(cohort: Cohort, settings: Settings, recall: Recall = direct) -> Iterator[Block]:
    """Outcomes and markers in sentences, and what is still open."""
    found = recall(offered, cohort, settings)
    if isinstance(found, NotEstimable):
        yield found
        return
    yield Sentence(words.outcomes_sentence(found))
    yield Sentence(words.markers_sentence(found, len(cohort.patients)))
    if cohort.questions:
        yield Caution(words.questions_sentence(len(cohort.questions)), "questions")
