"""A register's curves: bounded vertices, each exact, no visible change; number at risk exact; columns' tests in one go."""

from __future__ import annotations

import numpy as np
import pytest

from cdanalysis.drawing.kaplan_meier import survival_figure
from cdanalysis.sections.predictors.moving_curves import MOST_STEPS as MOST_STEPS_MOVING
from cdanalysis.statistics.curves.curve_steps import MOST_STEPS, curve_steps, visible_steps
from cdanalysis.statistics.curves.kaplan_meier import kaplan_meier
from cdanalysis.statistics.curves.logrank import logrank, logrank_columns
from cdanalysis.statistics.time_axis import observed


def register(n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(4)
    time, end = rng.exponential(50, n), rng.uniform(20, 120, n)
    return np.minimum(time, end), time <= end, rng.integers(0, 2, n)


def test_a_curve_of_thousands_of_steps_keeps_those_that_can_be_seen_and_each_is_exact() -> None:
    time, event, _ = register(20_000)
    (curve,) = kaplan_meier(time, event).curves
    falls = curve.n_events > 0
    band = curve.survival[falls], curve.lower[falls], curve.upper[falls]
    risk_times = (0.0, 12.0, 24.0, 60.0)
    steps = curve_steps(curve.time[falls], band, time, event, risk_times)
    assert falls.sum() > 10_000
    assert 100 < len(steps.time) <= MOST_STEPS
    assert len(steps.censored_time) <= MOST_STEPS + 1
    exact = dict(zip(curve.time[falls].tolist(), zip(*(values.tolist() for values in band), strict=True), strict=True))
    inner = list(zip(steps.time, steps.survival, steps.lower, steps.upper, strict=True))[1:-1]
    assert all(exact[t] == (s, low, high) for t, s, low, high in inner)
    at = np.linspace(0, time.max(), 5_000)
    drawn = np.array(steps.survival)[np.searchsorted(steps.time, at, "right") - 1]
    whole = np.concatenate([[1.0], band[0]])[np.searchsorted(curve.time[falls], at, "right")]
    assert np.abs(drawn - whole).max() < 0.004  # less than a pixel of a figure 250 pixels high
    for share in (0.75, 0.5, 0.25):
        assert curve.time[falls][np.argmax(band[0] <= share)] in steps.time
    assert steps.n_at_risk == tuple(int((time >= t).sum()) for t in risk_times)
    assert set(steps.censored_time) <= set(time[~event].tolist())
    assert (steps.n, steps.n_events) == (len(time), int(event.sum()))


@pytest.mark.parametrize("most", [MOST_STEPS, MOST_STEPS_MOVING])
def test_a_thinned_curve_and_its_band_are_nowhere_a_pixel_from_the_whole_one(most: int) -> None:
    time, event, group = register(30_000)
    layout = survival_figure("", "", "", (0.0,), show_interval=True, footer="")["layout"]
    shown = layout["yaxis"]["domain"][1] - layout["yaxis"]["domain"][0]
    pixels = (layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]) * shown / layout["yaxis"]["range"][1]
    for curve in kaplan_meier(time, event, group).curves:
        falls, own = curve.n_events > 0, group == curve.group
        band = curve.survival[falls], curve.lower[falls], curve.upper[falls]
        steps = curve_steps(curve.time[falls], band, time[own], event[own], (0.0, 36.0), most=most)
        at = np.concatenate([curve.time[falls], curve.time[falls] - 1e-9])
        place = np.searchsorted(curve.time[falls], at, "right")
        for drawn, whole in zip((steps.survival, steps.lower, steps.upper), band, strict=True):
            seen = np.array(drawn)[np.searchsorted(steps.time, at, "right") - 1]
            assert np.abs(seen - np.concatenate([[1.0], whole])[place]).max() * pixels < 1
        assert steps.n_at_risk == tuple(int((time[own] >= t).sum()) for t in (0.0, 36.0))


def test_a_curve_of_a_study_keeps_every_step() -> None:
    survival = np.linspace(1, 0.2, MOST_STEPS)
    assert visible_steps(survival, survival, survival).tolist() == list(range(MOST_STEPS))
    flat = np.ones(2 * MOST_STEPS)
    assert visible_steps(flat, flat, flat).tolist() == [0, 2 * MOST_STEPS - 1]


@pytest.mark.parametrize("late", [False, True])
def test_the_columns_of_a_register_are_tested_as_one_by_one(late: bool) -> None:
    time, event, group = register(3_000)
    time = np.round(time, 1) + 0.1
    entry = np.where(np.arange(3_000) % 3 == 0, time / 4, 0) if late else None
    marked = np.column_stack([group, np.arange(3_000) % 5 == 0, np.where(np.arange(3_000) % 7, group, np.nan)]).astype(
        float
    )
    found = logrank_columns(observed(time, event, entry), marked)
    for column, p in zip(marked.T, found, strict=True):
        known = ~np.isnan(column)
        if late:
            one = logrank_columns(observed(time[known], event[known], entry[known]), column[known][:, None])[0]
        else:
            one = logrank(time[known], event[known], column[known]).p_value
        assert p == pytest.approx(one, rel=1e-9)
    assert np.isnan(logrank_columns(observed(time, np.zeros(3_000)), marked)).all()
