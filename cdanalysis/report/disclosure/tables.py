"""A table as it may be passed on: counts masked or rounded, and with a masked one what stands on it."""

import re
from collections.abc import Hashable, Iterator
from dataclasses import replace
from typing import Any

import pandas as pd

from cdanalysis.report.disclosure.rule import MASKED, Rule
from cdanalysis.report.disclosure.words import masked_cell, masked_text, whole, whole_times
from cdanalysis.sections.blocks import Table

AT_RISK, YEARS, RATE, RATE_LIMITS = "At risk", "Patient-years", "Per 100 patient-years", "95% CI by patient"
YEARS_UNIT = 5  # units of a count: of years rounded so, times the rate, the events are not told
# Whole numbers that count nobody.
_SCALE = re.compile(r"Weeks?|Months?|Year|df|Numbers compared|Columns filled|Group by .*|HR|.*\(\d+%\)|Cut-off.*")
# What a model or a test says stays beside a masked count, as SACRO has it: no count follows from it.
_OF_A_MODEL = re.compile(r"\bHR\b|\bratio\b|\bP\b|^Test$|\bSMD\b|Chi-square")
# Counts that the other numbers of their row stand on; the others, such as what was done about an event, stand alone.
_STANDS_ON = re.compile(
    r"At risk|Patients|Events|Pairs|Responders|With an event|\bn\b|\(events\)|\(\w+s\)", re.IGNORECASE
)
_OF_TIMES = re.compile(r"\((weeks|months)\)$")
_PAIR = re.compile(r"[<\d,]+ \([<\d,]+\)")  # each was masked alone
_WHOLE = re.compile(r"\d[\d,]*")
_NUMBER = re.compile(r"[<>−-]?\d[\d.,]*%?( .*)?")


def masked_table(table: Table, rule: Rule) -> Table:
    """The table by the rule; the unrounded numbers are left out, since from them each count could be computed."""
    shown = table.shown
    passed = _passed(shown, rule)
    lines = [_line(shown, place, here, rule) for place, here in enumerate(passed)]
    names = [masked_text(str(name), rule) for name in shown.columns]
    footnote = " ".join(filter(None, (masked_text(table.footnote, rule), rule.sentence)))
    return replace(
        table,
        shown=pd.DataFrame(lines, columns=names, dtype=object),
        title=masked_text(table.title, rule),
        numbers=None,
        footnote=footnote,
    )


def _line(shown: pd.DataFrame, place: int, passed: bool, rule: Rule) -> list[object]:
    cells = shown.iloc[place].tolist()
    kinds = list(_kinds(shown))
    line = [_cell(cell, kind, str(name), rule) for cell, kind, name in zip(cells, kinds, shown.columns, strict=True)]
    hidden = not passed or any(
        _is_masked(cell, rule) and _STANDS_ON.search(str(name)) is not None and kind != "name"
        for cell, name, kind in zip(line, shown.columns, kinds, strict=True)
    )
    few = [_of_few(str(name), rule) for name in shown.columns]
    return [
        MASKED if _goes(cell, kind, str(name), hidden, alone, rule) else cell
        for cell, kind, name, alone in zip(line, kinds, shown.columns, few, strict=True)
    ]


def _goes(cell: object, kind: str, name: str, hidden: bool, of_few: bool, rule: Rule) -> bool:
    """Whether a cell is masked for what stands beside it, or for the size of the group over its column."""
    if cell in ("", None) or kind == "name" or _is_masked(cell, rule) or _PAIR.fullmatch(str(cell)):
        return False
    return of_few or (hidden and kind == "other" and _OF_A_MODEL.search(name) is None)


def _cell(cell: Any, kind: str, name: str, rule: Rule) -> object:
    if name in (YEARS, RATE_LIMITS) or name.startswith(RATE):
        return _of_years(cell, name, rule)
    if kind == "count" and not _is_nothing(cell) and _WHOLE.fullmatch(str(cell)):
        return rule.count(whole(str(cell)))
    if not isinstance(cell, str):
        return round(cell) if _OF_TIMES.search(name) and isinstance(cell, float) and cell == cell else cell
    if kind == "name":
        return masked_text(cell, rule)
    return masked_cell(whole_times(cell) if _OF_TIMES.search(name) else cell, rule)


def _of_years(cell: Any, name: str, rule: Rule) -> object:
    """Patient-years rounded coarsely, a rate without its interval: from how wide that is the events could be computed."""
    if _is_nothing(cell):
        return cell
    if name == RATE_LIMITS:
        return MASKED
    if name.startswith(RATE):
        return str(cell).partition(" ")[0]
    unit = YEARS_UNIT * rule.unit
    years = float(str(cell).replace(",", ""))
    return f"<{unit}" if years < unit else f"{unit * round(years / unit):,}"


def _kinds(shown: pd.DataFrame) -> Iterator[str]:
    """What each column holds: "count", "name" or "scale" (the first ones, that say which row it is), "other"."""
    leading = True
    for place, name in enumerate(shown.columns):
        cells = [cell for cell in shown.iloc[:, place].tolist() if not _is_nothing(cell)]
        scale = _SCALE.fullmatch(str(name)) is not None
        counts = not scale and any(_WHOLE.fullmatch(str(cell)) for cell in cells)
        numbers = sum(not isinstance(cell, str) or _NUMBER.fullmatch(cell.strip()) is not None for cell in cells)
        leading = leading and (scale or (not counts and 2 * numbers <= len(cells)))
        yield "count" if counts else "name" if leading else "other"


def _passed(shown: pd.DataFrame, rule: Rule) -> list[bool]:
    """Whether the estimates of a row may stand: of a course, enough are at risk and enough have left since the last such row."""
    if AT_RISK not in shown.columns:
        return [True] * len(shown)
    groups: list[Hashable] = shown["Group"].tolist() if "Group" in shown.columns else [""] * len(shown)
    last: dict[Hashable, int] = {}
    passed = []
    for group, n in zip(groups, shown[AT_RISK].tolist(), strict=True):
        passed.append(not rule.hides(n) and (group not in last or not rule.hides(last[group] - n)))
        if passed[-1]:
            last[group] = n
    return passed


def _of_few(name: str, rule: Rule) -> bool:
    """Whether the group that a column's head gives the size of is too small."""
    return f"n = <{rule.smallest}" in masked_text(name, rule)


def _is_masked(cell: object, rule: Rule) -> bool:
    return cell == MASKED or (isinstance(cell, str) and f"<{rule.smallest}" in re.split(r"[ ()]", cell))


def _is_nothing(cell: Any) -> bool:
    return cell is None or cell is pd.NA or cell in ("", "–") or cell != cell
