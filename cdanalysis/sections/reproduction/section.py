"""Published vs computed: every printed result of the study beside the one from the loaded cohort, and a check of any printed."""

from collections.abc import Iterator, Sequence

from cdanalysis.cohort import Cohort
from cdanalysis.results import Caution
from cdanalysis.sections.blocks import OF_COUNTS, Heading, Note, Sentence, Table
from cdanalysis.sections.parts import Block
from cdanalysis.sections.recall import Recall, direct
from cdanalysis.sections.reproduction.analysis import Reproduction, reproduction
from cdanalysis.sections.reproduction.beside import section as beside
from cdanalysis.sections.reproduction.printed_sheet import Asked
from cdanalysis.sections.reproduction.printed_text import Printed, parse_lines
from cdanalysis.sections.reproduction.tables import reproduction_table
from cdanalysis.sections.reproduction.words import NOT_THE_STUDY, reproduction_sentence
from cdanalysis.settings import Settings
from cdanalysis.statistics.describe.printed import CONSISTENT, INCONSISTENT, check_median, check_percentage, check_ratio
from cdanalysis.writing.escapes import escape_markdown

CHECKS = {"ratio": check_ratio, "percentage": check_percentage, "median": check_median}
ICONS = {CONSISTENT: ":material/check_circle:", INCONSISTENT: ":material/error:"}


def section(cohort: Cohort, settings: Settings, recall: Recall = direct) -> Iterator[Block]:
    """The blocks of the Published vs computed page: of the bundled study with its own cohort, or on request."""
    if cohort.synthetic or settings.compare_with_study:
        yield from _compared(recall(reproduction, cohort, settings))
    else:
        yield Sentence(NOT_THE_STUDY)
    yield from beside.view(cohort, settings, recall)


def of_a_paper(cohort: Cohort, settings: Settings, asked: Sequence[Asked], recall: Recall) -> Iterator[Block]:
    """The printed results of any paper beside those of the cohort; asked: the lines of its sheet."""
    yield from _compared(recall(reproduction, cohort, settings, tuple(asked)))


def _compared(found: Reproduction) -> Iterator[Block]:
    yield Sentence(reproduction_sentence(found))
    other = reproduction_table(found, only_other=True)
    if len(other):
        yield Heading("Not equal")
        yield Table("not-equal", other, "Printed results that are not equal", private=OF_COUNTS)
        yield from (Caution(f"{row.quantity}: {row.why}", "printed") for row in found.rows if row.why)
    yield Heading("Every printed result")
    yield Table(
        "reproduction", reproduction_table(found), "Printed results beside the computed ones", private=OF_COUNTS
    )


def printed_results(text: str) -> Iterator[Block]:
    """Anyone's printed results, one per line: can the ratio, its interval and its P, or n/N and %, be true together?"""
    for one in parse_lines(text):
        yield from _checked(one)


def _checked(one: Printed) -> Iterator[Block]:
    line = escape_markdown(one.line)
    if not one.parts:
        yield Sentence(f":material/help: {line}: {escape_markdown(one.fault)}")
        return
    found = CHECKS[one.kind](*one.parts)
    icon = ICONS.get(found.verdict, ":material/help:")
    yield Sentence(f"{icon} **{found.verdict}** · {line}")
    yield Note(" ".join(map(escape_markdown, found.sentences)))
