"""Adverse events and patient-years cover the same time, whatever ends it, and the events outside are counted and said."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import cdanalysis as cd
from cdanalysis.cohort import Cohort
from cdanalysis.sections.safety.analysis import Safety
from cdanalysis.sections.safety.words import safety_sentence

DAYS_PER_YEAR = 365.25


def cohort(*events: tuple[str, float], ends: tuple[float, ...] = (1.0, 2.0)) -> Cohort:
    """Patients a, b, ... on therapy and followed for so many years, with adverse events at years of therapy."""
    whole, ids = cd.demo_cohort(), list("abcdef"[: len(ends)])
    patients = whole.patients.iloc[: len(ends)].assign(
        patient_id=ids,
        combination_end_days=np.array(ends) * DAYS_PER_YEAR,
        follow_up_days=(np.array(ends) + 1) * DAYS_PER_YEAR,
    )
    rows = [{"patient_id": who, "days": at * DAYS_PER_YEAR, "term": "nausea", "action": "none"} for who, at in events]
    empty = {name: getattr(whole, name).iloc[:0] for name in ("visits", "events", "endoscopy")}
    sheet = pd.DataFrame(rows).reindex(columns=whole.adverse_events.columns)
    return replace(whole, patients=patients, adverse_events=sheet, **empty)


def found_in(one: Cohort, **chosen: object) -> Safety:
    found = cd.analyses.safety(one, cd.Settings(**chosen))
    assert isinstance(found, Safety)
    return found


EVENTS = (("a", 0.5), ("a", 1.5), ("b", -0.1), ("b", 0.25), ("b", 1.75))


@pytest.mark.parametrize(
    ("chosen", "n_events", "years", "n_outside"),
    [
        ({}, 3, 3.0, 2),  # not before day 0, not after the therapy's end
        ({"adverse_event_end": "last-follow-up"}, 4, 5.0, 1),
        ({"horizon_months": 6}, 2, 1.0, 3),
        ({"horizon_months": 18, "adverse_event_end": "last-follow-up"}, 3, 3.0, 2),
    ],
)
def test_events_are_those_of_the_patient_years(
    chosen: dict[str, object], n_events: int, years: float, n_outside: int
) -> None:
    found = found_in(cohort(*EVENTS), **chosen)
    assert (found.any_event.n_events, found.n_outside) == (n_events, n_outside)
    assert found.patient_years == pytest.approx(years)
    assert found.any_event.per_100_years.value == pytest.approx(100 * n_events / years)
    (only,) = found.terms
    assert only.n_events == n_events
    told = safety_sentence(found, cd.Settings(**chosen))
    assert f"{n_outside} further event{'' if n_outside == 1 else 's'} outside that time" in told


def test_the_bundled_cohort_stopped_at_six_months() -> None:
    """34 events in 60.4 patient-years; all 90 over the same years would be 149.1 per 100."""
    found = cd.analyses.safety(cd.demo_cohort(), cd.Settings(horizon_months=6))
    assert round(found.any_event.per_100_years.value, 1) == 56.3
    assert found.n_stopped <= found.any_event.n_patients


def test_a_patient_without_an_end_was_never_observed() -> None:
    found = found_in(cohort(("a", 0.5), ("c", 0.5), ends=(1.0, 2.0, np.nan)))
    assert (found.any_event.n_events, found.n_outside) == (1, 1)
    assert found.patient_years == pytest.approx(3.0)


def test_several_events_of_a_patient_widen_the_interval_and_one_each_do_not_ask_for_it() -> None:
    together = found_in(cohort(*[("a", 0.1 * k) for k in range(1, 9)], ends=(1.0,) * 4)).any_event
    assert together.by_patient.value == pytest.approx(together.per_100_years.value)
    assert together.by_patient.upper > together.per_100_years.upper
    assert "by patient" in safety_sentence(found_in(cohort(("a", 0.1), ("a", 0.2))), cd.Settings())
    assert found_in(cohort(("a", 0.5), ("b", 0.5))).any_event.by_patient is None


def test_a_rounded_end_reaches_to_every_adverse_event_of_its_day() -> None:
    """Therapy stated to end after 1 year, to half a month: the second event, which ended it, comes ten days later."""
    one = cohort(("a", 0.2), ("a", 1 + 10 / DAYS_PER_YEAR), ("b", 2 + 20 / DAYS_PER_YEAR))
    rounded = replace(one, patients=one.patients.assign(combination_end_tolerance_days=15.2))
    found = found_in(rounded)
    assert (found.any_event.n_events, found.n_outside) == (2, 1)
    assert found.patient_years == pytest.approx(3 + 10 / DAYS_PER_YEAR)
