"""`yes, 5 months`, `no (24 mo)`, `relapse at 14 wk`: whether it happened, and when, of one cell."""

from __future__ import annotations

import pytest
from corpus.builders import table

from cdanalysis.cohort import Cohort
from cdanalysis.reading import read_cohort

TIMES = [5, 24, 3.5, 18, 11, 30, 7, 9.5]
HAPPENED = [1, 0, 1, 0, 1, 0, 0, 1]


def cohort_of(header: str, yes: str, no: str, *, further: str = "") -> Cohort:
    cells = [(yes if one else no).format(time) for time, one in zip(TIMES, HAPPENED, strict=True)]
    head = ["id", "CRP (mg/L)", header, *filter(None, [further])]
    rows = [[f"P{n}", 3 + n, cell, *(["40"] if further else [])] for n, cell in enumerate(cells)]
    return read_cohort(table([head, *rows], delimiter=";"), file_name="x.csv")


@pytest.mark.parametrize(
    ("header", "yes", "no"),
    [
        ("Relapse", "yes, {} months", "no ({} mo)"),
        ("Relapse", "yes - {} mo", "no - {} mo"),
        ("Relapse", "+ ({} mo)", "- ({} mo)"),
        ("Relapse", "1 ({} months)", "0 ({} months)"),
        ("Relapse", "ja, nach {} Monaten", "nein, {} Monate"),
        ("复发", "是，{}个月", "否，{}个月"),
        ("复发", "复发（{}个月）", "未复发（{}个月）"),
        ("Outcome", "relapse at {} months", "censored at {} months"),
        ("Outcome", "relapse, month {}", "no relapse until {} months"),
        ("Status", "relapsed after {} mo", "lost to follow-up after {} mo"),
        ("Relapse", "yes: {} mo", "no, followed for {} months"),
        ("Relapse (months)", "yes ({})", "no ({})"),
    ],
)
def test_the_word_and_its_time(header: str, yes: str, no: str) -> None:
    cohort = cohort_of(header, yes, no)
    assert not cohort.questions
    patients = cohort.patients
    assert patients["relapse_months"].tolist() == TIMES
    assert patients["relapse_event"].astype(int).tolist() == HAPPENED
    assert any("a time behind its word" in fault.found for fault in cohort.faults)
    assert not any("missing code" in fault.found for fault in cohort.faults)


def test_those_without_a_time_are_free_of_it_up_to_their_last_follow_up() -> None:
    cohort = cohort_of("Relapse", "yes, after {} wk", "no", further="follow-up (months)")
    expected = [round(time * 7 / 30.4375, 4) if one else 40 for time, one in zip(TIMES, HAPPENED, strict=True)]
    assert cohort.outcomes["relapse"].n_events == 4
    times = cohort.patients["relapse_months"].fillna(40)
    assert [round(time, 4) for time in times] == expected


@pytest.mark.parametrize(
    ("header", "yes", "no", "further"),
    [
        ("Flare", "yes, {} months", "no", ""),  # how long it lasted, as well
        ("Hospitalization", "yes, after {} months", "no ({} months)", ""),  # before the start, as well
        ("Steroids", "yes, {} months", "no", ""),
        ("Relapse", "yes, {} times", "no", ""),
        ("Relapse", "yes, {} months", "no ({} mo)", "time to relapse (months)"),
    ],
)
def test_what_may_be_another_time_is_a_remark(header: str, yes: str, no: str, further: str) -> None:
    cohort = cohort_of(header, yes, no, further=further)
    assert not any("a time behind its word" in fault.found for fault in cohort.faults)
    assert any("the remark kept beside it" in fault.found for fault in cohort.faults)
