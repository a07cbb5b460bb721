"""An endpoint as the statistics take it: times, events and late entries as checked arrays."""

from cdanalysis.cohort import Memory, remembered
from cdanalysis.outcomes.endpoints import TimeToEvent
from cdanalysis.statistics.time_axis import Observed, observed


def observations(endpoint: TimeToEvent, memory: Memory | None = None) -> Observed:
    """The endpoint's time axis, in months; checked and sorted once where a session remembers it."""

    def checked() -> Observed:
        return observed(*(endpoint.patients[name].to_numpy() for name in ("time_months", "event", "entry_months")))

    return remembered(memory, ("observed", endpoint), checked)
