"""Which of several outcomes decides for a patient: the first that happened, else the observation that ended first."""

from __future__ import annotations

import pandas as pd
import pytest

from cdanalysis.demo import demo_cohort
from cdanalysis.outcomes.endpoints import TimeToEvent, endpoint_of
from cdanalysis.outcomes.endpoints.composite import _earliest, _of
from cdanalysis.settings import Settings


def patients(times: list[float], events: list[bool], what: str, **further: object) -> pd.DataFrame:
    given = {"patient_id": list("ABCDE"), "time_months": times, "event": events, "ended_by": what, **further}
    return pd.DataFrame(given).set_index("patient_id")


def test_the_first_that_happened_else_the_end_that_came_first() -> None:
    relapse = patients([5, 5, 9, 7, 8], [True, True, False, False, True], "relapse", event_type=1, origin_days=168.0)
    surgery = patients([3, 6, 4, 2, 8], [True, True, True, False, True], "surgery", event_type=1, only_here=1)
    found = _earliest([relapse, surgery])
    assert found["patient_id"].tolist() == list("ABCDE")
    assert found["time_months"].tolist() == [3, 5, 4, 2, 8]
    assert found["event"].tolist() == [True, True, True, False, True]
    assert found["ended_by"].tolist() == [
        "surgery",
        "relapse",
        "surgery",
        "surgery",
        "relapse",
    ]  # of one day the first named
    assert list(found) == ["patient_id", "time_months", "event", "ended_by"]  # what both have, and no type of event
    # A relapse after the end of what was seen of surgeries is a relapse all the same.
    later = _earliest([patients([9] * 5, [True] * 5, "relapse"), patients([3] * 5, [False] * 5, "surgery")])
    assert later["time_months"].tolist() == [9] * 5


def test_those_who_have_all_of_them_in_one_order() -> None:
    frame = pd.DataFrame({"patient_id": ["C", "A", "B"], "time_months": [3.0, 1.0, 2.0]})
    assert _of(frame, {"A", "C"})["time_months"].to_dict() == {"A": 1.0, "C": 3.0}


@pytest.mark.parametrize(
    ("outcome", "of_responders"),
    [
        ("relapse", True),
        ("relapse,surgery", True),
        ("adverse_event", False),
        ("endoscopic_remission", False),
        ("adverse_event,endoscopic_remission", False),  # neither asks who responded
    ],
)
def test_who_is_analysed_follows_from_the_outcomes(outcome: str, of_responders: bool) -> None:
    found = endpoint_of(demo_cohort(), Settings(outcome=outcome))
    assert isinstance(found, TimeToEvent)
    assert found.code == outcome
    assert found.of_responders == of_responders


def test_who_has_both_a_relapse_and_an_adverse_event_has_responded() -> None:
    found = endpoint_of(
        demo_cohort(), Settings(outcome="relapse,adverse_event", clock="naive")
    )  # both from the start of therapy
    assert isinstance(found, TimeToEvent)
    assert found.of_responders
