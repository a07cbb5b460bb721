"""What every section says alike: who is analysed, what was asked, what counts as the event and its noun; Markdown."""

from collections.abc import Sequence

from cdanalysis.results import Exclusion
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.numbers import count, listed, sentence
from cdanalysis.writing.within import within


def excluded_sentence(exclusions: Sequence[Exclusion], n_analysed: int) -> str:
    """Who is analysed, and how many are not, by reason."""
    analysed = f"{count(n_analysed, 'patient')} {are(n_analysed)} analysed"
    counted = [exclusion for exclusion in exclusions if exclusion.n]
    if not counted:
        return f"{analysed}; none is excluded."
    reasons = "; ".join(f"{escape_markdown(within(exclusion.reason))} ({exclusion.n:,})" for exclusion in counted)
    n_excluded = sum(exclusion.n for exclusion in counted)
    return f"{analysed}. {count(n_excluded, 'patient')} {are(n_excluded)} excluded: {reasons}."


def question(factors: Sequence[str], outcome: str) -> str:
    """The question a page answers, of the factors' labels."""
    verb = "does" if len(factors) == 1 else "do"
    return escape_markdown(sentence(f"{verb} {listed([*map(within, factors)])} predict {outcome}?"))


def definition_in_use(outcome: str, rule: str, clock: str) -> str:
    """What counts as the event and where its clock starts, of their labels."""
    return escape_markdown(f"{sentence(f'{outcome}: {rule}')} {sentence(f'Time zero: {clock}')}")


def are(n: int) -> str:
    """The verb of so many."""
    return "is" if n == 1 else "are"


def were(n: int) -> str:
    """The verb of so many in the past."""
    return "was" if n == 1 else "were"


def participle(noun: str) -> str:
    """What became of a patient: `relapsed`, `died`, `progressed`, `had surgery`."""
    return {"relapse": "relapsed", "death": "died", "failure": "failed", "progression": "progressed"}.get(
        noun, f"had {noun}"
    )


def with_article(noun: str) -> str:
    """`a relapse`, `an adverse event`."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"
