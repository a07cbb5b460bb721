"""Facts 14 and 15: what lifelines takes without a word is refused, left out or said; the median is the definition's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from math import isnan
from typing import Any

import numpy as np
import pandas as pd
import pytest

import cdanalysis as cd
from cdanalysis.results import NotEstimable
from cdanalysis.sections.survival.competing.tables import incidence_numbers, incidence_table
from cdanalysis.sections.survival.competing.words import competing_alt, competing_sentence
from cdanalysis.sections.survival.tables import survival_at, survival_numbers
from cdanalysis.sections.survival.words import key_figures, survival_sentence
from cdanalysis.statistics.competing.competing_risks import aalen_johansen
from cdanalysis.statistics.cox.cox_batch import cox_batch
from cdanalysis.writing.figure_text import survival_alt

TIME, EVENT = [3.0, 5.0, 7.0, 9.0, 11.0, 13.0], [1, 0, 1, 1, 0, 1]
GROUPS, X = list("aababb"), pd.DataFrame({"x": [0.0, 1, 1, 0, 1, 0]})
# Every function of the public face that takes times and events.
TAKE: dict[str, Callable[[Any, Any], Any]] = {
    "kaplan_meier": lambda time, event: cd.kaplan_meier(time, event, GROUPS),
    "logrank": lambda time, event: cd.logrank(time, event, GROUPS),
    "cox": lambda time, event: cd.cox(time, event, X),
    "cox_batch": lambda time, event: cox_batch(time, event, X.to_numpy()[None]),
    "firth_cox": lambda time, event: cd.firth_cox(time, event, X),
    "rmst": lambda time, event: cd.rmst(time, event, GROUPS, horizon=8),
    "cutoff_scan": lambda time, event: cd.cutoff_scan(time, event, [1.0, 2, 3, 4, 5, 6]),
    "proportional_hazards": lambda time, event: cd.proportional_hazards(time, event, X),
}
WRONG_EVENTS = {
    "1 and 2": [1, 2, 1, 2, 2, 1],
    "0, 1 and 2": [0, 1, 2, 0, 1, 2],
    "-1": [1, 0, -1, 1, 0, 1],
    "a half": [1, 0, 0.5, 1, 0, 1],
    "missing": [1, 0, np.nan, 1, 0, 1],
    "texts": ["1", "0", "1", "1", "0", "1"],
}
DAY = datetime(2020, 1, 1)
WRONG_TIMES = {
    "negative": [-1.0, *TIME[1:]],
    "missing": [np.nan, *TIME[1:]],
    "infinite": [np.inf, *TIME[1:]],
    "datetimes": [DAY + timedelta(days) for days in TIME],
    "numpy's datetimes": pd.Series([DAY + timedelta(days) for days in TIME]),
    "spans": pd.Series([timedelta(days) for days in TIME]),
    "texts": [str(time) for time in TIME],
}


@pytest.mark.parametrize("name", TAKE)
def test_the_same_call_with_sound_values_answers(name: str) -> None:
    assert TAKE[name](TIME, EVENT) is not None


@pytest.mark.parametrize("wrong", WRONG_EVENTS)
@pytest.mark.parametrize("name", TAKE)
def test_an_event_that_is_not_0_or_1_is_refused_by_name(name: str, wrong: str) -> None:
    with pytest.raises(ValueError, match="event"):
        TAKE[name](TIME, WRONG_EVENTS[wrong])


@pytest.mark.parametrize("wrong", WRONG_TIMES)
@pytest.mark.parametrize("name", TAKE)
def test_a_time_that_is_no_duration_is_refused_by_name(name: str, wrong: str) -> None:
    with pytest.raises(ValueError, match="time"):
        TAKE[name](WRONG_TIMES[wrong], EVENT)


@pytest.mark.parametrize("codes", [[-1, 0, 1], [0.5, 0, 1], [np.nan, 0, 1]])
def test_a_type_of_event_is_a_whole_number_from_0(codes: list[float]) -> None:
    with pytest.raises(ValueError, match="event_type"):
        aalen_johansen([1, 2, 3], codes)


def csv(events: str, months: str = "5 6 7 8") -> cd.reading.cohort.Cohort:
    """A flat cohort of four with these codes and times."""
    lines = [f"P{i},3,40,{m},{e}" for i, (m, e) in enumerate(zip(months.split(), events.split(), strict=True))]
    header = "patient_id,crp_mg_per_l,follow_up_months,relapse_months,relapse_event"
    return cd.read_cohort("\n".join([header, *lines]).encode())


@pytest.mark.parametrize(
    ("events", "kept"),
    [("1 2 1 2", 0), ("0 1 2 1", 3), ("0 1 -1 1", 3), ("0 1 0.5 1", 3), ("2 2 2 2", 0)],
)
def test_a_code_of_a_file_that_is_no_yes_or_no_is_a_fault_and_nobodys_event(events: str, kept: int) -> None:
    cohort = csv(events)
    assert cohort.patients["relapse_event"].notna().sum() == kept
    assert any(fault.column == "relapse_event" for fault in cohort.faults)


@pytest.mark.parametrize(("months", "kept"), [("-1 6 7 8", 3), ("5 6 7 inf", 3), ("5 6 7 1e400", 3)])
def test_a_time_of_a_file_that_cannot_be_is_a_fault_and_missing(months: str, kept: int) -> None:
    cohort = csv("0 1 0 1", months)
    assert cohort.patients["relapse_months"].notna().sum() == kept
    assert any(fault.column == "relapse_months" and fault.row for fault in cohort.faults)


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA])
def test_a_missing_group_is_no_group(missing: object) -> None:
    """lifelines makes it one of its own: a test on two degrees of freedom."""
    groups = pd.Series([*GROUPS[:5], missing], dtype=object)
    rest = cd.logrank(TIME[:5], EVENT[:5], GROUPS[:5])
    found = cd.logrank(TIME, EVENT, groups)
    assert found.df == 1
    assert (found.statistic, found.p_value) == pytest.approx((rest.statistic, rest.p_value))
    assert [curve.n for curve in cd.kaplan_meier(TIME, EVENT, groups).curves] == [3, 2]


def test_survival_beyond_the_follow_up_is_not_claimed() -> None:
    """lifelines carries the last value on; R refuses."""
    result = cd.kaplan_meier([5, 10, 15, 20], [1, 0, 1, 0], at=[12, 20, 25, 1_000])
    assert [one.observed for one in result.at] == [True, True, False, False]
    shown = survival_at(result)
    assert shown.iloc[:2, 2].str.contains("%").all()
    assert shown.iloc[2:, 2].tolist() == ["not observed"] * 2
    numbers = survival_numbers(result)[["survival", "lower", "upper"]]
    assert numbers.notna().all(axis=1).tolist() == [True, True, False, False]
    ended = cd.kaplan_meier([1, 2], [1, 1], at=[3]).at[0]
    assert ended.observed  # nobody is left: survival is 0 from there on
    assert ended.survival.value == 0


def test_the_page_does_not_claim_it_either() -> None:
    found = cd.analyses.survival(csv("0 1 1 0"), cd.Settings(at_months="6,100"))
    told = survival_sentence(found, cd.Settings(at_months="6,100"))
    assert "not observed at 100 months" in told
    assert "% at 6 months" in told
    assert "not observed at 100 months" in survival_alt(found.kaplan_meier, outcome="relapse")


def test_months_beyond_the_follow_up_are_told_together_and_are_no_key_figure() -> None:
    settings = cd.Settings(at_months="3,6,100,200,300")
    found = cd.analyses.survival(csv("0 1 1 0"), settings)
    assert "% at 6 months, not observed at 100, 200 and 300 months;" in survival_sentence(found, settings)
    assert [what for _, what in key_figures(found)[3:]] == [
        "Free of relapse at 3 months",
        "Free of relapse at 6 months",
    ]
    nobody = cd.analyses.survival(csv("0 1 1 0"), cd.Settings(at_months="100,200"))
    assert key_figures(nobody)[3:] == (("not observed", "Free of relapse at 100 months"),)


def test_a_restricted_mean_beyond_the_follow_up_is_not_estimable() -> None:
    """lifelines gives 1,872 months of a follow-up of 48."""
    for found in cd.rmst(TIME, [1, 0, 1, 0, 0, 0], horizon=10_000).groups:
        assert isinstance(found.rmst, NotEstimable)
        assert "not to 10000" in found.rmst.reason
    assert cd.rmst([1, 2], [1, 1], horizon=10_000).groups[0].rmst.value == pytest.approx(1.5)


@pytest.mark.parametrize("ties", ["efron", "breslow"])
def test_a_covariate_that_orders_the_times_has_no_hazard_ratio(ties: str) -> None:
    """Monotone likelihood: lifelines gives 2.65 (1.91-3.68), P 5e-9; R 2.5e7 (0-Inf) and a warning."""
    time = np.arange(1.0, 61)
    found = cd.cox(time, np.ones(60), pd.DataFrame({"x": -time}), ties=ties)
    assert isinstance(found, NotEstimable)
    assert found.reason
    batch = cox_batch(time, np.ones(60), -time[None, :, None], ties=ties)
    assert not batch.estimable.any()
    assert np.isnan(batch.coef).all()


@pytest.mark.parametrize("n", [10, 20, 30, 60, 90, 97 * 2, 250])
def test_the_median_of_untied_events_is_the_middle_whatever_the_rounding(n: int) -> None:
    """Fact 15: S is 0.5000000000000002 at 30 of 60 by rounding; lifelines says 31, R 30.5."""
    time = np.arange(1.0, n + 1)
    assert cd.kaplan_meier(time, np.ones(n)).curves[0].median.value == n / 2 + 0.5


def test_half_is_missed_by_rounding_in_the_cases_above() -> None:
    """Otherwise they would say nothing of the tolerance."""
    halves = [cd.kaplan_meier(np.arange(1.0, n + 1), np.ones(n)).curves[0].survival[n // 2 - 1] for n in (60, 90, 194)]
    assert any(half > 0.5 for half in halves)
    assert all(abs(half - 0.5) < 1e-12 for half in halves)
    assert not isnan(sum(halves))


def test_an_incidence_beyond_the_follow_up_is_not_claimed_either() -> None:
    settings = cd.Settings(at_months="6,590")
    found = cd.analyses.competing(cd.demo_cohort(), settings)
    shown = incidence_table(found, 0.95)
    assert "%" in shown.iloc[0, 2]
    assert shown.iloc[1, 2:6].tolist() == ["not observed"] * 4
    assert incidence_numbers(found).iloc[1, 2:9].isna().all()
    assert "590 months" not in competing_alt(found)
    assert "590 months" not in competing_sentence(found, settings)
