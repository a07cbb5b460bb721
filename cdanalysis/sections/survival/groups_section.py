"""The groups of the curves compared: tests, pairs, survival at the chosen months, restricted means; a tab each."""

from collections.abc import Iterator

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes.covariates import label_of
from cdanalysis.outcomes.markers.summaries import group_choices
from cdanalysis.results import NotEstimable
from cdanalysis.sections.blocks import Heading, Note, Table
from cdanalysis.sections.parts import Block, Control, Tabs
from cdanalysis.sections.survival import tables
from cdanalysis.sections.survival.group_comparison import GroupComparison
from cdanalysis.sections.survival.grouping import offered_groups
from cdanalysis.settings import Settings
from cdanalysis.writing.choices.conventions import convention_note, fixed, logrank, means, weighted
from cdanalysis.writing.escapes import one_line

ABOUT_TESTS = (
    "Breslow, Tarone-Ware and Peto give early differences more weight; Fleming-Harrington's (p, q) early, late or middle ones. "
    "MaxCombo's P allows for having looked at four tests; it is for curves that may cross. Choose the test before looking: the "
    "smallest of several P values is too small. The trend test asks whether the hazard rises or falls along the groups in the "
    "order shown."
)
ABOUT_DIFFERENCES = (
    "P by Greenwood's variance of log(-log S) (Klein 2007); the interval of the difference from each group's own log-log interval "
    "(Zou and Donner 2008). A month is chosen before looking, like a test."
)
ABOUT_MEANS = "The area under each curve up to the longest multiple of 6 months that every group was observed for."


def groups_compared(found: GroupComparison, cohort: Cohort, settings: Settings) -> Iterator[Block]:
    """Tests in the first tab, what else there is beside it."""
    yield Heading("Groups compared")
    by_name = {
        "Tests": tuple(_tests(found, cohort, settings)),
        "At the chosen months": tuple(_at_months(found, settings)),
        "Restricted means": tuple(_means(found, settings)),
    }
    yield Tabs(by_name | ({"Pairs": tuple(_pairs(found, settings))} if found.pairs else {}))


def group_options(cohort: Cohort, settings: Settings) -> dict[str, str]:
    """What can make groups, in words: the baseline's variables and every summary up to time zero, under a handle or not."""
    named = {code: label_of(cohort, code) for code in offered_groups(cohort)} | group_choices(cohort, settings)
    return {code: one_line(label) for code, label in named.items()}


def _tests(found: GroupComparison, cohort: Cohort, settings: Settings) -> Iterator[Block]:
    options = {"": "Not stratified", **group_options(cohort, settings)}
    yield Control("survival_stratum", options)
    rules = convention_note(settings, weighted)
    yield Table("group-tests", tables.tests_table(found), "Groups compared", convention=rules)
    yield Note(ABOUT_TESTS)


def _at_months(found: GroupComparison, settings: Settings) -> Iterator[Block]:
    shown = tables.differences_table(found, settings.conf_level)
    rules = convention_note(settings, fixed)
    yield Table("group-differences", shown, "Survival of the groups at chosen months", convention=rules)
    yield Note(ABOUT_DIFFERENCES)


def _means(found: GroupComparison, settings: Settings) -> Iterator[Block]:
    if isinstance(found.means, NotEstimable):
        yield found.means
        return
    shown = tables.means_table(found.means, settings.conf_level)
    rules = convention_note(settings, means)
    yield Table("restricted-means", shown, "Restricted mean event-free times", convention=rules)
    yield Note(ABOUT_MEANS)


def _pairs(found: GroupComparison, settings: Settings) -> Iterator[Block]:
    yield Control("pair_correction")
    rules = convention_note(settings, logrank)
    yield Table("group-pairs", tables.pairs_table(found), "Every pair of groups", convention=rules)
