"""Time zero, event and censoring: one time per patient to whichever outcome the cohort has."""

from cdanalysis.outcomes.endpoints.between_visits import relapse_between_visits
from cdanalysis.outcomes.endpoints.competing import competing_relapse
from cdanalysis.outcomes.endpoints.declared import (
    DERIVED,
    ENDPOINT_FIELDS,
    Derive,
    declared,
    endpoint_of,
    offered,
    outcome_of,
)
from cdanalysis.outcomes.endpoints.events import adverse_event, hospitalization, observed_for_adverse_events, surgery
from cdanalysis.outcomes.endpoints.maintenance import NAIVE, end_of_follow_up, landmark_visit
from cdanalysis.outcomes.endpoints.recurrent import Recurrent, recurrent_events
from cdanalysis.outcomes.endpoints.relapse import NOT_DERIVED, relapse
from cdanalysis.outcomes.endpoints.time_to_event import TimeToEvent
