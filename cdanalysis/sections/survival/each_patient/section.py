"""Each patient's time as a lane."""

from collections.abc import Iterator

from cdanalysis.cohort import Cohort
from cdanalysis.results import NotEstimable
from cdanalysis.sections.blocks import OF_PATIENTS, Figure, Note
from cdanalysis.sections.parts import Block
from cdanalysis.sections.recall import Recall
from cdanalysis.sections.response.timeline.section import chosen_below
from cdanalysis.sections.survival.each_patient import words
from cdanalysis.sections.survival.each_patient.analysis import each_patient
from cdanalysis.sections.survival.each_patient.figures import swimmer
from cdanalysis.settings import Settings
from cdanalysis.writing.escapes import file_word
from cdanalysis.writing.footers import footer

TIMELINE = "timeline-of-lane"


def view(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    """Of the chosen outcome, by the chosen groups."""
    found = recall(each_patient, cohort, settings)
    if isinstance(found, NotEstimable):
        yield found
        return
    figure = swimmer(found, footer(cohort, settings, "survival"))
    yield Figure(
        f"each-patient-{file_word(found.noun.replace(' ', '_'))}",
        figure,
        words.lanes_alt(found),
        private=OF_PATIENTS,
        chooses=TIMELINE,
    )
    yield Note(" ".join(filter(None, (words.ABOUT_LANES, words.drawn_note(found)))))
    yield chosen_below(TIMELINE, found.patient_ids, cohort, settings, recall)
