"""One value per patient of a marker that was measured at several visits: at time zero, or a summary of what was known by then.

Time zero is the day of the landmark visit, whatever the patient's response; an outcome that is counted from elsewhere has no
summaries, since values after its time zero would let the future decide who is in which group (immortal time).
"""

import re
from dataclasses import fields, replace
from math import isnan
from urllib.parse import unquote

import numpy as np
import pandas as pd

from cdanalysis.cohort import BASELINE_WINDOW_DAYS, Cohort, Derived, remembered
from cdanalysis.dictionary import measured
from cdanalysis.dictionary.markers import MARKERS, Marker
from cdanalysis.dictionary.summaries import AT_BASELINE, SIGN, SUMMARIES, Summary, base_of, named, parted, summarised
from cdanalysis.outcomes.courses import at_landmark, courses
from cdanalysis.outcomes.markers.of_cohort import LEAST_VALUES, free_code
from cdanalysis.results import THE_START
from cdanalysis.settings import Settings
from cdanalysis.units import weeks_to_days

PATIENT, DAY, VALUE = "patient_id", "days", "value"
AHEAD = (
    "{outcome} is counted from {origin}: a value after that would let the future decide who is in which group (immortal time). "
    "What the value of the day predicts is under Current level, a part of the Predictors page."
)
NOT_PLACED = "the start of follow-up in the file, of which no day of therapy is known"
_CODES = re.compile(r'[,<>=|"]+')  # what parts the codes of a list, of cut-offs, of a saved model


def summaries_of(cohort: Cohort, settings: Settings) -> Cohort:
    """The cohort with the summaries that the settings name as further markers; itself where that is what it is already."""
    codes = tuple(code for code in named_in(settings) if _is_offered(cohort, settings, code))
    if not codes or not_before(cohort, settings):
        return cohort.with_derived((), ())
    how = (codes, *_visit(cohort, settings))
    if how == cohort.derived_by:
        return cohort
    made = (_derived(cohort, code, settings) for code in codes)
    return cohort.with_derived(tuple(one for one in made if one is not None), how)


def named_in(settings: Settings) -> tuple[str, ...]:
    """The codes of summaries that any setting names."""
    texts = (getattr(settings, one.name) for one in fields(settings) if isinstance(one.default, str))
    codes = (unquote(part.strip()) for text in texts if SIGN in text for part in _CODES.split(text))
    return tuple(dict.fromkeys(code for code in codes if parted(code)))


def _visit(cohort: Cohort, settings: Settings) -> tuple[str, int, int]:
    """What decides the day of the landmark visit."""
    return cohort.indexed(settings).index, settings.landmark_week, settings.visit_window_weeks


def _is_offered(cohort: Cohort, settings: Settings, code: str) -> bool:
    """Whether a code is of a summary, and not the header of a column that looks like one."""
    own = cohort.is_marker(code) and code not in cohort.derived_codes
    return not own and base_of(code) in followed(cohort, settings)


def followed(cohort: Cohort, settings: Settings) -> dict[str, str]:
    """The column of each marker that was measured between the start and the landmark visit in somebody, by its code."""
    return remembered(cohort.memory, ("followed", *_visit(cohort, settings)), lambda: _followed(cohort, settings))


def _followed(cohort: Cohort, settings: Settings) -> dict[str, str]:
    visits = cohort.visits
    until = visits[PATIENT].map(time_zero(cohort, settings))
    later = visits[(visits[DAY] > 0) & (visits[DAY] <= until)]
    rows = {one.column: one.code for one in MARKERS.values()} | {one: free_code(one) for one in cohort.visit_columns}
    return {code: name for name, code in rows.items() if name in later and later[name].notna().any()}


def label_of(cohort: Cohort, settings: Settings, code: str) -> str:
    """What the marker of a code is called, whichever value of it is meant."""
    if cohort.is_marker(code):
        return cohort.marker(code).label.removesuffix(AT_BASELINE)
    column = followed(cohort, settings)[code]
    return MARKERS[code].label if code in MARKERS else measured.label_and_unit(column)[0]


def name_of(cohort: Cohort, settings: Settings, code: str) -> str:
    """`CRP at week 24`, whether it is in use or not; of the code of a marker that label."""
    found = parted(code)
    if found is None or not (cohort.is_marker(found[0]) or found[0] in followed(cohort, settings)):
        return label_of(cohort, settings, code) if cohort.is_marker(code) else code
    return named(found[1], label_of(cohort, settings, found[0]), f"week {settings.landmark_week:g}")


def not_before(cohort: Cohort, settings: Settings) -> str:
    """Why a value after the start of therapy is none before the outcome's time zero, as a sentence; empty where it is."""
    outcome = cohort.outcome_in_use(settings)
    if outcome is None or (outcome.is_from_landmark and settings.clock != "naive"):
        return ""
    origin = NOT_PLACED if outcome.is_stated else THE_START
    return AHEAD.format(outcome=outcome.label[:1].upper() + outcome.label[1:], origin=origin)


def offered(cohort: Cohort, settings: Settings, code: str) -> dict[str, str]:
    """What the marker of a code can be, by code, in words: at baseline, and each summary where it was followed."""
    base, when = base_of(code), f"week {settings.landmark_week:g}"
    told = {base: "At baseline"} if cohort.is_marker(base) else {}
    if base not in followed(cohort, settings):
        return told
    return told | {f"{base}{SIGN}{one.code}": one.choice.format(when=when) for one in SUMMARIES.values()}


def time_zero(cohort: Cohort, settings: Settings) -> pd.Series:
    """The day of the landmark visit by patient, of everybody who has one."""
    found = {one.patient_id: at_landmark(one, settings) for one in courses(cohort, settings)}
    return pd.Series({identity: visit.day for identity, visit in found.items() if visit is not None}, dtype=float)


def over_time(cohort: Cohort, column: str) -> pd.DataFrame:
    """Every value of a column: patient_id, days, value; one a day: the patients' sheet's on day 0, else the last row's."""
    frames = [pd.DataFrame({PATIENT: [], DAY: [], VALUE: []}).astype({PATIENT: object, DAY: float, VALUE: float})]
    for frame, days in ((cohort.visits, cohort.visits[DAY]), (cohort.patients, 0.0)):
        if column in frame:
            values = frame[column].to_numpy(float, na_value=np.nan)
            frames.append(pd.DataFrame({PATIENT: frame[PATIENT], DAY: days, VALUE: values}).dropna())
    every = pd.concat([one for one in frames if len(one)] or frames, ignore_index=True)
    return every.drop_duplicates([PATIENT, DAY], keep="last").sort_values([PATIENT, DAY], ignore_index=True)


def summary(rows: pd.DataFrame, zero: pd.Series, kind: str, window_days: float) -> pd.Series:
    """One value per patient who has one; rows: `over_time`; zero: the day of time zero by patient, later than day 0.

    kind: a code of SUMMARIES. window_days: how long before time zero a value may be that is the one "at" it. What is of no
    patient in `zero`, older than baseline or later than time zero is not looked at.
    """
    until = rows[PATIENT].map(zero)
    known = rows[(rows[DAY] >= -BASELINE_WINDOW_DAYS) & (rows[DAY] <= until)]
    by_patient = known.groupby(PATIENT)[VALUE]
    if kind in ("last", "highest", "mean"):
        return {"last": by_patient.last, "highest": by_patient.max, "mean": by_patient.mean}[kind]()
    at_zero = known[(known[DAY] > 0) & (known[DAY] >= until.loc[known.index] - window_days)]
    there = at_zero.groupby(PATIENT)[VALUE].last()
    if kind == "landmark":
        return there
    return (there - known[known[DAY] <= 0].groupby(PATIENT)[VALUE].last()).dropna()


def _derived(cohort: Cohort, code: str, settings: Settings) -> Derived | None:
    """A summary in use; None where the patients' values of it are all the same, or none."""
    base, what = parted(code) or ("", SUMMARIES["landmark"])
    column, window = followed(cohort, settings)[base], weeks_to_days(settings.visit_window_weeks)
    found = summary(over_time(cohort, column), time_zero(cohort, settings), what.code, window)
    values = found.reindex(cohort.patients[PATIENT]).astype(float)
    if values.nunique() < LEAST_VALUES:
        return None
    return Derived(_marker(base, column, what, values, settings), values)


def _marker(base: str, column: str, what: Summary, values: pd.Series, settings: Settings) -> Marker:
    """The summary's row fitted to its values; that of a marker without a row of its own is made of them."""
    spread = measured.spreads(values.to_frame(column))[column]
    own = MARKERS.get(base) or measured.of_data(base, column, *measured.label_and_unit(column), spread)
    row = summarised(own, what, f"week {settings.landmark_week:g}")
    if base in MARKERS and not isnan(row.lowest):
        return measured.fitted(row, spread)
    made = measured.of_data(row.code, row.column, row.label, row.unit, spread)
    return replace(made, worse=row.worse)


def marker_choices(cohort: Cohort, settings: Settings) -> dict[str, str]:
    """The markers that a menu lists, by code, each once whichever value of it is in use; those under the handles first."""
    codes = (*cohort.handles(settings.handle_codes), *cohort.markers, *followed(cohort, settings))
    bases = dict.fromkeys(base_of(code) if code in cohort.derived_codes else code for code in codes)
    return {code: label_of(cohort, settings, code) for code in bases}


def value_choices(cohort: Cohort, settings: Settings, code: str) -> dict[str, str]:
    """The values that the marker of a code can have under a handle, by code, each under its whole name; one where it has one."""
    base = base_of(code) if code in cohort.derived_codes else code
    codes = {} if not_before(cohort, settings) else offered(cohort, settings, base)
    if len(codes) < 2:
        return {code: cohort.marker(code).label}
    told = {one: name_of(cohort, settings, one) for one in codes}
    return told | {one: f"{label}{AT_BASELINE}" for one, label in told.items() if one == base}


def group_choices(cohort: Cohort, settings: Settings) -> dict[str, str]:
    """Every summary that could make groups, under a handle or not, by code under its whole name; none where none is known then."""
    bases = () if not_before(cohort, settings) else followed(cohort, settings)
    codes = (code for base in bases for code in offered(cohort, settings, base) if parted(code))
    return {code: name_of(cohort, settings, code) for code in codes}
