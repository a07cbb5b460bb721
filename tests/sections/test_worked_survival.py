"""The parts of the Survival page on six to twelve patients, counted by hand: what competes, what comes again, groups, visits."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from meaning.ascii_cohort import draw_cohort

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes.endpoints import endpoint_of
from cdanalysis.reading.checks.frames import cohort_from_frames
from cdanalysis.results import Estimate, Exclusion, NotEstimable, StatedOutcome
from cdanalysis.sections.models.ratio_of import RatioOf
from cdanalysis.sections.survival.analysis import survival
from cdanalysis.sections.survival.between_visits import interval_models as intervals
from cdanalysis.sections.survival.between_visits.analysis import between_visits
from cdanalysis.sections.survival.between_visits.interval_models import interval_models
from cdanalysis.sections.survival.competing import ratios as competing_models
from cdanalysis.sections.survival.competing.analysis import IncidenceRow, competing
from cdanalysis.sections.survival.competing.ratios import competing_ratios
from cdanalysis.sections.survival.each_patient.analysis import each_patient
from cdanalysis.sections.survival.group_comparison import compare_groups
from cdanalysis.sections.survival.grouping import Grouping, grouping
from cdanalysis.sections.survival.recurrent import analysis as again
from cdanalysis.sections.survival.recurrent.analysis import RecurrentEvents, recurrent
from cdanalysis.settings import Settings
from cdanalysis.statistics.competing.competing_risks import aalen_johansen
from cdanalysis.statistics.cox.cox import cox
from cdanalysis.statistics.cox.interval_cox import interval_cox
from cdanalysis.statistics.curves.logrank import logrank
from cdanalysis.statistics.time_axis import observed
from cdanalysis.units import DAYS_PER_MONTH

NAN = float("nan")
DEATH = Settings(outcome="death")


def stating(states: list[int], **columns: list[object]) -> Cohort:
    """Patients whose times are 1, 2, ... months: 0 censored, 1 died, 2 had a transplant."""
    n = len(states)
    frame = pd.DataFrame(
        {"patient_id": [f"P{k}" for k in range(n)], "death_months": np.arange(1.0, n + 1),
         "death_event": [one == 1 for one in states], "death_state": states, **columns}
    )  # fmt: skip
    stated = StatedOutcome("death", "death", competing=("transplant",))
    return replace(cohort_from_frames(frame, extra_columns=tuple(columns)), stated=(stated,))


# --- What competes ----------------------------------------------------------------------------------------------------


def test_incidence_and_one_minus_kaplan_meier_by_hand() -> None:
    found = competing(stating([1, 2, 1, 0, 2, 1]), replace(DEATH, at_months="1,3,6,7"))
    assert not isinstance(found, NotEstimable)
    assert (found.n, found.n_events, found.n_competing, found.labels, found.tests) == (6, 3, 2, ("",), ())
    told = [(row.months, row.relapse.value, row.competing.value, row.one_minus_km, row.n_at_risk) for row in found.rows]
    # All are free until month 1; 1/6 each time until the censoring in month 4, then the half that is left is halved.
    assert told == [
        (1, pytest.approx(1 / 6), 0, pytest.approx(1 / 6), 6),
        (3, pytest.approx(1 / 3), pytest.approx(1 / 6), pytest.approx(1 - 5 / 6 * 3 / 4), 4),
        (6, pytest.approx(7 / 12), pytest.approx(5 / 12), 1, 1),
        (7, pytest.approx(7 / 12), pytest.approx(5 / 12), 1, 0),
    ]
    assert [row.overstated for row in found.rows] == pytest.approx([0, 3 / 8 - 1 / 3, 5 / 12, 5 / 12])
    assert [row.observed for row in found.rows] == [
        True,
        True,
        True,
        True,
    ]  # in month 7 everybody has had one of the two
    (steps,) = found.steps
    assert (steps.time[-1], steps.survival[-1], steps.n_events) == (6, pytest.approx(5 / 12), 3)
    open_ended = competing(stating([1, 2, 0]), replace(DEATH, at_months="3,4"))
    assert not isinstance(open_ended, NotEstimable)
    assert [row.observed for row in open_ended.rows] == [True, False]


def test_of_nobody_censored_an_incidence_has_the_error_of_a_share() -> None:
    """sqrt(p (1 - p) / n) at every time, also where one patient is left, or none."""
    found = aalen_johansen([1, 2, 3, 4, 5], [1, 2, 1, 2, 1])
    assert not isinstance(found, NotEstimable)
    for curve, had in ((found.curves[0], [1, 1, 2, 2, 3]), (found.curves[1], [0, 1, 1, 2, 2])):
        share = np.array(had) / 5
        assert curve.incidence == pytest.approx(share)
        assert curve.standard_error == pytest.approx(np.sqrt(share * (1 - share) / 5))


@pytest.mark.parametrize(("at_risk", "own", "other", "seen"), [
    (1, 0.2, 0.2, True), (0, 0.2, 0.2, False), (0, 0.6, 0.4 - 1e-10, True), (0, 0.6, 0.4 - 1e-8, False),
])  # fmt: skip
def test_a_month_is_observed_to_by_somebody_or_when_nobody_is_left(
    at_risk: int, own: float, other: float, seen: bool
) -> None:
    def of(value: float) -> Estimate:
        return Estimate(value, value, value)

    assert IncidenceRow("", 1.0, of(own), 0.5, of(other), at_risk).observed is seen


def test_what_competes_by_groups_leaves_out_whose_group_is_not_known() -> None:
    settings = replace(DEATH, survival_group="crp", at_months="").with_cutoff("crp", 10.0, ">")
    crp = [20.0, 5.0, 15.0, 3.0, NAN, 30.0, 2.0, 9.0]
    found = competing(stating([1, 2, 1, 1, 1, 0, 2, 1], crp_mg_per_l=crp), settings)
    assert not isinstance(found, NotEstimable)
    assert found.labels == ("CRP ≤ 10 mg/L", "CRP > 10 mg/L")
    assert [(curve.n, curve.n_events_total) for curve in found.relapse] == [(4, 2), (3, 2)]
    assert (found.n, found.n_events, found.n_competing) == (7, 4, 2)
    assert found.excluded == (Exclusion("CRP not known", 1),)
    assert [name for name, _ in found.tests] == ["Death", "Competing event"]
    assert [curve.n_events_total if curve else 0 for curve in found.competing] == [2, 0]
    assert [(time[-1], risk[-1]) for time, risk in found.one_minus_km] == [(8, 1), (6, pytest.approx(2 / 3))]
    nobody = competing(stating([1, 2, 0], crp_mg_per_l=[20.0, 5.0, NAN]), settings)
    assert not isinstance(nobody, NotEstimable)
    none = competing(stating([0, 2, 1], crp_mg_per_l=[20.0, 5.0, NAN]), settings)
    assert none == NotEstimable("no death was observed in these patients")


def test_ratios_where_something_competes_are_those_of_three_models(monkeypatch: pytest.MonkeyPatch) -> None:
    states = [1, 2, 0, 1, 2, 1, 0, 1, 2, 1, 0, 1]
    crp = [20.0, 1, 30, 2, 40, 50, 3, 4, 60, 5, 70, 6]
    settings = replace(DEATH, candidates="crp", screening_p=1.0).with_cutoff("crp", 10.0, ">")
    cohort = stating(states, crp_mg_per_l=crp)  # type: ignore[arg-type]
    found = competing_ratios(cohort, settings)
    assert not isinstance(found, NotEstimable)
    assert [(row.code, row.model) for row in found.rows] == [("crp", "alone"), ("crp", "together")]
    assert found.handles[0] == "crp"
    time, high = np.arange(1.0, 13), pd.DataFrame({"high": np.array(crp) > 10}, dtype=float)
    own, other = (cox(time, np.array(states) == state, high) for state in (1, 2))
    assert not isinstance(own, NotEstimable)
    assert not isinstance(other, NotEstimable)
    assert [found.rows[0].own.ratio, found.rows[0].other.ratio] == [
        own.terms[0].hazard_ratio,
        other.terms[0].hazard_ratio,
    ]
    # 3 transplants, 6 deaths at 6 times.
    monkeypatch.setattr(competing_models, "MOST_SPELLS", 18)
    at_most = competing_ratios(cohort, settings)
    assert not isinstance(at_most, NotEstimable)
    assert at_most.rows[0].subdistribution == found.rows[0].subdistribution
    monkeypatch.setattr(competing_models, "MOST_SPELLS", 17)
    many = competing_ratios(cohort, settings)
    assert not isinstance(many, NotEstimable)
    assert many.rows[0].subdistribution.ratio == competing_models.TOO_MANY


def test_each_event_that_competes_is_an_outcome_of_its_own() -> None:
    cohort = stating([1, 2, 3, 0, 2, 1])
    stated = StatedOutcome("death", "death", competing=("transplant", "emigration"))
    cohort = replace(cohort, stated=(stated,))

    def events(outcome: str) -> list[float]:
        found = endpoint_of(cohort, Settings(outcome=outcome))
        assert not isinstance(found, NotEstimable)
        return found.patients.loc[found.patients["event"], "time_months"].tolist()

    assert [events(name) for name in ("death", "transplant", "emigration")] == [[1, 6], [2, 5], [3]]


# --- What comes again -------------------------------------------------------------------------------------------------

MONTH = DAYS_PER_MONTH


def hospitalised() -> Cohort:
    """Eight patients over 12 months, one of them without a CRP; A is admitted twice in one day, in months 2 and 5 as well."""
    patients = pd.DataFrame(
        {"patient_id": list("ABCDEFGH"), "follow_up_days": [12 * MONTH] * 7 + [6 * MONTH],
         "crp_mg_per_l": [20.0, 5, 30, 4, 15, 3, NAN, 25]}
    )  # fmt: skip
    rows = [("A", 2), ("A", 5), ("A", 5), ("B", 7), ("C", 1), ("C", 12), ("E", 9), ("G", 3), ("H", 7)]
    events = pd.DataFrame([(who, month * MONTH, "hospitalization") for who, month in rows],
                          columns=["patient_id", "days", "event"])  # fmt: skip
    return cohort_from_frames(patients, events=events)


def admissions(**choices: object) -> RecurrentEvents:
    settings = Settings(outcome="hospitalization", handles="crp", **choices).with_cutoff("crp", 10.0, ">")  # type: ignore[arg-type]
    found = recurrent(hospitalised(), settings)
    assert not isinstance(found, NotEstimable)
    return found


def test_everybody_and_each_group_with_all_their_events() -> None:
    found = admissions(at_months="4,12,13")
    assert (found.endpoint.n_outside, found.n_same_day) == (1, 1)  # H in month 7, after the end of month 6
    (everybody,), by_crp = found.whole.groups, found.by_variable[1]
    assert (everybody.n, everybody.n_events, everybody.n_with, everybody.n_several) == (8, 8, 5, 2)
    assert everybody.rate.value == pytest.approx(100 * 8 / 7.5)
    assert [one.value if one else None for one in everybody.means] == [
        pytest.approx(3 / 8), pytest.approx(3 / 8 + 2 / 8 + 1 / 7 + 1 / 7 + 1 / 7), None,
    ]  # fmt: skip
    told = {group.name: (group.n, group.n_events, group.n_with, group.n_several) for group in by_crp.groups}
    assert told == {"CRP ≤ 10 mg/L": (3, 1, 1, 0), "CRP > 10 mg/L": (4, 6, 3, 2)}
    assert [steps.n_at_risk[0] for steps in by_crp.steps] == [3, 4]
    assert [view.code for view in admissions(survival_group="crp").by_variable] == ["", "crp"]


def test_the_first_the_rate_and_the_gap_of_each_ratio(monkeypatch: pytest.MonkeyPatch) -> None:
    (row,) = admissions().ratios
    # The first event of each, else the end; who has no CRP is in none of the models.
    first, high = [2.0, 7, 1, 12, 9, 12, 6], [1.0, 0, 1, 0, 1, 0, 1]
    wanted = cox(first, [1, 1, 1, 0, 1, 0, 0], pd.DataFrame({"x": high}))
    assert not isinstance(wanted, NotEstimable)
    assert row.label == "CRP > 10 mg/L"
    assert isinstance(row.first, RatioOf)
    assert isinstance(row.first.ratio, Estimate)
    assert row.first.ratio.value == pytest.approx(np.exp(wanted.terms[0].coef), rel=1e-4)
    # Andersen-Gill: one row between two events, the two of one day are one. A 0-2-5-12, B 0-7-12, C 0-1-12, ...
    spells = [(0, 2, 1, 1), (2, 5, 1, 1), (5, 12, 0, 1), (0, 7, 1, 0), (7, 12, 0, 0), (0, 1, 1, 1), (1, 12, 1, 1),
              (0, 12, 0, 0), (0, 9, 1, 1), (9, 12, 0, 1), (0, 12, 0, 0), (0, 6, 0, 1)]  # fmt: skip
    start, stop, event, x = (np.array(one, float) for one in zip(*spells, strict=True))
    rate = cox(stop, event, pd.DataFrame({"x": x}), entry=start)
    assert not isinstance(rate, NotEstimable)
    assert isinstance(row.andersen_gill.ratio, Estimate)
    assert row.andersen_gill.ratio.value == pytest.approx(np.exp(rate.terms[0].coef), rel=1e-3)
    for cells, too_many in ((8 * 7, False), (8 * 7 - 1, True)):  # 8 patients, 7 distinct months
        monkeypatch.setattr(again, "MOST_CELLS", cells)
        settings = Settings(outcome="hospitalization", handles="crp")
        assert (recurrent(hospitalised(), settings) == again.TOO_MANY) is too_many


# --- Each patient, groups ---------------------------------------------------------------------------------------------

COURSES = """
    patient | day | cdai | event
    A       |   0 |  300 |
    A       | 168 |  100 |
    A       | 268 |  290 |
    B       |   0 |  300 |
    B       | 168 |  100 |
    B       | 230 |      | abscess
    C       |   0 |  300 |
    C       | 168 |  100 |
    C       | 250 |  100 |
    C       | 400 |  300 |
    D       |   0 |  300 |
    D       | 168 |  100 |
    D       | 600 |      | end
"""


def with_crp(*values: float) -> Cohort:
    cohort = draw_cohort(COURSES)
    return replace(cohort, patients=cohort.patients.assign(crp_mg_per_l=values))


def test_lanes_stand_by_group_then_by_time_and_those_of_no_group_last() -> None:
    cohort = with_crp(20.0, NAN, 30.0, 5.0)
    adverse = pd.DataFrame({"patient_id": ["D", "D", "X"], "days": [168.0, 167.0, 200.0], "term": "rash"})
    found = each_patient(
        replace(cohort, adverse_events=adverse), Settings(survival_group="crp").with_cutoff("crp", 10.0, ">")
    )
    assert not isinstance(found, NotEstimable)
    assert found.patient_ids == ("D", "A", "C", "B")
    assert found.groups == ("CRP ≤ 10 mg/L", "CRP > 10 mg/L", "not known")
    assert [lane.group for lane in found.lanes] == [found.groups[0], found.groups[1], found.groups[1], found.groups[2]]
    assert [round(lane.months * MONTH, 6) for lane in found.lanes] == [432, 100, 232, 62]
    assert [lane.event for lane in found.lanes] == [False, True, True, True]
    assert found.lanes[0].marks == (
        ("adverse event", 0.0),
    )  # of day 168; the one of the day before is before time zero
    assert set(found.kinds) == {"adverse event", "abscess"}


def test_groups_by_the_outcome_and_by_endoscopy() -> None:
    cohort = with_crp(20.0, NAN, 30.0, 5.0)
    by_relapse = grouping(cohort, ("A", "D", "X"), "relapse", Settings())
    assert not isinstance(by_relapse, NotEstimable)
    assert (by_relapse.labels, by_relapse.places.tolist()) == (("no relapse", "relapse"), [1, 0, -1])
    seen = pd.DataFrame({"patient_id": list("AAB"), "days": [0.0, 200.0, 10.0], "cdeis_points": [9.0, 3.0, 4.0]})
    seen["rutgeerts_score"], seen["ses_cd_points"] = NAN, NAN
    by_scope = grouping(replace(cohort, endoscopy=seen), tuple("ABCD"), "endoscopy", Settings())
    assert not isinstance(by_scope, NotEstimable)
    assert (by_scope.labels, by_scope.places.tolist()) == (("not examined", "examined"), [1, 0, 0, 0])


def test_pairs_of_groups_have_their_own_test_and_its_correction() -> None:
    time, event = np.arange(1.0, 13), np.array([1, 0, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1])
    places = np.array([0, 0, 1, 0, 1, 2, 1, 2, 2, 1, 2, -1])
    three = Grouping("x", ("a", "b", "c"), places)
    found = compare_groups(observed(time, event), three, None, (0.0, 3.0), Settings(pair_correction="holm"))
    assert found is not None
    names = np.array(["a", "b", "c", "none"])[places]
    smallest = min(float(pair.p_value) for pair in found.pairs if isinstance(pair.p_value, float))
    for pair in found.pairs:
        mine = np.isin(names, [pair.first, pair.second])
        test = logrank(time[mine], event[mine], names[mine])
        assert not isinstance(test, NotEstimable)
        assert pair.p_value == pytest.approx(test.p_value)
        if pair.p_value == smallest:  # Holm: three times the smallest
            assert pair.corrected_p == pytest.approx(min(1.0, 3 * smallest))
    assert found.correction == "holm"
    assert [one.time for one in found.at] == [3.0]
    assert isinstance(found.means, NotEstimable)  # a was seen for 4 months
    six = compare_groups(observed(time * 1.5, event), three, None, (), Settings())
    assert six is not None
    assert not isinstance(six.means, NotEstimable)
    assert six.means.horizon == 6  # 4 months half as long again: 6, and not less than 6


def test_strata_count_whom_both_are_known_of() -> None:
    data = observed(np.arange(1.0, 9), [1, 1, 0, 1, 1, 1, 0, 1])
    two = Grouping("x", ("a", "b"), np.array([0, 1, 0, 1, 0, 1, -1, 1]))
    by = Grouping("s", ("p", "q"), np.array([0, 0, -1, 0, 1, 1, 1, 1]))
    found = compare_groups(data, two, by, (), Settings())
    assert found is not None
    assert not isinstance(found.stratified, NotEstimable | None)
    assert (found.stratified.label, found.stratified.n) == ("s", 6)


def test_curves_with_their_patient_years_and_who_is_in_no_group() -> None:
    cohort = stating([1, 1, 0, 1, 1, 0, 1, 1], crp_mg_per_l=[20.0, 5, 15, 3, NAN, 30, 2, 9])
    found = survival(cohort, replace(DEATH, survival_group="crp", at_months="2").with_cutoff("crp", 10.0, ">"))
    assert not isinstance(found, NotEstimable)
    assert (found.n, found.n_events) == (7, 5)
    assert found.person_years == pytest.approx(((2 + 4 + 7 + 8) / 12, (1 + 3 + 6) / 12))
    assert found.observed == pytest.approx((2.5, 4, 6.5))  # of 1, 2, 3, 4, 6, 7, 8
    assert [one.value for one in found.quantiles[0]] == [pytest.approx(3), pytest.approx(5.5), pytest.approx(7.5)]
    assert found.excluded[-1] == Exclusion("CRP not known", 1)
    assert not isinstance(found.logrank, NotEstimable | None)
    assert found.comparison is not None
    alone = survival(cohort, replace(DEATH, at_months="2"))
    assert not isinstance(alone, NotEstimable)
    assert (alone.n, alone.logrank, alone.comparison, alone.excluded) == (8, None, None, ())


# --- Between visits ---------------------------------------------------------------------------------------------------


def test_a_relapse_lies_between_the_visit_that_found_it_and_the_one_before() -> None:
    found = between_visits(draw_cohort(COURSES), Settings(at_months="3"))
    assert not isinstance(found, NotEstimable)
    assert (found.n, found.n_events, found.n_between) == (4, 3, 2)
    assert [round(gap * MONTH, 6) for gap in found.gaps] == [100, 150]
    assert isinstance(between_visits(draw_cohort(COURSES), Settings(clock="late-entry")), NotEstimable)


def test_groups_of_relapses_between_visits(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [("A", 268, 20.0), ("B", 300, 5.0), ("C", 400, 30.0), ("D", None, 4.0), ("E", 350, 25.0), ("F", None, 3.0),
            ("G", 500, NAN), ("H", 450, 6.0)]  # fmt: skip
    drawing = "patient|day|cdai|event\n" + "\n".join(
        f"{who}|0|300|\n{who}|168|100|" + (f"\n{who}|{day - 50}|100|\n{who}|{day}|300|" if day else "")
        for who, day, _ in rows
    )
    cohort = draw_cohort(drawing, follow_up_days=700.0)
    cohort = replace(cohort, patients=cohort.patients.assign(crp_mg_per_l=[crp for *_, crp in rows]))
    settings = Settings(handles="crp", candidates="crp", screening_p=1.0).with_cutoff("crp", 10.0, ">")
    found = interval_models(cohort, settings)
    assert not isinstance(found, NotEstimable)
    assert (found.n, found.n_events) == (8, 6)
    assert [(row.label, row.model) for row in found.rows] == [("CRP > 10 mg/L", "alone"), ("CRP > 10 mg/L", "together")]
    assert [(one.group, one.n, one.n_events) for one in found.groups] == [
        ("CRP ≤ 10 mg/L", 4, 2),
        ("CRP > 10 mg/L", 3, 3),
    ]
    days = np.array([np.inf if day is None else float(day) for _, day, crp in rows if crp == crp])
    left = np.where(np.isinf(days), 700, days - 50) - 168
    high = pd.DataFrame({"high": [float(crp > 10) for *_, crp in rows if crp == crp]})
    wanted = interval_cox(left / MONTH, (days - 168) / MONTH, high)
    assert not isinstance(wanted, NotEstimable)
    assert wanted.likelihood_ratio is not None
    assert (
        found.groups[0].p_value == found.groups[1].p_value == pytest.approx(wanted.likelihood_ratio.p_value, rel=1e-6)
    )
    early, late = np.where(np.isinf(days), 700, days - 50) - 168, np.where(np.isinf(days), 700, days) - 168
    event = np.isfinite(days)
    for told, time in ((found.rows[0].found, late), (found.rows[0].midway, (early + late) / 2)):
        fit = cox(time / MONTH, event, high)
        assert not isinstance(fit, NotEstimable)
        shown, wanted_ratio = told.ratio, fit.terms[0].hazard_ratio
        assert isinstance(shown, Estimate)
        assert isinstance(wanted_ratio, Estimate)
        assert shown.numbers == pytest.approx(wanted_ratio.numbers, rel=1e-9)
    n_jumps = len(intervals.innermost((early / MONTH)[:], np.where(event, late / MONTH, np.inf))[0])
    monkeypatch.setattr(intervals, "MOST_JUMPS", n_jumps)
    assert not isinstance(interval_models(cohort, settings).rows[0].interval.ratio, NotEstimable)  # type: ignore[union-attr]
    monkeypatch.setattr(intervals, "MOST_JUMPS", n_jumps - 1)
    assert interval_models(cohort, settings).rows[0].interval.ratio == intervals.TOO_MANY  # type: ignore[union-attr]
    nobody = replace(cohort, visits=cohort.visits[cohort.visits["days"] <= 168])
    assert interval_models(nobody, settings) == NotEstimable("no relapse was observed")
    one = replace(cohort, patients=cohort.patients.assign(crp_mg_per_l=20.0))
    alone = interval_models(one, settings)
    assert not isinstance(alone, NotEstimable)
    assert [curve.p_value for curve in alone.groups] == [NotEstimable("there is one group only")]
