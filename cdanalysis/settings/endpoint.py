"""The settings that decide who has which time and event."""

from dataclasses import dataclass

from cdanalysis.dictionary.indices.indices import INDICES
from cdanalysis.settings.as_text import conditions
from cdanalysis.settings.of_index import OWN_RULE
from cdanalysis.settings.rows import NEVER, OWN, choice, listing, number

COUNTED = "score"  # an endoscopy with activity counts as a relapse


@dataclass(frozen=True)
class OfEndpoint:
    """Definitions of response and relapse, time zero, landmark and end of follow-up."""

    patients: str = listing(
        "",
        "Who is analysed",
        "Conditions that every analysed patient meets; empty is everybody.",
        conditions.canonical,
        "endpoint",
        footer=NEVER,
    )
    relapse_definition: str = choice(
        "study",
        "Relapse",
        "Which visits and events count as a relapse: changes the number of events.",
        {**{rule.code: rule.choice for index in INDICES.values() for rule in index.relapse}, OWN_RULE: "Own rule"},
        "endpoint",
        footer=OWN,
    )
    relapse_reference: str = choice(
        "landmark",
        "Rise is measured from",
        "The earlier value that a rise is counted from.",
        {"landmark": "Landmark visit", "lowest": "Lowest since response", "previous": "Previous visit"},
        "endpoint",
    )
    endoscopic_activity: str = choice(
        "event",
        "Endoscopic activity",
        "Whether every endoscopy whose score shows activity is a relapse, or what the events sheet calls one.",
        {"event": "As the events sheet says", COUNTED: "By the endoscopy's score"},
        "endpoint",
    )
    boundary: str = choice(
        "strict",
        "Values on the boundary",
        "Whether a value exactly on a limit, such as 150 or 70, meets it.",
        {"strict": "Strict: > and <", "inclusive": "Inclusive: ≥ and ≤"},
        "endpoint",
    )
    clock: str = choice(
        "landmark",
        "Time zero",
        "From when time is counted, and so who is at risk early on.",
        {"landmark": "Landmark visit", "late-entry": "Start, late entry", "naive": "Start, naive"},
        "endpoint",
        footer=OWN,
    )
    landmark_week: int = number(
        24,
        "Responders at week",
        "The visit that decides who is a responder: another week, other patients.",
        (4, 104),
        1,
        "endpoint",
        footer=OWN,
    )
    visit_window_weeks: int = number(
        4,
        "Visit window (± weeks)",
        "How early or late that visit may be; a wider window keeps more patients.",
        (0, 12),
        1,
        "endpoint",
    )
    horizon_months: float = number(
        0.0,
        "Stop follow-up at (months)",
        "Follow-up after this month is ignored; 0 uses all of it.",
        (0.0, 600.0),
        6.0,
        "endpoint",
    )
    events_counted: str = choice(
        "all",
        "Hospitalizations and surgeries that count",
        "Where the file says of each event whether it was related to the disease.",
        {"all": "All", "related": "Related to the disease"},
        "endpoint",
    )
    adverse_event_end: str = choice(
        "combination-end",
        "Observed until",
        "Until when adverse events and patient-years are counted.",
        {"combination-end": "End of combination therapy", "last-follow-up": "Last follow-up"},
        "endpoint",
        footer=OWN,
    )
