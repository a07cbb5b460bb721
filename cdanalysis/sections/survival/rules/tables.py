"""Relapse by every definition as tables: what each is made of, and who changes status between two."""

import pandas as pd

from cdanalysis.sections.survival.rules.analysis import RelapseRules
from cdanalysis.writing.numbers import percent


def rules_table(found: RelapseRules) -> pd.DataFrame:
    """A line a definition: relapses, by what made the first, and its source."""
    components = list(dict.fromkeys(name for one in found.rules for name in sorted(one.by_component)))
    lines = [
        (one.label, percent(len(one.relapsed), one.n), *(one.by_component.get(name, 0) for name in components), one.source)
        for one in found.rules
    ]  # fmt: skip
    named = [f"{name[:1].upper()}{name[1:]}" for name in components]
    return pd.DataFrame(lines, columns=["Relapse", "Patients", *named, "Source"])


def changed_table(found: RelapseRules) -> pd.DataFrame:
    """A line for each two definitions that disagree, in each direction: how many patients, and which."""
    lines = [(one.by, one.not_by, len(one.patients), ", ".join(one.patients)) for one in found.changed]
    return pd.DataFrame(lines, columns=["Relapse by", "And not by", "Patients", "Who"])
