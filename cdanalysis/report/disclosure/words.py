"""Counts, shares and times within a text, as they are written by `writing/numbers.py`: masked, rounded, whole."""

import re
from collections.abc import Callable

from cdanalysis.report.disclosure.rule import MASKED, Rule

_COUNT = r"(\d{1,3}(?:,\d{3})+|\d+)"
_SHARE = re.compile(rf"[\d.]+%(?: \([^()]*\))?(, | \(){_COUNT}/{_COUNT}(\)?)")  # 16.4% (10.9-24.0), 20/122
_OUT_OF = re.compile(rf"(?<![\d.,/]){_COUNT}(/| of ){_COUNT}(?![\d.,/])")
_AND_PERCENT = re.compile(rf"{_COUNT} \(([\d.]+)%\)")  # 34 (27.9%)
_PAIR = re.compile(rf"{_COUNT} \({_COUNT}\)")  # 57 (19): patients and their events
_IS = re.compile(rf"\bn(\s?=\s?){_COUNT}(?:, {_COUNT}(?= [^\W\d]))?")  # n = 57, 19 relapses
_OF_WHAT = re.compile(rf"(?<![\d.,×<>=≤≥/-]){_COUNT}(?= (?!months|weeks|days|years|points|decimals)[a-z]{{3,}}s\b)")
_ONE = re.compile(r"(?<![\d.,×<>=≤≥/-] )(?<![\d.,×<>=≤≥/-])\b1 (?!month|week|day|year|point)([a-z]{4,})(?!\w)")
_TIME = re.compile(r"\d+\.\d+(?= (?:months?|weeks?)\b)|(?<=\bmonth )\d+\.\d+|(?<=\bweek )\d+\.\d+")
_OF_TIME = re.compile(r"\d[^%]*\b(?:months|weeks)\b[^%]*|not reached \(.*")  # 74.7 months (51.2-not reached)
_DECIMAL = re.compile(r"\d+\.\d+(?!\d*%)")
_UNESTIMABLE = "not estimable"
_WHY = re.compile(r"(?:not estimable: |\bno event among )(?:[^<;&]|&\w+;)*")  # tells of how few it was


def masked_text(text: str, rule: Rule) -> str:
    """A title, a label or a note with its counts masked or rounded and its times whole."""
    return _changed(text, rule)[0]


def masked_cell(text: str, rule: Rule) -> str:
    """A cell of a table: masked as a whole where it holds a share or a number that stands on a masked count.

    Of patients and their events each is masked alone; why something is not estimable tells of how few it was.
    """
    if text.startswith(_UNESTIMABLE):
        return _UNESTIMABLE
    pair = _PAIR.fullmatch(text.strip())
    if pair:
        return f"{rule.count(whole(pair[1]))} ({rule.count(whole(pair[2]))})"
    shown, hidden = _changed(whole_times(text) if _OF_TIME.fullmatch(text) else text, rule)
    return MASKED if hidden else shown


def whole_times(text: str) -> str:
    """The text with its decimals rounded away, but those of percentages."""
    return _DECIMAL.sub(lambda number: f"{float(number[0]):.0f}", text)


def whole(text: str) -> int:
    """A count with its thousands parted."""
    return int(text.replace(",", ""))


def share_in(text: str) -> tuple[int, int] | None:
    """The count and what it is of, of a text that gives a share of patients."""
    found = _SHARE.search(text) or _OUT_OF.search(text)
    if found is None:
        return None
    groups = [one for one in found.groups() if one and one[0].isdigit()]
    return whole(groups[0]), whole(groups[1])


def _changed(text: str, rule: Rule) -> tuple[str, bool]:
    """The text, and whether a count in it is masked."""
    hidden: list[bool] = []

    def count(number: str) -> str:
        hidden.append(rule.hides(whole(number)))
        return rule.count(whole(number))

    steps: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
        (_SHARE, lambda found: _percent(found[2], found[3], rule, hidden, found[1], found[4])),
        (_AND_PERCENT, lambda found: _with_percent(found[1], found[2], rule, hidden)),
        (_IS, lambda found: f"n{found[1]}{count(found[2])}" + (f", {count(found[3])}" if found[3] else "")),
        (_OUT_OF, lambda found: _out_of(found, rule, hidden)),
        (_OF_WHAT, lambda found: count(found[1])),
        (_ONE, lambda found: f"{count('1')} {found[1]}"),
        (_WHY, lambda _: _UNESTIMABLE),
        (_TIME, lambda found: whole_times(found[0])),
    )
    for pattern, change in steps:
        text = pattern.sub(change, text)
    return text, any(hidden)


def _percent(count: str, of: str, rule: Rule, hidden: list[bool], before: str, after: str) -> str:
    share = rule.share(whole(count), whole(of))
    hidden.append(share is None)
    if share is None:
        return MASKED
    return f"{share:.1%}{before}{rule.rounded(whole(count)):,}/{rule.rounded(whole(of)):,}{after}"


def _with_percent(count: str, percent: str, rule: Rule, hidden: list[bool]) -> str:
    """What the count is of follows from its share, up to the rounding that follows."""
    of = round(100 * whole(count) / float(percent)) if float(percent) else 0
    share = rule.share(whole(count), of)
    hidden.append(share is None)
    return MASKED if share is None else f"{rule.rounded(whole(count)):,} ({share:.1%})"


def _out_of(found: re.Match[str], rule: Rule, hidden: list[bool]) -> str:
    """Only what was not already rounded: a second rounding changes nothing."""
    count, of = whole(found[1]), whole(found[3])
    hidden.append(rule.hides(count))
    return MASKED if rule.hides(count) else f"{rule.rounded(count):,}{found[2]}{rule.rounded(of):,}"
