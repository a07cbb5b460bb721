"""What the sections count, on a few patients whose numbers are counted by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from meaning.ascii_cohort import draw_cohort

from cdanalysis.cohort import Cohort
from cdanalysis.demo import demo_cohort
from cdanalysis.outcomes import endpoints
from cdanalysis.outcomes.covariates import Covariate
from cdanalysis.outcomes.endpoints.recurrent import Recurrent
from cdanalysis.outcomes.markers import put_under_handle
from cdanalysis.reading.checks.frames import cohort_from_frames
from cdanalysis.results import Estimate, NotEstimable, StatedOutcome
from cdanalysis.sections.flow.set_up.analysis import _marker, offered
from cdanalysis.sections.models.words import few_events, nearer_fit
from cdanalysis.sections.predictors.analysis import predictors
from cdanalysis.sections.predictors.moving_curves import risk_table_times
from cdanalysis.sections.predictors.moving_cutoff import moving_cutoff
from cdanalysis.sections.predictors.per_patient import per_patient
from cdanalysis.sections.predictors.subgroups.analysis import _halves
from cdanalysis.sections.reproduction.printed_text import parse_line
from cdanalysis.sections.reproduction.ratio_sheet import ratios_in
from cdanalysis.sections.response.states.analysis import ACTIVE, ENDED, NOT_SEEN, states
from cdanalysis.sections.survival.each_patient.analysis import MOST_LANES, each_patient
from cdanalysis.sections.survival.group_comparison import compare_groups
from cdanalysis.sections.survival.grouping import Grouping
from cdanalysis.sections.survival.recurrent.analysis import _group, _mean_at, _steps
from cdanalysis.sections.survival.rules.analysis import relapse_rules
from cdanalysis.sections.survival.tables import NAMES
from cdanalysis.settings import Settings
from cdanalysis.statistics.curves.logrank import logrank
from cdanalysis.statistics.recurrent.mean_cumulative import mean_cumulative
from cdanalysis.statistics.time_axis import observed
from cdanalysis.units import DAYS_PER_MONTH

NAN = float("nan")

COURSES = """
    patient | day | cdai | event
    A       |   0 |  300 |
    A       |  42 |  100 |
    A       | 168 |  100 |
    A       | 300 |  300 |
    B       |   0 |  300 |
    B       |  42 |  210 |
    B       | 168 |  140 |
    B       | 168 |      | fistula
    B       | 260 |      | abscess
    C       |   0 |  300 |
    C       | 168 |  290 |
    D       |   0 |  300 |
    D       | 100 |      | end
"""


# --- Survival ---------------------------------------------------------------------------------------------------------


def test_patients_with_one_and_with_several_events_are_counted() -> None:
    # A three events in 24 months, B one in 12, C none in 12: 4 events in 4 years; D of another group.
    patients = pd.DataFrame({"patient_id": list("ABCD"), "end_months": [24.0, 12.0, 12.0, 6.0]})
    events = pd.DataFrame({"patient_id": list("AAABD"), "months": [1.0, 2.0, 24.0, 6.0, 3.0]})
    endpoint = Recurrent("x", "flare", "", patients, events, (), "", 0)
    mine = np.array([True, True, True, False])
    end = {"A": 24.0, "B": 12.0, "C": 12.0}
    curves = mean_cumulative(list("AAAB"), [1.0, 2.0, 24.0, 6.0], end=end)
    assert not isinstance(curves, NotEstimable)
    curve = curves.curves[0]
    found = _group(endpoint, curve, mine, (0.5, 6.0, 24.0, 25.0), Settings())
    assert (found.n, found.n_events, found.n_with, found.n_several) == (3, 4, 2, 1)
    assert found.rate.value == pytest.approx(100)
    assert [one.value if one else None for one in found.means] == [0, pytest.approx(1), pytest.approx(2), None]
    assert _mean_at(curve, 1.0).value == pytest.approx(1 / 3)
    steps = _steps(curve, np.array([24.0, 12.0, 12.0]), (0.0, 12.0, 12.5, 24.0))
    assert (steps.time[0], steps.time[-1], steps.n_at_risk) == (0.0, 24.0, (3, 3, 1, 1))
    assert len(steps.time) == len(curve.mean) + 2


def test_each_patient_has_a_lane_with_what_happened_after_time_zero() -> None:
    cohort = draw_cohort(COURSES)
    ended = cohort.patients.assign(combination_end_days=[268.0, NAN, NAN, NAN])
    found = each_patient(replace(cohort, patients=ended), Settings())
    assert not isinstance(found, NotEstimable)
    assert (found.n, [lane.number for lane in found.lanes], found.kinds) == (2, [1, 2], ("fistula", "abscess"))
    abscess, cdai = found.lanes  # B on day 260, A on day 300: 92 and 132 days after the landmark
    days = [round(one * DAYS_PER_MONTH, 6) for one in (abscess.months, cdai.months, cdai.followed, cdai.therapy_end)]
    assert days == [92, 132, 832, 100]
    assert [(kind, round(month * DAYS_PER_MONTH, 6)) for kind, month in abscess.marks] == [
        ("fistula", 0),
        ("abscess", 92),
    ]
    assert np.isnan(abscess.therapy_end)
    assert cdai.marks == ()


def test_of_many_patients_every_so_many_th_has_a_lane() -> None:
    n = MOST_LANES + 1
    frame = pd.DataFrame(
        {"patient_id": [f"P{i:03}" for i in range(n)], "death_months": np.arange(n) + 1.0, "death_event": True}
    )
    found = each_patient(_stating(frame), Settings(outcome="death"))
    assert not isinstance(found, NotEstimable)
    assert (found.n, len(found.lanes), found.lanes[0].months, found.lanes[-1].months) == (n, MOST_LANES, 1, n)
    all_of_them = each_patient(_stating(frame.head(MOST_LANES)), Settings(outcome="death"))
    assert not isinstance(all_of_them, NotEstimable)
    assert [lane.months for lane in all_of_them.lanes] == list(range(1, MOST_LANES + 1))
    assert {lane.followed - lane.months for lane in found.lanes} == {0}


def _stating(frame: pd.DataFrame) -> Cohort:
    return replace(cohort_from_frames(frame), stated=(StatedOutcome("death", "death"),))


def test_three_groups_have_pairs_and_a_trend_and_two_have_neither() -> None:
    data = observed(np.arange(1.0, 13), [1, 0, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1])
    three = Grouping("x", ("a", "b", "c"), np.array([0, 1, 2] * 4))
    found = compare_groups(data, three, None, (0.0, 6.0), Settings())
    assert found is not None
    assert [(one.first, one.second) for one in found.pairs] == [("a", "b"), ("a", "c"), ("b", "c")]
    assert not isinstance(found.trend, NotEstimable | None)
    assert found.max_combo is None
    assert [one.time for one in found.at] == [6.0]
    assert not isinstance(found.means, NotEstimable)
    assert found.means.horizon == 6.0  # the shortest group was seen for 10 months
    two = replace(three, places=np.array([0, 1, -1] * 4))
    found = compare_groups(data, two, two, (), Settings())
    assert found is not None
    assert (found.pairs, found.trend) == ((), None)
    assert found.max_combo is not None
    assert not isinstance(found.stratified, NotEstimable | None)
    assert found.stratified.n == 8
    assert compare_groups(data, replace(three, places=np.full(12, 2)), None, (), Settings()) is None
    late = compare_groups(observed(data.time + 1, data.event, np.r_[1.0, np.zeros(11)]), two, None, (), Settings())
    assert late is not None
    assert isinstance(late.means, NotEstimable)
    short = compare_groups(observed(data.time / 3, data.event), two, None, (), Settings())
    assert short is not None
    assert isinstance(short.means, NotEstimable)


def test_each_weighting_is_computed_under_its_name() -> None:
    time, event, group = np.arange(1.0, 13), [1, 0, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1], np.array([0, 0, 1, 0, 1, 1] * 2)
    found = compare_groups(observed(time, event), Grouping("x", ("a", "b"), group), None, (), Settings())
    assert found is not None
    weightings = {"logrank": "logrank", "breslow": "breslow", "tarone-ware": "tarone-ware", "peto": "peto",
                  "fh-1-0": ("fleming-harrington", 1, 0), "fh-0-1": ("fleming-harrington", 0, 1),
                  "fh-1-1": ("fleming-harrington", 1, 1)}  # fmt: skip
    assert {name for name, _ in found.tests} == set(weightings) == set(NAMES)
    for name, test in found.tests:
        wanted = logrank(time, event, group, weighting=weightings[name])  # type: ignore[arg-type]
        assert not isinstance(test, NotEstimable)
        assert not isinstance(wanted, NotEstimable)
        assert test.statistic == pytest.approx(wanted.statistic, rel=1e-12)


def test_who_relapsed_by_one_definition_and_not_by_another() -> None:
    found = relapse_rules(draw_cohort(COURSES), Settings())
    assert not isinstance(found, NotEstimable)
    by_code = {one.code: one for one in found.rules}
    assert by_code["cdai"].relapsed == ("A",)
    assert by_code["study"].relapsed == ("A", "B")
    assert dict(by_code["study"].by_component) == {"CDAI relapse": 1, "abscess": 1}
    both = {(one.by, one.not_by): one.patients for one in found.changed}
    assert both[by_code["study"].label, by_code["cdai"].label] == ("B",)
    assert (by_code["cdai"].label, by_code["study"].label) not in both


def test_a_table_below_a_very_long_figure_has_round_months() -> None:
    assert risk_table_times(5000.0) == (0, 1200, 2400, 3600, 4800)


# --- Response ---------------------------------------------------------------------------------------------------------


def test_states_and_who_moves_where() -> None:
    found = states(draw_cohort(COURSES), Settings())
    assert not isinstance(found, NotEstimable)
    assert (found.n, found.weeks) == (4, (0, 6, 24))
    assert found.counts[0] == {ACTIVE: 4}
    assert found.counts[1] == {"remission": 1, "response without remission": 1, NOT_SEEN: 2}
    assert found.counts[2] == {"remission": 2, ACTIVE: 1, ENDED: 1}
    assert found.moves[1][NOT_SEEN, ENDED] == 1


# --- Predictors -------------------------------------------------------------------------------------------------------


def test_alone_in_its_model_a_marker_has_the_ratio_that_it_has_alone() -> None:
    rng = np.random.default_rng(3)
    n = 60
    frame = pd.DataFrame(
        {"patient_id": [f"P{i}" for i in range(n)], "crp_mg_per_l": rng.integers(1, 30, n).astype(float),
         "death_months": rng.exponential(10, n) + 0.1, "death_event": rng.random(n) < 0.7}
    )  # fmt: skip
    cohort, settings = _stating(frame), Settings(outcome="death", screening_p=1.0)
    found = predictors(cohort, settings)
    assert not isinstance(found, NotEstimable)
    moving = moving_cutoff(cohort, settings, "crp", found)
    assert not isinstance(moving, NotEstimable)
    row = next(one for one in found.rows if one.code == "crp")
    answer = moving.answers[moving.answer_of[moving.current]]
    assert isinstance(row.univariable, Estimate)
    assert isinstance(answer.adjusted, Estimate)
    assert answer.adjusted.value == pytest.approx(row.univariable.value)
    fitted = [one.adjusted.value for one in moving.answers if isinstance(one.adjusted, Estimate)]
    assert len({round(value, 6) for value in fitted}) > 10


def test_every_patient_has_a_line_with_the_weight_or_the_reason_he_is_left_out() -> None:
    cohort = demo_cohort()
    found = per_patient(cohort, Settings())
    assert isinstance(found, pd.DataFrame)
    endpoint = endpoints.endpoint_of(cohort, Settings())
    assert not isinstance(endpoint, NotEstimable)
    inside = found["time_months"].notna()
    assert len(found) == len(cohort.patients)
    assert int(inside.sum()) == len(endpoint.patients)
    assert int(found.loc[inside, "event"].astype(int).sum()) == int(endpoint.patients["event"].sum())
    assert (found["left out because"] == "").tolist() == inside.tolist()
    assert any(name.endswith(" group weight") for name in found.columns)


def test_another_marker_under_a_handle_leaves_the_other_handle_its_own() -> None:
    cohort = demo_cohort()
    settings = Settings(handles="crp,esr")
    assert put_under_handle(cohort, settings, 0, "tgn").handles == "tgn,esr"
    assert put_under_handle(cohort, settings, 1, "tgn").handles == "crp,tgn"
    assert put_under_handle(cohort, settings, 0, "esr").handles == "esr"


def test_a_number_is_halved_at_its_median() -> None:
    one = Covariate.__new__(Covariate)
    object.__setattr__(one, "columns", np.array([[1.0], [2.0], [2.0], [3.0], [NAN]]))
    object.__setattr__(one, "label", "CRP, per mg/L")
    found = _halves(one)
    assert not isinstance(found, NotEstimable)
    assert (found.label, found.labels, found.places.tolist()) == ("CRP", ("≤ 2 mg/L", "> 2 mg/L"), [0, 0, 0, 1, -1])


@pytest.mark.parametrize(
    ("events", "covariates", "told"),
    [(50, 5, ""), (49, 5, "9.8 events per covariate, fewer than 10"), (25, 5, "fewer than 10: the estimates are unsteady"),
     (24, 5, "fewer than 5: the model is overfitted")],
)  # fmt: skip
def test_on_how_few_events_a_covariate_stands(events: int, covariates: int, told: str) -> None:
    assert told in few_events(events, covariates)
    assert bool(told) is bool(few_events(events, covariates))


def test_a_fit_is_better_from_a_difference_of_two_on() -> None:
    assert nearer_fit(100.0, 101.9).startswith("a difference under 2 says little")
    assert nearer_fit(100.0, 102.0) == "the cut fits better"
    assert nearer_fit(102.0, 100.0) == "the continuous marker fits better"


# --- Flow, Reproduction -----------------------------------------------------------------------------------------------


def test_what_a_cohort_offers() -> None:
    cohort = draw_cohort(COURSES)
    found = offered(cohort, Settings())
    relapse = found.outcomes[0]
    assert (relapse.code, relapse.n, relapse.n_events, relapse.n_excluded) == ("relapse", 2, 2, 2)
    assert relapse.longest_months == pytest.approx(132 / DAYS_PER_MONTH)
    marker = demo_cohort().marker("crp")
    seen = _marker(marker, np.array([3.0, NAN, 1.0, 9.0, 2.0]))
    assert (seen.n, seen.lowest, seen.median, seen.highest) == (4, 1.0, 2.5, 9.0)
    assert _marker(marker, np.array([NAN])).n == 0


def test_a_sheet_of_one_ratio_is_a_sheet() -> None:
    row = {"Label": "Smith 2020", "ratio": "2,5", "lower": 1.5, "upper": 4.17}
    found = ratios_in([row, {"label": "", "ratio": None}])
    assert not isinstance(found, NotEstimable)
    assert [one.label for one in found] == ["Smith 2020"]
    assert isinstance(ratios_in([row, row]), NotEstimable)
    none = ratios_in([{**row, "ratio": ""}])
    assert isinstance(none, NotEstimable)
    assert "0 ratios" in none.reason


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("22.4% of 98", ("", "98", "22.4")),
        ("n = 22 (22.4% of 98)", ("22", "98", "22.4")),
        ("22/98 (22.4%)", ("22", "98", "22.4")),
        ("HR 4,72 (1,19-18,75), p<0,05", ("4.72", "1.19", "18.75", "<0.05")),
        ("HR 4.72 (95% CI 1.19-18.75), P = .027", ("4.72", "1.19", "18.75", "0.027")),
    ],
)
def test_the_numbers_of_a_printed_line(line: str, parts: tuple[str, ...]) -> None:
    assert parse_line(line).parts == parts
