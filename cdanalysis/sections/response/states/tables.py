"""The states at each week, and the moves between them."""

import pandas as pd

from cdanalysis.sections.response.states.analysis import STATES, States


def states_table(found: States) -> pd.DataFrame:
    """A line a week."""
    lines = [
        (week, *(at.get(state, 0) for state in STATES)) for week, at in zip(found.weeks, found.counts, strict=True)
    ]
    return pd.DataFrame(lines, columns=["Week", *(state.capitalize() for state in STATES)])


def moves_table(found: States) -> pd.DataFrame:
    """A line a pair of weeks and states that somebody goes between."""
    weeks = zip(found.weeks, found.weeks[1:], strict=False)
    lines = [
        (f"{first} to {second}", before, after, n)
        for (first, second), moves in zip(weeks, found.moves, strict=True)
        for (before, after), n in sorted(
            moves.items(), key=lambda move: (STATES.index(move[0][0]), STATES.index(move[0][1]))
        )
    ]
    return pd.DataFrame(lines, columns=["Weeks", "From", "To", "Patients"])
