"""Results as sentences, as Markdown: every word that came from a file is escaped, so a page may show them as they are.

`model_cautions` is the exception: plain fragments, shown one by one by `ui/show.py`, which escapes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cdanalysis.results import Caution, Exclusion, NotEstimable, PredictorRow
from cdanalysis.statistics.cox.cox_result import FEW_EVENTS
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.numbers import count, listed, sentence

if TYPE_CHECKING:
    from cdanalysis.statistics.cox.cox import CoxResult

FEW_EVENTS_EACH = 10  # events per covariate below which estimates are unsteady
TOO_FEW_EVENTS = 5


def excluded_sentence(exclusions: Sequence[Exclusion], n_analysed: int) -> str:
    """Who is analysed, and how many are not, by reason."""
    analysed = f"{count(n_analysed, 'patient')} {are(n_analysed)} analysed"
    counted = [exclusion for exclusion in exclusions if exclusion.n]
    if not counted:
        return f"{analysed}; none is excluded."
    reasons = "; ".join(f"{escape_markdown(exclusion.reason)} ({exclusion.n:,})" for exclusion in counted)
    n_excluded = sum(exclusion.n for exclusion in counted)
    return f"{analysed}. {count(n_excluded, 'patient')} {are(n_excluded)} excluded: {reasons}."


def question(factors: Sequence[str], outcome: str = "relapse") -> str:
    """The question a page answers, of the factors' labels."""
    verb = "does" if len(factors) == 1 else "do"
    return escape_markdown(sentence(f"{verb} {listed(list(factors))} predict {outcome}?"))


def definition_in_use(outcome: str, rule: str, clock: str) -> str:
    """What counts as the event and where its clock starts, of their labels."""
    return escape_markdown(f"{sentence(f'{outcome}: {rule}')} {sentence(f'Time zero: {clock}')}")


def model_cautions(model: CoxResult | NotEstimable, outcome: str = "relapse") -> list[Caution]:
    """What a reader must know before believing the model's numbers, as sentences; plain."""
    if isinstance(model, NotEstimable):
        return [Caution(sentence(f"No multivariable model: {model.reason}"), "no model")]
    # The model's own caution about few events is said once, with its numbers.
    others = [Caution(sentence(one), one.kind) for one in model.cautions if one.kind != FEW_EVENTS]
    return [*others, Caution(events_per_covariate(model.n_events, len(model.terms), outcome), FEW_EVENTS)]


def events_per_covariate(n_events: int, n_covariates: int, outcome: str = "relapse") -> str:
    """How many events each covariate of a model stands on; plain."""
    if not n_covariates:
        return "The model has no covariate."
    each = n_events / n_covariates
    text = f"{count(n_events, outcome)} for {count(n_covariates, 'covariate')}: {each:.1f} events per covariate"
    if each < TOO_FEW_EVENTS:
        return (
            f"{text}, fewer than {TOO_FEW_EVENTS}: the model is overfitted and its estimates should not be relied on."
        )
    if each < FEW_EVENTS_EACH:
        return f"{text}, fewer than {FEW_EVENTS_EACH}: the estimates are unsteady."
    return f"{text}."


def rows_by_result(
    rows: Sequence[PredictorRow], significance: float
) -> tuple[list[PredictorRow], list[PredictorRow], list[PredictorRow]]:
    """The rows in the model: associated (P below `significance`, unrounded), not associated, not estimable."""
    entered = [row for row in rows if row.multivariable is not None]
    unknown = [row for row in entered if isinstance(row.multivariable, NotEstimable)]
    known = [row for row in entered if not isinstance(row.multivariable, NotEstimable)]
    return (
        [row for row in known if row.multivariable_p < significance],
        [row for row in known if not row.multivariable_p < significance],
        unknown,
    )


def are(n: int) -> str:
    """The verb of so many."""
    return "is" if n == 1 else "are"
