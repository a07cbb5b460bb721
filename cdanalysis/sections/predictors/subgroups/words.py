"""What subgroups and adjusted curves say, as sentences; plain unless said."""

from cdanalysis.results import p_of
from cdanalysis.sections.predictors.subgroups.adjusted import AdjustedSurvival
from cdanalysis.sections.predictors.subgroups.analysis import Subgroups
from cdanalysis.writing.escapes import one_line
from cdanalysis.writing.nouns import free_of
from cdanalysis.writing.numbers import (
    SIGNIFICANCE,
    confidence,
    count,
    hazard_ratio_with_p,
    listed,
    p_phrase,
    percentage,
    sentence,
)
from cdanalysis.writing.within import within

ABOUT_SUBGROUPS = (
    "Each hazard ratio is that of the subgroup's own patients. The interaction P (likelihood ratio) asks whether the hazard "
    "ratios differ; a small P within one subgroup only does not. Subgroups are small: read them as questions, not as answers."
)


def subgroups_sentence(found: Subgroups) -> str:
    """Whether the hazard ratio differs between subgroups, and how many such tests were done."""
    overall = (
        f"{found.labels[1]} in all patients: {hazard_ratio_with_p(found.overall.hazard_ratio, found.overall.p_value)}"
    )
    tests = found.interaction_p
    if not tests:
        return f"{sentence(overall)} No interaction test could be done."
    differing = [f"{within(f.label)} ({p_phrase(p_of(f.comparison.interaction))})" for f in found.differing]
    said = (
        f"The hazard ratio differs between the levels of {listed(differing)}"
        if differing
        else f"No sign that it differs between subgroups (smallest interaction {p_phrase(min(tests))})"
    )
    n = len(tests)
    chance = (
        f"Of {n} interaction tests, {SIGNIFICANCE * n:.1f} are expected below {SIGNIFICANCE} by chance" if n > 1 else ""
    )
    return " ".join(map(sentence, filter(None, (overall, said, chance))))


def subgroups_alt(found: Subgroups) -> str:
    """The alternative text of the forest plot of subgroups."""
    rows = [("All patients", found.overall)]
    rows += [(_named(f.label, one.level), one) for f in found.factors for one in f.comparison.subgroups]
    told = (f"{label}: {hazard_ratio_with_p(one.hazard_ratio, one.p_value)}." for label, one in rows)
    return one_line(f"Forest plot of {within(found.labels[1])} within subgroups. " + " ".join(told))


def _named(factor: str, level: str) -> str:
    """A subgroup by its factor and level, the factor once."""
    return level if level.startswith(factor) else f"{factor} {level}"


def adjusted_sentence(found: AdjustedSurvival) -> str:
    """What the adjusted curves are, of whom, and the difference at the last chosen month."""
    n = f"{count(found.curves.n, 'patient')}, {count(found.curves.n_events, found.noun)}"
    dropped = f"; {found.curves.n_dropped} left out for a missing value" if found.curves.n_dropped else ""
    what = (
        f"Survival of this cohort if everybody were {found.labels[0]}, or everybody {found.labels[1]}, by the Cox model that "
        f"also holds {listed([*map(within, found.adjusted_for)])} ({n}{dropped}), averaged over the patients"
    )
    band = f"{confidence(found.curves.conf_level)} by {count(len(found.curves.draws), 'bootstrap resample')}"
    if not found.at:
        return f"{sentence(what)} {sentence(band)}"
    month, (below, above, gap) = found.at[-1]
    shown = (
        f"At {month:g} months: {percentage(below.value)} against {percentage(above.value)}, "
        f"a difference of {100 * gap.value:.1f} percentage points"
    )
    limits = f" ({100 * gap.lower:.1f} to {100 * gap.upper:.1f})" if gap.lower == gap.lower else ""
    return f"{sentence(what)} {sentence(shown + limits)} {sentence(band)}"


def adjusted_alt(found: AdjustedSurvival) -> str:
    """The alternative text of the adjusted curves."""
    opening = f"Adjusted and Kaplan-Meier curves of survival {free_of(found.noun)} by {within(found.marker.label)}."
    return one_line(f"{opening} {adjusted_sentence(found)}")
