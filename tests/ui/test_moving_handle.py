"""What a moved handle does not compute or send again: the numbers are those of a first look, the curves stay the same bytes."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from math import nan

import pytest

import cdanalysis as cd
from cdanalysis.analyses import Predictors
from cdanalysis.demo import demo_cohort
from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.sections.blocks import Figure, Handle
from cdanalysis.sections.cutoffs.analysis import anywhere
from cdanalysis.sections.predictors.handle.section import marker_curves
from cdanalysis.sections.recall import direct

declared = import_module(
    "cdanalysis.outcomes.endpoints.declared"
)  # the module: its room offers a function of that name

WAY = ((10.0, 235.0), (14.0, 235.0), (14.0, 260.0), (3.0, 260.0), (10.0, 235.0))


def told(found: Predictors) -> list[float]:
    """Every number of the table's rows; NaN where there is none."""
    ratios = [one for row in found.rows for one in (row.univariable, row.multivariable)]
    limits = [(one.value, one.lower, one.upper) if isinstance(one, Estimate) else (nan,) * 3 for one in ratios]
    counts = [(row.n, row.n_events, row.univariable_p, row.multivariable_p) for row in found.rows]
    tests = [(nan if isinstance(row.logrank_p, NotEstimable) else row.logrank_p,) for row in found.rows]
    return [number for part in (*limits, *counts, *tests) for number in part]


def test_a_handle_that_has_moved_says_what_a_first_look_says() -> None:
    keeping = demo_cohort().with_memory({})
    for crp, tgn in WAY:
        settings = cd.Settings(cutoffs=f"crp>{crp},tgn>={tgn}")
        moved = cd.analyses.predictors(keeping, settings)
        first = cd.analyses.predictors(demo_cohort(), settings)  # nothing is kept of it
        assert told(moved) == pytest.approx(told(first), rel=1e-9, nan_ok=True)
        assert moved.screened_in == first.screened_in
        for ours, theirs in zip(moved.handles, first.handles, strict=True):
            assert ours.logrank.p_value == pytest.approx(theirs.logrank.p_value, rel=1e-12)
            for one, other in zip(ours.kaplan_meier.curves, theirs.kaplan_meier.curves, strict=True):
                assert one.survival.tolist() == other.survival.tolist()


def sent(crp: float, code: str) -> Handle:
    """What the handle of a marker is sent at a CRP cut-off."""
    cohort, settings = demo_cohort(), cd.Settings(cutoffs=f"crp>{crp}")
    blocks = marker_curves(cohort, settings, cd.analyses.predictors(cohort, settings), code, direct)
    (handle,) = (block.handle for block in blocks if isinstance(block, Figure))
    assert handle is not None
    return handle


def test_a_release_of_one_handle_changes_no_curve_of_either() -> None:
    for code in ("crp", "tgn"):
        before, after = sent(10.0, code), sent(14.0, code)
        assert before.curves.content == after.curves.content
        assert before.curves.key == after.curves.key
        assert before.now != after.now
        assert len(before.now["adjusted"]) == len(before.curves.of["answers"])
        assert before.whole["answers"] == after.whole["answers"]


def test_a_release_derives_no_endpoint_again(monkeypatch: pytest.MonkeyPatch) -> None:
    derived, derive = [], declared._endpoint
    monkeypatch.setattr(declared, "_endpoint", lambda *given: derived.append(given) or derive(*given))
    keeping = demo_cohort().with_memory({})
    found = [declared.endpoint_of(keeping, cd.Settings(cutoffs=f"crp>{crp}")) for crp in (10, 14)]
    assert found[0] is found[1]
    assert len(derived) == 1
    assert declared.endpoint_of(keeping, cd.Settings(landmark_week=12)) is not found[0]


def test_a_scan_is_made_again_for_another_markers_cutoff_only_where_it_is_adjusted_for() -> None:
    here, there = (cd.Settings(cutoffs=f"crp>{crp},tgn>=260") for crp in (10, 14))
    assert anywhere(demo_cohort(), here, "tgn") == anywhere(demo_cohort(), there, "tgn")
    assert anywhere(demo_cohort(), replace(here, cutoffs="tgn>260"), "tgn") != anywhere(
        demo_cohort(), here, "tgn"
    )  # its side
    here, there = (replace(one, scan_adjust="crp") for one in (here, there))
    assert anywhere(demo_cohort(), here, "tgn") != anywhere(demo_cohort(), there, "tgn")
