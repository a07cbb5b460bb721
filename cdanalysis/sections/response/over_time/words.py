"""Each patient over time, in words."""

from cdanalysis.sections.response.over_time.analysis import GroupOverTime, OverTime
from cdanalysis.writing.numbers import count, listed, measurement

ABOUT_OVER_TIME = (
    "A line breaks where a patient was not measured, and each mean is of those measured at that week: who is no longer seen "
    "leaves it. The groups were made at the landmark week, so that they part before it is what made them, and no effect."
)


def over_time_alt(found: OverTime) -> str:
    """The alternative text: each group's first and last mean; plain."""
    return f"A line for each patient and the mean of each group, {found.label}. {' '.join(map(_course, found.groups))}"


def lines_note(found: OverTime) -> str:
    """How many of the patients have a line, where not all; empty where all."""
    n, n_drawn = sum(len(one.values) for one in found.groups), sum(len(one.drawn) for one in found.groups)
    return f"A line for {n_drawn:,} of {n:,} patients, evenly taken; the means are of all." if n_drawn < n else ""


def _course(group: GroupOverTime) -> str:
    known = [(n, mean.value) for n, mean in zip(group.n, group.means, strict=True) if n]
    told = [f"mean {measurement(value)} of {n}" for n, value in (known[:1] + known[1:][-1:])]
    return f"{group.label}, {count(len(group.values), 'patient')}: {listed(told) or 'nobody measured'}."
