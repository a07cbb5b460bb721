"""The findings that the study prints as a sentence, from whatever cohort is loaded: the finding and the numbers behind it.

The finding stands before the bracket, so that it can be held against the printed one. What the cohort cannot give is "–".
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import nan

import numpy as np
import pandas as pd

from cdanalysis.outcomes import covariates, endpoints, groups
from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.sections.models.candidate_models import candidate_models
from cdanalysis.sections.models.observations import observations
from cdanalysis.sections.reproduction.study_numbers import TGN_CUTOFF, Numbers, StudyNumbers
from cdanalysis.settings.as_text.codes import joined
from cdanalysis.statistics.cox.cox import cox
from cdanalysis.statistics.describe.paired import Paired
from cdanalysis.units import DAYS_PER_MONTH, weeks_to_days

LEVEL, TGN_STEP, NOTHING = 0.05, 50.0, "–"


def tgn_and_relapse(study: StudyNumbers) -> str:
    """6-TGN during maintenance as a number in a Cox model of relapse, of the patients who have it."""
    found, measured = endpoints.relapse(study.cohort, study.settings), study.first_tgn["tgn_pmol_per_8e8_rbc"]
    if isinstance(found, NotEstimable) or measured.empty:
        return NOTHING
    known = found.patients.set_index("patient_id").loc[measured.index]
    column = pd.DataFrame({"6-TGN": measured.to_numpy(float) / TGN_STEP})
    model = cox(known["time_months"].to_numpy(), known["event"].to_numpy(bool), column, ties=study.settings.ties)
    if isinstance(model, NotEstimable):
        return NOTHING
    (term,) = model.terms
    if isinstance(term.hazard_ratio, NotEstimable):
        return NOTHING
    ratio = term.hazard_ratio
    sign = "<" if term.p_value < LEVEL else "≥"
    return f"P {sign} {LEVEL} (HR {ratio.value:.2f}, {ratio.lower:.2f}-{ratio.upper:.2f}, P = {term.p_value:.3f}, n = {model.n})"


def months_to_tgn(study: StudyNumbers) -> np.ndarray:
    """When 6-TGN was measured during maintenance, in months from the landmark week."""
    return (study.first_tgn["days"].to_numpy(float) - weeks_to_days(study.settings.landmark_week)) / DAYS_PER_MONTH


def tgn_side(study: StudyNumbers, above: bool) -> Numbers:
    """Maintained patients on one side of the printed 6-TGN cut-off."""
    values = groups.baseline_values(study.cohort, "tgn_pmol_per_8e8_rbc", study.maintained)
    return (float((values >= TGN_CUTOFF).sum() if above else (values < TGN_CUTOFF).sum()),)


def factors(study: StudyNumbers, outcome: str, model: str, beside: tuple[str, ...] = ()) -> str:
    """Which candidates of an outcome have P < 0.05, alone or together; beside: codes that join the standard list."""
    endpoint = endpoints.DERIVED[outcome](study.cohort, study.settings)
    if isinstance(endpoint, NotEstimable) or not endpoint.patients["event"].any():
        return NOTHING
    usual = [one.code for one in covariates.standard(study.cohort, endpoint.patient_ids, study.settings)[0]]
    offered = [code for code in beside if code in covariates.available(study.cohort)]
    chosen = replace(study.settings, candidates=joined((*usual, *offered)))
    found = candidate_models(study.cohort, endpoint, observations(endpoint), chosen)
    tested = [
        (getattr(row, f"{model}_p"), row.label) for row in found.rows if isinstance(getattr(row, model), Estimate)
    ]
    return _least(tested, "no factor with", f"{len(tested)} terms estimated")


def year_one(study: StudyNumbers) -> str:
    """Whether the CDEIS of year 1 is lower than that of year 0, in the serially examined patients."""
    test = next((test for year, test in _years(study, 0) if year == 1), None)
    if test is None:
        return NOTHING
    found = (
        f"lower with P < {LEVEL}" if test.t_p < LEVEL and test.mean_change.value < 0 else f"not lower with P < {LEVEL}"
    )
    return f"{found} (mean change {test.mean_change.value:.2f}, P = {test.t_p:.4f}, n = {test.n})"


def later_years(study: StudyNumbers) -> str:
    """Whether a later year's CDEIS differs from that of year 1."""
    tested = [(test.t_p, f"year {year}") for year, test in _years(study, 1) if test.t_p == test.t_p]
    return _least(tested, "no year with", f"{len(tested)} years")


def kind(study: StudyNumbers, column: str, word: str, among: pd.Series) -> Numbers:
    """How many of these patients have a word in a further column; NaN where the file has no such column."""
    if column not in study.patients:
        return (nan,)
    if len(among) and among.isna().all():
        return (nan,)
    named = study.patients[column].astype("string").str.contains(word, case=False, na=False)
    return (float((named & among.fillna(False)).sum()),)


def upper_gi(study: StudyNumbers) -> pd.Series:
    """Who has upper GI involvement."""
    missing = pd.Series(pd.NA, study.patients.index, dtype="boolean")
    return study.patients.get("upper_gi", missing).astype("boolean").fillna(False)


def low_tgn(study: StudyNumbers) -> pd.Series:
    """Which of the maintained patients had a 6-TGN below the printed cut-off at monotherapy."""
    if "tgn_pmol_per_8e8_rbc" not in study.patients:
        return pd.Series(pd.NA, study.patients.index, dtype="boolean")
    low = study.patients["tgn_pmol_per_8e8_rbc"] < TGN_CUTOFF
    return low & study.patients["patient_id"].isin(study.maintained)


def operated(study: StudyNumbers) -> Numbers:
    """How many with upper GI involvement were operated on."""
    if "gi_surgery" not in study.patients or "upper_gi" not in study.patients:
        return (nan,)
    surgery = study.patients["gi_surgery"].astype("boolean").fillna(False)
    return (float((upper_gi(study) & surgery).sum()),)


def _years(study: StudyNumbers, first: int) -> Iterator[tuple[int, Paired]]:
    """Every later year against a first one."""
    if isinstance(study.endoscopy, NotEstimable):
        return
    for one in study.endoscopy.years:
        against: Mapping[int, Paired | NotEstimable] = one.against
        test = against.get(first)
        if isinstance(test, Paired):
            yield one.year, test


def _least(tested: Sequence[tuple[float, str]], none: str, of: str) -> str:
    """Those with a small P, or that there is none with the smallest P that was seen."""
    if not tested:
        return NOTHING
    found = [f"{label}, P = {p:.3f}" for p, label in tested if p < LEVEL]
    if found:
        return "; ".join(found)
    p, label = min(tested)
    return f"{none} P < {LEVEL} (smallest: {label}, P = {p:.3f}; {of})"
