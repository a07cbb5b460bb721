"""Relapse by every definition: what each is made of, and who changes status between any two."""

from collections.abc import Iterator

from cdanalysis.cohort import Cohort
from cdanalysis.sections.blocks import OF_PATIENTS, Looked, Note, Quote, Sentence, Table
from cdanalysis.sections.parts import Block
from cdanalysis.sections.recall import Recall, estimable, or_why
from cdanalysis.sections.survival import tables
from cdanalysis.sections.survival.rules.analysis import RelapseRules, relapse_rules
from cdanalysis.sections.survival.usable import DEFINITIONS
from cdanalysis.settings import Settings
from cdanalysis.writing.numbers import count

NOBODY = "Nobody: every definition calls the same patients relapsed."
ABOUT = "A relapse by several components on one day counts under the first of them in the alphabet; dates may differ besides."


@or_why
def view(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    """Always of relapse: no other outcome has definitions to choose from."""
    found = estimable(recall(relapse_rules, cohort, settings))
    yield Looked(cohort, settings, search=DEFINITIONS, n=len(found.rules), page="Survival", cut=())
    yield Quote(rules_sentence(found))
    yield Table("relapse-definitions", tables.rules_table(found), "Relapse by every definition", footnote=ABOUT)
    yield Note(ABOUT)
    if found.changed:
        shown = tables.changed_table(found)
        yield Table("relapse-changed", shown, "Who changes relapse status between two definitions", private=OF_PATIENTS)
    else:
        yield Sentence(NOBODY)


def rules_sentence(found: RelapseRules) -> str:
    """From how few to how many relapses the definitions make, and in how many patients they disagree."""
    sizes = [len(one.relapsed) for one in found.rules]
    moved = {patient for one in found.changed for patient in one.patients}
    return (
        f"{count(len(sizes), 'definition')} make {min(sizes)} to {max(sizes)} relapses of the same {found.rules[0].n} patients; "
        f"{count(len(moved), 'patient')} {'has' if len(moved) == 1 else 'have'} one by some of them only."
    )
