"""A time or a date whose event no header names, and a table in which none names an outcome at all: asked, never passed over."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cdanalysis.dictionary.outcomes import EVENT
from cdanalysis.reading.cells.censored_times import CENSORED
from cdanalysis.reading.cells.censored_times import EVENT as HAPPENED
from cdanalysis.reading.headers.units.unit_words import normalised
from cdanalysis.reading.outcomes.headers.vocabulary import NO_EVENTS, SURVIVAL_WORDS
from cdanalysis.reading.outcomes.looked import Looked
from cdanalysis.reading.outcomes.pairs import (
    MOST_OPTIONS,
    NO_OUTCOME,
    NONE_OF_THESE,
    Pair,
    Pairing,
    asked_outcome,
    asked_time,
    by_itself,
    code_of,
    with_time,
)
from cdanalysis.reading.outcomes.times.ends import is_time_of_some

EVERYBODY = "it happened to everybody"
MARKED = {"censored": CENSORED, "the event came": HAPPENED}
BIRTH = "birth"  # `days to birth`, counted back
MOST_EACH = 2  # dates or times of some that are asked about one by one
OPEN = ("time:", "dates:")  # questions that come first


def completed(pairs: Sequence[Pair], columns: Sequence[Looked], known: Pairing, *, alone: bool) -> list[Pair]:
    """The outcomes, and those that the reader's answers complete; alone: whether the file can state outcomes nowhere else."""
    if any(one.startswith(OPEN) for one in known.asking.asked):
        return list(pairs)  # an answer to that tells what these are of
    taken = {one.place for pair in pairs for one in (pair.event, pair.time, pair.date) if one}
    left = [one for one in columns if one.place not in taken]
    timed = [one for one in left if _is_of_an_outcome(one) and not (pairs and _is_before(one))]
    timed += [
        one for one in left if (one.mark or _is_survival(one)) and one.may_say_itself and one not in timed and not pairs
    ]
    codes = {pair.code for pair in pairs}  # an outcome that has its event and its time needs no other
    found = [
        *pairs,
        *filter(None, (_with_event(one, left, known) for one in timed if codes.isdisjoint(_codes_of(one)))),
    ]
    if found or timed or not alone:
        return found
    dated = [one for one in left if (one.dates and 0 < one.filled < 1 and _may_be_of_one(one)) or is_time_of_some(one)]
    is_one = len(dated) == 1 and dated[0].dates
    if dated and (known.ends or is_one) and (found := _of_some(dated, known)):
        return found
    chosen = _named(left, known)
    chosen = asked_time(chosen, [one for one in (*known.times, *known.dates) if one in left], known) if chosen else None
    return [chosen] if chosen else []


def _is_survival(one: Looked) -> bool:
    """Whether numbers are headed as a survival of everybody: of whom it is not said how it ended."""
    words = normalised(one.header).split()
    return one.said.role == "months" and one.numbers and one.filled == 1 and not SURVIVAL_WORDS.isdisjoint(words)


def _is_before(one: Looked) -> bool:
    """Whether a date is one that everybody has of what may have been before time zero, as an operation."""
    return one.dates and one.filled == 1 and one.said.noun is not None and not one.said.noun.plain


def _may_be_of_one(one: Looked) -> bool:
    """Whether dates of some patients may be of an outcome though their header names none that is known."""
    return not one.said.role or (one.said.role == "date" and not one.said.end and one.said.stem not in NO_EVENTS)


def _of_some(dated: Sequence[Looked], known: Pairing) -> list[Pair]:
    """The outcomes of dates or times of a part of the patients: each asked about, of many which is one."""
    if len(dated) <= MOST_EACH:
        return list(filter(None, (asked_outcome(one, known) for one in dated)))
    named = {one.header: one for one in dated[:MOST_OPTIONS]}
    text = "No column says whether something happened. Which of these is the time of an outcome?"
    answer = known.asking.ask(
        "outcome", "patients", "", text, (*named, NONE_OF_THESE), "the others are free of it up to their last follow-up"
    )
    one = named.get(answer or "")
    return [with_time(Pair(code_of(one), one.said.label or one.header), one)] if one else []


def _codes_of(one: Looked) -> set[str]:
    """The codes of the outcomes that a header names, alone or beside other words: `months from diagnosis to relapse`."""
    return {code_of(one), *one.nouns}


def _is_of_an_outcome(one: Looked) -> bool:
    """Whether a column is the time or the date of an outcome by its header, and not the end of follow-up."""
    said = one.said
    if said.role not in ("months", "date") or said.end or said.generic or one.filled == 0 or said.stem == BIRTH:
        return False
    return (said.noun is not None and (said.sure or said.role == "date")) or said.towards


def _with_event(one: Looked, left: Sequence[Looked], known: Pairing) -> Pair | None:
    """The outcome of a time or a date with the event that the reader names."""
    events = {other.header: other for other in _codes(left) if other.place != one.place}
    what = "a date" if one.dates else "a time"
    marks = {f"the mark {one.mark} at some: {said}": as_told for said, as_told in MARKED.items()} if one.mark else {}
    answer = known.asking.ask(
        "event",
        "patients",
        one.header,
        f"{one.header}: which column says whether it happened?",
        (*marks, *list(events)[:MOST_OPTIONS], EVERYBODY, NO_OUTCOME),
        f"{one.filled:.0%} of the rows hold {what}, and no column beside it says whether of the event; not used until then",
    )
    if answer is None or answer == NO_OUTCOME:
        return None
    if answer in marks:
        return by_itself(replace(one, marked=True, marked_as=marks[answer]))
    event = events.get(answer)
    return with_time(Pair(code_of(one), one.said.label or EVENT.label, event and _as_event(event)), one)


def _codes(left: Iterable[Looked]) -> list[Looked]:
    """Columns that may say whether something happened: those whose headers say so before the others."""
    held = [one for one in left if one.codes and one.filled > 0]
    return sorted(held, key=lambda one: (one.said.role != "event", not one.plain))


def _as_event(one: Looked) -> Looked:
    """The column as one of events, of which its header does not say whether 1 is the event: `remission maintained` is none."""
    known = one.said.noun is not None and not one.said.generic
    unsure = "" if one.said.coding or known else "unsure"
    return replace(one, said=replace(one.said, role="event", noun=one.said.noun or EVENT, censoring=unsure))


def _named(left: Sequence[Looked], known: Pairing) -> Pair | None:
    """The event of a table in which nothing is headed as one, as the reader names it."""
    codes = _codes(left)
    plain = [one for one in codes if one.plain or one.said.role == "event"]
    events = {one.header: _as_event(one) for one in plain or (codes if known.times else ())}
    if not events or not (known.times or known.dates or known.others or known.ends):
        return None
    answer = known.asking.ask(
        "outcome",
        "patients",
        "",
        "No header names an outcome with its time. Which column says whether it happened?",
        (*list(events)[:MOST_OPTIONS], NONE_OF_THESE),
        "nobody has an outcome until then",
    )
    one = events.get(answer or "")
    return Pair(code_of(one), one.said.label or one.header, one) if one else None
