"""Whether an outcome had happened, at each of several visits in columns of their own: the first yes, else the last answer."""

from __future__ import annotations

import pandas as pd
import pytest
from corpus.builders import table

from cdanalysis.cohort import Cohort
from cdanalysis.reading import open_cohort, read_cohort

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
        (["OS 3 months", "OS 6 months", "OS 12 months"], ()),
    ],
)
def test_columns_of_an_outcome_told_otherwise_stay_as_they_are(headers: list[str], further: tuple[str, ...]) -> None:
    assert set(headers) <= set(map(str, cohort_of(headers, STATES, further).patients.columns))


def test_a_row_of_statistics_below_does_not_hide_the_states() -> None:
    states = [[f"P{n}", str(int(n > 9)), str(int(n > 6))] for n in range(12)]
    rows = [["id", "relapse M6", "relapse M12"], *states, ["Mean", "0.17", "0.42"]]
    cohort = read_cohort(table(rows), file_name="x.csv")
    assert cohort.outcomes["relapse"].n_events == 5
    assert cohort.patients["relapse_months"].round().tolist() == [12] * 10 + [6] * 2


CODED = [tuple({"yes": "1", "no": "2"}.get(cell, "") for cell in one) for one in STATES]


def content_of(headers: list[str], states: list[tuple[str, ...]]) -> bytes:
    rows = [["id", "CRP (mg/L)", *headers], *([f"P{n}", str(3 + n), *one] for n, one in enumerate(states))]
    return table(rows, delimiter=";")


def relapses(cohort: Cohort) -> tuple[list[float | None], list[bool | None]]:
    months = [None if value != value else round(value) for value in cohort.patients["relapse_months"]]
    return months, [None if value is pd.NA else bool(value) for value in cohort.patients["relapse_event"]]


def test_what_1_and_2_mean_is_asked_once() -> None:
    content = content_of(["Relapse M3", "Relapse M6", "Relapse M12"], CODED)
    opened = open_cohort(content, "x.csv")
    (question,) = opened.questions
    assert question.evidence == "1: 4 answers; 2: 8 answers; left out until then"
    assert opened.cohort is not None
    assert not opened.cohort.extra_columns  # visibly left out: nobody's state is taken as a number
    study = opened.study.answered({question.id: "1 = relapse, 2 = no relapse"})
    assert relapses(read_cohort(content, file_name="x.csv", study=study)) == (MONTHS, EVENTS)
    study = opened.study.answered({question.id: "neither: further columns"})
    assert len(read_cohort(content, file_name="x.csv", study=study).extra_columns) == 3


@pytest.mark.parametrize(
    ("headers", "states"),
    [
        (["Relapse M3 (1=yes, 2=no)", "Relapse M6 (1=yes, 2=no)", "Relapse M12 (1=yes, 2=no)"], CODED),
        (["Relapse M3", "Relapse M6", "Relapse M12"], [tuple({"yes": "relapse", "no": "no relapse"}.get(c, "") for c in one)
                                                      for one in STATES]),
        # A header that turns 0 and 1 round.
        (["Relapse M3 (0=yes, 1=no)", "Relapse M6 (0=yes, 1=no)", "Relapse M12 (0=yes, 1=no)"],
         [tuple({"yes": "0", "no": "1"}.get(cell, "") for cell in one) for one in STATES]),
    ],
)  # fmt: skip
def test_what_a_header_or_a_word_says_is_not_asked(headers: list[str], states: list[tuple[str, ...]]) -> None:
    cohort = read_cohort(content_of(headers, states), file_name="x.csv")
    assert not cohort.questions
    assert relapses(cohort) == (MONTHS, EVENTS)


@pytest.mark.parametrize("name", ["relapse_v{}", "Relapse V{}", "Relapse visit {}", "V{} relapse"])
def test_the_weeks_of_numbered_visits_are_asked(name: str) -> None:
    headers = [name.format(number) for number in (1, 2, 3)]
    opened = open_cohort(content_of(headers, STATES), "x.csv")
    (question,) = opened.questions
    assert question.text.startswith("At which weeks were the visits")
    study = opened.study.answered({question.id: "13.045, 26.09, 52.18"})
    cohort = read_cohort(content_of(headers, STATES), file_name="x.csv", study=study)
    assert not cohort.questions
    assert relapses(cohort) == (MONTHS, EVENTS)


def test_one_question_for_the_visits_of_measurements_and_states() -> None:
    headers = ["CDAI_V1", "CDAI_V2", "relapse_V1", "relapse_V2"]
    rows = [("180", "90", "no", "no"), ("200", "160", "no", "yes"), ("220", "100", "no", "no")]
    content = content_of(headers, rows)
    opened = open_cohort(content, "x.csv")
    assert [one.id for one in opened.questions] == ["visits:patients:V1, V2"]
    study = opened.study.answered({"visits:patients:V1, V2": "12, 24"})
    cohort = read_cohort(content, file_name="x.csv", study=study)
    assert cohort.outcomes["relapse"].n_events == 1
    assert sorted(cohort.visits["week"].unique()) == [12, 24]
