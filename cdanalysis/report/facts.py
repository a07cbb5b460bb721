"""What a run holds, asked for by every part of the report: what was estimated, what could not be, on which endpoints."""

from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from cdanalysis.dictionary.outcomes import label_of
from cdanalysis.outcomes.endpoints import TimeToEvent
from cdanalysis.report.content import Run
from cdanalysis.results import NotEstimable

CHECKS = ("proportionality", "sparse_data")  # told with the predictors, whose model they check
TITLES = {
    "flow": "Patient flow",
    "baseline": "Baseline characteristics",
    "induction": "Response and remission",
    "survival": "Survival",
    "predictors": "Predictors",
    "proportionality": "Proportional hazards",
    "sparse_data": "Firth's penalty",
    "cutoffs": "Cut-off sensitivity",
    "endoscopy": "Endoscopy",
    "safety": "Adverse events",
}


def found(run: Run, name: str) -> Any:
    """The result of an analysis, or None where it was not run or could not be estimated."""
    return known(run.results.get(name))


def known(result: Any) -> Any:
    """The result, or None for one that is absent or could not be estimated."""
    return None if isinstance(result, NotEstimable) else result


def title(run: Run, name: str) -> str:
    """The heading of an analysis; curves and predictors are named by their outcome."""
    result = found(run, name)
    noun = result.endpoint.noun if name in ("survival", "predictors") and result else label_of(run.settings.outcome)
    return {"survival": f"Time to {noun}", "predictors": f"Predictors of {noun}"}.get(name) or TITLES[name]


def held(run: Run, name: str) -> list[str]:
    """The tables of the bundle whose name begins so."""
    return [table.name for table in run.tables if table.name.startswith(name)]


def endpoints(run: Run) -> dict[str, TimeToEvent]:
    """The time-to-event endpoints that were analysed, by outcome."""
    predictors, survival, safety = (found(run, name) for name in ("predictors", "survival", "safety"))
    first = known(safety.survival) if safety else None
    return {
        **({predictors.endpoint.code: predictors.endpoint} if predictors else {}),
        **({survival.outcome: survival.endpoint} if survival else {}),
        **({"adverse_event": first.endpoint} if first else {}),
    }


def penalised(run: Run) -> bool:
    """Whether a model was fitted with Firth's penalty."""
    sparse = found(run, "sparse_data")
    fits = [sparse.firth, *(one.firth for one in sparse.separated)] if sparse else []
    return any(known(fit) is not None for fit in fits)


def on_landmark_clock(run: Run) -> bool:
    """Whether an endpoint of the responders at the landmark visit was derived from the visits."""
    return any(one.of_responders for one in endpoints(run).values())


@cache  # the files of a package are read for it
def version_of(package: str) -> str:
    """The version of an installed package; empty where it is not known."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def joined(sentences: Iterable[str]) -> str:
    """The sentences that say something, as one text."""
    return " ".join(text for text in sentences if text)
