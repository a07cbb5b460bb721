"""An outcome's word with its time behind it, `yes, 5 months`, `no (24 mo)`, `relapse at 14 wk`: the word and the time, apart."""

import re
from collections.abc import Sequence

from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.cells.cells import folded, is_missing
from cdanalysis.reading.cells.numbers.number_texts import plain_number
from cdanalysis.reading.cells.numbers.quantities import duration, is_lasting, unit_behind
from cdanalysis.reading.outcomes.codes.meanings import CENSORED, HAPPENED, meaning_of, nouns_among
from cdanalysis.reading.outcomes.headers.headers import Said, said_by

Parted = dict[Cell, tuple[Cell, Cell]]
_AT = (
    r"(?:at|after|by|until|till|in|within|since|for|nach|bei|bis|seit|après|à|dopo|a|após|après|después de|tras|na)\s+"
)
_FOLLOWED = r"(?:fu|f/u|follow[- ]?up|followed(?: up)?|last (?:visit|seen)|letzte visite|随访)[\s:,=]*"
_BETWEEN = re.compile(r"\s*[,;:，；：(（\[]\s*|\s+[-–—]?\s*|[-–—]\s+|(?<=[\u2e80-\uffff])(?=\d)")
_LEADING = re.compile(rf"(?:{_FOLLOWED})?(?:{_AT})?", re.IGNORECASE)
_SIGNS = {"+": "yes", "-": "no", "−": "no", "–": "no"}
_WHEN = re.compile(rf"(?<![^\W\d_]){_AT}\d|[^\W\d_]\.?\s*\d", re.IGNORECASE)  # `after 5 months`, `week 14`


def timed_words(header: str, cells: Sequence[Cell], others: Sequence[str]) -> tuple[str, Parted]:
    """What the outcome is called, and of each text with a time its word and that; empty where the column is none of an outcome.

    others: the other headers, of which none is its time.
    """
    said = said_by(header)
    own = said.noun is not None and said.role in ("event", "months") and (said.noun.plain or said.generic)
    if not own:
        return "", {}
    unit = said.unit if said.role == "months" else ""
    different: set[str] = {cell for cell in cells if isinstance(cell, str) and not is_missing(cell)}
    parted: Parted = {
        cell: parts for cell in different if any(map(str.isdecimal, cell)) and (parts := _parted(cell, said, unit))
    }
    left = [cell for cell in different if cell not in parted]
    if not parted or not all(_meaning(cell, said) for cell in left) or any(_is_number(cell) for cell in cells):
        return "", {}
    if not unit and not _are_times_of_events(parted, said):
        return "", {}
    words = [*(str(word) for word, _ in parted.values()), *left]
    named = nouns_among(map(folded, words))
    name = named[0].label if said.generic and len(named) == 1 else said.label
    return (name, parted) if name and not any(_is_its_time(other, name) for other in others) else ("", {})


def _are_times_of_events(parted: Parted, said: Said) -> bool:
    """Whether those without the event have times too, or a word says `after`: else `yes, 2 weeks` may be how long it lasted."""
    return any(
        _meaning(str(word), said) == CENSORED or _WHEN.search(str(cell).strip()[len(str(word)) :])
        for cell, (word, _) in parted.items()
    )


def _is_number(cell: Cell) -> bool:
    return not isinstance(cell, str) and not is_missing(cell)


def _is_its_time(header: str, name: str) -> bool:
    said = said_by(header)
    return said.role in ("months", "date") and not said.end and (said.generic or said.label == name)


def _parted(cell: str, said: Said, unit: str) -> tuple[Cell, Cell] | None:
    """The word and the time of a text, parted where both are such; None of any other."""
    text = cell.strip()
    if "?" in text:
        return None
    for between in _BETWEEN.finditer(text):
        word, time = (
            text[: between.start()].strip(),
            _time(_LEADING.sub("", text[between.end() :].strip("() []（）"), count=1), unit),
        )
        if word and time and _meaning(word, said):
            return _SIGNS.get(word, word), time
        word, time = text[between.end() :].strip(" ()[]（）"), _time(text[: between.start()].strip(), unit)
        if word and time and _meaning(word, said):
            return word, time  # `12.3 months (dead)`
    return None


def _time(text: str, unit: str) -> str:
    """A duration with its unit, `14 wk` of `week 14` too; a bare number in the unit that the header states."""
    if is_lasting(text) or duration(text, "months") is not None:
        return text
    if unit and plain_number(text)[0] is not None:
        return f"{text} {unit}"
    return unit_behind(text)


def _meaning(word: str, said: Said) -> str:
    """CENSORED or HAPPENED where a word says so; else empty."""
    plain = Said(noun=None if said.generic else said.noun) if said.role == "months" else said
    meaning = meaning_of(folded(word).strip(), plain, None if plain.generic else plain.noun)
    return meaning if meaning in (CENSORED, HAPPENED) else ""
