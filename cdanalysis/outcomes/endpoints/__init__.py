"""Time zero, event and censoring: one time to relapse, hospitalization, surgery or adverse event a patient."""

from __future__ import annotations

from collections.abc import Callable

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes.endpoints.between_visits import relapse_between_visits
from cdanalysis.outcomes.endpoints.competing import competing_relapse
from cdanalysis.outcomes.endpoints.events import adverse_event, hospitalization, observed_for_adverse_events, surgery
from cdanalysis.outcomes.endpoints.maintenance import NAIVE, end_of_follow_up, landmark_visit
from cdanalysis.outcomes.endpoints.relapse import NOT_DERIVED, relapse
from cdanalysis.outcomes.endpoints.time_to_event import TimeToEvent
from cdanalysis.results import NotEstimable
from cdanalysis.settings import Settings, that_decide

__all__ = ["ENDPOINTS", "ENDPOINT_FIELDS", "NAIVE", "NOT_DERIVED", "TimeToEvent", "adverse_event", "competing_relapse",
           "end_of_follow_up",
           "hospitalization", "landmark_visit", "observed_for_adverse_events", "relapse", "relapse_between_visits",
           "surgery"]  # fmt: skip

ENDPOINTS: dict[str, Callable[[Cohort, Settings], TimeToEvent | NotEstimable]] = {
    "relapse": relapse,
    "hospitalization": hospitalization,
    "surgery": surgery,
    "adverse_event": adverse_event,
}

# The settings that decide the endpoint, and nothing else: the key under which it is remembered.
ENDPOINT_FIELDS = that_decide("endpoint")
