"""How well a multivariable model tells patients apart, in a sentence; Markdown."""

from cdanalysis.results import NotEstimable
from cdanalysis.settings import Settings
from cdanalysis.statistics.cox.concordance import concordance_of
from cdanalysis.statistics.cox.cox_result import CoxResult
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.numbers import confidence, interval, ratio


def concordance_note(model: CoxResult | NotEstimable, settings: Settings) -> str:
    """Harrell's C of the model in its own patients; "" where there is no model."""
    if isinstance(model, NotEstimable):
        return ""
    found = concordance_of(model, settings.conf_level)
    if isinstance(found, NotEstimable):
        return escape_markdown(f"Concordance of the multivariable model: not estimable, {found.reason}.")
    return escape_markdown(
        f"Concordance of the multivariable model (Harrell's C): {ratio(found.value)} ({confidence(settings.conf_level)} "
        f"{interval(found)}), in the patients it was fitted on and so too high."
    )
