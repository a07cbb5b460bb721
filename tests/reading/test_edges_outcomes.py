"""Which columns make an outcome and what its codes mean, each rule at its edge."""

from __future__ import annotations

from cdanalysis.reading.outcomes.headers.headers import said_by
from cdanalysis.reading.outcomes.looked import Looked
from cdanalysis.reading.outcomes.pairs import Pair, Pairing, paired
from cdanalysis.reading.questions import Asking

# --- Pairs ------------------------------------------------------------------------------------------------------------


def looked(headers: str, *, filled: float = 1.0) -> list[Looked]:
    """A column for each header, at its place: an event holds codes, a date dates, another column numbers."""
    return [
        Looked(place, header, said := said_by(header), said.role == "event", said.role == "date", filled)
        for place, header in enumerate(headers.split("|"))
    ]


def pairs(headers: str, *, ends: str = "", visits: bool = False, filled: float = 1.0) -> tuple[list[Pair], list[str]]:
    """The outcomes and the questions."""
    asking, columns = Asking(), looked(headers, filled=filled)
    events, times, dates = ([one for one in columns if one.said.role == role] for role in ("event", "months", "date"))
    known = Pairing(events, times, dates, {"follow_up_months": ends} if ends else {}, asking, visits)
    return paired(known), list(asking.asked)


def test_a_time_that_names_nothing_is_the_event_s_before_the_end_of_follow_up_is() -> None:
    for headers in ("relapse|time (months)|follow_up_months", "relapse|follow_up_months|time (months)"):
        (pair,), asked = pairs(headers)
        assert pair.time is not None
        assert (pair.time.header, asked) == ("time (months)", [])
    (pair,), asked = pairs("relapse|follow_up_months")
    assert pair.time is not None
    assert (pair.time.header, asked) == ("follow_up_months", [])
    assert pairs("relapse|observation (months)|follow_up_months") == ([], ["time:patients:relapse"])
