"""Groups, screening, current values and imputed columns of a few patients, each rule where it turns."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from meaning.ascii_cohort import draw_cohort
from meaning.test_worked_outcomes import EMPTY, cohort_of

from cdanalysis.demo import demo_cohort
from cdanalysis.outcomes import covariates, endpoints, groups
from cdanalysis.outcomes.covariates import Covariate, Term
from cdanalysis.reading.checks.frames import cohort_from_frames
from cdanalysis.results import Estimate, Exclusion, NotEstimable, StatedOutcome
from cdanalysis.sections.blocks import Table
from cdanalysis.sections.flow.analysis import flow
from cdanalysis.sections.models.candidate_models import MOST_TERMS, TOO_MANY, fit_models, fit_multivariable
from cdanalysis.sections.models.screening import screen, screening_p
from cdanalysis.sections.multiverse.analysis import _parts
from cdanalysis.sections.multiverse.specification_models import FittedPart
from cdanalysis.sections.multiverse.specifications import specifications
from cdanalysis.sections.parts import REGISTER, Dial, Part
from cdanalysis.sections.predictors.analysis import predictors
from cdanalysis.sections.predictors.current_level.analysis import _after, current_level
from cdanalysis.sections.predictors.current_level.axis import Axis, axis_of, measured, steps_of
from cdanalysis.sections.predictors.missing_values.imputed_model import _design, _known, _on_scale
from cdanalysis.sections.predictors.moving_curves import risk_table_times
from cdanalysis.sections.predictors.proportional_hazards.analysis import _label
from cdanalysis.sections.predictors.robustness.analysis import robustness
from cdanalysis.sections.predictors.subgroups.adjusted import adjusted
from cdanalysis.sections.predictors.weighted.analysis import weighted
from cdanalysis.sections.prognosis.to_use.analysis import THRESHOLDS
from cdanalysis.sections.reproduction.any_paper import numbers
from cdanalysis.sections.reproduction.printed_sheet import Asked
from cdanalysis.sections.reproduction.study_findings import NOTHING, later_years, year_one
from cdanalysis.sections.reproduction.study_numbers import StudyNumbers
from cdanalysis.sections.survival.clocks.analysis import Selection, clocks
from cdanalysis.sections.survival.competing.ratios import competing_ratios
from cdanalysis.sections.survival.grouping import grouping, second_cutoff
from cdanalysis.sections.survival.recurrent.analysis import _steps
from cdanalysis.settings import Settings
from cdanalysis.statistics.curves.logrank import logrank
from cdanalysis.statistics.describe.paired import Paired
from cdanalysis.statistics.time_axis import observed
from cdanalysis.statistics.time_dependent.current_value import current_spells

NAN = float("nan")


def candidate(code: str, kind: str, *columns: list[float], groups: list[object] | None = None) -> Covariate:
    values = np.column_stack(columns)
    missing = int(np.isnan(values).any(axis=1).sum())
    terms = tuple(Term(f"{code} {place}", code) for place in range(values.shape[1]))
    return Covariate(code, code, kind, terms, values, None if groups is None else np.array(groups, object), missing)


# --- Groups -----------------------------------------------------------------------------------------------------------


def test_the_groups_of_a_marker_with_one_cut_off_and_with_two() -> None:
    cohort = cohort_of(5, crp_mg_per_l=[5.0, 10.0, 15.0, 30.0, NAN])
    ids = tuple(cohort.patients["patient_id"])
    one = grouping(cohort, ids, "crp", Settings().with_cutoff("crp", 10.0, ">"))
    assert not isinstance(one, NotEstimable)
    assert one.places.tolist() == [0, 0, 1, 1, -1]
    chosen = Settings(second_cutoffs="crp=20").with_cutoff("crp", 10.0, ">")
    found = grouping(cohort, ids, "crp", chosen)
    assert not isinstance(found, NotEstimable)
    assert found.places.tolist() == [0, 0, 1, 2, -1]
    beyond = grouping(cohort, ids, "crp", replace(chosen, second_cutoffs="crp=40"))
    assert not isinstance(beyond, NotEstimable)
    assert (len(beyond.labels), beyond.places.tolist()) == (2, [0, 0, 1, 1, -1])
    assert second_cutoff(cohort, "crp", chosen) == 20
    assert second_cutoff(cohort, "crp", replace(chosen, second_cutoffs="crp=10")) is None
    assert second_cutoff(cohort, "crp", Settings()) is None
    marker = cohort.marker("crp")
    told = ("CRP ≤ 5 mg/L", "CRP 5-20 mg/L", "CRP > 20 mg/L"), ("CRP < 5 mg/L", "CRP 5-20 mg/L", "CRP ≥ 20 mg/L")
    assert tuple(groups.three_group_labels(marker, (5.0, 20.0), side) for side in (">", ">=")) == told
    assert found.labels == ("CRP ≤ 10 mg/L", "CRP 10-20 mg/L", "CRP > 20 mg/L")


def test_everybody_is_in_one_group_and_a_number_or_a_stranger_in_none() -> None:
    cohort = cohort_of(3, crp_mg_per_l=[5.0, 10.0, 15.0])
    ids = tuple(cohort.patients["patient_id"])
    everybody = grouping(cohort, ids, "", Settings())
    assert not isinstance(everybody, NotEstimable)
    assert (everybody.labels, everybody.places.tolist()) == (("",), [0, 0, 0])
    assert isinstance(grouping(cohort, ids, "nothing", Settings()), NotEstimable)


def test_groups_of_a_category_come_in_its_order() -> None:
    cohort = cohort_of(4, ward=["b", "a", None, "a"])
    (code,) = [one for one in covariates.available(cohort) if one.endswith("ward")]
    found = grouping(cohort, tuple(cohort.patients["patient_id"]), code, Settings())
    assert not isinstance(found, NotEstimable)
    assert (found.labels, found.places.tolist()) == (("a", "b"), [1, 0, -1, 0])


# --- Screening --------------------------------------------------------------------------------------------------------


def test_the_p_of_each_candidate_and_which_enter() -> None:
    data = observed([1, 2, 3, 4, 5, 6], [1, 1, 1, 1, 1, 1])
    binary = candidate("a", "binary", [1.0, 1, 1, 0, 0, 0], groups=["x"] * 3 + ["y"] * 3)
    same = candidate("b", "binary", [1.0] * 6, groups=["x"] * 6)
    number = candidate("c", "number", [2.0, 5, 1, 6, 3, 4])
    levels = candidate("d", "levels", [1.0, 0, 0, 1, 0, 0], [0.0, 1, 0, 0, 1, 0], groups=list("pqrpqr"))
    every = [binary, same, number, levels]
    fits = fit_models(data, [[one] for one in every], Settings())
    p = screening_p(data, every, fits)
    by_hand = logrank(data.time, data.event, list("xxxyyy"))
    of_levels = logrank(data.time, data.event, list("pqrpqr"))
    assert not isinstance(by_hand, NotEstimable)
    assert not isinstance(of_levels, NotEstimable)
    assert p[0] == pytest.approx(by_hand.p_value)
    assert isinstance(p[1], NotEstimable)
    assert not isinstance(fits[2], NotEstimable)
    assert p[2] == fits[2].score.p_value
    assert p[3] == pytest.approx(of_levels.p_value)
    assert not isinstance(p[0], NotEstimable)
    assert [one.code for one in screen([binary, same], p[:2], Settings(screening_p=p[0]))] == []
    assert [one.code for one in screen([binary, same], p[:2], Settings(screening_p=p[0] + 1e-9))] == ["a"]
    assert isinstance(fit_multivariable(data, [], Settings()), NotEstimable)


# --- A value measured again and again ---------------------------------------------------------------------------------


def spells(rows: list[tuple[int, float, float]], **chosen: object) -> list[tuple[int, float, float, bool, float]]:
    """Rows of two patients followed for 10 and 5 months, the first with the event."""
    patient, at, value = (np.array(one) for one in zip(*rows, strict=True))
    given: dict[str, object] = {"time": np.array([10.0, 5.0]), "event": np.array([True, False]), **chosen}
    found = current_spells(patient.astype(int), at.astype(float), value.astype(float), **given)  # type: ignore[arg-type]
    return list(
        zip(*(one.tolist() for one in (found.patient, found.entry, found.time, found.event, found.value)), strict=True)
    )


def test_the_last_value_counts_until_the_next_or_its_span() -> None:
    rows = [(0, 0.0, 1.0), (0, 4.0, 2.0), (1, -1.0, 3.0)]
    assert spells(rows) == [(0, 0, 4, False, 1), (0, 4, 10, True, 2), (1, 0, 5, False, 3)]
    assert spells(rows, span=3.0) == [(0, 0, 3, False, 1), (0, 4, 7, False, 2), (1, 0, 2, False, 3)]
    assert spells(rows, lag=1.0) == [(0, 1, 5, False, 1), (0, 5, 10, True, 2), (1, 0, 5, False, 3)]
    assert spells([(0, 10.0, 1.0), (1, 6.0, 1.0), (0, 9.0, 2.0)]) == [(0, 9, 10, True, 2)]
    assert spells([(0, 0.0, 1.0), (0, 4.0, NAN)]) == [(0, 0, 10, True, 1)]
    assert spells([(0, 2.0, 1.0), (0, 2.0, 5.0)]) == [(0, 2, 10, True, 5)]
    assert spells(rows, entry=np.array([2.0, -np.inf]))[0] == (0, 2, 4, False, 1)
    for span, lag in ((1.0, 1.0), (1.0, -0.1)):
        with pytest.raises(ValueError, match="span"):
            spells(rows, span=span, lag=lag)


def test_the_curve_of_a_state_in_which_patients_come_and_go() -> None:
    axis = Axis(("A", "B"), np.array([0.0, 30.4375]), observed([10, 5], [1, 0]))
    rows = pd.DataFrame(
        {"patient_id": ["A", "A", "B", "X"], "days": [0.0, 121.75, 30.4375, 0.0], "value": [0.0, 1.0, 0.0, 1.0]}
    )
    found = axis.spells(rows, "value", np.inf)
    assert list(zip(found.patient.tolist(), found.entry.tolist(), found.time.tolist(), strict=True)) == [
        (0, 0, 4),
        (0, 4, 10),
        (1, 0, 5),
    ]
    assert (found.n_patients, found.n_events, found.total_time) == (2, 1, 15)
    data, state = observed(found.time, found.event, found.entry), found.value.astype(int)
    below, above = (
        steps_of(data, ("low", "high"), state, place, found, (0.0, 4.0, 5.0, 10.0), Settings()) for place in (0, 1)
    )
    assert (below.n, below.n_events, below.n_at_risk, below.time, below.survival) == (
        2,
        0,
        (2, 2, 1, 0),
        (0, 5),
        (1, 1),
    )
    assert (above.n, above.n_events, above.n_at_risk, above.time) == (1, 1, (0, 0, 1, 1), (0, 10, 10))
    assert above.survival == (1, 0, 0)
    nobody = steps_of(data, ("low", "high"), state, 2, found, (0.0, 4.0), Settings())
    assert (nobody.n, nobody.n_at_risk, nobody.time) == (0, (0, 0), (0,))


def followed(n: int = 8) -> tuple[pd.DataFrame, pd.DataFrame]:
    ids = [f"P{k}" for k in range(n)]
    visits = [
        (one, day, 300.0 if not day else 100.0, 5.0 + place + day / 100)
        for place, one in enumerate(ids)
        for day in (0.0, 168.0)
    ]
    return pd.DataFrame({"patient_id": ids, "follow_up_days": [400.0 + 10 * k for k in range(n)]}), pd.DataFrame(
        visits, columns=["patient_id", "days", "cdai_points", "crp_mg_per_l"]
    )


def test_every_value_of_a_marker_and_what_came_after_an_event() -> None:
    patients, visits = followed()
    events = pd.DataFrame(
        {
            "patient_id": ["P0", "P1", "P2", "P3"],
            "days": [200.0, 210.0, 220.0, 230.0],
            "event": ["hospitalization"] * 2 + ["surgery"] * 2,
        }
    )
    cohort = cohort_from_frames(patients, visits, events)
    values = measured(cohort, cohort.marker("crp"))
    assert len(values) == 24  # on day 0 twice: the patient's own and the visit's
    endpoint = endpoints.endpoint_of(cohort, Settings())
    assert not isinstance(endpoint, NotEstimable)
    axis = axis_of(endpoint)
    assert axis is not None
    assert axis.zero.tolist() == [168] * 8
    assert [row.label for row in _after(cohort, endpoint, axis, Settings())] == [
        "After hospitalization",
        "After surgery",
    ]
    one = cohort_from_frames(patients, visits, events.drop(index=[3]))
    assert [row.label for row in _after(one, endpoint, axis, Settings())] == ["After hospitalization"]


def test_a_current_level_with_and_without_the_lag() -> None:
    def labels(span: float) -> list[str]:
        found = current_level(demo_cohort(), Settings(scan_marker="crp"), span)
        assert not isinstance(found, NotEstimable)
        return [row.label for row in found.rows if "counted" in row.label]

    assert labels(1.0) == []
    assert labels(1.5) == ["CRP > 10 mg/L, current, counted 1 month after"]


# --- Imputed columns --------------------------------------------------------------------------------------------------


def test_the_scale_on_which_a_marker_is_imputed() -> None:
    assert _on_scale(np.array([1.0, -1]), np.array([1.0, -1])).tolist() == [1, -1]
    assert _on_scale(np.array([0.0, 1]), np.array([0.0, 1])) == pytest.approx([np.log(0.01), 0])
    assert _on_scale(np.array([0.0, 0.01]), np.array([0.01, 0.0])) == pytest.approx([np.log(0.005), np.log(0.01)])
    assert _on_scale(np.array([0.0]), np.array([0.0])) == pytest.approx([np.log(0.01)])


def test_the_design_of_imputed_values() -> None:
    cohort, ids = cohort_of(3, crp_mg_per_l=[5.0, 15.0, NAN]), ("P1", "P2", "P3")
    levels = candidate("d", "levels", [1.0, 0, NAN], [0.0, 0, NAN])
    assert _design(cohort, ids, levels, np.array([[0.0, 0, 2]]), Settings()).tolist() == [[[1, 0], [0, 0], [0, 1]]]
    number = candidate("n", "number", [1.0, NAN, 3])
    assert _design(cohort, ids, number, np.array([[9.0, 2, 9]]), Settings()).tolist() == [[[1], [2], [3]]]
    cut = covariates.cut(cohort, ids, "crp", Settings().with_cutoff("crp", 10.0, ">"))
    filled = np.log(np.array([[1.0, 1.0, 10.1], [1.0, 1.0, 9.9]]))
    told = _design(cohort, ids, cut, filled, Settings().with_cutoff("crp", 10.0, ">"))
    assert told[:, :, 0].tolist() == [[0, 1, 1], [0, 1, 0]]
    nobody = candidate("x", "number", [NAN, NAN])
    assert _known([number, nobody], 2) == [number]
    assert _known([number], 3) == [number]


# --- Others -----------------------------------------------------------------------------------------------------------


def test_patients_left_out_on_reading_are_in_the_flow_and_rows_are_not() -> None:
    cohort = replace(
        draw_cohort("patient|day|cdai|event\nA|0|300|"), excluded=(Exclusion("twice", 2), Exclusion("a row", 3, "row"))
    )
    step = next(one for one in flow(cohort, Settings()).steps if one.label == "Patients in the file")
    assert [(one.reason, one.n) for one in step.left] == [("twice", 2)]


def test_what_the_prognosis_shows() -> None:
    assert pytest.approx([0.05 * k for k in range(1, 16)]) == THRESHOLDS


def test_counts_that_any_paper_prints() -> None:
    cohort = cohort_of(4, sex=["male", "female", "male", None], age=[30.0, 40.0, 50.0, NAN])

    def told(quantity: str, of: str) -> object:
        return numbers(cohort, Settings(), Asked("", "1", quantity, of))

    assert told("number with", "sex=male") == (2,)
    assert told("percentage with", "sex=male") == (pytest.approx(200 / 3),)
    assert told("mean of", "age") == (40, 10)
    assert told("median of", "age") == (40, 35, 45)
    assert isinstance(told("mean of", "nothing"), NotEstimable)
    assert isinstance(told("percentage with", "nothing=1"), NotEstimable)
    empty = cohort_from_frames(pd.DataFrame({"patient_id": ["A"], "age": [NAN]}), events=EMPTY, extra_columns=("age",))
    assert isinstance(numbers(empty, Settings(), Asked("", "1", "mean of", "age")), NotEstimable)


def test_how_many_came_first_and_what_competed() -> None:
    n = 12
    states = [1, 2, 0, 1, 2, 1, 0, 1, 2, 1, 0, 1]
    frame = pd.DataFrame(
        {
            "patient_id": [f"P{k}" for k in range(n)],
            "death_months": np.arange(1.0, n + 1),
            "death_event": [one == 1 for one in states],
            "death_state": states,
            "crp_mg_per_l": [20.0, 1, 30, 2, 40, 50, 3, 4, 60, 5, 70, 6],
        }
    )
    stated = StatedOutcome("death", "death", competing=("transplant",))
    found = competing_ratios(replace(cohort_from_frames(frame), stated=(stated,)), Settings(outcome="death"))
    assert not isinstance(found, NotEstimable)
    assert (found.n, found.n_events, found.n_competing) == (12, 6, 3)


def test_plain_and_adjusted_curves_are_of_the_same_sides() -> None:
    found = adjusted(demo_cohort(), Settings(scan_marker="crp", at_months="24"))
    assert not isinstance(found, NotEstimable)
    # The limits are of 1,000 resamples, drawn alike by whoever opens the page.
    ((month, (below, above, difference)),) = found.at
    assert (month, below.lower, above.upper) == (
        24,
        pytest.approx(0.828968, abs=1e-6),
        pytest.approx(0.840831, abs=1e-6),
    )
    assert (difference.lower, difference.upper) == pytest.approx((-0.397737, -0.052719), abs=1e-6)
    sizes = [curve.n for curve in found.kaplan_meier.curves]
    assert sizes[0] != sizes[1]
    assert [steps.n for steps in found.plain_steps] == [steps.n for steps in found.steps] == sizes


def test_a_model_of_too_many_terms_is_not_fitted() -> None:
    def fitted(n: int) -> object:
        rng = np.random.default_rng(1)
        wide = Covariate(
            "x", "x", "levels", tuple(Term(f"x {k}", "x") for k in range(n)), rng.normal(size=(8, n)), None, 0
        )
        return fit_models(observed(np.arange(1.0, 9), [1] * 8), [[wide]], Settings())[0]

    assert fitted(MOST_TERMS + 1) == NotEstimable(TOO_MANY.format(MOST_TERMS + 1))
    assert fitted(MOST_TERMS) != NotEstimable(TOO_MANY.format(MOST_TERMS))


def paired_of(p: float, change: float) -> Paired:
    return Paired(5, 0, 9.0, 1.0, 8.0, 1.0, Estimate(change, -2.0, 1.0), p, 0.5, Estimate(0, 0, 0))


def years(*tests: tuple[int, dict[int, Paired]]) -> StudyNumbers:
    return SimpleNamespace(
        endoscopy=SimpleNamespace(years=[SimpleNamespace(year=year, against=one) for year, one in tests])
    )


def test_what_is_said_of_the_yearly_course() -> None:
    assert year_one(years((1, {0: paired_of(0.04, -1.0)}))).startswith(
        "lower with P < 0.05 (mean change -1.00, P = 0.0400"
    )
    for p, change in ((0.05, -1.0), (0.04, 0.0), (0.04, 1.0)):
        assert year_one(years((1, {0: paired_of(p, change)}))).startswith("not lower")
    assert year_one(years((2, {0: paired_of(0.04, -1.0)}))) == NOTHING
    assert later_years(years((2, {1: paired_of(0.04, 1.0)}), (3, {1: paired_of(0.5, 1.0)}))) == "year 2, P = 0.040"
    none = later_years(years((2, {1: paired_of(0.3, 1.0)}), (3, {1: paired_of(0.2, 1.0)})))
    assert none == "no year with P < 0.05 (smallest: year 3, P = 0.200; 2 years)"
    assert later_years(years((2, {1: paired_of(NAN, 0.0)}))) == NOTHING


def test_a_curve_of_events_without_an_event() -> None:
    curve = SimpleNamespace(
        time=np.empty(0), mean=np.empty(0), lower=np.empty(0), upper=np.empty(0), n=2, n_events_total=0
    )
    steps = _steps(curve, np.array([3.0, 5.0]), (0.0, 4.0))  # type: ignore[arg-type]
    assert (steps.time, steps.survival, steps.n_at_risk) == ((0, 5), (0, 0), (2, 1))


def test_blocks_show_everything_unless_they_say_otherwise() -> None:
    assert Table("x", pd.DataFrame(), "x").most == 0
    assert Part("x", "x", ()).slow_beyond == REGISTER
    assert Dial("x", "x", "x", 1.0, 0.0, 9.0, lambda _: ()).step == 1.0


def test_whether_a_follow_up_to_the_landmark_was_required() -> None:
    def shortest(end: float) -> Selection:
        patients, visits = followed()
        patients.loc[0, "follow_up_days"] = end
        found = clocks(cohort_from_frames(patients, visits, EMPTY), Settings())
        assert not isinstance(found, NotEstimable)
        return found.selection

    required = shortest(168.0)
    assert (required.n, required.n_patients, required.shortest_weeks, required.week) == (7 + 1, 8, 24, 24)
    assert required.follow_up_was_required
    assert not shortest(167.0).follow_up_was_required


def test_whose_censored_would_overturn_a_ratio() -> None:
    found = predictors(demo_cohort(), Settings())
    assert not isinstance(found, NotEstimable)
    told = robustness(found, Settings(), "CRP > 10 mg/L")
    assert not isinstance(told, NotEstimable)
    assert [label for label, _ in told.tipping] == ["CRP > 10 mg/L", "CRP ≤ 10 mg/L"]
    sides = [one.n_censored for _, one in told.tipping if not isinstance(one, NotEstimable)]
    assert sum(sides) == told.n_refitted - found.n_events


def test_a_groups_label_is_that_of_its_only_term_or_of_the_factor() -> None:
    def labelled(*terms: str) -> str:
        columns = np.zeros((1, len(terms)))
        told = tuple(Term(f"of {name}", name) for name in terms)
        return _label(Covariate("place", "Place", "level", told, columns, np.array(["x"]), 0))

    assert labelled("L2") == "of L2"
    assert labelled("L2", "L3") == "Place"


@pytest.mark.parametrize(("last", "step"), [
    (8.9, 1), (9.0, 1), (9.1, 3), (27.0, 3), (27.5, 6), (54.0, 6), (55.0, 12), (109.0, 24), (217.0, 36), (400.0, 60), (1000.0, 120),
])  # fmt: skip
def test_the_months_of_a_table_under_the_curves_are_round_and_at_most_ten(last: float, step: int) -> None:
    times = risk_table_times(last)
    assert times[:2] == (0.0, float(step))
    assert last - step < times[-1] <= last
    assert len(times) <= 10


def test_without_patients_a_specification_says_so_of_nobody() -> None:
    why = NotEstimable("no visit at week 24")
    part = _parts(specifications(demo_cohort(), Settings(multiverse_axes="cutoff_1")))[0]
    found = list(FittedPart(demo_cohort(), part, why, (why,) * len(part)).results("crp"))
    assert [(one.hazard_ratio, one.n, one.n_events) for one in found] == [(why, 0, 0)] * len(part)


def test_each_weighted_curve_is_of_its_own_group() -> None:
    found = weighted(demo_cohort(), Settings())
    assert not isinstance(found, NotEstimable)
    below, above = found.steps
    assert below.survival != above.survival
    for one, plain in zip(found.steps, found.plain_steps, strict=True):
        assert one.time[-1] == plain.time[-1]  # the same patients, weighted
    ((_, (lower, higher)), *_) = found.at
    assert lower.value > higher.value  # more relapses above the cut-off of CRP
    assert found.weighted.ratio.value > 1
