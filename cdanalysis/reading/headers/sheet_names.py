"""Sheet of a file -> sheet of the dictionary: by name, by synonym, by a word in the name, then by a similar name."""

from collections.abc import Sequence

from rapidfuzz import fuzz

from cdanalysis.reading.cells.words import SHEET_WORDS
from cdanalysis.reading.headers.matching import NOT_MATCHED, SheetMatch
from cdanalysis.reading.headers.units.unit_words import normalised

LEAST_SIMILAR = 85.0  # of 100
SHORTEST_WORD = 5  # characters: "ae" in "ae codes" says little


def match_sheet(name: str) -> str:
    """The dictionary's sheet of a workbook's sheet by name or synonym, or an empty string."""
    wanted = normalised(name)
    return next((sheet for sheet, words in SHEET_WORDS.items() if wanted in {normalised(sheet), *words}), "")


def match_sheets(names: Sequence[str], given: Sequence[SheetMatch] = ()) -> tuple[SheetMatch, ...]:
    """Match every sheet; a row of `given` decides its sheet. Several may be one: their rows are put together."""
    decided = {row.name: row for row in given}
    return tuple(decided.get(name) or _match(name) for name in names)


def _match(name: str) -> SheetMatch:
    sheet = match_sheet(name)
    if sheet:
        exact = normalised(name) == normalised(sheet)
        return SheetMatch(name, sheet, "exact name" if exact else "synonym")
    words = f" {normalised(name)} "
    inside = {
        sheet
        for sheet, synonyms in SHEET_WORDS.items()
        for word in (normalised(sheet), *synonyms)
        if len(word) >= SHORTEST_WORD and f" {word} " in words
    }
    if len(inside) == 1:
        return SheetMatch(name, inside.pop(), "word in the name")
    return _similar(name, words.strip())


def _similar(name: str, wanted: str) -> SheetMatch:
    scored = sorted(
        (
            (max(fuzz.ratio(wanted, word) for word in (normalised(sheet), *words)), sheet)
            for sheet, words in SHEET_WORDS.items()
        ),
        reverse=True,
    )
    best, sheet = scored[0]
    if best < LEAST_SIMILAR or len(wanted) < SHORTEST_WORD:
        return SheetMatch(name, "", NOT_MATCHED)
    return SheetMatch(name, sheet, f"similar name ({best:.0f}%)", alike=best)
