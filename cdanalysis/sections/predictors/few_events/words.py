"""What few events and groups without any mean for a model; plain, escaped by what shows them."""

from cdanalysis.results import Caution, NotEstimable
from cdanalysis.sections.models.words import model_cautions
from cdanalysis.sections.predictors.few_events.analysis import SparseData
from cdanalysis.writing.numbers import sentence

ABOUT_FIRTH = (
    "Firth's penalty pulls a hazard ratio slightly towards 1, which keeps it finite where a group has no event and removes the "
    "exaggeration that few events cause; its interval is by profile likelihood, its P by likelihood ratio, its ties are "
    "Breslow's (R's coxphf)."
)
NOT_NEEDED = (
    "Ten events or more stand behind each covariate and every term has an estimate: Firth's penalty is not needed."
)


def sparse_cautions(found: SparseData) -> list[Caution]:
    """Events per covariate, what separates, and what Firth's fit could not do."""
    return [
        *model_cautions(found.model, found.noun),
        *(Caution(text, "separation") for text in separation_sentences(found)),
    ]


def separation_sentences(found: SparseData) -> list[str]:
    """What separates, and what Firth's fit could not do."""
    told = [sentence(f"{one.label} alone: {one.reason}") for one in found.separated]
    failed = [one.firth.reason for one in found.separated if isinstance(one.firth, NotEstimable)]
    if isinstance(found.firth, NotEstimable):
        failed.append(found.firth.reason)
    told += [sentence(f"No Firth estimate: {reason}") for reason in dict.fromkeys(failed)]
    if found.firth is not None and not isinstance(found.firth, NotEstimable):
        told += [sentence(f"With Firth's penalty, {caution}") for caution in found.firth.cautions]
    return told
