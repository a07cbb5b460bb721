"""The small sheet in which the hazard ratios of other papers are given: label, ratio, lower, upper."""

from collections.abc import Mapping, Sequence

from cdanalysis.results import NotEstimable
from cdanalysis.sections.reproduction.printed_sheet import text_of
from cdanalysis.settings.as_text.published import MOST, PrintedRatio, checked

COLUMNS = PrintedRatio._fields
# Made-up papers, to write over.
EXAMPLES = (
    PrintedRatio("First author 2019", "2.10", "1.20", "3.68"),
    PrintedRatio("Second author 2021", "1.45", "0.80", "2.63"),
)


def ratios_in(rows: Sequence[Mapping[str, object]]) -> tuple[PrintedRatio, ...] | NotEstimable:
    """The ratios of a sheet by its headers, in capitals or not; why it has none. A line without a ratio is passed over."""
    lowered = [{str(name).strip().lower(): text_of(value) for name, value in row.items()} for row in rows]
    missing = [name for name in COLUMNS if not any(name in row for row in lowered)]
    if missing:
        return NotEstimable(
            f"the sheet has no column {' and no column '.join(missing)}; the template shows which it needs"
        )
    lines = [row for row in lowered if row.get("ratio")]
    try:
        found = [
            checked(
                *(row.get(name, "").replace(",", ".") if name != "label" else row.get(name, "") for name in COLUMNS)
            )
            for row in lines
        ]
    except ValueError as wrong:
        return NotEstimable(str(wrong))
    labels = [one.label for one in found]
    twice = next((label for label in labels if labels.count(label) > 1), "")
    if twice:
        return NotEstimable(f"two lines of the sheet are called {twice[:40]}")
    if not 0 < len(found) <= MOST:
        return NotEstimable(f"the sheet has {len(found)} ratios, expected 1 to {MOST}")
    return tuple(found)
