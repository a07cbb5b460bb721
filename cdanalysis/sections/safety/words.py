"""Adverse events in words: how many, how often, and who stopped for them."""

from cdanalysis.sections.safety.analysis import Safety
from cdanalysis.settings import Settings
from cdanalysis.writing.choices.labels import ADVERSE_EVENT_END_LABELS
from cdanalysis.writing.numbers import count, percent, percentage
from cdanalysis.writing.sentences import are

HOW_TO_READ = (
    "A patient with two events counts once under *Patients* and twice under *Events*. Rates are per 100 years under "
    "observation, so that patients followed longer do not count more. The curve shows the time to the first event; the "
    "table below it which factors went with one."
)


def key_figures(found: Safety) -> tuple[tuple[str, str], ...]:
    """(value, what it is): how many adverse events and patients, how often, and who stopped for them."""
    every = found.any_event
    if every is None:
        return ()
    return (
        (f"{found.n:,}", "Patients"),
        (f"{every.n_events:,}", "Adverse events"),
        (percentage(every.share.value), "Patients with one"),
        (f"{every.per_100_years.value:.1f}", "Per 100 patient-years"),
        (percentage(found.n_stopped / found.n), "Stopped therapy for one"),
    )


def safety_sentence(found: Safety, settings: Settings) -> str:
    """How many had adverse events, how often, and who stopped for them."""
    if found.any_event is None:
        return ""
    every = found.any_event
    rate = every.per_100_years
    who = f"{every.n_patients} of {count(found.n, 'patient')} ({percentage(every.share.value)})"
    by_patient = every.by_patient
    limits = "" if by_patient is None else f"; by patient {by_patient.lower:.1f}-{by_patient.upper:.1f}"
    to = ADVERSE_EVENT_END_LABELS[settings.adverse_event_end].lower()
    if settings.horizon_months:
        to += f", at most {settings.horizon_months:g} months"
    outside = f" {count(found.n_outside, 'further event')} outside that time {are(found.n_outside)} not counted."
    return (
        f"{count(every.n_events, 'adverse event')} in {who}; {rate.value:.1f} per 100 patient-years "
        f"({rate.lower:.1f}-{rate.upper:.1f}{limits}) over {found.patient_years:.1f} patient-years, observed to the {to}."
        f"{outside if found.n_outside else ''} "
        f"Therapy was stopped for an adverse event in {percent(found.n_stopped, found.n)}."
    )
