"""Response and remission as tables, with the states, the means and a patient's entries that its parts show; text to read."""

from collections.abc import Sequence

import pandas as pd

from cdanalysis.sections.response.analysis import Activity, AtWeek, Reclassified, TimeTo
from cdanalysis.sections.response.over_time.analysis import OverTime
from cdanalysis.sections.response.states.analysis import STATES, States
from cdanalysis.sections.response.timeline.analysis import OUTCOME, OUTCOME_ENDS, Timeline
from cdanalysis.units import DAYS_PER_MONTH, number_text
from cdanalysis.writing.nouns import capitalized
from cdanalysis.writing.numbers import confidence, measurement, share_with_interval, with_limits
from cdanalysis.writing.tables.paired import paired_cells


def responses(weeks: Sequence[AtWeek], conf_level: float) -> pd.DataFrame:
    """A line a week: response and remission with Wilson's interval."""
    lines = []
    for one in weeks:
        response = share_with_interval(one.n_response, one.n, one.response)
        remission = share_with_interval(one.n_remission, one.n, one.remission)
        lines.append((one.week, one.n, one.n_missing, response, remission))
    shares = [f"{what} ({confidence(conf_level)})" for what in ("Response", "Remission")]
    return pd.DataFrame(lines, columns=["Week", "Patients", "Without a visit", *shares])


def times_to(times: Sequence[TimeTo]) -> pd.DataFrame:
    """A line a state: weeks to the first visit in it, among the responders."""
    names = ("First response", "First remission")
    lines = []
    for name, one in zip(names, times, strict=True):
        quartiles = f"{measurement(one.lower_quartile)}-{measurement(one.upper_quartile)}"
        lines.append((name, one.n, one.n_reached, measurement(one.median), quartiles))
    return pd.DataFrame(lines, columns=["", "Responders", "Reached it", "Median (weeks)", "Quartiles (weeks)"])


def activity(measured: Sequence[Activity]) -> pd.DataFrame:
    """One line per measurement and week: the pairs, means before and after, both tests."""
    lines = [
        (f"{one.label} ({one.unit})", f"Week {week}", *paired_cells(test))
        for one in measured
        for week, test in zip(one.weeks, one.tests, strict=True)
    ]
    means, tests = ["Baseline, mean ± SD", "At the visit, mean ± SD", "Change"], ["Paired t, P", "Wilcoxon, P"]
    return pd.DataFrame(lines, columns=["Measurement", "Visit", "Pairs", *means, *tests])


def reclassified(found: Sequence[Reclassified]) -> pd.DataFrame:
    """A line a change of class under the definitions in use, against the default ones."""
    lines = [
        (f"Week {one.week}", one.before, one.after, len(one.patient_ids), ", ".join(one.patient_ids)) for one in found
    ]
    return pd.DataFrame(lines, columns=["Visit", "By the default definitions", "By those in use", "Patients", "Who"])


def states_table(found: States) -> pd.DataFrame:
    """A line a week."""
    lines = [
        (week, *(at.get(state, 0) for state in STATES)) for week, at in zip(found.weeks, found.counts, strict=True)
    ]
    return pd.DataFrame(lines, columns=["Week", *(state.capitalize() for state in STATES)])


def moves_table(found: States) -> pd.DataFrame:
    """A line a pair of weeks and states that somebody goes between."""
    weeks = zip(found.weeks, found.weeks[1:], strict=False)
    lines = [
        (f"{first} to {second}", before, after, n)
        for (first, second), moves in zip(weeks, found.moves, strict=True)
        for (before, after), n in sorted(
            moves.items(), key=lambda move: (STATES.index(move[0][0]), STATES.index(move[0][1]))
        )
    ]
    return pd.DataFrame(lines, columns=["Weeks", "From", "To", "Patients"])


def means_by_week(found: OverTime, conf_level: float) -> pd.DataFrame:
    """A line a group and week at which anybody of it was measured."""
    lines = [
        (group.label, "Baseline" if week == 0 else f"Week {week}", n, with_limits(mean))
        for group in found.groups
        for week, n, mean in zip(found.weeks, group.n, group.means, strict=True)
        if n
    ]
    return pd.DataFrame(lines, columns=["Group", "Visit", "Patients", f"Mean ({confidence(conf_level)})"])


def entries(found: Timeline) -> pd.DataFrame:
    """Day, month, what, details, in order of day."""
    named = {OUTCOME: capitalized(found.noun), OUTCOME_ENDS: f"Observed no longer for {found.noun}"}
    lines = [
        (
            number_text(round(entry.day, 1)),
            f"{entry.day / DAYS_PER_MONTH:.1f}",
            named.get(entry.what, entry.what),
            "" if entry.what == OUTCOME and entry.told == found.noun else entry.told,
        )
        for entry in found.entries
    ]
    return pd.DataFrame(lines, columns=["Day", "Month", "What", "Details"])
