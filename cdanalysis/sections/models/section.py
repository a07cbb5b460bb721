"""What every section with candidate models shows: their table, and what to know before believing it."""

from collections.abc import Iterator, Sequence

from cdanalysis.results import Caution, NotEstimable, PredictorRow
from cdanalysis.sections.blocks import Table
from cdanalysis.sections.models.tables import paper_table, predictors_numbers, predictors_table
from cdanalysis.sections.models.words import is_screened, model_cautions, screening_caution
from cdanalysis.settings import Settings
from cdanalysis.statistics.cox.cox_result import CoxResult
from cdanalysis.writing.choices.conventions import convention_note, logrank, model
from cdanalysis.writing.numbers import ABBREVIATIONS

SCREENED = "screened"  # what a caution is about


def candidates_table(name: str, title: str, rows: Sequence[PredictorRow], settings: Settings) -> Table:
    """Every candidate alone and together."""
    rules = convention_note(settings, logrank, model)
    entered = f"In the multivariable model: candidates with a log-rank P below {settings.screening_p:g}."
    shown, numbers = predictors_table(rows, settings), predictors_numbers(rows)
    return Table(name, shown, title, numbers, footnote=entered if is_screened(settings) else "", convention=rules)


def cautions(
    fitted: CoxResult | NotEstimable, left_out: Sequence[str], settings: Settings, outcome: str = "relapse"
) -> Iterator[Caution]:
    """What the multivariable model stands on, how it was chosen, and who is no candidate."""
    yield from model_cautions(fitted, outcome)
    if is_screened(settings) and not isinstance(fitted, NotEstimable):
        yield Caution(screening_caution(settings), SCREENED)
    yield from (Caution(text, "no candidate") for text in left_out)


def candidates_in_paper(name: str, title: str, rows: Sequence[PredictorRow], settings: Settings) -> Table:
    """The table of a paper, its reason for an empty cell told once under it."""
    left = any(row.multivariable is None for row in rows)
    note = "Not entered: left out of the multivariable model by the screening, or examined alone only. " if left else ""
    entered = any(row.multivariable is not None for row in rows)
    note += f"{screening_caution(settings)} " if entered and is_screened(settings) else ""
    return Table(name, paper_table(rows, settings), title, footnote=f"{note}{ABBREVIATIONS}")
