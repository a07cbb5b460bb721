"""What must hold for any cohort, on random small ones with ties, censoring and empty corners (hypothesis)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.statistics.checks.proportional_hazards import proportional_hazards
from cdanalysis.statistics.competing.competing_risks import IncidenceCurve, aalen_johansen
from cdanalysis.statistics.cox.cox import cox
from cdanalysis.statistics.cox.cox_batch import cox_batch
from cdanalysis.statistics.cox.cox_result import CoxResult
from cdanalysis.statistics.cox.firth import firth_cox
from cdanalysis.statistics.curves.kaplan_meier import kaplan_meier
from cdanalysis.statistics.curves.logrank import logrank
from cdanalysis.statistics.curves.rmst import rmst
from cdanalysis.statistics.cutoffs.cutoff_scan import cutoff_scan

few = settings(
    max_examples=20, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
fewest = settings(few, max_examples=8)  # Firth's profile likelihood takes its time where events are few
SCALE = 30.4375  # months to days


class Drawn(NamedTuple):
    """A cohort: tied times, event type 0, 1 or 2, a group, a marker with ties, and an order to put the patients in."""

    time: np.ndarray
    kind: np.ndarray
    marked: np.ndarray
    value: np.ndarray
    order: np.ndarray

    @property
    def event(self) -> np.ndarray:
        return (self.kind == 1).astype(int)

    @property
    def group(self) -> np.ndarray:
        return np.where(self.marked, "b", "a").astype(object)

    @property
    def design(self) -> pd.DataFrame:
        return pd.DataFrame({"marked": self.marked.astype(float), "value": self.value})

    def rows(self, places: np.ndarray) -> Drawn:
        return Drawn(*(part[places] for part in self[:4]), np.arange(len(places)))


@st.composite
def cohorts(draw: st.DrawFn, least: int = 4, most: int = 24) -> Drawn:
    n = draw(st.integers(least, most))

    def each(values: st.SearchStrategy[int]) -> np.ndarray:
        return np.array(draw(st.lists(values, min_size=n, max_size=n)))

    return Drawn(
        each(st.integers(1, 15)).astype(float),
        each(st.sampled_from([0, 1, 1, 2])),
        each(st.integers(0, 1)),
        each(st.integers(1, 9)).astype(float),
        np.array(draw(st.permutations(range(n)))),
    )


def numbers(*found: object) -> list[float]:
    """Every number of some results in order, an estimate as its three; NaN where there is none."""
    told: list[float] = []
    for one in found:
        if isinstance(one, Estimate):
            told += [one.value, one.lower, one.upper]
        elif isinstance(one, NotEstimable) or one is None:
            told.append(np.nan)
        else:
            told += np.ravel(np.asarray(one, float)).tolist()
    return told


def incidence(c: Drawn, groups: object = None) -> tuple[IncidenceCurve, ...]:
    """The curves of every type of event; none where everybody was censored."""
    found = aalen_johansen(c.time, c.kind, groups)
    return () if isinstance(found, NotEstimable) else found.curves


def model_numbers(model: CoxResult | NotEstimable) -> list[float]:
    """A model's coefficients, errors and likelihood."""
    if isinstance(model, NotEstimable):
        return [np.nan]
    return numbers(*((one.coef, one.standard_error) for one in model.terms), model.log_likelihood)


def everything(c: Drawn, labels: Sequence[str] = ("a", "b")) -> dict[str, list[float]]:
    """What each statistic says of a cohort that must not depend on the patients' order or the groups' names."""
    group = np.array([labels[m] for m in c.marked], object)
    curves = kaplan_meier(c.time, c.event, group).curves
    test = logrank(c.time, c.event, group)
    means = rmst(c.time, c.event, group, horizon=3.0)
    scan = cutoff_scan(c.time, c.event, c.value)
    tested = proportional_hazards(c.time, c.event, c.design)
    return {
        "kaplan_meier": numbers(*(part for one in curves for part in (one.survival, one.lower, one.upper, one.median))),
        "logrank": numbers(getattr(test, "statistic", test), getattr(test, "p_value", test)),
        "cox": model_numbers(cox(c.time, c.event, c.design)),
        "proportional_hazards": numbers(
            *(getattr(one, "statistic", one) for one in getattr(tested, "terms", [tested]))
        ),
        "rmst": numbers(*(one.rmst for one in means.groups), means.difference),
        "aalen_johansen": numbers(*(one.incidence for one in incidence(c, group))),
        "cutoff_scan": numbers(*(one.hazard_ratio for one in getattr(scan, "rows", ()))),
    }


def same(found: dict[str, list[float]], wanted: dict[str, list[float]]) -> None:
    for name, values in wanted.items():
        assert found[name] == pytest.approx(values, rel=1e-6, abs=1e-7, nan_ok=True), name


@few
@given(cohorts())
def test_survival_never_rises_and_stays_inside_its_interval(c: Drawn) -> None:
    for interval in ("log-log", "log", "plain"):
        for curve in kaplan_meier(c.time, c.event, c.group, interval=interval).curves:
            assert (np.diff(np.concatenate([[1.0], curve.survival])) <= 0).all()
            assert ((curve.lower <= curve.survival) & (curve.survival <= curve.upper)).all()
            assert ((curve.lower >= 0) & (curve.upper <= 1)).all()
            assert curve.n_events.sum() + curve.n_censored.sum() == curve.n


@few
@given(cohorts())
def test_cumulative_incidence_never_falls_and_the_parts_make_the_whole(c: Drawn) -> None:
    curves = incidence(c)
    free = kaplan_meier(c.time, c.kind > 0).curves[0]
    last = 0.0
    for curve in curves:
        assert (np.diff(np.concatenate([[0.0], curve.incidence])) >= -1e-12).all()
        last += curve.incidence[-1] if len(curve.incidence) else 0.0
    assert last == pytest.approx(1 - free.survival[-1], abs=1e-12)


@few
@given(cohorts())
def test_the_order_of_the_patients_changes_nothing(c: Drawn) -> None:
    same(everything(c.rows(c.order)), everything(c))


@few
@given(cohorts())
def test_the_names_of_the_groups_change_nothing(c: Drawn) -> None:
    same(everything(c, ("control 1", "treated 2")), everything(c))


@few
@given(cohorts())
def test_another_unit_of_time_scales_times_and_leaves_ratios(c: Drawn) -> None:
    days = c.time * SCALE
    for one, other in zip(
        kaplan_meier(c.time, c.event, c.group).curves, kaplan_meier(days, c.event, c.group).curves, strict=True
    ):
        assert numbers(other.median) == pytest.approx([SCALE * v for v in numbers(one.median)], nan_ok=True)
        assert other.survival == pytest.approx(one.survival)
    one, other = (rmst(t, c.event, c.group, horizon=h) for t, h in ((c.time, 3.0), (days, 3.0 * SCALE)))
    assert numbers(*(g.rmst for g in other.groups)) == pytest.approx(
        [SCALE * v for v in numbers(*(g.rmst for g in one.groups))], nan_ok=True
    )
    assert model_numbers(cox(days, c.event, c.design)) == pytest.approx(
        model_numbers(cox(c.time, c.event, c.design)), rel=1e-7, abs=1e-9, nan_ok=True
    )
    for transform in ("km", "rank"):  # functions of the order of the times only
        tests = [proportional_hazards(t, c.event, c.design, transform=transform) for t in (c.time, days)]
        told = [numbers(*(x.statistic for x in getattr(one, "terms", ()))) for one in tests]
        assert told[1] == pytest.approx(told[0], rel=1e-6, abs=1e-8, nan_ok=True)


@fewest
@given(cohorts())
def test_the_other_reference_inverts_the_hazard_ratio(c: Drawn) -> None:
    for fit in (cox, firth_cox):
        one, other = (fit(c.time, c.event, pd.DataFrame({"x": x})) for x in (c.marked * 1.0, 1.0 - c.marked))
        assert isinstance(one, NotEstimable) == isinstance(other, NotEstimable)
        if isinstance(one, NotEstimable):
            continue
        here, there = one.terms[0].hazard_ratio, other.terms[0].hazard_ratio
        assert there.value == pytest.approx(1 / here.value, rel=1e-5)
        # A limit that was not found is NaN on both sides, and the lower one is the other's upper.
        assert there.lower == pytest.approx(1 / here.upper, rel=1e-3, nan_ok=True)
        assert there.upper == pytest.approx(1 / here.lower, rel=1e-3, nan_ok=True)
        assert other.terms[0].p_value == pytest.approx(one.terms[0].p_value, rel=1e-4, abs=1e-7)


@few
@given(cohorts())
def test_everybody_twice_doubles_the_events_and_leaves_the_curve(c: Drawn) -> None:
    twice = c.rows(np.tile(np.arange(len(c.time)), 2))
    for one, two in zip(
        kaplan_meier(c.time, c.event, c.group).curves,
        kaplan_meier(twice.time, twice.event, twice.group).curves,
        strict=True,
    ):
        assert two.n_events_total == 2 * one.n_events_total
        assert two.survival == pytest.approx(one.survival)
        assert (two.n_at_risk == 2 * one.n_at_risk).all()
        assert (two.lower >= one.lower - 1e-12).all()
    assert [x.incidence.tolist() for x in incidence(twice)] == [
        pytest.approx(x.incidence.tolist()) for x in incidence(c)
    ]
    # Breslow's likelihood takes a repeated patient for a weight of 2.
    design, weights = c.design.to_numpy(float)[None], np.full(len(c.time), 2.0)
    if c.event.any():
        weighted = cox_batch(c.time, c.event, design, ties="breslow", weights=weights)
        repeated = cox_batch(twice.time, twice.event, twice.design.to_numpy(float)[None], ties="breslow")
        assert (weighted.estimable == repeated.estimable).all()
        assert weighted.coef == pytest.approx(repeated.coef, rel=1e-6, abs=1e-8, nan_ok=True)
        assert weighted.standard_error == pytest.approx(repeated.standard_error, rel=1e-6, abs=1e-8, nan_ok=True)


@few
@given(cohorts(least=6))
def test_a_row_of_a_scan_is_the_model_and_the_test_of_that_cut(c: Drawn) -> None:
    scan = cutoff_scan(c.time, c.event, c.value)
    if isinstance(scan, NotEstimable):
        return
    for row in scan.rows:
        above = (c.value > row.cutoff).astype(float)
        assert (row.n_above, row.n_below) == (above.sum(), (1 - above).sum())
        model = cox(c.time, c.event, pd.DataFrame({"x": above}))
        ratio = model if isinstance(model, NotEstimable) else model.terms[0].hazard_ratio
        assert numbers(row.hazard_ratio) == pytest.approx(numbers(ratio), rel=1e-6, nan_ok=True)
        test = logrank(c.time, c.event, above)
        assert numbers(row.logrank_p) == pytest.approx(numbers(getattr(test, "p_value", test)), abs=1e-9, nan_ok=True)


@fewest
@given(cohorts())
def test_no_estimate_is_infinite_and_no_p_leaves_0_to_1(c: Drawn) -> None:
    for fit in (cox, firth_cox):
        model = fit(c.time, c.event, c.design)
        for term in () if isinstance(model, NotEstimable) else model.terms:
            ratio = term.hazard_ratio
            if isinstance(ratio, Estimate):
                assert 0 < ratio.value < 1e26
                assert not np.isinf([ratio.lower, ratio.upper]).any()
                assert 0 <= term.p_value <= 1 + 1e-12
    test = logrank(c.time, c.event, c.group)
    if not isinstance(test, NotEstimable):
        assert 0 <= test.p_value <= 1
        assert sum(test.observed) == pytest.approx(sum(test.expected))
