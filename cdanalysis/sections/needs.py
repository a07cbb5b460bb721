"""What a section cannot do without, asked of a cohort before anything is computed: one line where it is missing."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.indices.endoscopic import NAMED
from cdanalysis.dictionary.indices.indices import INDICES, OF_AN_INDEX, followed
from cdanalysis.results import Caution

OUTCOME = f"an outcome: a time and whether the event happened in each patient, dates of both, or {OF_AN_INDEX}"
MOST_NAMED = 4  # columns
_PLAIN = re.compile(r"[\w ()/%.,-]{1,40}")  # nothing that a page would take for markup
OPEN = "Questions on the Cohort page are still open: the answers may be all that is missing."


def needs(section: str, cohort: Cohort) -> str:
    """What a cohort would need for a section, as the rest of a sentence; empty where it has it."""
    return next(filter(None, (missing(cohort) for missing in NEEDS.get(section, ()))), "")


def needed_sentence(section: str, cohort: Cohort) -> str:
    """What the cohort would need for a section, as a sentence for its page; plain, empty where it has it."""
    missing = needs(section, cohort)
    return " ".join(filter(None, (f"This page needs {missing}.", OPEN if cohort.questions else ""))) if missing else ""


def left_open(cohort: Cohort) -> str:
    """What stands beside results while questions are open: how many, and about which columns; plain, empty of none."""
    columns = dict.fromkeys(one.column.partition(" = ")[0] or one.sheet for one in cohort.questions)
    named = [one for one in columns if _PLAIN.fullmatch(one)][:MOST_NAMED]
    n, more = len(cohort.questions), len(columns) - len(named)
    about = f", about {', '.join(named)}{f' and {more} more' if more else ''}" if named else ""
    are = "question on the Cohort page is" if n == 1 else "questions on the Cohort page are"
    return f"{n} {are} open{about}: what is asked about is left out of these results." if n else ""


def with_left_open(blocks: Iterator[Any], cohort: Cohort) -> Iterator[Any]:
    """The blocks of a section, and behind the first what open questions leave out of them."""
    for place, block in enumerate(blocks):
        yield block
        if not place:
            yield Caution(left_open(cohort), "questions")


def _outcome(cohort: Cohort) -> str:
    if not cohort.outcomes:
        return OUTCOME
    if any(one.n for one in cohort.outcomes.values()):
        return ""
    named = next(iter(cohort.outcomes.values())).label
    return f"an outcome that can be used; no patient has both a time and an event of {named}"


def _marker(cohort: Cohort) -> str:
    return "" if cohort.markers else "a marker: a column of numbers with more than one value"


def _visits(cohort: Cohort) -> str:
    if followed(cohort.visits, 0.0):
        return ""
    columns = ", ".join(index.column for index in INDICES.values())
    return f"{OF_AN_INDEX}: a sheet visits with patient_id, week or visit_date, and one of {columns}"


def _endoscopy(cohort: Cohort) -> str:
    sheet = f"a sheet endoscopy with patient_id, months or date, and {NAMED}"
    return sheet if cohort.endoscopy.empty else ""


def _adverse_events(cohort: Cohort) -> str:
    if not cohort.adverse_events.empty or cohort.states("adverse_event"):
        return ""
    return "a sheet adverse_events with patient_id, months or date, and term"


NEEDS: dict[str, tuple[Callable[[Cohort], str], ...]] = {
    "response": (_visits,),
    "survival": (_outcome,),
    "predictors": (_outcome,),
    "prognosis": (_outcome,),
    "cutoffs": (_outcome, _marker),
    "multiverse": (_outcome, _marker),
    "endoscopy": (_endoscopy,),
    "safety": (_adverse_events,),
}
