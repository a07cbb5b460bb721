"""The sections of a paper, one folder each: `cd.sections.<name>(cohort, settings)` yields the blocks of a section."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cdanalysis.cohort import Cohort
    from cdanalysis.sections.parts import Block, View
    from cdanalysis.settings import Settings

# In the order of a paper; a new section is a folder with a `section.py`, and its name here.
NAMES = (
    "flow", "baseline", "response", "survival", "predictors", "prognosis", "cutoffs", "multiverse", "endoscopy", "safety",
    "reproduction",
)  # fmt: skip


class Section(ModuleType):
    """A section's package, which can be called: its `section.py` is imported when it is."""

    def __call__(self, cohort: Cohort, settings: Settings, *recall: Any) -> Iterator[Block]:
        """The blocks, each computed as it is asked for; behind the first what open questions leave out of them."""
        settings = cohort.indexed(settings)
        cohort = cohort.summarised(settings).with_memory()
        blocks = import_module(f"{self.__name__}.section").section(cohort, settings, *recall)
        if not cohort.questions or self.__name__ == f"{__name__}.flow":  # the flow says so itself
            return blocks
        return import_module(f"{__name__}.needs").with_left_open(blocks, cohort)

    def views(self, cohort: Cohort, settings: Settings) -> tuple[View, ...]:
        """The settings that a bundle shows the section for: those in use, or each of several."""
        from cdanalysis.sections.parts import View

        module, cohort = import_module(f"{self.__name__}.section"), cohort.summarised(settings)
        return tuple(module.views(cohort, settings)) if hasattr(module, "views") else (View(settings),)


for _name in NAMES:
    import_module(f"{__name__}.{_name}").__class__ = Section


def named(name: str) -> Section:
    """The section of a name."""
    return sys.modules[f"{__name__}.{name}"]  # type: ignore[return-value]
