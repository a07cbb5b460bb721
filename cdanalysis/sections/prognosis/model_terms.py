"""What a prediction model is made of: its covariates as terms, and the columns that a term has in any cohort.

A term is described by itself (`settings/as_text/saved_model.py`), so that a saved model's columns are made as they were for its own
patients. Numbers are restricted cubic splines with Harrell's knots, as rms' rcs, where they have enough different values.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes import covariates
from cdanalysis.outcomes.covariates import Covariate
from cdanalysis.outcomes.groups import above, baseline_values
from cdanalysis.outcomes.markers import cutoff_of
from cdanalysis.results import NotEstimable
from cdanalysis.sections.models.observations import observations
from cdanalysis.sections.predictors.analysis import Predictors
from cdanalysis.settings import Settings
from cdanalysis.settings.as_text.codes import split
from cdanalysis.settings.as_text.cutoffs import one_from_text
from cdanalysis.settings.as_text.saved_model import SavedTerm
from cdanalysis.statistics.checks.spline import basis, knots_of
from cdanalysis.statistics.time_axis import Observed, complete

N_KNOTS = {"spline-3": 3, "spline-4": 4}
CUT = "cut"


@dataclass(frozen=True, eq=False)
class Design:
    """Complete cases only. terms without coefficients yet; columns (n, p), places (p,): whose term each column is.

    selected: the covariates were let in by their P in these patients. straight: numbers of too few values for a spline.
    """

    data: Observed
    terms: tuple[SavedTerm, ...]
    columns: np.ndarray
    places: np.ndarray
    n_missing: int
    selected: bool
    straight: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        """A name for each column."""
        each = [list(self.places[:j]).count(place) for j, place in enumerate(self.places)]
        return [
            f"{self.terms[place].label}{f', bend {j}' if j else ''}" for place, j in zip(self.places, each, strict=True)
        ]


def design_of(cohort: Cohort, found: Predictors, settings: Settings) -> Design | NotEstimable:
    """The chosen covariates' terms and columns for the patients of the outcome."""
    ids, offered = found.endpoint.patient_ids, covariates.available(cohort)
    chosen = tuple(code for code in split(settings.prognostic_candidates) if code in offered)
    codes = chosen or tuple(one.code for one in found.entered())
    if not codes:
        return NotEstimable("the screening let no candidate in; choose the covariates")
    terms = tuple(term for code in codes for term in _terms(cohort, ids, code, settings))
    parts = [columns_of(cohort, ids, term) for term in terms]
    missing = next((part for part in parts if isinstance(part, NotEstimable)), None)
    if missing is not None:
        return missing
    known = [part for part in parts if not isinstance(part, NotEstimable)]
    columns = np.column_stack(known)
    kept = complete(columns)
    straight = tuple(
        one.label for one in terms if one.kind == "number" and not one.knots and settings.prognostic_form in N_KNOTS
    )
    return Design(
        data=observations(found.endpoint)[kept],
        terms=terms,
        columns=columns[kept],
        places=np.repeat(np.arange(len(terms)), [part.shape[1] for part in known]),
        n_missing=int((~kept).sum()),
        selected=not chosen,
        straight=straight,
    )


def columns_of(cohort: Cohort, patient_ids: Sequence[str], term: SavedTerm) -> np.ndarray | NotEstimable:
    """A term's columns (n, k) for some patients, NaN where not known; why a cohort cannot have them."""
    if term.code not in covariates.available(cohort):
        return NotEstimable(f"the file has no {term.label or term.code}")
    here = unit_of(cohort, term.code)
    if term.unit and here != term.unit:
        return NotEstimable(f"{term.label} is in {here or 'no stated unit'} in this file, in {term.unit} in the model")
    if term.kind == CUT:
        if not cohort.is_marker(term.code):
            return NotEstimable(f"{term.label} is no number in this file")
        _, (cutoff, side) = one_from_text(f"x{term.value}")
        return above(baseline_values(cohort, cohort.marker(term.code).column, patient_ids), cutoff, side)[:, None]
    held = covariates.as_measured(cohort, patient_ids, term.code)
    if (held.kind == "number") != (term.kind == "number"):
        return NotEstimable(f"{term.label} is {'no' if term.kind == 'number' else 'a'} number in this file")
    if term.kind == "number":
        values = held.columns[:, 0]
        return basis(values, np.array(term.knots)) if term.knots else values[:, None]
    return _of_level(held, term)


def unit_of(cohort: Cohort, code: str) -> str:
    """The unit of a covariate; empty where it is no number or has none."""
    return cohort.marker(code).unit if cohort.is_marker(code) else ""


def _of_level(held: Covariate, term: SavedTerm) -> np.ndarray | NotEstimable:
    """1 where a covariate has the term's level, or is yes."""
    if term.kind == "binary":
        return held.columns if held.kind == "binary" else NotEstimable(f"{term.label} is not yes or no in this file")
    if held.kind != "levels" or held.groups is None:
        return NotEstimable(f"{term.label} is no level of a category in this file")
    return np.array([np.nan if one is None else float(str(one) == term.value) for one in held.groups])[:, None]


def _terms(cohort: Cohort, ids: Sequence[str], code: str, settings: Settings) -> Iterator[SavedTerm]:
    """A covariate's terms, coefficients open."""
    if settings.prognostic_form == CUT and covariates.covariate(cohort, ids, code, settings).kind == CUT:
        cutoff, side = cutoff_of(cohort, settings, code)
        label = covariates.cut(cohort, ids, code, settings).terms[0].label
        yield SavedTerm(code, label, CUT, f"{side}{cutoff!r}", (), (), unit_of(cohort, code))
        return
    held = covariates.as_measured(cohort, ids, code)
    if held.kind == "number":
        knots = _knots(held.columns[:, 0], settings)
        yield SavedTerm(code, held.label, "number", "", knots, (), unit_of(cohort, code))
    elif held.kind == "binary":
        yield SavedTerm(code, held.terms[0].label, "binary", "", (), ())
    else:
        prefix = len(held.label) + 1
        yield from (SavedTerm(code, one.label, "level", one.label[prefix:], (), ()) for one in held.terms)


def _knots(values: np.ndarray, settings: Settings) -> tuple[float, ...]:
    """Harrell's, of the measured values; none for a straight line, or where two of them fall together."""
    n_knots = N_KNOTS.get(settings.prognostic_form)
    found = NotEstimable("") if n_knots is None else knots_of(values[~np.isnan(values)], n_knots)
    return () if isinstance(found, NotEstimable) else tuple(found.tolist())
