"""Patients in groups for a curve or a table: by a baseline variable, or by whether they relapsed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.summaries import parted
from cdanalysis.outcomes import covariates, endpoints, groups
from cdanalysis.outcomes.markers import cutoff_of, summaries
from cdanalysis.results import NotEstimable
from cdanalysis.sections.endoscopy.analysis import endoscopy
from cdanalysis.settings import Settings

BY_RELAPSE, BY_ENDOSCOPY = "relapse", "endoscopy"


@dataclass(frozen=True, eq=False)
class Grouping:
    """The groups' labels in order, and each patient's place among them (n,), -1 for nobody's; label: of the variable."""

    label: str
    labels: tuple[str, ...]
    places: np.ndarray


def offered_groups(cohort: Cohort) -> tuple[str, ...]:
    """Codes of the variables that make groups: cut markers, yes/no and categories."""
    return tuple(code for code in covariates.available(cohort) if covariates.makes_groups(cohort, code))


def grouping(cohort: Cohort, patient_ids: Sequence[str], code: str, settings: Settings) -> Grouping | NotEstimable:
    """Everybody in one group for "", by the chosen outcome, or by a covariate's code; groups in the covariate's order."""
    if not code:
        return Grouping("", ("",), np.zeros(len(patient_ids), int))
    if code == BY_RELAPSE:
        return _by_relapse(cohort, patient_ids, settings)
    if code == BY_ENDOSCOPY:
        return _by_endoscopy(cohort, patient_ids, settings)
    if code not in offered_groups(cohort):
        ahead = summaries.not_before(cohort, settings) if parted(code) else ""
        if ahead:
            name = summaries.name_of(cohort, settings, code)
            return NotEstimable(f"{name} makes no groups here. {ahead.removesuffix('.')}")
        return NotEstimable(f"the file has no values for the chosen groups ({code[:40]})")
    if code in cohort.markers and second_cutoff(cohort, code, settings) is not None:
        return _in_three(cohort, patient_ids, code, settings)
    build = covariates.cut if code in cohort.markers else covariates.covariate
    chosen = build(cohort, tuple(patient_ids), code, settings)
    if chosen.groups is None:
        return NotEstimable(f"{chosen.label} is a number and makes no groups")
    labels = chosen.groups.tolist()
    known = [label for label in labels if label is not None]
    order = [chosen.terms[0].reference, *(term.label for term in chosen.terms)]
    present = sorted(set(known), key=lambda label: (order.index(label) if label in order else 0, label))
    place = {label: index for index, label in enumerate(present)}
    return Grouping(chosen.label, tuple(present), np.array([place.get(label, -1) for label in labels]))


def second_cutoff(cohort: Cohort, code: str, settings: Settings) -> float | None:
    """A marker's second cut-off where there is one and it is another one."""
    second = settings.second_cutoff(code)
    return None if second == cutoff_of(cohort, settings, code).value else second


def _in_three(cohort: Cohort, patient_ids: Sequence[str], code: str, settings: Settings) -> Grouping:
    """A marker below, between and above its two cut-offs; a group without a patient is none."""
    marker, (cutoff, side), second = (
        cohort.marker(code),
        cutoff_of(cohort, settings, code),
        settings.second_cutoff(code),
    )
    low, high = sorted((cutoff, cutoff if second is None else second))
    values = groups.baseline_values(cohort, marker.column, patient_ids)
    places = np.nan_to_num(groups.above(values, low, side) + groups.above(values, high, side), nan=-1).astype(int)
    labels = groups.three_group_labels(marker, (low, high), side)
    present = sorted(set(places[places >= 0].tolist()))
    shown = tuple(labels[place] for place in present)
    return Grouping(marker.label, shown, np.where(places < 0, -1, np.searchsorted(present, places)))


def _by_relapse(cohort: Cohort, patient_ids: Sequence[str], settings: Settings) -> Grouping | NotEstimable:
    endpoint = endpoints.endpoint_of(cohort, settings)
    if isinstance(endpoint, NotEstimable):
        return endpoint
    event = dict(zip(endpoint.patients["patient_id"], endpoint.patients["event"].astype(int), strict=True))
    places = np.array([event.get(patient, -1) for patient in patient_ids])
    label = f"{endpoint.noun[:1].upper()}{endpoint.noun[1:]}"
    return Grouping(label, (f"no {endpoint.noun}", endpoint.noun), places)


def _by_endoscopy(cohort: Cohort, patient_ids: Sequence[str], settings: Settings) -> Grouping | NotEstimable:
    found = endoscopy(cohort, settings)
    if isinstance(found, NotEstimable):
        return found
    places = np.isin(np.array(patient_ids, object), list(found.patient_ids)).astype(int)
    return Grouping("Endoscopy before and after", ("not examined", "examined"), places)
