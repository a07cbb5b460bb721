"""Endoscopy in words: scores before and after, remission and healing, and what its figures show."""

from cdanalysis.cohort import Cohort
from cdanalysis.results import NotEstimable
from cdanalysis.sections.endoscopy.analysis import Endoscopy, Score
from cdanalysis.settings import Settings
from cdanalysis.statistics.describe.paired import Paired
from cdanalysis.writing.choices.definitions import endoscopic_remission, endoscopic_sources
from cdanalysis.writing.numbers import count, p_phrase, percent, percentage, sentence

HOW_TO_READ = (
    "Every line is a patient examined before and after; the boxes show the middle half of them. Only examined patients "
    "are here, and they may differ from the others: see *Who was examined*. The yearly figure states how many patients "
    "stand behind each mean."
)
HEALING = "Mucosal healing: no ulceration at any follow-up endoscopy."
BEFORE_AFTER = "Before: the last endoscopy up to week 4; after: the last one later."

YEARS = "Changes: mean with 95% interval and paired t test in the patients seen in both years; not corrected for their number."


def footnote(cohort: Cohort, settings: Settings) -> str:
    """The definitions, with their sources."""
    remission, sources = endoscopic_remission(settings, cohort), endoscopic_sources(settings, cohort)
    return f"Endoscopic remission: {remission}, at any follow-up endoscopy. {HEALING} {sources}"


def key_figures(found: Endoscopy) -> tuple[tuple[str, str], ...]:
    """(value, what it is): each score before and after, remission and healing."""
    tests = [(one.label, one.test) for one in found.scores if not isinstance(one.test, NotEstimable)]
    return (
        (f"{found.n:,}", "Patients, before and after"),
        *((f"{test.mean_before:.1f} to {test.mean_after:.1f}", f"{label}, mean") for label, test in tests),
        *((percentage(one.share.value), one.label) for one in found.shares if one.n),
    )


def endoscopy_sentence(found: Endoscopy) -> str:
    """Scores before and after, remission and healing."""
    scores = [_score(one.label, one.test) for one in found.scores if not isinstance(one.test, NotEstimable)]
    shares = [f"{one.label.lower()} {percent(one.k, one.n)}" for one in found.shares if one.n]
    return sentence("; ".join([f"{count(found.n, 'patient')} with endoscopy before and after", *scores, *shares]))


def _score(label: str, test: Paired) -> str:
    before, after = f"{test.mean_before:.2f} ± {test.sd_before:.2f}", f"{test.mean_after:.2f} ± {test.sd_after:.2f}"
    tests = f"paired t {p_phrase(test.t_p)}, Wilcoxon {p_phrase(test.wilcoxon_p)}"
    return f"{label} {before} before and {after} after (n = {test.n}, {tests})"


def before_after_alt(score: Score) -> str:
    """A score's means before and after."""
    opening = f"{score.label} before and after, one line per patient."
    if isinstance(score.test, NotEstimable):
        return f"{opening} {sentence(score.test.reason)}"
    test = score.test
    change = f"Mean {test.mean_before:.1f} before and {test.mean_after:.1f} after in {count(test.n, 'patient')}"
    return f"{opening} {change}, Wilcoxon {p_phrase(test.wilcoxon_p)}."


def yearly_alt(found: Endoscopy) -> str:
    """A score's mean in each year with its denominator."""
    texts = [f"year {one.year}: {one.described.mean:.1f} (n = {one.described.n})" for one in found.years]
    return f"Mean {found.yearly.label} by year in {count(found.n_serial, 'serially examined patient')}: {'; '.join(texts)}."
