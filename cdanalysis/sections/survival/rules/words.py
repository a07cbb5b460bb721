"""Relapse by every definition in words; plain."""

from cdanalysis.sections.survival.rules.analysis import RelapseRules
from cdanalysis.writing.numbers import count, listed, sentence

NOBODY = "Nobody: every definition calls the same patients relapsed."
ABOUT = "A relapse by several components on one day counts under the first of them in the alphabet; dates may differ besides."


def rules_sentence(found: RelapseRules) -> str:
    """From how few to how many relapses the definitions make, and in how many patients they disagree."""
    sizes = [len(one.relapsed) for one in found.rules]
    moved = {patient for one in found.changed for patient in one.patients}
    return (
        f"{count(len(sizes), 'definition')} make {min(sizes)} to {max(sizes)} relapses of the same {found.rules[0].n} patients; "
        f"{count(len(moved), 'patient')} {'has' if len(moved) == 1 else 'have'} one by some of them only."
    )


def components_sentence(by_component: dict[str, int], noun: str) -> str:
    """What the events of a composite were; empty where all are of one kind."""
    if len(by_component) < 2:
        return ""
    parts = [f"{name} {n}" for name, n in sorted(by_component.items(), key=lambda one: (-one[1], one[0]))]
    return sentence(f"Of the {count(sum(by_component.values()), noun)}, the first component was {listed(parts)}")
