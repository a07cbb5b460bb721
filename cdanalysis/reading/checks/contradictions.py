"""What the file says twice and not alike, each value possible by itself: said by row, and asked where it can be two things."""

from collections.abc import Mapping, Sequence

import pandas as pd

from cdanalysis.reading.checks.frames import by_patient
from cdanalysis.reading.checks.order import TOLERANCE_DAYS, said_of_rows, said_where
from cdanalysis.reading.checks.same_day import NOT_MEASURED
from cdanalysis.reading.questions import Asking
from cdanalysis.reading.sheets.ids import loosened
from cdanalysis.reading.warned import counted, warned
from cdanalysis.results import Fault, StatedOutcome
from cdanalysis.units import DAYS_PER_MONTH

ROUNDED = 0.011  # of the value: the same number with fewer digits
SHORT_DAYS, SHORT_SHARE = 183.0, 0.5  # censored so long before the end of follow-up, and before this share of it
MOSTLY = 0.5  # of those without the event: then the two ends are of different clocks
DEATHS = ("death", "os")
LEAST_FOLLOWED = 2  # patients censored at 0, though they were followed
TIME_OF_0, NOT_KNOWN = "a time of 0", "not known"


def at_start(visits: pd.DataFrame, patients: pd.DataFrame) -> list[Fault]:
    """Measurements of the patients that are not those of their visit on day 0; patients holds `row`."""
    first = visits[visits["days"] == 0].drop_duplicates("patient_id", keep="last").set_index("patient_id")
    faults: list[Fault] = []
    for name in [column for column in visits.columns if column not in NOT_MEASURED and column in patients]:
        stated = by_patient(patients, name).astype(float)
        seen = first[name].astype(float).reindex(stated.index)
        differing = ((stated - seen).abs() > ROUNDED * stated.abs()).to_numpy()
        if not differing.any():
            continue
        rows = patients[differing].set_index("patient_id")
        pairs = list(zip(rows["row"], stated[differing], seen[differing], strict=True))
        told = [f"{one:g}, and {other:g} at the visit of day 0{_of(pairs, one, other)}" for _, one, other in pairs]
        faults += said_of_rows("patients", name, rows, pd.Series(told, rows.index), "the value of the visit on day 0")
    return faults


def _of(pairs: Sequence[tuple[int, float, float]], stated: float, seen: float) -> str:
    """Whose value stands there, where two patients' visits seem to be exchanged."""
    rows = [row for row, one, other in pairs if (one, other) == (seen, stated) and one != other]
    return f", which is that of row {rows[0]}: are their visits exchanged?" if len(rows) == 1 else ""


ID, ONE, TWO = "patient_id", "one patient: the first row counts", "two patients"


def in_one_writing(frames: Mapping[str, pd.DataFrame], asking: Asking) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
    """The frames with `P01` as `p01` where the reader says that both rows of the patients' sheet are of one patient."""
    held = frames["patients"][["row", ID]].dropna()
    held = held[~held[ID].duplicated()]
    keys = held[ID].map(loosened)
    alike = held[keys.duplicated(keep=False)]
    if alike.empty:
        return dict(frames), []
    first = {key: one for key, one in zip(keys[::-1], held[ID][::-1], strict=True)}
    one, other = (alike[ID][keys[alike.index] == keys[alike.index[0]]].iloc[place] for place in (0, 1))
    n = len(alike) - keys[alike.index].nunique()
    more = f", and {n - 1} more," if n > 1 else ""
    text = f"{one} and {other}{more} differ in capitals, blanks or zeros only. One patient or two?"
    answer = asking.ask(
        "capitals", "patients", ID, text, (ONE, TWO), f"{n} of {len(held)} patients; counted as others until then"
    )
    if answer == TWO:
        return dict(frames), []
    if answer is None:
        found = pd.Series("differs from another identifier in capitals, blanks or zeros only", alike.index)
        return dict(frames), said_of_rows("patients", ID, alike, found, "another identifier, or one row per patient")
    same = {one: first[key] for one, key in zip(held[ID], keys, strict=True)}
    return {
        sheet: frame.assign(**{ID: frame[ID].map(same).fillna(frame[ID])}) if ID in frame else frame
        for sheet, frame in frames.items()
    }, []


def times(
    patients: pd.DataFrame, outcomes: Sequence[StatedOutcome], asking: Asking
) -> tuple[pd.DataFrame, list[Fault]]:
    """The patients without the times of 0 that stand for "not known", as answered; said of them and of early censoring."""
    whole, faults = patients, []
    for one in outcomes:
        months, event = f"{one.code}_months", f"{one.code}_event"
        if months not in whole or event not in whole:
            continue
        happened = whole[event].fillna(False).astype(bool)
        zero, end = whole[months] == 0, whole["follow_up_days"] / DAYS_PER_MONTH
        followed = zero & whole[event].eq(False).fillna(False).astype(bool) & (end > 0)
        doubtful = (zero & happened).any() or followed.sum() >= LEAST_FOLLOWED
        if doubtful and _answer(one, zero, happened, asking) == NOT_KNOWN:
            whole = whole.assign(**{months: whole[months].mask(zero).mask(followed, end)})
        elif zero.any():
            found = f"{int(zero.sum())} × a time of 0, {int((zero & happened).sum())} with {one.label}"
            faults.append(warned("patients", found, "a time above 0, or nothing where it is not known", column=months))
        faults += _censored_early(whole, months, whole[event].eq(False).fillna(False).astype(bool))
    return whole, [*faults, *_after_death(whole, outcomes)]


def _after_death(patients: pd.DataFrame, outcomes: Sequence[StatedOutcome]) -> list[Fault]:
    """Rows in which something happened to a patient after a death that the file states too."""
    timed = [one.code for one in outcomes if {f"{one.code}_months", f"{one.code}_event"} <= set(patients.columns)]
    died = [code for code in timed if code in DEATHS]
    faults: list[Fault] = []
    for code in [code for code in timed if died and code not in DEATHS]:
        happened = patients[f"{code}_event"].fillna(False).astype(bool) & patients[f"{died[0]}_event"].fillna(False)
        after = (patients[f"{code}_months"] - patients[f"{died[0]}_months"]) * DAYS_PER_MONTH
        late, accepted = happened.astype(bool) & (after > TOLERANCE_DAYS), "a time up to the patient's death"
        faults += said_where("patients", patients, late, f"{code}_months", after, "{:.0f} days after death", accepted)
    return faults


def _answer(one: StatedOutcome, zero: pd.Series, happened: pd.Series, asking: Asking) -> str | None:
    """What a time of 0 means; it is used as it stands until that is answered."""
    n, n_events = int(zero.sum()), int((zero & happened).sum())
    column = one.headers[-1] if one.headers else f"{one.code}_months"
    text = f"{column}: the time is 0 in {counted(n, 'patient')}, {n_events} with {one.label}. What does 0 mean?"
    evidence = f"{n} of {counted(zero.size, 'patient')}; used as a time of 0 until then"
    return asking.ask("zero", "patients", column, text, (TIME_OF_0, NOT_KNOWN), evidence)


def _censored_early(patients: pd.DataFrame, months: str, free: pd.Series) -> list[Fault]:
    """Rows that are censored long before their end of follow-up; said of the column where most are."""
    end, days = patients["follow_up_days"], patients[months] * DAYS_PER_MONTH
    short = free & (end - days > SHORT_DAYS) & (days < SHORT_SHARE * end)
    accepted = "a time without the event up to the end of follow-up"
    if short.sum() > MOSTLY * (free & end.notna() & days.notna()).sum():
        found = (
            f"{int(short.sum())} of {int(free.sum())} without the event are censored long before their end of follow-up"
        )
        return [warned("patients", found, accepted, column=months)]
    told = "censored {:.0f} days before the end of follow-up"
    return said_where("patients", patients, short, months, end - days, told, accepted)
