"""What is shown refitted with lifelines, and the largest difference."""

from collections.abc import Iterator

from cdanalysis.cohort import Cohort
from cdanalysis.sections.blocks import Table
from cdanalysis.sections.models.tables import check_table
from cdanalysis.sections.parts import Block, as_part
from cdanalysis.sections.predictors.analysis import predictors
from cdanalysis.sections.predictors.cross_check.analysis import lifelines_check
from cdanalysis.sections.recall import Recall, estimable, or_why
from cdanalysis.settings import Settings


@as_part(
    "Check with lifelines",
    "The same curves, tests and models computed by another library.",
    waiting="Refitting with lifelines…",
)
@or_why
def view(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    """One line per quantity."""
    found = estimable(recall(predictors, cohort, settings))
    compared = check_table(recall(lifelines_check, found))
    yield Table("lifelines-check", compared, "The page's numbers refitted with lifelines")
