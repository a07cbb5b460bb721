"""From state to state, in words."""

from cdanalysis.sections.response.states.analysis import ENDED, NOT_SEEN, STATES, States
from cdanalysis.writing.numbers import count, listed

ABOUT_STATES = (
    "Each patient's own visit nearest to the week; a missing visit is shown as such here, whatever it counts as above. Active: no "
    "response. Everybody is active at the start."
)


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
