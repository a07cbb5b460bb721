"""What the answers of columns by visit mean, `yes`, `2`, `relapse`: whether the outcome had happened."""

from collections import Counter
from collections.abc import Mapping, Sequence

from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.cells.cells import folded, is_missing
from cdanalysis.reading.cells.words import NO, YES
from cdanalysis.reading.outcomes.codes.meanings import CENSORED, HAPPENED, meaning_of
from cdanalysis.reading.outcomes.headers.headers import Said
from cdanalysis.reading.questions import Asking

MOST_TEXTS = 6  # different ones: more are no states
ONE_AND_TWO = {"1", "2"}
NO_STATES = "neither: further columns"
Meant = Mapping[str, bool]


def meant_by(cells: Sequence[Cell], said: Said, headers: Sequence[str], asking: Asking) -> Meant | None:
    """Folded text -> whether it happened; None where the cells are no states, nothing while it is asked."""
    counts = Counter(folded(cell) for cell in cells if not is_missing(cell))
    if not 1 < len(counts) <= MOST_TEXTS:
        return None
    if counts.keys() <= YES | NO and not said.coding:
        known = {text: (text in YES) != said.negated for text in counts}
    else:
        words = {text: meaning_of(text, said, said.noun) for text in counts}
        known = {text: word == HAPPENED for text, word in words.items() if word in (HAPPENED, CENSORED)}
    if counts.keys() == ONE_AND_TWO and len(known) < len(counts):
        return _asked(counts, said, headers, asking)
    return known if len(known) == len(counts) and len({*known.values()}) > 1 else None


def _asked(counts: Mapping[str, int], said: Said, headers: Sequence[str], asking: Asking) -> Meant | None:
    assert said.noun is not None
    label = said.noun.label
    options = {f"{one} = {label}, {other} = no {label}": {one: True, other: False} for one, other in ("12", "21")}
    text = f"{', '.join(headers)}: 1 and 2. What do they mean?"
    held = "; ".join(f"{code}: {counts[code]} answers" for code in sorted(counts))
    answer = asking.ask("codes", "patients", headers[0], text, (*options, NO_STATES), f"{held}; left out until then")
    return None if answer == NO_STATES else options.get(answer or "", {})
