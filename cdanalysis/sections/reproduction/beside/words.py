"""The hazard ratios of other papers beside the cohort's own, in words."""

from collections.abc import Iterator

from cdanalysis.results import Caution, Estimate, NotEstimable
from cdanalysis.sections.models.words import ratio_with_p
from cdanalysis.sections.reproduction.beside.analysis import Beside
from cdanalysis.writing.escapes import escape_markdown, one_line
from cdanalysis.writing.numbers import count, hazard_ratio, listed, sentence
from cdanalysis.writing.pooled import narrow_cautions, pooled_alt, pooled_phrase
from cdanalysis.writing.within import within

FEW_PAPERS = 5
OURS = "This cohort"
WHICH = {"alone": "Alone", "adjusted": "In the multivariable model"}
ABOUT_BESIDE = (
    "Each paper's standard error is taken from the width of its interval, as a 95% one. That the papers ask the same - the same "
    "marker, cut-off, outcome, kind of patients and adjustment - is for the reader to judge: no heterogeneity in numbers does not "
    "show it. Papers that found nothing are printed less often. A cut-off that was searched for here or there gives too large a "
    "ratio. Random: Hartung and Knapp's interval; expected: where another such study's true ratio would lie."
)
SYNTHETIC = "The patients of this cohort are made up: its ratio has no place in a review."
ABOUT_SHEET = (
    "One line a paper: *label*, its hazard *ratio*, and the *lower* and *upper* limit of its 95% interval, as printed. They are "
    "kept among the settings, so in the link and in the bundle."
)


def beside_sentence(found: Beside) -> str:
    """For the manuscript: ours, the papers together, and all together."""
    ours = ratio_with_p(found.ours)
    parts = [f"{found.label}, {WHICH[found.which].lower()}: hazard ratio {ours} here", _apart(found)]
    for pooled, of in ((found.papers, "papers"), (found.together, "ratios with this cohort's")):
        if isinstance(pooled, NotEstimable):
            parts.append(f"{sentence(of)[:-1]} cannot be put together: {pooled.reason}")
        else:
            parts.append(pooled_phrase(pooled, of))
    return escape_markdown(" ".join(sentence(part) for part in parts if part))


def _apart(found: Beside) -> str:
    if isinstance(found.apart.ratio, NotEstimable):
        return ""
    return f"Ours is {ratio_with_p(found.apart)} times the papers'"


def cautions(found: Beside) -> Iterator[Caution]:
    """Few papers, ratios that do not fit their interval, a ratio that is not ours to add."""
    n = len(found.published)
    if n < FEW_PAPERS:
        yield Caution(f"With {count(n, 'paper')} the variance between studies is hardly known.", "few papers")
    if found.odd:
        odd = f"Not the middle of its own interval, so misprinted or not Wald's: {listed(list(found.odd))}."
        yield Caution(odd, "printed")
    yield from narrow_cautions(found.together)


def beside_alt(found: Beside) -> str:
    """The alternative text of the forest; plain."""
    lines = [f"{OURS}: {ratio_with_p(found.ours)}."]
    lines += [f"{one.label}: {hazard_ratio(Estimate(*one.numbers))}." for one in found.published]
    return one_line(
        f"Forest plot of {within(found.label)}, {found.noun}. {' '.join(lines)}{pooled_alt(found.together)}"
    )
