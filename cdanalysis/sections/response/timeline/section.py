"""A timeline below a figure of all patients: whose it is is chosen by a click there or in a box, and kept in the session only."""

from collections.abc import Iterator, Sequence
from functools import partial

from cdanalysis.cohort import Cohort
from cdanalysis.sections.blocks import OF_PATIENTS, Figure, Note, Sentence, Table
from cdanalysis.sections.parts import Block, Choose
from cdanalysis.sections.recall import Recall, estimable, or_why
from cdanalysis.sections.response import tables
from cdanalysis.sections.response.timeline import figures
from cdanalysis.sections.response.timeline.analysis import (
    LAST_SEEN,
    THERAPY_ENDS,
    VISIT,
    Measured,
    Observed,
    Timeline,
    timeline,
)
from cdanalysis.settings import Settings
from cdanalysis.units import DAYS_PER_MONTH, number_text
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.footers import footer
from cdanalysis.writing.numbers import count, listed

CHOOSE = "Whose timeline is shown below; a click on a patient in the figure chooses it too. The choice is in no link."
ABOUT_TIMELINE = (
    "Everything that the file dates of this patient, on days since {origin}, without its id and without a calendar "
    "date; a value at baseline stands on day 0. It is one "
    "patient and shows no effect of anything; what the file does not date is not here."
)


def chosen_below(place: str, patient_ids: Sequence[str], cohort: Cohort, settings: Settings, recall: Recall) -> Choose:
    """The choice under the figure whose points carry 1, 2, ... for the patients, in the order of `patient_ids`.

    place: its id, which such a figure names in `chooses`; a bundle holds the first patient.
    """
    return Choose(
        place,
        "Timeline of",
        CHOOSE,
        {number: f"Patient {number}" for number, _ in enumerate(patient_ids, 1)},
        partial(_of, place, tuple(patient_ids), cohort, settings, recall),
        each=False,
    )


@or_why
def _of(
    place: str, patient_ids: Sequence[str], cohort: Cohort, settings: Settings, recall: Recall, number: int
) -> Iterator[Block]:
    found = estimable(recall(timeline, cohort, settings, patient_ids[number - 1]))
    name = f"Patient {number}"
    whole = told(found, name)
    yield Sentence(escape_markdown(whole))
    yield Figure(place, figures.drawn(found, name, footer(cohort, settings, "survival")), whole, private=OF_PATIENTS)
    yield Table(f"entries-{place}", tables.entries(found), f"{name}: what is dated", private=OF_PATIENTS)
    yield Note(ABOUT_TIMELINE.format(origin=found.origin))


def told(found: Timeline, name: str) -> str:
    """The timeline in sentences: the visits and measurements, the outcome, the ends and why; the alternative text too."""
    n_visits = sum(entry.what == VISIT for entry in found.entries)
    visits = [count(n_visits, "visit")] if n_visits else []
    first = "; ".join([*visits, *map(_measured, found.measured)]) or "no visit in the file"
    ends = (_end(found, what) for what in (THERAPY_ENDS, LAST_SEEN))
    return " ".join(filter(None, (f"{name}: {first}.", _outcome(found), *ends)))


def _measured(one: Measured) -> str:
    first, last = number_text(one.values[0]), number_text(one.values[-1])
    return f"{one.label} {first}" if len(one.values) == 1 else f"{one.label} from {first} to {last}"


def _outcome(found: Timeline) -> str:
    if found.observed:
        return f"Observed for {found.noun} {_span(found.observed)}."
    return f"Not on the clock of {found.noun}: {found.why_not}." if found.noun else ""


def _span(one: Observed) -> str:
    why = f" ({one.ended_by})" if one.ended_by != one.noun else ""
    ended = f"it came{why}" if one.event else f"it had not come{why}"
    return f"from month {_month(one.start)} to month {_month(one.stop)}, when {ended}"


def _end(found: Timeline, what: str) -> str:
    ends = [entry for entry in found.entries if entry.what == what]
    return listed(
        [f"{what} in month {_month(one.day)}{f' ({one.told})' if one.told else ''}" for one in ends]
    ) + "." * bool(ends)


def _month(day: float) -> str:
    return f"{day / DAYS_PER_MONTH:.1f}"
