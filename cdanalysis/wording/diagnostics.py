"""What the checks of a multivariable model say, as sentences; plain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdanalysis.results import NotEstimable
from cdanalysis.wording.numbers import p_phrase, sentence

if TYPE_CHECKING:
    from cdanalysis.analyses.diagnostics import Diagnostics

SIGNIFICANCE = 0.05
ABOUT_DIAGNOSTICS = (
    "Proportional hazards: R's cox.zph, a small P says that a hazard ratio changes over time. Firth's penalty keeps estimates "
    "finite and less biased where events are few; its interval is by profile likelihood, its tied times are Breslow's."
)


def diagnostics_sentences(found: Diagnostics) -> list[str]:
    """Whether hazards are proportional, and what could not be checked."""
    told = [_proportional(found)]
    if isinstance(found.firth, NotEstimable):
        told.append(sentence(f"No Firth estimates: {found.firth.reason}"))
    else:
        told += [sentence(caution) for caution in found.firth.cautions]
    return told


def _proportional(found: Diagnostics) -> str:
    if isinstance(found.proportional, NotEstimable):
        return sentence(f"Proportional hazards could not be tested: {found.proportional.reason}")
    test = found.proportional
    broken = [one.name for one in test.terms if one.p_value < SIGNIFICANCE]
    if broken:
        return f"Hazards do not look proportional for {', '.join(broken)}: its hazard ratio is an average over time."
    return f"No sign against proportional hazards (all terms together {p_phrase(test.overall.p_value)})."
