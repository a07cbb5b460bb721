"""R's convention beside SPSS 24's: the times of the curve and their intervals."""

from collections.abc import Iterator
from dataclasses import replace

from cdanalysis.cohort import Cohort
from cdanalysis.sections.blocks import Note, Sentence, Table
from cdanalysis.sections.parts import Block
from cdanalysis.sections.recall import Recall, estimable, or_why
from cdanalysis.sections.survival.analysis import survival
from cdanalysis.sections.survival.programs.tables import conventions_table
from cdanalysis.settings import Settings
from cdanalysis.settings.settings import CHOICES
from cdanalysis.writing.choices.conventions import convention_in_use
from cdanalysis.writing.choices.labels import CONVENTION_PRESETS

ABOUT_CONVENTIONS = (
    "R: the interval of the curve is log-log, that of a median inverts it, quartiles are of type 7. SPSS 24 prints the "
    "standard error of the curve and no interval (± 1.96 of it is shown), a median ± 1.96 standard errors, and quartiles of "
    "type 6. The symmetric interval of a median is crude and may begin below 0: prefer the other."
)


@or_why
def view(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    """The curve's numbers by each program."""
    by_convention = {}
    for convention in CHOICES["convention"]:
        preset = CONVENTION_PRESETS[convention]
        chosen = replace(settings, convention=convention, **preset)
        by_convention[convention] = estimable(recall(survival, cohort, chosen))
    yield Sentence(
        f"In use: {convention_in_use(settings)}. The estimates agree; their intervals and quartiles may not."
    )
    yield Table("both-conventions", conventions_table(by_convention, settings.conf_level), "R beside SPSS 24")
    yield Note(ABOUT_CONVENTIONS)
