"""A case of the corpus: a file, and what must be done with it.

`same` says that the canonical columns must be those of the plain flat table, value by value.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

REFUSE, FAULT, ACCEPT = "refuse", "fault", "accept"


@dataclass(frozen=True)
class Case:
    """says: a pattern for the refusal's sentence, or for one fault as `sheet|row|column|found`; empty of an accepted file."""

    name: str
    make: Callable[[], bytes]
    must: str
    says: str = ""
    same: bool = False
    file_name: str = "cohort.xlsx"


def refused(name: str, make: Callable[[], bytes], says: str, file_name: str = "cohort.xlsx") -> Case:
    return Case(name, make, REFUSE, says, file_name=file_name)


def faulty(name: str, make: Callable[[], bytes], says: str, *, same: bool = False, file_name: str = "x.xlsx") -> Case:
    return Case(name, make, FAULT, says, same, file_name)


def accepted(name: str, make: Callable[[], bytes], *, same: bool = True, file_name: str = "cohort.xlsx") -> Case:
    return Case(name, make, ACCEPT, same=same, file_name=file_name)
