"""From state to state over the visits."""

from collections.abc import Iterator

from cdanalysis.cohort import Cohort
from cdanalysis.sections.blocks import OF_COUNTS, Figure, Note, Quote, Table
from cdanalysis.sections.parts import Block, Folded, as_part
from cdanalysis.sections.recall import Recall, estimable, or_why
from cdanalysis.sections.response import tables
from cdanalysis.sections.response.states.analysis import ENDED, NOT_SEEN, STATES, States, states
from cdanalysis.sections.response.states.figures import alluvial
from cdanalysis.settings import Settings
from cdanalysis.writing.footers import footer
from cdanalysis.writing.numbers import count, listed

ABOUT_STATES = (
    "Each patient's own visit nearest to the week; a missing visit is shown as such here, whatever it counts as above. Active: no "
    "response. Everybody is active at the start."
)

ABOUT = "Who is in remission, responds, is active or lost at each week, and from which state to which they go."


@as_part("From state to state", ABOUT)
@or_why
def view(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    """Of everybody with the index at baseline."""
    found = estimable(recall(states, cohort, settings))
    figure = alluvial(found, footer(cohort, settings, "induction"))
    yield Figure("states-over-visits", figure, states_alt(found), private=OF_COUNTS)
    yield Quote(states_sentence(found))
    yield Table("states-by-week", tables.states_table(found), "State at each week")
    moves = Table("moves-between-states", tables.moves_table(found), "Who goes from which state to which")
    yield Folded("Who goes from which state to which", (moves,))
    yield Note(ABOUT_STATES)


def states_alt(found: States) -> str:
    """The alternative text: the counts at each week; plain."""
    return " ".join(
        [
            "Alluvial plot.",
            *(f"Week {week}: {_counts(at)}." for week, at in zip(found.weeks, found.counts, strict=True)),
        ]
    )


def states_sentence(found: States) -> str:
    """For the manuscript: the last week's states, and who kept remission."""
    last = found.counts[-1]
    seen = found.n - last.get(NOT_SEEN, 0) - last.get(ENDED, 0)
    return f"Of {count(found.n, 'patient')}, {seen} were seen at week {found.weeks[-1]}: {_counts(last)}."


def _counts(at: dict[str, int]) -> str:
    return listed([f"{at[state]} {state}" for state in STATES if at.get(state)])
