"""The checks of a model are R's: proportional hazards by factor, smooths, time splits; tests/golden/diagnostics.R."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from statistics_data import column, data

import cdanalysis as cd
from cdanalysis.results import NotEstimable
from cdanalysis.statistics.checks.spline import natural_smooth
from cdanalysis.statistics.checks.time_split import time_split

R = json.loads((Path(__file__).parents[1] / "golden" / "reference_diagnostics.json").read_text())
CELLS = ("adeno", "large", "smallcell")
FACTORS = {"veteran": ["trt", *["celltype"] * 3, "karno"], "lung": ["age", "sex", *["ecog"] * 3]}


def model(name: str) -> tuple[np.ndarray, np.ndarray, pd.DataFrame]:
    """Time, event and the design of the golden script's model."""
    frame, time, event = data(name)
    if name == "veteran":
        columns = {"test": column(frame, "trttest"), **{c: column(frame, f"celltype{c}") for c in CELLS}}
        return time, event, pd.DataFrame({**columns, "karno": frame["karno"]}).astype(float)
    columns = {"age": frame["age"], "male": frame["sex"] == "male"}
    return (
        time,
        event,
        pd.DataFrame({**columns, **{f"ecog{k}": column(frame, f"ecog{k}") for k in (1, 2, 3)}}).astype(float),
    )


@pytest.mark.parametrize("name", FACTORS)
@pytest.mark.parametrize("transform", ["km", "rank", "identity", "log"])
def test_as_cox_zph_by_factor(name: str, transform: str) -> None:
    found = cd.proportional_hazards(*model(name), transform=transform, factors=FACTORS[name])
    wanted = R["zph"][name][transform]
    tests = [*found.terms, found.overall]
    assert [one.df for one in tests] == wanted["df"]
    assert [one.statistic for one in tests] == pytest.approx(wanted["chisq"], rel=2e-6)
    assert [one.p_value for one in tests] == pytest.approx(wanted["p"], rel=2e-6)


@pytest.mark.parametrize(
    ("key", "name", "transform", "place"),
    [
        ("veteran_km", "veteran", "km", 4),
        ("veteran_log", "veteran", "log", 0),
        ("lung_identity", "lung", "identity", 1),
    ],
)
def test_the_smooth_is_that_of_plot_cox_zph(key: str, name: str, transform: str, place: int) -> None:
    found = cd.proportional_hazards(*model(name), transform=transform)
    smooth = natural_smooth(
        found.transformed_time, found.scaled_residuals[:, place], variance=found.residual_variance[place]
    )
    assert smooth.x - smooth.x[0] == pytest.approx(np.array(R["smooth"][key]["x"]) - R["smooth"][key]["x"][0], abs=1e-9)
    assert smooth.value == pytest.approx(R["smooth"][key]["y"], rel=1e-7, abs=1e-8)
    assert smooth.standard_error == pytest.approx(R["smooth"][key]["se"], rel=1e-7)


@pytest.mark.parametrize(
    ("name", "term", "at", "kept"),
    [
        ("veteran", "karno", 90.0, ["test", *CELLS, "karno"]),
        ("lung", "male", 300.0, ["age", "male"]),
    ],
)
def test_as_coxph_on_the_data_of_survsplit(name: str, term: str, at: float, kept: list[str]) -> None:
    time, event, design = model(name)
    found = time_split(time, event, design[kept], kept.index(term), at)
    wanted = R["split"][name]
    others = [one.coef for one in found.model.terms[:-2]]
    assert [*others, found.before.coef, found.after.coef] == pytest.approx(wanted["coef"], rel=1e-8)
    assert [one.standard_error for one in found.model.terms] == pytest.approx(wanted["se"], rel=1e-8)
    assert (found.change.coef, found.change.p_value) == pytest.approx((wanted["change"], wanted["p_change"]), rel=1e-7)
    assert list(found.n_events) == wanted["events"]
    assert found.change.coef == pytest.approx(found.after.coef - found.before.coef, rel=1e-8)


def test_a_split_beyond_every_event_says_so_and_late_entry_is_kept() -> None:
    time, event, design = model("veteran")
    assert "no event after" in time_split(time, event, design, 4, 1e4).reason
    assert "no event up to" in time_split(time, event, design, 4, 0.5).reason
    entry = np.where(time > 40, 20.0, 0.0)
    late = time_split(time, event, design, 4, 90, entry=entry)
    # Nobody is at risk twice: as many patient-days as before the split.
    episodes = late.model.data
    start = np.maximum(episodes.entry, 0)
    assert (episodes.time - start).sum() == pytest.approx((time - entry).sum())


def test_stratified_by_a_factor_as_r() -> None:
    time, event, design = model("veteran")
    cells = data("veteran")[0]["celltype"]
    found = cd.cox(time, event, design[["test", "karno"]], strata=cells)
    assert [one.coef for one in found.terms] == pytest.approx(R["stratified"]["coef"], rel=1e-8)
    assert [one.p_value for one in found.terms] == pytest.approx(R["stratified"]["p"], rel=1e-7)


def test_a_smooth_of_two_values_says_why_there_is_none() -> None:
    assert isinstance(natural_smooth(np.array([1.0, 1, 2, 2, 2]), np.arange(5.0)), NotEstimable)
    assert isinstance(natural_smooth(np.array([1.0]), np.array([1.0])), NotEstimable)
