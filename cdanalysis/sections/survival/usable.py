"""Which parts an outcome cannot use, and what each would need: no part is offered that can only say so."""

from dataclasses import replace

from cdanalysis.cohort import Cohort, remembered
from cdanalysis.dictionary.indices.indices import OF_AN_INDEX
from cdanalysis.outcomes import endpoints
from cdanalysis.outcomes.endpoints import TimeToEvent
from cdanalysis.results import NotEstimable
from cdanalysis.settings import Settings, only, that_decide

DECIDED_BY = (*that_decide("endpoint"), "competing_event")
COMPETING, TIME_ZERO, BETWEEN_VISITS = "Competing risks", "Time zero", "Relapse between visits"
DEFINITIONS = "Every definition of relapse"
RELAPSE_OF_VISITS = "a relapse that is derived from a disease index at visits"
NEEDED = {
    COMPETING: "a second outcome that can come before it, such as death or surgery, or a status with a code of its own for it",
    TIME_ZERO: f"{OF_AN_INDEX} that say who responded by when",
    DEFINITIONS: RELAPSE_OF_VISITS,
    BETWEEN_VISITS: RELAPSE_OF_VISITS,
}


def unusable(cohort: Cohort, endpoint: TimeToEvent, settings: Settings) -> dict[str, str]:
    """What each part that the outcome cannot use would need, by the part's title."""
    usable = {
        COMPETING: not endpoint.competing and _can_compete(cohort, settings),
        TIME_ZERO: endpoint.of_responders,
        DEFINITIONS: bool(cohort.indices) and not cohort.states("relapse"),
        BETWEEN_VISITS: endpoint.derived and endpoint.code == "relapse",
    }
    shown_above = (COMPETING,) if endpoint.competing else ()
    return {
        title: "" if title in shown_above else NEEDED[title] for title, is_usable in usable.items() if not is_usable
    }


def _can_compete(cohort: Cohort, settings: Settings) -> bool:
    """Whether any of the events that may compete is in the file."""
    chosen = only(settings, DECIDED_BY)
    ways = chosen, replace(chosen, competing_event="as-in-file")
    return remembered(cohort.memory, ("can compete", chosen), lambda: any(_competes(cohort, one) for one in ways))


def _competes(cohort: Cohort, settings: Settings) -> bool:
    return not isinstance(endpoints.competing_relapse(cohort, settings), NotEstimable)
