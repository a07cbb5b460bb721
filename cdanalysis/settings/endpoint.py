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
        150.0, "Remission below (CDAI points)", "Remission also needs the fall above.", (50.0, 300.0), 5.0, "endpoint"
    )
    response_definition: str = choice(
        "fall",
        "Response",
        "Who enters the maintenance cohort.",
        {"fall": "Fall, with remission", "fall-100": "Fall above 100", "without-remission": "Without remission"},
        "endpoint",
    )
    response_fall_points: float = number(
        70.0, "Fall in CDAI (points)", "Fall from baseline that makes a response.", (20.0, 200.0), 5.0, "endpoint"
    )
    relapse_definition: str = choice(
        "study",
        "Relapse",
        "What counts as a relapse in the visits and events.",
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
        150.0, "CDAI above (points)", "Level that a relapse must exceed.", (50.0, 450.0), 5.0, "endpoint"
    )
    relapse_rise_points: float = number(
        70.0, "and risen by (points)", "Rise over the reference that it must exceed.", (0.0, 200.0), 5.0, "endpoint"
    )
    relapse_reference: str = choice(
        "landmark",
        "Rise is measured from",
        "The CDAI a rise is compared with.",
        {"landmark": "Landmark visit", "lowest": "Lowest since response", "previous": "Previous visit"},
        "endpoint",
    )
    boundary: str = choice(
        "strict",
        "Values on the boundary",
        "Whether 150 and 70 themselves count.",
        {"strict": "Strict: > and <", "inclusive": "Inclusive: ≥ and ≤"},
        "endpoint",
    )
    clock: str = choice(
        "landmark",
        "Time zero",
        "Where the clock of the relapse curve starts.",
        {"landmark": "Landmark visit", "late-entry": "Start, late entry", "naive": "Start, naive"},
        "endpoint",
        footer=OWN,
    )
    landmark_week: int = number(
        24, "Responders at week", "The visit that decides who is a responder.", (4, 104), 1, "endpoint", footer=OWN
    )
    visit_window_weeks: int = number(
        4, "Visit window (± weeks)", "How far from that week its visit may lie.", (0, 12), 1, "endpoint"
    )
    horizon_months: float = number(
        0.0,
        "Stop follow-up at (months)",
        "Administrative end of the analysis; 0 uses all.",
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
        "When a patient without an adverse event is censored.",
        {"combination-end": "End of combination therapy", "last-follow-up": "Last follow-up"},
        "endpoint",
        footer=OWN,
    )
