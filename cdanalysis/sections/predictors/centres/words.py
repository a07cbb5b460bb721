"""A marker's ratio across centres, in words."""

from collections.abc import Iterator

from cdanalysis.results import Caution, NotEstimable, p_of
from cdanalysis.sections.models.words import ratio_with_p
from cdanalysis.sections.predictors.centres.analysis import Centres
from cdanalysis.writing.escapes import escape_markdown, one_line
from cdanalysis.writing.numbers import count, hazard_ratio_with_p, p_phrase, sentence
from cdanalysis.writing.pooled import narrow_cautions, pooled_alt, pooled_phrase
from cdanalysis.writing.within import within

WAY_NAMES = {
    "ignored": "Centres ignored",
    "strata": "Stratified by centre",
    "fixed": "Centre as fixed effect",
    "frailty": "Centre as gamma frailty",
}
FEW_CENTRES = 5
ABOUT_CENTRES = (
    "Strata: patients are compared within their centre only, each centre with a hazard of its own over time. Fixed effect: each "
    "centre multiplies the hazard by a factor that is estimated. Frailty: these factors are drawn from a gamma distribution whose "
    "variance is estimated, so that small centres borrow from the others; errors take that variance for known, as R's do. A "
    "centre in which nobody had the event says nothing about the ratio by strata or fixed effects."
)
ABOUT_HETEROGENEITY = (
    "Each centre's ratio is that of its own patients. Q asks whether they differ more than by chance, I² is the share of their "
    "differences beyond chance; with few centres or events both say little, and a large P of Q shows no agreement. A centre whose "
    "ratio has no finite estimate is in the forest and not in what is put together. Random: Hartung and Knapp's interval."
)


def ways_sentence(found: Centres) -> str:
    """For the manuscript: the ratio in each way, and the frailty's variance with its test."""
    told = "; ".join(f"{WAY_NAMES[one.way].lower()} {ratio_with_p(one.alone)}" for one in found.ways)
    n_centres = len(found.comparison.subgroups)
    whole = (
        f"{found.label}, {count(found.n, 'patient')} of {count(n_centres, 'centre')} ({found.column}), "
        f"{count(found.n_events, found.noun)}: hazard ratio with {told}. {frailty_phrase(found)}"
    )
    return escape_markdown(sentence(whole))


def frailty_phrase(found: Centres) -> str:
    """The variance of the centres' factors and its test; plain."""
    frailty = found.frailty
    if isinstance(frailty, NotEstimable):
        return f"The variance between centres is not estimable: {frailty.reason}"
    if frailty.theta == 0:
        return "The variance of the centres' hazards is estimated at 0: they differ no more than by chance"
    return f"The variance of the centres' hazards is {frailty.theta:.2f} (likelihood ratio {p_phrase(frailty.p_value)})"


def heterogeneity_sentence(found: Centres) -> str:
    """For the manuscript: the centres' ratios put together, Q, I² and the test of interaction."""
    pooled, test = found.pooled, found.comparison.interaction
    tested = (
        f"interaction of marker and centre {p_phrase(p_of(test))}"
        if not isinstance(test, NotEstimable)
        else (f"no test of interaction ({test.reason})")
    )
    if isinstance(pooled, NotEstimable):
        return escape_markdown(sentence(f"The centres' ratios cannot be put together: {pooled.reason}; {tested}"))
    return escape_markdown(sentence(f"{pooled_phrase(pooled, 'centres')}; {tested}"))


def cautions(found: Centres) -> Iterator[Caution]:
    """Few centres, centres without a ratio of their own, patients of no known centre."""
    n = len(found.comparison.subgroups)
    if n < FEW_CENTRES:
        yield Caution(f"With {n} centres their variance, Q and I² are hardly known.", "few centres")
    missing = n - len(found.estimated)
    if missing:
        yield Caution(f"{missing} of {count(n, 'centre')} without a ratio of their own.", "not estimable")
    if found.n_unknown:
        yield Caution(f"{count(found.n_unknown, 'patient')} without a centre or the marker left out.", "missing")
    yield from narrow_cautions(found.pooled)


def forest_alt(found: Centres) -> str:
    """The alternative text of the forest; plain."""
    told = (f"{one.level}: {hazard_ratio_with_p(one.hazard_ratio, one.p_value)}." for one in found.comparison.subgroups)
    plot = f"Forest plot of {within(found.label)} by {within(found.column)}."
    return one_line(f"{plot} {' '.join(told)}{pooled_alt(found.pooled)}")
