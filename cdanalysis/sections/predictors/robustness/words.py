"""What a hazard ratio leans on and what would overturn it, as sentences; plain, escaped by what shows them."""

from math import isnan, log, nan

from cdanalysis.results import NotEstimable
from cdanalysis.sections.predictors.robustness.analysis import Robustness
from cdanalysis.statistics.checks.influence import Bootstrap
from cdanalysis.statistics.checks.robustness import EValue, TippingPoint
from cdanalysis.writing.numbers import count, p_phrase, ratio, sentence
from cdanalysis.writing.sentences import participle
from cdanalysis.writing.within import within

BOOTSTRAP_LABEL = "Bootstrap: draw the patients 2,000 times"
TERM_HELP = "Whose hazard ratio is shaken."
BOOTSTRAP_HELP = "Refits the model to patients drawn with replacement, always the same draws; takes some seconds."
ABOUT_LEFT_OUT = (
    "Each point: the model fitted again without one patient; solid line: with everybody, dashed: its interval. Shift: dfbeta, the "
    "patient's pull on the log hazard ratio in standard errors (R's residuals of type dfbeta)."
)
ABOUT_TIPPING = (
    "Tipping point: the censored of one group, those lost earliest first, are counted as events on the day they were last seen, "
    "one after the other, until P crosses 0.05; the two ends are nobody (as observed) and all of them. Few needed: the result "
    "hangs on who was lost to follow-up."
)
ABOUT_E_VALUE = (
    "E-value (VanderWeele and Ding 2017): an unmeasured factor would have to be linked with both the group and the outcome by a "
    "risk ratio of at least this to explain the hazard ratio away; 1 means that nothing is needed."
)


def left_out_sentence(found: Robustness) -> str:
    """How far the ratio moves, and whether one patient decides that there is one."""
    if isinstance(found.left_out, NotEstimable):
        return sentence(f"No patient was left out: {found.left_out.reason}")
    told = "No refit has an estimate."
    if found.left_out:
        ends = f"{ratio(found.left_out[0].ratio)} and {ratio(found.left_out[-1].ratio)}"
        whole = ratio(found.estimate.value)
        told = f"Without any one patient, the HR of {within(found.term.name)} stays between {ends} ({whole} with all)."
    if found.n_refitted < len(found.left_out) + found.n_open:
        told += f" The {found.n_refitted} patients with the largest pull were refitted, the others are by dfbeta."
    if not found.n_open:
        return told
    return f"{told} Without one of {count(found.n_open, 'patient')} there is no estimate: a group then has no {found.noun}."


def tipping_sentences(found: Robustness) -> list[str]:
    """How many censored patients of each group it takes."""
    if not found.tipping:
        return [f"{found.term.name} is a number: there is no group whose censored could be changed."]
    return [_tipping(name, one, participle(found.noun)) for name, one in found.tipping]


def e_value_sentence(found: Robustness) -> str:
    """Both scales, of the estimate and of its limit."""
    rare, common = map(_e_value, found.e_values)
    return f"E-value for a common outcome: {common}; if {found.noun} were rare (under 15%): {rare}."


def bootstrap_sentence(found: Bootstrap, term_name: str) -> str:
    """On how many draws the intervals stand, and how many had no finite ratio."""
    n, endless = len(found.log_ratio), sum(abs(value) == float("inf") for value in found.log_ratio.tolist())
    told = f"{term_name}: {count(n, 'draw')}"
    if endless:
        told += f", {endless} of them with a group without an event (an endless HR, kept as such)"
    return f"{told}{f'; {found.n_unknown} more say nothing and are left out' if found.n_unknown else ''}."


def _tipping(name: str, found: TippingPoint | NotEstimable, became: str) -> str:
    if isinstance(found, NotEstimable):
        return sentence(f"Censored of {within(name)}: {found.reason}")
    crossing = "stops being" if found.was_significant else "becomes"
    observed = f"observed {_seen(found.ratios[0], found.p_values[0])}"
    if found.extreme is None:
        return f"{name}: nobody was censored ({observed})."
    every = f"{_direction(found)}; had all {found.n_censored} {became}: {_seen(*found.extreme)}"
    if found.needed is None:
        tried = len(found.p_values) - 1
        who = f"all {found.n_censored} censored" if tried == found.n_censored else f"the {tried} censored first"
        never = f"{name}: the result never {crossing} significant, even if {who} had {became}"
        return f"{never} ({observed}). {every}."
    at = f"then {_seen(found.ratios[found.needed], found.p_values[found.needed])}"
    once = f"{name}: the result {crossing} significant once {found.needed} of {found.n_censored} censored had {became}"
    return f"{once} ({observed}, {at}). {every}."


def _seen(hazard_ratio: float, p: float) -> str:
    return "no estimate" if isnan(hazard_ratio) else f"HR {ratio(hazard_ratio)}, {p_phrase(p)}"


def _direction(found: TippingPoint) -> str:
    """Where the ratio goes as the censored are changed, to the end of it."""
    observed, changed = found.ratios[0], found.extreme[0] if found.extreme else nan
    if isnan(changed):
        return "Changing every one leaves no estimate"
    if (observed - 1) * (changed - 1) < 0:
        return "Changing them moves the HR past 1 to the other side"
    away = abs(log(changed)) > abs(log(observed))
    return f"Changing them moves the HR {'away from' if away else 'towards'} 1"


def _e_value(found: EValue) -> str:
    return f"{found.estimate:.2f}, of the limit {found.limit:.2f}"
