"""Each patient's time as a lane."""

from collections.abc import Iterator
from statistics import median

from cdanalysis.cohort import Cohort
from cdanalysis.sections.blocks import OF_PATIENTS, Figure, Note
from cdanalysis.sections.parts import Block
from cdanalysis.sections.recall import Recall, estimable, or_why
from cdanalysis.sections.response.timeline.section import chosen_below
from cdanalysis.sections.survival.each_patient.analysis import EachPatient, each_patient
from cdanalysis.sections.survival.each_patient.figures import swimmer
from cdanalysis.settings import Settings
from cdanalysis.writing.escapes import file_word
from cdanalysis.writing.footers import footer
from cdanalysis.writing.numbers import count

TIMELINE = "timeline-of-lane"
ABOUT_LANES = (
    "One lane per patient: thick while observed for the outcome, a filled circle where it came, thin while followed after. Numbers "
    "are places in the figure and no patient's own; still, somebody who knows a patient may find that lane by its dates."
)


@or_why
def view(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    """One lane per patient of the chosen outcome, by the chosen groups."""
    found = estimable(recall(each_patient, cohort, settings))
    figure = swimmer(found, footer(cohort, settings, "survival"))
    yield Figure(
        f"each-patient-{file_word(found.noun.replace(' ', '_'))}",
        figure,
        lanes_alt(found),
        private=OF_PATIENTS,
        chooses=TIMELINE,
    )
    yield Note(" ".join(filter(None, (ABOUT_LANES, drawn_note(found)))))
    yield chosen_below(TIMELINE, found.patient_ids, cohort, settings, recall)


def lanes_alt(found: EachPatient) -> str:
    """The alternative text of the figure; plain."""
    n_events = sum(lane.event for lane in found.lanes)
    told = f"{count(len(found.lanes), 'lane')}, {count(n_events, found.noun)}, observed for a median of "
    told += f"{median(lane.months for lane in found.lanes):.1f} months"
    marks = [kind for lane in found.lanes for kind, _ in lane.marks]
    kinds = "".join(f"; {count(marks.count(kind), kind)}" for kind in found.kinds)
    return f"Swimmer plot: {told}{kinds}."


def drawn_note(found: EachPatient) -> str:
    """That not everybody is drawn; empty where everybody is."""
    if len(found.lanes) == found.n:
        return ""
    return f"{len(found.lanes)} of {found.n:,} patients are drawn, every so-many-th of them in this order."
