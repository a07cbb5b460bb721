"""A time of an event that those without it lack, beside one that everybody has: which of them is meant is asked.

`days_to_death`, empty of the living, stands beside `survival_time`: by its name the first is the time of `vital_status`, and
nobody without the event would have one.
"""

from collections.abc import Sequence
from dataclasses import replace

from cdanalysis.reading.outcomes.pairs import Pair, Pairing, asked_time

MOST_FILLED = 0.9  # of the patients: a time that so many have may lack in some by chance


def of_all(pairs: Sequence[Pair], known: Pairing) -> list[Pair]:
    """The outcomes, each with the time that the reader says where only some have that of its name."""
    taken = {one.place for pair in pairs for one in (pair.time, pair.date) if one}
    full = [one for one in known.times if one.place not in taken and one.said.generic and one.numbers]
    return [_asked(pair, full, known) if full and _is_of_some(pair, known) else pair for pair in pairs]


def _is_of_some(pair: Pair, known: Pairing) -> bool:
    """Whether an event that is known of nearly all has a time of some alone, and no last follow-up says of the others."""
    event, time = pair.event, pair.time
    if event is None or time is None or pair.date or known.ends or known.visits or time.said.generic:
        return False
    return time.filled < MOST_FILLED <= event.filled


def _asked(pair: Pair, full: Sequence, known: Pairing) -> Pair:
    assert pair.time is not None
    offered = [one for one in full if one.filled > pair.time.filled]
    answered = asked_time(replace(pair, time=None), [pair.time, *offered], known) if offered else pair
    return answered or pair
