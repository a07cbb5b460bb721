"""A timeline below a figure of all patients: whose it is is chosen by a click there or in a box, and kept in the session only."""

from collections.abc import Iterator, Sequence
from functools import partial

from cdanalysis.cohort import Cohort
from cdanalysis.results import NotEstimable
from cdanalysis.sections.blocks import OF_PATIENTS, Figure, Note, Sentence, Table
from cdanalysis.sections.parts import Block, Choose
from cdanalysis.sections.recall import Recall
from cdanalysis.sections.response.timeline import figures, tables, words
from cdanalysis.sections.response.timeline.analysis import timeline
from cdanalysis.settings import Settings
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.footers import footer


def chosen_below(place: str, patient_ids: Sequence[str], cohort: Cohort, settings: Settings, recall: Recall) -> Choose:
    """The choice under the figure whose points carry 1, 2, ... for the patients, in the order of `patient_ids`.

    place: its id, which such a figure names in `chooses`; a bundle holds the first patient.
    """
    return Choose(
        place,
        "Timeline of",
        words.CHOOSE,
        {number: f"Patient {number}" for number, _ in enumerate(patient_ids, 1)},
        partial(_of, place, tuple(patient_ids), cohort, settings, recall),
        each=False,
    )


def _of(
    place: str, patient_ids: Sequence[str], cohort: Cohort, settings: Settings, recall: Recall, number: int
) -> Iterator[Block]:
    found = recall(timeline, cohort, settings, patient_ids[number - 1])
    if isinstance(found, NotEstimable):
        yield found
        return
    name = f"Patient {number}"
    told = words.told(found, name)
    yield Sentence(escape_markdown(told))
    yield Figure(place, figures.drawn(found, name, footer(cohort, settings, "survival")), told, private=OF_PATIENTS)
    yield Table(f"entries-{place}", tables.entries(found), f"{name}: what is dated", private=OF_PATIENTS)
    yield Note(words.about(found))
