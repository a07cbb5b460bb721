"""What was read: the file's sheets, the flow of patients, every fault, and how each column was understood."""

from collections.abc import Iterator

from cdanalysis.cohort import Cohort
from cdanalysis.results import Caution
from cdanalysis.sections.blocks import OF_PATIENTS, Figure, Heading, Sentence, Table
from cdanalysis.sections.flow import tables, words
from cdanalysis.sections.flow.analysis import Flow, flow
from cdanalysis.sections.flow.figures import flow_diagram
from cdanalysis.sections.flow.tables import grouped
from cdanalysis.sections.parts import Block, Folded
from cdanalysis.sections.recall import Recall, direct
from cdanalysis.settings import Settings
from cdanalysis.writing.footers import footer

FILTERS = ("What was done", "Sheet", "Column")
MOST_FAULTS = 500  # shown at once


def section(cohort: Cohort, settings: Settings, recall: Recall = direct) -> Iterator[Block]:
    """The blocks of the Cohort page that are the cohort's own."""
    yield from read(cohort, settings, recall)
    yield from understood(cohort)


def read(cohort: Cohort, settings: Settings, recall: Recall = direct) -> Iterator[Block]:
    """Contents, patient flow and faults."""
    yield Sentence(words.cohort_summary(cohort))
    yield Table("contents", tables.cohort_contents(cohort), "What is in the file")
    yield Heading("Patient flow")
    found = recall(flow, cohort, settings)
    figure = flow_diagram(found, footer(cohort, settings, "flow"))
    yield Figure("patient-flow", figure, words.flow_alt(found.steps))
    yield from (Caution(note, "counts") for note in found.notes)
    yield Heading("Faults")
    yield from _faults(cohort)


def understood(cohort: Cohort) -> Iterator[Block]:
    """How each column was understood."""
    shown = Table("matching", tables.matching_table(cohort.matching), "How each column was understood")
    yield Folded("How each column was understood", (shown,), icon="rule")


def _faults(cohort: Cohort) -> Iterator[Block]:
    if not cohort.faults:
        yield Sentence(words.sentence_without_faults(len(cohort.questions), cohort.excluded, _by_likeness(cohort)))
        return
    yield Sentence(words.faults_sentence(cohort.faults, cohort.excluded))
    lines = grouped(cohort.faults)
    yield Table(
        "faults",
        lines,
        "Faults found in the file, a column's equal ones on one line",
        filters=FILTERS,
        most=MOST_FAULTS,
        private=OF_PATIENTS,
    )
    if len(lines) < len(cohort.faults):
        each = Table(
            "faults-each",
            tables.faults_table(cohort.faults),
            "Every fault",
            filters=FILTERS,
            most=MOST_FAULTS,
            private=OF_PATIENTS,
        )
        yield Folded("Every one of them", (each,))


def _by_likeness(cohort: Cohort) -> list[str]:
    """The sheets that were taken for another because their names are alike."""
    sheets = cohort.matching.sheets if cohort.matching else ()
    return [one.name for one in sheets if one.sheet and one.alike is not None]


def paper(found: Flow, _: Settings) -> Iterator[Table]:
    """The table of a paper's supplement."""
    yield Table("flow", tables.steps_table(found), "Patient flow", footnote=" ".join(found.notes))
