"""Whether an outcome had happened, at each of several visits in columns of their own: the first yes, else the last answer."""

from __future__ import annotations

import pandas as pd
import pytest
from corpus.builders import table

from cdanalysis.cohort import Cohort
from cdanalysis.reading import read_cohort

STATES = [
    ("no", "yes", "yes"),
    ("no", "no", ""),
    ("no", "no", "no"),
    ("yes", "", "no"),
    ("", "", ""),
    ("", "no", "yes"),
]
MONTHS = [6, 6, 12, 3, None, 12]
EVENTS = [True, False, False, True, None, True]


def cohort_of(headers: list[str], states: list[tuple[str, ...]], further: tuple[str, ...] = ()) -> Cohort:
    rows = [["id", "CRP (mg/L)", *headers, *further]]
    rows += [[f"P{n}", str(3 + n), *one, *("5" for _ in further)] for n, one in enumerate(states)]
    return read_cohort(table(rows), file_name="x.csv")


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        (["Relapse M3", "Relapse M6", "Relapse M12"], "relapse"),
        (["relapse_12m", "relapse_3m", "relapse_6m"], "relapse"),
        (["Rezidiv nach 3 Monaten", "Rezidiv nach 6 Monaten", "Rezidiv nach 12 Monaten"], "recurrence"),
        (["Flare by month 3 (0/1)", "Flare by month 6 (0/1)", "Flare by month 12 (0/1)"], "flare"),
        (["Surgery at 3 months", "Surgery at 6 months", "Surgery at 12 months"], "surgery"),
    ],
)
def test_the_time_is_that_of_the_first_yes(headers: list[str], code: str) -> None:
    order = [2, 0, 1] if headers[0] == "relapse_12m" else [0, 1, 2]  # by their times, not by their places
    cohort = cohort_of(headers, [tuple(one[at] for at in order) for one in STATES])
    patients = cohort.patients
    assert [None if value != value else round(value) for value in patients[f"{code}_months"]] == MONTHS
    assert [None if value is pd.NA else bool(value) for value in patients[f"{code}_event"]] == EVENTS
    assert cohort.outcomes[code].n_events == 3
    assert not cohort.questions
    assert not cohort.extra_columns
    assert any("put together, the time being that of the first yes" in fault.found for fault in cohort.faults)


def test_free_of_it_ends_with_the_first_no() -> None:
    turned = [tuple({"yes": "no", "no": "yes"}.get(cell, "") for cell in one) for one in STATES]
    cohort = cohort_of(["relapse-free at M3", "relapse-free at M6", "relapse-free at M12"], turned)
    assert [None if value != value else round(value) for value in cohort.patients["relapse_months"]] == MONTHS
    assert cohort.outcomes["relapse"].n_events == 3


@pytest.mark.parametrize(
    ("headers", "further"),
    [
        (["relapse_3m", "relapse_6m", "relapse_12m"], ("relapse_months",)),
        (["Remission W8", "Remission W24", "Remission W52"], ()),
        (["Relapse M3", "Flare M6", "Colectomy M12"], ()),
    ],
)
def test_columns_of_an_outcome_told_otherwise_stay_as_they_are(headers: list[str], further: tuple[str, ...]) -> None:
    assert set(headers) <= set(map(str, cohort_of(headers, STATES, further).patients.columns))
