"""The small sheet in which the hazard ratios of other papers are given: label, ratio, lower, upper."""

from collections.abc import Mapping, Sequence

from cdanalysis.results import NotEstimable
from cdanalysis.sections.reproduction.printed_sheet import lines_of
from cdanalysis.settings.as_text.published import MOST, PrintedRatio, checked

COLUMNS = PrintedRatio._fields
# Made-up papers, to write over.
EXAMPLES = (
    PrintedRatio("First author 2019", "2.10", "1.20", "3.68"),
    PrintedRatio("Second author 2021", "1.45", "0.80", "2.63"),
)


def ratios_in(rows: Sequence[Mapping[str, object]]) -> tuple[PrintedRatio, ...] | NotEstimable:
    """The ratios of a sheet by its headers, in capitals or not; why it has none. A line without a ratio is passed over."""
    lines = lines_of(rows, COLUMNS)
    if isinstance(lines, NotEstimable):
        return lines
    try:
        found = [_checked(line) for line in lines if line.get("ratio")]
    except ValueError as wrong:
        return NotEstimable(str(wrong))
    labels = [one.label for one in found]
    twice = next((label for label in labels if labels.count(label) > 1), "")
    if twice:
        return NotEstimable(f"two lines of the sheet are called {twice[:40]}")
    if not 0 < len(found) <= MOST:
        return NotEstimable(f"the sheet has {len(found)} ratios, expected 1 to {MOST}")
    return tuple(found)


def _checked(line: Mapping[str, str]) -> PrintedRatio:
    label, *numbers = (line.get(name, "") for name in COLUMNS)
    return checked(label, *(one.replace(",", ".") for one in numbers))
