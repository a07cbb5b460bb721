"""A column of codes -> what each patient had: 0 censored, 1 the event, 2 and more what competes with it, NaN not known.

A code whose meaning the file does not say is asked about, once per column with its counts; until it is answered the patients
with that code have no outcome, and where no code is known to be the event, or none its absence, nobody has one.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import nan

from cdanalysis.dictionary.outcomes import NOUN_OF, Noun
from cdanalysis.reading.cells.cells import Notes, note_missing, shown
from cdanalysis.reading.cells.numbers.number_cells import MISSING_NUMBERS
from cdanalysis.reading.cells.words import NO, YES, YES_BESIDE_N, answers_among, odd_among, rare_among
from cdanalysis.reading.headers.units.unit_words import normalised
from cdanalysis.reading.outcomes.codes.code_questions import NOT_DECIDED, ask_codes, ask_count, ask_empty
from cdanalysis.reading.outcomes.codes.event_column import EMPTY, EventColumn, float_of, order_of, texts_of
from cdanalysis.reading.outcomes.codes.meanings import (
    CENSORED,
    COMPETING,
    HAPPENED,
    NOT_KNOWN,
    RELAPSES,
    STATE_OF,
    has_unknown,
    meaning_of,
    nouns_among,
    of_life,
)
from cdanalysis.reading.outcomes.headers.headers import Said
from cdanalysis.reading.outcomes.headers.vocabulary import NEGATIONS
from cdanalysis.reading.questions import Asking
from cdanalysis.results import Fault, OutcomeCode

DEATH = NOUN_OF["death"].label
CDISC = "cnsr"  # of which every number but 0 says why the patient was censored
ACCEPTS = "a code that means the event or its absence, such as 1 or 0, or an empty cell"


@dataclass(frozen=True)
class EventStates:
    """The state of each row, what each code was taken as, and what has to be said."""

    states: list[float]
    codes: tuple[OutcomeCode, ...]
    faults: list[Fault]


def read_events(column: EventColumn, asking: Asking) -> EventStates:
    """Each row's state; an unreadable cell is a fault."""
    texts = texts_of(column.cells)
    counts = Counter(text for text in texts if text)
    unreadable = _unreadable(counts, column)
    meanings = _meanings(column, {text: n for text, n in counts.items() if text not in unreadable}, asking)
    faults = [
        Fault("patients", row, column.name, shown(cell), ACCEPTS)
        for cell, text, row in zip(column.cells, texts, column.rows, strict=True)
        if text in unreadable
    ]
    faults += _said(column, meanings, counts)
    if NOT_DECIDED in meanings.values() and not {HAPPENED, CENSORED} <= set(meanings.values()):
        meanings = dict.fromkeys(meanings, NOT_DECIDED)
    states = [STATE_OF.get(meanings.get(text, NOT_KNOWN), nan) for text in texts]
    meanings = dict(sorted(meanings.items(), key=lambda one: order_of(one[0])))
    codes = tuple(
        OutcomeCode(text or "(empty)", meaning, n)
        for text, meaning in meanings.items()
        for n in [counts.get(text, texts.count(EMPTY))]
    )
    return EventStates(_numbered(states, texts, meanings), codes, faults)


def _unreadable(counts: Mapping[str, int], column: EventColumn) -> set[str]:
    """The texts that are no code: a number with decimals, and what stands there once among known ones."""
    noun = (_relapse_among(counts) if column.said.generic else None) or column.said.noun
    return {
        text
        for text, n in counts.items()
        if not _is_code(text)
        and not meaning_of(text, column.said, noun)
        and text not in column.behind
        and float_of(text) not in MISSING_NUMBERS
        and (n == 1 or not (float_of(text) or 0.0).is_integer())
    }


def _relapse_among(texts: Iterable[str]) -> Noun | None:
    """The relapse that alone is named among texts, beside which `in remission` is free of it; None where there is none."""
    nouns = nouns_among(texts)
    return nouns[0] if len(nouns) == 1 and nouns[0].code in RELAPSES else None


def _is_code(text: str) -> bool:
    return text.isdecimal() and len(text) == 1


def _meanings(column: EventColumn, counts: Mapping[str, int], asking: Asking) -> dict[str, str]:
    """What each text means; of what the file does not say, what the reader answered, else NOT_DECIDED."""
    if (is_count := ask_count(column, counts, asking)) is not False:
        often = {text: CENSORED if text == "0" else HAPPENED for text in counts}
        return often if is_count else dict.fromkeys(counts, NOT_DECIDED)
    odd = odd_among(counts)
    known = {text: "" if text in odd else _of_life(text, column) or _known(text, column, counts) for text in counts}
    known |= _denied_beside([text for text, meaning in known.items() if not meaning], column.said)
    for text in [text for text in known if float_of(text) in MISSING_NUMBERS]:
        known[text] = NOT_KNOWN
    open_texts = sorted((text for text, meaning in known.items() if not meaning), key=order_of)
    known |= ask_codes(column, known, open_texts, counts, asking)
    held = set(known.values()) - {NOT_KNOWN}
    if HAPPENED in held and not held & {CENSORED, NOT_DECIDED} and len(column.rows) > sum(counts.values()):
        known[EMPTY] = ask_empty(column, sum(counts.values()), asking)
        known = known if known[EMPTY] != NOT_DECIDED else dict.fromkeys(known, NOT_DECIDED)
    return known


def _denied_beside(texts: Sequence[str], said: Said) -> dict[str, str]:
    """Two texts of which one denies the other, `loss` and `no loss`: the event and its absence, whatever they call it."""
    if len(texts) != 2 or said.negated or said.censoring:
        return {}
    plain = [" ".join(word for word in normalised(text).split() if word not in NEGATIONS) for text in texts]
    denied = [not NEGATIONS.isdisjoint(normalised(text).split()) for text in texts]
    if not plain[0] or plain[0] != plain[1] or denied[0] == denied[1]:
        return {}
    return {text: CENSORED if no else HAPPENED for text, no in zip(texts, denied, strict=True)}


def _of_life(text: str, column: EventColumn) -> str:
    return of_life(dict(column.said.coding).get(text, text)) if column.label == DEATH else ""


def _known(text: str, column: EventColumn, counts: Mapping[str, int]) -> str:
    """What a text means by itself, by the header, or by the other codes beside it; "" where only the reader knows."""
    said = column.said
    noun = None if said.generic else said.noun
    coding = dict(said.coding)
    named = {coding.get(one, one) for one in counts}
    noun = noun or _relapse_among(named)
    several = len(nouns_among(named)) > 1 or (said.strong and has_unknown(named, said))
    if said.generic and several and nouns_among([coding.get(text, text)]):
        return ""
    if text in YES_BESIDE_N and set(counts) == {"n", text} and text not in coding:
        return meaning_of("yes", said, noun)
    if text not in coding and (answer := answers_among(counts).get(text)):
        return meaning_of(answer, said, noun)
    if text in coding or not text.isdecimal():
        return meaning_of(text, said, noun)
    if CDISC in normalised(column.header).split():
        return CENSORED if int(text) else HAPPENED
    if said.coding:
        return _beside_coding(column, counts, noun)
    numbers = {one for one in counts if one.isdecimal()}
    if numbers <= {"0", "1"} or text == "0":
        return meaning_of(text, said, noun)
    return meaning_of(text, said, noun) if text == "1" and "0" in numbers and noun is not None else ""


def _beside_coding(column: EventColumn, counts: Mapping[str, int], noun: Noun | None) -> str:
    """What a number means that a header leaves out which explains others: of two codes it is the other; else it is asked."""
    told = {meaning_of(code, column.said, noun) for code, _ in column.said.coding}
    held = any(code in counts for code, _ in column.said.coding)
    if len(counts) == 2 and held and len(told) == 1 and told < {HAPPENED, CENSORED}:
        return CENSORED if told == {HAPPENED} else HAPPENED
    return ""


def _numbered(states: list[float], texts: Sequence[str], meanings: Mapping[str, str]) -> list[float]:
    """Each competing code its own state: 2, 3, ..."""
    competing = [text for text, meaning in meanings.items() if meaning == COMPETING]
    place = {text: 2.0 + number for number, text in enumerate(sorted(competing, key=order_of))}
    return [place.get(text, state) for text, state in zip(texts, states, strict=True)]


def _said(column: EventColumn, meanings: Mapping[str, str], counts: Mapping[str, int]) -> list[Fault]:
    """One line for the codes that wait for an answer, for each that stands for nothing, and for each that is written otherwise."""
    waiting = [text for text, meaning in meanings.items() if meaning == NOT_DECIDED and text]
    missing = [text for text, meaning in meanings.items() if meaning == NOT_KNOWN and float_of(text) in MISSING_NUMBERS]
    said = [
        Fault("patients", None, column.name, f"{counts[text]} × the missing code {text}", ACCEPTS, "warning")
        for text in missing
    ]
    said += [
        Fault("patients", None, column.name, f"{counts[text]} × {text}, read as {meanings[text]}", ACCEPTS, "warning")
        for text in sorted(rare_among(counts) & (YES | NO))
        if meanings.get(text) in (HAPPENED, CENSORED)
    ]
    notes = Notes()
    for cell in column.cells:
        note_missing(cell, notes)
    said += notes.said("patients", column.name, ACCEPTS)
    if waiting:
        only = "only " if set(waiting) == set(counts) else ""
        accepted = "an answer to the question about it: until then these patients have no outcome here"
        said.append(
            Fault("patients", None, column.name, f"{only}{' and '.join(sorted(waiting, key=order_of))}", accepted)
        )
    return said
