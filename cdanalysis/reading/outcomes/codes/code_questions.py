"""What a column of events leaves open: what a code means, what an empty cell means. Once per column, with the counts."""

from collections.abc import Mapping, Sequence
from itertools import product

from cdanalysis.dictionary.outcomes import NOUNS
from cdanalysis.reading.outcomes.codes.event_column import EventColumn, order_of, texts_of
from cdanalysis.reading.outcomes.codes.meanings import CENSORED, COMPETING, HAPPENED, NOT_KNOWN
from cdanalysis.reading.outcomes.headers.nouns import is_plural
from cdanalysis.reading.questions import Asking

NOT_DECIDED = "not decided"
A_CODE = "a code each"
MOST_ASKED_TOGETHER = 2
LABELS = {noun.label for noun in NOUNS}


def ask_codes(
    column: EventColumn, known: Mapping[str, str], texts: Sequence[str], counts: Mapping[str, int], asking: Asking
) -> dict[str, str]:
    """The reader's answers to what texts mean: two in one question where one of them must be the event, else a question each."""
    if not texts:
        return {}
    if len(texts) > MOST_ASKED_TOGETHER or (len(texts) > 1 and HAPPENED in known.values() and not _of_a_sheet(texts)):
        decided = {**known, "": HAPPENED}
        return {text: _ask(column, decided, [text], counts, asking)[text] for text in texts}
    return _ask(column, known, texts, counts, asking)


def ask_count(column: EventColumn, counts: Mapping[str, int], asking: Asking) -> bool | None:
    """Whether whole numbers from 1 on say how often it happened; False where they cannot, or mean one thing each."""
    numbers = sorted(int(text) for text in counts if text.isdecimal())
    above = [number for number in numbers if number > 1]
    may_be = (
        len(numbers) == len(counts) and above and set(numbers) - {0} and not column.said.coding and not column.behind
    )
    if not may_be or column.said.generic or not (is_plural(column.said.stem) or len(above) > MOST_ASKED_TOGETHER):
        return False
    text = f"{column.header} holds {', '.join(map(str, numbers))}: how often, or a code each?"
    each = ", ".join(f"{_patients(counts[str(number)])} with {number}" for number in numbers)
    answer = asking.ask(
        "count", "patients", column.header, text, (f"how often: 1 and more is {_word(HAPPENED, column)}", A_CODE), each
    )
    return None if answer is None else answer != A_CODE


def _ask(
    column: EventColumn, known: Mapping[str, str], texts: Sequence[str], counts: Mapping[str, int], asking: Asking
) -> dict[str, str]:
    of_two = len(texts) == 2 and (len(counts) == 2 or _of_a_sheet(texts))
    each = (HAPPENED, CENSORED) if of_two else (HAPPENED, COMPETING, CENSORED, NOT_KNOWN)
    offered = [
        meanings
        for meanings in product(each, repeat=len(texts))
        if _possible(meanings, known) and not (of_two and len(set(meanings)) == 1)
    ]
    options = {
        ", ".join(f"{text} = {_word(one, column)}" for text, one in zip(texts, meanings, strict=True)): meanings
        for meanings in offered
    }
    whole = len(texts) <= MOST_ASKED_TOGETHER and set(texts) == {text for text, meaning in known.items() if not meaning}
    where = column.header if whole else f"{column.header} = {texts[0]}"
    answer = asking.ask(
        "codes", "patients", where,
        f"{column.header}: {'only ' if set(texts) == set(counts) else ''}{' and '.join(texts)}. What do they mean?", tuple(options),
        "; ".join(f"{text}{_code_behind(text, column)}: {_patients(counts[text])}" for text in sorted(counts, key=order_of)),
    )  # fmt: skip
    return dict(zip(texts, options[answer] if answer is not None else [NOT_DECIDED] * len(texts), strict=True))


def _of_a_sheet(texts: Sequence[str]) -> bool:
    """Whether two codes are those of one sheet whose codes differ from the others': `1 in b`, `2 in b`."""
    return len(texts) == 2 and len({text.partition(" in ")[2] for text in texts} - {""}) == 1


def _code_behind(text: str, column: EventColumn) -> str:
    """The code that a value label stands for, or what the header says of a code, in brackets."""
    said = dict(column.said.coding).get(text, "")
    return f" (code {column.behind[text]:g})" if text in column.behind else f" ({said})" if said else ""


def _possible(meanings: Sequence[str], known: Mapping[str, str]) -> bool:
    """Whether an answer to two codes leaves an event at all, and of two codes in all one of each; to one any is possible."""
    whole = [*meanings, *filter(None, known.values())]
    return len(meanings) == 1 or (HAPPENED in whole and (len(known) != 2 or len(set(meanings)) == 2))


def _patients(n: int) -> str:
    return f"{n} patient{'' if n == 1 else 's'}"


def _word(meaning: str, column: EventColumn) -> str:
    return meaning if meaning != HAPPENED or column.label not in LABELS else column.label


def ask_empty(column: EventColumn, n_held: int, asking: Asking) -> str:
    """What an empty cell means in a column that holds nothing but the event."""
    if column.dated is not None and _agree(column):
        return CENSORED
    none, n_empty = f"no {column.label}", len(column.rows) - n_held
    answer = asking.ask(
        "empty",
        "patients",
        column.header,
        f"{column.header}: what does an empty cell mean?",
        (none, NOT_KNOWN),
        f"{_patients(n_held)} have the {column.label}, {n_empty} have an empty cell and nobody has a no.",
    )
    return {none: CENSORED, NOT_KNOWN: NOT_KNOWN, None: NOT_DECIDED}[answer]


def _agree(column: EventColumn) -> bool:
    """Whether the rows without an event are those without a date of it."""
    held = [bool(text) for text in texts_of(column.cells)]
    return column.dated is not None and held == list(column.dated)
