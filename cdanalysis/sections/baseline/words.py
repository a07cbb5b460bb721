"""Table 1 in words: which variables differ between the groups; Markdown, a file's own words escaped."""

from collections.abc import Sequence

from cdanalysis.sections.baseline.analysis import Baseline
from cdanalysis.statistics.describe.comparisons import Comparison
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.numbers import SIGNIFICANCE, count, listed, p_phrase
from cdanalysis.writing.within import within

HOW_TO_READ = (
    "Table 1: how the patients were before combination therapy. Counts come with their percentage, measurements as mean ± "
    "SD or median (quartiles). Choose *Groups* to compare two or more: P asks whether chance alone could explain the "
    "difference, SMD how large it is in standard deviations (below 0.1 is small) whatever the sample's size."
)
SHORT_FOOTNOTE = (
    "Categories are counts with percentages of the patients known. IQR, interquartile range; SD, standard deviation."
)
ALONE_FOOTNOTE = (
    "Numbers that are not contradicted as normal (Shapiro-Wilk P ≥ 0.05) are mean ± SD, others median (quartiles, IQR)."
)
FOOTNOTE = (
    "Numbers that no group contradicts as normal (Shapiro-Wilk P ≥ 0.05) are mean ± SD and compared by Welch's t test "
    "(Student's under SPSS) or ANOVA, others are median (quartiles, IQR) and compared by Mann-Whitney (exact under R where both "
    "groups have fewer than 50 patients and no two the same value) or Kruskal-Wallis. Categories: chi-square without continuity "
    "correction, or Fisher's exact test (Fisher-Freeman-Halton of larger tables) where expected counts are small. "
    "SMD: standardised difference between two groups, 0.1 is small."
)


def baseline_sentence(found: Baseline) -> str:
    """Which variables differed between the groups."""
    if len(found.group_labels) < 2:
        return f"{count(found.n, 'patient')}."
    tested = [(row.label.split(";")[0], row.test) for row in found.rows if isinstance(row.test, Comparison)]
    differ = [_differing(*one) for one in tested if one[1].p_value < SIGNIFICANCE]
    sizes = listed([f"{label} ({n})" for label, n in zip(found.group_labels, found.sizes, strict=True)])
    told = f"patients differed in {listed(differ)}" if differ else _least(tested)
    return escape_markdown(f"Between {sizes}, {told}; {count(len(tested), 'test')}, not corrected for their number.")


def _least(tested: Sequence[tuple[str, Comparison]]) -> str:
    """What was seen where no P is small: that does not say that the groups are alike."""
    if not tested:
        return "no variable could be compared"
    smallest = min(tested, key=lambda one: one[1].p_value)
    return f"no variable had P < {SIGNIFICANCE}; the smallest was that of {_differing(*smallest)}"


def _differing(label: str, test: Comparison) -> str:
    return f"{within(label)} ({test.test}, {p_phrase(test.p_value)})"
