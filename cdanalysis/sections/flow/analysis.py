"""Patient flow, Figure 1: the steps before enrolment from the screening sheet, then our own exclusions."""

from dataclasses import dataclass

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes import endpoints
from cdanalysis.outcomes.selection import selected
from cdanalysis.results import Exclusion, NotEstimable
from cdanalysis.settings import Settings

EXCLUDED = ("excluded", "exclusion")


@dataclass(frozen=True)
class Step:
    """A box of the diagram: how many patients, and who left on the way to it."""

    label: str
    n: int
    left: tuple[Exclusion, ...] = ()


@dataclass(frozen=True)
class Flow:
    """The steps from top to bottom; notes: where counts do not add up."""

    steps: tuple[Step, ...]
    notes: tuple[str, ...]


def flow(cohort: Cohort, settings: Settings) -> Flow:
    """The steps of the screening sheet, the patients of the file, and those in the analysis of the chosen outcome."""
    cohort = selected(cohort, settings)
    n = cohort.selection.n_before if cohort.selection else len(cohort.patients)
    before, left = _screening(cohort, n)
    endpoint = endpoints.endpoint_of(cohort, settings)
    chosen = cohort.selection
    steps = [*before, Step("Patients in the file", n, (*left, *_dropped(cohort)))]
    if chosen and chosen.words:
        steps.append(Step(f"Selected: {chosen.words}", len(cohort.patients), chosen.criteria))
    if isinstance(endpoint, NotEstimable):
        return Flow(tuple(steps), (*_notes(steps), f"No analysis of an outcome: {endpoint.reason}."))
    who = f"Responders at week {settings.landmark_week:g}, followed" if endpoint.of_responders else "Followed"
    name = f"{who} for {endpoint.noun}"
    return Flow(
        (*steps, Step(name, len(endpoint.patients), endpoint.excluded)),
        (*_notes(steps), *(chosen.notes if chosen else ())),
    )


def _screening(cohort: Cohort, n_in_file: int) -> tuple[list[Step], tuple[Exclusion, ...]]:
    """Boxes before the file, each with the exclusions named between it and the one before; the rest stay for the file.

    A step that repeats the patients of the file, or follows it, is the file's own box.
    """
    steps: list[Step] = []
    left: list[Exclusion] = []
    for name, n in zip(cohort.screening["step"], cohort.screening["n"], strict=True):
        label = str(name).strip()
        if n != n:
            continue
        if label.lower().startswith(EXCLUDED):
            left.append(Exclusion(label.split(" ", 1)[-1].lstrip(": ").strip() or label, int(n)))
        elif int(n) <= n_in_file:
            break
        else:
            steps.append(Step(label[:1].upper() + label[1:], int(n), tuple(left)))
            left = []
    return steps, tuple(left)


def _dropped(cohort: Cohort) -> tuple[Exclusion, ...]:
    """The patients left out on reading; rows of other sheets are no patients."""
    return tuple(one for one in cohort.excluded if one.kind == "patient")


def _notes(steps: list[Step]) -> list[str]:
    """A sentence for each step whose exclusions do not explain the difference to the one before."""
    notes = []
    for before, after in zip(steps, steps[1:], strict=False):
        told, gone = sum(one.n for one in after.left), before.n - after.n
        if after.left and told != gone:
            notes.append(
                f"From {before.label!r} ({before.n:,}) to {after.label!r} ({after.n:,}) {gone:,} are missing; "
                f"the reasons add up to {told:,}."
            )
    return notes
