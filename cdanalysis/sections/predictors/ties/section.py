"""Efron's way to treat tied times beside Breslow's."""

from collections.abc import Iterator
from dataclasses import replace

from cdanalysis.cohort import Cohort
from cdanalysis.sections.blocks import Looked, Note, Table
from cdanalysis.sections.models.tables import ties_table
from cdanalysis.sections.parts import Block, as_part
from cdanalysis.sections.predictors.analysis import predictors
from cdanalysis.sections.recall import Recall, estimable, or_why
from cdanalysis.settings import Settings
from cdanalysis.settings.settings import CHOICES

ABOUT_TIES = (
    "R's default is Efron, SPSS has only Breslow. They differ where several patients have the event at the same time; "
    "without such ties they are one number. Percentiles, tests and screening are not touched."
)


@as_part("Tied times", "Efron's way (R) and Breslow's (SPSS) side by side.")
@or_why
def view(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    """Every hazard ratio in both ways."""
    rows = {}
    for ties in CHOICES["ties"]:
        chosen = replace(settings, ties=ties)
        found = recall(predictors, cohort, chosen)
        yield Looked(cohort, chosen, found)
        rows[ties] = estimable(found).rows
    yield Table("both-ties", ties_table(rows, settings.conf_level), "Efron beside Breslow")
    yield Note(ABOUT_TIES)
