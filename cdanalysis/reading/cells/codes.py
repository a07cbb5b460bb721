"""Numbers that stand for words: of yes/no and category columns.

What a code means is said by the header (`Sex (1 = male, 2 = female)`), or plain (1 and 0), or asked, once per column. What is
open is left out, and only that.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from cdanalysis.dictionary.column_spec import ColumnSpec
from cdanalysis.reading.cells.cells import distinct, each, folded, is_missing
from cdanalysis.reading.cells.numbers.missing_numbers import LEAST_REPEATED, MISSING, MISSING_AS_CODES
from cdanalysis.reading.cells.numbers.number_texts import Cell
from cdanalysis.reading.cells.words import NO, RARE, YES, YES_BESIDE_N, answers_among, odd_among
from cdanalysis.reading.headers.header_words import legend
from cdanalysis.reading.headers.units.unit_words import normalised
from cdanalysis.reading.questions import ColumnAsking

ANOTHER_CODING = "another coding"
_WHOLE = re.compile(r"(-?\d{1,4})(?:[.,]0+)?")
# Two letters in their order, and which is which, by the word of the header: hombre and mujer, man and vrouw, kobieta.
SEX_LETTERS = {
    "sexo": {"hm": ("male", "female")},
    "geslacht": {"mv": ("male", "female")},
    "płeć kön køn kjønn kjonn": {"km": ("female", "male")},
    "cinsiyet cinsiyeti": {"ek": ("male", "female")},
    "sukupuoli": {"mn": ("male", "female")},
}
MINUS = ("-", "−", "–", "(-)")
LEAST_EMPTY = 0.2  # of the cells, beside ticks alone
FURTHER_ORDERS = {"smoking": (("current", "never"), ("never", "current"))}  # of two codes: a yes/no in disguise


def code_of(cell: Cell) -> str:
    """A whole number of a cell as text: `1` of 1, 1.0 and "1,0"; empty where the cell holds none."""
    found = _WHOLE.fullmatch(folded(cell)) if not isinstance(cell, bool) else None
    return found[1] if found else ""


def held_codes(cells: Iterable[Cell]) -> Counter[str]:
    """The whole numbers of the cells that hold something, and how often each stands there."""
    different, keys = distinct(cells)
    codes: Counter[str] = Counter()
    for key, n in Counter(keys).items():
        codes["" if is_missing(different[key]) else code_of(different[key])] += n
    codes.pop("", None)
    return codes


def yes_no_codes(cells: Sequence[Cell], about: ColumnAsking) -> dict[str, bool | None]:
    """Code -> yes, no, or None where that is missing or open; of a column of words and codes. Also an odd letter among them."""
    codes, texts = held_codes(cells), _held_texts(cells)
    in_words = bool((texts.keys() - codes.keys()) & (YES | NO))
    told = {code: _yes_or_no(word) for code, word in legend(about.column).items()}
    known: dict[str, bool | None] = {code: word for code, word in told.items() if word is not None}
    left = [code for code in codes if code not in known]
    if not known and "2" in left and "0" not in left and not in_words:
        known |= _one_and_two(about, codes)
    elif not left or not known:
        known = {"1": True, "0": False, **known}
    elif len(left) == 1 and left[0] in ("0", "1") and len({*known.values()}) == 1:
        known |= {left[0]: not next(iter(known.values()))}
    others = {code: codes[code] for code in left if code not in known}
    return known | _others({**others, **{text: texts[text] for text in odd_among(texts)}}, about)


def with_silent_no(cells: Sequence[Cell], about: ColumnAsking) -> Sequence[Cell]:
    """The cells of a yes/no column with the `no` that stands there as a minus or as nothing, where the reader says so."""
    held = {folded(cell) for cell in distinct(cells)[0].values() if not is_missing(cell)}
    if len(held) == 2 and "n" in held and held & YES_BESIDE_N:
        return ["yes" if folded(cell) in YES_BESIDE_N else cell for cell in cells]
    if answers := answers_among(held):
        return [answers.get(folded(cell), cell) if isinstance(cell, str) else cell for cell in cells]
    if not held or not held <= YES:
        return cells
    minus = [isinstance(cell, str) and cell.strip() in MINUS for cell in cells]
    if any(minus) and "+" in held:
        answer = about.ask("minus", f"{sum(minus)} × - beside +. What is -?", ("no", MISSING), "left out until then")
        return ["no" if sign and answer == "no" else cell for cell, sign in zip(cells, minus, strict=True)]
    empty = [cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells]
    if sum(empty) < LEAST_EMPTY * len(cells):
        return cells
    text = f"{len(cells) - sum(empty)} × yes, and {sum(empty)} empty cells. What is an empty cell?"
    answer = about.ask("empty", text, ("no", MISSING), "missing until then")
    return ["no" if nothing and answer == "no" else cell for cell, nothing in zip(cells, empty, strict=True)]


def _yes_or_no(word: str) -> bool | None:
    plain = normalised(word)
    return True if plain in YES else False if plain in NO else None


def _one_and_two(about: ColumnAsking, codes: Mapping[str, int]) -> dict[str, bool | None]:
    options = {"1 is yes, 2 is no": (True, False), "2 is yes, 1 is no": (False, True)}
    text = f"only 1 and 2, {codes.get('1', 0)} × 1 and {codes.get('2', 0)} × 2. Which is yes?"
    answer = about.ask("codes", text, tuple(options), "left out until then")
    return dict(zip("12", options[answer] if answer else (None, None), strict=True))


def _others(left: Mapping[str, int], about: ColumnAsking) -> dict[str, bool | None]:
    """Codes and letters beside yes and no: a count, or a third answer."""
    if not left:
        return {}
    meanings = {"yes": True, "no": False, MISSING: None}
    held = ", ".join(f"{left[code]} × {code}" for code in sorted(left))
    evidence = "these cells are left out until then"
    answer = about.ask("other codes", f"a yes or no that also holds {held}. What is that?", tuple(meanings), evidence)
    return dict.fromkeys(left, meanings.get(answer or ""))


def _held_texts(cells: Iterable[Cell]) -> Counter[str]:
    """The folded texts of the cells that hold something."""
    texts = each(lambda cell: "" if is_missing(cell) else folded(cell), cells)
    return Counter(text for text in texts if text)


def category_codes(
    spec: ColumnSpec, words: Mapping[str, str], cells: Sequence[Cell], about: ColumnAsking
) -> dict[str, str | None]:
    """Code -> category, or None while that is open; empty where the column is written in words that are known.

    words: every known word -> its category.
    """
    codes = Counter({code: n for code, n in held_codes(cells).items() if float(code) not in MISSING_AS_CODES})
    told = {code: words[normalised(word)] for code, word in legend(about.column).items() if normalised(word) in words}
    if told or not codes or set(codes) <= set(words):
        return _with_the_other(told, codes, spec)
    first = 0 if "0" in codes else 1
    span = [str(code) for code in range(first, first + len(spec.categories))]
    span = sorted(codes) if len(codes) == len(span) and first in map(int, codes) else span  # 1 and 3, as DATASUS has it
    if not set(codes) & set(span) or any(len(code) > 1 for code in codes):
        return {}
    options = _codings(spec, span)
    held = ", ".join(f"{codes[code]} × {code}" for code in span if code in codes)
    answer = about.ask("codes", f"{held}. What do the numbers mean?", (*options, ANOTHER_CODING), "left out until then")
    return {**dict.fromkeys(codes), **options.get(answer or "", dict.fromkeys(span))}


def _with_the_other(told: Mapping[str, str], codes: Mapping[str, int], spec: ColumnSpec) -> dict[str, str | None]:
    """Of two codes and two categories the one that the header does not explain is the other: `Sex (0 = f)`."""
    left = [code for code in codes if code not in told]
    others = [name for name in spec.categories if name not in told.values()]
    known: dict[str, str | None] = dict(told)
    return known | {left[0]: others[0]} if told and len(left) == len(others) == 1 else known


def category_texts(
    spec: ColumnSpec, words: Mapping[str, str], cells: Sequence[Cell], about: ColumnAsking
) -> dict[str, str | None]:
    """What two texts mean in a column of two categories, where not both are known and none is a word: `H` and `M`; else empty."""
    counted = _held_texts(cells)
    texts = sorted(counted)
    known = {words.get(normalised(text), "") for text in texts}
    sure = any(words.get(normalised(text)) and (len(text) > 1 or not text.isascii()) for text in texts)
    if (
        len(spec.categories) != 2
        or len(texts) != 2
        or known == set(spec.categories)
        or sure
        or any(map(code_of, texts))
    ):
        return {}
    if min(counted.values()) < max(LEAST_REPEATED, RARE * counted.total()):
        return {}
    if spec.name == "sex" and (sexes := _sexes(texts, about.column)):
        return dict(zip(texts, sexes, strict=True))
    options = _codings(spec, texts)
    held = ", ".join(f"{counted[text]} × {text}" for text in texts)
    answer = about.ask("codes", f"{held}. What do they mean?", (*options, ANOTHER_CODING), "left out until then")
    return dict(options.get(answer or "", dict.fromkeys(texts)))


def _sexes(texts: Sequence[str], header: str) -> tuple[str, str] | None:
    """Which of two letters is which sex by themselves or by the language of the header, `Sexo`: hombre and mujer."""
    letters = "".join(texts)
    word = next(iter(normalised(header).split()), "")
    of_header = next((way for words, way in SEX_LETTERS.items() if word in words.split()), {})
    return {"fh": ("female", "male"), **of_header}.get(letters)


def _codings(spec: ColumnSpec, span: Sequence[str]) -> dict[str, dict[str, str]]:
    """What the codes may mean: the categories in their order, of two also the other way round."""
    orders = [spec.categories, *([spec.categories[::-1]] if len(span) == 2 else []), *FURTHER_ORDERS.get(spec.name, ())]
    meant = [dict(zip(span, order, strict=False)) for order in orders]
    return {", ".join(f"{code} is {name}" for code, name in one.items()): one for one in meant}
