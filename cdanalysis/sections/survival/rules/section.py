"""Relapse by every definition: what each is made of, and who changes status between any two."""

from collections.abc import Iterator

from cdanalysis.cohort import Cohort
from cdanalysis.results import NotEstimable
from cdanalysis.sections.blocks import OF_PATIENTS, Looked, Note, Quote, Sentence, Table
from cdanalysis.sections.parts import Block
from cdanalysis.sections.recall import Recall
from cdanalysis.sections.survival.rules import tables, words
from cdanalysis.sections.survival.rules.analysis import relapse_rules
from cdanalysis.settings import Settings


def view(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    """Always of relapse: no other outcome has definitions to choose from."""
    found = recall(relapse_rules, cohort, settings)
    if isinstance(found, NotEstimable):
        yield found
        return
    yield Looked(cohort, settings, search="Every definition of relapse", n=len(found.rules), page="Survival", cut=())
    yield Quote(words.rules_sentence(found))
    yield Table("relapse-definitions", tables.rules_table(found), "Relapse by every definition", footnote=words.ABOUT)
    yield Note(words.ABOUT)
    if found.changed:
        yield Table(
            "relapse-changed",
            tables.changed_table(found),
            "Who changes relapse status between two definitions",
            private=OF_PATIENTS,
        )
    else:
        yield Sentence(words.NOBODY)
