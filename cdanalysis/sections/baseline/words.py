"""Table 1 in words: which variables differ between the groups; Markdown, a file's own words escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cdanalysis.results import NotEstimable
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.numbers import SIGNIFICANCE, count, listed, p_phrase

if TYPE_CHECKING:
    from cdanalysis.sections.baseline.analysis import Baseline

HOW_TO_READ = (
    "Table 1: how the patients were before combination therapy. Counts come with their percentage, measurements as mean ± "
    "SD or median (quartiles). Choose *Groups* to compare two or more: P asks whether chance alone could explain the "
    "difference, SMD how large it is in standard deviations (below 0.1 is small) whatever the sample's size."
)
SHORT_FOOTNOTE = (
    "Categories are counts with percentages of the patients known. IQR, interquartile range; SD, standard deviation."
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
    tested = [row for row in found.rows if row.test is not None and not isinstance(row.test, NotEstimable)]
    differ = [
        f"{row.label.split(';')[0]} ({row.test.test}, {p_phrase(row.test.p_value)})"
        for row in tested
        if row.test.p_value < SIGNIFICANCE
    ]
    sizes = listed([f"{label} ({n})" for label, n in zip(found.group_labels, found.sizes, strict=True)])
    told = f"differed in {listed(differ)}" if differ else "did not differ in any variable"
    return escape_markdown(
        f"Between {sizes}, patients {told}; {count(len(tested), 'test')}, not corrected for their number."
    )


def within(label: str) -> str:
    """A label inside a title: `relapse`, `CRP`, `6-TGN`."""
    return label if label[:2].isupper() else f"{label[:1].lower()}{label[1:]}"
