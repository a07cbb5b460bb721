"""The swimmer plot in words."""

from statistics import median

from cdanalysis.sections.survival.each_patient.analysis import EachPatient
from cdanalysis.writing.numbers import count

ABOUT_LANES = (
    "One lane per patient: thick while observed for the outcome, a filled circle where it came, thin while followed after. Numbers "
    "are places in the figure and no patient's own; still, lanes with dates can tell who a patient is to somebody who knows him."
)


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
