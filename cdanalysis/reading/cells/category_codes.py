"""Numbers and unknown texts that stand for the categories of a column: by its header, else asked once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from cdanalysis.dictionary.column_spec import ColumnSpec
from cdanalysis.reading.cells.cells import folded, is_missing
from cdanalysis.reading.cells.codes import ANOTHER_CODING, FURTHER_ORDERS, LEAST_REPEATED, RARE, code_of, held_codes
from cdanalysis.reading.cells.numbers import Cell
from cdanalysis.reading.headers.header_words import legend
from cdanalysis.reading.headers.unit_words import normalised
from cdanalysis.reading.questions import ColumnAsking


def category_codes(
    spec: ColumnSpec, words: Mapping[str, str], cells: Sequence[Cell], about: ColumnAsking
) -> dict[str, str | None]:
    """Code -> category, or None while that is open; empty where the column is written in words that are known.

    words: every known word -> its category.
    """
    codes = held_codes(cells)
    told = {code: words[normalised(word)] for code, word in legend(about.column).items() if normalised(word) in words}
    if told or not codes or set(codes) <= set(words):
        return _with_the_other(told, codes, spec)
    first = 0 if "0" in codes else 1
    span = [str(code) for code in range(first, first + len(spec.categories))]
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
    """Of a column of two categories in two texts, of which one is not known, what they mean: `H` and `M`; else empty."""
    counted = Counter(folded(cell) for cell in cells if not is_missing(cell))
    texts = sorted(counted)
    known = {words.get(normalised(text), "") for text in texts}
    if len(spec.categories) != 2 or len(texts) != 2 or known == set(spec.categories) or any(map(code_of, texts)):
        return {}
    if min(counted.values()) < max(LEAST_REPEATED, RARE * counted.total()):
        return {}
    options = _codings(spec, texts)
    held = ", ".join(f"{counted[text]} × {text}" for text in texts)
    answer = about.ask("codes", f"{held}. What do they mean?", (*options, ANOTHER_CODING), "left out until then")
    return dict(options.get(answer or "", dict.fromkeys(texts)))


def _codings(spec: ColumnSpec, span: Sequence[str]) -> dict[str, dict[str, str]]:
    """What the codes may mean: the categories in their order, of two also the other way round."""
    orders = [spec.categories, *([spec.categories[::-1]] if len(span) == 2 else []), *FURTHER_ORDERS.get(spec.name, ())]
    meant = [dict(zip(span, order, strict=False)) for order in orders]
    return {", ".join(f"{code} is {name}" for code, name in one.items()): one for one in meant}
