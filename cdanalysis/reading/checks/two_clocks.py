"""An end that the file states twice, as a duration and by two dates: where they lie apart as two units of time do, it is asked
which is right; where few rows differ they are said; and a time at whose end patients would be older than anybody is said.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cdanalysis.dictionary.outcomes import column_of
from cdanalysis.reading.checks.order import said_where
from cdanalysis.reading.headers.rows import MatchRow
from cdanalysis.reading.headers.units.unit_words import LASTING
from cdanalysis.reading.questions import Asking
from cdanalysis.reading.warned import warned
from cdanalysis.results import Fault, StatedOutcome
from cdanalysis.units import DAYS_PER_MONTH

ENDS = {"follow_up_months": "last_follow_up_date", "combination_end_months": "combination_end_date"}
LEAST = 5  # patients with both
NEAR = 1.15  # times a factor between two units, or a part of it, as a patient's two ends lie apart
MOSTLY = 0.5  # of the patients
APART_DAYS, APART_SHARE = 45.0, 0.1  # between two ends of a patient: more than rounding makes
BY_DATES, AS_STATED = "the dates", "the duration"
OLDEST, LEAST_OLD = 105.0, 2  # years, and patients
FACTORS = tuple(one / other for one in LASTING.values() for other in LASTING.values() if one != other)


def of_one_clock(patients: pd.DataFrame, rows: Sequence[MatchRow], asking: Asking) -> tuple[pd.DataFrame, list[Fault]]:
    """The patients without the one of two clocks that is wrong, as answered, and without either until then."""
    faults: list[Fault] = []
    for months, day in ENDS.items():
        if not {months, day, "start_date"} <= set(patients.columns):
            continue
        stated, dated = patients[months] * DAYS_PER_MONTH, patients[day] - patients["start_date"]
        both = (stated > 0) & (dated > 0)
        factor = _factor((stated[both] / dated[both]).to_numpy(float))
        if factor is None:
            faults += _differing(patients, months, stated, dated)
            continue
        answer = _answer(months, patients, dated[both], rows, factor, asking)
        patients = patients if answer == AS_STATED else patients.assign(**{months: np.nan})
        patients = patients if answer == BY_DATES else patients.assign(**{day: np.nan})
    return patients, faults


def _factor(ratios: np.ndarray) -> float | None:
    """The factor between two units of time by which most durations are the dates'; None where they are not."""
    if len(ratios) < LEAST:
        return None
    middle = float(np.median(ratios))
    near = next((one for one in FACTORS if one / NEAR <= middle <= one * NEAR), None)
    alike = (ratios / middle >= 1 / NEAR) & (ratios / middle <= NEAR)
    return near if near is not None and alike.mean() > MOSTLY else None


def _answer(
    months: str, patients: pd.DataFrame, dated: pd.Series, rows: Sequence[MatchRow], factor: float, asking: Asking
) -> str | None:
    header = next((row.header for row in rows if row.column == months), months)
    known = patients.loc[dated.index, months]
    text = (
        f"{header}: by it a patient is followed {known.median():.3g} months (median), by the dates "
        f"{dated.median() / DAYS_PER_MONTH:.3g}, as if the unit were another. Which is right?"
    )
    evidence = f"{len(dated)} patients with both, {max(factor, 1 / factor):.3g} times apart; neither is used until then"
    return asking.ask("two clocks", "patients", header, text, (BY_DATES, AS_STATED), evidence)


def _differing(patients: pd.DataFrame, months: str, stated: pd.Series, dated: pd.Series) -> list[Fault]:
    """What is said of the rows whose duration is not that of their dates, which is the one that is used."""
    apart = (stated - dated).abs()
    differing = apart > np.maximum(APART_DAYS, APART_SHARE * dated.abs())
    told = "{:.0f} days from what the dates make it; used as it stands"
    if differing.sum() <= MOSTLY * (stated.notna() & dated.notna()).sum():
        return said_where("patients", patients, differing, months, apart, told, "the time between the dates")
    said = f"{int(differing.sum())} × not the time between the dates, {apart[differing].median():.0f} days from it (median)"
    return [warned("patients", f"{said}; used as it stands", "the time between the dates", column=months)]


def too_old(patients: pd.DataFrame, outcomes: Sequence[StatedOutcome]) -> list[Fault]:
    """A time, or the follow-up, at whose end several patients would be older than anybody."""
    if "age_years" not in patients:
        return []
    columns = ["follow_up_months", *(column_of(one.code, "months") for one in outcomes)]
    faults = []
    for column in [name for name in columns if name in patients]:
        old = patients["age_years"] + patients[column].astype(float) / 12
        n = int((old > OLDEST).sum())
        if n >= LEAST_OLD:
            header = next(
                (one.headers[0] for one in outcomes if column == column_of(one.code, "months") and one.headers), column
            )
            said = f"{n} patients would be up to {old.max():.0f} years old at its end: is its unit right?"
            faults.append(warned("patients", said, "a time within a life", column=header))
    return faults
