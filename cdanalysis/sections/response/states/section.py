"""From state to state over the visits."""

from collections.abc import Iterator

from cdanalysis.cohort import Cohort
from cdanalysis.results import NotEstimable
from cdanalysis.sections.blocks import OF_COUNTS, Figure, Note, Quote, Table
from cdanalysis.sections.parts import Block, Folded
from cdanalysis.sections.recall import Recall
from cdanalysis.sections.response.states import tables, words
from cdanalysis.sections.response.states.analysis import states
from cdanalysis.sections.response.states.figures import alluvial
from cdanalysis.settings import Settings
from cdanalysis.writing.footers import footer


def view(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    """Of everybody with the index at baseline."""
    found = recall(states, cohort, settings)
    if isinstance(found, NotEstimable):
        yield found
        return
    yield Figure(
        "states-over-visits",
        alluvial(found, footer(cohort, settings, "induction")),
        words.states_alt(found),
        private=OF_COUNTS,
    )
    yield Quote(words.states_sentence(found))
    yield Table("states-by-week", tables.states_table(found), "State at each week")
    moves = Table("moves-between-states", tables.moves_table(found), "Who goes from which state to which")
    yield Folded("Who goes from which state to which", (moves,))
    yield Note(words.ABOUT_STATES)
