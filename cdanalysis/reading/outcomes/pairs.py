"""An event, its time and its date -> an outcome. What is certain is paired; what may be is asked about, once an event."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cdanalysis.dictionary.outcomes import EVENT, label_of
from cdanalysis.reading.headers.units.unit_words import normalised
from cdanalysis.reading.outcomes.columns import of_role, partner
from cdanalysis.reading.outcomes.headers.vocabulary import NO_EVENTS
from cdanalysis.reading.outcomes.looked import Looked
from cdanalysis.reading.questions import Asking

NONE_OF_THESE = "none of these"
AN_OUTCOME, NO_OUTCOME = "an outcome", "not an outcome"
MOST_OPTIONS = 12


@dataclass(frozen=True)
class Pair:
    """The columns of one outcome by their places; None where it has none.

    ends: the end of follow-up is its time. visits: the visit at which it stands is. lone: one column without a partner.
    entry: where each row's time begins.
    """

    code: str
    label: str
    event: Looked | None = None
    time: Looked | None = None
    date: Looked | None = None
    entry: Looked | None = None
    ends: bool = False
    visits: bool = False
    lone: bool = False


@dataclass(frozen=True)
class Pairing:
    """What the columns of a table offer each other: events, times, dates, and the headers of the ends of follow-up.

    visits: each row is a visit with its time. others: columns that may hold a time though no header says so.
    """

    events: list[Looked]
    times: list[Looked]
    dates: list[Looked]
    ends: Mapping[str, str]
    asking: Asking
    visits: bool = False
    others: Sequence[Looked] = ()


def offered(columns: Sequence[Looked], ends: Mapping[str, str], asking: Asking, *, visits: bool) -> Pairing:
    """What the columns offer by their roles; ends: the dictionary's column of an end -> its header."""
    events, times, dates = (of_role(columns, role) for role in ("event", "months", "date"))
    others = [one for one in columns if one.may_hold_a_time]
    return Pairing([one for one in events if one.codes], times, dates, ends, asking, visits, others)


def paired(known: Pairing) -> list[Pair]:
    """The outcomes whose columns name each other or are asked about."""
    found = [_by_name(event, known) for event in known.events]
    taken = {one.place for pair in found for one in (pair.time, pair.date) if one}
    pairs = [pair if pair.time or pair.date else _by_rest(pair, found, taken, known) for pair in found]
    kept = [pair for pair in pairs if pair and (pair.time or pair.date or pair.ends or pair.visits)]
    used = {one.place for pair in kept for one in (pair.time, pair.date) if one}
    marked = [one for one in known.times if one.place not in used and one.marked and one.may_say_itself]
    kept += map(by_itself, marked)
    used |= {one.place for one in marked}
    alone = [_alone(one, known) for one in (*known.dates, *known.times) if one.place not in used]
    return [*kept, *filter(None, alone)]


def in_order(pairs: Sequence[Pair]) -> list[Pair]:
    """The outcomes in the order of their columns, each with a code of its own."""
    return _told_apart(sorted(pairs, key=_place))


def _place(pair: Pair) -> int:
    return min(one.place for one in (pair.event, pair.time, pair.date) if one)


def _by_name(event: Looked, known: Pairing) -> Pair:
    """The event with the time and the date that name the same outcome."""
    pair = Pair(code_of(event), label_of(event.named) if event.named else event.said.label or EVENT.label, event)
    times, dates = (partner(event, offered, known.events) for offered in (known.times, known.dates))
    return replace(pair, time=times, date=dates)


def code_of(one: Looked) -> str:
    """The code of the outcome that a column names."""
    noun = one.said.noun
    if one.named:
        return one.named
    own = one.said.stem if len(one.said.stem) == 1 else one.said.label or one.said.stem
    return noun.code if noun else "_".join(normalised(own).split())[:60] or EVENT.code


def _by_rest(pair: Pair, pairs: Sequence[Pair], taken: set[int], known: Pairing) -> Pair | None:
    """An event without a time of its own name: the one time there is, the end of follow-up, or a question."""
    event = pair.event
    if event is None:
        return None
    said, left = event.said, [one for one in (*known.times, *known.dates) if one.place not in taken]
    generic = [one for one in left if one.said.generic and not one.said.end] or [
        one for one in left if one.said.generic
    ]
    alone = [one for one in pairs if not one.time and not one.date and _may_be(one.event)] == [pair]
    if said.generic or said.strong or (alone and (said.sure or (said.noun and said.noun.plain))):
        if len(generic) == 1:
            return with_time(pair, generic[0])
        named = [one for one in left if one.said.noun and not one.said.generic]
        if said.generic and not generic and len(named) == 1:
            return with_time(replace(pair, code=code_of(named[0]), label=named[0].said.label), named[0])
    if known.visits and not generic and _may_be(pair.event):
        return replace(pair, visits=True)
    if known.ends and not generic and (said.generic or (said.noun and said.noun.ends)):
        return replace(pair, ends=True)
    return asked_time(pair, left, known) if _may_be(pair.event) else None


def _may_be(event: Looked | None) -> bool:
    """Whether a header says an outcome by itself, without a time beside it that names the same."""
    if event is None:
        return False
    said = event.said
    return said.generic or said.strong or (said.noun is not None and (said.sure or said.noun.plain))


def with_time(pair: Pair, one: Looked) -> Pair:
    """The outcome with a column of its time or its date."""
    return replace(pair, date=one) if one.dates else replace(pair, time=one)


def asked_time(pair: Pair, left: Sequence[Looked], known: Pairing) -> Pair | None:
    """The reader's answer to which column holds the time of an event."""
    options = {one.header: one for one in left if one.said.stem not in NO_EVENTS}
    others = [one for one in known.others if not known.ends and (not options or "time" in one.header.casefold())]
    options |= {one.header: one for one in others}
    named = [*options, *known.ends.values()][:MOST_OPTIONS]
    if pair.event is None or not named:
        return None
    answer = known.asking.ask(
        "time",
        "patients",
        pair.event.header,
        f"{pair.event.header}: which column holds its time, or that of its censoring?",
        (*named, NONE_OF_THESE),
        f"{pair.event.header} says whether it happened; no time beside it has its name.",
    )
    if answer in options:
        return with_time(pair, options[answer])
    return replace(pair, ends=True) if answer in known.ends.values() else None


def by_itself(time: Looked) -> Pair:
    """A time whose cells say themselves which of them are of a censoring."""
    event = replace(time, said=replace(time.said, role="event", negated=False, censoring="", coding=()), codes=True)
    return Pair(code_of(time), time.said.label or EVENT.label, event, time)


def _alone(one: Looked, known: Pairing) -> Pair | None:
    """A date, or a time, of those who had the event, where the end of follow-up of the others is known."""
    said = one.said
    if (
        not known.ends
        or said.generic
        or not 0 < one.filled < 1
        or said.stem in NO_EVENTS
        or (said.noun is None and said.role != "date")
    ):
        return None
    return asked_outcome(one, known) if said.noun is None else with_time(Pair(code_of(one), said.label), one)


def asked_outcome(one: Looked, known: Pairing) -> Pair | None:
    """The outcome of a date, or a time, of some patients, if the reader says that it is one."""
    what = "date" if one.dates else "time"
    answer = known.asking.ask(
        "outcome",
        "patients",
        one.header,
        f"{one.header}: is it the {what} of an outcome?",
        (AN_OUTCOME, NO_OUTCOME),
        f"{one.filled:.0%} of the patients have a {what} there; the others would be free of it up to their last follow-up.",
    )
    return with_time(Pair(code_of(one), one.said.label or one.header), one) if answer == AN_OUTCOME else None


def _told_apart(pairs: Sequence[Pair]) -> list[Pair]:
    """Each code once: a second outcome of the same noun is numbered."""
    found: list[Pair] = []
    for pair in pairs:
        twins = sum(one.code == pair.code or one.code.rpartition("_")[0] == pair.code for one in found)
        found.append(
            replace(pair, code=f"{pair.code}_{twins + 1}", label=f"{pair.label} ({twins + 1})") if twins else pair
        )
    return found
