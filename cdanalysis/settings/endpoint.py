"""The settings that decide who has which time and event."""

from __future__ import annotations

from dataclasses import dataclass

from cdanalysis.settings import conditions
from cdanalysis.settings.rows import NEVER, OWN, choice, listing, number


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
    remission_below_points: float = number(
        150.0,
        "Remission below (CDAI points)",
        "A lower value puts fewer patients in remission; the fall above is needed too.",
        (50.0, 300.0),
        5.0,
        "endpoint",
    )
    response_definition: str = choice(
        "fall",
        "Response",
        "Decides who counts as a responder, and so who is followed for relapse.",
        {"fall": "Fall, with remission", "fall-100": "Fall above 100", "without-remission": "Without remission"},
        "endpoint",
    )
    response_fall_points: float = number(
        70.0,
        "Fall in CDAI (points)",
        "A larger fall from baseline makes fewer responders.",
        (20.0, 200.0),
        5.0,
        "endpoint",
    )
    relapse_definition: str = choice(
        "study",
        "Relapse",
        "Which visits and events count as a relapse: changes the number of events.",
        {
            "study": "Study rule",
            "rise-100": "Rise of more than 100",
            "above-220": "CDAI above 220",
            "objective": "Objective only",
            "cdai": "CDAI only",
            "custom": "Own rule",
        },
        "endpoint",
        footer=OWN,
    )
    # Read only by the "custom" relapse definition, as is the next.
    relapse_above_points: float = number(
        150.0,
        "CDAI above (points)",
        "A relapse needs a CDAI above this: a higher level gives fewer relapses.",
        (50.0, 450.0),
        5.0,
        "endpoint",
    )
    relapse_rise_points: float = number(
        70.0,
        "and risen by (points)",
        "A relapse needs a rise of more than this: a larger one gives fewer relapses.",
        (0.0, 200.0),
        5.0,
        "endpoint",
    )
    relapse_reference: str = choice(
        "landmark",
        "Rise is measured from",
        "The earlier CDAI that a rise is counted from.",
        {"landmark": "Landmark visit", "lowest": "Lowest since response", "previous": "Previous visit"},
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
