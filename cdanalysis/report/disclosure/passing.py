"""The one way by which a figure or a table is passed on to others."""

from dataclasses import dataclass

from cdanalysis.report.disclosure.figures import masked_figure
from cdanalysis.report.disclosure.rule import Rule
from cdanalysis.report.disclosure.tables import masked_table
from cdanalysis.sections.blocks import OF_PATIENTS, Figure, Table


@dataclass(frozen=True)
class Withheld:
    """An output that is not passed on, and why; a fragment."""

    reason: str


def for_others(block: Figure | Table, rule: Rule) -> Figure | Table | Withheld:
    """The output with its small counts masked, or why it is not passed on."""
    if block.private:
        return Withheld(block.private)
    if isinstance(block, Table):
        return masked_table(block, rule)
    return masked_figure(block, rule) or Withheld(OF_PATIENTS)
