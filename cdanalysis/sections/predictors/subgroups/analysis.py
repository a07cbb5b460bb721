"""A marker's cut within the levels of every other candidate: hazard ratios, interaction tests.

A candidate measured as a number is split at the median of the analysed patients.
"""

from dataclasses import dataclass

import numpy as np

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.markers import Marker
from cdanalysis.outcomes import covariates, endpoints, groups
from cdanalysis.outcomes.covariates import Covariate
from cdanalysis.outcomes.markers import scan_code
from cdanalysis.results import NO_MARKER, NotEstimable
from cdanalysis.sections.models.candidate_models import chosen_candidates
from cdanalysis.sections.models.observations import observations
from cdanalysis.sections.survival.grouping import Grouping, grouping
from cdanalysis.settings import Settings
from cdanalysis.statistics.checks.subgroups import Subgroup, SubgroupComparison, one_subgroup, subgroups_by_place

SIGNIFICANCE = 0.05
PER = ", per "


@dataclass(frozen=True)
class SubgroupFactor:
    """One covariate: its label and the comparison between its levels."""

    label: str
    comparison: SubgroupComparison


@dataclass(frozen=True)
class Subgroups:
    """The marker, its groups' labels (below, above), everybody's hazard ratio, and each covariate's."""

    marker: Marker
    labels: tuple[str, str]
    overall: Subgroup
    factors: tuple[SubgroupFactor, ...]
    noun: str = "relapse"  # of the outcome

    @property
    def interaction_p(self) -> tuple[float, ...]:
        """The P of every interaction test that could be done."""
        tests = (factor.comparison.interaction for factor in self.factors)
        return tuple(test.p_value for test in tests if not isinstance(test, NotEstimable))

    @property
    def differing(self) -> tuple[SubgroupFactor, ...]:
        """The covariates between whose levels the hazard ratio differs."""
        return tuple(
            factor
            for factor in self.factors
            if not isinstance(factor.comparison.interaction, NotEstimable)
            and factor.comparison.interaction.p_value < SIGNIFICANCE
        )


def subgroups(cohort: Cohort, settings: Settings) -> Subgroups | NotEstimable:
    """The scanned marker within the levels of the other candidates of the Predictors page."""
    endpoint = endpoints.endpoint_of(cohort, settings)
    if isinstance(endpoint, NotEstimable):
        return endpoint
    code, patient_ids = scan_code(cohort, settings), endpoint.patient_ids
    if not code:
        return NO_MARKER
    marker, chosen = cohort.marker(code), covariates.cut(cohort, patient_ids, code, settings)
    marked, data = chosen.columns[:, 0], observations(endpoint)
    known = ~np.isnan(marked)
    if not known.any():
        return NotEstimable(f"{marker.label} was not measured in any of these patients")
    term, told = chosen.terms[0], (settings.ties, settings.conf_level, chosen.terms[0].label)
    overall = one_subgroup(data[known], marked[known], "All patients", *told)
    candidates, _ = chosen_candidates(cohort, endpoint, settings)
    split = [_levels(cohort, patient_ids, one, settings) for one in candidates if one.code != marker.code]
    factors = tuple(
        SubgroupFactor(one.label, subgroups_by_place(data, marked, one.labels, one.places, *told))
        for one in split
        if not isinstance(one, NotEstimable)
    )
    return Subgroups(marker, (term.reference, term.label), overall, factors, endpoint.noun)


def _levels(
    cohort: Cohort, patient_ids: tuple[str, ...], one: Covariate, settings: Settings
) -> Grouping | NotEstimable:
    return _halves(one) if one.groups is None else grouping(cohort, patient_ids, one.code, settings)


def _halves(one: Covariate) -> Grouping | NotEstimable:
    """A number's two groups: up to the median, and above it."""
    values = one.columns[:, 0]
    if np.isnan(values).all():
        return NotEstimable(f"{one.label} was not measured in any of these patients")
    median = float(np.nanmedian(values))
    name, _, unit = one.label.rpartition(PER) if PER in one.label else (one.label, "", "")
    unit = "" if unit in ("unit", "point") else f" {unit}"
    places = np.nan_to_num(groups.above(values, median, ">"), nan=-1).astype(int)
    return Grouping(name, (f"≤ {median:g}{unit}", f"> {median:g}{unit}"), places)
